//! Planning an inspection and writing down what it found.

use askama::Template;

use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::field::{Choice, Control, Field};
use crate::view::form::{Entered, Form};
use crate::view::state::Refused;
use crate::view::table::{Cell, Column, Row, Table};

/// 政府督查工作条例 Art. 14.
pub const TYPES: [&str; 5] = ["comprehensive", "special", "incident", "daily", "clue"];
/// Art. 12.
pub const METHODS: [&str; 8] =
    ["self-check", "report", "visit", "forum", "documents", "leads", "talk", "online"];

/// What one more would weigh on a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    pub unit: String,
    pub used: i64,
    /// With the new one.
    pub then: i64,
    pub budget: Option<u32>,
    /// Why it cannot go on without a leader's reason.
    pub against: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/desk/inspect.html")]
pub struct Inspect {
    pub shell: Shell,
    pub title: String,
    pub say: String,
    pub form: Form,
    pub weighed: Vec<Weighed>,
    pub refused: Option<Refused>,
}

impl Inspect {
    fn weights(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("col-unit")),
            Column::figures(lang.tr("inspect-used")),
            Column::figures(lang.tr("inspect-budget")),
            Column::figures(lang.tr("inspect-then")),
            Column::words(lang.tr("inspect-against")),
        ];
        let rows = self.weighed.iter().map(|one| {
            let budget = one.budget.map_or(Cell::Nothing, |budget| Cell::words(budget.to_string()));
            Row::of(vec![
                Cell::words(&one.unit),
                Cell::words(one.used.to_string()),
                budget,
                Cell::words(one.then.to_string()),
                Cell::words(one.against.join(" ")),
            ])
        });
        Table::new(columns, rows.collect())
    }
}

fn date(name: &'static str, label: impl Into<String>) -> Field {
    Field::new(name, label, Control::Line { kind: "date", autocomplete: "off" })
}

fn coded(lang: Lang, family: &str, codes: &[&str]) -> Vec<Choice> {
    codes.iter().map(|code| Choice::new(*code, lang.code_of(family, code))).collect()
}

pub fn inspection(lang: Lang, command: &str, units: Vec<Choice>, entered: &Entered) -> Form {
    let fields = vec![
        Field::new(
            "type",
            lang.tr("inspect-type"),
            Control::Radios(coded(lang, "inspect-type", &TYPES)),
        )
        .value(TYPES[1]),
        Field::new(
            "method",
            lang.tr("inspect-method"),
            Control::Ticks(coded(lang, "inspect-method", &METHODS)),
        ),
        Field::area("words", lang.tr("inspect-words"), 4)
            .hint(lang.tr("inspect-words-hint"))
            .max_length(2_000),
        Field::new("units", lang.tr("inspect-units"), Control::Folded(units)),
        date("from_on", lang.tr("field-from-on")),
        date("due_on", lang.tr("inspect-due-on")),
        Field::line("basis", lang.tr("field-basis")).optional(),
    ];
    Form::post("/rectification/inspection", lang.tr("inspect-draft"), fields)
        .with("command", command)
        .also("/rectification/inspection/weigh", lang.tr("inspect-weigh"))
        .or_back("/rectification", lang.tr("form-cancel"))
        .entered(entered)
}

pub fn finding(
    lang: Lang,
    command: &str,
    units: Vec<Choice>,
    kinds: Vec<Choice>,
    entered: &Entered,
) -> Form {
    let mut leads = vec![Choice::new("", lang.tr("field-choose"))];
    leads.extend(units.iter().cloned());
    let fields = vec![
        Field::area("words", lang.tr("finding-words"), 4)
            .hint(lang.tr("finding-words-hint"))
            .max_length(2_000),
        Field::new("kind", lang.tr("finding-kind"), Control::Radios(kinds)),
        Field::new("lead", lang.tr("finding-unit"), Control::Select(leads)),
        Field::new("co", lang.tr("field-co"), Control::Folded(units)).optional(),
        Field::area("goal", lang.tr("finding-goal"), 3).max_length(2_000),
        date("due_on", lang.tr("finding-due-on")).hint(lang.tr("finding-due-on-hint")).optional(),
        Field::line("basis", lang.tr("finding-basis")).optional(),
        Field::line("inspection", lang.tr("finding-inspection"))
            .hint(lang.tr("finding-inspection-hint"))
            .optional(),
    ];
    Form::post("/rectification/finding", lang.tr("finding-go"), fields)
        .with("command", command)
        .or_back("/rectification", lang.tr("form-cancel"))
        .entered(entered)
}
