//! A bulletin's figures, counted again at its own cut-off.

use askama::Template;

use crate::shell::Shell;
use crate::view::table::{Cell, Column, Row, Table};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecountRow {
    pub unit: String,
    pub figure: String,
    pub frozen: u64,
    pub counted: u64,
}

#[derive(Template)]
#[template(path = "pages/desk/recount.html")]
pub struct Recount {
    pub shell: Shell,
    pub number: String,
    pub href: String,
    pub say: String,
    pub rule: String,
    /// What came out otherwise; empty where all is equal.
    pub rows: Vec<RecountRow>,
}

impl Recount {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("bulletin-unit")),
            Column::words(lang.tr("bulletin-figure")),
            Column::figures(lang.tr("bulletin-frozen")),
            Column::figures(lang.tr("bulletin-counted")),
        ];
        let figure = |number| Cell::Figure { text: self.shell.number(number), href: None };
        let rows = self.rows.iter().map(|row| {
            Row::of(vec![
                Cell::words(&row.unit),
                Cell::words(&row.figure),
                figure(row.frozen),
                figure(row.counted),
            ])
        });
        Table::new(columns, rows.collect())
    }
}
