//! The replay itself: the matter as it was, entry by entry, and beside it the
//! matter as it would be, act by act through the ledger of its own rules.

use super::course::Track;
use super::obstacle::{Side, obstacle};
use super::{Obstacle, Past, WhatIf};
use crate::calendar::Limit;
use crate::clock::Node;
use crate::ids::{MatterId, NodeCode, RegimeCode, UnitCode};
use crate::instant::Instant;
use crate::matter::decide::{may_ask, public_until};
use crate::matter::event::{Actor, Event};
use crate::matter::evolve::evolve;
use crate::matter::facts::Facts;
use crate::matter::guard::{guard, limit_of_signing};
use crate::matter::kind::{Stage, Step};
use crate::matter::ledger::Ledger;
use crate::matter::legal::is_legal;
use crate::matter::state::Matter;
use crate::playbook::model::Regime;

pub(super) struct Replay<'a> {
    id: MatterId,
    was: &'a Facts<'a>,
    would: &'a Facts<'a>,
    /// Its regime under each; none where the rules have none of that name.
    regimes: Option<(&'a Regime, &'a Regime)>,
    before: Track,
    after: Track,
    ungranted: u32,
}

impl<'a> Replay<'a> {
    pub(super) fn new(
        id: MatterId,
        was: &'a Facts<'a>,
        would: &'a Facts<'a>,
        regime: &RegimeCode,
    ) -> Self {
        let regimes = was.regime(regime).ok().zip(would.regime(regime).ok());
        let (before, after) = (Track::default(), Track::default());
        Self { id, was, would, regimes, before, after, ungranted: 0 }
    }

