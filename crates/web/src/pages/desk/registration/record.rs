//! A meeting record: where it is given, and the tree of tasks it was read into.

use askama::Template;

use super::{Said, tabs, whole_lead};
use crate::i18n::{Key, Lang};
use crate::pages::desk::Tab;
use crate::shell::Shell;
use crate::view::field::{Choice, Control, Field};
use crate::view::form::{Entered, Form};
use crate::view::state::Refused;

const HERE: &str = "/supervision/record";

#[derive(Template)]
#[template(path = "pages/desk/registration-record.html")]
pub struct RecordStart {
    pub shell: Shell,
    pub form: Form,
    pub refused: Option<Refused>,
}

impl RecordStart {
    fn tabs(&self) -> Vec<Tab> {
        tabs(self.shell.lang(), HERE)
    }
}

pub fn start_form(lang: Lang, entered: &Entered) -> Form {
    let file = Control::Files { accept: ".docx,.txt", multiple: false, camera: false };
    let fields = vec![
        Field::new("file", lang.tr("registration-file"), file)
            .hint(lang.tr("registration-record-file-hint"))
            .optional(),
        Field::area("pasted", lang.tr("registration-pasted"), 10)
            .hint(lang.tr("registration-record-pasted-hint"))
            .optional(),
    ];
    Form::post(HERE, lang.tr("registration-read"), fields).in_parts().entered(entered)
}

/// What is said once of the meeting.
pub fn meeting_fields(lang: Lang, sources: Vec<Choice>, entered: &Entered) -> Vec<Field> {
    let line = |name, key: Key| Field::line(name, lang.tr(key.0)).max_length(200);
    let mut fields = vec![
        line("title", Key("registration-meeting")).hint(lang.tr("registration-meeting-hint")),
        Field::new("source", lang.tr("registration-source"), Control::Select(sources)),
        line("basis", Key("registration-basis")).optional(),
        line("approver", Key("registration-approver")).optional(),
        whole_lead(lang),
    ];
    for field in &mut fields {
        if let Some(value) = entered.value(field.name) {
            value.clone_into(&mut field.value);
        }
        field.error = entered.error(field.name).map(str::to_owned);
    }
    fields
}

/// One decision, with what may be changed of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub row: u64,
    pub depth: u8,
    pub number: String,
    pub title: String,
    /// The whole paragraph, where it says more than the title.
    pub text: Option<String>,
    pub is_kept: bool,
    pub lead: String,
    pub co: String,
    /// As it is typed: `2026-12-31`.
    pub due: String,
    pub due_said: Option<String>,
    pub class: String,
    pub classes: Vec<Choice>,
    pub people: Vec<String>,
    pub said: Vec<Said>,
}

#[derive(Template)]
#[template(path = "pages/desk/registration-record-preview.html")]
pub struct RecordPreview {
    pub shell: Shell,
    pub command: String,
    /// The record itself: nothing is kept on the server.
    pub text: String,
    pub lost: String,
    pub meeting: Vec<Field>,
    pub general: Vec<Said>,
    pub decisions: Vec<Decision>,
    /// Names that may be typed.
    pub units: Vec<String>,
    /// Paragraphs that are no decisions.
    pub others: Vec<String>,
    pub may_file: bool,
    pub refused: Option<Refused>,
    pub again: Form,
}

impl RecordPreview {
    fn tabs(&self) -> Vec<Tab> {
        tabs(self.shell.lang(), HERE)
    }
}
