//! Areas on the map and whether a point lies in them.
//!
//! Coordinates are treated as a plane: a county is small, its outline has a
//! point every few hundred metres, and none of them touches a pole or the
//! 180th meridian. A border belongs to both sides, so that nobody standing on
//! the county line is told that he is outside.

use super::Position;

/// One ring around, and rings cut out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polygon {
    /// Not closed: the last point is not the first again.
    rings: Vec<Vec<Position>>,
    box_: Bounds,
}

/// One or more polygons: a county may have an exclave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    polygons: Vec<Polygon>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolygonFault {
    #[error("a ring needs three different points")]
    TooFewPoints,
    #[error("a ring encloses nothing")]
    NoArea,
    #[error("an outline needs a polygon")]
    Empty,
}

/// The smallest box around an area, its edges included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub south: i32,
    pub north: i32,
    pub west: i32,
    pub east: i32,
}

impl Polygon {
    /// Rings may be closed or not, and run either way round.
    pub fn new(outer: Vec<Position>, holes: Vec<Vec<Position>>) -> Result<Self, PolygonFault> {
        let outer = ring(outer)?;
        let box_ = Bounds::of(&outer);
        let mut rings = vec![outer];
        for hole in holes {
            rings.push(ring(hole)?);
        }
        Ok(Self { rings, box_ })
    }

    /// Whether `point` is inside or on a border, a hole's border included.
    pub fn contains(&self, point: Position) -> bool {
        if !self.box_.contains(point) {
            return false;
        }
        let mut inside = false;
        for ring in &self.rings {
            for (start, end) in edges(ring) {
                if lies_on(point, start, end) {
                    return true;
                }
                inside ^= crosses_east_of(point, start, end);
            }
        }
        inside
    }

    /// The ring around, then those cut out; none repeats its first point.
    pub fn rings(&self) -> &[Vec<Position>] {
        &self.rings
    }
}

impl Outline {
    pub fn new(polygons: Vec<Polygon>) -> Result<Self, PolygonFault> {
        if polygons.is_empty() {
            return Err(PolygonFault::Empty);
        }
        Ok(Self { polygons })
    }

    pub fn contains(&self, point: Position) -> bool {
        self.polygons.iter().any(|polygon| polygon.contains(point))
    }

    pub fn polygons(&self) -> &[Polygon] {
        &self.polygons
    }

    pub fn bounds(&self) -> Bounds {
        let boxes = self.polygons.iter().map(|polygon| polygon.box_);
        boxes.reduce(Bounds::with).unwrap_or(Bounds { south: 0, north: 0, west: 0, east: 0 })
    }
}

impl Bounds {
    fn with(self, other: Self) -> Self {
        Self {
            south: self.south.min(other.south),
            north: self.north.max(other.north),
            west: self.west.min(other.west),
            east: self.east.max(other.east),
        }
    }

    /// `metres` to each side of a point.
    pub fn around(point: Position, metres: u32) -> Self {
        // A hundred metres are 898 millionths of a degree of latitude, and at
        // most twice that of longitude below 60 degrees.
        let north = i32::try_from(u64::from(metres) * 9).unwrap_or(i32::MAX / 4);
        let east = north.saturating_mul(2);
        Self {
            south: point.lat_e6.saturating_sub(north),
            north: point.lat_e6.saturating_add(north),
            west: point.lon_e6.saturating_sub(east),
            east: point.lon_e6.saturating_add(east),
        }
    }

    pub const fn meets(self, other: Self) -> bool {
        self.south <= other.north
            && other.south <= self.north
            && self.west <= other.east
            && other.west <= self.east
    }

    pub const fn middle(self) -> Position {
        Position {
            lat_e6: self.south + (self.north - self.south) / 2,
            lon_e6: self.west + (self.east - self.west) / 2,
        }
    }

