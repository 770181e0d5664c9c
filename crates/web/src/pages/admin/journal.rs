//! The journal: its last signed checkpoint, how anyone can verify a copy, and
//! every checkpoint since the first.

use askama::Template;

use super::Frame;
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::table::{Act, Cell, Column, Pages, Row, Table};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointRow {
    /// Entries it covers.
    pub size: u64,
    pub at: Day,
    pub root: String,
    pub log: String,
}

#[derive(Template)]
#[template(path = "pages/admin/journal.html")]
pub struct Journal {
    pub shell: Shell,
    pub frame: Frame,
    pub entries: u64,
    pub unsealed: u64,
    /// The signed note exactly as published.
    pub note: Option<String>,
    pub note_href: String,
    /// The public key that checks it.
    pub key: String,
    pub checkpoints: Vec<CheckpointRow>,
    pub pages: Pages,
}

/// The signed note of a checkpoint.
pub fn checkpoint_href(log: impl std::fmt::Display, size: u64) -> String {
    format!("/admin/journal/checkpoints/{log}/{size}")
}

impl Journal {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("journal-at")),
            Column::figures(lang.tr("journal-size")),
            Column::words(lang.tr("journal-root")),
            Column::words(lang.tr("journal-log")),
            Column::acts(),
        ];
        let rows = self.checkpoints.iter().map(|one| {
            let download = Act::Link {
                label: lang.tr("journal-download").into_owned(),
                href: checkpoint_href(&one.log, one.size),
            };
            Row::of(vec![
                Cell::Day(one.at),
                Cell::Figure { text: self.shell.number(one.size), href: None },
                Cell::Code(one.root.clone()),
                Cell::words(&one.log),
                Cell::Acts(vec![download]),
            ])
        });
        Table::new(columns, rows.collect())
            .or_nothing(lang.tr("journal-none"), lang.tr("journal-none-how"))
    }
}
