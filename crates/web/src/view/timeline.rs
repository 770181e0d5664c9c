//! What happened, in order, with its words and pictures. Newest first on desks,
//! oldest first for residents. A resident's own words are quoted in full.

use askama::Template;

use super::day::{Day, DayPart};
use super::markup;
use crate::i18n::Lang;

/// A photo or file. The caption says what, when, how far from the place, and
/// the first and last digits of its fingerprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shot {
    /// Small picture; `None` for other files.
    pub thumb: Option<String>,
    pub href: String,
    pub alt: String,
    pub caption: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub at: Day,
    /// A turning point has a filled dot.
    pub is_key: bool,
    pub verb: String,
    /// Unit·post.
    pub who: String,
    pub words: Vec<String>,
    /// A resident's own words.
    pub quote: Option<String>,
    pub shots: Vec<Shot>,
}

impl Entry {
    pub fn new(at: Day, verb: impl Into<String>) -> Self {
        Self {
            at,
            is_key: false,
            verb: verb.into(),
            who: String::new(),
            words: Vec::new(),
            quote: None,
            shots: Vec::new(),
        }
    }

    #[must_use]
    pub const fn key(mut self) -> Self {
        self.is_key = true;
        self
    }

    #[must_use]
    pub fn by(mut self, who: impl Into<String>) -> Self {
        self.who = who.into();
        self
    }

    #[must_use]
    pub fn says(mut self, words: impl Into<String>) -> Self {
        self.words.push(words.into());
        self
    }
}

/// For desks.
#[derive(Template)]
#[template(path = "components/timeline.html")]
pub struct TimelinePart<'a> {
    pub lang: Lang,
    pub this_year: i16,
    pub entries: &'a [Entry],
}

/// For phones.
#[derive(Template)]
#[template(path = "components/path.html")]
pub struct PathPart<'a> {
    pub lang: Lang,
    pub this_year: i16,
    pub entries: &'a [Entry],
}

#[derive(Template)]
#[template(path = "components/shots.html")]
pub struct ShotsPart<'a> {
    pub shots: &'a [Shot],
}

markup!(TimelinePart, PathPart, ShotsPart);

impl TimelinePart<'_> {
    fn day<'a>(&self, day: &'a Day) -> DayPart<'a> {
        DayPart { lang: self.lang, day, this_year: self.this_year }
    }

    fn shots<'a>(&self, shots: &'a [Shot]) -> ShotsPart<'a> {
        ShotsPart { shots }
    }
}

impl PathPart<'_> {
    fn day<'a>(&self, day: &'a Day) -> DayPart<'a> {
        DayPart { lang: self.lang, day, this_year: self.this_year }
    }

    fn shots<'a>(&self, shots: &'a [Shot]) -> ShotsPart<'a> {
        ShotsPart { shots }
    }
}