    fn of(points: &[Position]) -> Self {
        let start = Self { south: i32::MAX, north: i32::MIN, west: i32::MAX, east: i32::MIN };
        points.iter().fold(start, |bounds, point| Self {
            south: bounds.south.min(point.lat_e6),
            north: bounds.north.max(point.lat_e6),
            west: bounds.west.min(point.lon_e6),
            east: bounds.east.max(point.lon_e6),
        })
    }

    fn contains(self, point: Position) -> bool {
        (self.south..=self.north).contains(&point.lat_e6)
            && (self.west..=self.east).contains(&point.lon_e6)
    }
}

fn ring(mut points: Vec<Position>) -> Result<Vec<Position>, PolygonFault> {
    points.dedup();
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    if points.len() < 3 {
        return Err(PolygonFault::TooFewPoints);
    }
    // Neighbours differ, so the first two give a line; whichever two are taken,
    // the answer is the same.
    let flat = points.iter().all(|point| turn(points[0], points[1], *point) == 0);
    if flat {
        return Err(PolygonFault::NoArea);
    }
    Ok(points)
}

fn edges(ring: &[Position]) -> impl Iterator<Item = (Position, Position)> + '_ {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Twice the signed area of the triangle: positive when `point` lies left of
/// the way from `start` to `end`. Differences of two `i32` fit 33 bits, so the
/// products need `i128` only for positions no valid outline has; it is used
/// anyway so that no input can overflow.
fn turn(start: Position, end: Position, point: Position) -> i128 {
    let (start_lat, start_lon) = (i128::from(start.lat_e6), i128::from(start.lon_e6));
    (i128::from(end.lon_e6) - start_lon) * (i128::from(point.lat_e6) - start_lat)
        - (i128::from(point.lon_e6) - start_lon) * (i128::from(end.lat_e6) - start_lat)
}

fn lies_on(point: Position, start: Position, end: Position) -> bool {
    turn(start, end, point) == 0 && Bounds::of(&[start, end]).contains(point)
}

