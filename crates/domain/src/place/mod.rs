//! Where things are: positions in whole microdegrees, outlines of grids and of
//! the county, and coded spots.
//!
//! Everything is integer arithmetic, so that a point lies in the same grid on
//! every machine.

pub mod code;
mod crockford;
pub mod grid;
pub mod polygon;
pub mod report_code;

pub use code::{PlaceCodeFault, PlaceCodes};
pub use grid::{Located, Outlines};
pub use polygon::{Bounds, Outline, Polygon, PolygonFault};
pub use report_code::{MalformedReportCode, ReportCode};

use serde::{Deserialize, Serialize};

/// WGS 84, in millionths of a degree (about 0.1 m), so that no float enters an
/// entry or a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    pub lat_e6: i32,
    pub lon_e6: i32,
}

/// A degree of latitude is 111.32 km, so its millionth is 0.111 m; in
/// micrometres, to stay in whole numbers.
const MICROMETRES_PER_E6: i64 = 111_320;

impl Position {
    /// For "near" and for showing, not for surveying: a county is small enough
    /// for a plane.
    pub fn metres_to(self, other: Self) -> u32 {
        let millimetres = |one: i32, two: i32| {
            (i128::from(one) - i128::from(two)) * i128::from(MICROMETRES_PER_E6) / 1000
        };
        let north = millimetres(self.lat_e6, other.lat_e6);
        let middle = (i64::from(self.lat_e6) + i64::from(other.lat_e6)) / 2;
        let east = millimetres(self.lon_e6, other.lon_e6) * shrink_ppm(middle) / 1_000_000;
        let away = (north * north + east * east).isqrt();
        u32::try_from((away + 500) / 1000).unwrap_or(u32::MAX)
    }
}

/// How much shorter a degree of longitude is at this latitude, in millionths:
/// the cosine by its series, exact to a metre in ten kilometres below 60°.
fn shrink_ppm(lat_e6: i64) -> i128 {
    // Radians in millionths: degrees × π / 180.
    let radians = i128::from(lat_e6) * 17_453 / 1_000_000;
    let square = radians * radians / 1_000_000;
    let divisors = [2, 12, 30, 56];
    let (sum, _) = divisors.iter().fold((1_000_000, 1_000_000), |(sum, term), divisor| {
        let term = -term * square / 1_000_000 / divisor;
        (sum + term, term)
    });
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat_e6: i32, lon_e6: i32) -> Position {
        Position { lat_e6, lon_e6 }
    }

    #[test]
    fn a_distance_is_right_to_a_metre_in_a_kilometre() {
        let here = at(34_788_120, 113_386_410);
        assert_eq!(here.metres_to(here), 0);
        assert_eq!(here.metres_to(at(34_797_120, 113_386_410)), 1_002);
        // cos 34.788° = 0.82127: 0.010955° of longitude are 1001.5 m.
        let east = here.metres_to(at(34_788_120, 113_397_365));
        assert!((1_000..=1_003).contains(&east), "{east}");
    }

    #[test]
    fn a_distance_is_the_same_both_ways_across_the_world() {
        let (north, south) = (at(60_000_000, -179_000_000), at(-60_000_000, 179_000_000));
        assert_eq!(north.metres_to(south), south.metres_to(north));
    }
}
