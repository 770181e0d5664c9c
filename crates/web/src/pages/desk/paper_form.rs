//! A paper being written: its fields, and beside them what they make so far.

use askama::Template;

use crate::shell::Shell;
use crate::view::field::Choice;
use crate::view::paper::PaperSheet;
use crate::view::state::Refused;

/// A field of a template. Templates are the county's, so their names are not
/// ours to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperInput {
    /// Also its id.
    pub name: String,
    pub label: String,
    pub is_optional: bool,
    pub control: Input,
    pub error: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Line(String),
    Area(String),
    Date(String),
    Number(String),
    Unit {
        choices: Vec<Choice>,
        chosen: String,
    },
    /// Each column's name and label; a row has a cell for each.
    Table {
        columns: Vec<(String, String)>,
        rows: Vec<Vec<String>>,
    },
}

impl Input {
    const fn is_table(&self) -> bool {
        matches!(self, Self::Table { .. })
    }
}

/// A finding that may be put under the notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingChoice {
    pub number: String,
    pub title: String,
    pub unit: String,
    pub due: String,
    pub is_picked: bool,
}

/// What the form makes so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewView {
    pub sheet: PaperSheet,
    pub characters: String,
    pub is_too_long: bool,
    /// What is still missing or wrong.
    pub problems: Vec<String>,
    /// What one more paper weighs on whom it goes to.
    pub burden: Vec<String>,
    /// What stands against it unless a leader passes it over.
    pub against: Vec<String>,
}

/// What of a bulletin is counted and not typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedView {
    /// Carried through the form: names and values.
    pub hidden: Vec<(String, String)>,
    /// Asked again with another cut-off.
    pub filter: crate::view::form::Form,
    pub say: String,
    pub rule: String,
}

#[derive(Template)]
#[template(path = "pages/desk/paper-form.html")]
pub struct PaperForm {
    pub shell: Shell,
    pub heading: String,
    pub action: String,
    pub command: String,
    pub template: String,
    pub fields: Vec<PaperInput>,
    pub findings: Vec<FindingChoice>,
    pub counted: Option<CountedView>,
    pub preview: PreviewView,
    pub over: String,
    /// The template's wording is ours and not the county's.
    pub is_example: bool,
    pub refused: Option<Refused>,
}

/// The preview alone, swapped while one types.
#[derive(Template)]
#[template(path = "pages/desk/paper-preview.html")]
pub struct PreviewPart {
    pub shell: Shell,
    pub preview: PreviewView,
}
