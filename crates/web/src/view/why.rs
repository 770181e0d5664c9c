//! 为什么是这一天: one sentence, a picture of the days, the table of moves, the
//! other clocks running. Desks draw a strip of days, phones a week calendar,
//! because a strip does not fit and everybody reads calendars.

use askama::Template;
use bihuan_domain::calendar::{Calendar, DayKind};
use bihuan_domain::clock::{Cell, StripDay, Tally, Why};
use bihuan_domain::instant::Instant;
use jiff::civil::Date;

use super::day::{self, Day, Mark};
use super::lamp::Lamp;
use super::markup;
use crate::i18n::Lang;

impl From<DayKind> for Mark {
    fn from(kind: DayKind) -> Self {
        match kind {
            DayKind::Workday => Self::Plain,
            DayKind::Weekend | DayKind::Holiday => Self::Off,
            DayKind::SwappedWorkday => Self::SwappedIn,
        }
    }
}

/// One row of the table of moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveRow {
    pub at: Day,
    pub what: String,
    /// The rule's name as people know it.
    pub rule: String,
    /// Unit·post, or "by the playbook".
    pub who: String,
    pub due: Day,
    /// The date is another one than before.
    pub moved_it: bool,
    pub is_current: bool,
}

/// The rule's name and the post of each move, in the order of the moves. The
/// rules of the clock know neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveBy {
    pub rule: String,
    pub who: String,
}

/// Another clock of the same matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherClock {
    pub name: String,
    pub lamp: Lamp,
    pub due: Option<Day>,
}

/// A day of either picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyDay {
    pub date: Date,
    pub mark: Mark,
    pub tally: Tally,
    pub number: Option<String>,
    pub is_start: bool,
    pub is_today: bool,
    pub is_due: bool,
    pub is_original: bool,
    /// First of the picture or of a month: the month is written.
    pub names_month: bool,
    /// Written over a run of days off, on its middle day.
    pub rest: Option<String>,
    /// Only fills a week of the calendar.
    pub is_filler: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyView {
    pub sentence: String,
    pub days: Vec<WhyDay>,
    /// Days of a very long count are left out of the pictures.
    pub is_cut: bool,
    pub moves: Vec<MoveRow>,
    pub also: Vec<OtherClock>,
    pub unknown_year: Option<i16>,
}

impl WhyView {
    pub fn of(lang: Lang, why: &Why, calendar: &Calendar, by: Vec<MoveBy>) -> Self {
        let mut days: Vec<WhyDay> = why
            .strip
            .iter()
            .filter_map(|cell| match cell {
                Cell::Day(day) => Some(why_day(day)),
                Cell::Gap(..) => None,
            })
            .collect();
        name_months(&mut days);
        for rest in &why.rests {
            let middle = rest.days / 2;
            let words = lang
                .say("why-rest")
                .with("name", lang.pick(&rest.name))
                .with("n", rest.days)
                .to_string();
            if let Some(day) = days.iter_mut().filter(|day| day.date >= rest.from).nth(middle) {
                day.rest = Some(words);
            }
        }
        let at = |instant: Instant| day_at(calendar, instant);
        let moves = why
            .moves
            .iter()
            .zip(by)
            .map(|(line, by)| MoveRow {
                at: at(line.at),
                what: lang.pick(&line.what).to_owned(),
                rule: by.rule,
                who: by.who,
                due: at(line.due.due_at).without_time(),
                moved_it: line.moved_it,
                is_current: line.moved_it && line.due == why.due,
            })
            .collect();
        Self {
            sentence: lang.pick(&why.sentence).to_owned(),
            days,
            is_cut: why.strip.iter().any(|cell| matches!(cell, Cell::Gap(..))),
            moves,
            also: Vec::new(),
            unknown_year: why.unknown_year,
        }
    }

