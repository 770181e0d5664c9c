//! A date as people here read it: with its weekday, and with 休 or 班 where the
//! weekday alone would mislead. The year stands only when it is not this one.

use askama::Template;
use bihuan_domain::instant::Instant;
use jiff::civil::{Date, Time};

use super::markup;
use crate::i18n::Lang;

/// Whether a day is worked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// A working weekday: nothing to say.
    #[default]
    Plain,
    /// 休: weekend or holiday.
    Off,
    /// 班: a weekend day that is worked in exchange.
    SwappedIn,
}

/// A date, perhaps with a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: Date,
    pub time: Option<Time>,
    pub mark: Mark,
    /// Lies beyond the last year whose holidays are known, so days were counted
    /// Monday to Friday.
    pub estimated: bool,
}

impl Day {
    pub const fn on(date: Date, mark: Mark) -> Self {
        Self { date, time: None, mark, estimated: false }
    }

    pub fn at(instant: Instant, mark: Mark) -> Self {
        Self { time: Some(instant.time()), ..Self::on(instant.date(), mark) }
    }

    #[must_use]
    pub const fn estimated(mut self) -> Self {
        self.estimated = true;
        self
    }

    #[must_use]
    pub const fn without_time(mut self) -> Self {
        self.time = None;
        self
    }

    /// `datetime` attribute of a `<time>`.
    fn machine(&self) -> String {
        match self.time {
            None => self.date.to_string(),
            Some(time) => format!("{}T{}", self.date, clock(time)),
        }
    }
}

/// `17:30`
pub fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `9月29日`, `29 Sep`, with the year when it is not `this_year`.
pub fn date_words(lang: Lang, date: Date, this_year: i16) -> String {
    let other_year = date.year() != this_year;
    match lang {
        Lang::Zh if other_year => {
            format!("{}年{}月{}日", date.year(), date.month(), date.day())
        }
        Lang::Zh => format!("{}月{}日", date.month(), date.day()),
        Lang::En if other_year => {
            format!("{} {} {}", date.day(), month_name(date), date.year())
        }
        Lang::En => format!("{} {}", date.day(), month_name(date)),
    }
}

/// `周四`, `Thu`
pub fn weekday_words(lang: Lang, date: Date) -> &'static str {
    let index = date.weekday().to_monday_zero_offset() as usize;
    match lang {
        Lang::Zh => ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][index],
        Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][index],
    }
}

fn month_name(date: Date) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES[(date.month() - 1) as usize]
}

/// A whole date in one line of text: `9月29日 周四 17:30`, `Thu 29 Sep, 17:30`.
pub fn plain(lang: Lang, day: &Day, this_year: i16) -> String {
    let date = date_words(lang, day.date, this_year);
    let weekday = weekday_words(lang, day.date);
    match (lang, day.time) {
        (Lang::Zh, None) => format!("{date} {weekday}"),
        (Lang::Zh, Some(time)) => format!("{date} {weekday} {}", clock(time)),
        (Lang::En, None) => format!("{weekday} {date}"),
        (Lang::En, Some(time)) => format!("{weekday} {date}, {}", clock(time)),
    }
}

/// The markup of a [`Day`].
#[derive(Template)]
#[template(path = "components/day.html")]
pub struct DayPart<'a> {
    pub lang: Lang,
    pub day: &'a Day,
    pub this_year: i16,
}

markup!(DayPart);

impl DayPart<'_> {
    fn date(&self) -> String {
        date_words(self.lang, self.day.date, self.this_year)
    }

    fn weekday(&self) -> &'static str {
        weekday_words(self.lang, self.day.date)
    }

    /// With what separates it from the date before it.
    fn time(&self) -> String {
        let Some(time) = self.day.time else { return String::new() };
        let comma = self.lang == Lang::En && self.day.mark == Mark::Plain;
        format!("{} {}", if comma { "," } else { "" }, clock(time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn thursday() -> Day {
        Day { time: Some(time(17, 30, 0, 0)), ..Day::on(date(2022, 9, 29), Mark::Plain) }
    }

    #[test]
    fn a_date_of_this_year_has_no_year() {
        assert_eq!(plain(Lang::Zh, &thursday(), 2022), "9月29日 周四 17:30");
        assert_eq!(plain(Lang::En, &thursday(), 2022), "Thu 29 Sep, 17:30");
    }

    #[test]
    fn a_date_of_another_year_has_its_year() {
        assert_eq!(plain(Lang::Zh, &thursday().without_time(), 2023), "2022年9月29日 周四");
        assert_eq!(plain(Lang::En, &thursday().without_time(), 2023), "Thu 29 Sep 2022");
    }

    fn html(lang: Lang, day: &Day) -> String {
        DayPart { lang, day, this_year: 2022 }.render().unwrap_or_default()
    }

    #[test]
    fn a_swapped_working_weekend_is_marked_in_both_languages() {
        let saturday = Day::on(date(2022, 10, 8), Mark::SwappedIn);
        assert!(html(Lang::Zh, &saturday).contains(">班</span>"));
        assert!(html(Lang::En, &saturday).contains(">workday</span>"));
    }

    #[test]
    fn a_day_off_is_marked_and_a_plain_weekday_is_not() {
        assert!(html(Lang::Zh, &Day::on(date(2022, 10, 2), Mark::Off)).contains(">休</span>"));
        assert!(!html(Lang::Zh, &thursday()).contains("class=\"mk"));
    }

    #[test]
    fn an_estimated_date_says_so() {
        assert!(html(Lang::Zh, &thursday().estimated()).contains("暂按周一至周五计"));
    }
}
