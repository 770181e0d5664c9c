//! A table of tasks: where it is given, and how it was understood.

use askama::Template;

use super::{Said, tabs};
use crate::i18n::Lang;
use crate::pages::desk::Tab;
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::field::{Choice, Control, Field};
use crate::view::form::{Entered, Form};
use crate::view::state::Refused;

const HERE: &str = "/supervision/table";

#[derive(Template)]
#[template(path = "pages/desk/registration-table.html")]
pub struct TableStart {
    pub shell: Shell,
    pub form: Form,
    pub refused: Option<Refused>,
}

impl TableStart {
    fn tabs(&self) -> Vec<Tab> {
        tabs(self.shell.lang(), HERE)
    }
}

pub fn start_form(lang: Lang, entered: &Entered) -> Form {
    let file = Control::Files { accept: ".xlsx,.csv,.txt", multiple: false, camera: false };
    let fields = vec![
        Field::new("file", lang.tr("registration-file"), file)
            .hint(lang.tr("registration-table-file-hint"))
            .optional(),
        Field::area("pasted", lang.tr("registration-pasted"), 6)
            .hint(lang.tr("registration-table-pasted-hint"))
            .optional(),
    ];
    Form::post(HERE, lang.tr("registration-read"), fields).in_parts().entered(entered)
}

/// What one column was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// `col-3`
    pub name: String,
    pub letters: String,
    pub heading: String,
    pub samples: String,
    pub chosen: String,
    pub choices: Vec<Choice>,
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub row: u64,
    /// The heading over this and the rows that follow.
    pub section: Option<String>,
    pub depth: u8,
    pub task: String,
    /// Goal, source, note, as they will be kept.
    pub more: Vec<String>,
    pub lead: String,
    pub co: String,
    pub class: String,
    pub due: Option<Day>,
    /// What stood there, and how it was read.
    pub due_said: Option<String>,
    pub people: Vec<String>,
    pub said: Vec<Said>,
}

impl Row {
    fn is_wrong(&self) -> bool {
        self.said.iter().any(|said| said.is_error)
    }
}

#[derive(Template)]
#[template(path = "pages/desk/registration-table-preview.html")]
pub struct TablePreview {
    pub shell: Shell,
    pub command: String,
    /// The sheet itself: nothing is kept on the server.
    pub sheet: String,
    pub header_row: String,
    pub common: Vec<Field>,
    /// Whether headings over groups become tasks; none where there is none.
    pub sections: Option<bool>,
    pub general: Vec<Said>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// How many will be registered.
    pub tasks: usize,
    pub errors: usize,
    pub warnings: usize,
    pub refused: Option<Refused>,
    pub again: Form,
}

impl TablePreview {
    fn tabs(&self) -> Vec<Tab> {
        tabs(self.shell.lang(), HERE)
    }
}
