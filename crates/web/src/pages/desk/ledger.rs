//! A ledger (台账): a saved view of the matters with the columns somebody chose,
//! paged by cursor and exported exactly as shown.

mod columns;

use askama::Template;

use super::Tab;
use crate::i18n::{Key, Lang};
use crate::shell::Shell;
use crate::view::equation::{Equation, Term};
use crate::view::field::{Choice, Control, Field};
use crate::view::form::{Entered, Form};
use crate::view::state::Refused;
use crate::view::table::{Cell, Column, Pages, Row, Table};

pub use columns::{LedgerColumn, LedgerOf, moved};

/// One matter, a cell for each chosen column in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerRow {
    pub cells: Vec<Cell>,
    pub is_late: bool,
}

/// A chosen column and the addresses of the ledger with it a place earlier, a
/// place later, or left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub name: String,
    pub earlier: Option<String>,
    pub later: Option<String>,
    pub without: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/desk/ledger.html")]
pub struct Ledger {
    pub shell: Shell,
    pub title: String,
    /// Saved ledgers as tabs; the first is all matters.
    pub saved: Vec<Tab>,
    pub equation: Option<Equation>,
    pub filters: Form,
    pub choose: Form,
    /// The chosen columns, each with where to move it.
    pub order: Vec<Placed>,
    pub save: Form,
    /// Only for a saved ledger.
    pub drop: Option<Form>,
    pub columns: Vec<LedgerColumn>,
    pub rows: Vec<LedgerRow>,
    pub pages: Pages,
    pub printed: String,
    pub xlsx_href: String,
    pub csv_href: String,
    /// Matters with a place only.
    pub map_href: Option<String>,
    /// An export that runs: rows done, rows in all.
    pub running: Option<(u64, u64)>,
    pub done: Option<String>,
    pub refused: Option<Refused>,
}

pub struct Offered {
    pub lamps: Vec<Choice>,
    pub stages: Vec<Choice>,
    pub sources: Vec<Choice>,
    pub classes: Vec<Choice>,
    pub towns: Vec<Choice>,
    pub units: Vec<Choice>,
    /// Kinds and grades: of tasks and findings.
    pub kinds: Vec<Choice>,
    pub grades: Vec<Choice>,
}

pub fn filter_form(lang: Lang, action: &str, offered: Offered, entered: &Entered) -> Form {
    let any = |choices: Vec<Choice>| {
        let mut all = vec![Choice::new("", lang.tr("filter-any"))];
        all.extend(choices);
        Control::Select(all)
    };
    let date = || Control::Line { kind: "date", autocomplete: "off" };
    let selects = [
        ("lamp", lang.tr("col-lamp"), offered.lamps),
        ("stage", lang.tr("col-stage"), offered.stages),
        ("kind", lang.tr("col-kind"), offered.kinds),
        ("class", lang.tr("col-class"), offered.classes),
        ("town", lang.tr("col-town"), offered.towns),
        ("unit", lang.tr("col-unit"), offered.units),
        ("source", lang.tr("col-source"), offered.sources),
        ("grade", lang.tr("col-grade"), offered.grades),
    ];
    // What a ledger cannot be narrowed by is not asked.
    let selects = selects.into_iter().filter(|(_, _, choices)| !choices.is_empty());
    let mut fields: Vec<Field> = selects
        .map(|(name, label, choices)| Field::new(name, label, any(choices)).optional())
        .collect();
    fields.push(Field::new("from", lang.tr("filter-from"), date()).optional());
    fields.push(Field::new("to", lang.tr("filter-to"), date()).optional());
    Form::filter(action, lang.tr("filter-go"), fields).entered(entered)
}

/// The columns as ticks; `kept` are the filters that stay. The order of the
/// chosen ones goes with them, so that ticking one more moves none.
pub fn column_form(
    lang: Lang,
    of: LedgerOf,
    chosen: &[LedgerColumn],
    kept: Vec<(String, String)>,
) -> Form {
    let choices = of
        .offered()
        .iter()
        .map(|column| Choice::new(column.code(), lang.code_of("col", column.code())))
        .collect();
    let value: Vec<&str> = chosen.iter().map(|column| column.code()).collect();
    let ticks = Field::new("column", lang.tr("ledger-columns"), Control::Ticks(choices))
        .value(value.join("\n"));
    let mut form = Form::filter("/ledger", lang.tr("ledger-columns-go"), vec![ticks.optional()]);
    form.hidden = kept;
    form.with("order", value.join(","))
}

/// `query` is the ledger's own address, without its page.
pub fn save_form(lang: Lang, command: &str, query: &str) -> Form {
    let name = Field::line("title", lang.tr("ledger-name")).max_length(40);
    Form::post("/ledger/save", lang.tr("ledger-save-go"), vec![name])
        .in_a_line()
        .with("command", command)
        .with("query", query)
}

/// The filters that narrow something, in words: `灯：逾期`.
pub fn filters_said(lang: Lang, form: &Form) -> String {
    let said = form.fields.iter().filter(|field| !field.value.is_empty()).map(|field| {
        let chosen = match &field.control {
            Control::Select(choices) => choices.iter().find(|one| one.value == field.value),
            _ => None,
        };
        let value = chosen.map_or(&field.value, |choice| &choice.label);
        lang.say("filter-said").with("name", &field.label).with("value", value).to_string()
    });
    said.collect::<Vec<_>>().join(&lang.tr("list-semicolon"))
}

impl Ledger {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = self.columns.iter().map(|column| {
            let label = lang.code_of("col", column.code()).into_owned();
            Column { label, align: column.align(), sort: None }
        });
        let rows =
            self.rows.iter().map(|row| Row::of(row.cells.clone()).late(row.is_late)).collect();
        Table::new(columns.collect(), rows)
            .or_nothing(lang.tr("ledger-none"), lang.tr("ledger-none-how"))
    }
}

/// Only the saved view goes; the matters stay.
pub fn drop_form(lang: Lang, id: &str) -> Form {
    Form::post("/ledger/drop", lang.tr("ledger-drop-go"), Vec::new())
        .with("id", id)
        .warn(lang.tr("ledger-drop-warning"))
}

/// How many of what was filed is closed, went another way, or is still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub filed: u64,
    pub closed: u64,
    /// Declined, merged or withdrawn.
    pub elsewhere: u64,
    pub open: u64,
}

/// `query` is the ledger's own filters, ready to be joined by `&`.
pub fn sum(lang: Lang, counts: &Counts, query: &str) -> Equation {
    let term = |count, key: Key, state: &str| {
        Term::new(count, lang.tr(key.0), format!("/ledger?{query}&state={state}"))
    };
    Equation::new(
        term(counts.filed, Key("ledger-filed"), "filed"),
        vec![
            term(counts.closed, Key("ledger-closed"), "closed"),
            term(counts.elsewhere, Key("ledger-declined"), "elsewhere"),
            term(counts.open, Key("ledger-open"), "open"),
        ],
    )
}
