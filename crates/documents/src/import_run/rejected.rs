//! The list of rejected rows: a CSV that its owner opens beside his file.

use std::io::{self, Write};

use crate::import_map::Rejection;
use crate::table_out::{Cell, Column, CsvOut, Kind, OutFault};

pub struct RejectedRows<W: Write> {
    state: State<W>,
}

enum State<W: Write> {
    /// Nothing was rejected, so nothing is written.
    Nothing(W),
    Started(Box<CsvOut<W>>),
    /// Starting failed and took the writer with it.
    Failed,
}

const COLUMNS: [(&str, &str); 7] = [
    ("row", "行 row"),
    ("id", "编号 id"),
    ("column", "列 column"),
    ("value", "内容 value"),
    ("code", "代码 code"),
    ("reason_zh", "原因"),
    ("reason_en", "reason"),
];

impl<W: Write> RejectedRows<W> {
    pub const fn new(sink: W) -> Self {
        Self { state: State::Nothing(sink) }
    }

    pub fn write(&mut self, origin_id: &str, rejection: &Rejection) -> io::Result<()> {
        let sentence = rejection.why.sentence();
        let row = i64::try_from(rejection.row).unwrap_or(i64::MAX);
        let cells = [
            Cell::Integer(row),
            Cell::Text(origin_id.to_owned()),
            Cell::Text(rejection.column.clone().unwrap_or_default()),
            Cell::Text(rejection.value.clone()),
            Cell::Text(rejection.why.code().to_owned()),
            Cell::Text(sentence.zh),
            Cell::Text(sentence.en),
        ];
        self.started()?.row(&cells).map_err(write_fault)
    }

    pub fn finish(self) -> io::Result<W> {
        match self.state {
            State::Nothing(sink) => Ok(sink),
            State::Started(out) => out.finish().map_err(write_fault),
            State::Failed => Err(io::Error::other("the list could not be started")),
        }
    }

    fn started(&mut self) -> io::Result<&mut CsvOut<W>> {
        self.state = match std::mem::replace(&mut self.state, State::Failed) {
            State::Nothing(sink) => {
                State::Started(Box::new(CsvOut::start(&columns(), sink).map_err(write_fault)?))
            }
            other => other,
        };
        match &mut self.state {
            State::Started(out) => Ok(out),
            _ => Err(io::Error::other("the list could not be started")),
        }
    }
}

fn columns() -> [Column; 7] {
    COLUMNS.map(|(key, title)| Column {
        key: key.to_owned(),
        title: title.to_owned(),
        kind: Kind::Word,
    })
}

fn write_fault(fault: OutFault) -> io::Error {
    match fault {
        OutFault::Write(error) => error,
        other => io::Error::other(other),
    }
}
