//! Reads TOML values with their places, reporting what is missing, misspelt or
//! of the wrong kind and going on.

use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::diagnostic::{Findings, Spot};
use super::super::model::Text;
use super::super::nearest::nearest;
use super::super::problem::Problem;

/// A value that remembers where it was written.
#[derive(Clone, Debug)]
pub(in super::super) struct Located<T> {
    pub(in super::super) value: T,
    pub(in super::super) spot: Spot,
}

/// One TOML value under a key. Elements of a list keep the list's key.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    key: &'a str,
    pub(super) spot: Spot,
    value: &'a DeValue<'a>,
}

/// One TOML table. Remembers which keys were asked for, so that all others can
/// be reported.
pub(super) struct Fields<'a> {
    table: &'a DeTable<'a>,
    pub(super) spot: Spot,
    asked: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(table: &'a DeTable<'a>, spot: Spot) -> Self {
        Self { table, spot, asked: Vec::new() }
    }

    pub(super) fn get(&mut self, key: &'static str) -> Option<Value<'a>> {
        self.asked.push(key);
        self.table.get(key).map(|value| Value::new(key, self.spot.file, value))
    }

    /// Reports a missing key. `example` is what a right value looks like.
    pub(super) fn need(
        &mut self,
        key: &'static str,
        example: &str,
        out: &mut Findings<'_>,
    ) -> Option<Value<'a>> {
        let value = self.get(key);
        if value.is_none() {
            let (key, example) = (key.to_owned(), example.to_owned());
            out.add(self.spot, Problem::MissingKey { key, example });
        }
        value
    }

    /// Every key in the table, with the place of the key itself.
    pub(super) fn entries(&self) -> impl Iterator<Item = (Located<String>, Value<'a>)> + use<'a> {
        let file = self.spot.file;
        self.table.iter().map(move |(key, value)| {
            let spot = Spot { file, offset: key.span().start };
            (
                Located { value: key.get_ref().to_string(), spot },
                Value::new(key.get_ref(), file, value),
            )
        })
    }

    /// Reports every key nobody asked for.
    pub(super) fn finish(self, out: &mut Findings<'_>) {
        for (key, _) in self.entries() {
            if !self.asked.contains(&key.value.as_str()) {
                let near = nearest(&key.value, self.asked.iter().map(|asked| (*asked, *asked)));
                out.add(key.spot, Problem::UnknownKey { name: key.value, near });
            }
        }
    }
}

impl<'a> Value<'a> {
    fn new(key: &'a str, file: usize, value: &'a Spanned<DeValue<'a>>) -> Self {
        let spot = Spot { file, offset: value.span().start };
        Self { key, spot, value: value.get_ref() }
    }

    fn wrong<T>(self, example: &str, out: &mut Findings<'_>) -> Option<T> {
        let (key, example) = (self.key.to_owned(), example.to_owned());
        out.add(self.spot, Problem::WrongKind { key, example });
        None
    }

    pub(super) fn string(self, out: &mut Findings<'_>) -> Option<Located<String>> {
        let DeValue::String(text) = self.value else {
            return self.wrong("\"…\"", out);
        };
        if text.trim().is_empty() {
            out.add(self.spot, Problem::Blank { key: self.key.to_owned() });
            return None;
        }
        Some(Located { value: text.trim().to_owned(), spot: self.spot })
    }

    /// A string, or a bare number as it was written: `limit = 4` must be told
    /// what it lacks, not that it should be a string.
    pub(super) fn string_or_number(self, out: &mut Findings<'_>) -> Option<Located<String>> {
        let spot = self.spot;
        match self.value {
            DeValue::Integer(number) => Some(Located { value: number.to_string(), spot }),
            DeValue::Datetime(moment) => Some(Located { value: moment.to_string(), spot }),
            _ => self.string(out),
        }
    }

