//! Words a county suggests for what residents read. A template has typed
//! blanks, so that a misspelt one is found by the check and not by a resident.

use super::model::Text;
use super::problem::Problem;
use crate::ids::{ClassCode, ItemCode};

/// What a suggested answer is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    Item(ItemCode),
    Class(ClassCode),
    Everything,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerWording {
    pub about: About,
    pub zh: Template,
    pub en: Template,
}

/// What Bihuan can fill in by itself, written `{item}` in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// The item's name.
    Item,
    /// The item's closing condition.
    Closing,
    /// Address, place or grid, whichever is known first.
    Place,
    /// The unit that leads.
    Unit,
    Number,
    /// The day it was reported.
    FiledOn,
    Today,
    /// Days the reporter has to say that it is not fixed.
    RatingDays,
}

impl Blank {
    pub const ALL: [Self; 8] = [
        Self::Item,
        Self::Closing,
        Self::Place,
        Self::Unit,
        Self::Number,
        Self::FiledOn,
        Self::Today,
        Self::RatingDays,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Closing => "closing",
            Self::Place => "place",
            Self::Unit => "unit",
            Self::Number => "number",
            Self::FiledOn => "filed-on",
            Self::Today => "today",
            Self::RatingDays => "rating-days",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Blank(Blank),
}

/// A text with blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

impl Template {
    /// Reads a template, or says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let pieces = cut(text)?.into_iter().map(|piece| match piece {
            Cut::Words(words) => Ok(Piece::Words(words.to_owned())),
            Cut::Name(name) => blank(name).map(Piece::Blank),
        });
        pieces.collect::<Result<_, _>>().map(Self)
    }

    /// The text with its blanks filled.
    pub fn fill(&self, value: impl Fn(Blank) -> String) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Blank(blank) => value(*blank),
        });
        pieces.collect()
    }

    /// As it was written.
    pub fn written(&self) -> String {
        self.fill(|blank| format!("{{{}}}", blank.code()))
    }
}

impl AnswerWording {
    pub(super) fn text(&self) -> Text {
        Text { zh: self.zh.written(), en: self.en.written() }
    }
}

/// A part of a text with blanks; what stands in the braces is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut<'a> {
    Words(&'a str),
    Name(&'a str),
}

pub(super) fn cut(text: &str) -> Result<Vec<Cut<'_>>, Problem> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        let (name, left) = after.split_once('}').ok_or_else(|| unclosed(after))?;
        if !words.is_empty() {
            pieces.push(Cut::Words(words));
        }
        pieces.push(Cut::Name(name.trim()));
        rest = left;
    }
    if !rest.is_empty() {
        pieces.push(Cut::Words(rest));
    }
    Ok(pieces)
}

fn unclosed(after: &str) -> Problem {
    Problem::BlankNotClosed { given: after.chars().take(12).collect() }
}

fn blank(name: &str) -> Result<Blank, Problem> {
    let known = Blank::ALL.into_iter().find(|blank| blank.code() == name);
    known.ok_or_else(|| {
        let all: Vec<String> =
            Blank::ALL.iter().map(|blank| format!("{{{}}}", blank.code())).collect();
        Problem::UnknownBlank { name: name.to_owned(), near: all.join(", ") }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_and_the_rest_is_kept() {
        let template = Template::parse("{place}的{ item }修好了。").unwrap();
        let said = template.fill(|blank| blank.code().to_uppercase());
        assert_eq!(said, "PLACE的ITEM修好了。");
        assert_eq!(template.written(), "{place}的{item}修好了。");
    }

    #[test]
    fn a_filled_value_is_not_read_as_a_template_again() {
        let template = Template::parse("{place}").unwrap();
        assert_eq!(template.fill(|_| "{item}".to_owned()), "{item}");
    }
}