    /// Whole weeks from Monday to Sunday.
    pub fn weeks(&self) -> Vec<Vec<WhyDay>> {
        let mut weeks: Vec<Vec<WhyDay>> = Vec::new();
        for day in &self.days {
            let monday = monday_of(day.date);
            if weeks.last().and_then(|week| week.first()).is_none_or(|first| first.date != monday) {
                weeks.push((0..7).filter_map(|n| filler(monday, n)).collect());
            }
            let place = usize::try_from(day.date.weekday().to_monday_zero_offset()).unwrap_or(0);
            if let Some(slot) = weeks.last_mut().and_then(|week| week.get_mut(place)) {
                *slot = day.clone();
            }
        }
        while weeks.last().is_some_and(|week| !week.iter().any(WhyDay::matters)) {
            weeks.pop();
        }
        for day in weeks.iter_mut().flatten() {
            day.names_month = day.date.day() == 1;
        }
        if let Some(first) = weeks.first_mut().and_then(|week| week.first_mut()) {
            first.names_month = true;
        }
        weeks
    }
}

/// An instant as a day of this calendar.
pub fn day_at(calendar: &Calendar, instant: Instant) -> Day {
    Day::at(instant, Mark::from(calendar.day(instant.date())))
}

fn why_day(day: &StripDay) -> WhyDay {
    WhyDay {
        date: day.date,
        mark: Mark::from(day.day),
        tally: day.tally,
        number: day.label.clone(),
        is_start: day.is_start,
        is_today: day.is_today,
        is_due: day.is_due,
        is_original: day.is_original,
        names_month: false,
        rest: None,
        is_filler: false,
    }
}

fn name_months(days: &mut [WhyDay]) {
    for (index, day) in days.iter_mut().enumerate() {
        day.names_month = index == 0 || day.date.day() == 1;
    }
}

fn monday_of(date: Date) -> Date {
    let back = jiff::Span::new().days(i64::from(date.weekday().to_monday_zero_offset()));
    date.checked_sub(back).unwrap_or(date)
}

fn filler(monday: Date, offset: i64) -> Option<WhyDay> {
    Some(WhyDay {
        date: monday.checked_add(jiff::Span::new().days(offset)).ok()?,
        mark: Mark::Plain,
        tally: Tally::Plain,
        number: None,
        is_start: false,
        is_today: false,
        is_due: false,
        is_original: false,
        names_month: false,
        rest: None,
        is_filler: true,
    })
}

impl WhyDay {
    /// Whether the picture would lose something without this day.
    const fn matters(&self) -> bool {
        self.is_due || self.is_today || !matches!(self.tally, Tally::Rest | Tally::Plain)
    }

    const fn class(&self) -> &'static str {
        match self.tally {
            Tally::Counted => "is-counted",
            Tally::Ahead => "is-ahead",
            Tally::Added => "is-added",
            Tally::Paused => "is-paused",
            Tally::Rest => "is-rest",
            Tally::Plain => "is-plain",
        }
    }

    /// `9/21` and then `22`.
    fn short_date(&self) -> String {
        match self.names_month {
            true => format!("{}/{}", self.date.month(), self.date.day()),
            false => self.date.day().to_string(),
        }
    }

    /// `9月21日` and then `22日`; `21 Sep` and then `22`.
    fn strip_date(&self, lang: Lang) -> String {
        match (lang, self.names_month) {
            (_, true) => day::date_words(lang, self.date, self.date.year()),
            (Lang::Zh, false) => format!("{}日", self.date.day()),
            (Lang::En, false) => self.date.day().to_string(),
        }
    }

    /// The note under a date of the week calendar.
    fn note(&self, lang: Lang) -> String {
        if self.is_filler {
            return String::new();
        }
        if self.is_due {
            return lang.tr("why-due").into_owned();
        }
        let number = self.number.as_deref().unwrap_or_default();
        match self.tally {
            Tally::Paused => lang.tr("why-paused").into_owned(),
            Tally::Added if !number.is_empty() => {
                lang.trn("why-added", "n", number.trim_start_matches('+'))
            }
            Tally::Counted | Tally::Ahead if !number.is_empty() => lang.trn("why-nth", "n", number),
            _ if self.is_start => lang.tr("why-start").into_owned(),
            Tally::Rest => lang.tr("day-off").into_owned(),
            _ if self.is_today => lang.tr("why-today").into_owned(),
            _ => String::new(),
        }
    }

    /// The word inside a cell of the strip.
    fn cell(&self, lang: Lang) -> String {
        if let Some(rest) = &self.rest {
            return rest.clone();
        }
        match (self.tally, &self.number) {
            (Tally::Paused, _) => lang.tr("why-paused").into_owned(),
            (_, Some(number)) => number.clone(),
            _ => String::new(),
        }
    }

    /// The flag above the strip: class and word, the weightiest only.
    fn flag(&self, lang: Lang) -> Option<(&'static str, String)> {
        let (class, key) = match self {
            _ if self.is_due => ("flag flag-due", "due"),
            _ if self.is_today => ("flag flag-now", "today"),
            _ if self.is_original => ("flag flag-was", "original"),
            _ if self.is_start => ("flag", "start"),
            _ => return None,
        };
        Some((class, lang.code_of("why-flag", key).into_owned()))
    }

    fn weekday(&self, lang: Lang) -> &'static str {
        day::weekday_words(lang, self.date)
    }
}

