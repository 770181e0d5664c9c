//! Asking for more time, and giving it. Asked for before the limit, once, by at
//! most a share of it; decided by someone else.

use super::Decision;
use crate::calendar::{Calendar, Limit};
use crate::clock::{self, Node};
use crate::ids::NodeCode;
use crate::instant::Instant;
use crate::journal::Commitment;
use crate::matter::event::Event;
use crate::matter::guard::may_extend;
use crate::matter::state::Matter;
use crate::playbook::model::Regime;
use crate::refusal::{Reason, Refusal};

impl Decision<'_, '_> {
    pub(super) fn request_extension(
        &mut self,
        code: NodeCode,
        by: Limit,
        reason: Commitment,
    ) -> Result<(), Refusal> {
        may_ask(self.matter, self.regime, self.facts.calendar, &code, by, self.now)?;
        self.ledger.record(Event::ExtensionRequested { node: code, by, reason });
        Ok(())
    }

    pub(super) fn extend(
        &mut self,
        approve: bool,
        reason: Option<Commitment>,
    ) -> Result<(), Refusal> {
        let request = self.matter.extension.as_ref().ok_or(Reason::NothingRequested)?;
        if !approve && reason.is_none() {
            return Err(Reason::ReasonNeeded.into());
        }
        let open = self.matter.nodes.get(&request.node).is_some_and(Node::is_open);
        if approve && !open {
            return Err(Refusal::new(Reason::NodeNotOpen).with("node", &request.node));
        }
        self.ledger.record(Event::ExtensionDecided { approved: approve, reason });
        if approve {
            self.ledger.extend(&request.node, request.by, request.reason);
        }
        Ok(())
    }
}

/// Whether so much more time may be asked for this node now.
pub(in crate::matter) fn may_ask(
    matter: &Matter,
    regime: &Regime,
    calendar: &Calendar,
    code: &NodeCode,
    by: Limit,
    now: Instant,
) -> Result<(), Refusal> {
    let rule = regime.node(code).ok_or_else(|| unknown_node(code))?;
    if !rule.extendable {
        return Err(Refusal::new(Reason::NotExtendable).with("node", code));
    }
    let node = matter.nodes.get(code).filter(|node| node.is_open());
    let node = node.ok_or_else(|| Refusal::new(Reason::NodeNotOpen).with("node", code))?;
    if now > node.due.due_at {
        return Err(Refusal::new(Reason::ExtensionAfterDue)
            .with("node", code)
            .with("due", node.due.due_at.date()));
    }
    let cut_off = regime.extension_until.filter(|_| now.date() == node.due.due_at.date());
    if let Some(until) = cut_off.filter(|until| now.time() > *until) {
        return Err(Refusal::new(Reason::ExtensionCutOff).with("until", until.strftime("%H:%M")));
    }
    if !may_extend(node, regime) {
        return Err(Refusal::new(Reason::ExtensionsUsedUp).with("limit", regime.extensions));
    }
    let extended = clock::due_after_extension(calendar, node, by).due_at;
    if extended <= node.due.due_at {
        return Err(Reason::ExtensionEmpty.into());
    }
    if extended > latest_extension(node, regime, calendar) {
        return Err(
            Refusal::new(Reason::ExtensionTooLong).with("percent", regime.extension_percent)
        );
    }
    Ok(())
}

/// The share of the limit, counted in the limit's own unit or in plain time,
/// whichever reaches further: one working day more on three may cross a
/// weekend, half a working day on one has no unit of its own.
fn latest_extension(node: &Node, regime: &Regime, calendar: &Calendar) -> Instant {
    let percent = regime.extension_percent;
    let plain = calendar.due(&node.counting, node.started_at).due_at.micros();
    let length = i128::from(plain) - i128::from(node.started_at.micros());
    let share = i64::try_from(length * i128::from(percent) / 100).unwrap_or(0);
    let latest = node.due.due_at.plus_micros(share);
    match part_of(node.counting.limit, percent) {
        Some(part) => clock::due_after_extension(calendar, node, part).due_at.max(latest),
        None => latest,
    }
}

fn unknown_node(code: &NodeCode) -> Refusal {
    Refusal::new(Reason::UnknownNode).with("node", code)
}

/// So many percent of a limit, whole; none of what has no length or too little.
fn part_of(limit: Limit, percent: u32) -> Option<Limit> {
    let part = |n: u32| {
        let part = u64::from(n) * u64::from(percent) / 100;
        u32::try_from(part).ok().filter(|part| *part > 0)
    };
    match limit {
        Limit::Minutes(n) => part(n).map(Limit::Minutes),
        Limit::WorkHours(n) => part(n).map(Limit::WorkHours),
        Limit::WorkDays(n) => part(n).map(Limit::WorkDays),
        Limit::Days(n) => part(n).map(Limit::Days),
        Limit::Months(n) => part(n).map(Limit::Months),
        Limit::On(_) => None,
    }
}
