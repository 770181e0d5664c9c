//! What every page has around its contents: language, theme, county, the way
//! back, what waits for me, today, who I am, and the state of the record.
//!
//! Pages hold a `shell: Shell` and extend `layouts/public.html` or
//! `layouts/desk.html`. Templates take words and parts from it:
//! `{{ shell.tr("key") }}`, `{{ shell.day(due) }}`, `{{ shell.lamp(lamp) }}`.

use std::borrow::{Borrow, Cow};

use bihuan_domain::instant::Instant;

use crate::assets;
use crate::i18n::{Key, Lang, Sentence, Var};
use crate::settings::{Settings, TextSize, Theme};
use crate::view::day::{self, Day, DayPart};
use crate::view::equation::{Equation, EquationPart};
use crate::view::field::{Field, FieldPart};
use crate::view::form::{Form, FormPart};
use crate::view::lamp::{Lamp, LampPart, LegendPart};
use crate::view::number::{Count, grouped};
use crate::view::paper::{PaperPart, PaperSheet};
use crate::view::qr::QrPart;
use crate::view::rate::{Rate, RatePart};
use crate::view::state::{EmptyPart, ErrorLine, ErrorsPart, RefusePart, Refused, RunningPart};
use crate::view::table::{Table, TablePart};
use crate::view::timeline::{Entry, PathPart, Shot, ShotsPart, TimelinePart};
use crate::view::why::{WhyStrip, WhyView, WhyWeeks};

/// One word of the navigation. The count stands only where something waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavEntry {
    pub label: Key,
    pub href: String,
    pub count: Option<u64>,
    pub current: bool,
}

/// Whoever is signed in, by unit and post. Persons' names are not on pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    pub unit: String,
    pub post: String,
}

/// The last signed state of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub at: Day,
    pub entries: u64,
    /// Later than it is: the clock was set back.
    pub is_ahead: bool,
}

#[derive(Clone, Debug)]
pub struct Shell {
    pub settings: Settings,
    pub county: String,
    /// Path and query of this page: where a settings form comes back to.
    pub path: String,
    pub csrf: String,
    pub nav: Vec<NavEntry>,
    pub today: Day,
    pub officer: Option<Officer>,
    /// Version of the playbook in force.
    pub playbook: String,
    pub checkpoint: Option<Checkpoint>,
    /// Every page of a demonstration says that its data are invented.
    pub demo: bool,
}

impl Shell {
    pub const fn lang(&self) -> Lang {
        self.settings.lang
    }

