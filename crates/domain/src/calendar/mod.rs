//! Which days are worked, when a working day begins and ends, and the six units
//! a limit may be given in. Counting limits out is the [`crate::clock`]'s.

mod days;
mod notice;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

pub use days::{Calendar, DayKind, end_of_day, start_of_day};
pub use notice::{CalendarError, HolidayYear};

/// The periods work hours are counted in, on every working day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkHours {
    /// In order, not overlapping.
    pub periods: Vec<(Time, Time)>,
}

/// How long something may take. Written in a playbook as `30 minutes`,
/// `4 work-hours`, `5 work-days`, `7 days`, `1 months`, or a date `2026-10-31`;
/// the nth day counted from the start (13710) as `day 3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Day and night.
    Minutes(u32),
    /// 工作时: inside the work periods of working days only.
    WorkHours(u32),
    /// 工作日
    WorkDays(u32),
    /// Calendar days.
    Days(u32),
    /// Calendar months, clamped to the month's end.
    Months(u32),
    On(Date),
}

/// How the first day is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayOne {
    /// The day of the start is day 1.
    SameDay,
    /// The day of the start is day 1 up to this time, otherwise the next day is.
    SameDayUntil(Time),
    /// The day after the start is day 1 (the ordinary rule of civil and
    /// administrative law: the starting day is not counted).
    NextDay,
}

/// What happens when the last day is a day off. Matters only to limits in
/// calendar days, months and fixed dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HolidayRule {
    Keep,
    NextWorkday,
}

/// Everything needed to turn a start into a due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CountingRule {
    pub limit: Limit,
    pub day_one: DayOne,
    pub holiday: HolidayRule,
}
