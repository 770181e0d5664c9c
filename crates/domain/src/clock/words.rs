//! Dates, spans and names as the pages write them, in both languages.

use jiff::civil::{Date, Weekday};

use crate::calendar::{Limit, end_of_day};
use crate::instant::Instant;
use crate::playbook::model::Text;

/// Writes dates as seen in `year`: another year is named, this one is not.
#[derive(Clone, Copy)]
pub(super) struct Dates {
    pub(super) year: i16,
}

impl Dates {
    pub(super) fn zh(self, date: Date) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        if year == self.year {
            format!("{month}月{day}日")
        } else {
            format!("{year}年{month}月{day}日")
        }
    }

    pub(super) fn en(self, date: Date) -> String {
        let (year, day, month) = (date.year(), date.day(), month_en(date.month()));
        if year == self.year { format!("{day} {month}") } else { format!("{day} {month} {year}") }
    }

    /// The month is named once: 10月8日、9日.
    pub(super) fn list_zh(self, dates: &[Date]) -> String {
        let mut text = String::new();
        let mut before: Option<Date> = None;
        for &date in dates {
            match before {
                None => text = self.zh(date),
                Some(last) if same_month(last, date) => {
                    text.push_str(&format!("、{}日", date.day()));
                }
                Some(_) => text.push_str(&format!("、{}", self.zh(date))),
            }
            before = Some(date);
        }
        text
    }

    pub(super) fn list_en(self, dates: &[Date]) -> String {
        let words: Vec<String> = dates.iter().map(|date| self.en(*date)).collect();
        join_en(&words)
    }

    /// With the weekday, and the hour unless it is the day's end.
    pub(super) fn moment(self, at: Instant) -> Text {
        let day = self.day(at.date());
        match hour_of(at) {
            Some(hour) => {
                Text { zh: format!("{} {hour}", day.zh), en: format!("{} {hour}", day.en) }
            }
            None => day,
        }
    }

    pub(super) fn day(self, date: Date) -> Text {
        Text {
            zh: format!("{} {}", self.zh(date), weekday_zh(date.weekday())),
            en: format!("{} {}", weekday_en(date.weekday()), self.en(date)),
        }
    }
}

fn hour_of(at: Instant) -> Option<String> {
    let time = at.time();
    (at != end_of_day(at.date())).then(|| format!("{:02}:{:02}", time.hour(), time.minute()))
}

/// "5个工作日", "5 working days".
pub(super) fn limit(limit: Limit, dates: Dates) -> Text {
    match limit {
        Limit::Minutes(n) if n != 0 && n % 60 == 0 => {
            Text { zh: format!("{}小时", n / 60), en: many(n / 60, "hour") }
        }
        Limit::Minutes(n) => Text { zh: format!("{n}分钟"), en: many(n, "minute") },
        Limit::WorkHours(n) => Text { zh: format!("{n}个工作时"), en: many(n, "work hour") },
        Limit::WorkDays(n) => Text { zh: format!("{n}个工作日"), en: many(n, "working day") },
        Limit::Days(n) => Text { zh: format!("{n}天"), en: many(n, "day") },
        Limit::Months(n) => Text { zh: format!("{n}个月"), en: many(n, "month") },
        Limit::On(date) => Text { zh: dates.zh(date), en: dates.en(date) },
    }
}

pub(super) fn many(n: u32, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// A holiday's name from a notice. One we have no English for stays Chinese.
pub(super) fn holiday(name: &str) -> Text {
    let parts: Vec<String> = name.split('、').map(|part| holiday_en(part).to_owned()).collect();
    Text { zh: name.to_owned(), en: join_en(&parts) }
}

fn holiday_en(name: &str) -> &str {
    match name {
        "元旦" => "New Year's Day",
        "春节" => "Spring Festival",
        "清明节" => "Qingming Festival",
        "劳动节" => "Labour Day",
        "端午节" => "Dragon Boat Festival",
        "中秋节" => "Mid-Autumn Festival",
        "国庆节" => "National Day",
        other => other,
    }
}

fn join_en(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

fn same_month(a: Date, b: Date) -> bool {
    (a.year(), a.month()) == (b.year(), b.month())
}

const fn weekday_zh(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

const fn weekday_en(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

const fn month_en(month: i8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}
