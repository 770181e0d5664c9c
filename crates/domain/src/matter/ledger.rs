//! Collects the events of one decision. Each event recorded moves the state,
//! and with it the clock: nodes end and begin by the regime's triggers, and
//! what the clock did becomes events of its own.

use super::decide::{Facts, item_limit};
use super::event::{Actor, Event};
use super::evolve::evolve;
use super::state::Matter;
use crate::calendar::{CountingRule, Limit};
use crate::clock::{self, Node, NodeStatus};
use crate::ids::{MatterId, NodeCode};
use crate::instant::Instant;
use crate::journal::Commitment;
use crate::playbook::model::{NodeLimit, NodeRule, Regime, Trigger};

pub(super) struct Ledger<'a> {
    id: MatterId,
    regime: &'a Regime,
    facts: &'a Facts<'a>,
    actor: &'a Actor,
    now: Instant,
    state: Option<Matter>,
    events: Vec<Event>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(
        id: MatterId,
        regime: &'a Regime,
        facts: &'a Facts<'a>,
        actor: &'a Actor,
        now: Instant,
    ) -> Self {
        Self { id, regime, facts, actor, now, state: None, events: Vec::new() }
    }

    pub(super) fn of(
        matter: &Matter,
        regime: &'a Regime,
        facts: &'a Facts<'a>,
        actor: &'a Actor,
        now: Instant,
    ) -> Self {
        let mut ledger = Self::new(matter.id, regime, facts, actor, now);
        ledger.state = Some(matter.clone());
        ledger
    }

    pub(super) fn finish(self) -> Vec<Event> {
        self.events
    }

    /// Records what happened and everything the clock does because of it.
    pub(super) fn record(&mut self, event: Event) {
        let triggers = triggers(&event);
        self.push(event.clone());
        for &trigger in triggers.ends {
            self.meet(trigger);
        }
        for rule in self.rules(|rule| is_dropped(&event, rule)) {
            if self.open_node(&rule.code).is_some() {
                self.push(Event::ClockDropped { node: rule.code.clone() });
            }
        }
        for &trigger in triggers.starts {
            self.start(trigger);
        }
        match event {
            Event::Suspended { reason, .. } => self.pause(reason),
            Event::Resumed { .. } => self.resume(),
            _ => {}
        }
    }

    /// An approved extension.
    pub(super) fn extend(&mut self, code: &NodeCode, by: Limit, reason: Commitment) {
        let Some(node) = self.open_node(code) else { return };
        let due = clock::due_after_extension(self.facts.calendar, node, by);
        let rule = node.rule.clone();
        self.push(Event::ClockExtended { node: code.clone(), by, rule, reason: Some(reason), due });
    }

    /// After a check that failed the handling goes on under the date it had.
    pub(super) fn go_on_after_rejection(&mut self) {
        for rule in self.rules(|rule| rule.met_by == Trigger::Submitted) {
            if self.node(&rule.code).is_some_and(|node| matches!(node.status, NodeStatus::Met(_))) {
                self.push(Event::ClockContinued { node: rule.code.clone() });
            }
        }
    }

    /// The class or urgency changed: nodes that no longer apply end, nodes that
    /// now apply begin at their own start, item limits are counted anew.
    pub(super) fn recount(&mut self) {
        let Some(matter) = self.state.clone() else { return };
        for rule in self.rules(|_| true) {
            let applies = rule.only.is_empty() || rule.only.contains(&matter.urgency);
            let node = matter.nodes.get(&rule.code).filter(|node| node.is_open());
            match node {
                Some(_) if !applies => {
                    self.push(Event::ClockDropped { node: rule.code.clone() });
                }
                Some(node) => self.recount_node(rule, node),
                None if applies && !matter.nodes.contains_key(&rule.code) => {
                    if let Some(from) = began(&matter, rule.starts) {
                        self.start_node(rule, from);
                    }
                }
                None => {}
            }
        }
    }

    fn recount_node(&mut self, rule: &NodeRule, node: &Node) {
        let Some(counting) = self.counting(rule) else { return };
        if rule.limit != NodeLimit::Item || counting == node.counting {
            return;
        }
        let due = self.facts.calendar.due_with(
            &counting,
            node.started_at,
            &node.pauses,
            &node.extensions,
        );
        self.push(Event::ClockTightened {
            node: rule.code.clone(),
            counting,
            rule: node.rule.clone(),
            due,
        });
    }

    /// Whether a deadline of the handling was missed when it was met.
    pub(super) fn was_late(&self) -> bool {
        self.rules(|rule| rule.met_by == Trigger::Submitted).into_iter().any(|rule| {
            self.node(&rule.code).is_some_and(|node| match node.status {
                NodeStatus::Met(at) => at > node.due.due_at,
                NodeStatus::Open => self.now > node.due.due_at,
                NodeStatus::Dropped(_) => false,
            })
        })
    }

    fn push(&mut self, event: Event) {
        self.state = evolve(self.state.take(), self.id, self.now, self.actor, &event);
        self.events.push(event);
    }

    fn node(&self, code: &NodeCode) -> Option<&Node> {
        self.state.as_ref()?.nodes.get(code)
    }

    fn open_node(&self, code: &NodeCode) -> Option<&Node> {
        self.node(code).filter(|node| node.is_open())
    }

    fn rules(&self, which: impl Fn(&NodeRule) -> bool) -> Vec<&'a NodeRule> {
        self.regime.nodes.iter().filter(|rule| which(rule)).collect()
    }

    fn meet(&mut self, trigger: Trigger) {
        for rule in self.rules(|rule| rule.met_by == trigger) {
            if self.open_node(&rule.code).is_some() {
                self.push(Event::ClockMet { node: rule.code.clone() });
            }
        }
    }

    fn start(&mut self, trigger: Trigger) {
        let urgency = self.state.as_ref().map(|matter| matter.urgency);
        for rule in self.rules(|rule| rule.starts == trigger) {
            if !rule.only.is_empty() && !urgency.is_some_and(|urgency| rule.only.contains(&urgency))
            {
                continue;
            }
            match self.node(&rule.code).map(Node::is_open) {
                // A clock that runs is not set back, e.g. by a transfer.
                Some(true) => {}
                Some(false) => self.restart_node(rule),
                None => self.start_node(rule, self.now),
            }
        }
    }

    fn start_node(&mut self, rule: &NodeRule, from: Instant) {
        let Some(counting) = self.counting(rule) else { return };
        let due = self.facts.calendar.due(&counting, from);
        self.push(Event::ClockStarted {
            node: rule.code.clone(),
            counting,
            rule: format!("{}.{}", self.regime.code, rule.code),
            from,
            due,
        });
    }

    fn restart_node(&mut self, rule: &NodeRule) {
        let Some(counting) = self.counting(rule) else { return };
        let due = self.facts.calendar.due(&counting, self.now);
        self.push(Event::ClockRestarted {
            node: rule.code.clone(),
            rule: format!("{}.{}", self.regime.code, rule.code),
            due,
        });
    }

    fn pause(&mut self, reason: Commitment) {
        for rule in self.rules(|rule| rule.pausable) {
            let Some(node) = self.open_node(&rule.code) else { continue };
            if node.is_paused() {
                continue;
            }
            let name = node.rule.clone();
            self.push(Event::ClockPaused {
                node: rule.code.clone(),
                rule: name,
                reason: Some(reason),
            });
        }
    }

    fn resume(&mut self) {
        for rule in self.rules(|rule| rule.pausable) {
            let Some(node) = self.open_node(&rule.code).filter(|node| node.is_paused()) else {
                continue;
            };
            let due = clock::due_after_resume(self.facts.calendar, node, self.now);
            let name = node.rule.clone();
            self.push(Event::ClockResumed { node: rule.code.clone(), rule: name, due });
        }
    }

    /// The limit and how it is counted; none while the item it comes from is
    /// unknown.
    fn counting(&self, rule: &NodeRule) -> Option<CountingRule> {
        let limit = match rule.limit {
            NodeLimit::Fixed(limit) => limit,
            NodeLimit::Item => {
                let matter = self.state.as_ref()?;
                let item = self.facts.item(matter.item.as_ref()?).ok()?;
                item_limit(item, matter.urgency)?
            }
        };
        Some(rule.counting.of(limit))
    }
}

