//! How far tasks and rectification are. Each figure is counted by itself, so that
//! a sum that does not add up shows.

use bihuan_store::read::{Rectified, Tasks};

use super::tasks::{FINDINGS, NOTICES, TASKS};
use crate::context::App;
use crate::error::Result;

impl App {
    /// Tasks that have no parts: how many are done, on track and overdue.
    pub async fn tasks_counted(&self) -> Result<Tasks> {
        Ok(self.store().tasks_counted(self.county(), TASKS, self.now()).await?)
    }

    /// Findings, the notices that cover them, and the units criticised.
    pub async fn rectified(&self) -> Result<Rectified> {
        Ok(self.store().rectified(self.county(), FINDINGS, NOTICES).await?)
    }
}
