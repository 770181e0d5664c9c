//! Sums over replayed matters. On time, open and overdue are what the rates by
//! unit count: closed in the period without a missed date of handling, open and
//! past the next date now.

use std::collections::{BTreeMap, BTreeSet};

use bihuan_app::Rules;
use bihuan_app::queries::Period;
use bihuan_domain::clock::Lamp;
use bihuan_domain::ids::UnitCode;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Course, Obstacle, Stage, Turn, WhatIf};
use bihuan_domain::playbook::Playbook;
use bihuan_domain::playbook::model::Text;
use jiff::civil::Date;

use super::statement::{Side, Statement, Stopped, UnitLine};

type Unit = Option<UnitCode>;

const MINUTE: i64 = 60_000_000;

/// Facts of a refusal that are the rules' and not the one matter's.
const OF_THE_RULES: [&str; 5] = ["item", "regime", "kind", "channel", "step"];

#[derive(Default)]
struct Sums {
    units: BTreeMap<Unit, Sum>,
}

#[derive(Default)]
struct Sum {
    side: Side,
    micros: i128,
    /// How the number of open matters changed from the end of one day to the
    /// next.
    days: BTreeMap<Date, i64>,
}

pub(super) struct Tally {
    period: Period,
    now: Instant,
    was: Sums,
    would: Sums,
    filed_under: BTreeSet<String>,
    matters: u64,
    unchanged: u64,
    now_on_time: u64,
    now_late: u64,
    elsewhere: u64,
    ungranted: u64,
    not_replayed: BTreeMap<Unit, u64>,
    stopped: BTreeMap<Vec<String>, Stopped>,
}

impl Tally {
    pub(super) fn new(period: Period, now: Instant) -> Self {
        Self {
            period,
            now,
            was: Sums::default(),
            would: Sums::default(),
            filed_under: BTreeSet::new(),
            matters: 0,
            unchanged: 0,
            now_on_time: 0,
            now_late: 0,
            elsewhere: 0,
            ungranted: 0,
            not_replayed: BTreeMap::new(),
            stopped: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, what_if: &WhatIf) {
        let was = &what_if.was;
        self.matters += 1;
        if !self.filed_under.contains(&was.matter.playbook) {
            self.filed_under.insert(was.matter.playbook.clone());
        }
        let would = match &what_if.would {
            Ok(would) => would,
            Err(obstacle) => return self.stop(was, obstacle),
        };
        self.was.add(was, self.period, self.now);
        self.would.add(would, self.period, self.now);
        self.unchanged += u64::from(what_if.is_unchanged());
        self.ungranted += u64::from(what_if.ungranted);
        let units = |course: &Course| -> Vec<UnitCode> {
            course.given.iter().map(|(unit, _)| unit.clone()).collect()
        };
        self.elsewhere += u64::from(units(was) != units(would));
        if is_closed_in(was, self.period) {
            let (late, would_be) = (was.matter.closed_late, would.matter.closed_late);
            self.now_on_time += u64::from(late && !would_be);
            self.now_late += u64::from(!late && would_be);
        }
    }

    fn stop(&mut self, was: &Course, obstacle: &Obstacle) {
        *self.not_replayed.entry(lead(was)).or_default() += 1;
        let (reason, step) = match obstacle {
            Obstacle::NoSuchRegime => ("unknown-regime", None),
            Obstacle::BeginsOtherwise => ("begins-otherwise", None),
            Obstacle::Refused { step, refusal } => (refusal.reason.code(), Some(step.code())),
        };
        let mut key = vec![reason.to_owned(), step.unwrap_or_default().to_owned()];
        match obstacle {
            Obstacle::NoSuchRegime => key.push(was.matter.regime.to_string()),
            Obstacle::BeginsOtherwise => {}
            Obstacle::Refused { refusal, .. } => {
                let facts = refusal.facts.iter().filter(|(name, _)| OF_THE_RULES.contains(name));
                key.extend(facts.map(|(_, value)| value.clone()));
            }
        }
        let stopped = self.stopped.entry(key).or_insert_with(|| Stopped {
            why: obstacle.clone(),
            reason: reason.to_owned(),
            step: step.map(str::to_owned),
            matters: 0,
        });
        stopped.matters += 1;
    }

    pub(super) fn statement(self, rules: &Rules, tried: &Playbook, imported: u64) -> Statement {
        let units: BTreeSet<Unit> = [&self.was, &self.would]
            .into_iter()
            .flat_map(|sums| sums.units.keys())
            .chain(self.not_replayed.keys())
            .cloned()
            .collect();
        // What no unit has comes last.
        let (given, none): (Vec<_>, Vec<_>) = units.into_iter().partition(Option::is_some);
        let line = |unit: Unit| UnitLine {
            name: name_of(unit.as_ref(), rules, tried),
            was: self.was.of(&unit, self.period),
            would: self.would.of(&unit, self.period),
            not_replayed: self.not_replayed.get(&unit).copied().unwrap_or_default(),
            unit: unit.map(|unit| unit.0),
        };
        let mut stopped: Vec<Stopped> = self.stopped.into_values().collect();
        stopped.sort_by_key(|stopped| std::cmp::Reverse(stopped.matters));
        let not_replayed = stopped.iter().map(|stopped| stopped.matters).sum();
        Statement {
            tried: tried.version.clone(),
            filed_under: self.filed_under.into_iter().collect(),
            period: self.period,
            units: given.into_iter().chain(none).map(line).collect(),
            total: UnitLine {
                unit: None,
                name: text("合计", "County"),
                was: self.was.total(self.period),
                would: self.would.total(self.period),
                not_replayed,
            },
            matters: self.matters,
            unchanged: self.unchanged,
            now_on_time: self.now_on_time,
            now_late: self.now_late,
            elsewhere: self.elsewhere,
            ungranted: self.ungranted,
            stopped,
            imported,
        }
    }
}

impl Sums {
    fn add(&mut self, course: &Course, period: Period, now: Instant) {
        let matter = &course.matter;
        if is_closed_in(course, period) {
            let sum = self.units.entry(lead(course)).or_default();
            sum.side.closed += 1;
            sum.side.on_time += u64::from(!matter.closed_late);
            let closed = matter.closed_at.unwrap_or(matter.filed_at).micros();
            sum.micros += i128::from(closed) - i128::from(matter.filed_at.micros());
        }
        if !matter.stage.is_over() {
            let sum = self.units.entry(lead(course)).or_default();
            sum.side.open += 1;
            let lamp = matter.next_node().map(|node| node.due.lamp(now));
            sum.side.due_soon += u64::from(lamp == Some(Lamp::DueSoon));
            sum.side.overdue += u64::from(lamp == Some(Lamp::Overdue));
        }
        for (unit, _) in course.given.iter().filter(|(_, at)| is_in(*at, period)) {
            self.units.entry(Some(unit.clone())).or_default().side.given += 1;
        }
        for turn in &course.turns {
            self.open(turn, period);
        }
    }

