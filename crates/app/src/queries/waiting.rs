//! What waits for whoever asks: the counts beside the navigation.

use bihuan_domain::access::Role;

use crate::context::{App, Caller};
use crate::error::Result;

/// Things that wait for the caller; nothing where a post has no such list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    pub inbox: i64,
    pub worklist: i64,
    /// A grid worker's verifying and checking.
    pub day: i64,
}

impl App {
    pub async fn waits(&self, caller: &Caller) -> Result<Waits> {
        let mut waits = Waits::default();
        match caller.role() {
            Role::Triage | Role::Dispatcher => waits.inbox = self.inbox_waiting(caller).await?,
            Role::Handler | Role::UnitHead | Role::Supervisor => {
                waits.worklist = self.work_waiting(caller).await?;
            }
            Role::GridWorker | Role::GridLeader => waits.day = self.day_waiting(caller).await?,
            _ => {}
        }
        Ok(waits)
    }
}
