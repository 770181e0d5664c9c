//! 13710 in its official reading: the task is deployed the same day (1), how it
//! stands is reported within three days (3), ordinary matters are settled within
//! seven (7), major ones within a month (1), and every item is followed until it
//! is struck off (0).
//!
//! The published texts say days and months, never working days, so days off are
//! counted and the last day is not moved. Shanxi's guide speaks of "the first
//! day", so the day of filing is day 1; what is filed after work ends counts
//! the next day as day 1.

use jiff::civil::{Time, time};

use crate::calendar::{CountingRule, DayOne, HolidayRule, Limit};

/// Filed later than this, a matter's day 1 is the next day.
pub const CUT_OFF: Time = time(17, 30, 0, 0);

pub const DAY_ONE: DayOne = DayOne::SameDayUntil(CUT_OFF);

/// A place in the five digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Digit {
    /// 当天研究部署
    Day1,
    /// 3天内反馈办理情况
    Day3,
    /// 一般问题7天内落实
    Day7,
    /// 重大、复杂问题1个月内落实
    Month,
    /// 销号清零. Not a date of its own: it is reached when the item is struck
    /// off.
    Zero,
}

impl Digit {
    pub const ALL: [Self; 5] = [Self::Day1, Self::Day3, Self::Day7, Self::Month, Self::Zero];

    /// The node's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day1 => "d1",
            Self::Day3 => "d3",
            Self::Day7 => "d7",
            Self::Month => "month",
            Self::Zero => "zero",
        }
    }

    /// How long it may take, from filing.
    pub const fn limit(self) -> Option<Limit> {
        match self {
            Self::Day1 => Some(Limit::Days(1)),
            Self::Day3 => Some(Limit::Days(3)),
            Self::Day7 => Some(Limit::Days(7)),
            Self::Month => Some(Limit::Months(1)),
            Self::Zero => None,
        }
    }

    pub fn counting(self) -> Option<CountingRule> {
        self.limit().map(|limit| CountingRule {
            limit,
            day_one: DAY_ONE,
            holiday: HolidayRule::Keep,
        })
    }

    /// Whether a matter of this weight passes through this digit: seven days
    /// are for ordinary matters, the month for major ones.
    pub const fn applies(self, major: bool) -> bool {
        match self {
            Self::Day7 => !major,
            Self::Month => major,
            Self::Day1 | Self::Day3 | Self::Zero => true,
        }
    }
}
