//! The ladder of slips: which one a missed date calls for now.

use super::brief::Criticism;
use super::kind::{SlipColour, Stage};
use super::state::Matter;
use crate::calendar::{Calendar, CountingRule, DayOne, HolidayRule};
use crate::clock::Node;
use crate::ids::NodeCode;
use crate::instant::Instant;
use crate::playbook::model::{Regime, SlipRule};

/// The next slip of the regime's ladder that has fallen due, the lowest colour
/// first: nobody gets the red one without having had the blue.
pub fn slip_due(
    matter: &Matter,
    regime: &Regime,
    calendar: &Calendar,
    now: Instant,
) -> Option<(SlipColour, NodeCode)> {
    if !matches!(matter.stage, Stage::Dispatched | Stage::Handling) {
        return None;
    }
    let owed = regime.nodes.iter().filter(|rule| rule.is_owed_by_the_unit());
    let late = owed.filter_map(|rule| matter.nodes.get(&rule.code));
    late.filter(|node| is_owed(node, now)).find_map(|node| {
        let rule = next_slip(matter, regime, node)?;
        (now >= time_of(rule, node, calendar)).then(|| (rule.colour, node.code.clone()))
    })
}

/// Open, running and past its date.
pub(super) fn is_owed(node: &Node, now: Instant) -> bool {
    node.is_open() && !node.is_paused() && now > node.due.due_at
}

/// The step of the ladder that follows those taken about the node's date.
pub(super) fn next_slip<'a>(
    matter: &Matter,
    regime: &'a Regime,
    node: &Node,
) -> Option<&'a SlipRule> {
    regime.slips.iter().find(|rule| !matter.was_slipped(rule.colour, node))
}

fn time_of(rule: &SlipRule, node: &Node, calendar: &Calendar) -> Instant {
    let late_from = node.due.due_at;
    rule.after.map_or(late_from, |limit| {
        let counting = CountingRule { limit, day_one: DayOne::NextDay, holiday: HolidayRule::Keep };
        calendar.due(&counting, late_from).due_at
    })
}

/// What a unit may object to, and when it came about: the latest of its closing,
/// a slip and criticism that was approved.
pub(super) fn objected_to(matter: &Matter) -> Option<Instant> {
    let slip = matter.slips.iter().map(|slip| slip.issued_at).max();
    let criticised = match matter.criticism {
        Criticism::Approved(at) => Some(at),
        _ => None,
    };
    [matter.closed_at, slip, criticised].into_iter().flatten().max()
}
