//! Templates of official papers: a county's own wording with typed fields.
//!
//! A template is compiled, so a field that is misspelt, missing or unused is
//! found by the check; filling it either gives the whole paper or says of every
//! field what is wrong with it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::model::Text;
use super::problem::Problem;
use super::wording::{Cut, cut};
use crate::ids::{PaperCode, UnitCode};
use crate::paper::{Block, Blocks, Layout};

/// What a paper is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperKind {
    /// 督办单
    Slip,
    /// 整改通知书
    RectificationNotice,
    /// 任务清单
    TaskList,
    /// 通报
    Bulletin,
    /// 函
    Letter,
}

impl PaperKind {
    pub const ALL: [Self; 5] =
        [Self::Slip, Self::RectificationNotice, Self::TaskList, Self::Bulletin, Self::Letter];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Slip => "slip",
            Self::RectificationNotice => "rectification-notice",
            Self::TaskList => "task-list",
            Self::Bulletin => "bulletin",
            Self::Letter => "letter",
        }
    }
}

/// The fields of a slip that are known when it is issued.
pub mod slip_field {
    pub const MATTER: &str = "matter";
    pub const NUMBER: &str = "number";
    pub const UNIT: &str = "unit";
    pub const COLOUR: &str = "colour";
    pub const NODE: &str = "node";
    pub const DUE: &str = "due";
    pub const CUT_OFF: &str = "cut-off";
    pub const PROGRESS: &str = "progress";

    pub const ALL: [&str; 8] = [MATTER, NUMBER, UNIT, COLOUR, NODE, DUE, CUT_OFF, PROGRESS];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// Lines of it become paragraphs where it stands in the body.
    Text,
    Date,
    /// A unit of the playbook, written by its Chinese name.
    Unit,
    Number,
    /// Stands on a line of the body of its own.
    Table,
}

impl FieldKind {
    pub const ALL: [Self; 5] = [Self::Text, Self::Date, Self::Unit, Self::Number, Self::Table];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Date => "date",
            Self::Unit => "unit",
            Self::Number => "number",
            Self::Table => "table",
        }
    }

    /// What a right sample looks like.
    pub(super) const fn example(self) -> &'static str {
        match self {
            Self::Text => "\"…\"",
            Self::Date => "2026-10-31",
            Self::Unit => "\"unit-code\"",
            Self::Number => "3",
            Self::Table => "[[\"…\", \"…\"]]",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldValue {
    Text(String),
    Date(Date),
    Unit(UnitCode),
    Number(i64),
    Table(Vec<Vec<String>>),
}

impl FieldValue {
    const fn kind(&self) -> FieldKind {
        match self {
            Self::Text(_) => FieldKind::Text,
            Self::Date(_) => FieldKind::Date,
            Self::Unit(_) => FieldKind::Unit,
            Self::Number(_) => FieldKind::Number,
            Self::Table(_) => FieldKind::Table,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Table(rows) => rows.is_empty(),
            Self::Date(_) | Self::Unit(_) | Self::Number(_) => false,
        }
    }
}

/// A column of a table field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub code: String,
    pub label: Text,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperField {
    pub code: String,
    pub kind: FieldKind,
    pub label: Text,
    /// Without it there is no paper.
    pub needed: bool,
    /// Of a table only.
    pub columns: Vec<Column>,
    pub sample: FieldValue,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Field(String),
}

/// A text with fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line(Vec<Piece>);

impl Line {
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let pieces = cut(text)?.into_iter().map(|piece| match piece {
            Cut::Words(words) => Piece::Words(words.to_owned()),
            Cut::Name(name) => Piece::Field(name.to_owned()),
        });
        Ok(Self(pieces.collect()))
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Field(name) => Some(name.as_str()),
            Piece::Words(_) => None,
        })
    }

    /// The field that is all there is on the line.
    pub(super) fn only_field(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Piece::Field(name)] => Some(name),
            _ => None,
        }
    }

    fn written(&self) -> String {
        self.fill(&|name| format!("{{{name}}}"))
    }

    fn fill(&self, value: &impl Fn(&str) -> String) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Field(name) => value(name),
        });
        pieces.collect()
    }
}

/// One line of a template's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyLine {
    Heading { level: u8, text: Line },
    Paragraph(Line),
    Table(String),
}

