//! `[[paper]]`: a template of an official paper with its fields.

use super::super::model::{Column, FieldKind, FieldValue, PaperField, PaperKind, PaperTemplate};
use super::super::nearest::nearest;
use super::super::paper::{BodyLine, Line};
use super::super::problem::Problem;
use super::read::{Fields, Located, Value};
use super::{Draft, Kind, is_code, one_of};
use crate::ids::{PaperCode, UnitCode};
use crate::paper::Layout;

/// 《整治形式主义为基层减负若干规定》: papers in general, and special ones.
const LENGTHS: [(&str, usize); 2] = [("general", 5_000), ("special", 4_000)];

const DEEPEST_HEADING: usize = 3;

pub(super) fn read_paper(fields: &mut Fields<'_>, draft: &mut Draft<'_>) {
    let spot = fields.spot;
    let code = draft.code(Kind::Paper, fields);
    let kind = word(fields, "kind", &PaperKind::ALL, PaperKind::code, draft);
    let layout = word(fields, "layout", &Layout::ALL, Layout::code, draft);
    let length = word(fields, "length", &LENGTHS, |length| length.0, draft);
    let document_code = read_document_code(fields, draft);
    let name = fields.need(
        "name",
        "{ zh = \"整改通知书\", en = \"Rectification notice\" }",
        &mut draft.out,
    );
    let name = name.and_then(|value| value.text(&mut draft.out));
    let mark = fields.need("mark", "\"荥阳市人民政府文件\"", &mut draft.out);
    let mark = mark.and_then(|value| value.string(&mut draft.out));
    let example =
        fields.get("example").is_some_and(|value| value.flag(&mut draft.out) == Some(true));
    let declared = read_fields(fields, draft);
    let title = one_line(fields, "title", "\"关于{matter}的通知\"", draft);
    let addressees = one_line(fields, "addressees", "\"{unit}\"", draft);
    let attachments = fields.get("attachments").map_or_else(Vec::new, |list| lines(list, draft));
    let note = fields.get("note").and_then(|value| read_line(value, draft));
    let body = fields.need("body", "[\"# 一、检查情况\", \"{findings}\"]", &mut draft.out);
    let body: Vec<Located<BodyLine>> = body.map_or_else(Vec::new, |list| {
        let lines = list.list(&mut draft.out).into_iter();
        lines.filter_map(|line| body_line(line, &declared, draft)).collect()
    });
    let plain = title.iter().chain(&addressees).chain(&attachments).chain(&note);
    check_use(plain, &body, &declared, draft);
    if body.is_empty() {
        return;
    }
    let (Some(code), Some(kind), Some(layout), Some(length)) = (code, kind, layout, length) else {
        return;
    };
    let (Some(word), Some(name), Some(mark)) = (document_code, name, mark) else { return };
    let (Some(title), Some(addressees)) = (title, addressees) else { return };
    let paper = PaperTemplate {
        code: PaperCode::new(code.value),
        kind,
        layout,
        word,
        name,
        mark: mark.value,
        title: title.value,
        addressees: addressees.value,
        body: body.into_iter().map(|line| line.value).collect(),
        attachments: attachments.into_iter().map(|line| line.value).collect(),
        note: note.map(|line| line.value),
        fields: declared.fields.into_iter().map(|field| field.value).collect(),
        most_characters: length.1,
        example,
    };
    draft.papers.push(Located { value: paper, spot });
}

fn word<T: Copy>(
    fields: &mut Fields<'_>,
    key: &'static str,
    all: &[T],
    code: impl Fn(T) -> &'static str,
    draft: &mut Draft<'_>,
) -> Option<T> {
    let example = all.first().map_or_else(String::new, |first| format!("\"{}\"", code(*first)));
    let out = &mut draft.out;
    let written = fields.need(key, &example, out)?.string(out)?;
    let problem = |name, near| Problem::UnknownWord { key: key.to_owned(), name, near };
    one_of(&written, all, code, problem, out)
}

