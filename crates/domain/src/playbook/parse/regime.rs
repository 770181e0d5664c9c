//! `[regime.<code>]`: settings, steps and nodes.

use std::collections::{BTreeMap, BTreeSet};

use super::super::diagnostic::Spot;
use super::super::limit::{self, parse_day_one};
use super::super::model::{
    AtLimit, Counting, NodeLimit, NodeRule, Regime, StepRule, Text, Trigger,
};
use super::super::nearest::nearest;
use super::super::problem::Problem;
use super::read::{Fields, Located, Value};
use super::{Draft, DraftRegime, Kind, is_code, one_of, urgency};
use crate::access::Role;
use crate::calendar::{DayOne, HolidayRule, Limit};
use crate::ids::{NodeCode, RegimeCode};
use crate::matter::{Source, Step};

const HOLIDAY_RULES: [(&str, HolidayRule); 2] =
    [("keep", HolidayRule::Keep), ("next-workday", HolidayRule::NextWorkday)];

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
    }
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
    let only = fields.get("only").map(|value| value.strings(&mut draft.out)).unwrap_or_default();
    let only = only.iter().filter_map(|word| urgency(word, &mut draft.out)).collect();
    let mut flag = |key| fields.get(key).and_then(|value| value.flag(&mut draft.out));
    let pausable = flag("pausable").unwrap_or(false);
    let extendable = flag("extendable").unwrap_or(false);
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
    };
    Some(Located { value, spot: code.spot })
}

fn read_trigger(
    fields: &mut Fields<'_>,
    key: &'static str,
    example: &str,
    draft: &mut Draft<'_>,
) -> Option<Trigger> {
    let out = &mut draft.out;
    let written = fields.need(key, example, out)?.string(out)?;
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
    if written.value == "item" {
        return Some(NodeLimit::Item);
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
