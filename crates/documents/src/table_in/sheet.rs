//! A small table held whole and as it stands: titles above the names, ragged
//! rows and merged regions included, for readers that find their own header.
//!
//! Nothing is filled in here; which merged cells may be repeated is for the
//! reader to know.

use std::io::Cursor;

use serde::{Deserialize, Serialize};

use super::{OpenFault, RowFault, csv, peek, xlsx};

/// What a sheet may hold before it is refused; the counts are of rows and
/// columns with content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetLimits {
    pub bytes: u64,
    /// Of an XLSX file.
    pub unpacked: u64,
    pub rows: usize,
    pub columns: usize,
}

/// More come from a program, not from a person.
pub(super) const MAX_MERGES: usize = 5_000;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Rows with content, from the top.
    pub rows: Vec<SheetRow>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub merges: Vec<Merge>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub faults: Vec<RowFault>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// As [`super::Row::number`].
    pub number: u64,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    pub text: String,
    /// Stored as a date by the workbook, and given as `2026-10-31`.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub is_date: bool,
}

/// A region whose text stands in its upper left cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    pub first_row: u64,
    pub last_row: u64,
    pub first_column: usize,
    pub last_column: usize,
}

impl Sheet {
    /// The kind is told by the first bytes, as in [`super::Rows::open`].
    pub fn read(bytes: &[u8], limits: &SheetLimits) -> Result<Self, OpenFault> {
        if bytes.len() as u64 > limits.bytes {
            return Err(OpenFault::TooBig { limit: limits.bytes });
        }
        if bytes.is_empty() {
            return Err(OpenFault::Empty);
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return xlsx::sheet(bytes.to_vec(), limits);
        }
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(OpenFault::OldExcel);
        }
        let (sample, reader) = peek(Cursor::new(bytes.to_vec()), super::SAMPLE_BYTES)?;
        csv::sheet(&sample, reader, limits)
    }

    /// Text copied out of a spreadsheet or a document: tabs between the cells,
    /// or commas where it has no tab.
    pub fn of_pasted(text: &str, limits: &SheetLimits) -> Result<Self, OpenFault> {
        if text.len() as u64 > limits.bytes {
            return Err(OpenFault::TooBig { limit: limits.bytes });
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if text.trim().is_empty() {
            return Err(OpenFault::Empty);
        }
        let delimiter = if text.contains('\t') { '\t' } else { ',' };
        let mut sheet = Self::default();
        let mut pasted = Pasted { rest: &text, line: 1, delimiter, has_quoted: true };
        while let Some(row) = pasted.row() {
            sheet.push(row.number, row.cells, limits)?;
        }
        Ok(sheet)
    }

    /// Whether a sheet that was kept elsewhere is still one that would be read:
    /// its rows from the top down, none twice, no more than `limits` allows.
    pub fn is_within(&self, limits: &SheetLimits) -> bool {
        let in_order = self.rows.windows(2).all(|pair| pair[0].number < pair[1].number);
        in_order
            && self.rows.len() <= limits.rows
            && self.merges.len() <= MAX_MERGES
            && self.rows.iter().all(|row| row.cells.len() <= limits.columns)
    }

    /// Writes over one cell, as its owner would in the table.
    pub fn set(&mut self, row: u64, column: usize, text: &str, limits: &SheetLimits) {
        let found = self.rows.iter_mut().find(|found| found.number == row);
        let Some(found) = found.filter(|_| column < limits.columns) else { return };
        if found.cells.len() <= column {
            found.cells.resize(column + 1, Cell::default());
        }
        if found.cells[column].text != text {
            found.cells[column] = Cell::from(text.to_owned());
        }
    }

    /// Leaves a row out; the others keep their numbers.
    pub fn drop_row(&mut self, row: u64) {
        self.rows.retain(|found| found.number != row);
        self.faults.retain(|fault| fault.row != row);
    }

    /// Blank rows are not rows, blank cells at the end no cells.
    pub(super) fn push(
        &mut self,
        number: u64,
        mut cells: Vec<Cell>,
        limits: &SheetLimits,
    ) -> Result<(), OpenFault> {
        while cells.last().is_some_and(Cell::is_blank) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if cells.len() > limits.columns {
            return Err(OpenFault::TooManyColumns { limit: limits.columns });
        }
        if self.rows.len() >= limits.rows {
            return Err(OpenFault::TooManyRows { limit: limits.rows });
        }
        self.rows.push(SheetRow { number, cells });
        Ok(())
    }
}

