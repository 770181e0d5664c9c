//! A grid post's own grid: what is open in it, for a map and the list beside it.
//! Where its worker is, nobody asks.

use std::sync::Arc;

use bihuan_domain::access::Role;
use bihuan_domain::calendar::Calendar;
use bihuan_domain::ids::GridCode;
use bihuan_domain::instant::Instant;
use bihuan_store::read::{Filter, Order};

use super::line::Line;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

const MOST: u32 = 100;

pub struct OwnGrid {
    pub grid: GridCode,
    /// Soonest due first.
    pub open: Vec<Line>,
    pub calendar: Arc<Calendar>,
    pub now: Instant,
}

impl App {
    /// How many grid workers there are, whether they can sign in or not.
    pub async fn grid_workers_counted(&self) -> Result<i64> {
        Ok(self.store().holders_counted(self.county(), Role::GridWorker).await?)
    }

    pub async fn own_grid(&self, caller: &Caller) -> Result<OwnGrid> {
        let is_of_grid = matches!(caller.role(), Role::GridWorker | Role::GridLeader);
        let grid = caller.actor.grid.clone().filter(|_| is_of_grid).ok_or(Error::Forbidden)?;
        let filter = Filter { open: Some(true), ..self.not_own(caller) };
        let reach = self.reach(caller);
        let page =
            self.store().matters(self.county(), &reach, &filter, Order::Due, None, MOST).await?;
        let now = self.now();
        let calendar = Arc::clone(&self.rules().in_force(now)?.calendar);
        Ok(OwnGrid { grid, open: self.lines(caller, page.rows)?, calendar, now })
    }
}
