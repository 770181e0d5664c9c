//! Group commit on SQLite, and the same contract on PostgreSQL.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use futures_util::FutureExt;
use sqlx::{PgPool, SqlitePool};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

use super::foreseen::Foreseen;
use super::tx::Tx;
use crate::error::StoreError;

/// Pieces of work that may wait before a caller is told to come back.
const QUEUE: usize = 4096;
/// Pieces committed together at most.
const BATCH: usize = 256;
/// Times a PostgreSQL transaction that met another is run again.
const RETRIES: u32 = 16;
/// Times it is run again because a row was there already: the second run reads
/// the row, so a third failure is the work's own.
const RETRIES_UNIQUE: u32 = 2;

pub type WorkFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

pub(super) type Work = Arc<dyn for<'a> Fn(&'a mut Tx) -> WorkFuture<'a, Flow> + Send + Sync>;

/// What a piece of work wants done with what it wrote.
pub(super) enum Flow {
    Keep,
    /// It refused: what it wrote is dropped.
    Nothing,
    /// PostgreSQL ended it in favour of another.
    Again,
    /// The database failed under it.
    Broken(StoreError),
}

struct Job {
    work: Work,
    foreseen: Option<Foreseen>,
    done: oneshot::Sender<Result<(), StoreError>>,
}

#[derive(Debug)]
pub(super) struct Writer {
    /// None once closed.
    queue: Mutex<Option<mpsc::Sender<Job>>>,
    task: Mutex<Option<JoinHandle<()>>>,
    pool: SqlitePool,
}

impl Writer {
    pub(super) fn start(pool: SqlitePool) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let task = tokio::spawn(write_batches(pool.clone(), jobs));
        Self { queue: Mutex::new(Some(queue)), task: Mutex::new(Some(task)), pool }
    }

    /// Answers when the work's own transaction is over.
    pub(super) async fn write(
        &self,
        work: Work,
        foreseen: Option<Foreseen>,
    ) -> Result<(), StoreError> {
        let (done, finished) = oneshot::channel();
        self.send(Job { work, foreseen, done })?;
        finished.await.map_err(|_| StoreError::Stopped)?
    }

    fn send(&self, job: Job) -> Result<(), StoreError> {
        let queue = self.queue.lock().map_err(|_| StoreError::Stopped)?;
        let queue = queue.as_ref().ok_or(StoreError::Stopped)?;
        queue.try_send(job).map_err(|fault| match fault {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => StoreError::Stopped,
        })
    }

    pub(super) fn has_waiting(&self) -> bool {
        let Ok(queue) = self.queue.lock() else { return false };
        queue.as_ref().is_some_and(|queue| queue.capacity() < queue.max_capacity())
    }

    /// Takes no more work and finishes what waits.
    pub(super) async fn stop(&self) {
        drop(self.queue.lock().ok().and_then(|mut queue| queue.take()));
        let task = self.task.lock().ok().and_then(|mut task| task.take());
        if let Some(task) = task {
            task.await.ok();
        }
    }

    /// The last connection to close folds the write-ahead log into the file,
    /// and only one that may write can.
    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

pub(super) fn into_job<T, E, W>(work: W, slot: Arc<Mutex<Option<Result<T, E>>>>) -> Work
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
            let flow = flow_of(tx, answer.is_ok());
            if let Ok(mut slot) = slot.lock() {
                *slot = Some(answer);
            }
            flow
        })
    })
}

fn flow_of(tx: &mut Tx, agreed: bool) -> Flow {
    if tx.has_collided() {
        return Flow::Again;
    }
    match tx.take_fault() {
        Some(fault) => Flow::Broken(fault),
        None if !agreed => Flow::Nothing,
        // PostgreSQL would answer the COMMIT by rolling back, and say so in a
        // way that is easily missed.
        None if tx.has_failed() => Flow::Broken(StoreError::WentOn),
        None => Flow::Keep,
    }
}

/// Runs a piece of work; one that panics harms nobody else.
async fn run(work: &Work, tx: &mut Tx) -> Flow {
    let run = AssertUnwindSafe(work(tx)).catch_unwind().await;
    run.unwrap_or(Flow::Broken(StoreError::Panicked))
}

/// A COMMIT is never cancelled: the transaction runs in a task of its own, so
/// that a caller who goes away leaves it to finish.
///
/// Where another server takes over, what the old one still has to say is not
/// waited for: it may be a machine that is gone without a word.
pub(super) async fn write_on_postgres(
    mut news: watch::Receiver<PgPool>,
    work: Work,
) -> Result<(), StoreError> {
    let pool = news.borrow_and_update().clone();
    let task = tokio::spawn(async move {
        let mut unique = 0;
        for _ in 0..RETRIES {
            match write_once(&pool, &work).await {
                Err(Fault::Collided) => {}
                // Someone wrote the row between our reading and our writing;
                // the next run sees it, be it the same command sent twice.
                Err(Fault::Other(fault)) if fault.is_unique() && unique < RETRIES_UNIQUE => {
                    unique += 1;
                }
                Err(Fault::Refused(fault) | Fault::Other(fault)) => return Err(fault),
                Ok(()) => return Ok(()),
            }
        }
        Err(StoreError::Busy)
    });
    tokio::select! {
        biased;
        done = task => done.map_err(|_| StoreError::Unknown)?,
        Ok(()) = news.changed() => Err(StoreError::Unknown),
    }
}

