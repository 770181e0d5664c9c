//! Positions as forms bring them, and the villages one chooses from without.

use bihuan_domain::ids::GridCode;
use bihuan_domain::place::Position;
use bihuan_domain::playbook::model::{Grid, Playbook};

use crate::i18n::Lang;
use crate::view::field::Choice;

/// The level of villages and communities.
pub(crate) const VILLAGE: u8 = 2;

/// Degrees in two fields, as a phone or a map writes them.
pub(crate) fn degrees(lon: &str, lat: &str) -> Option<Position> {
    let (lon_e6, lat_e6) = (micro_degrees(lon.trim())?, micro_degrees(lat.trim())?);
    let is_on_earth = lon_e6.abs() <= 180_000_000 && lat_e6.abs() <= 90_000_000;
    is_on_earth.then_some(Position { lat_e6, lon_e6 })
}

/// `113.389,34.787` in one field: longitude first, as maps here copy it.
pub(crate) fn typed(text: &str) -> Option<Position> {
    let text = text.replace('，', ",");
    let (lon, lat) = text.split_once(',')?;
    degrees(lon, lat)
}

/// Millionths of a degree, read without going through floating point.
fn micro_degrees(text: &str) -> Option<i32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    if unsigned.is_empty() || !is_digits(unsigned) || !is_digits(part) {
        return None;
    }
    let part: String = part.chars().chain("000000".chars()).take(6).collect();
    let value: i32 = format!("{unsigned}{part}").parse().ok()?;
    Some(if whole.starts_with('-') { -value } else { value })
}

/// Every village under its town; the town itself for those who know no more.
pub(crate) fn villages(lang: Lang, playbook: &Playbook) -> Vec<(String, Vec<Choice>)> {
    let choice = |grid: &Grid, label: &str| Choice::new(grid.code.as_str(), label);
    let towns = playbook.grids.iter().filter(|grid| grid.level == 1);
    towns
        .map(|town| {
            let name = lang.pick(&town.name);
            let whole = choice(town, &lang.trn("place-town-only", "town", name));
            let villages = playbook.grids.iter();
            let villages = villages
                .filter(|grid| grid.level == VILLAGE && grid.code.within(&town.code))
                .map(|grid| choice(grid, lang.pick(&grid.name)));
            (name.to_owned(), std::iter::once(whole).chain(villages).collect())
        })
        .collect()
}

/// A choice that the playbook still has.
pub(crate) fn chosen(playbook: &Playbook, code: &str) -> Option<GridCode> {
    let code = GridCode::new(code);
    playbook.grid(&code).map(|grid| grid.code.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_fields_and_one_give_the_same_position() {
        assert_eq!(degrees("113.386410", " 34.788120"), typed("113.386410, 34.788120"));
        assert_eq!(degrees("", ""), None);
    }

    #[test]
    fn a_position_is_read_to_the_millionth_of_a_degree() {
        let read = typed("113.389，34.7870005").unwrap();
        assert_eq!((read.lon_e6, read.lat_e6), (113_389_000, 34_787_000));
        assert_eq!(typed("-0.5,1").unwrap().lon_e6, -500_000);
    }

    #[test]
    fn what_is_not_a_position_is_refused() {
        for text in ["", "113.389", "abc,1", "181,0", "1,91", "1.-5,2", "--1,2", "NaN,1", "inf,1"] {
            assert_eq!(typed(text), None, "{text}");
        }
    }
}
