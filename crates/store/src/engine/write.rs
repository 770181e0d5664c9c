//! The one way in: work is handed to the writer on SQLite, and has a
//! transaction of its own on PostgreSQL.

use std::sync::{Arc, Mutex};

use super::foreseen::Foreseen;
use super::open::{Store, Ways};
use super::tx::Tx;
use super::writer::{WorkFuture, Writer, into_job, write_on_postgres};
use crate::error::StoreError;

impl Store {
    /// Whether work waits for the writer just now. PostgreSQL lets nobody wait.
    pub fn has_waiting(&self) -> bool {
        self.writer().is_some_and(Writer::has_waiting)
    }

    /// Runs `work` in a transaction. It may be run again, so it must have no
    /// effect but through the transaction; when it returns an error, what it
    /// wrote is dropped. A work that a statement failed under must return an
    /// error.
    pub async fn write<T, E, W>(&self, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: for<'a> Fn(&'a mut Tx) -> WorkFuture<'a, Result<T, E>> + Send + Sync + 'static,
    {
        self.write_foreseen(None, work).await
    }

    /// The same for work of which it is known what it will ask for.
    pub async fn write_foreseen<T, E, W>(&self, foreseen: Option<Foreseen>, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: for<'a> Fn(&'a mut Tx) -> WorkFuture<'a, Result<T, E>> + Send + Sync + 'static,
    {
        let slot: Arc<Mutex<Option<Result<T, E>>>> = Arc::new(Mutex::new(None));
        let job = into_job(work, Arc::clone(&slot));
        match self.ways() {
            Ways::Sqlite { writer, .. } => writer.write(job, foreseen).await?,
            Ways::Postgres(postgres) => write_on_postgres(postgres.news(), job).await?,
        }
        let answer = slot.lock().ok().and_then(|mut slot| slot.take());
        answer.unwrap_or_else(|| Err(StoreError::Unknown.into()))
    }
}
