//! What a paper says, as the JSON `paper.typ` reads.

use bihuan_domain::paper::{Block, Layout};
use serde_json::{Map, Value, json};

use super::super::fonts::{Fonts, Role};
use super::super::layout::{BLOCK, BODY, CHARACTERS, LEFT, LINES, PAGE, SMALL, TITLE, TOP};
use super::super::{Paper, PaperError, column_shares, date_words, printable};
use crate::qr;

pub(super) fn of(paper: &Paper, fonts: &Fonts) -> Result<String, PaperError> {
    let code = paper.verification.as_deref().map(|address| qr::svg(address, "核验"));
    let code = code.transpose().map_err(|_| PaperError::AddressTooLong)?;
    let attachments: Vec<Value> = paper
        .attachment_words()
        .into_iter()
        .map(|(label, name)| json!({ "label": label, "name": name }))
        .collect();
    let mut text = json!({
        "mark": paper.mark,
        "number": paper.number_words(),
        "signer": paper.signer,
        "haste": paper.haste.map(|haste| haste.words()),
        "title": paper.title_lines(),
        "addressees": paper.addressee_words(),
        "body": paper.body.0.iter().map(block).collect::<Vec<_>>(),
        "attachments": attachments,
        "issuer": paper.issuer,
        "date": paper.date_words(),
        "note": paper.note,
        "copies": paper.copy_words(),
        "printed": paper.printed.as_ref().map(|printed| json!({
            "office": printed.office,
            "date": format!("{}印发", date_words(printed.date)),
        })),
        "address": paper.verification,
        "state": paper.state.words().map(|(short, long)| json!({ "short": short, "long": long })),
    });
    clean(&mut text);
    let missing = fonts.uncovered(&every_text(&text));
    if !missing.is_empty() {
        return Err(PaperError::NoGlyph(missing));
    }
    let facts = json!({
        "text": text,
        "letter": paper.layout == Layout::Letter,
        "sealed": paper.sealed,
        "code": code,
        "made": paper.date.map(|date| json!([date.year(), date.month(), date.day()])),
        "fonts": families(fonts),
        "stand-ins": fonts.substitutions().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "measure": {
            "page": [PAGE.0, PAGE.1], "top": TOP, "left": LEFT, "block": [BLOCK.0, BLOCK.1],
            "lines": LINES, "characters": CHARACTERS,
            "title": TITLE, "body": BODY, "small": SMALL,
        },
    });
    Ok(facts.to_string())
}

/// Also what Typst itself adds: the words of `paper.typ` are covered by any
/// font that passed as Chinese.
fn every_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(every_text).collect(),
        Value::Object(fields) => fields.values().map(every_text).collect(),
        _ => String::new(),
    }
}

fn clean(value: &mut Value) {
    match value {
        Value::String(text) => *text = printable(text),
        Value::Array(list) => list.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        _ => {}
    }
}

fn families(fonts: &Fonts) -> Value {
    let mut families = Map::new();
    for chosen in fonts.chosen() {
        let name = match chosen.role {
            Role::Title => "title",
            Role::Body => "body",
            Role::Kai => "kai",
            Role::Hei => "hei",
            Role::Song => "song",
        };
        let face = json!({ "family": chosen.family, "weight": chosen.weight });
        families.insert(name.to_owned(), face);
    }
    Value::Object(families)
}

fn block(block: &Block) -> Value {
    match block {
        Block::Heading { level, text } => {
            json!({ "kind": "heading", "level": level, "text": text })
        }
        Block::Paragraph(text) => json!({ "kind": "paragraph", "text": text }),
        Block::Table { columns, rows } => {
            let widths = column_shares(columns, rows);
            // Typst counts cells: a row too short would shift all that follow.
            let whole = |row: &Vec<String>| {
                let cells = row.iter().cloned().chain(std::iter::repeat(String::new()));
                cells.take(columns.len()).collect::<Vec<_>>()
            };
            let rows: Vec<_> = rows.iter().map(whole).collect();
            json!({ "kind": "table", "columns": columns, "rows": rows, "widths": widths })
        }
    }
}
