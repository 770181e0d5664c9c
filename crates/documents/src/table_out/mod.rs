//! Ledgers people take away: CSV, JSON lines and XLSX from one description.
//!
//! Rows are pushed one by one and leave memory at once. Text written by others
//! can never become a formula in a reader's spreadsheet, and control characters
//! are dropped.

mod clean;
mod csv;
mod jsonl;
mod xlsx;

use std::io::{self, Write};

use bihuan_domain::clock::Lamp;
use jiff::civil::{Date, DateTime};

pub use self::csv::CsvOut;
pub use jsonl::JsonlOut;
pub use xlsx::{MAX_XLSX_ROWS, XlsxOut};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Jsonl,
    Xlsx,
}

/// What stands above the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub title: String,
    pub columns: Vec<Column>,
    /// When the file is made, on the reader's wall clock.
    pub made_at: DateTime,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name in JSON lines; never changes with the language.
    pub key: String,
    pub title: String,
    pub kind: Kind,
}

/// Decides a column's width and how its cells are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number of a matter, a code, a name.
    Word,
    /// Sentences; wrapped.
    Text,
    Date,
    DateTime,
    Integer,
    /// A lamp's word on the lamp's colour.
    Lamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    Date(Date),
    /// Wall clock of the reader's time zone.
    DateTime(DateTime),
    Integer(i64),
    Lamp {
        lamp: Lamp,
        word: String,
    },
}

#[derive(Debug, thiserror::Error)]
pub enum OutFault {
    #[error("a row has {found} cells where the sheet has {expected} columns")]
    WrongWidth { expected: usize, found: usize },
    /// More than a sheet can hold; CSV has no such limit.
    #[error("an XLSX sheet holds at most {limit} rows")]
    TooManyRows { limit: u32 },
    #[error("the workbook cannot be written: {0}")]
    Workbook(String),
    #[error("the file cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// A ledger being written.
pub enum TableOut<W: Write + Send> {
    Csv(Box<CsvOut<W>>),
    Jsonl(JsonlOut<W>),
    Xlsx(Box<XlsxOut<W>>),
}

impl<W: Write + Send> TableOut<W> {
    pub fn start(format: Format, sheet: &Sheet, sink: W) -> Result<Self, OutFault> {
        Ok(match format {
            Format::Csv => Self::Csv(Box::new(CsvOut::start(&sheet.columns, sink)?)),
            Format::Jsonl => Self::Jsonl(JsonlOut::start(&sheet.columns, sink)),
            Format::Xlsx => Self::Xlsx(Box::new(XlsxOut::start(sheet, sink)?)),
        })
    }

    pub fn row(&mut self, cells: &[Cell]) -> Result<(), OutFault> {
        match self {
            Self::Csv(out) => out.row(cells),
            Self::Jsonl(out) => out.row(cells),
            Self::Xlsx(out) => out.row(cells),
        }
    }

    /// An XLSX file reaches `sink` only here.
    pub fn finish(self) -> Result<W, OutFault> {
        match self {
            Self::Csv(out) => out.finish(),
            Self::Jsonl(out) => out.finish(),
            Self::Xlsx(out) => out.finish(),
        }
    }
}

/// Writes all of `rows`.
pub fn write<W: Write + Send>(
    format: Format,
    sheet: &Sheet,
    rows: impl IntoIterator<Item = Vec<Cell>>,
    sink: W,
) -> Result<W, OutFault> {
    let mut out = TableOut::start(format, sheet, sink)?;
    for cells in rows {
        out.row(&cells)?;
    }
    out.finish()
}

impl Format {
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Xlsx => "xlsx",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Jsonl => "application/x-ndjson",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

const fn check_width(expected: usize, cells: &[Cell]) -> Result<(), OutFault> {
    if cells.len() == expected {
        return Ok(());
    }
    Err(OutFault::WrongWidth { expected, found: cells.len() })
}
