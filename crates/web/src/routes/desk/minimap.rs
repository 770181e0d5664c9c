//! A small map without a base map: the grid's outline in a box of 400 by 220, and
//! where in it something is. Drawn here, so that a list of messages loads no map.

use bihuan_domain::ids::GridCode;
use bihuan_domain::place::{Bounds, Outline, Outlines, Position};

use crate::i18n::{Key, Lang};
use crate::pages::desk::{MiniMap, Spot};
use crate::view::lamp::Shape;

const WIDTH: i64 = 400;
const HEIGHT: i64 = 220;
/// Left free around the outline.
const MARGIN: i64 = 18;
/// Of a hundred: how much shorter a degree of longitude is in the latitudes of
/// the country's middle. A small map need not be surveyed.
const SHRINK: i64 = 82;

/// None where the grid is not drawn.
pub(super) fn minimap(
    lang: Lang,
    outlines: &Outlines,
    grid: Option<&GridCode>,
    position: Option<Position>,
    shape: Shape,
) -> Option<MiniMap> {
    let grid = grid?;
    let area = outlines.grid(grid)?;
    let paper = Paper::around(area.bounds());
    let spots = position.into_iter().filter_map(|at| {
        let (x, y) = paper.point(at);
        let is_on_it = (0..=WIDTH).contains(&x) && (0..=HEIGHT).contains(&y);
        let (x, y) = (u16::try_from(x).ok()?, u16::try_from(y).ok()?);
        is_on_it.then_some(Spot { x, y, shape })
    });
    let key = if outlines.is_example() { Key("minimap-example") } else { Key("minimap") };
    Some(MiniMap {
        label: lang.trn(key.0, "grid", grid.as_str()),
        outline: path(area, &paper),
        spots: spots.collect(),
    })
}

/// Turns positions into places of the box.
struct Paper {
    bounds: Bounds,
    /// Millionths of a degree of latitude for a step of the box, times 100.
    scale: i64,
}

impl Paper {
    fn around(bounds: Bounds) -> Self {
        let high = i64::from(bounds.north) - i64::from(bounds.south);
        let wide = (i64::from(bounds.east) - i64::from(bounds.west)) * SHRINK / 100;
        let scale =
            (high * 100 / (HEIGHT - 2 * MARGIN)).max(wide * 100 / (WIDTH - 2 * MARGIN)).max(1);
        Self { bounds, scale }
    }

    fn point(&self, at: Position) -> (i64, i64) {
        let middle = self.bounds.middle();
        let east = (i64::from(at.lon_e6) - i64::from(middle.lon_e6)) * SHRINK;
        let north = (i64::from(at.lat_e6) - i64::from(middle.lat_e6)) * 100;
        (WIDTH / 2 + east / self.scale, HEIGHT / 2 - north / self.scale)
    }
}

fn path(area: &Outline, paper: &Paper) -> String {
    let rings = area.polygons().iter().flat_map(|polygon| polygon.rings());
    let mut path = String::new();
    for ring in rings {
        for (at, point) in ring.iter().enumerate() {
            let (x, y) = paper.point(*point);
            let step = if at == 0 { 'M' } else { 'L' };
            path.push_str(&format!("{step}{x} {y}"));
        }
        path.push('z');
    }
    path
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use bihuan_domain::place::Polygon;

    use super::*;

    fn at(lat_e6: i32, lon_e6: i32) -> Position {
        Position { lat_e6, lon_e6 }
    }

    fn drawn() -> Outlines {
        let corners = vec![at(0, 0), at(0, 1_000), at(1_000, 1_000), at(1_000, 0)];
        let area = Outline::new(vec![Polygon::new(corners, Vec::new()).unwrap()]).unwrap();
        Outlines::new(None, BTreeMap::from([(GridCode::new("01"), area)]))
    }

    fn map(grid: &str, position: Option<Position>) -> Option<MiniMap> {
        minimap(Lang::Zh, &drawn(), Some(&GridCode::new(grid)), position, Shape::OnTrack)
    }

    #[test]
    fn a_grid_fills_the_box_and_its_middle_is_the_boxs() {
        let map = map("01", Some(at(500, 500))).unwrap();
        assert_eq!((map.spots[0].x, map.spots[0].y), (200, 110));
        assert!(map.outline.starts_with("M125 202L"), "{}", map.outline);
    }

    #[test]
    fn what_lies_far_off_is_left_off_the_map() {
        assert!(map("01", Some(at(90_000, 90_000))).unwrap().spots.is_empty());
        assert!(map("01", None).unwrap().spots.is_empty());
    }

    #[test]
    fn a_grid_that_is_not_drawn_has_no_map() {
        assert_eq!(map("02", Some(at(500, 500))), None);
    }
}
