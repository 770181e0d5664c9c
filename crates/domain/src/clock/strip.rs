//! The picture of "why this date": one cell a day, from the start to the day
//! after the date.

use jiff::civil::Date;

use super::count::{Start, days_in_months};
use super::running::{Pauses, Running, Tape, days_from};
use super::{MoveKind, Node, NodeStatus, Pause};
use crate::calendar::{Calendar, DayKind, Limit, end_of_day, start_of_day};
use crate::instant::Instant;

/// A strip longer than this keeps only the days around those that matter.
const LONGEST: usize = 62;
const AROUND: i32 = 3;

/// What a day did to the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tally {
    /// Counted, and here or past.
    Counted,
    /// Will count.
    Ahead,
    /// Counts towards an extension.
    Added,
    Paused,
    /// A day off that does not count.
    Rest,
    /// Before the count, after it, or not counted by this kind of limit.
    Plain,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StripDay {
    pub date: Date,
    pub day: DayKind,
    pub tally: Tally,
    /// `3` for the third day counted, `+1` for the first of an extension.
    pub label: Option<String>,
    pub is_start: bool,
    pub is_today: bool,
    pub is_due: bool,
    pub is_original: bool,
    /// The date was due for a while, after a move of this kind.
    pub was_due: Option<MoveKind>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Day(StripDay),
    /// Days left out of a long strip, first and last.
    Gap(Date, Date),
}

/// The counted stretch between two due dates: the limit itself, then each
/// extension.
struct Stretch {
    first: Date,
    last: Date,
    limit: Limit,
    /// How many days make the limit, where it is a number of days.
    days: Option<i64>,
    is_extension: bool,
}

/// Every day from the start to the day after the last date.
pub(super) fn days(node: &Node, calendar: &Calendar, now: Instant) -> Vec<StripDay> {
    let pauses = pauses_so_far(node, now);
    let stretches = stretches(node, calendar, &pauses);
    let running = Running { calendar, pauses: Pauses::new(&pauses) };
    let today = last_counted(node, now);
    let mut painter = Painter { running, today, stretch: None, done: 0, added: 0 };
    let first = node.started_at.date();
    let last = last_day(node, &stretches, now);
    days_from(first)
        .take_while(|date| *date <= last)
        .map(|date| {
            let stretch = stretches.iter().find(|part| part.first <= date && date <= part.last);
            let (tally, label) = painter.paint(date, stretch);
            describe(node, calendar, now, date, tally, label)
        })
        .collect()
}

/// Leaves out what nobody would look at in a long strip.
pub(super) fn fold(days: Vec<StripDay>) -> Vec<Cell> {
    if days.len() <= LONGEST {
        return days.into_iter().map(Cell::Day).collect();
    }
    let marked: Vec<Date> = days.iter().filter(|day| is_marked(day)).map(|day| day.date).collect();
    let mut cells = Vec::new();
    for day in days {
        if marked.iter().any(|mark| days_apart(*mark, day.date) <= AROUND) {
            cells.push(Cell::Day(day));
        } else if let Some(Cell::Gap(_, last)) = cells.last_mut() {
            *last = day.date;
        } else {
            cells.push(Cell::Gap(day.date, day.date));
        }
    }
    cells
}

/// The pauses as far as they have taken time away: one that lasts has, up to
/// now.
pub(super) fn pauses_so_far(node: &Node, now: Instant) -> Vec<Pause> {
    let so_far = |pause: &Pause| Pause { from: pause.from, to: pause.to.or(Some(now)) };
    node.pauses.iter().map(so_far).collect()
}

fn stretches(node: &Node, calendar: &Calendar, pauses: &[Pause]) -> Vec<Stretch> {
    if node.is_as_given() {
        return Vec::new();
    }
    let start = Start::of(calendar, &node.counting, node.started_at);
    let base = calendar.due_with(&node.counting, node.started_at, pauses, &[]);
    let mut last = base.due_at.date();
    let mut stretches = vec![stretch(node.counting.limit, start, last, false)];
    for n in 1..=node.extensions.len() {
        let (limits, by) = (&node.extensions[..n], node.extensions[n - 1]);
        let due = calendar.due_with(&node.counting, node.started_at, pauses, limits);
        let start = Start::after(end_of_day(last));
        last = due.due_at.date();
        stretches.push(stretch(by, start, last, true));
    }
    stretches
}

