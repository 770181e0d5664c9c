//! When people in the demo act: officers in the playbook's hours, everybody
//! else while awake.

use bihuan_domain::calendar::{Calendar, start_of_day};
use bihuan_domain::instant::Instant;

/// Long enough for any holiday.
const DAYS_AHEAD: usize = 120;
const WAKING: (i64, i64) = (7 * 60, 21 * 60 + 30);

pub(crate) struct Hours<'a> {
    calendar: &'a Calendar,
}

impl<'a> Hours<'a> {
    pub(crate) const fn new(calendar: &'a Calendar) -> Self {
        Self { calendar }
    }

    /// The moment `minutes` of office time after `from`.
    pub(crate) fn office(&self, from: Instant, minutes: i64) -> Instant {
        let mut left = minutes.max(1) * 60_000_000;
        let mut date = from.date();
        for _ in 0..DAYS_AHEAD {
            for (begins, ends) in self.calendar.work_periods(date) {
                let begins = begins.max(from);
                let room = ends.micros() - begins.micros();
                if room <= 0 {
                    continue;
                }
                if left <= room {
                    return begins.plus_micros(left);
                }
                left -= room;
            }
            date = date.tomorrow().unwrap_or(date);
        }
        from.plus_minutes(minutes)
    }

    /// Office minutes between two moments.
    pub(crate) fn office_minutes(&self, from: Instant, to: Instant) -> i64 {
        let mut sum = 0;
        let mut date = from.date();
        for _ in 0..DAYS_AHEAD {
            if start_of_day(date) >= to {
                break;
            }
            for (begins, ends) in self.calendar.work_periods(date) {
                sum += (ends.min(to).micros() - begins.max(from).micros()).max(0);
            }
            date = date.tomorrow().unwrap_or(date);
        }
        sum / 60_000_000
    }

    /// `minutes` after `from`, put off to the morning when that is at night.
    pub(crate) fn awake(&self, from: Instant, minutes: i64) -> Instant {
        let at = from.plus_minutes(minutes.max(1));
        let midnight = start_of_day(at.date());
        let of_day = at.minutes_since(midnight);
        if of_day < WAKING.0 {
            return midnight.plus_minutes(WAKING.0 + of_day % 50);
        }
        if of_day > WAKING.1 {
            return midnight.plus_days(1).plus_minutes(WAKING.0 + of_day % 50);
        }
        at
    }
}
