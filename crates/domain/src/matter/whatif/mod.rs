//! What one matter's history would have come to under other rules.
//!
//! What people did stays what it was and when it was. What the rules said of it
//! is said anew: which dates began, stood still and ended, what was late, whom
//! the list would have named, when a unit was taken to have signed. An act the
//! other rules would have refused ends the replay: nobody knows what would have
//! been done instead.
//!
//! A date that both sets of rules count the same way stays the one that was
//! decided, under the calendar known at the time. So the same rules give back
//! the matter as it is.

mod course;
mod obstacle;
mod replay;

pub use course::{Course, Turn};
pub use obstacle::Obstacle;

use super::event::{Actor, Event};
use super::facts::Facts;
use crate::access::UnitTree;
use crate::calendar::Calendar;
use crate::ids::MatterId;
use crate::instant::Instant;
use crate::playbook::model::Playbook;

/// One entry of a matter: when, by whom, what.
pub type Past<'a> = (Instant, &'a Actor, &'a Event);

/// A playbook with the calendar its dates are counted on.
#[derive(Clone, Copy, Debug)]
pub struct Rulebook<'a> {
    pub playbook: &'a Playbook,
    pub calendar: &'a Calendar,
}

#[derive(Clone, Debug)]
pub struct WhatIf {
    pub was: Course,
    pub would: Result<Course, Obstacle>,
    /// Extensions that were granted and would not have been: the clock ran on.
    pub ungranted: u32,
}

impl WhatIf {
    /// Whether the other rules come to the same dates, units and ends.
    pub fn is_unchanged(&self) -> bool {
        let Ok(would) = &self.would else { return false };
        let (was, would) = (&self.was, would);
        let ends = |course: &Course| -> Vec<_> {
            let nodes = course.matter.nodes.iter();
            nodes.map(|(code, node)| (code.clone(), node.due.due_at, node.status)).collect()
        };
        was.turns == would.turns
            && was.given == would.given
            && was.matter.closed_late == would.matter.closed_late
            && ends(was) == ends(would)
    }
}

/// Replays all that is recorded of a matter, filed under `was`, as `would` has
/// it; `now` is the present. None where nothing filed it.
pub fn what_if(
    id: MatterId,
    past: &[Past<'_>],
    was: Rulebook<'_>,
    would: Rulebook<'_>,
    units: &UnitTree,
    now: Instant,
) -> Option<WhatIf> {
    let (was, would) = (was.facts(units), would.facts(units));
    replay::Replay::new(id, &was, &would, regime_of(past)?).run(past, now)
}

fn regime_of<'a>(past: &[Past<'a>]) -> Option<&'a crate::ids::RegimeCode> {
    match past.first()?.2 {
        Event::Filed { regime, .. } | Event::Imported { regime, .. } => Some(regime),
        _ => None,
    }
}

impl<'a> Rulebook<'a> {
    /// What lies outside the matter is taken as it was: nothing stands against
    /// what was done.
    const fn facts(self, units: &'a UnitTree) -> Facts<'a> {
        let Self { playbook, calendar } = self;
        Facts { playbook, calendar, units, other: None, open_parts: 0, over: &[] }
    }
}
