//! `[[unit]]`, `[grids]` and `[[place]]`.

use super::super::diagnostic::Spot;
use super::super::model::{Grid, Place, Unit};
use super::super::problem::Problem;
use super::read::{Fields, Located, Value};
use super::{Draft, Generate, Kind};
use crate::ids::{GridCode, PlaceId, UnitCode};
use crate::place::Position;

const TEXT: &str = "{ zh = \"…\", en = \"…\" }";

pub(super) fn read_unit(fields: &mut Fields<'_>, draft: &mut Draft<'_>) {
    let code = draft.code(Kind::Unit, fields);
    let out = &mut draft.out;
    let name = fields.need("name", TEXT, out).and_then(|value| value.text(out));
    let above = fields.get("above").and_then(|value| value.string(out));
    let grid = fields.get("grid").and_then(|value| value.string(out));
    let village = fields.get("village").and_then(|value| value.flag(out)).unwrap_or(false);
    if let Some(above) = &above {
        draft.refer(Kind::Unit, above);
    }
    if let Some(grid) = &grid {
        draft.refer(Kind::Grid, grid);
    }
    let (Some(code), Some(name)) = (code, name) else { return };
    draft.alias(Kind::Unit, &name, &code);
    let value = Unit {
        code: UnitCode::new(code.value),
        name,
        above: above.map(|unit| UnitCode::new(unit.value)),
        grid: grid.map(|grid| GridCode::new(grid.value)),
        village,
    };
    draft.units.push(Located { value, spot: code.spot });
}

pub(super) fn read_grids(spot: Spot, value: Value<'_>, draft: &mut Draft<'_>) {
    if !draft.first("grids", spot) {
        return;
    }
    let Some(mut fields) = value.fields(&mut draft.out) else { return };
    if let Some(list) = fields.get("list") {
        for entry in list.list(&mut draft.out) {
            if let Some(mut grid) = entry.fields(&mut draft.out) {
                read_grid(&mut grid, draft);
                grid.finish(&mut draft.out);
            }
        }
    }
    if let Some(value) = fields.get("generate") {
        draft.generate = read_generate(value, draft);
    }
    fields.finish(&mut draft.out);
}

fn read_grid(fields: &mut Fields<'_>, draft: &mut Draft<'_>) {
    let code = draft.code(Kind::Grid, fields);
    let out = &mut draft.out;
    // Names stand beside the code, not under `name`: a county lists hundreds.
    let zh = fields.need("zh", "\"老城社区\"", out).and_then(|value| value.string(out));
    let en = fields.need("en", "\"Laocheng Community\"", out).and_then(|value| value.string(out));
    let division = fields.get("division").and_then(|value| value.string(out));
    let example = fields.get("example").and_then(|value| value.flag(out)).unwrap_or(false);
    let Some(code) = code else { return };
    let Some(level) = grid_level(&code.value) else {
        out.add(code.spot, Problem::BadGridCode { given: code.value });
        return;
    };
    let (Some(zh), Some(en)) = (zh, en) else { return };
    let name = super::Text { zh: zh.value, en: en.value };
    draft.alias(Kind::Grid, &name, &code);
    let value = Grid {
        code: GridCode::new(code.value),
        name,
        level,
        division: division.map(|division| division.value),
        example,
    };
    draft.grids.push(Located { value, spot: code.spot });
}

/// 1 for `05`, 2 for `05-012`, 3 for `05-012-03`.
fn grid_level(code: &str) -> Option<u8> {
    const DIGITS: [usize; 3] = [2, 3, 2];
    let mut level = 0;
    for part in code.split('-') {
        let digits = DIGITS.get(usize::from(level))?;
        if part.len() != *digits || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        level += 1;
    }
    Some(level)
}

fn read_generate(value: Value<'_>, draft: &mut Draft<'_>) -> Option<Generate> {
    let out = &mut draft.out;
    let mut fields = value.fields(out)?;
    let third_level = fields.need("third_level", "2249", out).and_then(|value| value.whole(out));
    let seed = fields.need("seed", "1", out).and_then(|value| value.whole(out));
    fields.finish(out);
    Some(Generate { third_level: third_level?, seed: seed?, spot: value.spot })
}

pub(super) fn read_place(fields: &mut Fields<'_>, draft: &mut Draft<'_>) {
    let code = draft.code(Kind::Place, fields);
    let grid = draft.reference(Kind::Grid, "grid", "\"05-012-03\"", fields);
    let out = &mut draft.out;
    let name = fields.need("name", TEXT, out).and_then(|value| value.text(out));
    let position = fields.get("position").map(|value| read_position(value, draft));
    let out = &mut draft.out;
    let example = fields.get("example").and_then(|value| value.flag(out)).unwrap_or(false);
    let (Some(code), Some(grid), Some(name)) = (code, grid, name) else { return };
    let value = Place {
        id: PlaceId::new(code.value),
        name,
        grid: GridCode::new(grid.value),
        position: position.flatten(),
        example,
    };
    draft.places.push(Located { value, spot: code.spot });
}

fn read_position(value: Value<'_>, draft: &mut Draft<'_>) -> Option<Position> {
    let list = value.list(&mut draft.out);
    let written: Vec<&str> = list.iter().filter_map(|part| part.decimal()).collect();
    let given = written.join(", ");
    let position = match (list.len(), written.as_slice()) {
        (2, [lat, lon]) => micro_degrees(lat).zip(micro_degrees(lon)),
        _ => None,
    };
    let Some((lat_e6, lon_e6)) = position else {
        draft.out.add(value.spot, Problem::BadPosition { given });
        return None;
    };
    let inside =
        (3_000_000..=54_000_000).contains(&lat_e6) && (73_000_000..=136_000_000).contains(&lon_e6);
    if !inside {
        draft.out.add(value.spot, Problem::PositionOutsideChina { given });
        return None;
    }
    Some(Position { lat_e6, lon_e6 })
}

/// `34.789872` as 34789872, without a float between.
fn micro_degrees(text: &str) -> Option<i32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 6 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let degrees: i32 = whole.parse().ok().filter(|degrees| (0..=180).contains(degrees))?;
    let micro: i32 = format!("{fraction:0<6}").parse().ok()?;
    Some(degrees * 1_000_000 + micro)
}
