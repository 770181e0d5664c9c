//! Official papers: what waits for approval, what was issued, what is void.

use askama::Template;

use super::Tab;
use crate::shell::Shell;
use crate::view::paper::PaperSheet;
use crate::view::table::{Cell, Column, Pages, Row, Table};

/// A paper on the page of its matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnMatter {
    pub sheet: PaperSheet,
    pub pdf_href: String,
    pub docx_href: String,
    /// Address that proves it, once it has a number.
    pub check: Option<String>,
    pub hash: String,
    /// Where a bulletin's figures are counted again.
    pub recount_href: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PaperRow {
    pub title: String,
    pub href: String,
    /// The matter's number.
    pub number: String,
    pub document: String,
    pub unit: String,
    pub on: crate::view::day::Day,
    pub state: String,
    pub pdf_href: String,
}

#[derive(Template)]
#[template(path = "pages/desk/papers.html")]
pub struct Papers {
    pub shell: Shell,
    /// Notices or bulletins.
    pub kinds: Vec<Tab>,
    pub tabs: Vec<Tab>,
    pub rows: Vec<PaperRow>,
    pub pages: Pages,
    /// New ones this post may draft: words and address.
    pub begin: Vec<(String, String)>,
}

impl Papers {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("paper-title")),
            Column::words(lang.tr("paper-number")),
            Column::words(lang.tr("paper-to")),
            Column::words(lang.tr("paper-drafted")),
            Column::words(lang.tr("paper-state")),
            Column::words(lang.tr("paper-file")),
        ];
        let rows = self.rows.iter().map(|row| {
            Row::of(vec![
                Cell::link_two(&row.title, &row.href, &row.number),
                Cell::words(&row.document),
                Cell::words(&row.unit),
                Cell::Day(row.on),
                Cell::words(&row.state),
                Cell::link("PDF", &row.pdf_href),
            ])
        });
        Table::new(columns, rows.collect())
            .or_nothing(lang.tr("paper-none"), lang.tr("paper-none-how"))
            .captioned(lang.tr("nav-papers"))
    }
}
