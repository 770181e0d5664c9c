//! XLSX. A workbook is a zip archive, so what it unpacks to is measured before
//! anything believes its sizes; after that its rows may stand in memory. Only
//! cells with content are kept: a sheet may claim a million empty rows.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, Xlsx, XlsxError};
use jiff::civil::{Date, DateTime, Time};
use zip::ZipArchive;

use super::sheet::{Cell, MAX_MERGES, Merge, Sheet, SheetLimits};
use super::{Columns, Hint, OpenFault, Row, RowFault, is_blank};

/// Far beyond any ledger people keep by hand; more belongs in a CSV.
pub(super) const MAX_UNPACKED_BYTES: u64 = 200 << 20;

/// Cells with content of one row, by column.
type SparseRow = BTreeMap<u32, String>;

/// The same, with what kind of cells they are.
type SparseCells = BTreeMap<u32, Cell>;

pub(super) struct XlsxRows {
    rows: std::collections::btree_map::IntoIter<u32, SparseRow>,
    merges: Merges,
    columns: Arc<Columns>,
}

/// Merged regions and the text of their upper left cell. Rows come from the top
/// down, so only the regions the current row is in are looked at.
struct Merges {
    /// By first row, the next one last.
    below: Vec<(Dimensions, String)>,
    here: Vec<(Dimensions, String)>,
}

pub(super) fn open(bytes: Vec<u8>, hint: &Hint) -> Result<(Arc<Columns>, XlsxRows), OpenFault> {
    measure(&bytes, MAX_UNPACKED_BYTES)?;
    let mut workbook: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let names = workbook.sheet_names();
    let sheet = match &hint.sheet {
        Some(name) if names.contains(name) => name.clone(),
        Some(name) => return Err(OpenFault::NoSuchSheet { name: name.clone() }),
        None => names.first().cloned().ok_or(OpenFault::NotATable)?,
    };
    let mut rows = cells(&mut workbook, &sheet)?;
    let mut merges = Merges::of(&mut workbook, &sheet, &rows)?;
    let header_row = hint.header_row.map_or(0, |row| row.saturating_sub(1));
    let (at, header) = loop {
        let (at, row) = rows.pop_first().ok_or(OpenFault::NoHeader)?;
        if u64::from(at) >= header_row {
            break (at, row);
        }
    };
    let columns = Arc::new(Columns::new(header_names(header, merges.at(at))));
    let rows = XlsxRows { rows: rows.into_iter(), merges, columns: Arc::clone(&columns) };
    Ok((columns, rows))
}

/// The first sheet as it stands.
pub(super) fn sheet(bytes: Vec<u8>, limits: &SheetLimits) -> Result<Sheet, OpenFault> {
    measure(&bytes, limits.unpacked)?;
    let mut workbook: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let name = workbook.sheet_names().first().cloned().ok_or(OpenFault::NotATable)?;
    let mut sheet = Sheet::default();
    for (at, sparse) in limited_cells(&mut workbook, &name, limits)? {
        let width = sparse.keys().next_back().map_or(0, |last| *last as usize + 1);
        let mut cells = vec![Cell::default(); width];
        for (column, cell) in sparse {
            cells[column as usize] = cell;
        }
        sheet.push(u64::from(at) + 1, cells, limits)?;
    }
    let Some(last_row) = sheet.rows.last().map(|row| row.number) else {
        return Err(OpenFault::Empty);
    };
    for region in workbook.merge_cells_by_sheet_name(&name).map_err(unreadable)? {
        let merge = Merge {
            first_row: u64::from(region.start.0) + 1,
            last_row: u64::from(region.end.0) + 1,
            first_column: region.start.1 as usize,
            last_column: region.end.1 as usize,
        };
        if merge.first_row <= last_row && merge.first_column < limits.columns {
            sheet.merges.push(merge);
        }
        if sheet.merges.len() > MAX_MERGES {
            return Err(OpenFault::TooManyMerges { limit: MAX_MERGES });
        }
    }
    Ok(sheet)
}

/// Stops at the first row or column too many, so that a cell far out costs
/// nothing.
fn limited_cells<R: Read + io::Seek>(
    workbook: &mut Xlsx<R>,
    sheet: &str,
    limits: &SheetLimits,
) -> Result<BTreeMap<u32, SparseCells>, OpenFault> {
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(unreadable)?;
    let mut rows: BTreeMap<u32, SparseCells> = BTreeMap::new();
    while let Some(cell) = reader.next_cell().map_err(unreadable)? {
        let is_date = matches!(cell.get_value(), DataRef::DateTime(_) | DataRef::DateTimeIso(_));
        let text = text(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        if column as usize >= limits.columns {
            return Err(OpenFault::TooManyColumns { limit: limits.columns });
        }
        rows.entry(row).or_default().insert(column, Cell { text, is_date });
        if rows.len() > limits.rows {
            return Err(OpenFault::TooManyRows { limit: limits.rows });
        }
    }
    Ok(rows)
}

/// Unpacks everything to nowhere: the sizes an archive states may be lies.
fn measure(bytes: &[u8], limit: u64) -> Result<(), OpenFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut left = limit;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(unreadable)?;
        let unpacked = io::copy(&mut entry.take(left + 1), &mut io::sink()).map_err(unreadable)?;
        left = left.checked_sub(unpacked).ok_or(OpenFault::UnpacksTooBig { limit })?;
    }
    Ok(())
}

