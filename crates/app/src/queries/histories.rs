//! Everything recorded of what residents and the grid report, matter by matter,
//! for whoever counts it anew. Read in slices; nothing is kept.

use bihuan_domain::ids::MatterId;
use bihuan_domain::matter::Stage;
use bihuan_store::journal::Recorded;
use bihuan_store::read::{MatterRow, Order, Period};

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

const SLICE: u32 = 500;

impl App {
    /// Gives `take` each matter that is open, or was over neither before the
    /// period nor filed after it, the oldest first; returns how many it left out
    /// because another system acted on them.
    pub async fn histories(
        &self,
        caller: &Caller,
        period: Period,
        mut take: impl FnMut(MatterId, &[Recorded]) -> Result<()> + Send,
    ) -> Result<u64> {
        self.require(caller, Admin::SeeFigures)?;
        let (store, reach) = (self.store(), self.reach(caller));
        let filter = self.of_catalogue(self.not_own(caller));
        let (mut after, mut imported) = (None, 0);
        loop {
            let page = store
                .matters(self.county(), &reach, &filter, Order::Oldest, after.as_ref(), SLICE)
                .await?;
            let (given, acted): (Vec<_>, Vec<_>) =
                page.rows.into_iter().partition(|row| row.stage == Stage::Imported.code());
            imported += given.len() as u64;
            let lasting = acted.into_iter().filter(|row| concerns(row, period));
            let ids: Vec<String> = lasting.map(|row| row.matter).collect();
            for (id, recorded) in store.recorded(self.county(), &ids).await? {
                let id = id.parse().map_err(|_| Error::Internal(format!("id of matter {id}")))?;
                take(id, &recorded)?;
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(imported),
            }
        }
    }
}

/// What is over has a moment of closing, unless it never came that far.
fn concerns(row: &MatterRow, period: Period) -> bool {
    let was_over = row.closed_us.is_some_and(|at| at < period.from.micros());
    let came_after = row.closed_us.is_some() && row.filed_us >= period.to.micros();
    !was_over && !came_after
}
