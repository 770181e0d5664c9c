//! One JSON object a line, for programs: keys that do not change with the
//! language, numbers as numbers, lamps by their code.

use std::io::Write;

use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

use super::{Cell, Column, OutFault, check_width, clean};

pub struct JsonlOut<W: Write> {
    sink: W,
    keys: Vec<String>,
}

impl<W: Write> JsonlOut<W> {
    pub fn start(columns: &[Column], sink: W) -> Self {
        Self { sink, keys: columns.iter().map(|column| column.key.clone()).collect() }
    }

    pub fn row(&mut self, cells: &[Cell]) -> Result<(), OutFault> {
        check_width(self.keys.len(), cells)?;
        let mut line = Vec::new();
        let mut serializer = serde_json::Serializer::new(&mut line);
        let mut object = serializer.serialize_map(Some(cells.len())).map_err(fault)?;
        for (key, cell) in self.keys.iter().zip(cells) {
            object.serialize_entry(key, &value(cell)?).map_err(fault)?;
        }
        object.end().map_err(fault)?;
        line.push(b'\n');
        self.sink.write_all(&line)?;
        Ok(())
    }

    pub fn finish(mut self) -> Result<W, OutFault> {
        self.sink.flush()?;
        Ok(self.sink)
    }
}

fn value(cell: &Cell) -> Result<Value, OutFault> {
    Ok(match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => clean::plain(text).into(),
        Cell::Date(date) => date.to_string().into(),
        Cell::DateTime(at) => at.to_string().into(),
        Cell::Integer(number) => (*number).into(),
        Cell::Lamp { lamp, .. } => serde_json::to_value(lamp).map_err(fault)?,
    })
}

fn fault(error: serde_json::Error) -> OutFault {
    OutFault::Write(error.into())
}
