//! The projections as ordered canonical text, the same on both engines: how a
//! rebuilding is compared with what it replaced.

use bihuan_domain::ids::CountyCode;
use futures_util::TryStreamExt;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row};

use crate::engine::{Store, on_pool};
use crate::error::StoreError;
use crate::table::{self, Table};

/// What the journal and the content rows suffice to refill.
const PROJECTIONS: [&Table; 8] = [
    &table::MATTER_VIEW,
    &table::MATTER_UNIT,
    &table::MATTER_LINK,
    &table::MATTER_ABOUT,
    &table::NODE_VIEW,
    &table::BURDEN,
    &table::MATTER_GRAM,
    &table::UNINDEXED,
];
/// Says in which order matters were indexed that were filed in one second; no
/// entry does.
const NOT_OF_THE_JOURNAL: (&str, &str) = ("matter_gram", "number");

impl Store {
    /// Gives `line` every row of a county's projections in the order of tables
    /// and keys.
    pub async fn dump_projections(
        &self,
        county: &CountyCode,
        mut line: impl FnMut(&str) + Send,
    ) -> Result<(), StoreError> {
        for table in PROJECTIONS {
            let text = select(table);
            on_pool!(self, c => {
                let statement = sqlx::query(AssertSqlSafe(text));
                let mut rows = statement.bind(county.as_str()).fetch(c);
                while let Some(row) = rows.try_next().await? {
                    let mut values = vec![Value::from(table.name)];
                    for at in 0..columns(table).count() {
                        values.push(row.try_get::<Option<String>, _>(at)?.into());
                    }
                    line(&Value::Array(values).to_string());
                }
            });
        }
        Ok(())
    }
}

fn columns(table: &Table) -> impl Iterator<Item = &'static str> {
    let name = table.name;
    let columns = table.columns.iter().map(|(column, _)| *column);
    columns.filter(move |column| (name, *column) != NOT_OF_THE_JOURNAL)
}

fn select(table: &Table) -> String {
    let columns: Vec<String> = columns(table).map(|name| format!("CAST({name} AS TEXT)")).collect();
    let keys: Vec<&str> = table.columns[..table.key].iter().map(|(name, _)| *name).collect();
    let (columns, keys) = (columns.join(", "), keys.join(", "));
    format!("SELECT {columns} FROM {} WHERE county = $1 ORDER BY {keys}", table.name)
}
