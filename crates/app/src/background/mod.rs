//! What runs by itself. Every task takes no input, looks for what there is to
//! do and does it; running it twice does it once. Tasks are woken by a nudge
//! after each command and by a timer, and can be run from the command line.
//!
//! Of several processes on one database one at a time runs them: a message
//! cannot be taken back, so no two may send it.

pub(crate) mod runs;
pub mod tasks;

use std::time::Duration;

use bihuan_domain::journal::COUNTY_STREAM;

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

pub use runs::TaskRun;

/// How long the tasks sleep when nothing nudges them.
const REST: Duration = Duration::from_secs(5);
/// How long they sleep whatever nudges them: what comes meanwhile is done in one go.
const PAUSE: Duration = Duration::from_secs(1);

/// How soon rules that another process changed are seen here.
const NOTICE: Duration = Duration::from_secs(1);
/// The name of the turn to run tasks.
const TURN: &str = "tasks";

/// In the order they run.
pub const TASKS: [&str; 7] = ["auto-sign", "slip", "remind", "index", "seal", "send", "retain"];

impl App {
    /// Runs every task once, in order; returns how much was done by each. Waits
    /// for whoever runs them now.
    pub async fn run_tasks(&self) -> Result<Vec<(&'static str, usize)>> {
        self.notice_rules().await?;
        let turn = self.store().turn_of(self.county(), TURN).await?;
        let done = self.run_each().await;
        turn.end().await?;
        done
    }

    /// The same, but leaves it to whoever runs them now.
    async fn run_tasks_in_turn(&self) -> Result<()> {
        let turn = self.store().try_turn(self.county(), TURN).await?;
        let Some(turn) = turn else { return Ok(()) };
        let done = self.run_each().await.map(drop);
        turn.end().await?;
        done
    }

    async fn run_each(&self) -> Result<Vec<(&'static str, usize)>> {
        let mut done = Vec::with_capacity(TASKS.len());
        for task in TASKS {
            done.push((task, self.run_task(task).await?));
        }
        Ok(done)
    }

    /// Rules changed from the command line or on another node reach a running
    /// server.
    pub async fn notice_rules(&self) -> Result<()> {
        let length = self.store().length(self.county(), COUNTY_STREAM).await?;
        if self.rules().read_at() == length {
            return Ok(());
        }
        self.reload_rules().await
    }

    /// Runs one task now, for an administrator.
    pub async fn run_task_now(&self, caller: &Caller, task: &str) -> Result<usize> {
        self.require(caller, Admin::KeepRunning)?;
        let task = TASKS.into_iter().find(|known| *known == task).ok_or(Error::NotFound)?;
        let turn = self.store().turn_of(self.county(), TURN).await?;
        let done = self.run_task(task).await;
        turn.end().await?;
        done
    }

    /// Each task with its last run since this process began.
    pub fn task_states(&self, caller: &Caller) -> Result<Vec<(&'static str, Option<TaskRun>)>> {
        self.require(caller, Admin::KeepRunning)?;
        let runs = self.task_runs();
        Ok(TASKS.into_iter().map(|task| (task, runs.get(task).cloned())).collect())
    }

    async fn run_task(&self, task: &'static str) -> Result<usize> {
        let outcome = match task {
            "auto-sign" => tasks::auto_sign(self).await,
            "slip" => tasks::slip(self).await,
            "remind" => tasks::remind(self).await,
            "index" => tasks::index(self).await,
            "seal" => tasks::seal(self).await,
            "send" => tasks::send(self).await,
            _ => tasks::retain(self).await,
        };
        let did = outcome.as_ref().map(|done| *done).map_err(ToString::to_string);
        self.task_runs().insert(task, TaskRun { at: self.now(), did });
        outcome
    }

    /// Runs the tasks until `stop` is ready. A failing run is logged and tried
    /// again at the next waking.
    pub async fn run_in_background(&self, stop: impl Future<Output = ()>) {
        tokio::select! {
            () = self.run_until(stop) => {}
            () = self.keep_noticing() => {}
        }
    }

    async fn run_until(&self, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        loop {
            match self.run_tasks_in_turn().await {
                Ok(()) => {}
                Err(Error::Unavailable(fault)) => tracing::warn!(%fault, "tasks wait"),
                Err(fault) => tracing::error!(%fault, "a background task failed"),
            }
            let wake = async {
                tokio::time::sleep(PAUSE).await;
                tokio::time::timeout(REST - PAUSE, self.nudged()).await.ok();
            };
            tokio::select! {
                () = &mut stop => return,
                () = wake => {}
            }
        }
    }

    async fn keep_noticing(&self) {
        loop {
            tokio::time::sleep(NOTICE).await;
            if let Err(fault) = self.notice_rules().await {
                tracing::warn!(%fault, "whether the rules changed is not known");
            }
        }
    }
}
