//! Background tasks: when each last ran, what it did, and whether it failed.

use askama::Template;

use super::Frame;
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::lamp::{Lamp, Shape};
use crate::view::table::{Act, Cell, Column, Row, Table};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    Resting,
    Running,
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    pub code: String,
    pub name: String,
    /// What it is for, in words.
    pub what: String,
    pub state: TaskState,
    pub last: Option<Day>,
    /// What the last run did: `签收3件`, or why it failed.
    pub did: String,
    pub next: Option<Day>,
}

#[derive(Template)]
#[template(path = "pages/admin/tasks.html")]
pub struct Tasks {
    pub shell: Shell,
    pub frame: Frame,
    pub tasks: Vec<TaskRow>,
}

impl Tasks {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("tasks-name")),
            Column::words(lang.tr("tasks-state")),
            Column::words(lang.tr("tasks-last")),
            Column::words(lang.tr("tasks-did")),
            Column::words(lang.tr("tasks-next")),
            Column::acts(),
        ];
        let rows = self.tasks.iter().map(|task| self.row(task)).collect();
        Table::new(columns, rows).or_nothing(lang.tr("tasks-none"), lang.tr("tasks-none-how"))
    }

    fn row(&self, task: &TaskRow) -> Row {
        let lang = self.shell.lang();
        let (shape, word) = match task.state {
            TaskState::Resting => (Shape::Done, lang.tr("tasks-resting")),
            TaskState::Running => (Shape::OnTrack, lang.tr("tasks-running")),
            TaskState::Failed => (Shape::Overdue, lang.tr("tasks-failed")),
        };
        let run = Act::Post {
            label: lang.tr("tasks-run").into_owned(),
            action: "/admin/tasks/run".to_owned(),
            fields: vec![("task".to_owned(), task.code.clone())],
        };
        Row::of(vec![
            Cell::two(&task.name, &task.what),
            Cell::lamp(Lamp::new(shape, word)),
            task.last.map_or(Cell::Nothing, Cell::Day),
            Cell::words(&task.did),
            task.next.map_or(Cell::Nothing, Cell::Day),
            Cell::Acts(vec![run]),
        ])
        .late(task.state == TaskState::Failed)
    }
}
