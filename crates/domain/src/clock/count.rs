//! Counts a limit out: from a start, through pauses and extensions, to a due
//! date.
//!
//! What is decided here, where law and practice leave it open:
//!
//! - A limit in working days ends when work ends on its last day; one in days,
//!   months or by date ends with the day itself.
//! - A working day whose work is already over at the start is not day 1.
//! - Months end on the day of the same number as the day they are counted from
//!   (the start's, or the next day after the hour of [`DayOne::SameDayUntil`]),
//!   or on the month's last day where there is none.
//! - Pauses: see [`Pauses::take_away`] for days; minutes and work hours inside
//!   a pause do not count. A limit never ends inside a pause, but on the first
//!   counted day after it. A pause that lasts takes nothing away until it ends.
//! - A date fixed by name is not moved by pauses, only by extensions.
//! - A limit of zero is due at its start.

use jiff::ToSpan;
use jiff::civil::Date;

use super::running::{HORIZON_DAYS, Pauses, Running, Tape, days_from};
use super::{Due, Pause};
use crate::calendar::{
    Calendar, CountingRule, DayOne, HolidayRule, Limit, end_of_day, start_of_day,
};
use crate::instant::Instant;

const MINUTE: i64 = 60 * 1_000_000;
const HOUR: i64 = 60 * MINUTE;

/// The last quarter of a limit is due soon.
const SOON_PART: i64 = 4;

impl Calendar {
    pub fn due(&self, rule: &CountingRule, from: Instant) -> Due {
        self.due_with(rule, from, &[], &[])
    }

    /// Extensions are counted from the date they extend, each in its own unit;
    /// a date extends to that date.
    pub fn due_with(
        &self,
        rule: &CountingRule,
        from: Instant,
        pauses: &[Pause],
        extensions: &[Limit],
    ) -> Due {
        let mut count = Count::new(self, rule.holiday, pauses);
        let start = Start::of(self, rule, from);
        let base = count.end(rule.limit, start);
        count.finish(rule.limit, start, base, extensions)
    }

    /// As [`Calendar::due_with`], for a date another system gave: the time from
    /// the start to that date is the limit, and runs day and night.
    pub(super) fn due_as_given(
        &self,
        from: Instant,
        given: Instant,
        holiday: HolidayRule,
        pauses: &[Pause],
        extensions: &[Limit],
    ) -> Due {
        let count = Count::new(self, holiday, pauses);
        let micros = given.micros().saturating_sub(from.micros());
        let base = if micros > 0 {
            count.running.forward(Tape::DayAndNight, from, micros).max(given)
        } else {
            given
        };
        let start = Start { at: from, first: from.date(), month_from: from.date() };
        count.finish(Limit::Minutes(1), start, base, extensions)
    }
}

/// Where counting begins.
#[derive(Clone, Copy)]
pub(super) struct Start {
    pub(super) at: Instant,
    /// Day 1, if it is a day that counts.
    pub(super) first: Date,
    /// The day whose number a limit in months ends on.
    pub(super) month_from: Date,
}

impl Start {
    pub(super) fn of(calendar: &Calendar, rule: &CountingRule, at: Instant) -> Self {
        let date = at.date();
        let same_day = match rule.day_one {
            DayOne::SameDay => true,
            DayOne::SameDayUntil(time) => at.time() <= time,
            DayOne::NextDay => false,
        };
        let work_is_over =
            matches!(rule.limit, Limit::WorkDays(_)) && calendar.end_of_work(date) <= at;
        let month_from = match rule.day_one {
            DayOne::SameDayUntil(_) if !same_day => tomorrow(date),
            _ => date,
        };
        let first = if same_day && !work_is_over { date } else { tomorrow(date) };
        Self { at, first, month_from }
    }

    /// An extension's day 1 is the day after the date it extends.
    pub(super) fn after(due_at: Instant) -> Self {
        let date = due_at.date();
        Self { at: due_at, first: tomorrow(date), month_from: date }
    }
}

struct Count<'a> {
    running: Running<'a>,
    holiday: HolidayRule,
    estimated: bool,
}

impl<'a> Count<'a> {
    fn new(calendar: &'a Calendar, holiday: HolidayRule, pauses: &[Pause]) -> Self {
        let running = Running { calendar, pauses: Pauses::new(pauses) };
        Self { running, holiday, estimated: false }
    }

    fn finish(mut self, limit: Limit, start: Start, base: Instant, extensions: &[Limit]) -> Due {
        let due_at = extensions.iter().fold(base, |due_at, by| {
            // A date earlier than the one it is to extend extends nothing.
            self.end(*by, Start::after(due_at)).max(due_at)
        });
        let soon_at = self.soon(limit, start, due_at);
        Due { due_at, soon_at, estimated: self.estimated }
    }

