//! The day table: what kind of day a date is, and when its work is done.
//!
//! Invariant: for a date no loaded notice speaks of, Monday to Friday are
//! worked; [`Calendar::knows`] tells whether that was a guess.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};

use super::WorkHours;
use super::notice::{HolidayYear, NoticeDay};
use crate::instant::Instant;

const MICROS_PER_DAY: i64 = 24 * 60 * 60 * 1_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayKind {
    Workday,
    Weekend,
    /// Off by the State Council's notice, on whichever weekday.
    Holiday,
    /// 调休上班: a weekend day the notice makes a working day.
    SwappedWorkday,
}

impl DayKind {
    pub const fn is_workday(self) -> bool {
        matches!(self, Self::Workday | Self::SwappedWorkday)
    }
}

/// The loaded notices and the hours worked on each working day.
#[derive(Clone, Debug)]
pub struct Calendar {
    notices: BTreeMap<i16, HolidayYear>,
    /// In order, apart, none empty, at least one; as microseconds of the day.
    periods: Vec<(i64, i64)>,
}

impl Calendar {
    /// Work periods out of order or overlapping are put in order and joined;
    /// without any, the whole day is worked.
    pub fn new(years: impl IntoIterator<Item = HolidayYear>, work: WorkHours) -> Self {
        Self {
            notices: years.into_iter().map(|notice| (notice.year, notice)).collect(),
            periods: periods_of(&work),
        }
    }

    /// With the notices that come with this release.
    pub fn shipped(work: WorkHours) -> Self {
        Self::new(HolidayYear::shipped(), work)
    }

    /// Takes in a later (or a corrected) notice.
    #[must_use]
    pub fn with_year(mut self, notice: HolidayYear) -> Self {
        self.notices.insert(notice.year, notice);
        self
    }

    pub fn day(&self, date: Date) -> DayKind {
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        match self.notice_day(date) {
            Some(day) if day.off => DayKind::Holiday,
            Some(_) if weekend => DayKind::SwappedWorkday,
            None if weekend => DayKind::Weekend,
            Some(_) | None => DayKind::Workday,
        }
    }

    pub fn is_workday(&self, date: Date) -> bool {
        self.day(date).is_workday()
    }

    /// Whether the notice for this date's year is loaded.
    pub fn knows(&self, date: Date) -> bool {
        self.notices.contains_key(&date.year())
    }

    /// The holiday a day off or a swapped working day belongs to, e.g. 国庆节.
    pub fn holiday_name(&self, date: Date) -> Option<&str> {
        self.notice_day(date).map(|day| day.name.as_str())
    }

    pub fn notices(&self) -> impl Iterator<Item = &HolidayYear> {
        self.notices.values()
    }

    /// The last year whose notice is loaded.
    pub fn last_known_year(&self) -> Option<i16> {
        self.notices.keys().next_back().copied()
    }

    /// The first year from `from` to `to` whose notice is not loaded.
    pub fn first_unknown_year(&self, from: Date, to: Date) -> Option<i16> {
        (from.year()..=to.year()).find(|year| !self.notices.contains_key(year))
    }

    /// When the last work period of the day ends (on a day off: would end).
    pub fn end_of_work(&self, date: Date) -> Instant {
        let end = self.periods.last().map_or(MICROS_PER_DAY, |period| period.1);
        // The end of a day worked round the clock still belongs to that day.
        start_of_day(date).plus_micros(end.min(MICROS_PER_DAY - 1))
    }

    /// The work periods of a day; none on a day off.
    pub fn work_periods(&self, date: Date) -> impl DoubleEndedIterator<Item = (Instant, Instant)> {
        let midnight = start_of_day(date);
        let periods: &[(i64, i64)] = if self.is_workday(date) { &self.periods } else { &[] };
        periods
            .iter()
            .map(move |&(from, to)| (midnight.plus_micros(from), midnight.plus_micros(to)))
    }

    fn notice_day(&self, date: Date) -> Option<&NoticeDay> {
        // A year's notice may name days of the December before; it is the later
        // word on them.
        let next = (date.month() == 12).then(|| date.year().saturating_add(1));
        next.into_iter()
            .chain([date.year()])
            .find_map(|year| self.notices.get(&year)?.days.get(&date))
    }
}

/// Midnight at which the day begins in China.
pub fn start_of_day(date: Date) -> Instant {
    Instant::from_civil(date.to_datetime(Time::midnight()))
}

/// The last microsecond of the day in China.
pub fn end_of_day(date: Date) -> Instant {
    start_of_day(date).plus_micros(MICROS_PER_DAY - 1)
}

fn periods_of(work: &WorkHours) -> Vec<(i64, i64)> {
    let mut periods: Vec<_> = work
        .periods
        .iter()
        .map(|&(from, to)| (micros_of(from), micros_of(to)))
        .filter(|(from, to)| from < to)
        .collect();
    periods.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::with_capacity(periods.len());
    for (from, to) in periods {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    if joined.is_empty() {
        joined.push((0, MICROS_PER_DAY));
    }
    joined
}

fn micros_of(time: Time) -> i64 {
    let seconds =
        i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    seconds * 1_000_000 + i64::from(time.subsec_nanosecond()) / 1000
}