impl BodyLine {
    fn written(&self) -> String {
        match self {
            Self::Heading { level, text } => {
                format!("{} {}", "#".repeat((*level).into()), text.written())
            }
            Self::Paragraph(text) => text.written(),
            Self::Table(field) => format!("{{{field}}}"),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperTemplate {
    pub code: PaperCode,
    pub kind: PaperKind,
    pub layout: Layout,
    /// 机关代字: what the document's number begins with, e.g. `荥政督`.
    pub word: String,
    /// What the template is called where it is chosen.
    pub name: Text,
    /// 发文机关标志
    pub mark: String,
    pub title: Line,
    /// 主送机关
    pub addressees: Line,
    pub body: Vec<BodyLine>,
    pub attachments: Vec<Line>,
    /// 附注
    pub note: Option<Line>,
    pub fields: Vec<PaperField>,
    /// The body may have no more characters than this.
    pub most_characters: usize,
    /// Our own wording and not the county's.
    pub example: bool,
}

/// A template with its fields filled: what the paper says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    pub template: PaperCode,
    pub kind: PaperKind,
    pub layout: Layout,
    pub word: String,
    pub mark: String,
    pub title: String,
    pub addressees: String,
    pub body: Blocks,
    pub attachments: Vec<String>,
    pub note: Option<String>,
}

/// Why a template could not be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FillProblem {
    Missing {
        code: String,
        label: Text,
    },
    /// The template has no such field.
    Unknown {
        code: String,
    },
    WrongKind {
        code: String,
        label: Text,
        kind: FieldKind,
    },
    UnknownUnit {
        code: String,
        label: Text,
        unit: UnitCode,
    },
    /// Row counted from 1.
    WrongCells {
        code: String,
        label: Text,
        row: usize,
        columns: usize,
        cells: usize,
    },
    TooLong {
        count: usize,
        most: usize,
    },
}

impl FillProblem {
    /// The field it is about, if it is about one.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Missing { code, .. }
            | Self::Unknown { code }
            | Self::WrongKind { code, .. }
            | Self::UnknownUnit { code, .. }
            | Self::WrongCells { code, .. } => Some(code),
            Self::TooLong { .. } => None,
        }
    }

    pub fn words(&self) -> Text {
        let (zh, en) = match self {
            Self::Missing { label, .. } => {
                (format!("“{}”还没有填写", label.zh), format!("“{}” is not filled in", label.en))
            }
            Self::Unknown { code } => (
                format!("这份文书没有“{code}”这个填写项"),
                format!("this paper has no field “{code}”"),
            ),
            Self::WrongKind { label, kind, .. } => (
                format!("“{}”应当是{}", label.zh, kind_zh(*kind)),
                format!("“{}” must be a {}", label.en, kind.code()),
            ),
            Self::UnknownUnit { label, unit, .. } => (
                format!("“{}”：没有“{unit}”这个单位", label.zh),
                format!("“{}”: there is no unit “{unit}”", label.en),
            ),
            Self::WrongCells { label, row, columns, cells, .. } => (
                format!("“{}”第{row}行有{cells}格，应有{columns}格", label.zh),
                format!(
                    "“{}”, row {row}: {cells} cells where there are {columns} columns",
                    label.en
                ),
            ),
            Self::TooLong { count, most } => (
                format!("正文有{count}字，超过{most}字，请删减"),
                format!("the body has {count} characters, more than {most}; shorten it"),
            ),
        };
        Text { zh, en }
    }
}

const fn kind_zh(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "文字",
        FieldKind::Date => "日期",
        FieldKind::Unit => "单位",
        FieldKind::Number => "整数",
        FieldKind::Table => "表格",
    }
}

impl PaperTemplate {
    /// A slip that nobody has to write: the ladder issues it as it is.
    pub fn writes_itself(&self) -> bool {
        let is_known = |field: &PaperField| slip_field::ALL.contains(&field.code.as_str());
        self.kind == PaperKind::Slip && self.fields.iter().all(is_known)
    }

    pub fn field(&self, code: &str) -> Option<&PaperField> {
        self.fields.iter().find(|field| field.code == code)
    }

    pub fn samples(&self) -> BTreeMap<String, FieldValue> {
        self.fields.iter().map(|field| (field.code.clone(), field.sample.clone())).collect()
    }

    /// The paper these values make. `unit_name` is the Chinese name of a unit.
    pub fn fill(
        &self,
        values: &BTreeMap<String, FieldValue>,
        unit_name: impl Fn(&UnitCode) -> Option<String>,
    ) -> Result<Filled, Vec<FillProblem>> {
        let mut problems = self.problems(values, &unit_name);
        let say =
            |name: &str| values.get(name).map_or_else(String::new, |value| said(value, &unit_name));
        let filled = self.filled(values, &say);
        let (count, most) = (filled.body.characters(), self.most_characters);
        if count > most {
            problems.push(FillProblem::TooLong { count, most });
        }
        if problems.is_empty() { Ok(filled) } else { Err(problems) }
    }

    /// What there is of it so far: a field that is still to be filled in stands
    /// as its name, in brackets.
    pub fn so_far(
        &self,
        values: &BTreeMap<String, FieldValue>,
        unit_name: impl Fn(&UnitCode) -> Option<String>,
    ) -> Filled {
        let say = |name: &str| {
            let said = values.get(name).map(|value| said(value, &unit_name));
            let needed = self.field(name).filter(|field| field.needed);
            let blank =
                || needed.map_or_else(String::new, |field| format!("【{}】", field.label.zh));
            said.filter(|said| !said.is_empty()).unwrap_or_else(blank)
        };
        self.filled(values, &say)
    }

