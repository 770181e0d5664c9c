//! Where things happen: streets of our own in real divisions, at positions in
//! invented blocks.

use bihuan_domain::ids::GridCode;
use bihuan_domain::place::Position;

use super::Planner;
use crate::chance::Dice;
use crate::words::{SPOTS, STREETS, VILLAGE_SPOTS};

/// How finely a spot is chosen between the middle of a cell and its edges.
const FINE: i64 = 8_000;
/// How far from the middle, in hundredths of the way: a cell's box is a little
/// larger than the cell.
const OUTWARDS: i64 = 70;

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

    /// Somewhere in the grid's own cell.
    pub(super) fn position(&mut self, grid: &GridCode) -> Option<Position> {
        let cell = self.land.grid(grid)?;
        let bounds = cell.bounds();
        let middle = bounds.middle();
        let off = |dice: &mut Dice, least: i32, most: i32| {
            let half = i64::from(most - least) / 2;
            let away = half * OUTWARDS / 100 * dice.between(-FINE, FINE) / FINE;
            i32::try_from(away).unwrap_or_default()
        };
        let spot = Position {
            lat_e6: middle.lat_e6 + off(&mut self.dice, bounds.south, bounds.north),
            lon_e6: middle.lon_e6 + off(&mut self.dice, bounds.west, bounds.east),
        };
        Some(if cell.contains(spot) { spot } else { middle })
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
