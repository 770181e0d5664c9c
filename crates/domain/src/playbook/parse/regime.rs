//! `[regime.<code>]`: settings, steps and nodes.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;

use super::super::diagnostic::Spot;
use super::super::limit::{self, parse_day_one};
use super::super::model::{
    AtLimit, Counting, EvidenceRule, NodeLimit, NodeRule, Regime, SlipRule, StepRule, Text, Trigger,
};
use super::super::nearest::nearest;
use super::super::problem::Problem;
use super::read::{Fields, Located, Value};
use super::{Draft, DraftRegime, Kind, is_code, one_of, urgency};
use crate::access::Role;
use crate::calendar::{DayOne, HolidayRule, Limit};
use crate::ids::{NodeCode, RegimeCode};
use crate::matter::{SlipColour, Source, Step, Urgency};

const HOLIDAY_RULES: [(&str, HolidayRule); 2] =
    [("keep", HolidayRule::Keep), ("next-workday", HolidayRule::NextWorkday)];

/// Limits that are not a length of time.
const NAMED_LIMITS: [(&str, NodeLimit); 4] = [
    ("item", NodeLimit::Item),
    ("given", NodeLimit::Given),
    ("next-stage", NodeLimit::NextStage),
    ("plan-end", NodeLimit::PlanEnd),
];

pub(super) fn read_regime(code: &Located<String>, fields: &mut Fields<'_>, draft: &mut Draft<'_>) {
    draft.declare(Kind::Regime, code);
    let name = fields
        .need("name", "{ zh = \"网格事项\", en = \"Grid matters\" }", &mut draft.out)
        .and_then(|value| value.text(&mut draft.out));
    if let Some(name) = &name {
        draft.alias(Kind::Regime, name, code);
    }
    let steps = fields
        .need("steps", "{ file = [\"reporter\"] }", &mut draft.out)
        .map(|value| read_steps(value, draft))
        .unwrap_or_default();
    let nodes = fields.get("node").map(|value| read_nodes(value, draft)).unwrap_or_default();
    let verify_first =
        fields.get("verify_first").map(|value| read_sources("verify_first", value, draft));
    let answer_before_closing = read_answered(fields, draft);
    let mut number = |key, otherwise| read_number(fields, key, draft).unwrap_or(otherwise);
    let returns = number("returns", 0);
    let extensions = number("extensions", 0);
    let extension_percent = number("extension_percent", 50);
    let rating_days = number("rating_days", 7);
    let look_back_days = read_number(fields, "look_back_days", draft);
    let mut flag = |key| fields.get(key).and_then(|value| value.flag(&mut draft.out));
    let close_on_check = flag("close_on_check").unwrap_or(false);
    let answer_approval = flag("answer_approval").unwrap_or(false);
    let catalogue = flag("catalogue").unwrap_or(true);
    let approve_filing = flag("approve_filing").unwrap_or(false);
    let close_on_sign = flag("close_on_sign").unwrap_or(false);
    let grades = flag("grades").unwrap_or(false);
    let check_note = flag("check_note").unwrap_or(false);
    let alike = flag("alike").unwrap_or(false);
    let objection_days = read_number(fields, "objection_days", draft);
    let apart_days = read_number(fields, "apart_days", draft);
    let evidence = fields.get("evidence").map(|value| read_evidence(value, draft));
    let kinds = fields.get("kinds").map(|value| read_urgencies(value, draft));
    let publicity = read_limit(fields, "publicity", draft);
    let extension_until = read_time(fields, draft);
    let slips = fields.get("slip").map(|value| read_slips(value, draft)).unwrap_or_default();

    let Some(name) = name else { return };
    let (step_spots, steps) =
        steps.into_iter().map(|(step, (spot, rule))| ((step, spot), (step, rule))).unzip();
    let looks_back =
        look_back_days.map(|days| Located { value: look_back_node(days), spot: code.spot });
    let nodes = nodes.into_iter().chain(looks_back);
    let (node_spots, nodes) = nodes.map(|node| (node.spot, node.value)).unzip();
    let regime = Regime {
        code: RegimeCode::new(&code.value),
        name,
        steps,
        nodes,
        returns,
        extensions,
        extension_percent,
        rating_days,
        close_on_check,
        answer_before_closing,
        answer_approval,
        verify_first: verify_first.unwrap_or_default(),
        look_back_days,
        catalogue,
        evidence: evidence.unwrap_or_default(),
        kinds: kinds.unwrap_or_else(|| Urgency::OF_ITEMS.into_iter().collect()),
        approve_filing,
        close_on_sign,
        grades,
        check_note,
        alike,
        publicity,
        objection_days,
        extension_until,
        apart_days,
        slips,
    };
    draft.regimes.push(DraftRegime {
        regime,
        spot: code.spot,
        steps: step_spots,
        nodes: node_spots,
    });
}

