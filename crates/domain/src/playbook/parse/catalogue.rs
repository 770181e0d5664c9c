//! `[[class]]`, `[[item]]` and `[[channel]]`.

use std::collections::BTreeMap;

use super::super::diagnostic::Spot;
use super::super::limit;
use super::super::model::{Channel, Class, EvidenceRule, Item};
use super::super::problem::Problem;
use super::read::{Fields, Located, Value};
use super::{Draft, DraftItem, Kind, one_of, urgency};
use crate::calendar::Limit;
use crate::ids::{ChannelCode, ClassCode, ItemCode, UnitCode};
use crate::matter::{DeclineGround, Urgency};

const MOST_EVIDENCE: u32 = 9;
const TEXT: &str = "{ zh = \"…\", en = \"…\" }";

pub(super) fn read_class(fields: &mut Fields<'_>, draft: &mut Draft<'_>) {
    let code = draft.code(Kind::Class, fields);
    let out = &mut draft.out;
    let name = fields.need("name", TEXT, out).and_then(|value| value.text(out));
    let public = fields.get("public").and_then(|value| value.flag(out)).unwrap_or(false);
    let (Some(code), Some(name)) = (code, name) else { return };
    draft.alias(Kind::Class, &name, &code);
    let value = Class { code: ClassCode::new(code.value), name, public };
    draft.classes.push(Located { value, spot: code.spot });
}

pub(super) fn read_item(fields: &mut Fields<'_>, draft: &mut Draft<'_>) {
    let code = draft.code(Kind::Item, fields);
    let class = draft.reference(Kind::Class, "class", "\"facilities\"", fields);
    let unit = draft.reference(Kind::Unit, "unit", "\"urban-management\"", fields);
    let limits = read_limits(fields, draft);
    let out = &mut draft.out;
    let mut text = |key| fields.need(key, TEXT, out).and_then(|value| value.text(out));
    let (name, filing, closing) = (text("name"), text("filing"), text("closing"));
    let on_spot = fields.get("on_spot").and_then(|value| value.flag(out)).unwrap_or(false);
    let evidence = fields.get("evidence").map(|value| read_evidence(value, draft));
    let words = fields.get("words").map(|value| read_words(value, draft));

    let (Some(code), Some(class), Some(unit)) = (code, class, unit) else { return };
    let (Some(name), Some(filing), Some(closing)) = (name, filing, closing) else { return };
    draft.alias(Kind::Item, &name, &code);
    let limit_spots = limits.iter().map(|(urgency, limit)| (*urgency, limit.spot)).collect();
    let item = Item {
        code: ItemCode::new(code.value),
        class: ClassCode::new(class.value),
        name,
        filing,
        closing,
        limits: limits.into_iter().map(|(urgency, limit)| (urgency, limit.value)).collect(),
        evidence: evidence.unwrap_or_default(),
        unit: UnitCode::new(unit.value),
        on_spot,
        words: words.unwrap_or_default(),
    };
    draft.items.push(DraftItem { item, spot: code.spot, limits: limit_spots });
}

fn read_limits(
    fields: &mut Fields<'_>,
    draft: &mut Draft<'_>,
) -> BTreeMap<Urgency, Located<Limit>> {
    let example = "{ ordinary = \"5 work-days\", urgent = \"8 work-hours\" }";
    let mut limits = BTreeMap::new();
    let Some(value) = fields.need("limits", example, &mut draft.out) else { return limits };
    let Some(table) = value.fields(&mut draft.out) else { return limits };
    let mut ordinary_written = false;
    for (name, value) in table.entries() {
        let Some(urgency) = urgency(&name, &mut draft.out) else { continue };
        ordinary_written |= urgency == Urgency::Ordinary;
        if let Some(limit) = read_limit(value, draft) {
            limits.insert(urgency, limit);
        }
    }
    if !ordinary_written {
        report_ordinary_missing(value.spot, fields, draft);
    }
    limits
}

fn report_ordinary_missing(spot: Spot, fields: &mut Fields<'_>, draft: &mut Draft<'_>) {
    let code = fields.get("code").and_then(|value| value.string(&mut draft.out));
    let item = code.map_or_else(|| "?".to_owned(), |code| code.value);
    draft.out.add(spot, Problem::OrdinaryLimitMissing { item });
}

fn read_limit(value: Value<'_>, draft: &mut Draft<'_>) -> Option<Located<Limit>> {
    let written = value.string_or_number(&mut draft.out)?;
    match limit::parse(&written.value) {
        Ok(parsed) if parsed.nth_day => {
            // An item does not know how the node that uses it counts.
            draft.out.add(written.spot, Problem::NthDayNeedsSameDay { given: written.value });
            None
        }
        Ok(parsed) => Some(Located { value: parsed.limit, spot: written.spot }),
        Err(problem) => {
            draft.out.add(written.spot, problem);
            None
        }
    }
}

fn read_evidence(value: Value<'_>, draft: &mut Draft<'_>) -> EvidenceRule {
    let out = &mut draft.out;
    let Some(mut fields) = value.fields(out) else { return EvidenceRule::default() };
    let mut count = |key| {
        let value = fields.get(key)?;
        let count = value.whole(out)?;
        if count > MOST_EVIDENCE {
            out.add(value.spot, Problem::TooMuchEvidence { count: count.to_string() });
        }
        Some(count)
    };
    let after = count("after").unwrap_or(0);
    let document = count("document").unwrap_or(0);
    fields.finish(out);
    EvidenceRule { after, document }
}

fn read_words(value: Value<'_>, draft: &mut Draft<'_>) -> Vec<String> {
    let words = value.strings(&mut draft.out);
    for word in words.iter().filter(|word| word.value.chars().count() < 2) {
        draft.out.add(word.spot, Problem::WordTooShort { word: word.value.clone() });
    }
    words.into_iter().map(|word| word.value).collect()
}

pub(super) fn read_channel(fields: &mut Fields<'_>, draft: &mut Draft<'_>) {
    let code = draft.code(Kind::Channel, fields);
    let out = &mut draft.out;
    let mut text = |key| fields.need(key, TEXT, out).and_then(|value| value.text(out));
    let (name, advice) = (text("name"), text("advice"));
    let ground = fields.need("ground", "\"emergency\"", out).and_then(|value| value.string(out));
    let problem = |name, near| Problem::UnknownWord { key: "ground".to_owned(), name, near };
    let ground = ground.and_then(|written| {
        one_of(&written, DeclineGround::ALL, DeclineGround::code, problem, out)
    });
    let basis =
        fields.need("basis", "\"default, not official\"", out).and_then(|value| value.string(out));
    let (Some(code), Some(name), Some(advice)) = (code, name, advice) else { return };
    let (Some(ground), Some(basis)) = (ground, basis) else { return };
    let code_value = ChannelCode::new(code.value);
    let value = Channel { code: code_value, name, ground, advice, basis: basis.value };
    draft.channels.push(Located { value, spot: code.spot });
}
