//! Group commit on SQLite, and the same contract on PostgreSQL.

use std::any::Any;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use sqlx::{PgPool, SqlitePool};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::open::{Engine, Store};
use super::tx::Tx;
use crate::error::StoreError;

/// Pieces of work that may wait before a caller is told to come back.
const QUEUE: usize = 4096;
/// Pieces committed together at most.
const BATCH: usize = 256;
/// Times a PostgreSQL transaction that met another is run again.
const RETRIES: u32 = 8;

pub type WorkFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

type Work = Arc<dyn for<'a> Fn(&'a mut Tx) -> WorkFuture<'a, Flow> + Send + Sync>;

/// What a piece of work wants done with what it wrote.
enum Flow {
    Keep,
    /// It refused; it has written nothing.
    Nothing,
    /// The database failed under it.
    Broken(StoreError),
}

struct Job {
    work: Work,
    done: oneshot::Sender<Result<(), StoreError>>,
}

#[derive(Debug)]
pub(super) struct Writer {
    queue: mpsc::Sender<Job>,
    task: Mutex<Option<JoinHandle<()>>>,
    closing: tokio::sync::Notify,
}

impl Writer {
    pub(super) fn start(pool: SqlitePool) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let task = tokio::spawn(write_batches(pool, jobs));
        Self { queue, task: Mutex::new(Some(task)), closing: tokio::sync::Notify::new() }
    }

    pub(super) async fn stop(&self) {
        self.closing.notify_waiters();
        let task = self.task.lock().ok().and_then(|mut task| task.take());
        let (done, finished) = oneshot::channel();
        // An empty piece of work: when it is answered, all before it are done.
        let work: Work = Arc::new(|_| Box::pin(async { Flow::Nothing }));
        if self.queue.send(Job { work, done }).await.is_ok() {
            finished.await.ok();
        }
        if let Some(task) = task {
            task.abort();
        }
    }
}

impl Store {
    /// Runs `work` in a transaction. It may be run again, so it must have no
    /// effect but through the transaction; when it returns an error, what it
    /// wrote is dropped.
    pub async fn write<T, E, W>(&self, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: for<'a> Fn(&'a mut Tx) -> WorkFuture<'a, Result<T, E>> + Send + Sync + 'static,
    {
        let slot: Arc<Mutex<Option<Result<T, E>>>> = Arc::new(Mutex::new(None));
        let job = into_job(work, Arc::clone(&slot));
        match (self.writer(), self.engine()) {
            (Some(writer), _) => {
                let (done, finished) = oneshot::channel();
                writer.queue.try_send(Job { work: job, done }).map_err(|fault| match fault {
                    mpsc::error::TrySendError::Full(_) => StoreError::Busy,
                    mpsc::error::TrySendError::Closed(_) => StoreError::Stopped,
                })?;
                finished.await.map_err(|_| StoreError::Stopped)??;
            }
            (None, Engine::Postgres(pool)) => write_on_postgres(pool.clone(), job).await?,
            (None, Engine::Sqlite(_)) => return Err(StoreError::Stopped.into()),
        }
        let answer = slot.lock().ok().and_then(|mut slot| slot.take());
        answer.unwrap_or_else(|| Err(StoreError::Unknown.into()))
    }
}

fn into_job<T, E, W>(work: W, slot: Arc<Mutex<Option<Result<T, E>>>>) -> Work
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    W: for<'a> Fn(&'a mut Tx) -> WorkFuture<'a, Result<T, E>> + Send + Sync + 'static,
{
    let work = Arc::new(work);
    Arc::new(move |tx| {
        let work = Arc::clone(&work);
        let slot = Arc::clone(&slot);
        Box::pin(async move {
            let answer = work(tx).await;
            if let Some(fault) = tx.take_fault() {
                return Flow::Broken(fault);
            }
            let flow = if answer.is_ok() { Flow::Keep } else { Flow::Nothing };
            if let Ok(mut slot) = slot.lock() {
                *slot = Some(answer);
            }
            flow
        })
    })
}

/// A COMMIT is never cancelled: the transaction runs in a task of its own, so
/// that a caller who goes away leaves it to finish.
async fn write_on_postgres(pool: PgPool, work: Work) -> Result<(), StoreError> {
    let task = tokio::spawn(async move {
        let mut tries = 0;
        loop {
            match write_once(&pool, &work).await {
                Err(fault) if fault.is_collision() && tries < RETRIES => tries += 1,
                other => return other,
            }
        }
    });
    task.await.map_err(|_| StoreError::Unknown)?
}

async fn write_once(pool: &PgPool, work: &Work) -> Result<(), StoreError> {
    let mut tx = Tx::postgres(pool.begin().await?);
    match work(&mut tx).await {
        Flow::Keep => {
            tx.keep();
            tx.flush().await?;
            tx.commit().await.map_err(unknown_outcome)
        }
        Flow::Nothing => {
            tx.rollback().await;
            Ok(())
        }
        Flow::Broken(fault) => {
            tx.rollback().await;
            Err(fault)
        }
    }
}

/// An answer that never came says nothing about whether the commit happened.
fn unknown_outcome(fault: StoreError) -> StoreError {
    match fault {
        StoreError::Sql(sqlx::Error::Io(_)) => StoreError::Unknown,
        other => other,
    }
}

async fn write_batches(pool: SqlitePool, mut jobs: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(BATCH);
    while jobs.recv_many(&mut batch, BATCH).await > 0 {
        let together = if batch.len() > 1 { write_together(&pool, &batch).await } else { None };
        match together {
            Some(outcomes) => {
                for (job, outcome) in batch.drain(..).zip(outcomes) {
                    job.done.send(outcome).ok();
                }
            }
            // One of them failed: alone, only the guilty one does.
            None => {
                for job in batch.drain(..) {
                    let outcome = write_alone(&pool, &job.work).await;
                    job.done.send(outcome).ok();
                }
            }
        }
    }
}

/// `None` when the batch was rolled back and must be run one by one.
async fn write_together(pool: &SqlitePool, batch: &[Job]) -> Option<Vec<Result<(), StoreError>>> {
    let mut tx = Tx::sqlite(pool.begin_with("BEGIN IMMEDIATE").await.ok()?);
    for job in batch {
        match (job.work)(&mut tx).await {
            Flow::Keep => tx.keep(),
            Flow::Nothing if tx.wrote_directly() => return None,
            Flow::Nothing => tx.forget(),
            Flow::Broken(_) => return None,
        }
        if tx.wrote_directly() {
            tx.flush().await.ok()?;
        }
    }
    tx.flush().await.ok()?;
    tx.commit().await.ok()?;
    Some(batch.iter().map(|_| Ok(())).collect())
}

async fn write_alone(pool: &SqlitePool, work: &Work) -> Result<(), StoreError> {
    let mut tx = Tx::sqlite(pool.begin_with("BEGIN IMMEDIATE").await?);
    match work(&mut tx).await {
        Flow::Keep => {
            tx.keep();
            tx.flush().await?;
            tx.commit().await
        }
        Flow::Nothing => {
            tx.rollback().await;
            Ok(())
        }
        Flow::Broken(fault) => {
            tx.rollback().await;
            Err(fault)
        }
    }
}

/// Keeps the compiler honest about what crosses threads.
const fn _is_send<T: Any + Send>() {}
const _: () = _is_send::<Job>();
