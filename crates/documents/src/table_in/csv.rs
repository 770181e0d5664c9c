//! CSV. The text is split at byte level, which is safe in both encodings: no
//! byte of a GB 18030 character is a comma, semicolon, tab, quotation mark or
//! line break. Each row is decoded by itself, so a damaged row is one fault.

use std::io::Read;
use std::sync::Arc;

use ::csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder};

use super::encoding::{self, Encoding};
use super::lines::{Lines, MAX_ROW_BYTES, RowBytes, RowTooLong};
use super::sheet::{Cell, Sheet, SheetLimits};
use super::{Columns, Hint, OpenFault, Row, RowFault, RowTrouble, is_blank};

/// Where the names of the columns stand, if anywhere.
const HEAD_LINES: usize = 50;

const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";

pub(super) struct CsvRows {
    reader: Reader<Lines<Box<dyn Read + Send>>>,
    record: ByteRecord,
    row_bytes: RowBytes,
    /// Unknown as long as everything was ASCII.
    encoding: Option<Encoding>,
    columns: Arc<Columns>,
    broken: bool,
}

/// The cells of a row and the lines it stands on.
struct RawRow {
    first_line: u64,
    last_line: u64,
    cells: Result<Vec<String>, RowTrouble>,
}

pub(super) fn open(
    sample: &[u8],
    reader: impl Read + Send + 'static,
    hint: &Hint,
) -> Result<(Arc<Columns>, CsvRows), OpenFault> {
    let header_row = hint.header_row.unwrap_or(1);
    let text = sample.strip_prefix(UTF8_BOM).unwrap_or(sample);
    let delimiter = hint.delimiter.unwrap_or_else(|| delimiter(text, header_row));
    let mut rows = from_the_top(sample, reader, hint.encoding, delimiter)?;
    rows.columns = Arc::new(rows.header(header_row)?);
    Ok((Arc::clone(&rows.columns), rows))
}

/// All rows, however many cells each has.
pub(super) fn sheet(
    sample: &[u8],
    reader: impl Read + Send + 'static,
    limits: &SheetLimits,
) -> Result<Sheet, OpenFault> {
    let mut rows = from_the_top(sample, reader, None, densest_delimiter(sample))?;
    let mut sheet = Sheet::default();
    while let Some(raw) = rows.raw() {
        match raw.cells {
            Ok(cells) => {
                let cells = cells.into_iter().map(Cell::from).collect();
                sheet.push(raw.first_line, cells, limits)?;
            }
            Err(_) if sheet.faults.len() >= limits.rows => {
                return Err(OpenFault::TooManyRows { limit: limits.rows });
            }
            Err(trouble) => sheet.faults.push(RowFault {
                row: raw.first_line,
                last_line: raw.last_line,
                trouble,
            }),
        }
    }
    Ok(sheet)
}

fn from_the_top(
    sample: &[u8],
    mut reader: impl Read + Send + 'static,
    encoding: Option<Encoding>,
    delimiter: u8,
) -> Result<CsvRows, OpenFault> {
    if sample.is_empty() {
        return Err(OpenFault::Empty);
    }
    if sample.starts_with(&[0xff, 0xfe]) || sample.starts_with(&[0xfe, 0xff]) {
        return Err(OpenFault::Utf16);
    }
    if sample.contains(&0) {
        return Err(OpenFault::NotATable);
    }
    let has_bom = sample.starts_with(UTF8_BOM);
    if has_bom {
        let mut bom = [0; UTF8_BOM.len()];
        reader.read_exact(&mut bom).map_err(|error| OpenFault::Unreadable(error.to_string()))?;
    }
    let known = if has_bom { Some(Encoding::Utf8) } else { encoding };
    let complete = (sample.len() as u64) < super::SAMPLE_BYTES;
    let row_bytes = RowBytes::default();
    let lines = Lines::new(Box::new(reader) as Box<dyn Read + Send>, row_bytes.clone());
    let text = sample.strip_prefix(UTF8_BOM).unwrap_or(sample);
    Ok(CsvRows {
        reader: ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(lines),
        record: ByteRecord::new(),
        row_bytes,
        encoding: known.or_else(|| encoding::guess(text, complete)),
        columns: Arc::new(Columns(Vec::new())),
        broken: false,
    })
}