    fn filled(
        &self,
        values: &BTreeMap<String, FieldValue>,
        say: &impl Fn(&str) -> String,
    ) -> Filled {
        let one_line = |line: &Line| joined(&line.fill(say));
        let attachments = self.attachments.iter().map(one_line);
        Filled {
            template: self.code.clone(),
            kind: self.kind,
            layout: self.layout,
            word: self.word.clone(),
            mark: self.mark.clone(),
            title: one_line(&self.title),
            addressees: one_line(&self.addressees),
            body: self.body(values, say),
            attachments: attachments.filter(|name| !name.is_empty()).collect(),
            note: self.note.as_ref().map(one_line).filter(|note| !note.is_empty()),
        }
    }

    /// Everything a reader of the template can see, for comparing two versions.
    pub(super) fn written(&self) -> String {
        let mut lines = vec![self.title.written(), self.addressees.written()];
        lines.extend(self.body.iter().map(BodyLine::written));
        lines.extend(self.attachments.iter().map(Line::written));
        lines.extend(self.note.iter().map(Line::written));
        lines.join("\n")
    }

    fn problems(
        &self,
        values: &BTreeMap<String, FieldValue>,
        unit_name: &impl Fn(&UnitCode) -> Option<String>,
    ) -> Vec<FillProblem> {
        let unknown = values.keys().filter(|code| self.field(code).is_none());
        let mut problems: Vec<_> =
            unknown.map(|code| FillProblem::Unknown { code: code.clone() }).collect();
        for field in &self.fields {
            let given = values.get(&field.code).filter(|value| !value.is_empty());
            match given {
                Some(value) => problems.extend(field.problem(value, unit_name)),
                None if field.needed => problems.push(FillProblem::Missing {
                    code: field.code.clone(),
                    label: field.label.clone(),
                }),
                None => {}
            }
        }
        problems
    }

    /// What came to nothing because its fields are empty is left out.
    fn body(&self, values: &BTreeMap<String, FieldValue>, say: &impl Fn(&str) -> String) -> Blocks {
        let mut blocks = Vec::new();
        for line in &self.body {
            match line {
                BodyLine::Heading { level, text } => {
                    let text = joined(&text.fill(say));
                    if !text.is_empty() {
                        blocks.push(Block::Heading { level: *level, text });
                    }
                }
                BodyLine::Paragraph(text) => {
                    let text = text.fill(say);
                    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                    blocks.extend(lines.map(|line| Block::Paragraph(line.to_owned())));
                }
                BodyLine::Table(name) => blocks.extend(self.table(name, values)),
            }
        }
        Blocks(blocks)
    }

    fn table(&self, name: &str, values: &BTreeMap<String, FieldValue>) -> Option<Block> {
        let columns = &self.field(name)?.columns;
        let Some(FieldValue::Table(rows)) = values.get(name) else { return None };
        if rows.is_empty() {
            return None;
        }
        let columns = columns.iter().map(|column| column.label.zh.clone()).collect();
        Some(Block::Table { columns, rows: rows.clone() })
    }
}

impl PaperField {
    fn problem(
        &self,
        value: &FieldValue,
        unit_name: &impl Fn(&UnitCode) -> Option<String>,
    ) -> Option<FillProblem> {
        let (code, label) = (self.code.clone(), self.label.clone());
        if value.kind() != self.kind {
            return Some(FillProblem::WrongKind { code, label, kind: self.kind });
        }
        match value {
            FieldValue::Unit(unit) if unit_name(unit).is_none() => {
                Some(FillProblem::UnknownUnit { code, label, unit: unit.clone() })
            }
            FieldValue::Table(rows) => {
                let columns = self.columns.len();
                let wrong = rows.iter().position(|row| row.len() != columns)?;
                let cells = rows.get(wrong).map_or(0, Vec::len);
                Some(FillProblem::WrongCells { code, label, row: wrong + 1, columns, cells })
            }
            _ => None,
        }
    }
}

fn said(value: &FieldValue, unit_name: &impl Fn(&UnitCode) -> Option<String>) -> String {
    match value {
        FieldValue::Text(text) => text.trim().to_owned(),
        FieldValue::Date(date) => {
            format!("{}年{}月{}日", date.year(), date.month(), date.day())
        }
        FieldValue::Unit(unit) => unit_name(unit).unwrap_or_default(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Table(_) => String::new(),
    }
}

/// A title or an addressee is one line, whatever was typed.
fn joined(text: &str) -> String {
    text.lines().map(str::trim).collect()
}
