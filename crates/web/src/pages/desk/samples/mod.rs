//! Invented contents for the goldens of the desk's pages.

mod account;
mod chased;
mod lists;
mod matter;
pub(crate) mod papers;
mod registration;
mod sums;
mod triage;

use jiff::civil::{Date, Time, date};

use crate::golden::Sample;
use crate::i18n::Lang;
use crate::view::day::{Day, Mark};
use crate::view::lamp::{Lamp, Shape};
use crate::view::state::Refused;

pub(crate) fn samples(lang: Lang) -> Vec<Sample> {
    let mut all = account::samples(lang);
    all.extend(triage::samples(lang));
    all.extend(lists::samples(lang));
    all.extend(matter::samples(lang));
    all.extend(registration::samples(lang));
    all.extend(sums::samples(lang));
    all.extend(chased::samples(lang));
    all.extend(papers::samples(lang));
    all
}

/// The words of the sample's language.
pub(crate) fn w(lang: Lang, zh: &str, en: &str) -> String {
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

pub(crate) fn on(month: i8, day: i8) -> Day {
    let date = date(2022, month, day);
    Day::on(date, mark(date))
}

pub(crate) fn at(month: i8, day: i8, hour: i8, minute: i8) -> Day {
    Day { time: Time::new(hour, minute, 0, 0).ok(), ..on(month, day) }
}

fn mark(date: Date) -> Mark {
    let weekend = date.weekday().to_monday_zero_offset() > 4;
    match (date.month(), date.day()) {
        (10, 1..=7) => Mark::Off,
        (10, 8 | 9) => Mark::SwappedIn,
        _ if weekend => Mark::Off,
        _ => Mark::Plain,
    }
}

pub(crate) fn late(lang: Lang, zh: &str, en: &str) -> Lamp {
    Lamp::new(Shape::Overdue, w(lang, zh, en))
}

pub(crate) fn soon(lang: Lang, zh: &str, en: &str) -> Lamp {
    Lamp::new(Shape::DueSoon, w(lang, zh, en))
}

pub(crate) fn fine(lang: Lang, zh: &str, en: &str) -> Lamp {
    Lamp::new(Shape::OnTrack, w(lang, zh, en))
}

pub(crate) fn done(lang: Lang, zh: &str, en: &str) -> Lamp {
    Lamp::new(Shape::Done, w(lang, zh, en))
}

pub(crate) fn refused(lang: Lang, title: (&str, &str), next: (&str, &str)) -> Refused {
    Refused { title: w(lang, title.0, title.1), next: w(lang, next.0, next.1), link: None }
}
