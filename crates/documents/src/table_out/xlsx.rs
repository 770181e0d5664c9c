//! XLSX: typed dates and numbers, so that they sort and sum, and a sheet that
//! prints: A4 across, A3 where it is wide, all columns on the page, the head on every page.
//!
//! Rows go to a temporary file as they come; the workbook is put together at
//! the end.

use std::io::Write;

use bihuan_domain::clock::Lamp;
use jiff::civil::DateTime;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::{Cell, Column, Kind, OutFault, Sheet, check_width, clean};

/// What a sheet holds, without the row of names.
pub const MAX_XLSX_ROWS: u32 = 1_048_575;

/// What a cell holds; longer text is cut and ends in an ellipsis.
const MAX_CELL_UNITS: usize = 32_767;

const MAX_SHEET_NAME_UNITS: usize = 31;
const PAPER_A4: u8 = 9;
const PAPER_A3: u8 = 8;

/// Widths of all columns together that A4 across still shows in a size that can
/// be read; what is wider goes on A3.
const WIDEST_ON_A4: u32 = 220;

pub struct XlsxOut<W: Write + Send> {
    workbook: Workbook,
    formats: Formats,
    width: usize,
    kinds: Vec<Kind>,
    rows: u32,
    sink: W,
}

struct Formats {
    head: Format,
    word: Format,
    text: Format,
    date: Format,
    date_time: Format,
    integer: Format,
    on_track: Format,
    due_soon: Format,
    overdue: Format,
}

impl<W: Write + Send> XlsxOut<W> {
    pub fn start(sheet: &Sheet, sink: W) -> Result<Self, OutFault> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&properties(sheet)?);
        let formats = Formats::new();
        let worksheet = workbook.add_worksheet_with_constant_memory().map_err(fault)?;
        set_up(worksheet, sheet).map_err(fault)?;
        for (at, column) in sheet.columns.iter().enumerate() {
            let title = cell_text(&column.title);
            worksheet
                .write_string_with_format(0, index(at)?, title, &formats.head)
                .map_err(fault)?;
        }
        let kinds = sheet.columns.iter().map(|column| column.kind).collect();
        Ok(Self { workbook, formats, width: sheet.columns.len(), kinds, rows: 0, sink })
    }

    pub fn row(&mut self, cells: &[Cell]) -> Result<(), OutFault> {
        check_width(self.width, cells)?;
        if self.rows == MAX_XLSX_ROWS {
            return Err(OutFault::TooManyRows { limit: MAX_XLSX_ROWS });
        }
        self.rows += 1;
        let worksheet = self.workbook.worksheet_from_index(0).map_err(fault)?;
        for (at, (cell, kind)) in cells.iter().zip(&self.kinds).enumerate() {
            write_cell(worksheet, (self.rows, index(at)?), cell, *kind, &self.formats)?;
        }
        Ok(())
    }

    pub fn finish(mut self) -> Result<W, OutFault> {
        if let Some(last) = self.width.checked_sub(1) {
            let worksheet = self.workbook.worksheet_from_index(0).map_err(fault)?;
            worksheet.autofilter(0, 0, self.rows, index(last)?).map_err(fault)?;
        }
        self.workbook.save_to_writer(&mut self.sink).map_err(fault)?;
        self.sink.flush()?;
        Ok(self.sink)
    }
}

fn write_cell(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    kind: Kind,
    formats: &Formats,
) -> Result<(), OutFault> {
    let written = match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => {
            let format = if kind == Kind::Text { &formats.text } else { &formats.word };
            worksheet.write_string_with_format(row, column, cell_text(text), format)
        }
        Cell::Lamp { lamp, word } => {
            let format = formats.lamp(*lamp);
            worksheet.write_string_with_format(row, column, cell_text(word), format)
        }
        Cell::Date(date) => {
            let at = excel(date.to_datetime(jiff::civil::Time::midnight()))?;
            worksheet.write_datetime_with_format(row, column, &at, &formats.date)
        }
        Cell::DateTime(at) => {
            worksheet.write_datetime_with_format(row, column, &excel(*at)?, &formats.date_time)
        }
        Cell::Integer(number) => write_integer(worksheet, (row, column), *number, formats),
    };
    written.map(|_| ()).map_err(fault)
}

/// A cell is a double: a number it cannot hold exactly is written as text.
fn write_integer<'a>(
    worksheet: &'a mut Worksheet,
    (row, column): (u32, u16),
    number: i64,
    formats: &Formats,
) -> Result<&'a mut Worksheet, XlsxError> {
    const EXACT: u64 = 1 << 53;
    if number.unsigned_abs() > EXACT {
        return worksheet.write_string_with_format(row, column, number.to_string(), &formats.word);
    }
    worksheet.write_number_with_format(row, column, number as f64, &formats.integer)
}

