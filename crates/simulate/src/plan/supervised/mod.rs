//! What the supervision desk does: meetings whose decisions become tasks, and
//! inspections whose findings are rectified. Every date is kept but those that a
//! slip is to be shown about, and what is open at the present is not late.

mod campaign;
mod finding;
mod many;
mod meeting;
mod task;
mod wording;

use bihuan_domain::calendar::start_of_day;
use bihuan_domain::ids::{RegimeCode, UnitCode};
use bihuan_domain::instant::Instant;
use jiff::ToSpan;
use jiff::civil::Date;

use super::{Batch, Deed, Draft, Key, Planner, Proof, Step};
use crate::cast::Who;
use crate::script::Script;

pub(crate) use many::{Findings, PASSED_OVER};

pub(super) const TASK: &str = "supervised-task";
pub(super) const FINDING: &str = "rectification";
pub(super) const INSPECTION: &str = "inspection";
pub(super) const NOTICE: &str = "notice";

/// The offices whose posts supervise, and so are given nothing.
const OWN: [&str; 3] = ["county", "inspection", "grid-centre"];
/// Longer than any holiday.
const DAYS_OFF_MOST: i64 = 20;

pub(super) struct Desk<'p, 'a> {
    pub(super) planner: &'p mut Planner<'a>,
    pub(super) script: &'static Script,
    /// Units that may be given something.
    pub(super) units: Vec<UnitCode>,
    batches: Vec<Batch>,
    next: Key,
}

impl Planner<'_> {
    /// Everything drafted, in the order it is filed.
    pub(crate) fn batches(&mut self, script: &'static Script) -> Vec<Batch> {
        let mut desk = Desk::over(self, script);
        if desk.has(TASK) {
            desk.meetings();
        }
        if desk.has(FINDING) && desk.has(INSPECTION) {
            desk.campaigns();
        }
        let mut batches = desk.batches;
        batches.sort_by_key(|batch| batch.at);
        batches
    }
}

impl<'p, 'a> Desk<'p, 'a> {
    fn over(planner: &'p mut Planner<'a>, script: &'static Script) -> Self {
        // What villages may be asked is limited; the county's own work goes to
        // offices and towns.
        let units = planner.playbook.units.iter().filter(|unit| !unit.village);
        let units = units.map(|unit| unit.code.clone());
        let units = units.filter(|unit| !OWN.contains(&unit.as_str())).collect();
        Self { planner, script, units, batches: Vec::new(), next: 0 }
    }
}

impl Desk<'_, '_> {
    fn has(&self, regime: &str) -> bool {
        self.planner.playbook.regimes.contains_key(&RegimeCode::new(regime))
    }

    fn key(&mut self) -> Key {
        self.next += 1;
        self.next
    }

    fn now(&self) -> Instant {
        self.planner.now
    }

    fn today(&self) -> Date {
        self.planner.now.date()
    }

    /// One of the units, in turn.
    fn unit(&self, which: usize) -> UnitCode {
        self.units
            .get(which % self.units.len().max(1))
            .cloned()
            .unwrap_or_else(|| UnitCode::new(""))
    }

    fn between(&mut self, least: i64, most: i64) -> i64 {
        self.planner.dice.between(least, most)
    }

    fn is_worked(&self, date: Date) -> bool {
        self.planner.calendar.is_workday(date)
    }

    /// The last working day on or before `date`.
    fn worked_by(&self, date: Date) -> Date {
        let earlier = (0..DAYS_OFF_MOST).map(|days| days_after(date, -days));
        earlier.into_iter().find(|date| self.is_worked(*date)).unwrap_or(date)
    }

    /// The first working day on or after `date`.
    fn worked_from(&self, date: Date) -> Date {
        let later = (0..DAYS_OFF_MOST).map(|days| days_after(date, days));
        later.into_iter().find(|date| self.is_worked(*date)).unwrap_or(date)
    }

    /// The last working day that is over.
    fn last_day(&self) -> Date {
        self.worked_by(days_after(self.today(), -1))
    }

    /// Near `days_ago`, a working day before another one that is over too.
    fn meeting_day(&self, days_ago: i64) -> Date {
        let target = days_after(self.today(), -days_ago);
        let fits = |date: &Date| {
            let next = days_after(*date, 1);
            self.is_worked(*date) && self.is_worked(next) && next < self.today()
        };
        let earlier = (0..5).map(|days| days_after(target, -days)).find(fits);
        let later = (1..DAYS_OFF_MOST).map(|days| days_after(target, days)).find(fits);
        let back = (5..DAYS_OFF_MOST).map(|days| days_after(target, -days)).find(fits);
        earlier.or(later).or(back).unwrap_or(target)
    }

    fn office(&mut self, from: Instant, least: i64, most: i64) -> Instant {
        let minutes = self.between(least, most);
        self.planner.hours.office(from, minutes)
    }
}

/// What is done about one draft, in order.
pub(super) struct Course {
    pub(super) lead: UnitCode,
    /// The moment reached.
    pub(super) at: Instant,
    pub(super) steps: Vec<Step>,
}

impl Course {
    pub(super) fn new(lead: &UnitCode) -> Self {
        Self { lead: lead.clone(), at: Instant::from_micros(0), steps: Vec::new() }
    }

    pub(super) fn push(&mut self, at: Instant, who: Who, deed: Deed) {
        self.at = at.max(self.at);
        self.steps.push(Step { at: self.at, who, deed });
    }

    pub(super) fn handler(&mut self, at: Instant, deed: Deed) {
        self.push(at, Who::Handler(self.lead.clone()), deed);
    }

    pub(super) fn head(&mut self, at: Instant, deed: Deed) {
        self.push(at, Who::Head(self.lead.clone()), deed);
    }

    pub(super) fn note(&mut self, at: Instant, note: &str) {
        let deed = Deed::Act { note: note.to_owned(), proof: Proof::default() };
        self.handler(at, deed);
    }
}

pub(super) fn days_after(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}

pub(super) fn at(date: Date, minute: i64) -> Instant {
    start_of_day(date).plus_minutes(minute)
}

pub(super) const fn clock(hour: i64, minute: i64) -> i64 {
    hour * 60 + minute
}

/// A document and no photo.
pub(super) fn paper_proof() -> Proof {
    Proof { shots: Vec::new(), documents: 1 }
}

/// A part of `whole`.
pub(super) fn part(draft: &mut Draft, whole: Key) {
    draft.links.push((bihuan_domain::matter::Link::Parent, whole));
}
