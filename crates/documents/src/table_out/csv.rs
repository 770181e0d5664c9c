//! CSV with a byte order mark, without which Excel and WPS read UTF-8 as GBK.

use std::borrow::Cow;
use std::io::Write;

use ::csv::{Terminator, Writer, WriterBuilder};

use super::{Cell, Column, OutFault, check_width, clean};

pub struct CsvOut<W: Write> {
    writer: Writer<W>,
    width: usize,
}

impl<W: Write> CsvOut<W> {
    pub fn start(columns: &[Column], mut sink: W) -> Result<Self, OutFault> {
        sink.write_all("\u{feff}".as_bytes())?;
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(sink);
        let titles = columns.iter().map(|column| clean::neutral(&column.title).into_owned());
        writer.write_record(titles).map_err(fault)?;
        Ok(Self { writer, width: columns.len() })
    }

    pub fn row(&mut self, cells: &[Cell]) -> Result<(), OutFault> {
        check_width(self.width, cells)?;
        for cell in cells {
            self.writer.write_field(text(cell).as_ref()).map_err(fault)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(fault)
    }

    pub fn finish(self) -> Result<W, OutFault> {
        self.writer.into_inner().map_err(|error| OutFault::Write(error.into_error()))
    }
}

fn text(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) | Cell::Lamp { word: text, .. } => clean::neutral(text),
        Cell::Date(date) => Cow::Owned(date.to_string()),
        Cell::DateTime(at) => Cow::Owned(at.strftime("%Y-%m-%d %H:%M:%S").to_string()),
        Cell::Integer(number) => Cow::Owned(number.to_string()),
    }
}

fn fault(error: ::csv::Error) -> OutFault {
    OutFault::Write(error.into())
}
