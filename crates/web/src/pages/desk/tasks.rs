//! Tasks and findings as their desks show them: the equation that must hold, the
//! ledger with a column for each node, and the tree a matter was broken down into.

use askama::Template;

use super::Tab;
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::equation::Equation;
use crate::view::lamp::{Lamp, Shape};
use crate::view::rate::Rate;
use crate::view::state::Refused;
use crate::view::table::{Act, Cell, Column, Pages, Row, Table};

/// A column of the ledger: 13710's digit, where it has one, and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeColumn {
    pub digit: Option<char>,
    pub name: String,
}

impl NodeColumn {
    /// As one word, where there is no head above it.
    pub(crate) fn label(&self) -> String {
        let digit = self.digit.map(String::from).unwrap_or_default();
        format!("{digit}{}", self.name)
    }
}

/// A node in its column; none where this matter does not have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeCell {
    pub shape: Shape,
    pub day: String,
    pub words: String,
    /// It is what is waited for now.
    pub is_next: bool,
}

/// A line, or the head of those below it.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRow {
    pub depth: usize,
    /// The last of its whole's parts.
    pub is_last: bool,
    pub title: String,
    pub href: String,
    pub number: String,
    pub note: Option<String>,
    /// The paper of the last slip about it.
    pub slip_href: Option<String>,
    pub unit: String,
    pub kind: String,
    pub nodes: Vec<Option<NodeCell>>,
    pub due: Option<Day>,
    /// Of a date that no column shows: whether it is near or past.
    pub due_lamp: Option<Lamp>,
    pub grade: String,
    /// Lamps of its parts with their counts; a line of its own has none.
    pub parts: Option<PartsSaid>,
    /// May be picked for a batch.
    pub pick: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartsSaid {
    pub count: String,
    pub lamps: Vec<Lamp>,
}

/// A sum over the ledger: heading, equation, what is open by lamp.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    pub heading: String,
    pub equation: Equation,
    pub lamps: Vec<Lamp>,
}

/// The ledger itself, the same for the desk's list and the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskTable {
    pub columns: Vec<NodeColumn>,
    pub rows: Vec<TaskRow>,
    pub caption: String,
    /// What the ledger says when it is empty, and what would fill it.
    pub nothing: (String, String),
    pub picks: bool,
}

impl TaskTable {
    /// The name of the node at this place.
    fn label(&self, at: &usize) -> String {
        self.columns.get(*at).map(NodeColumn::label).unwrap_or_default()
    }

    fn width(&self) -> usize {
        self.columns.len() + 2
    }
}

/// A slip issued about a node of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipSaid {
    pub title: String,
    pub href: String,
    pub slip: String,
    pub node: String,
    pub issued: Day,
    pub signed: Option<Day>,
    /// Numbers of the papers about its matter, with their PDF.
    pub papers: Vec<(String, String)>,
}

impl TaskTree {
    fn slip_table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("col-task")),
            Column::words(lang.tr("col-slip")),
            Column::words(lang.tr("slip-about")),
            Column::words(lang.tr("slip-issued")),
            Column::words(lang.tr("slip-signed-on")),
            Column::words(lang.tr("nav-papers")),
        ];
        let day = |day: &Option<Day>| day.map_or(Cell::Nothing, Cell::Day);
        let rows = self.slips.iter().map(|slip| {
            let papers = slip.papers.iter().map(|(number, href)| Act::Link {
                label: lang.trn("slip-pdf", "number", number.as_str()),
                href: href.clone(),
            });
            let papers: Vec<Act> = papers.collect();
            Row::of(vec![
                Cell::link(&slip.title, &slip.href),
                Cell::words(&slip.slip),
                Cell::words(&slip.node),
                Cell::Day(slip.issued),
                day(&slip.signed),
                if papers.is_empty() { Cell::Nothing } else { Cell::Acts(papers) },
            ])
        });
        Table::new(columns, rows.collect())
    }
}

/// Something to begin: words and address.
pub type Begin = (String, String);

#[derive(Template)]
#[template(path = "pages/desk/tasks.html")]
pub struct Tasks {
    pub shell: Shell,
    pub title: String,
    pub sums: Vec<Sum>,
    pub tabs: Vec<Tab>,
    pub table: TaskTable,
    pub pages: Pages,
    pub begin: Vec<Begin>,
    /// Other views of the same.
    pub views: Vec<Begin>,
    pub printed: String,
    /// Steps that can be taken on several at once: words and code.
    pub batch: Vec<(String, &'static str)>,
    pub batch_href: String,
    pub done: Option<String>,
    pub refused: Option<Refused>,
}

#[derive(Template)]
#[template(path = "pages/desk/task-tree.html")]
pub struct TaskTree {
    pub shell: Shell,
    pub desk: (String, String),
    pub title: String,
    pub about: Vec<String>,
    pub sums: Vec<Sum>,
    pub feedback: Option<Feedback>,
    pub table: TaskTable,
    pub begin: Vec<Begin>,
    pub xlsx_href: String,
    pub slips: Vec<SlipSaid>,
    pub printed: String,
    /// How a whole's lamp follows from its parts.
    pub rule: String,
}

/// Nodes that fell due and how they were met.
#[derive(Clone, Debug, PartialEq)]
pub struct Feedback {
    pub rate: Rate,
    pub words: String,
}
