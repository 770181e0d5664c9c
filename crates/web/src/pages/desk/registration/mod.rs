//! Registering supervised tasks: the form of one, the preview of a table and
//! the preview of a meeting record.

pub mod record;
pub mod table;
pub mod trouble;

use askama::Template;
use bihuan_domain::matter::{Source, Urgency};

use crate::i18n::{Key, Lang};
use crate::pages::desk::Tab;
use crate::shell::Shell;
use crate::view::field::{Choice, Control, Field};
use crate::view::form::{Entered, Form};
use crate::view::state::Refused;

/// What is wrong or doubtful, beside what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub is_error: bool,
    pub words: String,
    /// A field in which it can be put right.
    pub mend: Option<Mend>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    pub name: String,
    pub label: String,
    pub value: String,
    /// Names that may have been meant.
    pub near: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/desk/registration-task.html")]
pub struct TaskPage {
    pub shell: Shell,
    pub form: Form,
    /// Read once and then sent as it is.
    pub doubts: Vec<String>,
    pub refused: Option<Refused>,
}

impl TaskPage {
    fn tabs(&self) -> Vec<Tab> {
        tabs(self.shell.lang(), "/supervision/new")
    }
}

/// The three ways to register.
pub fn tabs(lang: Lang, current: &str) -> Vec<Tab> {
    let ways = [
        (Key("registration-one"), "/supervision/new"),
        (Key("registration-table"), "/supervision/table"),
        (Key("registration-record"), "/supervision/record"),
    ];
    let tab = |(Key(key), href): (Key, &str)| {
        let tab = Tab::new(lang.tr(key), None, href);
        if href == current { tab.current() } else { tab }
    };
    ways.into_iter().map(tab).collect()
}

pub struct Offered {
    pub units: Vec<Choice>,
    pub sources: Vec<Choice>,
    pub kinds: Vec<Choice>,
    /// Lines of the villages' duty list.
    pub duties: Vec<Choice>,
}

pub fn task_form(lang: Lang, command: &str, offered: Offered, entered: &Entered) -> Form {
    let area = |name, key: Key, rows| Field::area(name, lang.tr(key.0), rows).max_length(2_000);
    let line = |name, key: Key| Field::line(name, lang.tr(key.0)).max_length(200);
    let date = Control::Line { kind: "date", autocomplete: "off" };
    let mut units = vec![Choice::new("", lang.tr("registration-no-unit"))];
    units.extend(offered.units);
    let mut fields = vec![
        area("words", Key("field-task"), 4),
        area("goal", Key("field-goal"), 2).optional(),
        Field::new("source", lang.tr("registration-source"), Control::Radios(offered.sources))
            .value(Source::Meeting.code()),
        line("basis", Key("registration-basis"))
            .hint(lang.tr("registration-basis-hint"))
            .optional(),
        line("approver", Key("registration-approver")).optional(),
        Field::new("urgency", lang.tr("registration-class"), Control::Radios(offered.kinds))
            .value(Urgency::Ordinary.code()),
        line("official", Key("field-official")).optional(),
        Field::new("lead", lang.tr("registration-lead"), Control::Select(units))
            .hint(lang.tr("registration-lead-hint"))
            .optional(),
        line("co", Key("field-co")).hint(lang.tr("registration-co-hint")).optional(),
        line("person", Key("field-person")).optional(),
        Field::new("due_on", lang.tr("field-due-on"), date)
            .hint(lang.tr("registration-due-hint"))
            .optional(),
        line("part_of", Key("registration-part-of"))
            .hint(lang.tr("registration-part-of-hint"))
            .optional(),
    ];
    if !offered.duties.is_empty() {
        let mut duties = vec![Choice::new("", lang.tr("field-choose"))];
        duties.extend(offered.duties);
        let field = Field::new("duty", lang.tr("field-duty"), Control::Select(duties))
            .hint(lang.tr("field-duty-hint"))
            .optional();
        fields.push(field);
    }
    Form::post("/supervision/new", lang.tr("registration-go"), fields)
        .with("command", command)
        .entered(entered)
}

/// What is said once of all tasks of a table.
pub fn common_fields(lang: Lang, sources: Vec<Choice>, entered: &Entered) -> Vec<Field> {
    let line = |name, key: Key| Field::line(name, lang.tr(key.0)).max_length(200).optional();
    let mut fields = vec![
        Field::new("source", lang.tr("registration-source"), Control::Select(sources))
            .value(Source::Paper.code()),
        line("basis", Key("registration-basis")),
        line("approver", Key("registration-approver")),
        line("whole", Key("registration-whole")).hint(lang.tr("registration-whole-hint")),
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

/// The unit that answers for the whole.
fn whole_lead(lang: Lang) -> Field {
    Field::line("whole_lead", lang.tr("registration-whole-lead"))
        .hint(lang.tr("registration-whole-lead-hint"))
        .max_length(200)
        .optional()
}
