//! Reading everything as it stood at one moment, while people go on working.

use futures_util::TryStreamExt;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row};

use super::tables::durable;
use crate::engine::{Engine, Store};
use crate::error::StoreError;
use crate::table::{Kind, Table};

/// Every read of the transaction sees what was committed at its first.
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

/// A photo or file that rows of the snapshot speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    pub stored: String,
    /// Sent with a form that was never finished: it may be gone by now.
    pub is_loose: bool,
}

impl Store {
    /// The number of the newest migration.
    pub async fn schema(&self) -> Result<i64, StoreError> {
        let newest = "SELECT MAX(version) FROM _sqlx_migrations";
        let (number,): (i64,) = match &self.engine() {
            Engine::Sqlite(pool) => sqlx::query_as(newest).fetch_one(pool).await?,
            Engine::Postgres(pool) => sqlx::query_as(newest).fetch_one(pool).await?,
        };
        Ok(number)
    }

    /// What the engine finds wrong with its own pages; PostgreSQL is not asked,
    /// since it checks pages as it reads them.
    pub async fn damage(&self) -> Result<Vec<String>, StoreError> {
        let Engine::Sqlite(pool) = &self.engine() else { return Ok(Vec::new()) };
        let found: Vec<(String,)> =
            sqlx::query_as("PRAGMA quick_check(10)").fetch_all(pool).await?;
        Ok(found.into_iter().map(|(line,)| line).filter(|line| line != "ok").collect())
    }

    /// Gives `row` every durable row of every county, as JSON arrays in the
    /// order of tables and keys. Ends with the first fault `row` answers.
    pub async fn take_rows<F>(&self, mut row: F) -> Result<Vec<KeptFile>, StoreError>
    where
        F: FnMut(&'static str, &str) -> std::io::Result<()> + Send,
    {
        let mut files = Vec::new();
        match &self.engine() {
            Engine::Sqlite(pool) => {
                let mut tx = pool.begin().await?;
                take!(&mut *tx, row, files);
            }
            Engine::Postgres(pool) => {
                let mut tx = pool.begin_with(SNAPSHOT).await?;
                take!(&mut *tx, row, files);
            }
        }
        Ok(files)
    }
}

/// One body over two concrete connections.
macro_rules! take {
    ($conn:expr, $row:ident, $files:ident) => {
        for table in durable() {
            let statement = AssertSqlSafe(select(table));
            let mut rows = sqlx::query(statement).fetch($conn);
            while let Some(found) = rows.try_next().await? {
                let mut values = Vec::with_capacity(table.columns.len());
                for at in 0..table.columns.len() {
                    values.push(value(found.try_get::<Option<String>, _>(at)?, table, at)?);
                }
                if table.name == "attachment" {
                    $files.extend(files_of(table, &values));
                }
                $row(table.name, &Value::Array(values).to_string())
                    .map_err(|fault| StoreError::row(table.name, fault))?;
            }
        }
    };
}
use take;

fn select(table: &Table) -> String {
    let columns: Vec<String> =
        table.columns.iter().map(|(name, _)| format!("CAST({name} AS TEXT)")).collect();
    let keys: Vec<&str> = table.columns[..table.key].iter().map(|(name, _)| *name).collect();
    format!("SELECT {} FROM {} ORDER BY {}", columns.join(", "), table.name, keys.join(", "))
}

fn value(text: Option<String>, table: &Table, at: usize) -> Result<Value, StoreError> {
    let Some(text) = text else { return Ok(Value::Null) };
    match table.columns[at].1 {
        Kind::Text => Ok(text.into()),
        Kind::Int => {
            text.parse::<i64>().map(Value::from).map_err(|fault| StoreError::row(table.name, fault))
        }
    }
}

fn files_of(table: &Table, values: &[Value]) -> Vec<KeptFile> {
    let named = |name: &str| {
        let at = table.columns.iter().position(|(column, _)| *column == name)?;
        values.get(at)?.as_str()
    };
    let is_loose = named("matter").is_none();
    let stored = [named("stored"), named("thumb")].into_iter().flatten();
    stored.map(|stored| KeptFile { stored: stored.to_owned(), is_loose }).collect()
}
