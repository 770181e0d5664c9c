//! A matter: what, where, whose, until when and why; what happened; what this
//! person can do now and, where something cannot be done, why not.

use askama::Template;

use super::MiniMap;
use super::papers::OnMatter;
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::lamp::Lamp;
use crate::view::state::Refused;
use crate::view::timeline::Entry;
use crate::view::why::WhyView;

/// A step this person may take now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Can {
    pub label: String,
    pub href: String,
    pub key: Option<char>,
    /// The step this stage waits for: the one primary button.
    pub is_main: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cannot {
    pub label: String,
    /// Why, and the way forward.
    pub why: String,
    /// Where what is missing is given: address and words.
    pub link: Option<(String, String)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct NextFact {
    pub lamp: Lamp,
    pub what: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DueFact {
    pub day: Day,
    pub lamp: Lamp,
}

/// A report of the same thing that was merged into this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SamePlace {
    pub at: Day,
    pub source: String,
    pub state: String,
    pub href: Option<String>,
}

/// Another matter and what it is to this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedLine {
    pub relation: String,
    pub title: String,
    /// None where the reader may not open it.
    pub href: Option<String>,
    pub state: String,
}

/// A slip that has a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipPaper {
    pub colour: String,
    pub document: String,
    pub state: String,
    pub pdf_href: String,
    pub docx_href: String,
}

#[derive(Template)]
#[template(path = "pages/desk/matter.html")]
pub struct Matter {
    pub shell: Shell,
    pub printed: String,
    /// The list it was opened from: words and address.
    pub list: (String, String),
    /// `第3件，共30件`
    pub position: Option<String>,
    pub previous_href: Option<String>,
    pub next_href: Option<String>,
    pub number: String,
    pub title: String,
    /// Source, item, grid.
    pub about: Vec<String>,
    pub place: Option<(String, String)>,
    pub stage: String,
    pub next: Option<NextFact>,
    pub due: Option<DueFact>,
    /// `主办 市城市照明中心·维修一班`
    pub handling: Vec<String>,
    /// What is said where there is no date.
    pub without_due: String,
    /// Where it comes from: a heading and its lines.
    pub origin: (String, Vec<String>),
    pub why: Option<WhyView>,
    pub entries_say: String,
    pub entries: Vec<Entry>,
    /// The other order: words and address.
    pub order: (String, String),
    pub can: Vec<Can>,
    pub cannot: Vec<Cannot>,
    /// What a task, finding or paper says of itself: name and value.
    pub brief: Vec<(String, String)>,
    pub linked: Vec<LinkedLine>,
    /// The document itself, where the matter is a paper.
    pub paper: Option<OnMatter>,
    pub slips: Vec<SlipPaper>,
    /// Where all it was broken down into stands.
    pub tree_href: Option<String>,
    /// What the item asks for: filing and closing condition, evidence.
    pub asks: Vec<(String, String)>,
    pub map: Option<MiniMap>,
    pub place_lines: Vec<String>,
    pub same_place: Vec<SamePlace>,
    /// Receipt and proof for those who may hand it over.
    pub proof_href: Option<String>,
    pub done: Option<String>,
    pub refused: Option<Refused>,
}

impl Matter {
    fn has_others(&self) -> bool {
        self.can.iter().any(|one| !one.is_main)
    }
}