fn set_up(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    worksheet.set_name(sheet_name(&sheet.title))?;
    worksheet.set_freeze_panes(1, 0)?;
    let paper = if sheet.columns.iter().map(width).sum::<u32>() > WIDEST_ON_A4 {
        PAPER_A3
    } else {
        PAPER_A4
    };
    worksheet.set_landscape().set_paper_size(paper).set_print_fit_to_pages(1, 0);
    worksheet.set_repeat_rows(0, 0)?;
    let title: String = clean::plain(&sheet.title).chars().take(100).collect();
    worksheet.set_header(format!("&C{}", title.replace('&', "&&")));
    worksheet.set_footer(format!("&L{}&R&P / &N", sheet.made_at.strftime("%Y-%m-%d %H:%M")));
    for (at, column) in sheet.columns.iter().enumerate() {
        let Ok(at) = u16::try_from(at) else { return Err(XlsxError::RowColumnLimitError) };
        worksheet.set_column_width(at, width(column))?;
    }
    Ok(())
}

/// Wide enough for the kind and the title; a Chinese character takes two.
fn width(column: &Column) -> u32 {
    let usual = match column.kind {
        Kind::Word => 16,
        Kind::Text => 48,
        Kind::Date => 12,
        Kind::DateTime => 18,
        Kind::Integer | Kind::Lamp => 10,
    };
    let units = column.title.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>();
    usual.max(units.saturating_add(3)).min(60)
}

impl Formats {
    fn new() -> Self {
        let cell = || Format::new().set_align(FormatAlign::Top);
        let lamp = |fill: u32, ink: u32| {
            cell().set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(ink))
        };
        Self {
            head: Format::new()
                .set_bold()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00EE_F1F4))
                .set_border_bottom(FormatBorder::Thin),
            word: cell(),
            text: cell().set_text_wrap(),
            date: cell().set_num_format("yyyy-mm-dd"),
            date_time: cell().set_num_format("yyyy-mm-dd hh:mm"),
            integer: cell().set_num_format("0"),
            on_track: lamp(0x00E3_F1E7, 0x0014_5A32),
            due_soon: lamp(0x00FD_F0D2, 0x0073_4A00),
            overdue: lamp(0x00FB_E3E0, 0x008E_1B10),
        }
    }

    const fn lamp(&self, lamp: Lamp) -> &Format {
        match lamp {
            Lamp::OnTrack => &self.on_track,
            Lamp::DueSoon => &self.due_soon,
            Lamp::Overdue => &self.overdue,
        }
    }
}

/// Excel's own rules for the name of a sheet.
fn sheet_name(title: &str) -> String {
    let plain = clean::plain(title);
    let allowed = plain.chars().filter(|c| !"[]:*?/\\\n".contains(*c)).collect::<String>();
    let name = cut(allowed.trim_matches([' ', '\'']), MAX_SHEET_NAME_UNITS);
    let name = name.trim_end_matches([' ', '\'']);
    if name.is_empty() { "Bihuan".to_owned() } else { name.to_owned() }
}

fn cell_text(text: &str) -> String {
    let plain = clean::plain(text);
    if plain.encode_utf16().count() <= MAX_CELL_UNITS {
        return plain.into_owned();
    }
    format!("{}…", cut(&plain, MAX_CELL_UNITS - 1))
}

/// Lengths in a workbook are counted in UTF-16 units.
fn cut(text: &str, units: usize) -> &str {
    let mut used = 0;
    for (at, character) in text.char_indices() {
        used += character.len_utf16();
        if used > units {
            return &text[..at];
        }
    }
    text
}

fn properties(sheet: &Sheet) -> Result<DocProperties, OutFault> {
    let made_at = excel(sheet.made_at)?;
    Ok(DocProperties::new().set_title(cell_text(&sheet.title)).set_creation_datetime(&made_at))
}

fn excel(at: DateTime) -> Result<ExcelDateTime, OutFault> {
    let part = |value: i8| u8::try_from(value).unwrap_or(0);
    let year = u16::try_from(at.year()).unwrap_or(0);
    ExcelDateTime::from_ymd(year, part(at.month()), part(at.day()))
        .and_then(|date| {
            date.and_hms(u16::from(part(at.hour())), part(at.minute()), f64::from(at.second()))
        })
        .map_err(fault)
}

fn index(at: usize) -> Result<u16, OutFault> {
    u16::try_from(at).map_err(|_| fault(XlsxError::RowColumnLimitError))
}

fn fault(error: XlsxError) -> OutFault {
    match error {
        XlsxError::IoError(error) => OutFault::Write(error),
        other => OutFault::Workbook(other.to_string()),
    }
}
