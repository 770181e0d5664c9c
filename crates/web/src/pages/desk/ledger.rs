//! A ledger (台账): a saved view of the matters with the columns somebody chose,
//! paged by cursor and exported exactly as shown.

use askama::Template;

use super::Tab;
use crate::i18n::{Key, Lang};
use crate::shell::Shell;
use crate::view::equation::{Equation, Term};
use crate::view::field::{Choice, Control, Field};
use crate::view::form::{Entered, Form};
use crate::view::state::Refused;
use crate::view::table::{Cell, Column, Pages, Row, Table};

/// A column a ledger may show. Its heading is the message `col-<code>`.
macro_rules! ledger_columns {
    ($($name:ident = $code:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum LedgerColumn { $($name,)* }

        impl LedgerColumn {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|column| column.code() == code)
            }
        }
    };
}

ledger_columns! {
    Matter = "matter",
    Lamp = "lamp",
    Due = "due",
    Stage = "stage",
    Source = "source",
    Class = "class",
    Item = "item",
    Urgency = "urgency",
    Town = "town",
    Place = "place",
    Unit = "unit",
    Filed = "filed",
    Closed = "closed",
    Returns = "returns",
    Extensions = "extensions",
    Reopened = "reopened",
    Rating = "rating",
}

impl LedgerColumn {
    /// What a ledger shows until somebody chooses.
    pub const USUAL: [Self; 8] = [
        Self::Matter,
        Self::Lamp,
        Self::Due,
        Self::Class,
        Self::Town,
        Self::Unit,
        Self::Filed,
        Self::Stage,
    ];

    const fn is_number(self) -> bool {
        matches!(self, Self::Returns | Self::Extensions | Self::Reopened)
    }
}

/// One matter, a cell for each chosen column in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerRow {
    pub cells: Vec<Cell>,
    pub is_late: bool,
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
    pub save: Form,
    /// Only for a saved ledger.
    pub drop: Option<Form>,
    pub columns: Vec<LedgerColumn>,
    pub rows: Vec<LedgerRow>,
    pub pages: Pages,
    pub xlsx_href: String,
    pub csv_href: String,
    pub map_href: String,
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
}

pub fn filter_form(lang: Lang, action: &str, offered: Offered, entered: &Entered) -> Form {
    let any = |choices: Vec<Choice>| {
        let mut all = vec![Choice::new("", lang.tr("filter-any"))];
        all.extend(choices);
        Control::Select(all)
    };
    let date = || Control::Line { kind: "date", autocomplete: "off" };
    let fields = vec![
        Field::new("lamp", lang.tr("col-lamp"), any(offered.lamps)).optional(),
        Field::new("stage", lang.tr("col-stage"), any(offered.stages)).optional(),
        Field::new("class", lang.tr("col-class"), any(offered.classes)).optional(),
        Field::new("town", lang.tr("col-town"), any(offered.towns)).optional(),
        Field::new("unit", lang.tr("col-unit"), any(offered.units)).optional(),
        Field::new("source", lang.tr("col-source"), any(offered.sources)).optional(),
        Field::new("from", lang.tr("filter-from"), date()).optional(),
        Field::new("to", lang.tr("filter-to"), date()).optional(),
    ];
    Form::filter(action, lang.tr("filter-go"), fields).entered(entered)
}

/// The columns as ticks; `kept` are the filters that stay.
pub fn column_form(
    lang: Lang,
    action: &str,
    chosen: &[LedgerColumn],
    kept: Vec<(String, String)>,
) -> Form {
    let choices = LedgerColumn::ALL
        .iter()
        .map(|column| Choice::new(column.code(), lang.code_of("col", column.code())))
        .collect();
    let value: Vec<&str> = chosen.iter().map(|column| column.code()).collect();
    let ticks = Field::new("column", lang.tr("ledger-columns"), Control::Ticks(choices))
        .value(value.join("\n"));
    let mut form = Form::filter(action, lang.tr("ledger-columns-go"), vec![ticks.optional()]);
    form.hidden = kept;
    form
}

/// `query` is the ledger's own address, without its page.
pub fn save_form(lang: Lang, command: &str, query: &str) -> Form {
    let name = Field::line("title", lang.tr("ledger-name")).max_length(40);
    Form::post("/ledger/save", lang.tr("ledger-save-go"), vec![name])
        .in_a_line()
        .with("command", command)
        .with("query", query)
}

impl Ledger {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = self.columns.iter().map(|column| {
            let label = lang.code_of("col", column.code());
            if column.is_number() { Column::figures(label) } else { Column::words(label) }
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
