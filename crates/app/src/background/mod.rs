//! What runs by itself. Every task takes no input, looks for what there is to
//! do and does it; running it twice does it once. Tasks are woken by a nudge
//! after each command and by a timer, and can be run from the command line.

pub(crate) mod runs;
pub mod tasks;

use std::time::Duration;

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

pub use runs::TaskRun;

/// How long the tasks sleep when nothing nudges them.
const REST: Duration = Duration::from_secs(5);

/// In the order they run.
pub const TASKS: [&str; 7] = ["auto-sign", "slip", "remind", "index", "seal", "send", "retain"];

impl App {
    /// Runs every task once, in order; returns how much was done by each.
    pub async fn run_tasks(&self) -> Result<Vec<(&'static str, usize)>> {
        self.notice_calendar().await?;
        let mut done = Vec::with_capacity(TASKS.len());
        for task in TASKS {
            done.push((task, self.run_task(task).await?));
        }
        Ok(done)
    }

    /// A year of holidays loaded from the command line reaches a running server.
    async fn notice_calendar(&self) -> Result<()> {
        let stored = self.store().holidays(self.county()).await?;
        if self.rules().holds_calendar(&stored) {
            return Ok(());
        }
        self.reload_rules().await
    }

    /// Runs one task now, for an administrator.
    pub async fn run_task_now(&self, caller: &Caller, task: &str) -> Result<usize> {
        self.require(caller, Admin::KeepRunning)?;
        let task = TASKS.into_iter().find(|known| *known == task).ok_or(Error::NotFound)?;
        self.run_task(task).await
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
        let mut stop = std::pin::pin!(stop);
        loop {
            if let Err(fault) = self.run_tasks().await {
                tracing::error!(%fault, "a background task failed");
            }
            tokio::select! {
                () = &mut stop => return,
                () = self.nudged() => {}
                () = tokio::time::sleep(REST) => {}
            }
        }
    }
}
