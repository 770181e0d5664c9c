//! A unit's own list: grouped by lamp, each line with its nodes as stops and
//! the one step that comes next.

use askama::Template;

use super::{Stop, Tab};
use crate::i18n::{Key, Lang};
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::lamp::Lamp;
use crate::view::rich::Rich;
use crate::view::state::Refused;
use crate::view::table::Pages;

/// What comes next on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A step this person may take.
    Step { label: String, href: String },
    /// Somebody else's turn, or several ways open.
    Words(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub number: String,
    pub href: String,
    pub title: String,
    /// `网格案件，急件`
    pub kind: String,
    pub lamp: Lamp,
    pub due: Option<Day>,
    pub place: String,
    pub stops: Vec<Stop>,
    pub next: Next,
    /// Waits for signing and may be signed from here.
    pub may_sign: bool,
    pub is_late: bool,
    pub is_picked: bool,
}

/// Lines under one heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub lamp: Option<Lamp>,
    pub name: String,
    /// `19件，先列最近的3件`
    pub count: String,
    pub lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "pages/desk/worklist.html")]
pub struct Worklist {
    pub shell: Shell,
    pub say: Rich,
    pub tabs: Vec<Tab>,
    pub groups: Vec<Group>,
    pub pages: Pages,
    /// Lines that could be signed together.
    pub signable: u64,
    pub done: Option<String>,
    pub refused: Option<Refused>,
}

/// "Sign these?": asked before several matters are signed in one act.
#[derive(Template)]
#[template(path = "pages/desk/sign_many.html")]
pub struct SignMany {
    pub shell: Shell,
    pub lines: Vec<Line>,
    /// One command id a line, in the same order.
    pub commands: Vec<String>,
}

impl SignMany {
    fn pairs(&self) -> impl Iterator<Item = (&Line, &String)> {
        self.lines.iter().zip(&self.commands)
    }
}

/// A unit's open matters; the first four add up to `open`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub open: i64,
    pub late: i64,
    pub soon: i64,
    pub on_track: i64,
    pub to_sign: i64,
    /// Late, or due today.
    pub today: i64,
}

/// The sentence over the list.
pub fn sentence(lang: Lang, counts: &Counts) -> Rich {
    Rich::of(lang, Key("work-say"))
        .number("open", counts.open)
        .number("late", counts.late)
        .number("soon", counts.soon)
        .number("ok", counts.on_track)
        .number("sign", counts.to_sign)
        .number("today", counts.today)
        .done()
}
