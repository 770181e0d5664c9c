//! Runs worked cases: replays a case's acts on the nodes of its regime and
//! compares the dates that come out with the ones written down.
//!
//! Only clocks are rehearsed, and whether a village may be given a task. Whether
//! a step may be taken at all is otherwise `matter::decide`'s; here each act is
//! taken as having happened.

use std::collections::BTreeMap;

use super::Checked;
use super::case::{Case, CaseAct, CaseDue, CaseEvent, CaseTime};
use super::diagnostic::{Diagnostic, Findings};
use super::model::{AtLimit, NodeLimit, NodeRule, Playbook, Regime, Trigger};
use super::problem::Problem;
use crate::calendar::{Calendar, CountingRule, HolidayYear, Limit, end_of_day};
use crate::clock::{Due, Pause};
use crate::ids::NodeCode;
use crate::instant::Instant;
use crate::matter::item_limit;

/// What came of one case.
#[derive(Clone, Debug)]
pub struct CaseResult {
    pub name: String,
    pub why: Option<String>,
    pub dates: Vec<CaseDate>,
    /// Empty when the case holds.
    pub problems: Vec<Diagnostic>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseDate {
    pub node: NodeCode,
    pub expected: Instant,
    /// None when the node never started.
    pub computed: Option<Due>,
}

impl CaseResult {
    pub fn holds(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Runs every case with the holidays of these years.
pub fn run_cases(checked: &Checked, years: &[HolidayYear]) -> Vec<CaseResult> {
    let calendar = Calendar::new(years.iter().cloned(), checked.playbook.work.clone());
    checked.cases.iter().map(|case| run(case, checked, &calendar)).collect()
}

fn run(case: &Case, checked: &Checked, calendar: &Calendar) -> CaseResult {
    let mut out = Findings::new(&checked.source);
    check_duties(case, &checked.playbook, &mut out);
    let dates = checked
        .playbook
        .regimes
        .get(&case.regime)
        .map(|regime| rehearse(case, regime, &checked.playbook, calendar, &mut out))
        .unwrap_or_default();
    let (name, why) = (case.name.clone(), case.why.clone());
    CaseResult { name, why, dates, problems: out.sorted() }
}

/// Whether the unit may be given it as far as the duties of villages go.
fn check_duties(case: &Case, playbook: &Playbook, out: &mut Findings<'_>) {
    let Some(unit) = &case.unit else { return };
    let may = playbook.is_of_their_duties(&case.regime, unit, case.duty.as_deref());
    if may == case.refused {
        let (case_name, unit) = (case.name.clone(), unit.to_string());
        let problem = if may {
            Problem::CaseNotRefused { case: case_name, unit }
        } else {
            Problem::CaseRefused { case: case_name, unit }
        };
        out.add(case.spot, problem);
    }
}

fn rehearse(
    case: &Case,
    regime: &Regime,
    playbook: &Playbook,
    calendar: &Calendar,
    out: &mut Findings<'_>,
) -> Vec<CaseDate> {
    let mut stage = Rehearsal { case, regime, playbook, calendar, clocks: BTreeMap::new() };
    stage.happen(Trigger::Filed, case.start);
    // What has no catalogue is not triaged.
    if !regime.catalogue {
        stage.happen(Trigger::Accepted, case.start);
    }
    let mut last = case.start;
    for event in &case.events {
        let Some(at) = stage.time_of(event) else {
            out.add(event.spot, cannot_happen(case, event));
            continue;
        };
        if at < last {
            out.add(event.spot, Problem::CaseOrder { case: case.name.clone() });
        }
        last = at;
        if !stage.act(&event.what, at) {
            out.add(event.spot, cannot_happen(case, event));
        }
    }
    case.due.iter().map(|due| stage.compare(due, out)).collect()
}

fn cannot_happen(case: &Case, event: &CaseEvent) -> Problem {
    let event = match &event.what {
        CaseAct::Trigger(trigger) => trigger.code(),
        CaseAct::Suspended => "suspended",
        CaseAct::Resumed => "resumed",
        CaseAct::Extended { .. } => "extended",
    };
    Problem::CaseCannotHappen { case: case.name.clone(), event: event.to_owned() }
}

/// A node that has begun.
struct Clock<'a> {
    rule: &'a NodeRule,
    counting: CountingRule,
    from: Instant,
    pauses: Vec<Pause>,
    extensions: Vec<Limit>,
    met: bool,
}

struct Rehearsal<'a> {
    case: &'a Case,
    regime: &'a Regime,
    playbook: &'a Playbook,
    calendar: &'a Calendar,
    clocks: BTreeMap<&'a NodeCode, Clock<'a>>,
}

impl<'a> Rehearsal<'a> {
    /// When an act is taken; none for an automatic act that never comes.
    fn time_of(&self, event: &CaseEvent) -> Option<Instant> {
        match event.at {
            CaseTime::At(at) => Some(at),
            CaseTime::Limit if event.what != CaseAct::Trigger(Trigger::Signed) => None,
            CaseTime::Limit => {
                let signs = |clock: &&Clock<'_>| clock.rule.at_limit == Some(AtLimit::Sign);
                let waiting = self.clocks.values().find(|clock| !clock.met && signs(clock));
                waiting.map(|clock| self.due(clock).due_at)
            }
        }
    }

