//! A matter's deadlines: each node has a limit, a start, an end, and a list of
//! moves that explains every date it ever had.
//!
//! Invariants: a node's first due date is never lost; every change of a due
//! date is one [`Move`]; lamps are computed from two stored dates and the
//! present moment, never stored.

mod count;
mod node;
mod remaining;
mod running;
mod sentence;
mod strip;
pub mod thirteen710;
mod why;
mod words;

use serde::{Deserialize, Serialize};

pub use node::{due_after_extension, due_after_resume, due_recalculated, due_under, earliest};
pub use remaining::{Remaining, remaining};
pub use strip::{Cell, StripDay, Tally};
pub use why::{MoveLine, Rest, Why, why};

use crate::calendar::{CountingRule, Limit};
use crate::ids::NodeCode;
use crate::instant::Instant;
use crate::journal::Commitment;

/// Two dates decide the lamp: from `soon_at` it is due soon, after `due_at`
/// overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    pub due_at: Instant,
    pub soon_at: Instant,
    /// The calculation passed beyond the last year whose State Council holiday
    /// notice is loaded, so days were counted Monday to Friday.
    pub estimated: bool,
}

/// Urgency of an open node. Ordered from calm to urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lamp {
    OnTrack,
    DueSoon,
    Overdue,
}

impl Due {
    /// The very moment of the deadline is still in time.
    pub fn lamp(&self, now: Instant) -> Lamp {
        if now > self.due_at {
            Lamp::Overdue
        } else if now >= self.soon_at {
            Lamp::DueSoon
        } else {
            Lamp::OnTrack
        }
    }
}

/// How a node's due date came to change (or to exist).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MoveKind {
    Started,
    Paused,
    Resumed,
    /// By an approved extension of this much, or to this date.
    Extended(Limit),
    /// Counting began again (after a rejected check or a reopening).
    Restarted,
    /// Another rule that falls due earlier took over.
    Tightened,
    /// A holiday notice was loaded; the text names it.
    Recalculated(String),
    /// Dates taken over from another system as they were given.
    Imported,
}

/// One line of "why this date".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub at: Instant,
    pub kind: MoveKind,
    /// Dotted name of the rule that allowed it, e.g. `grid-case.handle`.
    pub rule: String,
    pub reason: Option<Commitment>,
    pub due: Due,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeStatus {
    Open,
    Met(Instant),
    /// The step it waited for can no longer come (declined, merged, withdrawn).
    Dropped(Instant),
}

/// A stretch during which a clock did not run. `to` is open while it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub from: Instant,
    pub to: Option<Instant>,
}

/// One deadline of a matter, from its start to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    pub code: NodeCode,
    /// Dotted name of the rule it was started under, e.g. `grid-case.handle`.
    pub rule: String,
    pub counting: CountingRule,
    pub started_at: Instant,
    pub pauses: Vec<Pause>,
    pub extensions: Vec<Limit>,
    pub original: Due,
    pub due: Due,
    pub status: NodeStatus,
    pub moves: Vec<Move>,
}

impl Node {
    pub fn is_open(&self) -> bool {
        self.status == NodeStatus::Open
    }

    pub fn is_paused(&self) -> bool {
        self.pauses.last().is_some_and(|pause| pause.to.is_none())
    }
}
