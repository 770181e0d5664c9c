//! One step on several matters: which they are, whether each can be taken now,
//! and what came of it.

use askama::Template;

use crate::shell::Shell;
use crate::view::field::Field;
use crate::view::table::{Cell, Column, Row, Table};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchLine {
    pub number: String,
    pub title: String,
    pub stage: String,
    /// Why it cannot be taken, or was not.
    pub why_not: Option<String>,
    /// Made with the page: a repeated submit gets the first answer.
    pub command: String,
}

#[derive(Template)]
#[template(path = "pages/desk/batch.html")]
pub struct Batch {
    pub shell: Shell,
    pub desk: (String, String),
    /// Name and meaning of the step, and its code.
    pub step: (String, String),
    pub code: &'static str,
    pub action: String,
    pub lines: Vec<BatchLine>,
    pub words: Option<Field>,
    /// How many were done, once they were.
    pub done: Option<String>,
}

impl Batch {
    fn ready(&self) -> Vec<&BatchLine> {
        let waits = self.done.is_none();
        self.lines.iter().filter(|line| waits && line.why_not.is_none()).collect()
    }

    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("col-task")),
            Column::words(lang.tr("col-stage")),
            Column::words(lang.tr("batch-outcome")),
        ];
        let rows = self.lines.iter().map(|line| {
            let outcome = match (&line.why_not, &self.done) {
                (Some(why), _) => why.clone(),
                (None, Some(_)) => lang.tr("batch-was-done").into_owned(),
                (None, None) => lang.tr("batch-can").into_owned(),
            };
            Row::of(vec![
                Cell::link_two(&line.title, format!("/m/{}", line.number), &line.number),
                Cell::words(&line.stage),
                Cell::words(outcome),
            ])
        });
        Table::new(columns, rows.collect())
            .or_nothing(lang.tr("batch-none"), lang.tr("batch-none-how"))
    }
}
