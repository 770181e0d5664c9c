//! Rates by unit for a period. Every figure opens the list behind it, the total
//! is the sum of the rows, and units stand by what is overdue, not by rank.

use askama::Template;

use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::field::{Choice, Control, Field};
use crate::view::form::{Entered, Form};
use crate::view::number::{Count, grouped};
use crate::view::rate::Rate;
use crate::view::table::{Cell, Column, Row, Table};

/// A unit's figures in the period.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitRates {
    pub unit: String,
    pub href: String,
    pub open: u64,
    pub open_href: String,
    pub overdue: u64,
    pub overdue_href: String,
    /// Closed in time of those closed in the period.
    pub in_time: Rate,
    /// Said to be fixed of those who answered.
    pub fixed: Rate,
    /// Ever reopened of those closed in the period.
    pub reopened: Rate,
    pub is_late: bool,
}

#[derive(Template)]
#[template(path = "pages/desk/rates.html")]
pub struct Rates {
    pub shell: Shell,
    pub say: String,
    pub period: Form,
    pub xlsx_href: String,
    pub csv_href: String,
    pub units: Vec<UnitRates>,
    /// Words and figures only: it opens no list.
    pub total: Option<UnitRates>,
}

pub fn period_form(lang: Lang, classes: Vec<Choice>, entered: &Entered) -> Form {
    let date = || Control::Line { kind: "date", autocomplete: "off" };
    let mut any = vec![Choice::new("", lang.tr("filter-any"))];
    any.extend(classes);
    let fields = vec![
        Field::new("from", lang.tr("filter-from"), date()),
        Field::new("to", lang.tr("filter-to"), date()),
        Field::new("class", lang.tr("col-class"), Control::Select(any)).optional(),
    ];
    Form::filter("/rates", lang.tr("filter-go"), fields).entered(entered)
}

impl Rates {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("col-unit")),
            Column::figures(lang.tr("rates-open")),
            Column::figures(lang.tr("rates-overdue")),
            Column::figures(lang.tr("rates-in-time")),
            Column::words(lang.tr("rates-against-all")),
            Column::figures(lang.tr("rates-fixed")),
            Column::figures(lang.tr("rates-reopened")),
        ];
        let mark = self.total.as_ref().and_then(|total| permille(&total.in_time));
        let rows = self.units.iter().map(|unit| Row::of(cells(unit, mark)).late(unit.is_late));
        let table = Table::new(columns, rows.collect())
            .or_nothing(lang.tr("rates-none"), lang.tr("rates-none-how"));
        match &self.total {
            Some(total) if !self.units.is_empty() => table.with_sum(sum(total)),
            _ => table,
        }
    }
}

pub(super) fn cells(unit: &UnitRates, mark: Option<u32>) -> Vec<Cell> {
    let bar = match permille(&unit.in_time) {
        None => Cell::Nothing,
        Some(permille) => Cell::Bar { permille, mark },
    };
    vec![
        Cell::link(&unit.unit, &unit.href),
        Cell::count(unit.open, &unit.open_href),
        Cell::overdue(unit.overdue, &unit.overdue_href),
        Cell::Rate(unit.in_time.clone()),
        bar,
        Cell::Rate(unit.fixed.clone()),
        Cell::Rate(unit.reopened.clone()),
    ]
}

fn sum(total: &UnitRates) -> Vec<Cell> {
    let figure = |count: u64| Cell::Figure { text: grouped(count.count()), href: None };
    vec![
        Cell::words(&total.unit),
        figure(total.open),
        figure(total.overdue),
        Cell::Rate(total.in_time.clone()),
        Cell::Words(String::new()),
        Cell::Rate(total.fixed.clone()),
        Cell::Rate(total.reopened.clone()),
    ]
}

/// Length of a bar, in thousandths of its box.
pub(super) fn permille(rate: &Rate) -> Option<u32> {
    if rate.whole == 0 {
        return None;
    }
    let permille = u128::from(rate.part) * 1_000 / u128::from(rate.whole);
    Some(u32::try_from(permille).unwrap_or(u32::MAX))
}

/// `from` and `to` as people read dates.
pub fn sentence(lang: Lang, from: &str, to: &str, units: u64) -> String {
    lang.say("rates-say").with("from", from).with("to", to).with("n", units).to_string()
}
