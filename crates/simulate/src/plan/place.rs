//! Where things happen: streets of our own in real divisions, at invented
//! positions.

use bihuan_domain::ids::GridCode;
use bihuan_domain::place::Position;

use super::Planner;
use crate::words::{SPOTS, STREETS, VILLAGE_SPOTS};

/// About the middle of each of the fifteen towns, in millionths of a degree.
const TOWNS: [(i32, i32); 15] = [
    (34_789_000, 113_383_000),
    (34_787_000, 113_398_000),
    (34_742_000, 113_385_000),
    (34_781_000, 113_442_000),
    (34_868_000, 113_412_000),
    (34_836_000, 113_262_000),
    (34_843_000, 113_214_000),
    (34_796_000, 113_206_000),
    (34_704_000, 113_250_000),
    (34_652_000, 113_308_000),
    (34_667_000, 113_420_000),
    (34_812_000, 113_366_000),
    (34_859_000, 113_350_000),
    (34_748_000, 113_336_000),
    (34_776_000, 113_470_000),
];
/// About 900 metres.
const AROUND: i64 = 8_000;

impl Planner<'_> {
    /// How people say where it is, e.g. `柳园路路口向南60米`.
    pub(super) fn somewhere(&mut self, grid: &GridCode) -> String {
        if !self.is_urban(grid) {
            let spot = self.dice.word(VILLAGE_SPOTS);
            return format!("{}{spot}", self.village(grid));
        }
        let street = self.dice.word(STREETS);
        let others: Vec<&'static str> =
            STREETS.iter().copied().filter(|other| *other != street).collect();
        let cross = self.dice.word(&others);
        format!("{street}{}", self.dice.word(SPOTS).replace("{cross}", cross))
    }

    pub(super) fn position(&mut self, grid: &GridCode) -> Option<Position> {
        let town: usize = grid.as_str().split('-').next()?.parse().ok()?;
        let (lat, lon) = TOWNS.get(town.checked_sub(1)?)?;
        let offset = |dice: &mut crate::chance::Dice| dice.between(-AROUND, AROUND) as i32;
        let (north, east) = (offset(&mut self.dice), offset(&mut self.dice));
        Some(Position { lat_e6: lat + north, lon_e6: lon + east })
    }

    fn is_urban(&self, grid: &GridCode) -> bool {
        ["01", "02", "15"].iter().any(|town| grid.within(&GridCode::new(*town)))
            || self.village(grid).ends_with("社区")
    }

    /// The name of the second-level grid this one lies in.
    fn village(&self, grid: &GridCode) -> &str {
        let known = self.playbook.grids.iter().filter(|known| known.level <= 2);
        known
            .filter(|known| grid.within(&known.code))
            .max_by_key(|known| known.level)
            .map_or("", |known| known.name.zh.as_str())
    }
}
