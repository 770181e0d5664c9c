//! One matter of a ledger as cells: on the page, and typed in a file.

use std::sync::Arc;

use bihuan_app::queries::ledger::{LedgerLine, Told};
use bihuan_app::queries::tasks::NodeAt;
use bihuan_documents::table_out;
use bihuan_domain::calendar::Calendar;
use bihuan_domain::clock::Lamp as ClockLamp;
use bihuan_domain::instant::Instant;

use crate::i18n::{Key, Lang};
use crate::pages::desk::ledger::{LedgerColumn, LedgerRow};
use crate::routes::desk::tasks::fill::{node_day, node_lamp};
use crate::routes::desk::told;
use crate::view::day;
use crate::view::lamp::{Lamp, Shape};
use crate::view::table::Cell;
use crate::view::why::day_at;

/// What stands between several things said in one cell.
const BREAK: &str = "\n";

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

    pub(crate) fn row(&self, at: usize, columns: &[LedgerColumn], line: &LedgerLine) -> LedgerRow {
        LedgerRow {
            cells: columns.iter().map(|column| self.cell(at, *column, line)).collect(),
            is_late: self.lamp(line).shape == Shape::Overdue,
        }
    }

    fn cell(&self, at: usize, column: LedgerColumn, line: &LedgerLine) -> Cell {
        if let Some(code) = column.node() {
            return self.node(line, code).map_or(Cell::Nothing, |(lamp, node)| Cell::Lamp {
                lamp,
                day: Some(self.day(node_day(node))),
                href: None,
            });
        }
        if column.is_number() {
            return Cell::words(number(at, column, line).to_string());
        }
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
            _ => match moment(column, line) {
                Some(at) => Cell::Day(self.day(at)),
                None => Cell::words(self.words(column, line)),
            },
        }
    }

    fn day(&self, at: Instant) -> crate::view::day::Day {
        day_at(&self.calendar, at).without_time()
    }

    fn node<'a>(&self, line: &'a LedgerLine, code: &str) -> Option<(Lamp, &'a NodeAt)> {
        let node = line.told.nodes.iter().find(|node| node.code.as_str() == code)?;
        Some((node_lamp(self.lang, &self.calendar, self.now, node)?, node))
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
            _ => self.told(column, line),
        }
    }

    /// What only tasks, findings and papers say.
    fn told(&self, column: LedgerColumn, line: &LedgerLine) -> String {
        let Told { record, .. } = &line.told;
        let told = &line.told;
        let said = |of: &Option<String>| of.clone().unwrap_or_default();
        match column {
            LedgerColumn::Basis => said(&told.basis),
            LedgerColumn::Approver => said(&record.approver),
            LedgerColumn::Whole => line.line.words.clone(),
            LedgerColumn::Goal => said(&told.goal),
            LedgerColumn::Kind => {
                self.lang.code_of("urgency", line.line.urgency.code()).into_owned()
            }
            LedgerColumn::Official => said(&told.official),
            LedgerColumn::CoUnits => {
                let names: Vec<&str> = told.co.iter().map(|unit| self.lang.pick(unit)).collect();
                names.join(&self.lang.tr("list-comma"))
            }
            LedgerColumn::Person => said(&told.person),
            LedgerColumn::Document => said(&told.document),
            LedgerColumn::Notices => told.notices.join(BREAK),
            LedgerColumn::Inspections => told.inspections.join(BREAK),
            LedgerColumn::Progress => said(&told.progress),
            LedgerColumn::Reports => self.dated(&record.reports),
            LedgerColumn::Measures => said(&record.plan),
            LedgerColumn::Outcome => said(&record.result),
            LedgerColumn::Decisions => self.dated(&record.decisions),
            LedgerColumn::ExtensionReasons => record.extension_reasons.join(BREAK),
            LedgerColumn::ReturnReasons => record.return_reasons.join(BREAK),
            LedgerColumn::AcceptedBy => said(&record.accepted_by),
            LedgerColumn::Reviewer => said(&record.reviewer),
            LedgerColumn::LookedBack => {
                record.looked_back.as_ref().map_or_else(String::new, |of| {
                    let key = if of.0 { Key("ledger-held") } else { Key("ledger-rebounded") };
                    self.lang.trn(key.0, "words", of.1.as_str())
                })
            }
            LedgerColumn::Alike => record.alike.map_or_else(String::new, |alike| {
                self.lang
                    .say("ledger-alike")
                    .with("looked", alike.looked_at)
                    .with("found", alike.found)
                    .with("mended", alike.mended)
                    .to_string()
            }),
            _ => self.judged(column, line),
        }
    }

    fn judged(&self, column: LedgerColumn, line: &LedgerLine) -> String {
        let code = |family: &str, code: &str| self.lang.code_of(family, code).into_owned();
        match column {
            LedgerColumn::Grade => {
                line.told.grade.map(|grade| code("grade", grade.code())).unwrap_or_default()
            }
            LedgerColumn::Slip => {
                line.told.slip.map(|slip| code("slip", slip.code())).unwrap_or_default()
            }
            LedgerColumn::Criticism if line.told.is_criticised => {
                self.lang.tr("task-criticised").into_owned()
            }
            LedgerColumn::Criticism if line.waiting.as_deref() == Some("criticism") => {
                self.lang.tr("ledger-criticism-proposed").into_owned()
            }
            _ => String::new(),
        }
    }

    /// Each with its day, a line each.
    fn dated(&self, said: &[(Instant, String)]) -> String {
        let year = self.now.date().year();
        let one = |(at, words): &(Instant, String)| {
            let day = day::date_words(self.lang, at.date(), year);
            self.lang.say("ledger-dated").with("day", day).with("words", words.as_str()).to_string()
        };
        said.iter().map(one).collect::<Vec<_>>().join(BREAK)
    }

    /// The same cells, typed; a matter takes two: its number and its title, and a
    /// node its lamp and its day.
    pub(crate) fn typed(
        &self,
        at: usize,
        columns: &[LedgerColumn],
        line: &LedgerLine,
    ) -> Vec<table_out::Cell> {
        columns.iter().flat_map(|column| self.typed_cells(at, *column, line)).collect()
    }

    fn typed_cells(
        &self,
        at: usize,
        column: LedgerColumn,
        line: &LedgerLine,
    ) -> Vec<table_out::Cell> {
        use table_out::Cell;
        if let Some(code) = column.node() {
            return self.node(line, code).map_or_else(
                || vec![Cell::Empty, Cell::Empty],
                |(lamp, node)| vec![typed_lamp(lamp), Cell::DateTime(node_day(node).civil())],
            );
        }
        if column.is_number() {
            return vec![Cell::Integer(number(at, column, line))];
        }
        let cell = match column {
            LedgerColumn::Matter => {
                return vec![Cell::Text(line.line.number.clone()), Cell::Text(self.title(line))];
            }
            LedgerColumn::Lamp => typed_lamp(self.lamp(line)),
            LedgerColumn::Due => {
                line.line.due.map_or(Cell::Empty, |due| Cell::DateTime(due.due_at.civil()))
            }
            _ => match moment(column, line) {
                Some(at) if is_day(column) => Cell::Date(at.date()),
                Some(at) => Cell::DateTime(at.civil()),
                None => match self.words(column, line) {
                    words if words.is_empty() => Cell::Empty,
                    words => Cell::Text(words),
                },
            },
        };
        vec![cell]
    }

    pub(crate) fn typed_columns(&self, columns: &[LedgerColumn]) -> Vec<table_out::Column> {
        let mut all = Vec::new();
        for column in columns {
            let title = self.lang.code_of("col", column.code()).into_owned();
            if *column == LedgerColumn::Matter {
                all.push(table_out::Column {
                    key: "number".to_owned(),
                    title: self.lang.tr("ledger-number").into_owned(),
                    kind: table_out::Kind::Word,
                });
            }
            let at = column.node().map(|_| table_out::Column {
                key: format!("{}-at", column.code()),
                title: self.lang.trn("ledger-node-at", "node", title.as_str()),
                kind: table_out::Kind::DateTime,
            });
            all.push(table_out::Column {
                key: column.code().to_owned(),
                title,
                kind: kind(*column),
            });
            all.extend(at);
        }
        all
    }
}

