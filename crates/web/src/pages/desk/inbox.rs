//! Triage: the messages that wait, one of them open, and what is suggested for
//! it with the reasons and the counts behind them. Nothing is chosen for anybody:
//! a suggestion is a radio button.

use askama::Template;

use super::{MiniMap, Tab};
use crate::i18n::{Key, Lang};
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::field::{Choice, Field};
use crate::view::lamp::Lamp;
use crate::view::rich::Rich;
use crate::view::state::Refused;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub href: String,
    pub lamp: Lamp,
    /// Town or street.
    pub place: String,
    pub source: String,
    /// `13:11`, or the date when it is not today's.
    pub time: String,
    pub words: String,
    pub duplicates: u32,
    pub has_risk: bool,
    /// Closed, and brought back by what the reporter said.
    pub is_back: bool,
    pub is_current: bool,
}

/// A stretch of the reporter's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    Plain(String),
    /// Points to the suggested item.
    Points(String),
    /// Speaks of danger to people.
    Risk(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    pub thumb: String,
    pub href: String,
    /// What a screen reader says.
    pub alt: String,
    /// When it was taken and how far from the place.
    pub caption: String,
}

/// Another matter, compared with the open one line by line.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    pub number: String,
    pub href: String,
    pub problem: Compared,
    pub place: Compared,
    pub time: Compared,
    pub state: Lamp,
    /// Merging is only offered into a matter that is still open.
    pub may_merge: bool,
}

/// What the other matter says, and in which way it is the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    pub text: String,
    pub same: Option<String>,
}

/// Something suggested, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggested {
    pub value: String,
    pub label: String,
    pub because: Vec<String>,
    pub is_picked: bool,
}

/// An urgency, with the date that would follow from dispatching now.
#[derive(Clone, Debug, PartialEq)]
pub struct UrgencyChoice {
    pub value: String,
    pub label: String,
    pub because: Vec<String>,
    pub is_picked: bool,
    pub due: Option<Day>,
    /// How that date is counted, in words.
    pub counted: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub number: String,
    pub source: String,
    pub filed: Day,
    pub lamp: Lamp,
    /// `收到后2小时内受理，15:11到`
    pub limit: String,
    pub words: Vec<Run>,
    pub photos: Vec<Photo>,
    pub map: Option<MiniMap>,
    pub place: Vec<String>,
    /// Whether the reporter can be called; never who it is.
    pub reporter: String,
    pub identity_href: Option<String>,
    /// The one act of this page is this post's to take.
    pub may_carry_on: bool,
    pub before: Option<String>,
    pub this: Alike,
    pub alike: Vec<Alike>,
    pub items: Vec<Suggested>,
    /// All items, by class.
    pub other_items: Vec<(String, Vec<Choice>)>,
    pub leads: Vec<Suggested>,
    pub co_units: Vec<Suggested>,
    pub other_units: Vec<Choice>,
    pub object_unit: Option<String>,
    pub urgencies: Vec<UrgencyChoice>,
    /// What the unit is told, where it reads no words of the report; what was
    /// typed is kept.
    pub brief: Option<Field>,
    /// Entries seen, so that a second officer learns what changed meanwhile.
    pub seen: u64,
    /// Made when the page was, so that a repeated submit is answered once.
    pub command: String,
    /// The list the message was opened from, and who comes after it there.
    pub tab: String,
    pub after: String,
    pub next_number: String,
    pub next_href: Option<String>,
    pub previous_href: Option<String>,
}

impl Message {
    fn has_mergeable(&self) -> bool {
        self.alike.iter().any(|other| other.may_merge)
    }

    /// The key M belongs to the first that it may be merged into.
    fn merges_by_key(&self, other: &Alike) -> bool {
        let first = self.alike.iter().find(|one| one.may_merge);
        first.is_some_and(|first| first.number == other.number)
    }

    fn step(&self, step: &str) -> String {
        format!("/m/{}/{step}?from=inbox", self.number)
    }
}

#[derive(Template)]
#[template(path = "pages/desk/inbox.html")]
pub struct Inbox {
    pub shell: Shell,
    pub say: Rich,
    pub tabs: Vec<Tab>,
    pub waiting: Vec<Waiting>,
    /// How many more, and where.
    pub more: Option<(u64, String)>,
    pub open: Option<Message>,
    pub done: Option<String>,
    pub refused: Option<Refused>,
}

/// The sentence over the list. `oldest` is how long the oldest has waited, in words.
pub fn sentence(lang: Lang, counts: &Counts, oldest: Option<&str>) -> Rich {
    let said = Rich::of(lang, Key("inbox-say"))
        .number("received", counts.received)
        .number("sorted", counts.sorted)
        .number("left", counts.left)
        .number("soon", counts.soon)
        .done();
    match oldest {
        None => said.then(&Rich::of(lang, Key("inbox-say-end")).done()),
        Some(time) => {
            said.then(&Rich::of(lang, Key("inbox-say-oldest")).words("time", time).done())
        }
    }
}

/// Today's messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub received: i64,
    pub sorted: i64,
    pub left: i64,
    /// Close to the acceptance limit.
    pub soon: i64,
}
