//! `[playbook]` and `[work]`.

use super::super::diagnostic::Spot;
use super::super::limit::parse_period;
use super::super::model::WorkHours;
use super::super::problem::Problem;
use super::read::{Fields, Located, Value};
use super::{Draft, Head};
use crate::ids::CountyCode;

pub(super) fn read_playbook(spot: Spot, value: Value<'_>, draft: &mut Draft<'_>) {
    if !draft.first("playbook", spot) {
        return;
    }
    let Some(mut fields) = value.fields(&mut draft.out) else { return };
    draft.head = read_head(&mut fields, draft);
    fields.finish(&mut draft.out);
}

fn read_head(fields: &mut Fields<'_>, draft: &mut Draft<'_>) -> Option<Head> {
    let out = &mut draft.out;
    let county = fields.need("county", "\"410182\"", out).and_then(|value| value.string(out));
    let name = fields
        .need("name", "{ zh = \"荥阳市\", en = \"Xingyang\" }", out)
        .and_then(|value| value.text(out));
    let version = fields.need("version", "\"2026.1\"", out).and_then(|value| value.string(out));
    let prefix = fields.need("number_prefix", "\"XY\"", out).and_then(|value| value.string(out));
    let official = fields.need("official", "false", out).and_then(|value| value.flag(out));
    let in_force_from = fields.get("in_force_from").and_then(|value| value.date(out));

    let mut demand = |written: &Option<Located<String>>,
                      holds: fn(&str) -> bool,
                      problem: fn(String) -> Problem| {
        if let Some(text) = written.as_ref().filter(|text| !holds(&text.value)) {
            out.add(text.spot, problem(text.value.clone()));
        }
    };
    demand(&county, is_county_code, |given| Problem::BadCountyCode { given });
    demand(&version, is_version, |given| Problem::BadVersion { given });
    demand(&prefix, is_number_prefix, |given| Problem::BadNumberPrefix { given });

    Some(Head {
        county: CountyCode::new(county?.value),
        name: name?,
        version: version?.value,
        in_force_from,
        number_prefix: prefix?.value,
        official: official?,
    })
}

fn is_county_code(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_version(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    text.len() <= 32 && text.bytes().all(allowed)
}

fn is_number_prefix(text: &str) -> bool {
    (2..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase())
}

pub(super) fn read_work(spot: Spot, value: Value<'_>, draft: &mut Draft<'_>) {
    if !draft.first("work", spot) {
        return;
    }
    let Some(mut fields) = value.fields(&mut draft.out) else { return };
    let example = "[\"08:30-12:00\", \"14:00-17:30\"]";
    if let Some(periods) = fields.need("periods", example, &mut draft.out) {
        let written = periods.strings(&mut draft.out);
        if written.is_empty() {
            draft.out.add(periods.spot, Problem::Blank { key: "periods".to_owned() });
        }
        draft.work = read_periods(&written, draft);
    }
    fields.finish(&mut draft.out);
}

fn read_periods(written: &[Located<String>], draft: &mut Draft<'_>) -> Option<WorkHours> {
    let mut periods = Vec::new();
    for text in written {
        match parse_period(&text.value) {
            Ok(period) => periods.push((period, text)),
            Err(problem) => draft.out.add(text.spot, problem),
        }
    }
    periods.sort_by_key(|(period, _)| *period);
    for pair in periods.windows(2) {
        let [(first, written_first), (second, written_second)] = pair else { continue };
        if second.0 < first.1 {
            let problem = Problem::PeriodsOverlap {
                first: written_first.value.clone(),
                second: written_second.value.clone(),
            };
            draft.out.add(written_second.spot, problem);
        }
    }
    let periods: Vec<_> = periods.into_iter().map(|(period, _)| period).collect();
    (!periods.is_empty()).then_some(WorkHours { periods })
}
