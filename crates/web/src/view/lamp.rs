//! A lamp: shape, word and colour, always all three. The word says how much
//! time there is, not the colour's name.

use askama::Template;
use bihuan_domain::clock::{self, Due};
use bihuan_domain::instant::Instant;

use super::day::{self, Day, Mark};
use super::markup;
use crate::i18n::Lang;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    OnTrack,
    DueSoon,
    Overdue,
    Done,
    NotBegun,
    Parked,
}

impl Shape {
    pub const ALL: [Self; 6] =
        [Self::OnTrack, Self::DueSoon, Self::Overdue, Self::Done, Self::NotBegun, Self::Parked];

    /// Name of the SVG symbol and of the style class.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OnTrack => "ok",
            Self::DueSoon => "soon",
            Self::Overdue => "late",
            Self::Done => "done",
            Self::NotBegun => "wait",
            Self::Parked => "hold",
        }
    }

    /// The same lamp in plain text (messages, XLSX, PDF).
    pub const fn sign(self) -> char {
        match self {
            Self::OnTrack => '●',
            Self::DueSoon => '▲',
            Self::Overdue => '■',
            Self::Done => '✓',
            Self::NotBegun => '○',
            Self::Parked => '‖',
        }
    }
}

impl From<clock::Lamp> for Shape {
    fn from(lamp: clock::Lamp) -> Self {
        match lamp {
            clock::Lamp::OnTrack => Self::OnTrack,
            clock::Lamp::DueSoon => Self::DueSoon,
            clock::Lamp::Overdue => Self::Overdue,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lamp {
    pub shape: Shape,
    pub word: String,
}

impl Lamp {
    pub fn new(shape: Shape, word: impl Into<String>) -> Self {
        Self { shape, word: word.into() }
    }

    /// The lamp of an open node: `逾期2天`, `今天17:30前`, `还有4天`.
    pub fn of_due(lang: Lang, due: &Due, now: Instant) -> Self {
        let shape = Shape::from(due.lamp(now));
        if shape == Shape::Overdue {
            return Self::new(shape, late_by(lang, now.minutes_since(due.due_at)));
        }
        Self::new(shape, time_left(lang, due.due_at, now))
    }
}

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

fn late_by(lang: Lang, minutes: i64) -> String {
    match minutes {
        ..HOUR => lang.trn("lamp-late-minutes", "n", minutes.max(1)),
        HOUR..DAY => lang.trn("lamp-late-hours", "n", minutes / HOUR),
        _ => lang.trn("lamp-late-days", "n", minutes / DAY),
    }
}

fn time_left(lang: Lang, due_at: Instant, now: Instant) -> String {
    let minutes = due_at.minutes_since(now);
    let days = (due_at.date() - now.date()).get_days();
    let time = day::clock(due_at.time());
    match days {
        _ if minutes < 2 * HOUR => time_to_go(lang, minutes),
        0 => lang.trn("lamp-today", "time", time),
        1 => lang.trn("lamp-tomorrow", "time", time),
        2..=15 => lang.trn("lamp-days-left", "n", days),
        _ => {
            let due = Day::on(due_at.date(), Mark::Plain);
            lang.trn("lamp-by", "date", day::plain(lang, &due, now.date().year()))
        }
    }
}

fn time_to_go(lang: Lang, minutes: i64) -> String {
    if minutes < HOUR {
        return lang.trn("lamp-minutes-left", "n", minutes);
    }
    lang.say("lamp-hours-left").with("h", minutes / HOUR).with("m", minutes % HOUR).to_string()
}

/// The markup of a [`Lamp`].
#[derive(Template)]
#[template(path = "components/lamp.html")]
pub struct LampPart<'a> {
    pub lamp: &'a Lamp,
}

markup!(LampPart);

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{DateTime, datetime};

    fn lamp(due: DateTime, now: DateTime) -> (Shape, String, String) {
        let due = Due {
            due_at: Instant::from_civil(due),
            soon_at: Instant::from_civil(due).plus_days(-1),
            estimated: false,
        };
        let now = Instant::from_civil(now);
        let zh = Lamp::of_due(Lang::Zh, &due, now);
        (zh.shape, zh.word, Lamp::of_due(Lang::En, &due, now).word)
    }

    #[test]
    fn an_overdue_lamp_says_by_how_much() {
        let due = datetime(2022, 9, 28, 17, 30, 0, 0);
        let (shape, zh, en) = lamp(due, datetime(2022, 9, 28, 18, 10, 0, 0));
        assert_eq!((shape, zh.as_str(), en.as_str()), (Shape::Overdue, "逾期40分钟", "40 minutes overdue"));
        let (_, zh, en) = lamp(due, datetime(2022, 9, 30, 18, 10, 0, 0));
        assert_eq!((zh.as_str(), en.as_str()), ("逾期2天", "2 days overdue"));
        let (_, zh, en) = lamp(due, datetime(2022, 9, 28, 18, 31, 0, 0));
        assert_eq!((zh.as_str(), en.as_str()), ("逾期1小时", "1 hour overdue"));
    }

    #[test]
    fn a_lamp_in_time_says_until_when() {
        let now = datetime(2022, 9, 28, 9, 0, 0, 0);
        let word = |due| lamp(due, now).1;
        assert_eq!(word(datetime(2022, 9, 28, 9, 22, 0, 0)), "还有22分钟");
        assert_eq!(word(datetime(2022, 9, 28, 10, 51, 0, 0)), "还有1小时51分钟");
        assert_eq!(word(datetime(2022, 9, 28, 17, 30, 0, 0)), "今天17:30前");
        assert_eq!(word(datetime(2022, 9, 29, 12, 0, 0, 0)), "明天12:00前");
        assert_eq!(word(datetime(2022, 10, 3, 12, 0, 0, 0)), "还有5天");
        assert_eq!(word(datetime(2022, 10, 28, 12, 0, 0, 0)), "10月28日 周五前");
    }

    #[test]
    fn every_shape_has_a_sign_of_its_own() {
        let signs: std::collections::BTreeSet<_> = Shape::ALL.map(Shape::sign).into();
        assert_eq!(signs.len(), Shape::ALL.len());
    }
}