    /// When a limit counted from `start` ends.
    fn end(&mut self, limit: Limit, start: Start) -> Instant {
        match limit {
            Limit::Minutes(0)
            | Limit::WorkHours(0)
            | Limit::WorkDays(0)
            | Limit::Days(0)
            | Limit::Months(0) => start.at,
            Limit::Minutes(n) => self.running.forward(
                Tape::DayAndNight,
                start.at,
                i64::from(n).saturating_mul(MINUTE),
            ),
            Limit::WorkHours(n) => {
                let end = self.running.forward(
                    Tape::WorkTime,
                    start.at,
                    i64::from(n).saturating_mul(HOUR),
                );
                self.touch(start.at.date(), end.date());
                end
            }
            Limit::WorkDays(n) => {
                let last = self.nth_work_day(start.first, i64::from(n));
                self.touch(start.first, last);
                self.running.calendar.end_of_work(last)
            }
            Limit::Days(n) => self.end_of_days(start.first, i64::from(n)),
            Limit::Months(n) => {
                let days = days_in_months(start.month_from, n);
                self.end_of_days(tomorrow(start.month_from), days)
            }
            Limit::On(date) => end_of_day(self.roll(date)),
        }
    }

    fn end_of_days(&mut self, first: Date, n: i64) -> Instant {
        let last = self.nth_day(first, n);
        end_of_day(self.roll(last))
    }

    fn nth_day(&self, first: Date, n: i64) -> Date {
        let pauses = &self.running.pauses;
        let counted = days_from(first).filter(|date| !pauses.take_away(*date));
        landing(first, n, counted, |date| !pauses.hold(end_of_day(date)))
    }

    fn nth_work_day(&self, first: Date, n: i64) -> Date {
        let Running { calendar, pauses } = &self.running;
        let counted = days_from(first)
            .filter(|date| calendar.is_workday(*date))
            .filter(|date| !pauses.take_away(*date));
        landing(first, n, counted, |date| !pauses.hold(calendar.end_of_work(date)))
    }

    /// Moves a last day that is a day off, where the rule says so.
    fn roll(&mut self, date: Date) -> Date {
        if self.holiday == HolidayRule::Keep {
            return date;
        }
        let Running { calendar, pauses } = &self.running;
        let rolled = days_from(date)
            .find(|day| calendar.is_workday(*day) && !pauses.hold(end_of_day(*day)))
            .unwrap_or(date);
        self.touch(date, rolled);
        rolled
    }

    /// The last quarter of the time counted, and at least one work hour.
    fn soon(&self, limit: Limit, start: Start, due_at: Instant) -> Instant {
        let (tape, begins) = match limit {
            Limit::WorkHours(_) => (Tape::WorkTime, start.at),
            Limit::WorkDays(_) => (Tape::WorkTime, start_of_day(start.first)),
            Limit::Days(_) => (Tape::DayAndNight, start_of_day(start.first)),
            Limit::Minutes(_) | Limit::Months(_) | Limit::On(_) => (Tape::DayAndNight, start.at),
        };
        let length = self.running.length(tape, begins.min(due_at), due_at);
        let quarter = self.running.back(tape, due_at, length / SOON_PART);
        let hour = self.running.back(Tape::WorkTime, due_at, HOUR);
        quarter.min(hour).max(start.at).min(due_at)
    }

    fn touch(&mut self, from: Date, to: Date) {
        self.estimated |= self.running.calendar.first_unknown_year(from, to).is_some();
    }
}

/// The nth of the counted days, or the first after it on which a limit may end;
/// past the horizon, the horizon.
fn landing(
    first: Date,
    n: i64,
    counted: impl Iterator<Item = Date>,
    may_end: impl Fn(Date) -> bool,
) -> Date {
    let skip = usize::try_from(n.saturating_sub(1)).unwrap_or(usize::MAX);
    counted.skip(skip).find(|date| may_end(*date)).unwrap_or_else(|| horizon(first))
}

fn horizon(from: Date) -> Date {
    from.saturating_add(HORIZON_DAYS.days())
}

pub(super) fn days_in_months(from: Date, n: u32) -> i64 {
    let months = i64::from(n).min(HORIZON_DAYS / 28);
    let to = from.checked_add(months.months()).unwrap_or(Date::MAX);
    from.until(to).map_or(HORIZON_DAYS, |span| i64::from(span.get_days()))
}

fn tomorrow(date: Date) -> Date {
    date.tomorrow().unwrap_or(date)
}
