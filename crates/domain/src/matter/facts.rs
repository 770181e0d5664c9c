//! What a decision may look up: the playbook, the calendar, the organisation and
//! the one other matter a merge or a part is about.

use super::event::Whereabouts;
use super::state::Matter;
use crate::access::UnitTree;
use crate::calendar::Calendar;
use crate::ids::{GridCode, ItemCode, RegimeCode, UnitCode};
use crate::playbook::model::{Item, Playbook, Regime};
use crate::refusal::{Reason, Refusal};

/// What lies outside the matter, read in the same transaction.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The version the matter keeps; for a new one, the version in force.
    pub playbook: &'a Playbook,
    pub calendar: &'a Calendar,
    pub units: &'a UnitTree,
    /// The matter a merge goes into; of a new matter, what it is a part of.
    pub other: Option<&'a Matter>,
    /// Parts of this matter that are not over.
    pub open_parts: usize,
    /// What stands against approving it unless a leader passes it over:
    /// overlapping inspections, budgets used up.
    pub over: &'a [Refusal],
}

impl<'a> Facts<'a> {
    pub(super) fn regime(&self, code: &RegimeCode) -> Result<&'a Regime, Refusal> {
        self.playbook
            .regimes
            .get(code)
            .ok_or_else(|| Refusal::new(Reason::UnknownRegime).with("regime", code))
    }

    pub(super) fn item(&self, code: &ItemCode) -> Result<&'a Item, Refusal> {
        self.playbook
            .items
            .get(code)
            .ok_or_else(|| Refusal::new(Reason::UnknownItem).with("item", code))
    }

    pub(super) fn unit(&self, code: &UnitCode) -> Result<(), Refusal> {
        if self.units.contains(code) {
            return Ok(());
        }
        Err(Refusal::new(Reason::UnknownUnit).with("unit", code))
    }

    pub(super) fn grid(&self, code: &GridCode) -> Result<(), Refusal> {
        if self.playbook.grid(code).is_some() {
            return Ok(());
        }
        Err(Refusal::new(Reason::UnknownGrid).with("grid", code))
    }

    pub(super) fn whereabouts(&self, whereabouts: &Whereabouts) -> Result<(), Refusal> {
        whereabouts.grid.as_ref().map_or(Ok(()), |grid| self.grid(grid))
    }
}
