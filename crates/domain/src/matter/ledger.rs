//! Collects the events of one decision. Each event recorded moves the state,
//! and with it the clock: nodes end and begin by the regime's triggers, and
//! what the clock did becomes events of its own.

use super::event::{Actor, Event};
use super::evolve::evolve;
use super::facts::Facts;
use super::kind::{Stage, Urgency};
use super::state::Matter;
use super::triggers::{Triggers, began, is_dropped};
use crate::calendar::{Calendar, CountingRule, Limit};
use crate::clock::{self, Node, NodeStatus};
use crate::ids::{MatterId, NodeCode};
use crate::instant::Instant;
use crate::journal::Commitment;
use crate::playbook::model::{Item, NodeLimit, NodeRule, Regime, Trigger};

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

    /// What is recorded follows on `state`, whoever decided it.
    pub(super) fn after(self, state: Option<Matter>) -> Self {
        Self { state, ..self }
    }

    pub(super) fn into_state(self) -> Option<Matter> {
        self.state
    }

    pub(super) fn finish(self) -> Vec<Event> {
        self.events
    }

    /// Records what happened and everything the clock does because of it.
    pub(super) fn record(&mut self, event: Event) {
        let going_on = self.going_on(&event);
        let effective_at = match event {
            Event::Signed { effective_at, .. } => effective_at,
            _ => None,
        };
        self.push(event.clone());
        let triggers = Triggers::of(&event, self.state.as_ref());
        for &trigger in triggers.ends {
            self.meet(trigger, effective_at);
        }
        for rule in self.rules(|rule| is_dropped(&event, rule)) {
            if self.open_node(&rule.code).is_some() {
                self.push(Event::ClockDropped { node: rule.code.clone() });
            }
        }
        for node in going_on {
            self.go_on(node);
        }
        for &trigger in triggers.starts {
            self.start(trigger, effective_at.unwrap_or(self.now));
        }
        match event {
            Event::Suspended { reason, .. } => self.pause(reason),
            Event::Resumed { .. } => self.resume(),
            Event::Reopened { .. } => self.restart_handling(),
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

    /// After a check that failed the handling goes on under the dates it had: all
    /// that the result ended, handed in at `submitted_at`, had not ended, but for
    /// reports of progress that are asked for once.
    pub(super) fn go_on_after_rejection(&mut self, submitted_at: Option<Instant>) {
        let Some(urgency) = self.state.as_ref().map(|matter| matter.urgency) else { return };
        let goes_on = |rule: &NodeRule| rule.is_met_by(Trigger::Submitted) || rule.repeats;
        for rule in self.rules(|rule| goes_on(rule) && rule.applies(urgency)) {
            let ended = self.node(&rule.code).map(|node| node.status);
            if matches!(ended, Some(NodeStatus::Met(at)) if Some(at) == submitted_at) {
                self.go_on(rule.code.clone());
            }
        }
        self.recount(urgency);
    }

    /// The class or urgency changed: nodes that no longer apply end, nodes that
    /// now apply begin at their own start, item limits are counted anew. What is
    /// over keeps the dates it had.
    pub(super) fn recount(&mut self, before: Urgency) {
        let Some(matter) = self.state.clone().filter(|matter| !matter.stage.is_over()) else {
            return;
        };
        for rule in self.rules(|_| true) {
            let applies = self.applies(rule);
            match matter.nodes.get(&rule.code) {
                Some(node) if node.is_open() && !applies => {
                    self.push(Event::ClockDropped { node: rule.code.clone() });
                }
                Some(node) if node.is_open() => self.recount_node(rule, node),
                Some(node) => {
                    let was_dropped = matches!(node.status, NodeStatus::Dropped(_));
                    if was_dropped && applies && !rule.applies(before) {
                        self.go_on(rule.code.clone());
                        self.pause_if_suspended(rule);
                    }
                }
                None if applies && !has_ended(&matter, rule) => {
                    if let Some(from) = began(&matter, rule.starts) {
                        self.start_node(rule, from);
                    }
                }
                None => {}
            }
        }
    }

    /// Nodes that had never really ended, if `event` is now recorded: undoing a
    /// merge or a dispatch leaves the dates as they were.
    fn going_on(&self, event: &Event) -> Vec<NodeCode> {
        let Some(matter) = &self.state else { return Vec::new() };
        match event {
            Event::Unmerged { .. } => {
                matter.before_merge.as_ref().map(|before| before.open.clone()).unwrap_or_default()
            }
            Event::DispatchUndone { .. } => {
                let dispatched_at = matter.lead.as_ref().map(|lead| lead.dispatched_at);
                self.rules(|rule| rule.met_by == Trigger::Dispatched)
                    .into_iter()
                    .filter_map(|rule| matter.nodes.get(&rule.code))
                    .filter(|node| matches!(node.status, NodeStatus::Met(at) if Some(at) == dispatched_at))
                    .map(|node| node.code.clone())
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    fn go_on(&mut self, node: NodeCode) {
        self.push(Event::ClockContinued { node });
    }

    /// After a reopening the limits of handling are counted anew, those too that
    /// once began with an act that does not come again (13710's with filing).
    /// Those that begin with giving the matter to a unit wait for one.
    fn restart_handling(&mut self) {
        let Some(matter) = &self.state else { return };
        let is_led = matter.stage == Stage::Handling;
        let waits = |rule: &NodeRule| {
            let unit = matches!(rule.starts, Trigger::Dispatched | Trigger::Signed);
            unit && !is_led || rule.starts == Trigger::Planned
        };
        for rule in self.rules(|rule| rule.met_by == Trigger::Submitted) {
            if self.applies(rule) && !waits(rule) {
                self.start_rule(rule, self.now);
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

    fn meet(&mut self, trigger: Trigger, effective_at: Option<Instant>) {
        let mut open: Vec<&Node> = self
            .rules(|rule| rule.is_met_by(trigger))
            .into_iter()
            .filter_map(|rule| self.open_node(&rule.code))
            .collect();
        // Each of 13710's digits wants a report of its own: one report of
        // progress answers the node that falls due first, not the next as well.
        if trigger == Trigger::Acted && !self.is_submitted() {
            // Nor does it answer a period that has not begun.
            open.retain(|node| node.started_at <= self.now);
            open.sort_by_key(|node| node.due.due_at);
            open.truncate(1);
        }
        let codes: Vec<NodeCode> = open.into_iter().map(|node| node.code.clone()).collect();
        for node in codes {
            self.push(Event::ClockMet { node: node.clone(), effective_at });
            if !self.is_submitted() {
                self.repeat(&node);
            }
        }
    }

    /// A node that repeats goes on from the date it was met for, so that being
    /// late once does not move all that follow; from now where that is over too.
    fn repeat(&mut self, code: &NodeCode) {
        let Some(rule) = self.regime.node(code).filter(|rule| rule.repeats) else { return };
        let Some(was_due) = self.node(code).map(|node| node.due.due_at) else { return };
        let Some(counting) = self.counting_after(rule, Some(was_due)) else { return };
        let next = self.facts.calendar.due(&counting, was_due);
        let from = if next.due_at > self.now { was_due } else { self.now };
        self.push(Event::ClockRestarted {
            node: code.clone(),
            counting,
            rule: format!("{}.{}", self.regime.code, rule.code),
            from,
            due: self.facts.calendar.due(&counting, from),
        });
        self.pause_if_suspended(rule);
    }

    /// With the result handed in, no report of progress is waited for.
    fn is_submitted(&self) -> bool {
        self.state.as_ref().is_some_and(|matter| matter.submitted_at.is_some())
    }

    fn start(&mut self, trigger: Trigger, from: Instant) {
        for rule in self.rules(|rule| rule.starts == trigger) {
            if self.applies(rule) {
                self.start_rule(rule, from);
            }
        }
    }

    /// Whether this matter has the node.
    fn applies(&self, rule: &NodeRule) -> bool {
        self.state.as_ref().is_some_and(|matter| {
            let is_given = matter.brief.as_ref().is_some_and(|brief| brief.due_on.is_some());
            rule.applies(matter.urgency) && !(rule.unless_given && is_given)
        })
    }

    fn start_rule(&mut self, rule: &NodeRule, from: Instant) {
        match self.node(&rule.code).map(Node::is_open) {
            // A clock that runs is not set back, e.g. by a transfer.
            Some(true) => {}
            Some(false) => self.restart_node(rule, from),
            None => self.start_node(rule, from),
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
        self.pause_if_suspended(rule);
    }

    fn restart_node(&mut self, rule: &NodeRule, from: Instant) {
        let Some(counting) = self.counting(rule) else { return };
        let due = self.facts.calendar.due(&counting, from);
        self.push(Event::ClockRestarted {
            node: rule.code.clone(),
            counting,
            rule: format!("{}.{}", self.regime.code, rule.code),
            from,
            due,
        });
        self.pause_if_suspended(rule);
    }

    fn pause(&mut self, reason: Commitment) {
        for rule in self.rules(|_| true) {
            self.pause_node(rule, Some(reason));
        }
    }

    fn pause_node(&mut self, rule: &NodeRule, reason: Option<Commitment>) {
        let node = self.open_node(&rule.code).filter(|node| rule.pausable && !node.is_paused());
        let Some(name) = node.map(|node| node.rule.clone()) else { return };
        self.push(Event::ClockPaused { node: rule.code.clone(), rule: name, reason });
    }

    /// What begins while the matter is suspended waits with it.
    fn pause_if_suspended(&mut self, rule: &NodeRule) {
        if self.state.as_ref().is_some_and(|matter| matter.suspended_until.is_some()) {
            self.pause_node(rule, None);
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

    /// The date it was given. Reopened after that date it has as many days again:
    /// nobody can keep a date that has passed.
    fn given(&self) -> Option<Limit> {
        let matter = self.state.as_ref()?;
        let due_on = matter.brief.as_ref()?.due_on?;
        if matter.reopened == 0 || due_on >= self.now.date() {
            return Some(Limit::On(due_on));
        }
        let days = matter.filed_at.date().until(due_on).map_or(1, |span| span.get_days());
        Some(Limit::Days(u32::try_from(days).unwrap_or(1).max(1)))
    }

    /// The limit and how it is counted; none while the item it comes from is
    /// unknown.
    fn counting(&self, rule: &NodeRule) -> Option<CountingRule> {
        self.counting_after(rule, None)
    }

    /// `after`: of several dates, the first later than this.
    fn counting_after(&self, rule: &NodeRule, after: Option<Instant>) -> Option<CountingRule> {
        let stages = || self.state.as_ref()?.plan.as_ref().map(|plan| &plan.stages);
        let limit = match rule.limit {
            NodeLimit::Given => self.given()?,
            NodeLimit::PlanEnd => Limit::On(*stages()?.last()?),
            NodeLimit::NextStage => {
                let after = after.map(Instant::date);
                let mut dates = stages()?.iter();
                Limit::On(*dates.find(|date| after.is_none_or(|after| **date > after))?)
            }
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

/// Whether one of the acts that end the node has happened in this round.
fn has_ended(matter: &Matter, rule: &NodeRule) -> bool {
    let ends = [Some(rule.met_by), rule.or_met_by];
    ends.into_iter().flatten().any(|trigger| began(matter, trigger).is_some())
}

/// What a notice of holidays does to a matter's open nodes: one event for each
/// whose date moves. What is closed keeps the dates it was closed under.
pub fn recalculated(matter: &Matter, calendar: &Calendar, notice: &str) -> Vec<Event> {
    let open = matter.nodes.values().filter(|node| node.is_open());
    let moved = open.filter_map(|node| {
        let due = clock::due_recalculated(calendar, node);
        let notice = notice.to_owned();
        (due != node.due).then(|| Event::ClockRecalculated { node: node.code.clone(), notice, due })
    });
    moved.collect()
}

/// The limit an item gives for an urgency; ordinary where it names none.
pub fn item_limit(item: &Item, urgency: Urgency) -> Option<Limit> {
    item.limits.get(&urgency).or_else(|| item.limits.get(&Urgency::Ordinary)).copied()
}
