//! Who had a matter, and when: what workloads are counted from.

use crate::ids::UnitCode;
use crate::instant::Instant;
use crate::matter::event::Event;
use crate::matter::state::Matter;

/// A stretch in which a unit led an open matter; it lasts where `to` is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub unit: UnitCode,
    pub from: Instant,
    pub to: Option<Instant>,
}

/// A matter as it came to be, and the units it went through.
#[derive(Clone, Debug)]
pub struct Course {
    pub matter: Matter,
    /// Each time it was given to a unit to lead.
    pub given: Vec<(UnitCode, Instant)>,
    pub turns: Vec<Turn>,
}

#[derive(Default)]
pub(super) struct Track {
    pub(super) matter: Option<Matter>,
    given: Vec<(UnitCode, Instant)>,
    turns: Vec<Turn>,
}

impl Track {
    /// `event` has made `matter` what it is at `at`.
    pub(super) fn follow(&mut self, matter: Option<Matter>, event: &Event, at: Instant) {
        self.matter = matter;
        if let Event::Dispatched { lead, .. } = event {
            self.given.push((lead.clone(), at));
        }
        let leads = self.matter.as_ref().filter(|matter| !matter.stage.is_over());
        let unit = leads.and_then(|matter| matter.lead.as_ref()).map(|lead| &lead.unit);
        let last = self.turns.last_mut().filter(|turn| turn.to.is_none());
        if last.as_ref().map(|turn| &turn.unit) == unit {
            return;
        }
        if let Some(turn) = last {
            turn.to = Some(at);
        }
        if let Some(unit) = unit.cloned() {
            self.turns.push(Turn { unit, from: at, to: None });
        }
    }

    pub(super) fn finish(self) -> Option<Course> {
        let Self { matter, given, turns } = self;
        matter.map(|matter| Course { matter, given, turns })
    }
}
