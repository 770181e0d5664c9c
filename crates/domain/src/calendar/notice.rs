//! A State Council holiday notice as data. A later year arrives as a file, so
//! a bad file must say in one sentence what is wrong with it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

/// Years a file may be for; anything else is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2199;

const SHIPPED: [&str; 9] = [
    include_str!("../../data/calendar/2018.json"),
    include_str!("../../data/calendar/2019.json"),
    include_str!("../../data/calendar/2020.json"),
    include_str!("../../data/calendar/2021.json"),
    include_str!("../../data/calendar/2022.json"),
    include_str!("../../data/calendar/2023.json"),
    include_str!("../../data/calendar/2024.json"),
    include_str!("../../data/calendar/2025.json"),
    include_str!("../../data/calendar/2026.json"),
];

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("the file is not a holiday notice in JSON: {0}")]
    NotJson(String),
    #[error("the file says it is for {0}, which is not a year between 2000 and 2199")]
    WrongYear(i64),
    #[error("the notice for {0} names no day off")]
    NoDayOff(i16),
    #[error("the notice for {year} gives \"{text}\" as a date; dates are written 2026-10-01")]
    NotADate { year: i16, text: String },
    #[error("the notice for {year} names {date} twice")]
    DuplicateDate { year: i16, date: Date },
    #[error(
        "the notice for {year} names {date}, which is neither in {year} nor in the December before"
    )]
    OutsideYear { year: i16, date: Date },
    #[error("the notice for {year} gives no name for {date}")]
    NoName { year: i16, date: Date },
}

/// What one year's notice says about single days. Days it does not name are
/// Monday to Friday as usual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolidayYear {
    pub(super) year: i16,
    papers: Vec<String>,
    pub(super) days: BTreeMap<Date, NoticeDay>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoticeDay {
    pub(super) name: String,
    pub(super) off: bool,
}

#[derive(Deserialize)]
struct File {
    year: i64,
    #[serde(default)]
    papers: Vec<String>,
    days: Vec<FileDay>,
}

#[derive(Deserialize)]
struct FileDay {
    name: String,
    date: String,
    #[serde(rename = "isOffDay")]
    is_off_day: bool,
}

impl HolidayYear {
    /// Reads a file of the holiday-cn form.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        let file: File = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| CalendarError::NotJson(error.to_string()))?;
        let year = i16::try_from(file.year)
            .ok()
            .filter(|year| YEARS.contains(year))
            .ok_or(CalendarError::WrongYear(file.year))?;
        let mut days = BTreeMap::new();
        for day in file.days {
            let (date, day) = read_day(year, day)?;
            if days.insert(date, day).is_some() {
                return Err(CalendarError::DuplicateDate { year, date });
            }
        }
        if !days.values().any(|day| day.off) {
            return Err(CalendarError::NoDayOff(year));
        }
        Ok(Self { year, papers: file.papers, days })
    }

    /// The notices that come with this release. That each of them reads is
    /// proved by a test, so none is ever left out here.
    pub fn shipped() -> Vec<Self> {
        SHIPPED.iter().filter_map(|text| Self::parse(text).ok()).collect()
    }

    pub const fn year(&self) -> i16 {
        self.year
    }

    /// Where the notice was published.
    pub fn papers(&self) -> &[String] {
        &self.papers
    }

    /// The notice's own title, by which a recalculation names it.
    pub fn title(&self) -> String {
        format!("国务院办公厅关于{}年部分节假日安排的通知", self.year)
    }
}

fn read_day(year: i16, day: FileDay) -> Result<(Date, NoticeDay), CalendarError> {
    let date: Date =
        day.date.parse().map_err(|_| CalendarError::NotADate { year, text: day.date.clone() })?;
    // New Year's days off can reach back: the notice for 2019 swapped 2018-12-29.
    let is_december_before = date.year() == year - 1 && date.month() == 12;
    if date.year() != year && !is_december_before {
        return Err(CalendarError::OutsideYear { year, date });
    }
    if day.name.trim().is_empty() {
        return Err(CalendarError::NoName { year, date });
    }
    Ok((date, NoticeDay { name: day.name, off: day.is_off_day }))
}