    fn open(&mut self, turn: &Turn, period: Period) {
        let from = turn.from.max(period.from).date();
        let to = turn.to.map(Instant::date);
        if turn.from >= period.to || to.is_some_and(|to| to <= from) {
            return;
        }
        let days = &mut self.units.entry(Some(turn.unit.clone())).or_default().days;
        *days.entry(from).or_default() += 1;
        if let Some(to) = to {
            *days.entry(to).or_default() -= 1;
        }
    }

    fn of(&self, unit: &Unit, period: Period) -> Side {
        self.units.get(unit).map(|sum| sum.side(period)).unwrap_or_default()
    }

    fn total(&self, period: Period) -> Side {
        let mut total = Sum::default();
        for sum in self.units.values() {
            total.side.closed += sum.side.closed;
            total.side.on_time += sum.side.on_time;
            total.side.given += sum.side.given;
            total.side.open += sum.side.open;
            total.side.due_soon += sum.side.due_soon;
            total.side.overdue += sum.side.overdue;
            total.micros += sum.micros;
            for (day, change) in &sum.days {
                *total.days.entry(*day).or_default() += change;
            }
        }
        total.side(period)
    }
}

impl Sum {
    fn side(&self, period: Period) -> Side {
        let length = i128::from(MINUTE) * i128::from(self.side.closed);
        let mean = (self.side.closed > 0).then(|| self.micros / length.max(1));
        let most = self.days.iter().take_while(|(day, _)| **day < period.to.date()).scan(
            0,
            |open, (_, change)| {
                *open += change;
                Some(*open)
            },
        );
        Side {
            mean_minutes: mean.and_then(|mean| u64::try_from(mean).ok()),
            most_open: most.max().and_then(|most| u64::try_from(most).ok()).unwrap_or_default(),
            ..self.side
        }
    }
}

fn lead(course: &Course) -> Unit {
    course.matter.lead.as_ref().map(|lead| lead.unit.clone())
}

fn is_closed_in(course: &Course, period: Period) -> bool {
    matches!(course.matter.stage, Stage::Closed | Stage::StruckOff)
        && course.matter.closed_at.is_some_and(|at| is_in(at, period))
}

fn is_in(at: Instant, period: Period) -> bool {
    period.from <= at && at < period.to
}

fn name_of(unit: Option<&UnitCode>, rules: &Rules, tried: &Playbook) -> Text {
    let Some(unit) = unit else { return text("未交办", "no unit") };
    match tried.unit(unit).filter(|_| !rules.units.contains_key(unit)) {
        Some(new) => new.name.clone(),
        None => rules.unit_name(unit.as_str()),
    }
}

fn text(zh: &str, en: &str) -> Text {
    Text { zh: zh.to_owned(), en: en.to_owned() }
}