    pub(super) fn run(mut self, past: &[Past<'_>], now: Instant) -> Option<WhatIf> {
        let mut obstacle = self.regimes.is_none().then_some(Obstacle::NoSuchRegime);
        for (nth, &(at, actor, event)) in past.iter().enumerate() {
            if let Some((was, would)) = self.regimes
                && obstacle.is_none()
                && is_act(event)
            {
                self.agree();
                obstacle = self.against(at, actor, event, was, would);
                if obstacle.is_none() {
                    let next = || first_of_handling(past.get(nth + 1..).unwrap_or_default());
                    self.take(at, actor, event, would, next, now);
                }
            }
            let state = evolve(self.before.matter.take(), self.id, at, actor, event);
            self.before.follow(state, event, at);
        }
        if let Some((was, would)) = self.regimes.filter(|_| obstacle.is_none()) {
            self.agree();
            self.sign_at_limit(was, would, now);
        }
        let Self { before, after, ungranted, .. } = self;
        let would = match obstacle {
            Some(obstacle) => Err(obstacle),
            None => Ok(after.finish()?),
        };
        Some(WhatIf { was: before.finish()?, would, ungranted })
    }

    /// A date counted the same way from the same start is the date that was
    /// decided, unless the hours of work are others.
    fn agree(&mut self) {
        if self.was.playbook.work != self.would.playbook.work {
            return;
        }
        let (Some(before), Some(after)) = (&self.before.matter, &mut self.after.matter) else {
            return;
        };
        for (code, node) in &mut after.nodes {
            if let Some(was) = before.nodes.get(code).filter(|was| is_counted_alike(was, node)) {
                node.due = was.due;
            }
        }
    }

    fn against(
        &self,
        at: Instant,
        actor: &Actor,
        event: &Event,
        was: &'a Regime,
        would: &'a Regime,
    ) -> Option<Obstacle> {
        let side = |facts, regime, matter| Side { facts, regime, matter };
        let was = side(self.was, was, self.before.matter.as_ref());
        let would = side(self.would, would, self.after.matter.as_ref());
        obstacle(event, actor, at, was, would)
    }

    fn take(
        &mut self,
        at: Instant,
        actor: &Actor,
        event: &Event,
        regime: &Regime,
        next: impl Fn() -> Option<Instant>,
        now: Instant,
    ) {
        let Some(event) = self.under_other_rules(at, actor, event, regime, next, now) else {
            return;
        };
        let before = self.after.matter.take();
        let (urgency, submitted_at, request) = before.as_ref().map_or_else(
            || (None, None, None),
            |matter| (Some(matter.urgency), matter.submitted_at, matter.extension.clone()),
        );
        let mut ledger = Ledger::new(self.id, regime, self.would, actor, at).after(before);
        let event = match event {
            Event::Closed { note, grade, .. } => {
                Event::Closed { note, late: ledger.was_late(), grade }
            }
            other => other,
        };
        ledger.record(event.clone());
        match &event {
            Event::Accepted { .. } | Event::ClassAmended { .. } => {
                urgency.into_iter().for_each(|urgency| ledger.recount(urgency));
            }
            Event::Checked { holds: false, .. } => ledger.go_on_after_rejection(submitted_at),
            Event::ExtensionDecided { approved: true, .. } => {
                if let Some(request) = request {
                    ledger.extend(&request.node, request.by, request.reason);
                }
            }
            _ => {}
        }
        self.after.follow(ledger.into_state(), &event, at);
    }

    /// What the same act would have been; none where it would not have come to
    /// anything.
    fn under_other_rules(
        &mut self,
        at: Instant,
        actor: &Actor,
        event: &Event,
        regime: &Regime,
        next: impl Fn() -> Option<Instant>,
        now: Instant,
    ) -> Option<Event> {
        let mut event = event.clone();
        match &mut event {
            Event::Filed { playbook, .. } | Event::Imported { playbook, .. } => {
                playbook.clone_from(&self.would.playbook.version);
            }
            Event::Dispatched { lead, final_: false, .. } => {
                *lead = self.listed_instead(lead).unwrap_or_else(|| lead.clone());
            }
            Event::Signed { automatic, effective_at, .. } => {
                let moment = self.signs(at, *automatic, regime, next)?;
                if moment > now {
                    return None;
                }
                *effective_at = Some(moment).filter(|moment| *moment != at);
            }
            Event::ExtensionRequested { node, by, .. } if !self.may_ask(at, actor, node, *by) => {
                return None;
            }
            Event::ExtensionDecided { approved, .. } => {
                let matter = self.after.matter.as_ref()?;
                let asked = matter.extension.as_ref().map(|request| &request.node);
                let is_open =
                    asked.and_then(|code| matter.nodes.get(code)).is_some_and(Node::is_open);
                if *approved && !is_open {
                    self.ungranted += 1;
                    *approved = false;
                }
                asked?;
            }
            Event::Publicised { until, .. } if !self.is_public_alike(regime) => {
                *until = public_until(regime, self.would.calendar, at).unwrap_or(*until);
            }
            _ => {}
        }
        Some(event)
    }

    /// The unit the other list names for the item, where what was done followed
    /// the list of its own rules. A report never goes to the unit it is about.
    fn listed_instead(&self, lead: &UnitCode) -> Option<UnitCode> {
        let matter = self.after.matter.as_ref()?;
        let item = matter.item.as_ref()?;
        let listed = |facts: &'a Facts<'a>| Some(&facts.playbook.items.get(item)?.unit);
        let other = listed(self.would).filter(|_| listed(self.was) == Some(lead))?;
        let is_about = matter
            .object_unit
            .as_ref()
            .is_some_and(|object| other == object || self.would.units.within(other, object));
        let has_it = matter.lead.as_ref().is_some_and(|held| held.unit == *other);
        (!is_about && !has_it).then(|| other.clone())
    }

    /// When the unit signed or was taken to have. Signing late gains no time.
    /// Where the system signed for it and the other rules wait longer, or for
    /// ever, it signed by its first act of handling.
    fn signs(
        &self,
        at: Instant,
        automatic: bool,
        regime: &Regime,
        next: impl Fn() -> Option<Instant>,
    ) -> Option<Instant> {
        let limit = limit_of_signing(self.after.matter.as_ref()?, regime);
        // A paper that is closed by signing was closed there and then.
        if !automatic || regime.close_on_sign {
            return Some(limit.map_or(at, |limit| limit.min(at)));
        }
        limit.into_iter().chain(next()).min()
    }

    /// A unit that had not signed is taken to have, where the other limit is over
    /// and its own is not.
    fn sign_at_limit(&mut self, was: &Regime, would: &Regime, now: Instant) {
        let passed = |matter: &Option<Matter>, regime: &Regime| {
            let matter = matter.as_ref().filter(|matter| matter.stage == Stage::Dispatched)?;
            limit_of_signing(matter, regime).filter(|limit| *limit < now)
        };
        let own = passed(&self.before.matter, was);
        let limit = passed(&self.after.matter, would).filter(|_| own.is_none());
        let lead = self.after.matter.as_ref().and_then(|matter| matter.lead.as_ref());
        let Some((limit, lead)) = limit.zip(lead).filter(|_| !would.close_on_sign) else { return };
        let (unit, effective_at) = (lead.unit.clone(), Some(limit));
        let event = Event::Signed { unit, automatic: true, effective_at };
        self.take(now, &Actor::system(), &event, would, || None, now);
    }

    /// Whether the time asked for would have been given. What its own rules gave
    /// against their own letter is not held against the others.
    fn may_ask(&self, at: Instant, actor: &Actor, node: &NodeCode, by: Limit) -> bool {
        let may = |facts: &Facts<'_>, regime: &Regime, matter: &Option<Matter>| {
            let steps = [Step::RequestExtension, Step::Extend];
            matter.as_ref().is_some_and(|matter| {
                steps.iter().all(|step| regime.steps.contains_key(step))
                    && guard(matter, Step::RequestExtension, actor, regime, facts, at).is_ok()
                    && may_ask(matter, regime, facts.calendar, node, by, at).is_ok()
            })
        };
        self.regimes.is_some_and(|(was, would)| {
            may(self.would, would, &self.after.matter) || !may(self.was, was, &self.before.matter)
        })
    }

    fn is_public_alike(&self, regime: &Regime) -> bool {
        let own = self.regimes.map(|(was, _)| was.publicity);
        own == Some(regime.publicity) && self.was.playbook.work == self.would.playbook.work
    }
}

/// What somebody did, or the system for them; not what the clock did of it.
const fn is_act(event: &Event) -> bool {
    event.step().is_some() || matches!(event, Event::UnitReplaced { .. })
}

fn is_counted_alike(one: &Node, other: &Node) -> bool {
    one.counting == other.counting
        && one.started_at == other.started_at
        && one.pauses == other.pauses
        && one.extensions == other.extensions
}

/// When the unit next did what only a unit that has signed can do.
fn first_of_handling(later: &[Past<'_>]) -> Option<Instant> {
    let is_handling = |step| is_legal(Stage::Handling, step) && !is_legal(Stage::Dispatched, step);
    let act = later.iter().find(|(_, _, event)| event.step().is_some_and(is_handling));
    act.map(|(at, _, _)| *at)
}
