//! A lamp: shape, word and colour, always all three. The word says how much
//! time there is, not the colour's name.

use askama::Template;
use bihuan_domain::calendar::Calendar;
use bihuan_domain::clock::{self, Due, Remaining, remaining};
use bihuan_domain::instant::Instant;

use super::day;
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

    /// What it means, in a word.
    pub fn name(self, lang: Lang) -> String {
        let word = match self {
            Self::OnTrack => lang.tr("lamp-on-track"),
            Self::DueSoon => lang.tr("lamp-due-soon"),
            Self::Overdue => lang.tr("lamp-overdue"),
            Self::Done => lang.tr("lamp-done"),
            Self::NotBegun => lang.tr("lamp-not-begun"),
            Self::Parked => lang.tr("lamp-parked"),
        };
        word.into_owned()
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

    /// The lamp of an open node: `逾期2天`, `今天17:30前`, `还有4个工作日`.
    pub fn of_due(lang: Lang, due: &Due, now: Instant, calendar: &Calendar) -> Self {
        let shape = Shape::from(due.lamp(now));
        let minutes = due.due_at.minutes_since(now);
        if shape != Shape::Overdue && minutes < 2 * MINUTES_PER_HOUR {
            return Self::new(shape, time_to_go(lang, minutes));
        }
        Self::new(shape, words(lang, remaining(due, now, calendar)))
    }
}

const MINUTES_PER_HOUR: i64 = 60;

fn words(lang: Lang, remaining: Remaining) -> String {
    match remaining {
        Remaining::OverdueMinutes(n) => lang.trn("lamp-late-minutes", "n", n.max(1)),
        Remaining::OverdueHours(n) => lang.trn("lamp-late-hours", "n", n),
        Remaining::OverdueDays(n) => lang.trn("lamp-late-days", "n", n),
        Remaining::Today(Some(time)) => lang.trn("lamp-today", "time", day::clock(time)),
        Remaining::Today(None) => lang.tr("lamp-by-tonight").into_owned(),
        Remaining::Tomorrow(Some(time)) => lang.trn("lamp-tomorrow", "time", day::clock(time)),
        Remaining::Tomorrow(None) => lang.tr("lamp-by-tomorrow-night").into_owned(),
        Remaining::Left { work_days: 0, days } => lang.trn("lamp-days-left", "n", days),
        Remaining::Left { work_days, .. } => lang.trn("lamp-work-days-left", "n", work_days),
    }
}

fn time_to_go(lang: Lang, minutes: i64) -> String {
    if minutes < MINUTES_PER_HOUR {
        return lang.trn("lamp-minutes-left", "n", minutes);
    }
    lang.say("lamp-hours-left")
        .with("h", minutes / MINUTES_PER_HOUR)
        .with("m", minutes % MINUTES_PER_HOUR)
        .to_string()
}

/// The markup of a [`Lamp`].
#[derive(Template)]
#[template(path = "components/lamp.html")]
pub struct LampPart<'a> {
    pub lamp: &'a Lamp,
}

/// What each shape means.
#[derive(Template)]
#[template(
    source = r##"<ul class="legend-lamps" aria-label="{{ lang.tr("lamp-legend") }}">{% for (shape, word) in self.lines() %}<li class="lamp lamp-{{ shape.code() }}"><svg viewBox="0 0 12 12" aria-hidden="true"><use href="#g-{{ shape.code() }}"/></svg>{{ word }}</li>{% endfor %}</ul>"##,
    ext = "html"
)]
pub struct LegendPart {
    pub lang: Lang,
}

impl LegendPart {
    fn lines(&self) -> Vec<(Shape, String)> {
        Shape::ALL.map(|shape| (shape, shape.name(self.lang))).into()
    }
}

markup!(LampPart);
impl askama::filters::HtmlSafe for LegendPart {}

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
        let calendar = crate::sample::calendar();
        let zh = Lamp::of_due(Lang::Zh, &due, now, &calendar);
        (zh.shape, zh.word, Lamp::of_due(Lang::En, &due, now, &calendar).word)
    }

    #[test]
    fn an_overdue_lamp_says_by_how_much() {
        let due = datetime(2022, 9, 28, 17, 30, 0, 0);
        let (shape, zh, en) = lamp(due, datetime(2022, 9, 28, 18, 10, 0, 0));
        assert_eq!(
            (shape, zh.as_str(), en.as_str()),
            (Shape::Overdue, "逾期40分钟", "40 minutes overdue")
        );
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
        // Two workdays before the seven days off.
        assert_eq!(word(datetime(2022, 10, 3, 12, 0, 0, 0)), "还有2个工作日");
        assert_eq!(word(datetime(2022, 10, 9, 12, 0, 0, 0)), "还有4个工作日");
    }

    #[test]
    fn every_shape_has_a_sign_of_its_own() {
        let signs: std::collections::BTreeSet<_> = Shape::ALL.map(Shape::sign).into();
        assert_eq!(signs.len(), Shape::ALL.len());
    }
}
