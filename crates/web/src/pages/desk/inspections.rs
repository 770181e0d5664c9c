//! The inspection calendar: a month of visits, what stands too near, and each
//! unit's year against its budget.

use askama::Template;

use crate::shell::Shell;
use crate::view::day::{Day, Mark};

/// A visit on one of its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitSaid {
    pub number: String,
    pub href: String,
    pub title: String,
    pub units: String,
    /// `drafted`, `planned`, `running`, `held`: the style and the word's end.
    pub standing: &'static str,
    pub standing_words: String,
    /// It began on an earlier day.
    pub goes_on: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarDay {
    pub day: Day,
    pub is_today: bool,
    pub in_month: bool,
    pub visits: Vec<VisitSaid>,
}

/// A unit's year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitBudget {
    pub name: String,
    /// Days with the address of the visit.
    pub held: Vec<(String, String)>,
    pub planned: Vec<(String, String)>,
    pub used: u64,
    /// None where the rules set none.
    pub left: Option<u64>,
    /// Used of the budget in tenths of a percent.
    pub share: u32,
    pub is_over: bool,
}

#[derive(Template)]
#[template(path = "pages/desk/inspections.html")]
pub struct Inspections {
    pub shell: Shell,
    /// `2026年11月`
    pub month: String,
    pub year: String,
    pub before_href: String,
    pub today_href: String,
    pub after_href: String,
    pub weekdays: Vec<&'static str>,
    pub weeks: Vec<Vec<CalendarDay>>,
    pub none: bool,
    pub say: String,
    pub near: Vec<String>,
    pub units: Vec<UnitBudget>,
    /// Units that nobody inspects this year.
    pub unvisited: Vec<String>,
    pub has_budget: bool,
    pub plan_href: Option<String>,
    pub printed: String,
}
