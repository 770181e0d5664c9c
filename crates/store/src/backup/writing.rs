//! Writing a back-up's rows into an empty database: all of them in one
//! transaction, so that a restore that was broken off has restored nothing.

use serde_json::Value;
use sqlx::postgres::PgPool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use sqlx::{AssertSqlSafe, Postgres, Sqlite, Transaction};

use super::tables::durable;
use crate::engine::{Servers, Store};
use crate::error::StoreError;
use crate::table::Table;

/// A county's setting: the log that ended with the back-up. The sealer goes on
/// in the next one, since the old one may have grown after the back-up.
pub const ENDED_LOG: &str = "ended-log";
/// A county's setting: what lists are read from is not made yet.
pub const UNBUILT: &str = "projections-unbuilt";

/// `$1` and `$2` are the names of the two settings above.
const MARK: [&str; 2] = [
    "INSERT INTO setting (county, name, value) \
     SELECT county, $1, CAST(MAX(log) AS TEXT) FROM log GROUP BY county \
     ON CONFLICT (county, name) DO UPDATE SET value = excluded.value",
    "INSERT INTO setting (county, name, value) \
     SELECT DISTINCT county, $1, 'yes' FROM playbook_version WHERE true \
     ON CONFLICT (county, name) DO UPDATE SET value = excluded.value",
];

enum Conn {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A restore under way. Dropped before [`Restoring::commit`], it has written
/// nothing.
pub struct Restoring {
    conn: Conn,
    /// What one statement may take at most.
    batch: String,
    table: Option<(&'static Table, Vec<usize>)>,
}

/// Bytes of rows in one statement.
const BATCH: usize = 4 << 20;

impl Restoring {
    /// Opens and migrates the database at `address`. None when it holds a
    /// county already.
    pub async fn begin(address: &str) -> Result<Option<Self>, StoreError> {
        let store = Store::open(address).await?;
        let is_empty = store.counties().await?.is_empty();
        store.close().await;
        if !is_empty {
            return Ok(None);
        }
        let conn = match address.strip_prefix("sqlite:") {
            Some(path) => {
                let options = SqliteConnectOptions::new().filename(path);
                Conn::Sqlite(SqlitePool::connect_with(options).await?.begin().await?)
            }
            None => {
                let options = Servers::one_that_writes(address).await?;
                Conn::Postgres(PgPool::connect_with(options).await?.begin().await?)
            }
        };
        Ok(Some(Self { conn, batch: String::new(), table: None }))
    }

    /// Says which table and columns the next rows are of. An earlier version's
    /// back-up may lack columns; one this version does not know is a fault.
    pub async fn table(&mut self, name: &str, columns: &[String]) -> Result<(), StoreError> {
        self.flush().await?;
        let table = durable().find(|table| table.name == name);
        let table = table
            .ok_or_else(|| StoreError::row("back-up", format!("no table is called {name}")))?;
        let at = |column: &String| {
            let known = table.columns.iter().position(|(known, _)| known == column);
            known.ok_or_else(|| StoreError::row(table.name, format!("there is no {column}")))
        };
        self.table = Some((table, columns.iter().map(at).collect::<Result<_, _>>()?));
        Ok(())
    }

    /// One row of the table that was named, as [`Store::take_rows`] gave it.
    pub async fn row(&mut self, line: &str) -> Result<(), StoreError> {
        let Some((table, columns)) = &self.table else {
            return Err(StoreError::row("back-up", "rows come before their table"));
        };
        let row: Value =
            serde_json::from_str(line).map_err(|fault| StoreError::row(table.name, fault))?;
        let fits = row.as_array().is_some_and(|values| values.len() == columns.len());
        if !fits {
            return Err(StoreError::row(table.name, "a row has too few or too many values"));
        }
        self.batch.push(if self.batch.is_empty() { '[' } else { ',' });
        self.batch.push_str(line);
        if self.batch.len() >= BATCH { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let Some((table, columns)) = &self.table else { return Ok(()) };
        self.batch.push(']');
        let rows = std::mem::take(&mut self.batch);
        match &mut self.conn {
            Conn::Sqlite(tx) => {
                let statement = AssertSqlSafe(table.insert_some_sql(columns, false));
                sqlx::query(statement).bind(rows).execute(&mut **tx).await?;
            }
            Conn::Postgres(tx) => {
                let statement = AssertSqlSafe(table.insert_some_sql(columns, true));
                sqlx::query(statement).bind(rows).execute(&mut **tx).await?;
            }
        }
        Ok(())
    }

    /// Makes all of it last.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.flush().await?;
        for (statement, name) in MARK.into_iter().zip([ENDED_LOG, UNBUILT]) {
            match &mut self.conn {
                Conn::Sqlite(tx) => {
                    sqlx::query(statement).bind(name).execute(&mut **tx).await?;
                }
                Conn::Postgres(tx) => {
                    sqlx::query(statement).bind(name).execute(&mut **tx).await?;
                }
            }
        }
        match self.conn {
            Conn::Sqlite(tx) => tx.commit().await?,
            Conn::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
