//! Units: the tree, and merging two with everything open handed over in one act.

use askama::Template;

use super::{Frame, choose};
use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::field::{Choice, Field};
use crate::view::form::{Entered, Form};
use crate::view::number::grouped;
use crate::view::table::{Act, Cell, Column, Row, Table};

/// A unit in its place in the tree, parents before children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    pub code: String,
    pub name: String,
    pub depth: u8,
    pub grid: Option<String>,
    pub people: u64,
    pub open: u64,
    /// Merged into another since; kept for what it did.
    pub merged_into: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/admin/units.html")]
pub struct Units {
    pub shell: Shell,
    pub frame: Frame,
    pub units: Vec<UnitRow>,
    pub add: Form,
}

/// Merging, shown before it is done: what goes over, counted.
#[derive(Template)]
#[template(path = "pages/admin/merge_unit.html")]
pub struct MergeUnit {
    pub shell: Shell,
    pub frame: Frame,
    pub name: String,
    pub open: u64,
    pub people: u64,
    pub form: Form,
}

pub fn add_form(lang: Lang, units: Vec<Choice>, entered: &Entered) -> Form {
    let fields = vec![
        Field::line("code", lang.tr("units-code")).hint(lang.tr("units-code-hint")),
        Field::line("name_zh", lang.tr("units-name-zh")),
        Field::line("name_en", lang.tr("units-name-en")).optional(),
        Field::new("above", lang.tr("units-above"), choose(lang, units)).optional(),
    ];
    Form::post("/admin/units", lang.tr("units-add-go"), fields).entered(entered)
}

pub fn merge_form(lang: Lang, code: &str, into: Vec<Choice>, entered: &Entered) -> Form {
    let into = Field::new("into", lang.tr("units-merge-into"), choose(lang, into));
    Form::post(format!("/admin/units/{code}/merge"), lang.tr("units-merge-go"), vec![into])
        .warn(lang.tr("units-merge-warning"))
        .or_back("/admin/units", lang.tr("form-cancel"))
        .entered(entered)
}

impl Units {
    fn say(&self) -> String {
        let live = self.units.iter().filter(|unit| unit.merged_into.is_none()).count();
        self.shell.trn("units-say", "n", live)
    }

    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("col-unit")),
            Column::words(lang.tr("field-grid")),
            Column::figures(lang.tr("admin-people")),
            Column::figures(lang.tr("rates-open")),
            Column::acts(),
        ];
        let rows = self.units.iter().map(|unit| row(lang, unit)).collect();
        Table::new(columns, rows).or_nothing(lang.tr("units-none"), lang.tr("units-none-how"))
    }
}

fn row(lang: Lang, unit: &UnitRow) -> Row {
    let last = match &unit.merged_into {
        Some(into) => Cell::Tag(lang.trn("units-merged-into", "unit", into.as_str())),
        None => Cell::Acts(vec![Act::Link {
            label: lang.tr("units-merge").into_owned(),
            href: format!("/admin/units/{}/merge", unit.code),
        }]),
    };
    Row::of(vec![
        Cell::Branch {
            depth: unit.depth,
            text: unit.name.clone(),
            href: None,
            sub: Some(unit.code.clone()),
        },
        Cell::words(unit.grid.clone().unwrap_or_default()),
        Cell::count(unit.people, format!("/admin/people?in_unit={}", unit.code)),
        Cell::Figure { text: grouped(i64::try_from(unit.open).unwrap_or(i64::MAX)), href: None },
        last,
    ])
}