    /// Whether the act was possible.
    fn act(&mut self, act: &CaseAct, at: Instant) -> bool {
        match act {
            CaseAct::Trigger(trigger) => {
                self.happen(*trigger, at);
                true
            }
            CaseAct::Suspended => self.suspend(at),
            CaseAct::Resumed => self.resume(at),
            CaseAct::Extended { node, by } => self.extend(node, *by, at),
        }
    }

    fn happen(&mut self, trigger: Trigger, at: Instant) {
        // Accepting or sending out to verify is also how triage ends.
        if matches!(trigger, Trigger::Accepted | Trigger::VerificationRequested) {
            self.happen(Trigger::Triaged, at);
        }
        for code in self.met_by(trigger, at) {
            self.meet(code, trigger, at);
        }
        // The result is the last report of progress too.
        if trigger == Trigger::Submitted {
            for clock in self.clocks.values_mut() {
                clock.met |= clock.rule.is_met_by(Trigger::Acted);
            }
        }
        let regime: &'a Regime = self.regime;
        for rule in &regime.nodes {
            let has_date = rule.unless_given && self.case.given.is_some();
            if rule.starts != trigger || !rule.applies(self.case.urgency) || has_date {
                continue;
            }
            if let Some(counting) = self.counting(rule) {
                let (pauses, extensions) = (Vec::new(), Vec::new());
                let clock = Clock { rule, counting, from: at, pauses, extensions, met: false };
                self.clocks.insert(&rule.code, clock);
            }
        }
    }

    /// A report of progress answers one node, the first to fall due of those
    /// whose time has begun.
    fn met_by(&self, trigger: Trigger, at: Instant) -> Vec<&'a NodeCode> {
        let open = self.clocks.iter().filter(|(_, clock)| !clock.met);
        let mut met: Vec<_> = open.filter(|(_, clock)| clock.rule.is_met_by(trigger)).collect();
        if trigger == Trigger::Acted {
            met.retain(|(_, clock)| clock.from <= at);
            met.sort_by_key(|(_, clock)| self.due(clock).due_at);
            met.truncate(1);
        }
        met.into_iter().map(|(code, _)| *code).collect()
    }

