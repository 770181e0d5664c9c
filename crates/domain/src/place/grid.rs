//! Which grid a point lies in, and whether it lies in the county at all.

use std::collections::BTreeMap;

use super::{Bounds, Outline, Position};
use crate::ids::GridCode;

/// The drawn areas of a county. A county may have drawn some, all or none of
/// its grids; a grid without an outline is never answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlines {
    county: Option<Outline>,
    grids: BTreeMap<GridCode, Outline>,
    is_example: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Located {
    /// The lowest drawn grid that holds the point.
    InGrid(GridCode),
    /// Inside the county, in no drawn grid.
    InCounty,
    OutsideCounty,
    /// Nothing is drawn that would tell.
    Unknown,
}

impl Outlines {
    pub const fn new(county: Option<Outline>, grids: BTreeMap<GridCode, Outline>) -> Self {
        Self { county, grids, is_example: false }
    }

    /// The same areas, said to be invented.
    #[must_use]
    pub const fn as_example(mut self) -> Self {
        self.is_example = true;
        self
    }

    /// Invented areas must be called so wherever they are drawn.
    pub const fn is_example(&self) -> bool {
        self.is_example
    }

    pub fn is_empty(&self) -> bool {
        self.county.is_none() && self.grids.is_empty()
    }

    pub const fn county(&self) -> Option<&Outline> {
        self.county.as_ref()
    }

    pub fn grid(&self, code: &GridCode) -> Option<&Outline> {
        self.grids.get(code)
    }

    /// In the order of their codes: each before those inside it.
    pub fn grids(&self) -> impl Iterator<Item = (&GridCode, &Outline)> {
        self.grids.iter()
    }

    /// Lowest drawn grids whose box comes within `metres` of the point, and so
    /// every grid that a place so near can lie in.
    pub fn grids_near(&self, point: Position, metres: u32) -> Vec<GridCode> {
        let around = Bounds::around(point, metres);
        let met: Vec<&GridCode> = self
            .grids
            .iter()
            .filter(|(_, outline)| outline.bounds().meets(around))
            .map(|(code, _)| code)
            .collect();
        let has_below = |code: &GridCode| met.iter().any(|one| *one != code && one.within(code));
        met.iter().filter(|code| !has_below(code)).map(|code| (*code).clone()).collect()
    }

    /// The county's outline comes first: a grid drawn a little past it does not
    /// make a foreign place ours. On a border between grids of one level the
    /// lower code has the point, so that the answer never changes.
    pub fn locate(&self, point: Position) -> Located {
        if self.county.as_ref().is_some_and(|outline| !outline.contains(point)) {
            return Located::OutsideCounty;
        }
        let mut lowest: Option<&GridCode> = None;
        for (code, outline) in &self.grids {
            if lowest.is_some_and(|found| level(found) >= level(code)) {
                continue;
            }
            if outline.contains(point) {
                lowest = Some(code);
            }
        }
        match lowest {
            Some(code) => Located::InGrid(code.clone()),
            None if self.county.is_some() => Located::InCounty,
            None => Located::Unknown,
        }
    }
}

fn level(code: &GridCode) -> usize {
    code.as_str().split('-').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Polygon;

    fn at(lat_e6: i32, lon_e6: i32) -> Position {
        Position { lat_e6, lon_e6 }
    }

    fn area(south: i32, west: i32, north: i32, east: i32) -> Outline {
        let ring = vec![at(south, west), at(south, east), at(north, east), at(north, west)];
        Outline::new(vec![Polygon::new(ring, vec![]).expect("polygon")]).expect("outline")
    }

    fn county() -> Outlines {
        let grids = [
            ("01", area(0, 0, 100, 50)),
            ("01-001", area(0, 0, 50, 50)),
            ("01-002", area(50, 0, 100, 50)),
            ("02", area(0, 50, 120, 80)),
        ];
        Outlines::new(
            Some(area(0, 0, 100, 100)),
            grids.into_iter().map(|(code, outline)| (GridCode::new(code), outline)).collect(),
        )
    }

    #[test]
    fn the_lowest_grid_has_the_point() {
        assert_eq!(county().locate(at(20, 20)), Located::InGrid(GridCode::new("01-001")));
        assert_eq!(county().locate(at(20, 60)), Located::InGrid(GridCode::new("02")));
    }

    #[test]
    fn a_shared_border_belongs_to_the_lower_code() {
        assert_eq!(county().locate(at(50, 20)), Located::InGrid(GridCode::new("01-001")));
    }

    #[test]
    fn a_grid_drawn_past_the_county_does_not_extend_it() {
        assert_eq!(county().locate(at(110, 60)), Located::OutsideCounty);
    }

    #[test]
    fn a_place_no_grid_holds_is_still_in_the_county() {
        assert_eq!(county().locate(at(50, 90)), Located::InCounty);
    }

    #[test]
    fn the_grids_near_a_point_are_the_lowest_ones_around_it() {
        let codes = |lat, lon| -> Vec<String> {
            county().grids_near(at(lat, lon), 1).into_iter().map(|code| code.0).collect()
        };
        assert_eq!(codes(20, 20), ["01-001"]);
        assert_eq!(codes(48, 20), ["01-001", "01-002"]);
        assert_eq!(codes(20, 48), ["01-001", "02"]);
    }

    #[test]
    fn without_outlines_nothing_is_claimed() {
        assert_eq!(Outlines::default().locate(at(1, 1)), Located::Unknown);
    }
}