/// Why a PostgreSQL transaction was not committed.
enum Fault {
    /// It met another and should be run again.
    Collided,
    /// The work itself is at fault; running it again is of no use.
    Refused(StoreError),
    Other(StoreError),
}

impl From<StoreError> for Fault {
    fn from(fault: StoreError) -> Self {
        if fault.is_collision() { Self::Collided } else { Self::Other(fault) }
    }
}

async fn write_once(pool: &PgPool, work: &Work) -> Result<(), Fault> {
    let mut tx = Tx::postgres(pool.begin().await.map_err(StoreError::from)?);
    match run(work, &mut tx).await {
        Flow::Keep => {}
        flow => {
            tx.rollback().await;
            return match flow {
                Flow::Again => Err(Fault::Collided),
                Flow::Broken(fault) => Err(Fault::Refused(fault)),
                Flow::Keep | Flow::Nothing => Ok(()),
            };
        }
    }
    tx.keep().await?;
    if let Err(fault) = tx.flush_kept().await {
        tx.rollback().await;
        return Err(fault.into());
    }
    tx.commit().await.map_err(|fault| unknown_outcome(fault).into())
}

/// An answer that never came says nothing about whether the commit happened;
/// neither does a server that goes down (class 57) or loses its connection
/// (class 08) while it commits.
fn unknown_outcome(fault: StoreError) -> StoreError {
    match &fault {
        StoreError::Sql(sqlx::Error::Database(said))
            if !said
                .code()
                .is_some_and(|code| code.starts_with("57") || code.starts_with("08")) =>
        {
            fault
        }
        _ => StoreError::Unknown,
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
            // What failed is not known to be one's alone: run one by one, only
            // the guilty fails.
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
    let mut tx = Tx::begin_sqlite(pool).await.ok()?;
    let Some(outcomes) = run_all(&mut tx, batch).await else {
        tx.rollback().await;
        return None;
    };
    tx.commit().await.ok()?;
    Some(outcomes)
}

async fn run_all(tx: &mut Tx, batch: &[Job]) -> Option<Vec<Result<(), StoreError>>> {
    tx.foresee(batch.iter().filter_map(|job| job.foreseen.as_ref())).await.ok()?;
    let mut outcomes = Vec::with_capacity(batch.len());
    for job in batch {
        let outcome = match run(&job.work, tx).await {
            Flow::Keep => tx.keep().await.map(Ok).ok()?,
            // SQLite may have rolled back more than the statement.
            _ if tx.has_failed() && !tx.is_apart() => return None,
            Flow::Nothing => tx.forget().await.map(Ok).ok()?,
            Flow::Broken(fault) => tx.forget().await.map(|()| Err(fault)).ok()?,
            Flow::Again => return None,
        };
        outcomes.push(outcome);
    }
    tx.flush_kept().await.ok()?;
    Some(outcomes)
}

async fn write_alone(pool: &SqlitePool, work: &Work) -> Result<(), StoreError> {
    let mut tx = Tx::begin_sqlite(pool).await?;
    let outcome = match run(work, &mut tx).await {
        Flow::Keep => match finish(&mut tx).await {
            Ok(()) => return tx.commit().await,
            Err(fault) => Err(fault),
        },
        Flow::Nothing => Ok(()),
        Flow::Again => Err(StoreError::Busy),
        Flow::Broken(fault) => Err(fault),
    };
    tx.rollback().await;
    outcome
}

async fn finish(tx: &mut Tx) -> Result<(), StoreError> {
    tx.keep().await?;
    tx.flush_kept().await
}

#[cfg(test)]
mod tests {
    use bihuan_domain::ids::CountyCode;

    use crate::{Store, StoreError};

    async fn put(store: &Store, name: &'static str, value: String) -> Result<u64, StoreError> {
        store
            .write(move |tx| {
                let value = value.clone();
                Box::pin(
                    async move { tx.put_setting(&CountyCode::new("410182"), name, &value).await },
                )
            })
            .await
    }

    /// As a disk of so many pages does. The writer has one connection, so it is
    /// told for good.
    async fn room(store: &Store, pages: u32) {
        let pool = &store.writer().unwrap().pool;
        let most = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
        sqlx::query(most).execute(pool).await.unwrap();
    }

    #[tokio::test]
    async fn a_full_disk_refuses_what_it_cannot_keep_and_room_made_is_used_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bihuan.db");
        let store = Store::open(&format!("sqlite:{}", path.display())).await.unwrap();
        put(&store, "before", "kept".to_owned()).await.unwrap();
        // Never fewer than there are: SQLite then takes as many as there are.
        room(&store, 1).await;
        for _ in 0..2 {
            let fault = put(&store, "much", "x".repeat(1 << 20)).await.unwrap_err();
            assert!(fault.is_unwritable(), "{fault}");
        }
        let together = (0..20).map(|_| put(&store, "much", "x".repeat(1 << 20)));
        let together = futures_util::future::join_all(together).await;
        assert!(together.iter().all(|one| one.as_ref().is_err_and(StoreError::is_unwritable)));
        let county = CountyCode::new("410182");
        assert_eq!(store.setting(&county, "before").await.unwrap().as_deref(), Some("kept"));
        assert_eq!(store.setting(&county, "much").await.unwrap(), None);

        room(&store, 1 << 20).await;
        put(&store, "much", "x".repeat(1 << 20)).await.unwrap();
        store.close().await;
    }
}