/// The node of `look_back_days`: from closing until somebody has looked again.
fn look_back_node(days: u32) -> NodeRule {
    NodeRule {
        code: NodeCode::new(NodeRule::LOOK_BACK),
        name: Text { zh: "回头看".to_owned(), en: "Look-back".to_owned() },
        starts: Trigger::Closed,
        met_by: Trigger::LookedBack,
        limit: NodeLimit::Fixed(Limit::Days(days)),
        counting: Counting { day_one: DayOne::NextDay, holiday: HolidayRule::NextWorkday },
        at_limit: None,
        only: BTreeSet::new(),
        pausable: false,
        extendable: false,
        or_met_by: None,
        unless_given: false,
        mandatory: false,
        repeats: false,
        content: None,
    }
}

fn read_urgencies(value: Value<'_>, draft: &mut Draft<'_>) -> BTreeSet<Urgency> {
    let written = value.strings(&mut draft.out);
    written.iter().filter_map(|word| urgency(word, &mut draft.out)).collect()
}

fn read_limit(fields: &mut Fields<'_>, key: &'static str, draft: &mut Draft<'_>) -> Option<Limit> {
    let out = &mut draft.out;
    let written = fields.get(key)?.string_or_number(out)?;
    match limit::parse(&written.value) {
        Ok(parsed) => Some(parsed.limit),
        Err(problem) => {
            out.add(written.spot, problem);
            None
        }
    }
}