    pub fn tr(&self, key: &str) -> Cow<'static, str> {
        self.lang().tr(key)
    }

    pub fn trn<'a>(&self, key: &'a str, name: &'a str, value: impl Into<Var<'a>>) -> String {
        self.lang().trn(key, name, value)
    }

    pub fn say<'a>(&self, key: &'a str) -> Sentence<'a> {
        self.lang().say(key)
    }

    /// The message `family-code`, for members of closed sets.
    pub fn code_of(&self, family: &str, code: &str) -> Cow<'static, str> {
        self.lang().code_of(family, code)
    }

    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// What the clock says cannot be: the record was signed later.
    pub fn clock_fault(&self) -> Option<String> {
        let ahead = self.checkpoint.as_ref().filter(|checkpoint| checkpoint.is_ahead)?;
        Some(self.trn("clock-behind", "at", self.day_words(&ahead.at)))
    }

    /// Whole and in markup, with 休 or 班.
    pub fn day<'a>(&self, day: &'a Day) -> DayPart<'a> {
        DayPart { lang: self.lang(), day, this_year: self.today.date.year() }
    }

    /// What stands at the head of a printed sheet: whose, what, and as of when.
    pub fn print_head(&self, what: &str, now: Instant) -> String {
        self.say("print-head")
            .with("county", &self.county)
            .with("what", what)
            .with("day", self.day_words(&self.today))
            .with("time", day::clock(now.time()))
            .to_string()
    }

    /// Whole and in plain text.
    pub fn day_words(&self, day: &Day) -> String {
        day::plain(self.lang(), day, self.today.date.year())
    }

    pub fn lamp<'a>(&self, lamp: &'a Lamp) -> LampPart<'a> {
        LampPart { lamp }
    }

    pub fn rate(&self, rate: impl Borrow<Rate>) -> RatePart {
        RatePart { rate: rate.borrow().clone() }
    }

    /// Where the reader's post begins.
    pub fn home(&self) -> &str {
        self.nav.first().map_or("/", |first| &first.href)
    }

    pub fn number(&self, number: impl Count) -> String {
        grouped(number.count())
    }

    pub fn field<'a>(&self, field: &'a Field) -> FieldPart<'a> {
        FieldPart { lang: self.lang(), field }
    }

    pub fn errors<'a>(&self, lines: impl Into<Cow<'a, [ErrorLine]>>) -> ErrorsPart<'a> {
        ErrorsPart { lang: self.lang(), lines: lines.into() }
    }

    pub fn empty<'a>(&self, title: &'a str, fills: &'a str) -> EmptyPart<'a> {
        EmptyPart { title, fills }
    }

    pub fn refuse<'a>(&self, refused: &'a Refused) -> RefusePart<'a> {
        RefusePart { refused }
    }

    pub fn running<'a>(&self, title: &'a str, done: &u64, of: &u64) -> RunningPart<'a> {
        RunningPart { lang: self.lang(), title, done: *done, of: *of }
    }

    /// For phones. It stands open when the date has moved.
    pub fn why_weeks<'a>(&self, why: &'a WhyView) -> WhyWeeks<'a> {
        let open = why.moves.len() > 1;
        WhyWeeks { lang: self.lang(), why, this_year: self.today.date.year(), open }
    }

    /// For desks.
    pub fn why_strip<'a>(&self, why: &'a WhyView) -> WhyStrip<'a> {
        WhyStrip { lang: self.lang(), why, this_year: self.today.date.year() }
    }

    /// For desks.
    pub fn timeline<'a>(&self, entries: &'a [Entry]) -> TimelinePart<'a> {
        TimelinePart { lang: self.lang(), this_year: self.today.date.year(), entries }
    }

    /// The timeline of a phone.
    pub fn path<'a>(&self, entries: &'a [Entry]) -> PathPart<'a> {
        PathPart { lang: self.lang(), this_year: self.today.date.year(), entries }
    }

    pub fn shots<'a>(&self, shots: &'a [Shot]) -> ShotsPart<'a> {
        ShotsPart { shots }
    }

    pub fn qr<'a>(&self, text: &str, label: &'a str) -> Option<QrPart<'a>> {
        QrPart::of(text, label)
    }

    pub fn form<'a>(&'a self, form: &'a Form) -> FormPart<'a> {
        FormPart { lang: self.lang(), form, csrf: &self.csrf }
    }

    pub fn table(&self, table: Table) -> TablePart<'_> {
        let this_year = self.today.date.year();
        TablePart { lang: self.lang(), this_year, csrf: &self.csrf, table }
    }

    pub fn paper<'a>(&self, paper: &'a PaperSheet) -> PaperPart<'a> {
        PaperPart { paper }
    }

    pub fn equation<'a>(&self, equation: &'a Equation) -> EquationPart<'a> {
        EquationPart { equation }
    }

    /// What the lamps mean, within reach on every page that shows them.
    pub fn legend(&self) -> LegendPart {
        LegendPart { lang: self.lang() }
    }

    pub fn is_large(&self) -> bool {
        self.settings.text == TextSize::Large
    }

    pub fn is_chinese(&self) -> bool {
        self.lang() == Lang::Zh
    }

    /// Attributes of `<html>`.
    pub(crate) fn html_attributes(&self) -> HtmlAttributes {
        HtmlAttributes(self.settings)
    }
}

/// `lang`, and the attributes that choose theme and size when the person has.
pub(crate) struct HtmlAttributes(Settings);

impl askama::filters::HtmlSafe for HtmlAttributes {}

impl std::fmt::Display for HtmlAttributes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "lang=\"{}\"", self.0.lang.tag())?;
        match self.0.theme {
            Theme::System => {}
            Theme::Light => f.write_str(" data-bs-theme=\"light\"")?,
            Theme::Dark => f.write_str(" data-bs-theme=\"dark\"")?,
        }
        if self.0.text == TextSize::Large {
            f.write_str(" data-text=\"large\"")?;
        }
        Ok(())
    }
}