fn read_document_code(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> Option<String> {
    let out = &mut draft.out;
    let written = fields.need("word", "\"荥政督\"", out)?.string(out)?;
    let length = written.value.chars().count();
    let chinese = written.value.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    if chinese && (2..=10).contains(&length) {
        return Some(written.value);
    }
    out.add(written.spot, Problem::BadDocumentCode { given: written.value });
    None
}

/// The fields a paper declares.
#[derive(Default)]
struct Declared {
    fields: Vec<Located<PaperField>>,
    /// Some could not be read, so that an unknown name proves nothing.
    incomplete: bool,
}

impl Declared {
    fn kind(&self, code: &str) -> Option<FieldKind> {
        let field = self.fields.iter().find(|field| field.value.code == code);
        field.map(|field| field.value.kind)
    }
}

fn read_fields(paper: &mut Fields<'_>, draft: &mut Draft<'_>) -> Declared {
    let mut declared = Declared::default();
    let Some(list) = paper.get("field") else { return declared };
    for entry in list.list(&mut draft.out) {
        let Some(mut fields) = entry.fields(&mut draft.out) else { continue };
        let field = read_field(&mut fields, draft);
        fields.finish(&mut draft.out);
        let Some(field) = field else {
            declared.incomplete = true;
            continue;
        };
        let same = |other: &&Located<PaperField>| other.value.code == field.value.code;
        if let Some(first) = declared.fields.iter().find(same) {
            let first = draft.out.place(first.spot);
            let code = field.value.code;
            draft.out.add(field.spot, Problem::DuplicateCode { code, first });
            declared.incomplete = true;
        } else {
            declared.fields.push(field);
        }
    }
    declared
}

fn read_field(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> Option<Located<PaperField>> {
    let spot = fields.spot;
    let code = read_code(fields, draft);
    let kind = word(fields, "type", &FieldKind::ALL, FieldKind::code, draft);
    let label = read_label(fields, draft);
    let needed = fields.get("needed").and_then(|value| value.flag(&mut draft.out)).unwrap_or(true);
    let columns = match kind {
        Some(FieldKind::Table) => read_columns(fields, draft),
        _ => Vec::new(),
    };
    let example = kind.map_or("\"…\"", FieldKind::example);
    let sample = fields.need("sample", example, &mut draft.out);
    let (code, kind) = (code?, kind?);
    let sample = read_sample(sample?, &code, kind, columns.len(), draft);
    let field = PaperField { code, kind, label: label?, needed, columns, sample: sample? };
    Some(Located { value: field, spot })
}

fn read_code(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> Option<String> {
    let code = fields.need("code", "\"a-code\"", &mut draft.out)?.string(&mut draft.out)?;
    if is_code(&code.value) {
        return Some(code.value);
    }
    draft.out.add(code.spot, Problem::BadCode { given: code.value });
    None
}

fn read_label(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> Option<super::super::model::Text> {
    let example = "{ zh = \"整改期限\", en = \"Deadline\" }";
    fields.need("label", example, &mut draft.out)?.text(&mut draft.out)
}

fn read_columns(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> Vec<Column> {
    let example = "[{ code = \"fact\", label = { zh = \"问题\", en = \"Finding\" } }]";
    let Some(list) = fields.need("columns", example, &mut draft.out) else { return Vec::new() };
    let mut columns = Vec::new();
    for entry in list.list(&mut draft.out) {
        let Some(mut fields) = entry.fields(&mut draft.out) else { continue };
        let (code, label) = (read_code(&mut fields, draft), read_label(&mut fields, draft));
        fields.finish(&mut draft.out);
        if let (Some(code), Some(label)) = (code, label) {
            columns.push(Column { code, label });
        }
    }
    columns
}

fn read_sample(
    sample: Value<'_>,
    field: &str,
    kind: FieldKind,
    columns: usize,
    draft: &mut Draft<'_>,
) -> Option<FieldValue> {
    let value = match kind {
        FieldKind::Text => sample.text_alone().map(|text| FieldValue::Text(text.to_owned())),
        FieldKind::Date => sample.date_alone().map(FieldValue::Date),
        FieldKind::Number => {
            sample.decimal().and_then(|digits| digits.parse().ok()).map(FieldValue::Number)
        }
        FieldKind::Unit => sample.text_alone().map(|code| {
            draft.refer(Kind::Unit, &Located { value: code.to_owned(), spot: sample.spot });
            FieldValue::Unit(UnitCode::new(code))
        }),
        FieldKind::Table => sample
            .rows()
            .filter(|rows| !rows.is_empty() && rows.iter().all(|row| row.len() == columns))
            .map(FieldValue::Table),
    };
    if value.is_none() {
        let (kind, example) = (kind.code().to_owned(), kind.example().to_owned());
        let name = field.to_owned();
        draft.out.add(sample.spot, Problem::WrongSample { name, kind, example });
    }
    value
}

fn one_line(
    fields: &mut Fields<'_>,
    key: &'static str,
    example: &str,
    draft: &mut Draft<'_>,
) -> Option<Located<Line>> {
    let value = fields.need(key, example, &mut draft.out)?;
    read_line(value, draft)
}

fn lines(list: Value<'_>, draft: &mut Draft<'_>) -> Vec<Located<Line>> {
    let entries = list.list(&mut draft.out).into_iter();
    entries.filter_map(|entry| read_line(entry, draft)).collect()
}

fn read_line(value: Value<'_>, draft: &mut Draft<'_>) -> Option<Located<Line>> {
    let written = value.string(&mut draft.out)?;
    parse_line(&written, &written.value, draft)
}

fn parse_line(
    written: &Located<String>,
    text: &str,
    draft: &mut Draft<'_>,
) -> Option<Located<Line>> {
    let spot = written.spot;
    match Line::parse(text) {
        Ok(value) => Some(Located { value, spot }),
        Err(problem) => {
            draft.out.add(spot, problem);
            None
        }
    }
}

fn body_line(
    value: Value<'_>,
    declared: &Declared,
    draft: &mut Draft<'_>,
) -> Option<Located<BodyLine>> {
    let written = value.string(&mut draft.out)?;
    let text = written.value.trim_start_matches('#');
    let level = written.value.len() - text.len();
    let spot = written.spot;
    if level > DEEPEST_HEADING {
        draft.out.add(spot, Problem::HeadingTooDeep { given: written.value.clone() });
        return None;
    }
    let line = parse_line(&written, text.trim(), draft)?.value;
    let is_table = |name: &&str| declared.kind(name) == Some(FieldKind::Table);
    let value = match (level, line.only_field().filter(is_table)) {
        (0, Some(table)) => BodyLine::Table(table.to_owned()),
        (0, None) => BodyLine::Paragraph(line),
        (level, _) => BodyLine::Heading { level: u8::try_from(level).unwrap_or(1), text: line },
    };
    Some(Located { value, spot })
}

/// Every field that is used is declared, every one declared is used, and a
/// table never stands inside a line.
fn check_use<'a>(
    plain: impl Iterator<Item = &'a Located<Line>>,
    body: &'a [Located<BodyLine>],
    declared: &Declared,
    draft: &mut Draft<'_>,
) {
    let mut used: Vec<&str> = Vec::new();
    let in_body = body.iter().filter_map(|line| match &line.value {
        BodyLine::Heading { text, .. } | BodyLine::Paragraph(text) => Some((text, line.spot)),
        BodyLine::Table(name) => {
            used.push(name);
            None
        }
    });
    let lines: Vec<_> = plain.map(|line| (&line.value, line.spot)).chain(in_body).collect();
    for (line, spot) in lines {
        for name in line.fields() {
            used.push(name);
            let known = declared.kind(name);
            let name = name.to_owned();
            match known {
                Some(FieldKind::Table) => draft.out.add(spot, Problem::TableInsideLine { name }),
                None if !declared.incomplete => {
                    let codes = declared.fields.iter().map(|field| field.value.code.as_str());
                    let near = nearest(&name, codes.map(|code| (code, code)));
                    draft.out.add(spot, Problem::UnknownField { name, near });
                }
                _ => {}
            }
        }
    }
    for field in declared.fields.iter().filter(|field| !used.contains(&field.value.code.as_str())) {
        draft.out.add(field.spot, Problem::UnusedField { name: field.value.code.clone() });
    }
}
