//! What a year has laid on each unit, beside its budgets and the duties of
//! villages. Units, never persons.

use askama::Template;

use super::Tab;
use crate::shell::Shell;
use crate::view::lamp::{Lamp, Shape};
use crate::view::number::grouped;
use crate::view::table::{Cell, Column, Row, Table};

/// One kind of burden of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Laid {
    pub count: i64,
    pub budget: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLine {
    pub unit: String,
    /// One for each kind; none where it is not counted for this unit.
    pub laid: Vec<Option<Laid>>,
    /// Past a limit by a leader's leave.
    pub passed: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetLine {
    pub what: String,
    pub yearly: u32,
    pub basis: String,
}

#[derive(Template)]
#[template(path = "pages/desk/burden.html")]
pub struct BurdenPage {
    pub shell: Shell,
    pub say: String,
    pub years: Vec<Tab>,
    pub kinds: Vec<String>,
    pub units: Vec<UnitLine>,
    pub budgets: Vec<BudgetLine>,
    /// What may be demanded of villages.
    pub duties: Vec<String>,
    /// The figures are ours and not the county's.
    pub is_example: bool,
}

impl BurdenPage {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let mut columns = vec![Column::words(lang.tr("col-unit"))];
        columns.extend(self.kinds.iter().map(Column::figures));
        columns.push(Column::figures(lang.tr("burden-passed")));
        let rows = self.units.iter().map(|unit| {
            let mut cells = vec![Cell::words(&unit.unit)];
            cells.extend(unit.laid.iter().map(|laid| laid.map_or(Cell::Nothing, cell)));
            cells.push(Cell::Figure { text: grouped(unit.passed), href: None });
            Row::of(cells)
        });
        Table::new(columns, rows.collect())
            .or_nothing(lang.tr("burden-none"), lang.tr("burden-none-how"))
    }

    fn limits(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("burden-what")),
            Column::figures(lang.tr("inspect-budget")),
            Column::words(lang.tr("burden-basis")),
        ];
        let rows = self.budgets.iter().map(|budget| {
            Row::of(vec![
                Cell::words(&budget.what),
                Cell::words(budget.yearly.to_string()),
                Cell::words(&budget.basis),
            ])
        });
        Table::new(columns, rows.collect())
    }
}

/// The last one that fits is a warning, what is beyond a lamp of its own.
fn cell(laid: Laid) -> Cell {
    let text = format!("{} / {}", grouped(laid.count), laid.budget);
    let budget = i64::from(laid.budget);
    let shape = match laid.count {
        count if count > budget => Shape::Overdue,
        count if count == budget && budget > 0 => Shape::DueSoon,
        _ => return Cell::Figure { text, href: None },
    };
    Cell::lamp(Lamp::new(shape, text))
}