/// When the thing that starts a node happened, for nodes that come to apply
/// only later.
fn began(matter: &Matter, trigger: Trigger) -> Option<Instant> {
    match trigger {
        Trigger::Filed => Some(matter.filed_at),
        Trigger::Accepted => matter.accepted_at,
        Trigger::Dispatched => matter.lead.as_ref().map(|lead| lead.dispatched_at),
        Trigger::Signed => matter.lead.as_ref().and_then(|lead| lead.signed_at),
        Trigger::Submitted => matter.submitted_at,
        Trigger::Closed => matter.closed_at,
        _ => None,
    }
}

/// What an event ends and what it starts.
struct Triggers {
    ends: &'static [Trigger],
    starts: &'static [Trigger],
}

impl Triggers {
    const NONE: Self = Self { ends: &[], starts: &[] };

    const fn both(of: &'static [Trigger]) -> Self {
        Self { ends: of, starts: of }
    }

    const fn starts(of: &'static [Trigger]) -> Self {
        Self { ends: &[], starts: of }
    }
}

const fn triggers(event: &Event) -> Triggers {
    match event {
        // A duplicate that was none waits for triage again.
        Event::Filed { .. } | Event::Unmerged { .. } => Triggers::both(&[Trigger::Filed]),
        Event::Accepted { .. } => Triggers::both(&[Trigger::Triaged, Trigger::Accepted]),
        Event::Declined { .. } | Event::Merged { .. } => Triggers::both(&[Trigger::Triaged]),
        Event::VerificationRequested { .. } => {
            Triggers::both(&[Trigger::Triaged, Trigger::VerificationRequested])
        }
        Event::Verified { .. } => Triggers::both(&[Trigger::Verified]),
        Event::Dispatched { .. } => Triggers::both(&[Trigger::Dispatched]),
        Event::Signed { .. } => Triggers::both(&[Trigger::Signed]),
        Event::Acted { .. } => Triggers::both(&[Trigger::Acted]),
        Event::Submitted { .. } => Triggers::both(&[Trigger::Submitted]),
        Event::Checked { holds: true, .. } => Triggers::both(&[Trigger::Checked]),
        // A failed check is a check too, but nothing follows from it.
        Event::Checked { holds: false, .. } => Triggers { ends: &[Trigger::Checked], starts: &[] },
        Event::Closed { .. } => Triggers::both(&[Trigger::Closed]),
        // Work begins again as if signed anew.
        Event::Reopened { .. } => Triggers::starts(&[Trigger::Signed]),
        Event::Escalated { .. } => Triggers::starts(&[Trigger::Accepted]),
        Event::StruckOff { .. } => Triggers::both(&[Trigger::StruckOff]),
        Event::LookedBack { .. } => Triggers::both(&[Trigger::LookedBack]),
        _ => Triggers::NONE,
    }
}

/// Which open nodes end unmet because the step they waited for cannot come.
fn is_dropped(event: &Event, rule: &NodeRule) -> bool {
    match event {
        Event::Declined { .. }
        | Event::Merged { .. }
        | Event::Withdrawn { .. }
        | Event::Closed { .. } => true,
        Event::Returned { .. } | Event::DispatchUndone { .. } => rule.starts == Trigger::Dispatched,
        _ => false,
    }
}
