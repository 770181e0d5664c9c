//! How limits and the first day are written: `30 minutes`, `4 work-hours`,
//! `5 work-days`, `7 days`, `day 3`, `1 months`, `2026-10-31`.

use jiff::civil::{Date, Time};

use super::model::{Text, WorkHours};
use super::nearest::nearest;
use super::problem::Problem;
use crate::calendar::{DayOne, Limit};

const LONGEST_YEARS: u32 = 10;

/// Singular, plural and Chinese, each with the unit it stands for.
const UNITS: [(&str, &str); 15] = [
    ("minutes", "minutes"),
    ("minute", "minutes"),
    ("分钟", "minutes"),
    ("work-hours", "work-hours"),
    ("work-hour", "work-hours"),
    ("工作时", "work-hours"),
    ("work-days", "work-days"),
    ("work-day", "work-days"),
    ("工作日", "work-days"),
    ("days", "days"),
    ("day", "days"),
    ("天", "days"),
    ("months", "months"),
    ("month", "months"),
    ("个月", "months"),
];

/// A limit as it was written. `day 3` and `3 days` are the same [`Limit`], but
/// the first only makes sense where the starting day is day 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenLimit {
    pub(super) limit: Limit,
    pub(super) nth_day: bool,
}

pub(super) fn parse(text: &str) -> Result<WrittenLimit, Problem> {
    let text = text.trim();
    let given = || text.to_owned();
    if let Ok(date) = text.parse::<Date>() {
        return Ok(WrittenLimit { limit: Limit::On(date), nth_day: false });
    }
    if let Some(number) = text.strip_prefix("day ") {
        let days =
            number.trim().parse().map_err(|_| Problem::UnreadableLimit { given: given() })?;
        return sensible(Limit::Days(days), text)
            .map(|limit| WrittenLimit { limit, nth_day: true });
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    if number.is_empty() || unit.starts_with(['.', ',', '-', '/']) {
        return Err(Problem::UnreadableLimit { given: given() });
    }
    let unit = unit.trim();
    if unit.is_empty() {
        return Err(Problem::LimitWithoutUnit { number: given() });
    }
    let number: u32 = number.parse().map_err(|_| Problem::LimitTooLong { given: given() })?;
    let limit = match unit {
        "minutes" | "minute" => Limit::Minutes(number),
        "work-hours" | "work-hour" => Limit::WorkHours(number),
        "work-days" | "work-day" => Limit::WorkDays(number),
        "days" | "day" => Limit::Days(number),
        "months" | "month" => Limit::Months(number),
        other => {
            let near = nearest(other, UNITS);
            return Err(Problem::UnknownLimitUnit { given: other.to_owned(), near });
        }
    };
    sensible(limit, text).map(|limit| WrittenLimit { limit, nth_day: false })
}

fn sensible(limit: Limit, text: &str) -> Result<Limit, Problem> {
    let (number, most) = match limit {
        Limit::Minutes(n) => (n, LONGEST_YEARS * 366 * 24 * 60),
        Limit::WorkHours(n) => (n, LONGEST_YEARS * 366 * 24),
        Limit::WorkDays(n) | Limit::Days(n) => (n, LONGEST_YEARS * 366),
        Limit::Months(n) => (n, LONGEST_YEARS * 12),
        Limit::On(_) => return Ok(limit),
    };
    if number == 0 {
        return Err(Problem::ZeroLimit { given: text.to_owned() });
    }
    if number > most {
        return Err(Problem::LimitTooLong { given: text.to_owned() });
    }
    Ok(limit)
}

/// A limit as a playbook writes it.
pub fn limit_text(limit: Limit) -> String {
    match limit {
        Limit::Minutes(n) => format!("{n} minutes"),
        Limit::WorkHours(n) => format!("{n} work-hours"),
        Limit::WorkDays(n) => format!("{n} work-days"),
        Limit::Days(n) => format!("{n} days"),
        Limit::Months(n) => format!("{n} months"),
        Limit::On(date) => date.to_string(),
    }
}

/// A limit from a form or a file, as a playbook writes it; `None` when it
/// cannot be read.
pub fn limit_from_text(text: &str) -> Option<Limit> {
    parse(text).ok().map(|written| written.limit)
}

/// A limit in words.
pub fn limit_words(limit: Limit) -> Text {
    let plural =
        |n: u32, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    match limit {
        Limit::Minutes(n) => Text { zh: format!("{n}分钟"), en: plural(n, "minute") },
        Limit::WorkHours(n) => Text { zh: format!("{n}个工作时"), en: plural(n, "work hour") },
        Limit::WorkDays(n) => Text { zh: format!("{n}个工作日"), en: plural(n, "work day") },
        Limit::Days(n) => Text { zh: format!("{n}天"), en: plural(n, "day") },
        Limit::Months(n) => Text { zh: format!("{n}个月"), en: plural(n, "month") },
        Limit::On(date) => Text {
            zh: format!("{}年{}月{}日", date.year(), date.month(), date.day()),
            en: date.to_string(),
        },
    }
}

/// About how long a limit lasts, in real minutes, to compare limits of
/// different units. A working week is taken as five days of seven.
pub(super) fn rough_minutes(limit: Limit, work: &WorkHours) -> Option<u64> {
    const DAY: u64 = 24 * 60;
    let work_day = |days: u64| days * DAY * 7 / 5;
    match limit {
        Limit::Minutes(n) => Some(n.into()),
        Limit::WorkHours(n) => {
            let day_minutes = minutes_a_day(work);
            (day_minutes > 0).then(|| work_day(u64::from(n) * 60) / day_minutes)
        }
        Limit::WorkDays(n) => Some(work_day(n.into())),
        Limit::Days(n) => Some(u64::from(n) * DAY),
        Limit::Months(n) => Some(u64::from(n) * 30 * DAY),
        Limit::On(_) => None,
    }
}

fn minutes_a_day(work: &WorkHours) -> u64 {
    let minute = |time: Time| {
        u64::from(time.hour().unsigned_abs()) * 60 + u64::from(time.minute().unsigned_abs())
    };
    work.periods.iter().map(|(from, to)| minute(*to).saturating_sub(minute(*from))).sum()
}

pub(super) fn parse_day_one(text: &str) -> Result<DayOne, Problem> {
    let bad = || Problem::BadDayOne { given: text.to_owned() };
    match text.trim() {
        "next-day" => Ok(DayOne::NextDay),
        "same-day" => Ok(DayOne::SameDay),
        other => {
            let time = other.strip_prefix("same-day-until ").ok_or_else(bad)?;
            clock_time(time).map(DayOne::SameDayUntil).ok_or_else(bad)
        }
    }
}

/// `08:30-12:00`
pub(super) fn parse_period(text: &str) -> Result<(Time, Time), Problem> {
    let bad = || Problem::BadPeriod { given: text.to_owned() };
    let (from, to) = text.split_once(['-', '–']).ok_or_else(bad)?;
    let (from, to) = (clock_time(from).ok_or_else(bad)?, clock_time(to).ok_or_else(bad)?);
    if to <= from {
        return Err(Problem::PeriodEndsFirst { given: text.to_owned() });
    }
    Ok((from, to))
}

/// `08:30`, without seconds.
pub(super) fn clock_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !two_digits(hour) || !two_digits(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn every_unit_is_read_and_written_back_the_same() {
        for text in
            ["30 minutes", "4 work-hours", "5 work-days", "7 days", "1 months", "2026-10-31"]
        {
            assert_eq!(limit_text(parse(text).unwrap().limit), text);
        }
        assert_eq!(parse("1 month").unwrap().limit, Limit::Months(1));
        assert_eq!(parse("2026-10-31").unwrap().limit, Limit::On(date(2026, 10, 31)));
    }

    #[test]
    fn the_nth_day_is_marked_as_counted_from_the_same_day() {
        let written = parse("day 3").unwrap();
        assert_eq!(written, WrittenLimit { limit: Limit::Days(3), nth_day: true });
        assert!(!parse("3 days").unwrap().nth_day);
    }

    #[test]
    fn a_number_alone_asks_for_its_unit() {
        assert_eq!(parse("4"), Err(Problem::LimitWithoutUnit { number: "4".to_owned() }));
    }

    #[test]
    fn an_unknown_unit_names_the_nearest() {
        let Err(Problem::UnknownLimitUnit { near, .. }) = parse("4 workhours") else {
            panic!("not refused as an unknown unit");
        };
        assert_eq!(near, "work-hours");
        let Err(Problem::UnknownLimitUnit { near, .. }) = parse("4 工作日") else {
            panic!("not refused as an unknown unit");
        };
        assert_eq!(near, "work-days");
    }

    #[test]
    fn fractions_zero_and_absurd_lengths_are_refused() {
        assert!(matches!(parse("1.5 work-hours"), Err(Problem::UnreadableLimit { .. })));
        assert!(matches!(parse("-2 days"), Err(Problem::UnreadableLimit { .. })));
        assert!(matches!(parse("soon"), Err(Problem::UnreadableLimit { .. })));
        assert!(matches!(parse("0 days"), Err(Problem::ZeroLimit { .. })));
        assert!(matches!(parse("day 0"), Err(Problem::ZeroLimit { .. })));
        assert!(matches!(parse("9999 months"), Err(Problem::LimitTooLong { .. })));
        assert!(matches!(parse("99999999999 days"), Err(Problem::LimitTooLong { .. })));
    }

    #[test]
    fn work_hours_are_compared_by_the_length_of_the_working_day() {
        let seven = WorkHours {
            periods: vec![
                (time(8, 30, 0, 0), time(12, 0, 0, 0)),
                (time(14, 0, 0, 0), time(17, 30, 0, 0)),
            ],
        };
        let hours = rough_minutes(Limit::WorkHours(14), &seven);
        assert_eq!(hours, rough_minutes(Limit::WorkDays(2), &seven));
    }

    #[test]
    fn periods_are_read_with_two_digit_hours_only() {
        assert_eq!(parse_period("08:30-12:00"), Ok((time(8, 30, 0, 0), time(12, 0, 0, 0))));
        assert!(matches!(parse_period("8:30-12:00"), Err(Problem::BadPeriod { .. })));
        assert!(matches!(parse_period("08:30-25:00"), Err(Problem::BadPeriod { .. })));
        assert!(matches!(parse_period("12:00-08:30"), Err(Problem::PeriodEndsFirst { .. })));
    }

    #[test]
    fn the_first_day_is_read_in_its_three_forms() {
        assert_eq!(parse_day_one("next-day"), Ok(DayOne::NextDay));
        assert_eq!(parse_day_one("same-day"), Ok(DayOne::SameDay));
        let until = DayOne::SameDayUntil(time(17, 30, 0, 0));
        assert_eq!(parse_day_one("same-day-until 17:30"), Ok(until));
        assert!(matches!(parse_day_one("same-day-until noon"), Err(Problem::BadDayOne { .. })));
    }
}
