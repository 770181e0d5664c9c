//! What will happen in the demo county, decided before anything does: a list of
//! reports, each with the acts that follow, from a seed. Pure: the same seed and
//! present give the same plan.
//!
//! Invariant: no act lies after the present, and what each act needs has been
//! done by then; whatever still waits at the present is meant to.

mod aside;
mod course;
mod draft;
mod ending;
mod fate;
mod fitting;
mod many;
mod place;
mod report;
mod sample;
mod supervised;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use bihuan_app::commands::Reporter;
use bihuan_domain::calendar::{Calendar, Limit};
use bihuan_domain::ids::{
    ChannelCode, GridCode, ItemCode, NodeCode, PlaceId, RegimeCode, UnitCode,
};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Alike, Burden, DeclineGround, Grade, Link, Rating, Source, Urgency};
use bihuan_domain::place::{Outlines, Position};
use bihuan_domain::playbook::Playbook;
use jiff::civil::Date;

use crate::cast::Who;
use crate::chance::Dice;
use crate::hours::Hours;
use crate::scene::Subject;

pub(crate) use draft::{Batch, Draft, Key, Paper};
pub(crate) use supervised::{Findings, PASSED_OVER};

/// One report and all that is done about it, in order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Life {
    pub(crate) filing: Filing,
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Filing {
    pub(crate) at: Instant,
    pub(crate) who: Who,
    pub(crate) regime: RegimeCode,
    pub(crate) source: Source,
    pub(crate) item: Option<ItemCode>,
    pub(crate) words: String,
    pub(crate) address: String,
    pub(crate) grid: Option<GridCode>,
    pub(crate) place: Option<PlaceId>,
    pub(crate) position: Option<Position>,
    pub(crate) reporter: Reporter,
    pub(crate) confidential: bool,
    pub(crate) urgency: Urgency,
    pub(crate) photo: Option<Shot>,
}

/// Which photo of the album.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shot {
    pub(crate) subject: Subject,
    pub(crate) fixed: bool,
    pub(crate) which: u32,
}

/// Proof given with an act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Proof {
    pub(crate) shots: Vec<Shot>,
    pub(crate) documents: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) at: Instant,
    pub(crate) who: Who,
    pub(crate) deed: Deed,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Deed {
    Accept {
        item: ItemCode,
        urgency: Urgency,
    },
    /// Into the report at this place of the plan.
    Merge {
        into: usize,
    },
    Decline {
        ground: DeclineGround,
        channel: ChannelCode,
        reason: String,
    },
    RequestVerification {
        grid: GridCode,
        note: String,
    },
    Verify {
        holds: bool,
        note: String,
        proof: Proof,
    },
    Dispatch {
        lead: UnitCode,
        co: Vec<UnitCode>,
        note: String,
    },
    Sign,
    Return {
        reason: String,
        suggested: UnitCode,
    },
    Adjudicate {
        lead: UnitCode,
        note: String,
    },
    RequestTransfer {
        reason: String,
        suggested: UnitCode,
    },
    Transfer {
        reason: String,
    },
    CoHandle {
        unit: UnitCode,
        note: String,
    },
    Act {
        note: String,
        proof: Proof,
    },
    RequestExtension {
        node: NodeCode,
        by: Limit,
        reason: String,
    },
    Extend {
        approve: bool,
        reason: String,
    },
    Suspend {
        reason: String,
        review_on: Date,
    },
    Resume {
        reason: String,
    },
    Submit {
        note: String,
        proof: Proof,
        alike: Option<Alike>,
    },
    SettleOnSpot {
        note: String,
        proof: Proof,
    },
    Answer {
        text: String,
    },
    ApproveAnswer,
    Check {
        holds: bool,
        note: String,
    },
    Close,
    CloseGraded {
        grade: Grade,
    },
    Rate {
        rating: Rating,
        words: String,
    },
    Reopen {
        reason: String,
    },
    StrikeOff,
    LookBack {
        holds: bool,
        note: String,
    },
    Withdraw {
        reason: String,
    },
    Ask {
        question: String,
    },
    Supplement {
        words: String,
    },
    Instruct {
        words: String,
    },
    Urge {
        words: String,
    },
    AmendClass {
        urgency: Urgency,
        reason: String,
    },
    Plan {
        plan: String,
        stages: Vec<Date>,
    },
    Confer {
        units: Vec<UnitCode>,
        decisions: String,
    },
    /// To what was drafted under this key.
    Link {
        link: Link,
        to: Key,
    },
    SignSlip,
    ProposeCriticism {
        reason: String,
    },
    Criticise {
        approve: bool,
        reason: String,
    },
    Object {
        reason: String,
    },
    Review {
        upheld: bool,
        reason: String,
        grade: Option<Grade>,
    },
    Publicise {
        words: String,
    },
    Issue {
        words: String,
    },
}

