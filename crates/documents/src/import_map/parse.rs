//! A map from its TOML, with every fault found in one reading.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use bihuan_domain::ids::{ClassCode, ItemCode, UnitCode};
use bihuan_domain::playbook::model::Text;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::moment::{EXCEL_SERIAL, Moments};
use super::{ClockChange, Diagnostic, Fields, ImportMap, Named, OverdueColumn, PositionColumns};
use crate::table_in::{Encoding, Hint};

const TOP: &[&str] = &[
    "origin",
    "name",
    "credit",
    "time_zone",
    "dates",
    "clock_change",
    "nothing",
    "table",
    "columns",
    "position",
    "overdue",
    "extra",
    "units",
    "items",
    "classes",
];
const COLUMNS: &[&str] =
    &["id", "opened", "due", "closed", "state", "class", "unit", "words", "address"];

pub(super) fn map(text: &str) -> Result<ImportMap, Vec<Diagnostic>> {
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let line = line(text, error.span().map_or(0, |span| span.start));
            let why = error.message();
            let zh = format!("不是合法的 TOML：{why}");
            return Err(vec![Diagnostic::new(line, "map-toml", &zh, why)]);
        }
    };
    let mut reader = MapReader { text, faults: Vec::new() };
    let whole = Section { table: root.get_ref(), name: "", span: 0..0 };
    let map = reader.map(&whole);
    match map {
        Some(map) if reader.faults.is_empty() => Ok(map),
        _ => {
            reader.faults.sort_by_key(|fault| fault.line);
            Err(reader.faults)
        }
    }
}

struct MapReader<'a> {
    text: &'a str,
    faults: Vec<Diagnostic>,
}

struct Section<'a> {
    table: &'a DeTable<'a>,
    name: &'static str,
    span: Range<usize>,
}

type Value<'a> = &'a Spanned<DeValue<'a>>;

