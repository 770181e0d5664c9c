//! Outgoing messages: what waits, what failed, and by which way they go. No
//! message holds an identity.

use askama::Template;

use super::Frame;
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::lamp::{Lamp, Shape};
use crate::view::table::{Act, Cell, Column, Pages, Row, Table};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Waits for its turn, for morning or for the digest.
    Waiting,
    Sent,
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingRow {
    pub id: String,
    pub what: String,
    pub number: Option<String>,
    /// Unit and post.
    pub to: String,
    pub way: String,
    pub due: Day,
    pub tries: u64,
    pub delivery: Delivery,
    /// What the other side said.
    pub problem: Option<String>,
}

/// A way out and whether it is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    pub name: String,
    pub state: String,
    pub is_on: bool,
}

#[derive(Template)]
#[template(path = "pages/admin/messages.html")]
pub struct Messages {
    pub shell: Shell,
    pub frame: Frame,
    pub ways: Vec<Way>,
    /// `21:00到次日08:00不发`
    pub quiet_hours: String,
    pub digest: String,
    pub outgoing: Vec<OutgoingRow>,
    pub pages: Pages,
}

impl Messages {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("messages-what")),
            Column::words(lang.tr("messages-state")),
            Column::words(lang.tr("messages-to")),
            Column::words(lang.tr("messages-due")),
            Column::figures(lang.tr("messages-tries")),
            Column::acts(),
        ];
        let rows = self.outgoing.iter().map(|one| self.row(one)).collect();
        Table::new(columns, rows).or_nothing(lang.tr("messages-none"), lang.tr("messages-none-how"))
    }

    fn row(&self, one: &OutgoingRow) -> Row {
        let lang = self.shell.lang();
        let (shape, word) = match one.delivery {
            Delivery::Waiting => (Shape::NotBegun, lang.tr("messages-waiting")),
            Delivery::Sent => (Shape::Done, lang.tr("messages-sent")),
            Delivery::Failed => (Shape::Overdue, lang.tr("messages-failed")),
        };
        let acts = match one.delivery {
            Delivery::Failed => vec![Act::Post {
                label: lang.tr("messages-again").into_owned(),
                action: "/admin/messages/again".to_owned(),
                fields: vec![("message".to_owned(), one.id.clone())],
            }],
            Delivery::Waiting | Delivery::Sent => Vec::new(),
        };
        let what = match (&one.number, &one.problem) {
            (_, Some(problem)) => Cell::two(&one.what, problem),
            (Some(number), None) => Cell::link_two(&one.what, format!("/m/{number}"), number),
            (None, None) => Cell::words(&one.what),
        };
        Row::of(vec![
            what,
            Cell::lamp(Lamp::new(shape, word)),
            Cell::two(&one.to, &one.way),
            Cell::Day(one.due),
            Cell::Figure { text: self.shell.number(one.tries), href: None },
            Cell::Acts(acts),
        ])
        .late(one.delivery == Delivery::Failed)
    }
}
