//! `[[case]]`: worked cases.

use jiff::civil::DateTime;

use super::super::case::{Case, CaseAct, CaseDue, CaseEvent, CaseTime};
use super::super::limit;
use super::super::model::Trigger;
use super::super::nearest::nearest;
use super::super::problem::Problem;
use super::read::{Fields, Located, Value};
use super::{Draft, Kind, urgency};
use crate::calendar::end_of_day;
use crate::ids::{ItemCode, NodeCode, RegimeCode, UnitCode};
use crate::instant::Instant;
use crate::matter::Urgency;

const CLOCK_ACTS: [&str; 3] = ["suspended", "resumed", "extended"];

pub(super) fn read_case(fields: &mut Fields<'_>, draft: &mut Draft<'_>) {
    let out = &mut draft.out;
    let name = fields.need("name", "\"国庆前下午交办\"", out).and_then(|value| value.string(out));
    let why = fields.get("why").and_then(|value| value.string(out)).map(|why| why.value);
    let start =
        fields.need("start", "2026-09-30 16:00", out).and_then(|value| value.date_time(out));
    let item = fields.get("item").and_then(|value| value.string(out));
    let word = fields.get("urgency").and_then(|value| value.string(out));
    let urgency = word.and_then(|word| urgency(&word, out)).unwrap_or(Urgency::Ordinary);
    let given = fields.get("given").and_then(|value| value.date(out));
    let plan = fields.get("plan").map(|value| value.list(out)).unwrap_or_default();
    let plan = plan.into_iter().filter_map(|value| value.date(out)).collect();
    if let Some(item) = &item {
        draft.refer(Kind::Item, item);
    }
    let regime = draft.reference(Kind::Regime, "regime", "\"grid-case\"", fields);
    let events = fields.get("events").map(|value| read_events(value, draft)).unwrap_or_default();
    let unit = fields.get("unit").and_then(|value| value.string(&mut draft.out));
    if let Some(unit) = &unit {
        draft.refer(Kind::Unit, unit);
    }
    let duty = fields.get("duty").and_then(|value| value.string(&mut draft.out));
    if let Some(duty) = &duty {
        draft.refer(Kind::Duty, duty);
    }
    let refused = fields.get("refused").and_then(|value| value.flag(&mut draft.out));
    // A case about whom it may be given to needs no dates.
    let due = match &unit {
        Some(_) => fields.get("due"),
        None => fields.need("due", "{ handle = 2026-10-14 17:30 }", &mut draft.out),
    };
    let due = due.map(|value| read_due(value, draft)).unwrap_or_default();
    let (Some(name), Some(start), Some(regime)) = (name, start, regime) else { return };
    draft.cases.push(Case {
        name: name.value,
        why,
        regime: RegimeCode::new(regime.value),
        item: item.map(|item| ItemCode::new(item.value)),
        urgency,
        given,
        plan,
        start: Instant::from_civil(start),
        events,
        due,
        unit: unit.map(|unit| UnitCode::new(unit.value)),
        duty: duty.map(|duty| duty.value),
        refused: refused.unwrap_or(false),
        spot: name.spot,
        regime_spot: regime.spot,
    });
}

fn read_due(value: Value<'_>, draft: &mut Draft<'_>) -> Vec<CaseDue> {
    let Some(fields) = value.fields(&mut draft.out) else { return Vec::new() };
    let mut due = Vec::new();
    for (node, value) in fields.entries() {
        if let Some(at) = read_due_time(value, draft) {
            due.push(CaseDue { node: NodeCode::new(node.value), at, spot: node.spot });
        }
    }
    due
}

/// A date alone is the end of that day.
fn read_due_time(value: Value<'_>, draft: &mut Draft<'_>) -> Option<Instant> {
    match value.date_alone() {
        Some(date) => Some(end_of_day(date)),
        None => value.date_time(&mut draft.out).map(Instant::from_civil),
    }
}

fn read_events(value: Value<'_>, draft: &mut Draft<'_>) -> Vec<CaseEvent> {
    let mut events = Vec::new();
    for entry in value.list(&mut draft.out) {
        let Some(mut fields) = entry.fields(&mut draft.out) else { continue };
        let event = read_event(&mut fields, draft);
        fields.finish(&mut draft.out);
        events.extend(event);
    }
    events
}

fn read_event(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> Option<CaseEvent> {
    let out = &mut draft.out;
    let spot = fields.spot;
    let on = fields.need("on", "\"signed\"", out).and_then(|value| value.string(out));
    let at = fields.need("at", "2026-09-30 16:00", out).and_then(|value| read_time(value, draft));
    let what = on.and_then(|on| read_act(&on, fields, draft));
    Some(CaseEvent { what: what?, at: at?, spot })
}

fn read_time(value: Value<'_>, draft: &mut Draft<'_>) -> Option<CaseTime> {
    if value.is_text("limit") {
        return Some(CaseTime::Limit);
    }
    let at: DateTime = value.date_time(&mut draft.out)?;
    Some(CaseTime::At(Instant::from_civil(at)))
}

fn read_act(
    on: &Located<String>,
    fields: &mut Fields<'_>,
    draft: &mut Draft<'_>,
) -> Option<CaseAct> {
    match on.value.as_str() {
        "suspended" => return Some(CaseAct::Suspended),
        "resumed" => return Some(CaseAct::Resumed),
        "extended" => return read_extension(fields, draft),
        _ => {}
    }
    let found = Trigger::ALL.into_iter().find(|trigger| trigger.code() == on.value);
    if found.is_none() {
        let known = Trigger::ALL.iter().map(|trigger| trigger.code()).chain(CLOCK_ACTS);
        let near = nearest(&on.value, known.map(|name| (name, name)));
        let (key, name) = ("on".to_owned(), on.value.clone());
        draft.out.add(on.spot, Problem::UnknownWord { key, name, near });
    }
    found.map(CaseAct::Trigger)
}

fn read_extension(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> Option<CaseAct> {
    let out = &mut draft.out;
    let node = fields.need("node", "\"handle\"", out).and_then(|value| value.string(out));
    let by = fields.need("by", "\"2 work-days\"", out)?.string_or_number(out)?;
    match limit::parse(&by.value) {
        Ok(parsed) => {
            Some(CaseAct::Extended { node: NodeCode::new(node?.value), by: parsed.limit })
        }
        Err(problem) => {
            out.add(by.spot, problem);
            None
        }
    }
}
