//! One row as a record, or every reason why not.

use std::collections::BTreeMap;

use bihuan_domain::place::Position;

use super::moment::{DayMeans, Moment};
use super::{ImportMap, ImportedRecord, Named, OverdueColumn, PositionColumns, Rejection, Why};
use crate::table_in::Row;

impl ImportMap {
    /// A row the map was not checked against reads missing columns as empty.
    pub fn row(&self, row: &Row) -> Result<ImportedRecord, Vec<Rejection>> {
        let mut reading = Reading { map: self, row, rejections: Vec::new() };
        let record = reading.record();
        match record {
            Some(record) if reading.rejections.is_empty() => Ok(record),
            _ => Err(reading.rejections),
        }
    }

    /// For naming a row that could not be read as a record.
    pub fn id_as_given<'r>(&self, row: &'r Row) -> Option<&'r str> {
        self.fields.id.iter().find_map(|named| row.get(&named.name).map(str::trim))
    }

    pub fn id_column(&self) -> Option<&str> {
        self.fields.id.first().map(|named| named.name.as_str())
    }
}

struct Reading<'a> {
    map: &'a ImportMap,
    row: &'a Row,
    rejections: Vec<Rejection>,
}

impl<'a> Reading<'a> {
    fn record(&mut self) -> Option<ImportedRecord> {
        let fields = &self.map.fields;
        let origin_id = self.required(&fields.id, Why::IdMissing);
        let opened = self
            .required(&fields.opened, Why::OpenedMissing)
            .and_then(|cell| self.moment(cell, DayMeans::Beginning));
        let due = self.first(&fields.due).and_then(|cell| self.moment(cell, DayMeans::End));
        let closed =
            self.first(&fields.closed).and_then(|cell| self.moment(cell, DayMeans::Beginning));
        let position = fields.position.as_ref().and_then(|columns| self.position(columns));
        let overdue = fields.overdue.as_ref().and_then(|column| self.flag(column));
        let class_as_given = self.text(&fields.class);
        let unit_as_given = self.text(&fields.unit);
        let opened = opened?;
        let mut record = ImportedRecord {
            row: self.row.number,
            origin: self.map.origin.clone(),
            origin_id: origin_id?.1.to_owned(),
            opened_at: opened.at,
            due_at: due.map(|due| due.at),
            closed_at: closed.map(|closed| closed.at),
            class: ours(&self.map.classes, class_as_given.as_ref()),
            item: ours(&self.map.items, class_as_given.as_ref()),
            unit: ours(&self.map.units, unit_as_given.as_ref()),
            class_as_given,
            unit_as_given,
            state_as_given: self.text(&fields.state),
            words: self.joined(&fields.words, "\n"),
            address: self.joined(&fields.address, " "),
            position,
            extra: self.extra(),
            overdue_as_given: overdue,
            doubts: Vec::new(),
        };
        let changed = [Some(opened), due, closed].into_iter().flatten().any(|m| m.clock_change);
        record.doubts = record.doubts(changed);
        Some(record)
    }

    /// A cell without surrounding blanks; `None` where nothing is given.
    fn cell(&self, named: &Named) -> Option<&'a str> {
        let text = self.row.get(&named.name)?.trim();
        (!text.is_empty() && !self.map.nothing.contains(text)).then_some(text)
    }

    fn first(&self, columns: &'a [Named]) -> Option<(&'a Named, &'a str)> {
        columns.iter().find_map(|named| self.cell(named).map(|cell| (named, cell)))
    }

    fn text(&self, columns: &'a [Named]) -> Option<String> {
        self.first(columns).map(|(_, cell)| cell.to_owned())
    }

    fn joined(&self, columns: &[Named], with: &str) -> Option<String> {
        let parts: Vec<_> = columns.iter().filter_map(|named| self.cell(named)).collect();
        (!parts.is_empty()).then(|| parts.join(with))
    }

    fn extra(&self) -> BTreeMap<String, String> {
        let kept = self.map.fields.extra.iter();
        kept.filter_map(|named| Some((named.name.clone(), self.cell(named)?.to_owned()))).collect()
    }

    fn required(&mut self, columns: &'a [Named], why: Why) -> Option<(&'a Named, &'a str)> {
        let found = self.first(columns);
        if found.is_none() {
            self.reject(columns.first(), "", why);
        }
        found
    }

    fn moment(&mut self, (named, cell): (&Named, &str), day_means: DayMeans) -> Option<Moment> {
        match self.map.moments.read(cell, day_means) {
            Ok(moment) => Some(moment),
            Err(fault) => {
                self.reject(Some(named), cell, fault.into());
                None
            }
        }
    }

    fn position(&mut self, columns: &PositionColumns) -> Option<Position> {
        let latitude = self.cell(&columns.latitude);
        let longitude = self.cell(&columns.longitude);
        let (latitude, longitude) = match (latitude, longitude) {
            (None, None) => return None,
            (Some(latitude), Some(longitude)) => (latitude, longitude),
            (None, Some(_)) => {
                self.reject(Some(&columns.latitude), "", Why::HalfAPosition);
                return None;
            }
            (Some(_), None) => {
                self.reject(Some(&columns.longitude), "", Why::HalfAPosition);
                return None;
            }
        };
        let lat_e6 = self.degrees(&columns.latitude, latitude, 90);
        let lon_e6 = self.degrees(&columns.longitude, longitude, 180);
        Some(Position { lat_e6: lat_e6?, lon_e6: lon_e6? })
    }

    fn degrees(&mut self, named: &Named, cell: &str, most: i32) -> Option<i32> {
        let Some(degrees) = cell.parse::<f64>().ok().filter(|degrees| degrees.is_finite()) else {
            self.reject(Some(named), cell, Why::NotANumber);
            return None;
        };
        if degrees.abs() > f64::from(most) {
            self.reject(Some(named), cell, Why::PositionOutOfRange);
            return None;
        }
        Some((degrees * 1e6).round() as i32)
    }

    fn flag(&mut self, flag: &OverdueColumn) -> Option<bool> {
        let cell = self.cell(&flag.column)?;
        if flag.yes.contains(cell) {
            return Some(true);
        }
        if flag.no.contains(cell) {
            return Some(false);
        }
        self.reject(Some(&flag.column), cell, Why::UnknownFlag);
        None
    }

    fn reject(&mut self, named: Option<&Named>, value: &str, why: Why) {
        let column = named.map(|named| named.name.as_str());
        self.rejections.push(Rejection::new(self.row.number, column, value, why));
    }
}

fn ours<T: Clone>(known: &BTreeMap<String, T>, given: Option<&String>) -> Option<T> {
    known.get(given?).cloned()
}