impl CsvRows {
    /// The first row with content from line `from` on.
    fn header(&mut self, from: u64) -> Result<Columns, OpenFault> {
        loop {
            let Some(raw) = self.raw() else { return Err(OpenFault::NoHeader) };
            if raw.first_line < from {
                if self.broken {
                    return Err(OpenFault::NoHeader);
                }
                continue;
            }
            let mut cells =
                raw.cells.map_err(|trouble| OpenFault::Unreadable(trouble.to_string()))?;
            if is_blank(&cells) {
                continue;
            }
            while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
                cells.pop();
            }
            return Ok(Columns::new(cells));
        }
    }

    fn raw(&mut self) -> Option<RawRow> {
        if self.broken {
            return None;
        }
        let line = self.reader.position().line();
        match self.reader.read_byte_record(&mut self.record) {
            Ok(false) => None,
            Ok(true) => {
                self.row_bytes.reset();
                Some(self.place_and_decode(line))
            }
            Err(error) => {
                self.broken = true;
                Some(RawRow { first_line: line, last_line: line, cells: Err(trouble(error)) })
            }
        }
    }

    /// `from` is the line reading stood at. A row takes one line break to end
    /// besides those in its cells; a row that had none for that was still inside
    /// a quotation mark when the file ended.
    fn place_and_decode(&mut self, from: u64) -> RawRow {
        let breaks = self.record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let last_line = self.reader.position().line().saturating_sub(1);
        if last_line < from + breaks {
            return RawRow { first_line: from, last_line, cells: Err(RowTrouble::Unclosed) };
        }
        RawRow { first_line: last_line - breaks, last_line, cells: self.decode() }
    }

    fn decode(&mut self) -> Result<Vec<String>, RowTrouble> {
        if self.encoding.is_none() && !self.record.as_slice().is_ascii() {
            self.encoding = encoding::of_bytes(self.record.as_slice());
        }
        let encoding = self.encoding.unwrap_or(Encoding::Utf8);
        let mut cells = Vec::with_capacity(self.record.len());
        for (at, bytes) in self.record.iter().enumerate() {
            let cell = encoding.decode(bytes).ok_or(RowTrouble::Encoding { cell: at + 1 })?;
            cells.push(cell);
        }
        Ok(cells)
    }
}

impl Iterator for CsvRows {
    type Item = Result<Row, RowFault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let raw = self.raw()?;
            let cells = match raw.cells {
                Ok(cells) if is_blank(&cells) => continue,
                Ok(cells) => Row::fitted(raw.first_line, &self.columns, cells),
                Err(trouble) => Err(trouble),
            };
            return Some(cells.map_err(|trouble| RowFault {
                row: raw.first_line,
                last_line: raw.last_line,
                trouble,
            }));
        }
    }
}

/// Whichever stands most often outside quotation marks in the header line.
fn delimiter(text: &[u8], header_row: u64) -> u8 {
    let skip = usize::try_from(header_row.saturating_sub(1)).unwrap_or(0);
    let line = text
        .split(|byte| *byte == b'\n')
        .skip(skip)
        .find(|line| !line.trim_ascii().is_empty())
        .unwrap_or_default();
    most_frequent(line).0
}

/// Without knowing the header line: a title above it may have commas of its
/// own, so the line with the most of one kind decides.
fn densest_delimiter(text: &[u8]) -> u8 {
    let lines = text.split(|byte| matches!(byte, b'\n' | b'\r')).take(HEAD_LINES);
    lines
        .map(most_frequent)
        .fold((b',', 0), |best, found| if found.1 > best.1 { found } else { best })
        .0
}

fn most_frequent(line: &[u8]) -> (u8, usize) {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in line {
        if *byte == b'"' {
            quoted = !quoted;
        }
        if quoted {
            continue;
        }
        for (delimiter, count) in &mut counts {
            *count += usize::from(byte == delimiter);
        }
    }
    let mut best = counts[0];
    for candidate in counts {
        if candidate.1 > best.1 {
            best = candidate;
        }
    }
    best
}

fn trouble(error: ::csv::Error) -> RowTrouble {
    match error.into_kind() {
        ErrorKind::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<RowTooLong>()) => {
            RowTrouble::TooLong { limit: MAX_ROW_BYTES }
        }
        ErrorKind::Io(error) => RowTrouble::Unreadable(error.to_string()),
        other => RowTrouble::Unreadable(format!("{other:?}")),
    }
}