/// Whether a line due east from `point` crosses this edge. An edge takes its
/// southern end and not its northern one, so a corner is counted once.
fn crosses_east_of(point: Position, start: Position, end: Position) -> bool {
    let starts_north = start.lat_e6 > point.lat_e6;
    let ends_north = end.lat_e6 > point.lat_e6;
    if starts_north == ends_north {
        return false;
    }
    let left = turn(start, end, point) > 0;
    left == ends_north
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(lat_e6: i32, lon_e6: i32) -> Position {
        Position { lat_e6, lon_e6 }
    }

    fn square(south: i32, west: i32, side: i32) -> Vec<Position> {
        vec![
            at(south, west),
            at(south, west + side),
            at(south + side, west + side),
            at(south + side, west),
        ]
    }

    #[test]
    fn a_hole_is_outside_but_its_border_is_inside() {
        let polygon = Polygon::new(square(0, 0, 100), vec![square(40, 40, 20)]).expect("polygon");
        assert!(polygon.contains(at(10, 10)));
        assert!(!polygon.contains(at(50, 50)));
        assert!(polygon.contains(at(40, 50)));
        assert!(!polygon.contains(at(50, 101)));
    }

    #[test]
    fn a_dent_is_outside() {
        let horseshoe = vec![
            at(0, 0),
            at(100, 0),
            at(100, 30),
            at(30, 30),
            at(30, 70),
            at(100, 70),
            at(100, 100),
            at(0, 100),
        ];
        let polygon = Polygon::new(horseshoe, vec![]).expect("polygon");
        assert!(polygon.contains(at(80, 10)));
        assert!(!polygon.contains(at(80, 50)));
        assert!(polygon.contains(at(20, 50)));
    }

    #[test]
    fn an_exclave_belongs_to_the_outline() {
        let main = Polygon::new(square(0, 0, 10), vec![]).expect("polygon");
        let exclave = Polygon::new(square(50, 50, 10), vec![]).expect("polygon");
        let outline = Outline::new(vec![main, exclave]).expect("outline");
        assert!(outline.contains(at(55, 55)));
        assert!(!outline.contains(at(30, 30)));
    }

    #[test]
    fn what_encloses_nothing_is_refused() {
        let line = vec![at(0, 0), at(5, 5), at(10, 10), at(0, 0)];
        assert_eq!(Polygon::new(line, vec![]), Err(PolygonFault::NoArea));
        let two = vec![at(0, 0), at(0, 0), at(1, 1), at(0, 0)];
        assert_eq!(Polygon::new(two, vec![]), Err(PolygonFault::TooFewPoints));
        assert_eq!(Outline::new(vec![]), Err(PolygonFault::Empty));
    }

    #[test]
    fn a_ring_that_turns_back_on_itself_is_taken_whichever_point_comes_first() {
        let mut points = vec![at(0, 0), at(3, 37), at(0, 1), at(3, 37)];
        for _ in 0..points.len() {
            assert!(Polygon::new(points.clone(), vec![]).is_ok(), "{points:?}");
            points.rotate_left(1);
        }
    }

    proptest! {
        #[test]
        fn a_rectangle_contains_what_its_sides_say(
            lat in -20_i32..120, lon in -20_i32..120, south in 0_i32..40, west in 0_i32..40,
        ) {
            let polygon = Polygon::new(square(south, west, 50), vec![]).expect("polygon");
            let expected = (south..=south + 50).contains(&lat) && (west..=west + 50).contains(&lon);
            prop_assert_eq!(polygon.contains(at(lat, lon)), expected);
        }

        #[test]
        fn the_way_round_and_the_first_point_do_not_matter(
            points in proptest::collection::vec((0_i32..40, 0_i32..40), 3..9),
            by in 0_usize..9, lat in 0_i32..40, lon in 0_i32..40,
        ) {
            let mut points: Vec<_> = points.into_iter().map(|(lat, lon)| at(lat, lon)).collect();
            let Ok(polygon) = Polygon::new(points.clone(), vec![]) else { return Ok(()) };
            let by = by % points.len();
            points.rotate_left(by);
            points.reverse();
            let turned = Polygon::new(points, vec![]).expect("the same ring");
            prop_assert_eq!(polygon.contains(at(lat, lon)), turned.contains(at(lat, lon)));
        }

        #[test]
        fn every_corner_and_middle_of_a_side_is_inside(
            points in proptest::collection::vec((0_i32..1000, 0_i32..1000), 3..9),
        ) {
            let doubled: Vec<_> =
                points.into_iter().map(|(lat, lon)| at(lat * 2, lon * 2)).collect();
            let Ok(polygon) = Polygon::new(doubled, vec![]) else { return Ok(()) };
            for (start, end) in edges(&polygon.rings[0]) {
                let middle =
                    at((start.lat_e6 + end.lat_e6) / 2, (start.lon_e6 + end.lon_e6) / 2);
                prop_assert!(polygon.contains(start));
                prop_assert!(polygon.contains(middle));
            }
        }

        #[test]
        fn halves_of_a_triangle_cover_it(
            lat in 0_i32..200, lon in 0_i32..200, split in 1_i32..200,
        ) {
            let (a, b, c) = (at(0, 0), at(0, 200), at(200, 0));
            let cut = at(0, split);
            let whole = Polygon::new(vec![a, b, c], vec![]).expect("whole");
            let west = Polygon::new(vec![a, cut, c], vec![]).expect("west");
            let Ok(east) = Polygon::new(vec![cut, b, c], vec![]) else { return Ok(()) };
            let point = at(lat, lon);
            prop_assert_eq!(whole.contains(point), west.contains(point) || east.contains(point));
        }

        #[test]
        fn no_position_overflows(lat in any::<i32>(), lon in any::<i32>()) {
            let world = vec![
                at(i32::MIN, i32::MIN), at(i32::MIN, i32::MAX),
                at(i32::MAX, i32::MAX), at(i32::MAX, i32::MIN),
            ];
            let polygon = Polygon::new(world, vec![]).expect("polygon");
            prop_assert!(polygon.contains(at(lat, lon)));
        }
    }
}