impl SheetRow {
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }
}

impl Cell {
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, is_date: false }
    }
}

impl Merge {
    pub fn has_row(&self, row: u64) -> bool {
        (self.first_row..=self.last_row).contains(&row)
    }

    pub fn has_column(&self, column: usize) -> bool {
        (self.first_column..=self.last_column).contains(&column)
    }
}

struct Pasted<'a> {
    rest: &'a str,
    line: u64,
    delimiter: char,
    /// Whether a quoted cell may still come; looked for once only when not.
    has_quoted: bool,
}

impl<'a> Pasted<'a> {
    fn row(&mut self) -> Option<SheetRow> {
        if self.rest.is_empty() {
            return None;
        }
        let number = self.line;
        let mut cells = Vec::new();
        loop {
            let cell = self.cell();
            self.line += cell.matches('\n').count() as u64;
            cells.push(Cell::from(cell));
            let mut rest = self.rest.chars();
            let ended = rest.next();
            self.rest = rest.as_str();
            if ended != Some(self.delimiter) {
                break;
            }
        }
        self.line += 1;
        Some(SheetRow { number, cells })
    }

    /// Spreadsheets put quotation marks only around cells with line breaks or
    /// tabs in them, so a mark that is not closed right before the next cell is
    /// part of the text.
    fn cell(&mut self) -> String {
        if self.has_quoted && self.rest.starts_with('"') {
            if let Some((text, rest)) = quoted(self.rest, self.delimiter) {
                self.rest = rest;
                return text;
            }
            self.has_quoted = false;
        }
        let end = self.rest.find([self.delimiter, '\n']).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        text.to_owned()
    }
}

fn quoted(from: &str, delimiter: char) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut rest = from.strip_prefix('"')?;
    loop {
        let (before, after) = rest.split_once('"')?;
        text.push_str(before);
        if let Some(doubled) = after.strip_prefix('"') {
            text.push('"');
            rest = doubled;
            continue;
        }
        if after.is_empty() || after.starts_with([delimiter, '\n']) {
            return Some((text, after));
        }
        text.push('"');
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: SheetLimits =
        SheetLimits { bytes: 1 << 20, unpacked: 1 << 20, rows: 5, columns: 4 };

    fn pasted(text: &str) -> Vec<(u64, Vec<String>)> {
        let sheet = Sheet::of_pasted(text, &LIMITS).expect("a sheet");
        let cells = |row: SheetRow| row.cells.into_iter().map(|cell| cell.text).collect();
        sheet.rows.into_iter().map(|row| (row.number, cells(row))).collect()
    }

    fn row(number: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn pasted_cells_keep_their_line_breaks_and_count_them() {
        let rows = pasted("序号\t任务\r\n1\t\"甲\n乙\"\"丙\"\"\"\r\n\r\n2\t丁\r\n");
        assert_eq!(
            rows,
            [row(1, &["序号", "任务"]), row(2, &["1", "甲\n乙\"丙\""]), row(5, &["2", "丁"])]
        );
    }

    #[test]
    fn a_quotation_mark_that_belongs_to_the_text_stays_in_it() {
        assert_eq!(
            pasted("\"十四五\"规划\t2\n3\t4"),
            [row(1, &["\"十四五\"规划", "2"]), row(2, &["3", "4"])]
        );
        assert_eq!(pasted("a\t\"b\nc\td"), [row(1, &["a", "\"b"]), row(2, &["c", "d"])]);
    }

    #[test]
    fn commas_part_cells_only_where_there_is_no_tab() {
        assert_eq!(pasted("a,b\nc,d"), [row(1, &["a", "b"]), row(2, &["c", "d"])]);
        assert_eq!(pasted("a,b\tc"), [row(1, &["a,b", "c"])]);
    }

    #[test]
    fn more_rows_or_columns_than_allowed_are_refused() {
        let refusal = |text: &str| Sheet::of_pasted(text, &LIMITS).expect_err("too much");
        assert_eq!(refusal("a\n\nb\nc\nd\ne\nf"), OpenFault::TooManyRows { limit: 5 });
        assert_eq!(refusal("1\t2\t3\t4\t5"), OpenFault::TooManyColumns { limit: 4 });
        assert_eq!(pasted("1\t2\t3\t4\t\t \n").len(), 1, "blank cells are none");
        assert_eq!(refusal(" \n"), OpenFault::Empty);
    }
}
