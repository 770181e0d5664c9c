//! One test body, run on a SQLite file and on PostgreSQL.
//!
//! Without a PostgreSQL server (see [`crate::postgres`]) only SQLite is run, and
//! that is said.

use std::sync::atomic::{AtomicU32, Ordering};

use bihuan_store::{Store, scratch};
use tempfile::TempDir;

static NUMBER: AtomicU32 = AtomicU32::new(0);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// An empty, migrated database of its own.
pub struct Database {
    pub store: Store,
    pub engine: Engine,
    pub address: String,
}

impl Database {
    /// A second opening of the same database, as after a restart.
    pub async fn reopen(&self) -> Store {
        open(&self.address).await
    }
}

/// Runs `body` on each engine, one after the other, with a fresh database.
pub async fn each<F, Fut>(body: F)
where
    F: Fn(Database) -> Fut,
    Fut: Future<Output = ()> + Send + 'static,
{
    on_sqlite(&body).await;
    on_postgres(&body).await;
}

pub async fn on_sqlite<F, Fut>(body: F)
where
    F: Fn(Database) -> Fut,
    Fut: Future<Output = ()> + Send + 'static,
{
    let (address, _folder) = sqlite_file();
    run(Engine::Sqlite, address, body).await;
}

/// Runs `body` on PostgreSQL where there is one.
pub async fn on_postgres<F, Fut>(body: F)
where
    F: Fn(Database) -> Fut,
    Fut: Future<Output = ()> + Send + 'static,
{
    let Some(server) = crate::postgres::server() else {
        eprintln!("PostgreSQL was not run: BIHUAN_TEST_POSTGRES is not set");
        return;
    };
    let name = database_name();
    let address = scratch::create(&server, &name)
        .await
        .unwrap_or_else(|fault| panic!("no database on BIHUAN_TEST_POSTGRES: {fault}"));
    run(Engine::Postgres, address, body).await;
    scratch::drop(&server, &name).await.unwrap_or_else(|fault| panic!("{name} stays: {fault}"));
}

/// Where a new SQLite file may lie, and the folder that goes with the test.
pub fn sqlite_file() -> (String, TempDir) {
    let folder = tempfile::tempdir().unwrap_or_else(|fault| panic!("no temporary folder: {fault}"));
    (format!("sqlite:{}", folder.path().join("bihuan.db").display()), folder)
}

pub fn database_name() -> String {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("bihuan_test_{}_{number}", std::process::id())
}

pub async fn open(address: &str) -> Store {
    Store::open(address).await.unwrap_or_else(|fault| panic!("{address} cannot be opened: {fault}"))
}

async fn run<F, Fut>(engine: Engine, address: String, body: F)
where
    F: Fn(Database) -> Fut,
    Fut: Future<Output = ()> + Send + 'static,
{
    let store = open(&address).await;
    let outcome = tokio::spawn(body(Database { store: store.clone(), engine, address })).await;
    store.close().await;
    if let Err(fault) = outcome {
        eprintln!("this failed on {engine:?}");
        std::panic::resume_unwind(fault.into_panic());
    }
}