    pub(super) fn whole(self, out: &mut Findings<'_>) -> Option<u32> {
        match self.value {
            DeValue::Integer(number) if number.radix() == 10 => {
                number.as_str().parse().ok().or_else(|| self.wrong("1", out))
            }
            _ => self.wrong("1", out),
        }
    }

    pub(super) fn flag(self, out: &mut Findings<'_>) -> Option<bool> {
        match self.value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong("true", out),
        }
    }

    /// A flag, where something else may stand too.
    pub(super) fn flag_alone(self) -> Option<bool> {
        match self.value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => None,
        }
    }

    pub(super) fn date(self, out: &mut Findings<'_>) -> Option<Date> {
        self.moment(out, "2026-01-01")
    }

    pub(super) fn date_time(self, out: &mut Findings<'_>) -> Option<DateTime> {
        self.moment(out, "2026-09-30 16:00")
    }

    /// A date without a time of day.
    pub(super) fn date_alone(self) -> Option<Date> {
        match self.value {
            DeValue::Datetime(moment) if moment.time.is_none() => moment.to_string().parse().ok(),
            _ => None,
        }
    }

    fn moment<T: FromStr>(self, out: &mut Findings<'_>, example: &str) -> Option<T> {
        let text = match self.value {
            DeValue::Datetime(moment) => moment.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => return self.wrong(example, out),
        };
        text.parse().ok().or_else(|| self.wrong(example, out))
    }

    /// `{ zh = "…", en = "…" }`, or a plain string for Chinese alone.
    pub(super) fn text(self, out: &mut Findings<'_>) -> Option<Text> {
        if let DeValue::String(_) = self.value {
            let zh = self.string(out)?.value;
            out.add(self.spot, Problem::EnglishMissing { zh: zh.clone() });
            return Some(Text { en: zh.clone(), zh });
        }
        let DeValue::Table(table) = self.value else {
            return self.wrong("{ zh = \"…\", en = \"…\" }", out);
        };
        let mut fields = Fields::new(table, self.spot);
        let zh = fields.need("zh", "\"…\"", out).and_then(|value| value.string(out));
        let en = fields.need("en", "\"…\"", out).and_then(|value| value.string(out));
        fields.finish(out);
        Some(Text { zh: zh?.value, en: en?.value })
    }

    pub(super) fn fields(self, out: &mut Findings<'_>) -> Option<Fields<'a>> {
        match self.value {
            DeValue::Table(table) => Some(Fields::new(table, self.spot)),
            _ => self.wrong("{ … }", out),
        }
    }

    pub(super) fn list(self, out: &mut Findings<'_>) -> Vec<Value<'a>> {
        let DeValue::Array(list) = self.value else {
            self.wrong::<()>("[ … ]", out);
            return Vec::new();
        };
        list.iter().map(|item| Value::new(self.key, self.spot.file, item)).collect()
    }

    pub(super) fn strings(self, out: &mut Findings<'_>) -> Vec<Located<String>> {
        self.list(out).into_iter().filter_map(|item| item.string(out)).collect()
    }

    pub(super) fn is_text(self, expected: &str) -> bool {
        matches!(self.value, DeValue::String(text) if text == expected)
    }

    /// A string that is not blank, where something else may stand too.
    pub(super) fn text_alone(self) -> Option<&'a str> {
        match self.value {
            DeValue::String(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// A list of lists of strings.
    pub(super) fn rows(self) -> Option<Vec<Vec<String>>> {
        let DeValue::Array(rows) = self.value else { return None };
        let cell = |cell: &Spanned<DeValue<'_>>| match cell.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => None,
        };
        let row = |row: &Spanned<DeValue<'_>>| match row.get_ref() {
            DeValue::Array(cells) => cells.iter().map(cell).collect(),
            _ => None,
        };
        rows.iter().map(row).collect()
    }

    /// The digits of a number as they were written, so that no float is made.
    pub(super) fn decimal(self) -> Option<&'a str> {
        match self.value {
            DeValue::Float(number) => Some(number.as_str()),
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
            _ => None,
        }
    }
}
