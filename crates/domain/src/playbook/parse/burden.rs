//! `[burden]`: the year's budgets of a unit, and the duties of villages.

use super::super::diagnostic::Spot;
use super::super::model::{Budget, Duty};
use super::read::{Fields, Value};
use super::{Draft, Kind};
use crate::ids::RegimeCode;
use crate::matter::Burden;

const TEXT: &str = "{ zh = \"…\", en = \"…\" }";

pub(super) fn read_burdens(spot: Spot, value: Value<'_>, draft: &mut Draft<'_>) {
    if !draft.first("burden", spot) {
        return;
    }
    let Some(mut fields) = value.fields(&mut draft.out) else { return };
    let example = fields.get("example").and_then(|value| value.flag(&mut draft.out));
    draft.burdens.example = example.unwrap_or(false);
    for what in Burden::ALL {
        let budget = fields.get(what.code()).and_then(|value| read_budget(*what, value, draft));
        draft.burdens.budgets.extend(budget.map(|budget| (*what, budget)));
    }
    if let Some(list) = fields.get("duty") {
        for entry in list.list(&mut draft.out) {
            let Some(mut duty) = entry.fields(&mut draft.out) else { continue };
            read_duty(&mut duty, draft);
            duty.finish(&mut draft.out);
        }
    }
    fields.finish(&mut draft.out);
}

fn read_budget(what: Burden, value: Value<'_>, draft: &mut Draft<'_>) -> Option<Budget> {
    let out = &mut draft.out;
    let mut fields = value.fields(out)?;
    let yearly = fields.need("yearly", "12", out).and_then(|value| value.whole(out));
    let basis = fields.need("basis", TEXT, out).and_then(|value| value.text(out));
    // Meetings are held about matters of any regime.
    let regimes = match what {
        Burden::Meetings => Vec::new(),
        _ => {
            let list = fields.need("regimes", "[\"notice\"]", out);
            list.map(|value| value.strings(out)).unwrap_or_default()
        }
    };
    fields.finish(out);
    for regime in &regimes {
        draft.refer(Kind::Regime, regime);
    }
    let regimes = regimes.into_iter().map(|regime| RegimeCode::new(regime.value)).collect();
    Some(Budget { yearly: yearly?, regimes, basis: basis? })
}

fn read_duty(fields: &mut Fields<'_>, draft: &mut Draft<'_>) {
    let code = draft.code(Kind::Duty, fields);
    let name = fields.need("name", TEXT, &mut draft.out);
    let name = name.and_then(|value| value.text(&mut draft.out));
    if let (Some(code), Some(name)) = (code, name) {
        draft.burdens.duties.push(Duty { code: code.value, name });
    }
}
