//! The drawn areas of a county as a GeoJSON file: an area with the property
//! `grid` is that grid's, one without is the county's. `"example": true` on any
//! of them says that they are invented.

use std::collections::BTreeMap;

use bihuan_domain::ids::GridCode;
use bihuan_domain::place::{Outline, Outlines, Position};
use serde_json::{Map, Value, json};

use crate::geojson::{self, Feature, GeoFault};

const MICRO: f64 = 1e6;

/// Grids the playbook does not have are read too: a later version may.
pub fn read(bytes: &[u8]) -> Result<Outlines, GeoFault> {
    let mut county = None;
    let mut grids = BTreeMap::new();
    let mut is_example = false;
    for (at, Feature { outline, properties }) in geojson::read(bytes)?.into_iter().enumerate() {
        is_example |= properties.get("example") == Some(&Value::Bool(true));
        let grid = properties.get("grid").and_then(Value::as_str);
        let before = match grid {
            Some(grid) => grids.insert(GridCode::new(grid), outline),
            None => county.replace(outline),
        };
        if before.is_some() {
            let of = grid.unwrap_or("the county").to_owned();
            return Err(GeoFault::DrawnTwice { feature: at + 1, of });
        }
    }
    let outlines = Outlines::new(county, grids);
    Ok(if is_example { outlines.as_example() } else { outlines })
}

/// The same areas as a file that [`read`] takes.
pub fn write(outlines: &Outlines) -> String {
    let county = outlines.county().map(|outline| (None, outline));
    let grids = outlines.grids().map(|(code, outline)| (Some(code), outline));
    let features: Vec<Value> = county
        .into_iter()
        .chain(grids)
        .map(|(grid, outline)| {
            let mut properties = Map::new();
            if let Some(grid) = grid {
                properties.insert("grid".to_owned(), json!(grid.as_str()));
            }
            if outlines.is_example() {
                properties.insert("example".to_owned(), json!(true));
            }
            feature(outline, properties)
        })
        .collect();
    collection(&features).to_string()
}

pub fn collection(features: &[Value]) -> Value {
    json!({ "type": "FeatureCollection", "features": features })
}

pub fn feature(outline: &Outline, properties: Map<String, Value>) -> Value {
    json!({ "type": "Feature", "properties": properties, "geometry": geometry(outline) })
}

fn geometry(outline: &Outline) -> Value {
    let polygons: Vec<Value> = outline
        .polygons()
        .iter()
        .map(|polygon| polygon.rings().iter().map(|ring| closed(ring)).collect())
        .collect();
    match polygons.as_slice() {
        [one] => json!({ "type": "Polygon", "coordinates": one }),
        several => json!({ "type": "MultiPolygon", "coordinates": several }),
    }
}

/// A ring of a file ends where it began.
fn closed(ring: &[Position]) -> Value {
    ring.iter().chain(ring.first()).map(|at| degrees(*at)).collect()
}

/// Longitude first.
pub fn degrees(at: Position) -> Value {
    json!([f64::from(at.lon_e6) / MICRO, f64::from(at.lat_e6) / MICRO])
}
