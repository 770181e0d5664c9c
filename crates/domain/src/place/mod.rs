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
pub use polygon::{Outline, Polygon, PolygonFault};
pub use report_code::{MalformedReportCode, ReportCode};

use serde::{Deserialize, Serialize};

/// WGS 84, in millionths of a degree (about 0.1 m), so that no float enters an
/// entry or a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    pub lat_e6: i32,
    pub lon_e6: i32,
}
