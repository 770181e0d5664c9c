//! What came of a replay, in figures that add up.

use bihuan_app::queries::Period;
use bihuan_domain::playbook::model::Text;
use serde::Serialize;

/// One unit's figures, or the county's, under one set of rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Side {
    /// Closed in the period, and of them without a missed date of handling.
    pub closed: u64,
    pub on_time: u64,
    /// From filing to closing, of those closed.
    pub mean_minutes: Option<u64>,
    /// Times a matter was given to it in the period.
    pub given: u64,
    /// At the end of any day of the period.
    pub most_open: u64,
    /// As things stand now.
    pub open: u64,
    pub due_soon: u64,
    pub overdue: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct UnitLine {
    /// None where no unit was given the matters.
    pub unit: Option<String>,
    #[serde(skip)]
    pub name: Text,
    pub was: Side,
    pub would: Side,
    /// Led by it, and in neither column.
    pub not_replayed: u64,
}

/// Matters the other rules stop at the same act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Stopped {
    #[serde(skip)]
    pub why: bihuan_domain::matter::Obstacle,
    /// The reason's code.
    pub reason: String,
    pub step: Option<String>,
    pub matters: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The version that was tried, and those the matters were filed under.
    pub tried: String,
    pub filed_under: Vec<String>,
    pub period: Period,
    /// In the order of the units' codes.
    pub units: Vec<UnitLine>,
    pub total: UnitLine,
    pub matters: u64,
    /// Of them with the same dates, units and ends.
    pub unchanged: u64,
    pub now_on_time: u64,
    pub now_late: u64,
    /// Given to another unit than they were.
    pub elsewhere: u64,
    /// Extensions that would not have been granted.
    pub ungranted: u64,
    pub stopped: Vec<Stopped>,
    /// Acted on by another system, under rules of its own.
    pub imported: u64,
}

impl Statement {
    pub fn not_replayed(&self) -> u64 {
        self.stopped.iter().map(|stopped| stopped.matters).sum()
    }

    /// Whether nothing was closed, given or open in the period.
    pub fn is_empty(&self) -> bool {
        let is_idle = |side: &Side| side.closed == 0 && side.given == 0 && side.most_open == 0;
        is_idle(&self.total.was) && is_idle(&self.total.would) && self.not_replayed() == 0
    }

    /// Whether every matter was replayed and comes out as it was.
    pub fn changes_nothing(&self) -> bool {
        self.unchanged == self.matters && self.ungranted == 0
    }
}
