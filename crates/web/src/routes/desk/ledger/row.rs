//! One matter of a ledger as cells: on the page, and typed in a file.

use std::sync::Arc;

use bihuan_app::queries::ledger::LedgerLine;
use bihuan_documents::table_out;
use bihuan_domain::calendar::Calendar;
use bihuan_domain::clock::Lamp as ClockLamp;
use bihuan_domain::instant::Instant;

use crate::i18n::Lang;
use crate::pages::desk::ledger::{LedgerColumn, LedgerRow};
use crate::routes::desk::told;
use crate::view::lamp::{Lamp, Shape};
use crate::view::table::Cell;
use crate::view::why::day_at;

/// What turns a matter into words at one moment.
pub(crate) struct Teller {
    pub(crate) lang: Lang,
    pub(crate) calendar: Arc<Calendar>,
    pub(crate) now: Instant,
}

impl Teller {
    pub(crate) fn title(&self, line: &LedgerLine) -> String {
        let item = line.line.item_name.as_ref().map(|item| self.lang.pick(item).to_owned());
        told::title(&line.line.words).or(item).unwrap_or_else(|| line.line.number.clone())
    }

    pub(crate) fn stage(&self, line: &LedgerLine) -> String {
        self.lang.code_of("stage", line.line.stage.code()).into_owned()
    }

    /// How much time there is; the stage where nothing is due.
    pub(crate) fn lamp(&self, line: &LedgerLine) -> Lamp {
        match &line.line.due {
            Some(due) if line.line.is_open => {
                Lamp::of_due(self.lang, due, self.now, &self.calendar)
            }
            _ if !line.line.is_open => Lamp::new(Shape::Done, self.stage(line)),
            _ if line.line.is_suspended => Lamp::new(Shape::Parked, self.lang.tr("lamp-suspended")),
            _ => Lamp::new(Shape::Parked, self.stage(line)),
        }
    }

    pub(crate) fn row(&self, columns: &[LedgerColumn], line: &LedgerLine) -> LedgerRow {
        LedgerRow {
            cells: columns.iter().map(|column| self.cell(*column, line)).collect(),
            is_late: self.lamp(line).shape == Shape::Overdue,
        }
    }

    fn cell(&self, column: LedgerColumn, line: &LedgerLine) -> Cell {
        match column {
            LedgerColumn::Matter => {
                let href = format!("/m/{}", line.line.number);
                Cell::link_two(self.title(line), href, &line.line.number)
            }
            LedgerColumn::Lamp => Cell::lamp(self.lamp(line)),
            LedgerColumn::Due => match &line.line.due {
                Some(due) if due.estimated => {
                    Cell::Day(day_at(&self.calendar, due.due_at).estimated())
                }
                Some(due) => Cell::Day(day_at(&self.calendar, due.due_at)),
                None => Cell::Nothing,
            },
            LedgerColumn::Filed => Cell::Day(self.day(line.line.filed_at)),
            LedgerColumn::Closed => {
                line.closed_at.map_or(Cell::Nothing, |at| Cell::Day(self.day(at)))
            }
            LedgerColumn::Returns | LedgerColumn::Extensions | LedgerColumn::Reopened => {
                Cell::words(number(column, line).to_string())
            }
            _ => Cell::words(self.words(column, line)),
        }
    }

    fn day(&self, at: Instant) -> crate::view::day::Day {
        day_at(&self.calendar, at).without_time()
    }

    fn words(&self, column: LedgerColumn, line: &LedgerLine) -> String {
        let name = |text: &Option<bihuan_domain::playbook::model::Text>| {
            text.as_ref().map(|text| self.lang.pick(text).to_owned()).unwrap_or_default()
        };
        let code = |family: &str, code: &str| self.lang.code_of(family, code).into_owned();
        match column {
            LedgerColumn::Stage => self.stage(line),
            LedgerColumn::Source => code("source", line.line.source.code()),
            LedgerColumn::Class => name(&line.class_name),
            LedgerColumn::Item => name(&line.line.item_name),
            LedgerColumn::Urgency => code("urgency", line.line.urgency.code()),
            LedgerColumn::Town => name(&line.town_name),
            LedgerColumn::Place => line.line.place.clone().unwrap_or_default(),
            LedgerColumn::Unit => name(&line.line.lead_name),
            LedgerColumn::Rating => {
                line.line.rating.map(|rating| code("rating", rating.code())).unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    /// The same cells, typed; a matter takes two: its number and its title.
    pub(crate) fn typed(
        &self,
        columns: &[LedgerColumn],
        line: &LedgerLine,
    ) -> Vec<table_out::Cell> {
        columns.iter().flat_map(|column| self.typed_cells(*column, line)).collect()
    }

    fn typed_cells(&self, column: LedgerColumn, line: &LedgerLine) -> Vec<table_out::Cell> {
        use table_out::Cell;
        let cell = match column {
            LedgerColumn::Matter => {
                return vec![Cell::Text(line.line.number.clone()), Cell::Text(self.title(line))];
            }
            LedgerColumn::Lamp => typed_lamp(self.lamp(line)),
            LedgerColumn::Due => {
                line.line.due.map_or(Cell::Empty, |due| Cell::DateTime(due.due_at.civil()))
            }
            LedgerColumn::Filed => Cell::DateTime(line.line.filed_at.civil()),
            LedgerColumn::Closed => {
                line.closed_at.map_or(Cell::Empty, |at| Cell::DateTime(at.civil()))
            }
            LedgerColumn::Returns | LedgerColumn::Extensions | LedgerColumn::Reopened => {
                Cell::Integer(number(column, line))
            }
            _ => match self.words(column, line) {
                words if words.is_empty() => Cell::Empty,
                words => Cell::Text(words),
            },
        };
        vec![cell]
    }

    pub(crate) fn typed_columns(&self, columns: &[LedgerColumn]) -> Vec<table_out::Column> {
        let mut all = Vec::new();
        for column in columns {
            if *column == LedgerColumn::Matter {
                all.push(table_out::Column {
                    key: "number".to_owned(),
                    title: self.lang.tr("ledger-number").into_owned(),
                    kind: table_out::Kind::Word,
                });
            }
            all.push(table_out::Column {
                key: column.code().to_owned(),
                title: self.lang.code_of("col", column.code()).into_owned(),
                kind: kind(*column),
            });
        }
        all
    }
}

const fn number(column: LedgerColumn, line: &LedgerLine) -> i64 {
    match column {
        LedgerColumn::Returns => line.returns,
        LedgerColumn::Extensions => line.extensions,
        _ => line.reopened,
    }
}

fn typed_lamp(lamp: Lamp) -> table_out::Cell {
    let of = match lamp.shape {
        Shape::OnTrack => ClockLamp::OnTrack,
        Shape::DueSoon => ClockLamp::DueSoon,
        Shape::Overdue => ClockLamp::Overdue,
        Shape::Done | Shape::NotBegun | Shape::Parked => return table_out::Cell::Text(lamp.word),
    };
    table_out::Cell::Lamp { lamp: of, word: lamp.word }
}

const fn kind(column: LedgerColumn) -> table_out::Kind {
    use table_out::Kind;
    match column {
        LedgerColumn::Matter => Kind::Text,
        LedgerColumn::Lamp => Kind::Lamp,
        LedgerColumn::Due | LedgerColumn::Filed | LedgerColumn::Closed => Kind::DateTime,
        LedgerColumn::Returns | LedgerColumn::Extensions | LedgerColumn::Reopened => Kind::Integer,
        _ => Kind::Word,
    }
}