impl MapReader<'_> {
    fn map(&mut self, top: &Section<'_>) -> Option<ImportMap> {
        self.known(top, TOP);
        let origin = self.required(top, "origin");
        let zone = self.required(top, "time_zone").and_then(|zone| self.zone(&zone));
        let forms = self.forms(top);
        let clock_change = self.clock_change(top);
        let name = self.name(top);
        let credit = self.optional(top, "credit").map(|credit| credit.name);
        let nothing = self.names(top, "nothing").into_iter().map(|named| named.name).collect();
        let table = self.table(top);
        let fields = self.fields(top);
        let units = self.words(top, "units", UnitCode::new);
        let items = self.words(top, "items", ItemCode::new);
        let classes = self.words(top, "classes", ClassCode::new);
        let origin = origin?.name;
        Some(ImportMap {
            name: name.unwrap_or_else(|| Text { zh: origin.clone(), en: origin.clone() }),
            origin,
            credit,
            table,
            moments: Moments { zone: zone?, forms, clock_change },
            nothing,
            fields,
            units,
            items,
            classes,
        })
    }

    fn fields(&mut self, top: &Section<'_>) -> Fields {
        let position = self.section(top, "position").and_then(|section| self.position(&section));
        let overdue = self.section(top, "overdue").and_then(|section| self.overdue(&section));
        let extra = self.names(top, "extra");
        let Some(columns) = self.section(top, "columns") else {
            self.fault(
                0,
                "map-missing",
                "缺少 [columns]，至少写明 id 和 opened 两列。",
                "`[columns]` is missing; name at least `id` and `opened`",
            );
            return Fields::default();
        };
        self.known(&columns, COLUMNS);
        for key in ["id", "opened"] {
            self.required_value(&columns, key);
        }
        Fields {
            id: self.names(&columns, "id"),
            opened: self.names(&columns, "opened"),
            due: self.names(&columns, "due"),
            closed: self.names(&columns, "closed"),
            state: self.names(&columns, "state"),
            class: self.names(&columns, "class"),
            unit: self.names(&columns, "unit"),
            words: self.names(&columns, "words"),
            address: self.names(&columns, "address"),
            position,
            overdue,
            extra,
        }
    }

    fn position(&mut self, section: &Section<'_>) -> Option<PositionColumns> {
        self.known(section, &["latitude", "longitude"]);
        let latitude = self.required(section, "latitude");
        let longitude = self.required(section, "longitude");
        Some(PositionColumns { latitude: latitude?, longitude: longitude? })
    }

    fn overdue(&mut self, section: &Section<'_>) -> Option<OverdueColumn> {
        self.known(section, &["column", "yes", "no"]);
        let column = self.required(section, "column");
        let mut set = |key| -> BTreeSet<String> {
            self.required_value(section, key);
            self.names(section, key).into_iter().map(|named| named.name).collect()
        };
        let (yes, no) = (set("yes"), set("no"));
        if let Some(both) = yes.intersection(&no).next() {
            self.fault(
                section.span.start,
                "map-overdue-both",
                &format!("“{both}”同时写在 yes 和 no 中。"),
                &format!("`{both}` stands in both `yes` and `no`"),
            );
        }
        Some(OverdueColumn { column: column?, yes, no })
    }

    fn table(&mut self, top: &Section<'_>) -> Hint {
        let Some(section) = self.section(top, "table") else { return Hint::default() };
        self.known(&section, &["encoding", "delimiter", "sheet", "header_row"]);
        let encodings = [("utf-8", Encoding::Utf8), ("gb18030", Encoding::Gb18030)];
        let delimiters = [(",", b','), (";", b';'), ("\t", b'\t')];
        let header_row = section.table.get("header_row").and_then(|value| {
            let row = value.get_ref().as_integer().and_then(|row| row.as_str().parse().ok());
            let row = row.filter(|row| *row > 0);
            if row.is_none() {
                self.wrong_kind(value, "header_row", "正整数", "a row number from 1");
            }
            row
        });
        Hint {
            encoding: self.choice(&section, "encoding", &encodings),
            delimiter: self.choice(&section, "delimiter", &delimiters),
            sheet: self.optional(&section, "sheet").map(|sheet| sheet.name),
            header_row,
        }
    }

    fn clock_change(&mut self, top: &Section<'_>) -> ClockChange {
        let choices = [
            ("compatible", ClockChange::Compatible),
            ("earlier", ClockChange::Earlier),
            ("later", ClockChange::Later),
            ("reject", ClockChange::Reject),
        ];
        self.choice(top, "clock_change", &choices).unwrap_or_default()
    }

    fn forms(&mut self, top: &Section<'_>) -> Vec<String> {
        self.required_value(top, "dates");
        let forms = self.names(top, "dates");
        for form in &forms {
            let usable = form.name == EXCEL_SERIAL
                || (form.name.contains('%') && example().to_string(&form.name).is_ok());
            if !usable {
                self.faults.push(Diagnostic::new(
                    form.line,
                    "map-date-form",
                    &format!("“{}”不是日期格式；例：%Y-%m-%d %H:%M:%S。", form.name),
                    &format!("`{}` is no form of a date; try %Y-%m-%d %H:%M:%S", form.name),
                ));
            }
        }
        forms.into_iter().map(|form| form.name).collect()
    }

    /// From the data in the binary, so that a map means the same on every
    /// machine.
    fn zone(&mut self, named: &Named) -> Option<TimeZone> {
        let zone = TimeZoneDatabase::bundled().get(&named.name).ok();
        if zone.is_none() {
            self.faults.push(Diagnostic::new(
                named.line,
                "map-time-zone",
                &format!("没有“{}”这个时区；例：Asia/Shanghai。", named.name),
                &format!("there is no time zone `{}`; try Asia/Shanghai", named.name),
            ));
        }
        zone
    }

    fn name(&mut self, top: &Section<'_>) -> Option<Text> {
        let section = self.section(top, "name")?;
        self.known(&section, &["zh", "en"]);
        let zh = self.required(&section, "zh");
        let en = self.required(&section, "en");
        Some(Text { zh: zh?.name, en: en?.name })
    }

    /// Words of the other system and our codes for them.
    fn words<T>(
        &mut self,
        top: &Section<'_>,
        key: &'static str,
        code: fn(String) -> T,
    ) -> BTreeMap<String, T> {
        let Some(section) = self.section(top, key) else { return BTreeMap::new() };
        let mut words = BTreeMap::new();
        for (word, value) in section.table {
            if let Some(named) = self.string(value, key) {
                words.insert(word.get_ref().to_string(), code(named.name));
            }
        }
        words
    }

    fn choice<T: Copy>(
        &mut self,
        section: &Section<'_>,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let named = self.optional(section, key)?;
        let found = choices.iter().find(|(word, _)| *word == named.name);
        if found.is_none() {
            let words: Vec<_> = choices.iter().map(|(word, _)| format!("{word:?}")).collect();
            let words = words.join(", ");
            self.faults.push(Diagnostic::new(
                named.line,
                "map-choice",
                &format!("{key} 只能是：{words}。"),
                &format!("`{key}` is one of: {words}"),
            ));
        }
        found.map(|(_, choice)| *choice)
    }

    fn section<'t>(&mut self, top: &Section<'t>, key: &'static str) -> Option<Section<'t>> {
        let value: Value<'t> = top.table.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_kind(value, key, "表", "a table");
            return None;
        };
        Some(Section { table, name: key, span: value.span() })
    }

    fn known(&mut self, section: &Section<'_>, keys: &[&str]) {
        for key in section.table.keys() {
            if !keys.contains(&key.get_ref().as_ref()) {
                let keys = keys.join(", ");
                self.fault(
                    key.span().start,
                    "map-unknown-key",
                    &format!("不认识“{}”；可用：{keys}。", key.get_ref()),
                    &format!("unknown key `{}`; known are: {keys}", key.get_ref()),
                );
            }
        }
    }

    fn required_value(&mut self, section: &Section<'_>, key: &'static str) {
        if section.table.contains_key(key) {
            return;
        }
        let place =
            if section.name.is_empty() { String::new() } else { format!("[{}] ", section.name) };
        self.fault(
            section.span.start,
            "map-missing",
            &format!("{place}缺少 {key}。"),
            &format!("{place}`{key}` is missing"),
        );
    }

    fn required(&mut self, section: &Section<'_>, key: &'static str) -> Option<Named> {
        self.required_value(section, key);
        self.optional(section, key)
    }

    fn optional(&mut self, section: &Section<'_>, key: &'static str) -> Option<Named> {
        self.string(section.table.get(key)?, key)
    }

    /// A string, or several in a list.
    fn names(&mut self, section: &Section<'_>, key: &'static str) -> Vec<Named> {
        let Some(value) = section.table.get(key) else { return Vec::new() };
        match value.get_ref().as_array() {
            Some(list) => list.iter().filter_map(|value| self.string(value, key)).collect(),
            None => self.string(value, key).into_iter().collect(),
        }
    }

    fn string(&mut self, value: Value<'_>, key: &str) -> Option<Named> {
        let Some(name) = value.get_ref().as_str() else {
            self.wrong_kind(value, key, "文字", "text in quotation marks");
            return None;
        };
        Some(Named { name: name.to_owned(), line: line(self.text, value.span().start) })
    }

    fn wrong_kind(&mut self, value: Value<'_>, key: &str, zh: &str, en: &str) {
        self.fault(
            value.span().start,
            "map-wrong-kind",
            &format!("{key} 应为{zh}。"),
            &format!("`{key}` must be {en}"),
        );
    }

    fn fault(&mut self, at: usize, code: &'static str, zh: &str, en: &str) {
        self.faults.push(Diagnostic::new(line(self.text, at), code, zh, en));
    }
}

/// Any date: what it formats to does not matter, only whether the form is one.
fn example() -> jiff::fmt::strtime::BrokenDownTime {
    jiff::civil::datetime(2000, 1, 1, 0, 0, 0, 0).into()
}

fn line(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}
