//! Matters whose position is known, for a map beside its list.

use bihuan_store::read::{Filter, Order};

use super::ledger::{Asked, Ledger, LedgerLine, Wanted};
use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::Result;

/// Pins on one map.
pub const MOST_PINS: u32 = 500;

pub struct Pins {
    pub ledger: Ledger,
    /// How many of the whole list have a position.
    pub pinned: i64,
}

impl App {
    /// A page of the list, and how many of all that is asked have a position.
    pub async fn map_list(
        &self,
        caller: &Caller,
        asked: &Asked,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Pins> {
        let ledger = self.ledger(caller, asked, Wanted::default(), after, limit).await?;
        let filter = self.pinned(caller, asked);
        let most = i64::from(MOST_PINS);
        let reach = self.reach(caller);
        let pinned = self.store().count(self.county(), &reach, &filter, most).await?;
        Ok(Pins { ledger, pinned })
    }

    /// Those with a position, soonest due first.
    pub async fn map_pins(&self, caller: &Caller, asked: &Asked) -> Result<Vec<LedgerLine>> {
        self.require(caller, Admin::SeeFigures)?;
        let filter = self.pinned(caller, asked);
        let reach = self.reach(caller);
        let page = self
            .store()
            .matters(self.county(), &reach, &filter, Order::Due, None, MOST_PINS)
            .await?;
        self.ledger_lines(page.rows)
    }

    fn pinned(&self, caller: &Caller, asked: &Asked) -> Filter {
        let filter = asked.filter(self.own_part(caller, asked), self.now());
        Filter { has_position: true, ..filter }
    }
}
