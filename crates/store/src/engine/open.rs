//! Opening a database: address, settings, migrations.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};

use super::writer::Writer;
use crate::error::StoreError;

const READERS: u32 = 8;
const POSTGRES_CONNECTIONS: u32 = 16;
/// How long a connection waits for a lock another process holds.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// Asked by example: the name of a collation tells less than what it does.
const ORDERS_BY_BYTES: &str = "SELECT current_setting('server_encoding') = 'UTF8' \
    AND 'B' < '_' AND '_' < 'a' AND 'z' < 'Ä' AND 'a-b' < 'a.' AND 'a-c' < 'ab'";

/// The pool reads go to.
#[derive(Debug)]
pub enum Engine {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// An open database of one deployment. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    reads: Engine,
    writer: Option<Writer>,
}

impl Store {
    /// Opens `address` (`sqlite:PATH` or `postgres://…`), creating and
    /// migrating as needed.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        if let Some(path) = address.strip_prefix("sqlite:") {
            return Self::open_sqlite(path).await;
        }
        if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            return Self::open_postgres(address).await;
        }
        Err(StoreError::UnknownEngine(address.to_owned()))
    }

    async fn open_sqlite(path: &str) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(LOCK_WAIT)
            .foreign_keys(true)
            .pragma("cache_size", "-65536")
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "memory");
        // The writer's connection stays: when the last one goes, SQLite removes
        // the write-ahead log under readers that only read.
        let writes = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("./migrations/sqlite").run(&writes).await?;
        let reads = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true))
            .await?;
        Ok(Self {
            inner: Arc::new(Inner {
                reads: Engine::Sqlite(reads),
                writer: Some(Writer::start(writes)),
            }),
        })
    }

    async fn open_postgres(address: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(address)?.application_name("bihuan");
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(LOCK_WAIT)
            .connect_with(options)
            .await?;
        let (suits,): (bool,) = sqlx::query_as(ORDERS_BY_BYTES).fetch_one(&pool).await?;
        if !suits {
            return Err(StoreError::Collation);
        }
        sqlx::migrate!("./migrations/postgres").run(&pool).await?;
        Ok(Self { inner: Arc::new(Inner { reads: Engine::Postgres(pool), writer: None }) })
    }

    pub fn engine(&self) -> &Engine {
        &self.inner.reads
    }

    pub(super) fn writer(&self) -> Option<&Writer> {
        self.inner.writer.as_ref()
    }

    /// Finishes what is queued and closes every connection.
    pub async fn close(&self) {
        if let Some(writer) = self.writer() {
            writer.stop().await;
        }
        match self.engine() {
            Engine::Sqlite(pool) => pool.close().await,
            Engine::Postgres(pool) => pool.close().await,
        }
        if let Some(writer) = self.writer() {
            writer.close().await;
        }
    }
}