/// The time of day up to which an extension is asked for on the last day.
fn read_time(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> Option<Time> {
    let written = fields.get("extension_until")?.string(&mut draft.out)?;
    let parsed = limit::clock_time(&written.value);
    if parsed.is_none() {
        draft.out.add(written.spot, Problem::BadTime { given: written.value });
    }
    parsed
}

fn read_evidence(value: Value<'_>, draft: &mut Draft<'_>) -> EvidenceRule {
    let Some(mut fields) = value.fields(&mut draft.out) else { return EvidenceRule::default() };
    let after = read_number(&mut fields, "after", draft).unwrap_or(0);
    let document = read_number(&mut fields, "document", draft).unwrap_or(0);
    fields.finish(&mut draft.out);
    EvidenceRule { after, document }
}

fn read_slips(value: Value<'_>, draft: &mut Draft<'_>) -> Vec<SlipRule> {
    let mut slips: Vec<SlipRule> = Vec::new();
    for entry in value.list(&mut draft.out) {
        let Some(mut fields) = entry.fields(&mut draft.out) else { continue };
        let colour = read_colour(&mut fields, draft);
        let after = read_limit(&mut fields, "after", draft);
        let proposes = fields.get("proposes_criticism");
        let proposes = proposes.and_then(|value| value.flag(&mut draft.out)).unwrap_or(false);
        fields.finish(&mut draft.out);
        let Some(colour) = colour else { continue };
        slips.push(SlipRule { colour, after, proposes_criticism: proposes });
    }
    slips.sort_by_key(|slip| slip.colour);
    slips
}

fn read_colour(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> Option<SlipColour> {
    let out = &mut draft.out;
    let written = fields.need("colour", "\"blue\"", out)?.string(out)?;
    let problem = |name, near| Problem::UnknownWord { key: "colour".to_owned(), name, near };
    one_of(&written, SlipColour::ALL, SlipColour::code, problem, out)
}

fn read_number(fields: &mut Fields<'_>, key: &'static str, draft: &mut Draft<'_>) -> Option<u32> {
    fields.get(key)?.whole(&mut draft.out)
}

fn read_steps(value: Value<'_>, draft: &mut Draft<'_>) -> BTreeMap<Step, (Spot, StepRule)> {
    let mut steps = BTreeMap::new();
    let Some(fields) = value.fields(&mut draft.out) else { return steps };
    for (name, roles) in fields.entries() {
        let problem = |name, near| Problem::UnknownStep { name, near };
        let step = one_of(&name, Step::ALL, Step::code, problem, &mut draft.out);
        let by = read_roles(&name, roles, draft);
        if let Some(step) = step {
            steps.insert(step, (name.spot, StepRule { by }));
        }
    }
    steps
}

fn read_roles(step: &Located<String>, value: Value<'_>, draft: &mut Draft<'_>) -> BTreeSet<Role> {
    let problem = |name, near| Problem::UnknownRole { name, near };
    let written = value.strings(&mut draft.out);
    if written.is_empty() {
        draft.out.add(step.spot, Problem::StepForNobody { step: step.value.clone() });
    }
    written
        .iter()
        .filter_map(|name| one_of(name, &Role::ALL, Role::code, problem, &mut draft.out))
        .collect()
}

/// `true` for whatever the source, or the sources themselves.
fn read_answered(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> BTreeSet<Source> {
    const KEY: &str = "answer_before_closing";
    let Some(value) = fields.get(KEY) else { return BTreeSet::new() };
    match value.flag_alone() {
        Some(true) => Source::ALL.iter().copied().collect(),
        Some(false) => BTreeSet::new(),
        None => read_sources(KEY, value, draft),
    }
}

fn read_sources(key: &str, value: Value<'_>, draft: &mut Draft<'_>) -> BTreeSet<Source> {
    let problem = |name, near| Problem::UnknownWord { key: key.to_owned(), name, near };
    let written = value.strings(&mut draft.out);
    written
        .iter()
        .filter_map(|name| one_of(name, Source::ALL, Source::code, problem, &mut draft.out))
        .collect()
}

fn read_nodes(value: Value<'_>, draft: &mut Draft<'_>) -> Vec<Located<NodeRule>> {
    let mut nodes: Vec<Located<NodeRule>> = Vec::new();
    for entry in value.list(&mut draft.out) {
        let Some(mut fields) = entry.fields(&mut draft.out) else { continue };
        let node = read_node(&mut fields, draft);
        fields.finish(&mut draft.out);
        let Some(node) = node else { continue };
        if let Some(first) = nodes.iter().find(|other| other.value.code == node.value.code) {
            let first = draft.out.place(first.spot);
            let code = node.value.code.to_string();
            draft.out.add(node.spot, Problem::DuplicateCode { code, first });
            continue;
        }
        nodes.push(node);
    }
    nodes
}

fn read_node(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> Option<Located<NodeRule>> {
    let out = &mut draft.out;
    let code = fields.need("code", "\"sign\"", out).and_then(|value| value.string(out));
    if let Some(code) = code.as_ref().filter(|code| !is_code(&code.value)) {
        out.add(code.spot, Problem::BadCode { given: code.value.clone() });
    }
    let name = fields
        .need("name", "{ zh = \"签收\", en = \"Signing\" }", out)
        .and_then(|value| value.text(out));
    let starts = read_trigger(fields, "starts", "\"dispatched\"", draft);
    let met_by = read_trigger(fields, "met_by", "\"signed\"", draft);
    let counting = read_counting(fields, draft);
    let limit = read_node_limit(fields, counting, draft);
    let at_limit = read_at_limit(fields, draft);
    let only = fields.get("only").map(|value| read_urgencies(value, draft)).unwrap_or_default();
    let mut flag = |key| fields.get(key).and_then(|value| value.flag(&mut draft.out));
    let pausable = flag("pausable").unwrap_or(false);
    let extendable = flag("extendable").unwrap_or(false);
    let unless_given = flag("unless_given").unwrap_or(false);
    let mandatory = flag("mandatory").unwrap_or(false);
    let repeats = flag("repeats").unwrap_or(false);
    let or_met_by = read_optional_trigger(fields, "or_met_by", draft);
    let content = fields.get("content").and_then(|value| value.text(&mut draft.out));
    let code = code?;
    let value = NodeRule {
        code: NodeCode::new(code.value),
        name: name?,
        starts: starts?,
        met_by: met_by?,
        limit: limit?,
        counting,
        at_limit,
        only,
        pausable,
        extendable,
        or_met_by,
        unless_given,
        mandatory,
        repeats,
        content,
    };
    Some(Located { value, spot: code.spot })
}

fn read_trigger(
    fields: &mut Fields<'_>,
    key: &'static str,
    example: &str,
    draft: &mut Draft<'_>,
) -> Option<Trigger> {
    let value = fields.need(key, example, &mut draft.out)?;
    trigger(value, draft)
}

fn read_optional_trigger(
    fields: &mut Fields<'_>,
    key: &'static str,
    draft: &mut Draft<'_>,
) -> Option<Trigger> {
    trigger(fields.get(key)?, draft)
}

fn trigger(value: Value<'_>, draft: &mut Draft<'_>) -> Option<Trigger> {
    let out = &mut draft.out;
    let written = value.string(out)?;
    let problem = |name, near| Problem::UnknownTrigger { name, near };
    one_of(&written, &Trigger::ALL, Trigger::code, problem, out)
}

fn read_node_limit(
    fields: &mut Fields<'_>,
    counting: Counting,
    draft: &mut Draft<'_>,
) -> Option<NodeLimit> {
    let out = &mut draft.out;
    let written = fields.need("limit", "\"4 work-hours\"", out)?.string_or_number(out)?;
    let named = NAMED_LIMITS.iter().find(|(name, _)| *name == written.value);
    if let Some((_, limit)) = named {
        return Some(*limit);
    }
    match limit::parse(&written.value) {
        Ok(parsed) => {
            if parsed.nth_day && counting.day_one == DayOne::NextDay {
                out.add(written.spot, Problem::NthDayNeedsSameDay { given: written.value });
            }
            Some(NodeLimit::Fixed(parsed.limit))
        }
        Err(problem) => {
            out.add(written.spot, problem);
            None
        }
    }
}

/// Without a word the starting day is not counted and a last day off moves to
/// the next working day (民法典 201, 203).
fn read_counting(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> Counting {
    let out = &mut draft.out;
    let mut counting = Counting { day_one: DayOne::NextDay, holiday: HolidayRule::NextWorkday };
    if let Some(written) = fields.get("day_one").and_then(|value| value.string(out)) {
        match parse_day_one(&written.value) {
            Ok(day_one) => counting.day_one = day_one,
            Err(problem) => out.add(written.spot, problem),
        }
    }
    if let Some(written) = fields.get("holiday").and_then(|value| value.string(out)) {
        match HOLIDAY_RULES.iter().find(|(name, _)| *name == written.value) {
            Some((_, rule)) => counting.holiday = *rule,
            None => {
                let names = HOLIDAY_RULES.iter().map(|(name, _)| (*name, *name));
                let near = nearest(&written.value, names);
                let key = "holiday".to_owned();
                out.add(written.spot, Problem::UnknownWord { key, name: written.value, near });
            }
        }
    }
    counting
}

fn read_at_limit(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> Option<AtLimit> {
    let written = fields.get("at_limit")?.string(&mut draft.out)?;
    let problem = |name, near| Problem::UnknownWord { key: "at_limit".to_owned(), name, near };
    one_of(&written, &[AtLimit::Sign], |_| "sign", problem, &mut draft.out)
}