    /// What repeats goes on from the date it was met for, or from now where the
    /// next is over too.
    fn meet(&mut self, code: &'a NodeCode, trigger: Trigger, at: Instant) {
        let Some(clock) = self.clocks.get(code) else { return };
        let was_due = self.due(clock).due_at;
        let goes_on = clock.rule.repeats && trigger != Trigger::Submitted;
        let is_over = |counting: &CountingRule| self.calendar.due(counting, was_due).due_at <= at;
        let next = goes_on.then(|| self.counting_after(clock.rule, Some(was_due))).flatten();
        let next = next.map(|counting| (counting, if is_over(&counting) { at } else { was_due }));
        let Some(clock) = self.clocks.get_mut(code) else { return };
        match next {
            Some((counting, from)) => {
                (clock.counting, clock.from) = (counting, from);
                clock.pauses.clear();
                clock.extensions.clear();
            }
            None => clock.met = true,
        }
    }

    fn counting(&self, rule: &NodeRule) -> Option<CountingRule> {
        self.counting_after(rule, None)
    }

    fn counting_after(&self, rule: &NodeRule, after: Option<Instant>) -> Option<CountingRule> {
        let limit = match rule.limit {
            NodeLimit::Fixed(limit) => limit,
            NodeLimit::Item => {
                let item = self.playbook.items.get(self.case.item.as_ref()?)?;
                item_limit(item, self.case.urgency)?
            }
            NodeLimit::Given => Limit::On(self.case.given?),
            NodeLimit::NextStage => {
                let after = after.map(Instant::date);
                let mut dates = self.case.plan.iter();
                Limit::On(*dates.find(|date| after.is_none_or(|after| **date > after))?)
            }
            NodeLimit::PlanEnd => Limit::On(*self.case.plan.last()?),
        };
        Some(rule.counting.of(limit))
    }

    fn suspend(&mut self, at: Instant) -> bool {
        let mut any = false;
        for clock in self.clocks.values_mut() {
            if clock.met || !clock.rule.pausable || is_paused(clock) {
                continue;
            }
            clock.pauses.push(Pause { from: at, to: None });
            any = true;
        }
        any
    }

    fn resume(&mut self, at: Instant) -> bool {
        let mut any = false;
        for clock in self.clocks.values_mut() {
            if let Some(pause) = clock.pauses.last_mut().filter(|pause| pause.to.is_none()) {
                pause.to = Some(at);
                any = true;
            }
        }
        any
    }

    /// As many times as the regime allows, and before the node is due.
    fn extend(&mut self, node: &NodeCode, by: Limit, at: Instant) -> bool {
        let allowed = self.regime.extensions as usize;
        let Some(clock) = self.clocks.get(node) else { return false };
        let in_time = at <= self.due(clock).due_at && clock.extensions.len() < allowed;
        if clock.met || !clock.rule.extendable || !in_time {
            return false;
        }
        if let Some(clock) = self.clocks.get_mut(node) {
            clock.extensions.push(by);
        }
        true
    }

    fn due(&self, clock: &Clock<'_>) -> Due {
        self.calendar.due_with(&clock.counting, clock.from, &clock.pauses, &clock.extensions)
    }

    fn compare(&self, expected: &CaseDue, out: &mut Findings<'_>) -> CaseDate {
        let computed = self.clocks.get(&expected.node).map(|clock| self.due(clock));
        let (case, node) = (self.case.name.clone(), expected.node.to_string());
        match computed {
            None => out.add(expected.spot, Problem::CaseNodeMissing { case, node }),
            Some(due) if due.due_at != expected.at => {
                let (expected_text, computed) = (moment(expected.at), moment(due.due_at));
                let problem =
                    Problem::CaseMismatch { case, node, expected: expected_text, computed };
                out.add(expected.spot, problem);
            }
            Some(_) => {}
        }
        CaseDate { node: expected.node.clone(), expected: expected.at, computed }
    }
}

fn is_paused(clock: &Clock<'_>) -> bool {
    clock.pauses.last().is_some_and(|pause| pause.to.is_none())
}

/// As a case writes it: a date alone is the end of that day.
fn moment(at: Instant) -> String {
    let civil = at.civil();
    if at == end_of_day(civil.date()) {
        civil.date().to_string()
    } else {
        civil.strftime("%Y-%m-%d %H:%M").to_string()
    }
}
