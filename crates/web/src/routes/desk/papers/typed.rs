//! A paper's fields as they were typed, and what they mean.

use std::collections::BTreeMap;

use bihuan_app::UnitName;
use bihuan_app::queries::papers::OpenFinding;
use bihuan_domain::ids::UnitCode;
use bihuan_domain::playbook::FillProblem;
use bihuan_domain::playbook::model::{FieldKind, FieldValue, PaperField, PaperTemplate};

use super::super::told::title;
use crate::i18n::Lang;
use crate::pages::desk::paper_form::{Input, PaperInput};
use crate::view::field::Choice;

/// Empty rows kept ready under a list.
const SPARE_ROWS: usize = 2;
/// A sample this long asks for more than a line.
const LINE_MOST: usize = 24;

#[derive(Clone, Debug, Default)]
pub(super) struct Typed(pub(super) Vec<(String, String)>);

impl Typed {
    pub(super) fn one(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }

    pub(super) fn all(&self, name: &str) -> Vec<String> {
        let named = self.0.iter().filter(|(field, _)| field == name);
        named.map(|(_, value)| value.trim().to_owned()).collect()
    }

    pub(super) fn put(&mut self, name: String, value: String) {
        self.0.retain(|(field, _)| *field != name);
        self.0.push((name, value));
    }

    /// What cannot be read as its kind stays text, and is refused as such.
    pub(super) fn values(&self, template: &PaperTemplate) -> BTreeMap<String, FieldValue> {
        let fields = template.fields.iter();
        fields.filter_map(|field| Some((field.code.clone(), self.value(field)?))).collect()
    }

    fn value(&self, field: &PaperField) -> Option<FieldValue> {
        if field.kind == FieldKind::Table {
            let rows = self.rows(field);
            return (!rows.is_empty()).then_some(FieldValue::Table(rows));
        }
        let typed = self.one(&name_of(field));
        if typed.is_empty() {
            return None;
        }
        let read = match field.kind {
            FieldKind::Date => typed.parse().ok().map(FieldValue::Date),
            FieldKind::Number => typed.parse().ok().map(FieldValue::Number),
            FieldKind::Unit => Some(FieldValue::Unit(UnitCode::new(typed))),
            FieldKind::Text | FieldKind::Table => None,
        };
        Some(read.unwrap_or_else(|| FieldValue::Text(typed.to_owned())))
    }

    /// Rows with something in them.
    fn rows(&self, field: &PaperField) -> Vec<Vec<String>> {
        let columns: Vec<Vec<String>> =
            field.columns.iter().map(|column| self.all(&cell_of(field, &column.code))).collect();
        let length = columns.iter().map(Vec::len).max().unwrap_or(0);
        let row = |at: usize| -> Vec<String> {
            columns.iter().map(|column| column.get(at).cloned().unwrap_or_default()).collect()
        };
        (0..length).map(row).filter(|row| row.iter().any(|cell| !cell.is_empty())).collect()
    }

    /// Writes a list's rows as if they had been typed.
    fn put_rows(&mut self, field: &PaperField, rows: &[Vec<String>]) {
        for (at, column) in field.columns.iter().enumerate() {
            let name = cell_of(field, &column.code);
            self.0.retain(|(typed, _)| *typed != name);
            for row in rows {
                self.0.push((name.clone(), row.get(at).cloned().unwrap_or_default()));
            }
        }
    }

    /// What the picked findings say, put into the fields that ask for it. What
    /// was typed elsewhere stays.
    pub(super) fn take_findings(&mut self, template: &PaperTemplate, picked: &[&OpenFinding]) {
        for field in &template.fields {
            match (field.code.as_str(), field.kind) {
                ("findings", FieldKind::Table) => {
                    let rows: Vec<_> = picked
                        .iter()
                        .enumerate()
                        .map(|(at, finding)| row_of(field, at + 1, finding))
                        .collect();
                    self.put_rows(field, &rows);
                }
                ("count", FieldKind::Number) => {
                    self.put(name_of(field), picked.len().to_string());
                }
                ("due", FieldKind::Date) if self.one(&name_of(field)).is_empty() => {
                    let due = picked.iter().filter_map(|finding| finding.due_on).min();
                    if let Some(due) = due {
                        self.put(name_of(field), due.to_string());
                    }
                }
                (_, FieldKind::Unit) if self.one(&name_of(field)).is_empty() => {
                    if let Some(unit) = picked.iter().find_map(|finding| finding.unit.as_ref()) {
                        self.put(name_of(field), unit.to_string());
                    }
                }
                _ => {}
            }
        }
    }
}

/// A finding under the columns a list has.
fn row_of(field: &PaperField, at: usize, finding: &OpenFinding) -> Vec<String> {
    let cell = |code: &str| match code {
        "no" => at.to_string(),
        "number" => finding.number.clone(),
        "fact" | "problem" => title(&finding.words).unwrap_or_else(|| finding.words.clone()),
        "requirement" | "demand" => finding.goal.clone().unwrap_or_default(),
        "article" | "basis" => finding.basis.clone().unwrap_or_default(),
        "due" => finding.due_on.map(|due| due.to_string()).unwrap_or_default(),
        "evidence" if finding.evidence > 0 => format!("佐证{}件", finding.evidence),
        _ => String::new(),
    };
    field.columns.iter().map(|column| cell(&column.code)).collect()
}

fn name_of(field: &PaperField) -> String {
    format!("f-{}", field.code)
}

fn cell_of(field: &PaperField, column: &str) -> String {
    format!("f-{}-{column}", field.code)
}

/// The form's fields. `counted` are those that nobody types.
pub(super) fn inputs(
    lang: Lang,
    template: &PaperTemplate,
    typed: &Typed,
    problems: &[FillProblem],
    counted: &[&str],
    units: &[&UnitName],
) -> Vec<PaperInput> {
    let fields = template.fields.iter().filter(|field| !counted.contains(&field.code.as_str()));
    fields
        .map(|field| PaperInput {
            name: name_of(field),
            label: lang.pick(&field.label).to_owned(),
            is_optional: !field.needed,
            control: control(lang, field, typed, units),
            error: problems
                .iter()
                .find(|problem| problem.field() == Some(&field.code))
                .map(|problem| lang.pick(&problem.words()).to_owned()),
        })
        .collect()
}

fn control(lang: Lang, field: &PaperField, typed: &Typed, units: &[&UnitName]) -> Input {
    let value = typed.one(&name_of(field)).to_owned();
    match field.kind {
        FieldKind::Text if is_long(&field.sample) => Input::Area(value),
        FieldKind::Text => Input::Line(value),
        FieldKind::Date => Input::Date(value),
        FieldKind::Number => Input::Number(value),
        FieldKind::Unit => Input::Unit {
            choices: units
                .iter()
                .map(|unit| Choice::new(unit.code.as_str(), lang.pick(&unit.name)))
                .collect(),
            chosen: value,
        },
        FieldKind::Table => {
            let mut rows = typed.rows(field);
            let spare = std::iter::repeat_n(vec![String::new(); field.columns.len()], SPARE_ROWS);
            rows.extend(spare);
            let columns = field
                .columns
                .iter()
                .map(|column| (cell_of(field, &column.code), lang.pick(&column.label).to_owned()));
            Input::Table { columns: columns.collect(), rows }
        }
    }
}

fn is_long(sample: &FieldValue) -> bool {
    match sample {
        FieldValue::Text(text) => text.chars().count() > LINE_MOST || text.contains('\n'),
        _ => false,
    }
}
