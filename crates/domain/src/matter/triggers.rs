//! What an event means to the clock: which nodes it ends, which it begins, and
//! which it leaves without the step they waited for.

use super::event::Event;
use super::kind::{Rating, Stage};
use super::state::Matter;
use crate::instant::Instant;
use crate::playbook::model::{NodeRule, Trigger};

/// What an event ends and what it starts.
pub(super) struct Triggers {
    pub(super) ends: &'static [Trigger],
    pub(super) starts: &'static [Trigger],
}

impl Triggers {
    const NONE: Self = Self { ends: &[], starts: &[] };

    const fn both(of: &'static [Trigger]) -> Self {
        Self { ends: of, starts: of }
    }

    const fn starts(of: &'static [Trigger]) -> Self {
        Self { ends: &[], starts: of }
    }

    /// `after` is the matter once `event` has happened.
    pub(super) fn of(event: &Event, after: Option<&Matter>) -> Self {
        let stage = after.map(|matter| matter.stage);
        match event {
            // A draft is not filed before it is approved.
            Event::Filed { stage: Stage::Drafted, .. } => Self::both(&[Trigger::Drafted]),
            Event::Filed { stage: Stage::Accepted, .. }
            | Event::FilingDecided { approved: true, .. } => {
                Self::both(&[Trigger::Filed, Trigger::Accepted])
            }
            Event::Filed { .. } => Self::both(&[Trigger::Filed]),
            Event::Planned { .. } => Self::both(&[Trigger::Planned]),
            Event::Objected { .. } => Self::both(&[Trigger::Objected]),
            Event::Reviewed { .. } => Self::both(&[Trigger::Reviewed]),
            Event::Publicised { .. } => Self::both(&[Trigger::Publicised]),
            Event::Issued { .. } => Self::both(&[Trigger::Closed]),
            Event::Accepted { .. } => Self::both(&[Trigger::Triaged, Trigger::Accepted]),
            Event::Declined { .. } | Event::Merged { .. } => Self::both(&[Trigger::Triaged]),
            Event::VerificationRequested { .. } => {
                Self::both(&[Trigger::Triaged, Trigger::VerificationRequested])
            }
            Event::Verified { .. } => Self::both(&[Trigger::Verified]),
            Event::Dispatched { .. } => Self::both(&[Trigger::Dispatched]),
            Event::Signed { .. } => Self::both(&[Trigger::Signed]),
            Event::Acted { .. } => Self::both(&[Trigger::Acted]),
            // The result is the last report of progress too.
            Event::Submitted { .. } => {
                Self { ends: &[Trigger::Acted, Trigger::Submitted], starts: &[Trigger::Submitted] }
            }
            Event::Checked { holds: true, .. } => Self::both(&[Trigger::Checked]),
            // A failed check is a check too, but what follows from one does not.
            Event::Checked { holds: false, .. } => {
                Self { ends: &[Trigger::Checked], starts: waiting_for_a_unit(stage) }
            }
            // The reporter confirmed what was settled on the spot.
            Event::Rated { rating: Rating::Fixed, .. } if stage == Some(Stage::Checked) => {
                Self::both(&[Trigger::Checked])
            }
            Event::Closed { .. } => Self::both(&[Trigger::Closed]),
            // Work begins again as if signed anew, or waits for a unit again.
            Event::Reopened { .. } if stage == Some(Stage::Handling) => {
                Self::starts(&[Trigger::Signed])
            }
            Event::Reopened { .. } => Self::starts(waiting_for_a_unit(stage)),
            // It waits to be dispatched, as when it was accepted.
            Event::Returned { .. } | Event::DispatchUndone { .. } | Event::Escalated { .. } => {
                Self::starts(&[Trigger::Accepted])
            }
            Event::StruckOff { .. } => Self::both(&[Trigger::StruckOff]),
            Event::LookedBack { .. } => Self::both(&[Trigger::LookedBack]),
            _ => Self::NONE,
        }
    }
}

const fn waiting_for_a_unit(stage: Option<Stage>) -> &'static [Trigger] {
    match stage {
        Some(Stage::Filed) => &[Trigger::Filed],
        Some(Stage::Accepted) => &[Trigger::Accepted],
        _ => &[],
    }
}

/// Which open nodes end unmet because the step they waited for cannot come.
pub(super) const fn is_dropped(event: &Event, rule: &NodeRule) -> bool {
    match event {
        Event::Declined { .. } | Event::Merged { .. } | Event::Withdrawn { .. } => true,
        // What begins with the end, or about it, is still to come.
        Event::Closed { .. } | Event::Issued { .. } => !matches!(rule.met_by, Trigger::Reviewed),
        Event::VerificationRequested { .. } => matches!(rule.starts, Trigger::Verified),
        Event::Returned { .. } | Event::DispatchUndone { .. } => {
            matches!(rule.starts, Trigger::Dispatched)
        }
        Event::Submitted { on_the_spot: true, .. } => {
            waits_for_triage(rule) || matches!(rule.met_by, Trigger::Dispatched | Trigger::Signed)
        }
        Event::Escalated { .. } => waits_for_triage(rule),
        Event::Reopened { .. } => matches!(
            rule.starts,
            Trigger::Submitted
                | Trigger::Checked
                | Trigger::Closed
                | Trigger::Publicised
                | Trigger::StruckOff
        ),
        _ => false,
    }
}

const fn waits_for_triage(rule: &NodeRule) -> bool {
    matches!(rule.met_by, Trigger::Triaged | Trigger::Verified | Trigger::Accepted)
}

/// When `trigger` happened in this round, for nodes that come to apply only
/// later; none if it did not, or left no date of its own.
pub(super) fn began(matter: &Matter, trigger: Trigger) -> Option<Instant> {
    match trigger {
        Trigger::Filed => Some(matter.filed_at),
        Trigger::Accepted => matter.accepted_at,
        Trigger::Dispatched => matter.lead.as_ref().map(|lead| lead.dispatched_at),
        Trigger::Signed => matter.lead.as_ref().and_then(|lead| lead.signed_at),
        Trigger::Planned => matter.plan.as_ref().map(|plan| plan.at),
        Trigger::Submitted => matter.submitted_at,
        Trigger::Objected => matter.objection.as_ref().map(|objection| objection.at),
        Trigger::Closed => matter.closed_at,
        _ => None,
    }
}
