//! What a page says when there is nothing to show, when something was refused,
//! while a long job runs, and which fields of a form need mending.

use std::borrow::Cow;

use askama::Template;

use super::markup;
use crate::i18n::Lang;

/// An empty list, and what would fill it.
#[derive(Template)]
#[template(path = "components/empty.html")]
pub struct EmptyPart<'a> {
    pub title: &'a str,
    pub fills: &'a str,
}

/// A refusal: what is missing, and where it can be supplied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub title: String,
    pub next: String,
    /// Address and words of the link that leads on.
    pub link: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "components/refuse.html")]
pub struct RefusePart<'a> {
    pub refused: &'a Refused,
}

/// A long job: how far it is. It can be left.
#[derive(Template)]
#[template(path = "components/running.html")]
pub struct RunningPart<'a> {
    pub lang: Lang,
    pub title: &'a str,
    pub done: u64,
    pub of: u64,
}

/// One line of the summary above a form: the field's id and what to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorLine {
    pub field: String,
    pub message: String,
}

#[derive(Template)]
#[template(path = "components/errors.html")]
pub struct ErrorsPart<'a> {
    pub lang: Lang,
    pub lines: Cow<'a, [ErrorLine]>,
}

markup!(EmptyPart, RefusePart, RunningPart, ErrorsPart);
