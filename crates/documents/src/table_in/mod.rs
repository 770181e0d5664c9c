//! Tables people bring: CSV in the encodings and shapes that offices send, and
//! XLSX. Read row by row, so that a large CSV needs no more memory than a small
//! one.
//!
//! No row disappears: one that cannot be read is a [`RowFault`] with its
//! number. Rows without any content are not rows.
//!
//! Doorways: [`Rows`] (a register of any length), [`Sheet`] (one small table as
//! it stands).

mod csv;
mod encoding;
mod fault;
mod lines;
mod sheet;
mod xlsx;

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;

pub use encoding::Encoding;
pub use fault::{OpenFault, RowFault, RowTrouble};
pub use sheet::{Cell, Merge, Sheet, SheetLimits, SheetRow};

/// An XLSX file as sent; what it unpacks to has its own limit.
pub const MAX_XLSX_BYTES: u64 = 50 << 20;

/// Enough lines to tell the encoding and the delimiter.
const SAMPLE_BYTES: u64 = 256 << 10;

/// What the caller knows about a file; all of it is otherwise found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hint {
    pub encoding: Option<Encoding>,
    /// `,`, `;` or a tab.
    pub delimiter: Option<u8>,
    /// Name of the sheet of an XLSX file; without it the first.
    pub sheet: Option<String>,
    /// Number of the row with the column names, where a title stands above it.
    pub header_row: Option<u64>,
}

/// The column names, in order. A name is trimmed; it may be empty or repeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(Vec<String>);

/// One row, its cells in the order of the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where a person finds it: the line it begins on in a text editor (CSV) or
    /// the sheet's row (XLSX).
    pub number: u64,
    columns: Arc<Columns>,
    cells: Vec<String>,
}

/// The rows of a table after its column names.
pub struct Rows {
    columns: Arc<Columns>,
    source: Source,
}

enum Source {
    Csv(Box<csv::CsvRows>),
    Xlsx(xlsx::XlsxRows),
}

impl Rows {
    /// The kind is told by the first bytes, never by the name.
    pub fn open_path(path: &Path, hint: &Hint) -> Result<Self, OpenFault> {
        let file = File::open(path).map_err(|error| OpenFault::Unreadable(error.to_string()))?;
        Self::open(file, hint)
    }

    pub fn open(reader: impl Read + Send + 'static, hint: &Hint) -> Result<Self, OpenFault> {
        let (head, reader) = peek(reader, 8)?;
        if head.is_empty() {
            return Err(OpenFault::Empty);
        }
        if head.starts_with(b"PK\x03\x04") {
            return Self::open_xlsx(reader, hint);
        }
        if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(OpenFault::OldExcel);
        }
        if head.starts_with(&[0x1f, 0x8b]) {
            return Self::open_csv(flate2::read::MultiGzDecoder::new(reader), hint);
        }
        Self::open_csv(reader, hint)
    }

    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    fn open_xlsx(reader: impl Read, hint: &Hint) -> Result<Self, OpenFault> {
        let mut bytes = Vec::new();
        reader
            .take(MAX_XLSX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| OpenFault::Unreadable(error.to_string()))?;
        if bytes.len() as u64 > MAX_XLSX_BYTES {
            return Err(OpenFault::TooBig { limit: MAX_XLSX_BYTES });
        }
        let (columns, rows) = xlsx::open(bytes, hint)?;
        Ok(Self { columns, source: Source::Xlsx(rows) })
    }

    fn open_csv(reader: impl Read + Send + 'static, hint: &Hint) -> Result<Self, OpenFault> {
        let (sample, reader) = peek(reader, SAMPLE_BYTES)?;
        let (columns, rows) = csv::open(&sample, reader, hint)?;
        Ok(Self { columns, source: Source::Csv(Box::new(rows)) })
    }
}

impl Iterator for Rows {
    type Item = Result<Row, RowFault>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.source {
            Source::Csv(rows) => rows.next(),
            Source::Xlsx(rows) => rows.next(),
        }
    }
}

impl Columns {
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The first column of that name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|column| column == name)
    }

    /// How many columns have that name.
    pub fn count(&self, name: &str) -> usize {
        self.0.iter().filter(|column| *column == name).count()
    }

    fn new(names: impl IntoIterator<Item = String>) -> Self {
        Self(names.into_iter().map(|name| name.trim().to_owned()).collect())
    }
}

impl Row {
    /// Cells past the columns are faults unless they are empty; missing ones at
    /// the end are faults too, since nobody can tell which one is missing.
    fn fitted(
        number: u64,
        columns: &Arc<Columns>,
        mut cells: Vec<String>,
    ) -> Result<Self, RowTrouble> {
        let expected = columns.0.len();
        while cells.len() > expected && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.len() != expected {
            return Err(RowTrouble::Ragged { expected, found: cells.len() });
        }
        Ok(Self { number, columns: Arc::clone(columns), cells })
    }

    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The cell as it stands in the file; `None` when there is no such column.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.columns.position(column).map(|at| self.cells[at].as_str())
    }

    pub fn cells(&self) -> &[String] {
        &self.cells
    }
}

/// The first bytes, and a reader that still gives them.
fn peek<R: Read>(mut reader: R, limit: u64) -> Result<(Vec<u8>, impl Read + use<R>), OpenFault> {
    let mut head = Vec::new();
    (&mut reader)
        .take(limit)
        .read_to_end(&mut head)
        .map_err(|error| OpenFault::Unreadable(error.to_string()))?;
    Ok((head.clone(), Cursor::new(head).chain(reader)))
}

fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}
