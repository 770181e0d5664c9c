//! The statement for a spreadsheet or a program.

use std::io::{self, Write};

use bihuan_documents::table_out::{Cell, Column, Format, Kind, OutFault, Sheet, TableOut};
use bihuan_domain::instant::Instant;
use bihuan_simulate::{Side, Statement, UnitLine};
use serde_json::{Value, json};

/// Key, title, and the figure of one side.
type Figure = (&'static str, &'static str, fn(&Side) -> Option<u64>);

const FIGURES: [Figure; 8] = [
    ("closed", "办结 Closed", |side| Some(side.closed)),
    ("on_time", "按期 On time", |side| Some(side.on_time)),
    ("mean_minutes", "平均分钟 Mean minutes", |side| side.mean_minutes),
    ("given", "交办 Given", |side| Some(side.given)),
    ("most_open", "最多在办 Most open", |side| Some(side.most_open)),
    ("open", "在办 Open", |side| Some(side.open)),
    ("due_soon", "将到期 Due soon", |side| Some(side.due_soon)),
    ("overdue", "超期在办 Overdue", |side| Some(side.overdue)),
];

pub(super) fn json(statement: &Statement) -> String {
    let line = |line: &UnitLine| {
        json!({
            "unit": line.unit,
            "name": line.name,
            "was": line.was,
            "would": line.would,
            "not-replayed": line.not_replayed,
        })
    };
    let value: Value = json!({
        "tried": statement.tried,
        "filed-under": statement.filed_under,
        "from": statement.period.from.civil().to_string(),
        "to": statement.period.to.civil().to_string(),
        "units": statement.units.iter().map(line).collect::<Vec<_>>(),
        "county": line(&statement.total),
        "matters": statement.matters,
        "unchanged": statement.unchanged,
        "late-now-on-time": statement.now_on_time,
        "on-time-now-late": statement.now_late,
        "to-another-unit": statement.elsewhere,
        "extensions-not-granted": statement.ungranted,
        "not-replayed": statement.stopped,
        "imported": statement.imported,
    });
    format!("{value:#}\n")
}

/// One row a unit, the county's last.
pub(super) fn write(
    statement: &Statement,
    format: Format,
    made_at: Instant,
    sink: &mut (dyn Write + Send),
) -> io::Result<()> {
    let sheet = Sheet {
        title: "规则推演 What if".to_owned(),
        columns: columns(),
        made_at: made_at.civil(),
    };
    let mut table = TableOut::start(format, &sheet, sink).map_err(fault)?;
    for line in statement.units.iter().chain([&statement.total]) {
        table.row(&cells(line)).map_err(fault)?;
    }
    table.finish().map_err(fault)?.flush()
}

fn columns() -> Vec<Column> {
    let column = |key: String, title: String, kind| Column { key, title, kind };
    let mut columns = vec![
        column("unit".to_owned(), "单位代码 Unit".to_owned(), Kind::Word),
        column("name".to_owned(), "单位 Name".to_owned(), Kind::Word),
    ];
    for (key, title, _) in FIGURES {
        for (side, name) in [("was", "原 was"), ("would", "推演 would be")] {
            columns.push(column(format!("{key}_{side}"), format!("{title} {name}"), Kind::Integer));
        }
    }
    columns.push(column(
        "not_replayed".to_owned(),
        "未能推演 Not replayed".to_owned(),
        Kind::Integer,
    ));
    columns
}

fn cells(line: &UnitLine) -> Vec<Cell> {
    let unit = line.unit.clone().map_or(Cell::Empty, Cell::Text);
    let mut cells = vec![unit, Cell::Text(line.name.zh.clone())];
    for (_, _, figure) in FIGURES {
        cells.extend([&line.was, &line.would].map(|side| integer(figure(side))));
    }
    cells.push(integer(Some(line.not_replayed)));
    cells
}

fn integer(figure: Option<u64>) -> Cell {
    let figure = figure.and_then(|figure| i64::try_from(figure).ok());
    figure.map_or(Cell::Empty, Cell::Integer)
}

fn fault(fault: OutFault) -> io::Error {
    match fault {
        OutFault::Write(fault) => fault,
        other => io::Error::other(other),
    }
}