fn number(at: usize, column: LedgerColumn, line: &LedgerLine) -> i64 {
    match column {
        LedgerColumn::Row => i64::try_from(at + 1).unwrap_or(i64::MAX),
        LedgerColumn::Returns => line.returns,
        LedgerColumn::Extensions => line.extensions,
        LedgerColumn::Findings => line.told.findings,
        _ => line.reopened,
    }
}

/// Of the columns that say when.
fn moment(column: LedgerColumn, line: &LedgerLine) -> Option<Instant> {
    match column {
        LedgerColumn::Filed => Some(line.line.filed_at),
        LedgerColumn::Closed => line.closed_at,
        LedgerColumn::Original => line.told.promised.map(|(_, original)| original),
        LedgerColumn::Promised => line.told.promised.map(|(now, _)| now),
        LedgerColumn::Submitted => line.told.submitted_at,
        _ => None,
    }
}

/// A promise is a day; when something happened is a moment.
const fn is_day(column: LedgerColumn) -> bool {
    matches!(column, LedgerColumn::Original | LedgerColumn::Promised)
}

pub(in crate::routes::desk) fn typed_lamp(lamp: Lamp) -> table_out::Cell {
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
    if column.node().is_some() {
        return Kind::Lamp;
    }
    if column.is_number() {
        return Kind::Integer;
    }
    if column.is_text() {
        return Kind::Text;
    }
    if is_day(column) {
        return Kind::Date;
    }
    match column {
        LedgerColumn::Matter => Kind::Text,
        LedgerColumn::Lamp => Kind::Lamp,
        LedgerColumn::Due
        | LedgerColumn::Filed
        | LedgerColumn::Closed
        | LedgerColumn::Submitted => Kind::DateTime,
        _ => Kind::Word,
    }
}