/// The week calendar of a phone.
#[derive(Template)]
#[template(path = "components/why-weeks.html")]
pub struct WhyWeeks<'a> {
    pub lang: Lang,
    pub why: &'a WhyView,
    pub this_year: i16,
    pub open: bool,
}

/// The strip of a desk, with the table of moves.
#[derive(Template)]
#[template(path = "components/why-strip.html")]
pub struct WhyStrip<'a> {
    pub lang: Lang,
    pub why: &'a WhyView,
    pub this_year: i16,
}

markup!(WhyWeeks, WhyStrip);

impl WhyWeeks<'_> {
    fn weekdays(&self) -> [&'static str; 7] {
        match self.lang {
            Lang::Zh => ["一", "二", "三", "四", "五", "六", "日"],
            Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        }
    }

    fn moves(&self) -> impl Iterator<Item = &MoveRow> {
        self.why.moves.iter().filter(|row| row.moved_it)
    }

    fn day<'a>(&self, day: &'a Day) -> day::DayPart<'a> {
        day::DayPart { lang: self.lang, day, this_year: self.this_year }
    }
}

impl WhyStrip<'_> {
    fn day<'a>(&self, day: &'a Day) -> day::DayPart<'a> {
        day::DayPart { lang: self.lang, day, this_year: self.this_year }
    }

    fn lamp<'a>(&self, lamp: &'a Lamp) -> super::lamp::LampPart<'a> {
        super::lamp::LampPart { lamp }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn the_week_calendar_begins_on_monday_and_ends_on_sunday() {
        let weeks = sample::why(Lang::Zh).weeks();
        for week in &weeks {
            assert_eq!(week.len(), 7);
            assert_eq!(week[0].date.weekday(), jiff::civil::Weekday::Monday);
        }
        assert_eq!(weeks[0][0].short_date(), "9/19");
    }

    #[test]
    fn the_days_are_numbered_and_the_last_is_named() {
        let html =
            WhyWeeks { lang: Lang::Zh, why: &sample::why(Lang::Zh), this_year: 2022, open: true }
                .render()
                .unwrap_or_default();
        for words in ["第1天", "第5天", "延1", "最晚", "停", "10月9日"] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }

    #[test]
    fn the_strip_marks_today_the_first_date_and_the_present_one() {
        let html = WhyStrip { lang: Lang::Zh, why: &sample::why(Lang::Zh), this_year: 2022 }
            .render()
            .unwrap_or_default();
        for words in ["flag-now", "原定", "现定", "国庆节", "is-paused", "+2"] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }
}
