//! Opening a database: address, settings, migrations.

use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use tokio::sync::Mutex;

use super::postgres::Postgres;
use super::servers::addresses;
use super::writer::Writer;
use crate::error::StoreError;

const READERS: u32 = 8;
/// Negative: in kibibytes. Readers share what is mapped, and what the system
/// keeps of the file beyond it.
const WRITER_CACHE: &str = "-65536";
const READER_CACHE: &str = "-8192";
/// How long a connection waits for a lock another process holds.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// Asked by example: the name of a collation tells less than what it does.
const ORDERS_BY_BYTES: &str = "SELECT current_setting('server_encoding') = 'UTF8' \
    AND 'B' < '_' AND '_' < 'a' AND 'z' < 'Ä' AND 'a-b' < 'a.' AND 'a-c' < 'ab'";

/// The pool reads go to. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Engine {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// An open database of one deployment. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Ways>,
}

/// How each engine is read and written.
#[derive(Debug)]
pub(super) enum Ways {
    /// `turn` is held by whoever runs what may run once at a time.
    Sqlite {
        reads: SqlitePool,
        writer: Writer,
        turn: Arc<Mutex<()>>,
    },
    Postgres(Postgres),
}

impl Store {
    /// Opens `address`: `sqlite:PATH`, or `postgres://…`, several of which with
    /// commas between are the servers of one database. Creates and migrates as
    /// needed.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        addresses(address)?;
        match address.strip_prefix("sqlite:") {
            Some(path) => Self::open_sqlite(path).await,
            None => Self::open_postgres(address).await,
        }
    }

    async fn open_sqlite(path: &str) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(LOCK_WAIT)
            .foreign_keys(true)
            .pragma("cache_size", WRITER_CACHE)
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
            .connect_with(options.read_only(true).pragma("cache_size", READER_CACHE))
            .await?;
        Ok(Self {
            inner: Arc::new(Ways::Sqlite {
                reads,
                writer: Writer::start(writes),
                turn: Arc::default(),
            }),
        })
    }

    async fn open_postgres(addresses: &str) -> Result<Self, StoreError> {
        let postgres = Postgres::open(addresses).await?;
        let pool = postgres.pool();
        let (suits,): (bool,) = sqlx::query_as(ORDERS_BY_BYTES).fetch_one(&pool).await?;
        if !suits {
            return Err(StoreError::Collation);
        }
        sqlx::migrate!("./migrations/postgres").run(&pool).await?;
        Ok(Self { inner: Arc::new(Ways::Postgres(postgres)) })
    }

    /// The pool to read from now; ask again for each read.
    pub fn engine(&self) -> Engine {
        match &*self.inner {
            Ways::Sqlite { reads, .. } => Engine::Sqlite(reads.clone()),
            Ways::Postgres(postgres) => Engine::Postgres(postgres.pool()),
        }
    }

    pub(super) fn writer(&self) -> Option<&Writer> {
        match &*self.inner {
            Ways::Sqlite { writer, .. } => Some(writer),
            Ways::Postgres(_) => None,
        }
    }

    pub(super) fn ways(&self) -> &Ways {
        &self.inner
    }

    /// Finishes what is queued and closes every connection.
    pub async fn close(&self) {
        match &*self.inner {
            Ways::Sqlite { reads, writer, .. } => {
                writer.stop().await;
                reads.close().await;
                writer.close().await;
            }
            Ways::Postgres(postgres) => postgres.close().await,
        }
    }
}