fn cells<R: Read + io::Seek>(
    workbook: &mut Xlsx<R>,
    sheet: &str,
) -> Result<BTreeMap<u32, SparseRow>, OpenFault> {
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(unreadable)?;
    let mut rows: BTreeMap<u32, SparseRow> = BTreeMap::new();
    while let Some(cell) = reader.next_cell().map_err(unreadable)? {
        let text = text(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        rows.entry(row).or_default().insert(column, text);
    }
    Ok(rows)
}

/// A name merged over several columns names the first of them only; one merged
/// over several header rows counts in the lowest.
fn header_names(mut names: SparseRow, merges: &[(Dimensions, String)]) -> Vec<String> {
    for (region, text) in merges {
        names.entry(region.start.1).or_insert_with(|| text.clone());
    }
    let width = names.keys().next_back().map_or(0, |last| last + 1);
    (0..width).map(|column| names.remove(&column).unwrap_or_default()).collect()
}

impl Merges {
    fn of<R: Read + io::Seek>(
        workbook: &mut Xlsx<R>,
        sheet: &str,
        rows: &BTreeMap<u32, SparseRow>,
    ) -> Result<Self, OpenFault> {
        let mut below = Vec::new();
        for region in workbook.merge_cells_by_sheet_name(sheet).map_err(unreadable)? {
            let (row, column) = region.start;
            if let Some(text) = rows.get(&row).and_then(|cells| cells.get(&column)) {
                below.push((region, text.clone()));
            }
        }
        below.sort_by_key(|(region, _)| std::cmp::Reverse(region.start.0));
        Ok(Self { below, here: Vec::new() })
    }

    /// The regions row `row` is in; rows must be asked for in order.
    fn at(&mut self, row: u32) -> &[(Dimensions, String)] {
        while self.below.last().is_some_and(|(region, _)| region.start.0 <= row) {
            self.here.extend(self.below.pop());
        }
        self.here.retain(|(region, _)| region.end.0 >= row);
        &self.here
    }
}

/// Every cell of a region reads as the region's text.
fn fill(cells: &mut [String], merges: &[(Dimensions, String)]) {
    for (region, text) in merges {
        let (first, last) = (region.start.1 as usize, region.end.1 as usize);
        for cell in cells.iter_mut().take(last + 1).skip(first) {
            if cell.is_empty() {
                cell.clone_from(text);
            }
        }
    }
}

impl Iterator for XlsxRows {
    type Item = Result<Row, RowFault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (at, sparse) = self.rows.next()?;
            let found = sparse.keys().next_back().map_or(0, |last| *last as usize + 1);
            let mut cells = vec![String::new(); found.max(self.columns.0.len())];
            for (column, text) in sparse {
                cells[column as usize] = text;
            }
            if is_blank(&cells) {
                continue;
            }
            fill(&mut cells, self.merges.at(at));
            let number = u64::from(at) + 1;
            let row = Row::fitted(number, &self.columns, cells);
            return Some(row.map_err(|trouble| RowFault {
                row: number,
                last_line: number,
                trouble,
            }));
        }
    }
}

/// As a person would type it: whole numbers without a fraction, dates in ISO.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::Error(error) => error.to_string(),
    }
}

/// A serial that is no date (29 February 1900, which Excel believes in, or a
/// number out of range) stays a number, for the reader of dates to refuse.
fn moment_text(moment: &ExcelDateTime) -> String {
    let number = || moment.as_f64().to_string();
    if moment.is_duration() {
        return number();
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let Some(time) = time(hour, minute, second, milli) else { return number() };
    if (0.0..1.0).contains(&moment.as_f64()) {
        return time.to_string();
    }
    match date(year, month, day) {
        None => number(),
        Some(date) if time == Time::midnight() => date.to_string(),
        Some(date) => DateTime::from_parts(date, time).strftime("%F %T%.f").to_string(),
    }
}

fn date(year: u16, month: u8, day: u8) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn time(hour: u8, minute: u8, second: u8, milli: u16) -> Option<Time> {
    let [hour, minute, second] = [hour, minute, second].map(|part| i8::try_from(part).ok());
    Time::new(hour?, minute?, second?, i32::from(milli) * 1_000_000).ok()
}

fn unreadable(error: impl Into<XlsxTrouble>) -> OpenFault {
    match error.into() {
        XlsxTrouble::NotATable => OpenFault::NotATable,
        XlsxTrouble::Broken(why) => OpenFault::Unreadable(why),
    }
}

enum XlsxTrouble {
    NotATable,
    Broken(String),
}

impl From<XlsxError> for XlsxTrouble {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::FileNotFound(_) | XlsxError::NotAWorksheet(_) => Self::NotATable,
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<zip::result::ZipError> for XlsxTrouble {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<io::Error> for XlsxTrouble {
    fn from(error: io::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(sizes: &[usize]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (at, size) in sizes.iter().enumerate() {
            writer.start_file(format!("part{at}"), SimpleFileOptions::default()).expect("entry");
            writer.write_all(&vec![b'0'; *size]).expect("content");
        }
        writer.finish().expect("archive").into_inner()
    }

    #[test]
    fn what_an_archive_unpacks_to_is_counted_over_all_entries() {
        assert_eq!(measure(&archive(&[400, 600]), 1000), Ok(()));
        let too_big = Err(OpenFault::UnpacksTooBig { limit: 1000 });
        assert_eq!(measure(&archive(&[400, 601]), 1000), too_big);
    }

    #[test]
    fn an_archive_that_lies_about_its_sizes_is_measured_all_the_same() {
        let mut bytes = archive(&[100_000]);
        let honest = 100_000_u32.to_le_bytes();
        let mut at = 0;
        while at + 4 <= bytes.len() {
            if bytes[at..at + 4] == honest {
                bytes[at..at + 4].copy_from_slice(&5_u32.to_le_bytes());
            }
            at += 1;
        }
        assert!(measure(&bytes, 1000).is_err());
    }
}
