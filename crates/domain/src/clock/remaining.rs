//! How long is left, as facts a lamp's word is made of.

use jiff::civil::{Date, Time};

use super::Due;
use super::running::days_from;
use crate::calendar::{Calendar, end_of_day};
use crate::instant::Instant;

const MINUTES_PER_HOUR: i64 = 60;
const MINUTES_PER_DAY: i64 = 24 * 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remaining {
    /// Whole days past the date.
    OverdueDays(i64),
    /// Less than a day past it.
    OverdueHours(i64),
    /// Less than an hour past it.
    OverdueMinutes(i64),
    /// By this time; without one, by the end of the day.
    Today(Option<Time>),
    Tomorrow(Option<Time>),
    /// Days after today, the last one included.
    Left {
        days: i64,
        work_days: i64,
    },
}

pub fn remaining(due: &Due, now: Instant, calendar: &Calendar) -> Remaining {
    if now > due.due_at {
        return overdue(now.minutes_since(due.due_at));
    }
    let (today, last) = (now.date(), due.due_at.date());
    if last == today {
        return Remaining::Today(time_of(due.due_at));
    }
    if today.tomorrow().is_ok_and(|tomorrow| tomorrow == last) {
        return Remaining::Tomorrow(time_of(due.due_at));
    }
    let after_today = || days_from(today).skip(1).take_while(|date: &Date| *date <= last);
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Remaining::Left {
        days: count(after_today().count()),
        work_days: count(after_today().filter(|date| calendar.is_workday(*date)).count()),
    }
}

const fn overdue(minutes: i64) -> Remaining {
    if minutes >= MINUTES_PER_DAY {
        Remaining::OverdueDays(minutes / MINUTES_PER_DAY)
    } else if minutes >= MINUTES_PER_HOUR {
        Remaining::OverdueHours(minutes / MINUTES_PER_HOUR)
    } else {
        Remaining::OverdueMinutes(minutes)
    }
}

fn time_of(at: Instant) -> Option<Time> {
    (at != end_of_day(at.date())).then(|| at.time())
}
