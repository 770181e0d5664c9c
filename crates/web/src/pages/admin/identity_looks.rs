//! Who looked at reporters' identities, and why. The identity itself is not here.

use askama::Template;

use super::Frame;
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::table::{Cell, Column, Pages, Row, Table};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub at: Day,
    pub who: String,
    pub number: String,
    pub reason: String,
}

#[derive(Template)]
#[template(path = "pages/admin/identity_looks.html")]
pub struct IdentityLooks {
    pub shell: Shell,
    pub frame: Frame,
    pub looks: Vec<Look>,
    pub pages: Pages,
}

impl IdentityLooks {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("looks-at")),
            Column::words(lang.tr("looks-who")),
            Column::words(lang.tr("col-matter")),
            Column::words(lang.tr("field-reason")),
        ];
        let rows = self.looks.iter().map(|look| {
            Row::of(vec![
                Cell::Day(look.at),
                Cell::words(&look.who),
                Cell::words(&look.number),
                Cell::words(&look.reason),
            ])
        });
        Table::new(columns, rows.collect())
            .or_nothing(lang.tr("looks-none"), lang.tr("looks-none-how"))
    }
}