impl Deed {
    /// More time for the node that stands for the handling of a report.
    pub(crate) fn asked_for_handling(by: Limit, reason: &str) -> Self {
        let node = NodeCode::new("handle");
        Self::RequestExtension { node, by, reason: reason.to_owned() }
    }
}

impl Life {
    /// The place in the plan of the report this one is found to repeat.
    pub(crate) fn merged_into(&self) -> Option<usize> {
        self.steps.iter().find_map(|step| match step.deed {
            Deed::Merge { into } => Some(into),
            _ => None,
        })
    }

    /// A resident's, handled and answered.
    pub(crate) fn is_told_to_resident(&self) -> bool {
        self.filing.who == Who::Reporter
            && self.steps.iter().any(|step| matches!(step.deed, Deed::Answer { .. }))
    }
}

/// Everything the plan is made from.
pub(crate) struct Planner<'a> {
    pub(crate) playbook: &'a Playbook,
    pub(crate) calendar: &'a Calendar,
    pub(crate) hours: Hours<'a>,
    /// Grids with a worker.
    pub(crate) grids: &'a [GridCode],
    /// Where each grid lies.
    pub(crate) land: &'a Outlines,
    pub(crate) now: Instant,
    pub(crate) dice: Dice,
    /// Joint meetings by unit and year.
    meetings: BTreeMap<(UnitCode, i16), u32>,
}

impl<'a> Planner<'a> {
    pub(crate) fn new(
        playbook: &'a Playbook,
        calendar: &'a Calendar,
        grids: &'a [GridCode],
        land: &'a Outlines,
        now: Instant,
        seed: u64,
    ) -> Self {
        let hours = Hours::new(calendar);
        let (dice, meetings) = (Dice::new(seed), BTreeMap::new());
        Self { playbook, calendar, hours, grids, land, now, dice, meetings }
    }

    /// Whether these units still meet this year: half of what the county allows a
    /// unit is left to whoever comes after.
    pub(crate) fn may_meet(&mut self, units: &[UnitCode], day: Date) -> bool {
        let allowed = self.playbook.burdens.budget(Burden::Meetings).map(|budget| budget.yearly);
        let key = |unit: &UnitCode| (unit.clone(), day.year());
        let is_full = |unit: &UnitCode| {
            let held = self.meetings.get(&key(unit)).copied().unwrap_or(0);
            allowed.is_some_and(|allowed| held >= allowed / 2)
        };
        if units.iter().any(is_full) {
            return false;
        }
        units.iter().for_each(|unit| *self.meetings.entry(key(unit)).or_default() += 1);
        true
    }

    /// What residents and grid workers report, in the order it comes in.
    pub(crate) fn reports(&mut self) -> Vec<Life> {
        let mut lives = Vec::new();
        if self.playbook.items.is_empty() {
            return lives;
        }
        for quota in fate::QUOTAS {
            for _ in 0..quota.count {
                lives.extend(self.life(quota));
            }
        }
        lives.extend(self.sample());
        lives.sort_by_key(|life| life.filing.at);
        self.add_sample_duplicates(&mut lives);
        self.add_duplicates(&mut lives);
        lives
    }
}
