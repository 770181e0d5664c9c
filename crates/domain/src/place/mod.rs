//! Where things are: positions in whole microdegrees, grids, and coded spots.

use serde::{Deserialize, Serialize};

/// WGS 84, in millionths of a degree (about 0.1 m), so that no float enters an
/// entry or a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    pub lat_e6: i32,
    pub lon_e6: i32,
}
