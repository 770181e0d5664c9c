//! The clock: worked cases, properties, and what pages are told.

mod cases;
mod nodes;
mod properties;
mod why;

use std::sync::LazyLock;

use bihuan_domain::calendar::{
    Calendar, CountingRule, DayOne, HolidayRule, HolidayYear, Limit, WorkHours,
};
use bihuan_domain::clock::{Due, Pause};
use bihuan_domain::instant::Instant;
use jiff::civil::{DateTime, datetime, time};

/// Eight hours a day: 08:00–12:00 and 13:30–17:30.
fn calendar() -> Calendar {
    static SHIPPED: LazyLock<Calendar> = LazyLock::new(|| Calendar::shipped(hours()));
    SHIPPED.clone()
}

fn hours() -> WorkHours {
    let periods =
        vec![(time(8, 0, 0, 0), time(12, 0, 0, 0)), (time(13, 30, 0, 0), time(17, 30, 0, 0))];
    WorkHours { periods }
}

/// A notice for 2027 with National Day's week off.
fn notice_2027() -> HolidayYear {
    let day = |n: u32| format!(r#"{{"name":"国庆节","date":"2027-10-{n:02}","isOffDay":true}}"#);
    let days: Vec<String> = (1..=7).map(day).collect();
    match HolidayYear::parse(&format!(r#"{{"year":2027,"days":[{}]}}"#, days.join(","))) {
        Ok(notice) => notice,
        Err(error) => panic!("{error}"),
    }
}

fn at(month: i8, day: i8, hour: i8, minute: i8) -> Instant {
    at_year(2022, month, day, hour, minute)
}

fn at_year(year: i16, month: i8, day: i8, hour: i8, minute: i8) -> Instant {
    Instant::from_civil(datetime(year, month, day, hour, minute, 0, 0))
}

fn end_of(year: i16, month: i8, day: i8) -> DateTime {
    datetime(year, month, day, 23, 59, 59, 999_999_000)
}

const fn next_day(limit: Limit) -> CountingRule {
    CountingRule { limit, day_one: DayOne::NextDay, holiday: HolidayRule::Keep }
}

const fn same_day(limit: Limit) -> CountingRule {
    CountingRule { limit, day_one: DayOne::SameDay, holiday: HolidayRule::Keep }
}

const fn next_workday(limit: Limit) -> CountingRule {
    CountingRule { limit, day_one: DayOne::NextDay, holiday: HolidayRule::NextWorkday }
}

const fn pause(from: Instant, to: Instant) -> Pause {
    Pause { from, to: Some(to) }
}

fn due(rule: &CountingRule, from: Instant) -> Due {
    calendar().due(rule, from)
}
