//! What a row says, in our types.

use std::collections::BTreeMap;

use bihuan_domain::ids::{ClassCode, ItemCode, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::History;
use bihuan_domain::place::Position;
use serde::Serialize;
use sha2::{Digest, Sha256};

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportedRecord {
    /// Where it stands in the file; not part of what it says.
    #[serde(skip)]
    pub row: u64,
    pub origin: String,
    pub origin_id: String,
    pub opened_at: Instant,
    pub due_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub class_as_given: Option<String>,
    pub unit_as_given: Option<String>,
    pub state_as_given: Option<String>,
    /// Ours, where the map knows the word given.
    pub class: Option<ClassCode>,
    pub item: Option<ItemCode>,
    pub unit: Option<UnitCode>,
    pub words: Option<String>,
    pub address: Option<String>,
    pub position: Option<Position>,
    /// Columns the map keeps as they are, those with content.
    pub extra: BTreeMap<String, String>,
    /// The other system's own word on whether it was overdue.
    pub overdue_as_given: Option<bool>,
    #[serde(skip)]
    pub doubts: Vec<Doubt>,
}

/// Accepted as given, and listed for a person to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    ClosedBeforeOpened,
    DueBeforeOpened,
    /// One of the dates is a reading the clocks showed twice or never.
    ClockChange,
}

impl ImportedRecord {
    /// Equal for records that say the same, whatever their rows.
    pub fn digest(&self) -> [u8; 32] {
        // Only maps with keys that are no text fail to serialise; these are text.
        let content = serde_json::to_vec(self).unwrap_or_default();
        Sha256::digest(content).into()
    }

    pub fn history(&self) -> History {
        History {
            origin: self.origin.clone(),
            origin_id: self.origin_id.clone(),
            opened_at: self.opened_at,
            due_at: self.due_at,
            closed_at: self.closed_at,
            class_as_given: self.class_as_given.clone(),
            unit_as_given: self.unit_as_given.clone(),
            state_as_given: self.state_as_given.clone(),
        }
    }

    /// Closed later than due; `None` without both dates.
    pub fn closed_late(&self) -> Option<bool> {
        Some(self.closed_at? > self.due_at?)
    }

    pub(super) fn doubts(&self, clock_change: bool) -> Vec<Doubt> {
        let before = |at: Option<Instant>| at.is_some_and(|at| at < self.opened_at);
        [
            (before(self.closed_at), Doubt::ClosedBeforeOpened),
            (before(self.due_at), Doubt::DueBeforeOpened),
            (clock_change, Doubt::ClockChange),
        ]
        .into_iter()
        .filter_map(|(holds, doubt)| holds.then_some(doubt))
        .collect()
    }
}

impl Doubt {
    pub const fn code(self) -> &'static str {
        match self {
            Self::ClosedBeforeOpened => "closed-before-opened",
            Self::DueBeforeOpened => "due-before-opened",
            Self::ClockChange => "clock-change",
        }
    }
}