fn stretch(limit: Limit, start: Start, last: Date, is_extension: bool) -> Stretch {
    let (first, days) = match limit {
        Limit::Minutes(_) | Limit::WorkHours(_) if is_extension => (start.first, None),
        Limit::Minutes(_) | Limit::WorkHours(_) | Limit::On(_) => (start.at.date(), None),
        Limit::WorkDays(n) | Limit::Days(n) => (start.first, Some(i64::from(n))),
        Limit::Months(n) => {
            let first = start.month_from.tomorrow().unwrap_or(start.month_from);
            (first, Some(days_in_months(start.month_from, n)))
        }
    };
    Stretch { first, last, limit, days, is_extension }
}

fn last_counted(node: &Node, now: Instant) -> Date {
    match node.status {
        NodeStatus::Open => now.date(),
        NodeStatus::Met(at) | NodeStatus::Dropped(at) => at.date(),
    }
}

fn last_day(node: &Node, stretches: &[Stretch], now: Instant) -> Date {
    let counted = stretches.last().map(|part| part.last);
    let due = counted.map_or(node.due.due_at.date(), |date| date.max(node.due.due_at.date()));
    let after = due.tomorrow().unwrap_or(due);
    if node.is_open() { after.max(now.date()) } else { after }
}

/// Walks the days in order and numbers those that count.
struct Painter<'a> {
    running: Running<'a>,
    today: Date,
    /// The first day of the stretch being walked, and its days counted so far.
    stretch: Option<Date>,
    done: i64,
    /// Days counted towards all extensions so far.
    added: i64,
}

impl Painter<'_> {
    fn paint(&mut self, date: Date, stretch: Option<&Stretch>) -> (Tally, Option<String>) {
        let day_off = !self.running.calendar.is_workday(date);
        let aside = if day_off { Tally::Rest } else { Tally::Plain };
        let Some(part) = stretch else { return (aside, None) };
        if self.stretch != Some(part.first) {
            self.stretch = Some(part.first);
            self.done = 0;
        }
        let counts = match part.limit {
            Limit::WorkDays(_) | Limit::WorkHours(_) => !day_off,
            Limit::Days(_) | Limit::Months(_) | Limit::Minutes(_) => true,
            Limit::On(_) => part.is_extension,
        };
        let is_complete = part.days.is_some_and(|days| self.done >= days);
        if !counts || is_complete {
            return (aside, None);
        }
        if self.is_paused(date, part) {
            return (Tally::Paused, None);
        }
        self.done += 1;
        self.count(date, part)
    }

    fn count(&mut self, date: Date, part: &Stretch) -> (Tally, Option<String>) {
        if part.is_extension {
            self.added += 1;
            return (Tally::Added, Some(format!("+{}", self.added)));
        }
        let tally = if date <= self.today { Tally::Counted } else { Tally::Ahead };
        (tally, part.days.map(|_| self.done.to_string()))
    }

    fn is_paused(&self, date: Date, part: &Stretch) -> bool {
        let Running { calendar, pauses } = &self.running;
        let Some(days) = part.days else {
            let tape = match part.limit {
                Limit::WorkHours(_) => Tape::WorkTime,
                _ => Tape::DayAndNight,
            };
            return self.running.length(tape, start_of_day(date), end_of_day(date)) == 0;
        };
        // What would be the last day, but ends inside a pause, does not end the
        // limit; the first counted day after the pause does.
        let would_be_last = self.done + 1 == days;
        let end = match part.limit {
            Limit::WorkDays(_) => calendar.end_of_work(date),
            _ => end_of_day(date),
        };
        pauses.take_away(date) || (would_be_last && pauses.hold(end))
    }
}

fn describe(
    node: &Node,
    calendar: &Calendar,
    now: Instant,
    date: Date,
    tally: Tally,
    label: Option<String>,
) -> StripDay {
    let is_due = node.due.due_at.date() == date;
    let is_original = node.original.due_at.date() == date;
    let was_due = node
        .moves
        .iter()
        .rev()
        .find(|step| !is_due && !is_original && step.due.due_at.date() == date)
        .map(|step| step.kind.clone());
    StripDay {
        date,
        day: calendar.day(date),
        tally,
        label,
        is_start: node.started_at.date() == date,
        is_today: now.date() == date,
        is_due,
        is_original,
        was_due,
    }
}

const fn is_marked(day: &StripDay) -> bool {
    day.is_start || day.is_today || day.is_due || day.is_original || day.was_due.is_some()
}

fn days_apart(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days().abs())
}
