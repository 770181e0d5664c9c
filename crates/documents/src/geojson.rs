//! Outlines from GeoJSON (RFC 7946): WGS 84, longitude first.
//!
//! Chinese map services give GCJ-02, which is shifted by some hundred metres
//! and cannot be told from the numbers; whoever brings a file answers for that.

use bihuan_domain::place::{Outline, Polygon, PolygonFault, Position};
use bihuan_domain::playbook::model::Text;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::sentence::text;

/// An area and what the file says about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    pub outline: Outline,
    pub properties: Map<String, Value>,
}

/// `feature` counts from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GeoFault {
    #[error("not GeoJSON: {0}")]
    NotGeoJson(String),
    /// Not WGS 84; only there can degrees be compared.
    #[error("the coordinates are in {name}")]
    OtherSystem { name: String },
    #[error("feature {feature} is not an area")]
    NotAnArea { feature: usize },
    #[error("feature {feature} has a position outside the range of degrees")]
    OutOfRange { feature: usize },
    #[error("feature {feature}: {fault}")]
    Shape { feature: usize, fault: PolygonFault },
    /// Which of the two is meant cannot be told.
    #[error("feature {feature} is a second outline of {of}")]
    DrawnTwice { feature: usize, of: String },
}

type Ring = Vec<Vec<f64>>;

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Document {
    FeatureCollection { features: Vec<RawFeature>, crs: Option<Value> },
    Feature(RawFeature),
    Polygon { coordinates: Vec<Ring> },
    MultiPolygon { coordinates: Vec<Vec<Ring>> },
}

#[derive(Deserialize)]
struct RawFeature {
    geometry: Option<Geometry>,
    properties: Option<Map<String, Value>>,
    crs: Option<Value>,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Polygon {
        coordinates: Vec<Ring>,
    },
    MultiPolygon {
        coordinates: Vec<Vec<Ring>>,
    },
    #[serde(other)]
    Other,
}

/// The areas of a file, in its order. Anything that is not an area is a fault:
/// a file of points was probably not meant.
pub fn read(bytes: &[u8]) -> Result<Vec<Feature>, GeoFault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let document: Document =
        serde_json::from_slice(bytes).map_err(|error| GeoFault::NotGeoJson(error.to_string()))?;
    let raw = match document {
        Document::FeatureCollection { features, crs } => {
            check_system(crs.as_ref())?;
            features
        }
        Document::Feature(feature) => vec![feature],
        Document::Polygon { coordinates } => vec![bare(Geometry::Polygon { coordinates })],
        Document::MultiPolygon { coordinates } => {
            vec![bare(Geometry::MultiPolygon { coordinates })]
        }
    };
    raw.into_iter().enumerate().map(|(at, raw)| feature(at + 1, raw)).collect()
}

const fn bare(geometry: Geometry) -> RawFeature {
    RawFeature { geometry: Some(geometry), properties: None, crs: None }
}

fn feature(number: usize, raw: RawFeature) -> Result<Feature, GeoFault> {
    check_system(raw.crs.as_ref())?;
    let polygons = match raw.geometry {
        Some(Geometry::Polygon { coordinates }) => vec![coordinates],
        Some(Geometry::MultiPolygon { coordinates }) => coordinates,
        Some(Geometry::Other) | None => return Err(GeoFault::NotAnArea { feature: number }),
    };
    let shape = |fault| GeoFault::Shape { feature: number, fault };
    let mut read = Vec::with_capacity(polygons.len());
    for rings in polygons {
        let mut rings = rings.into_iter().map(|ring| positions(number, &ring));
        let outer = rings.next().ok_or(shape(PolygonFault::TooFewPoints))??;
        let holes = rings.collect::<Result<_, _>>()?;
        read.push(Polygon::new(outer, holes).map_err(shape)?);
    }
    let outline = Outline::new(read).map_err(shape)?;
    Ok(Feature { outline, properties: raw.properties.unwrap_or_default() })
}

fn positions(feature: usize, ring: &Ring) -> Result<Vec<Position>, GeoFault> {
    ring.iter().map(|pair| position(pair).ok_or(GeoFault::OutOfRange { feature })).collect()
}

/// Longitude, latitude and perhaps a height.
fn position(numbers: &[f64]) -> Option<Position> {
    let [longitude, latitude, ..] = numbers else { return None };
    if longitude.abs() > 180.0 || latitude.abs() > 90.0 {
        return None;
    }
    let micro = |degrees: &f64| (degrees * 1e6).round() as i32;
    Some(Position { lat_e6: micro(latitude), lon_e6: micro(longitude) })
}

/// Files from before RFC 7946 may name a system; those names mean WGS 84.
fn check_system(crs: Option<&Value>) -> Result<(), GeoFault> {
    let name = crs.and_then(|crs| crs.pointer("/properties/name")).and_then(Value::as_str);
    let Some(name) = name else { return Ok(()) };
    if name.ends_with("CRS84") || name.ends_with("EPSG::4326") || name == "EPSG:4326" {
        return Ok(());
    }
    Err(GeoFault::OtherSystem { name: name.to_owned() })
}

impl GeoFault {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotGeoJson(_) => "outline-not-geojson",
            Self::OtherSystem { .. } => "outline-other-system",
            Self::NotAnArea { .. } => "outline-not-an-area",
            Self::OutOfRange { .. } => "outline-out-of-range",
            Self::Shape { .. } => "outline-shape",
            Self::DrawnTwice { .. } => "outline-drawn-twice",
        }
    }

    pub fn sentence(&self) -> Text {
        match self {
            Self::NotGeoJson(why) => {
                text(&format!("不是 GeoJSON 文件：{why}"), &format!("Not a GeoJSON file: {why}"))
            }
            Self::OtherSystem { name } => text(
                &format!("坐标系是 {name}，请转换为 WGS 84 后再导入。"),
                &format!("The coordinates are in {name}; convert them to WGS 84."),
            ),
            Self::NotAnArea { feature } => text(
                &format!("第 {feature} 个要素不是面。"),
                &format!("Feature {feature} is not an area."),
            ),
            Self::OutOfRange { feature } => text(
                &format!("第 {feature} 个要素的坐标超出经纬度范围。"),
                &format!("Feature {feature} has a position outside the range of degrees."),
            ),
            Self::Shape { feature, fault } => text(
                &format!("第 {feature} 个要素的边界不成面（至少三个不在一线上的点）。"),
                &format!("Feature {feature} is no area: {fault}."),
            ),
            Self::DrawnTwice { feature, of } => text(
                &format!("第 {feature} 个要素与前面的重复（{of}），请只留一个。"),
                &format!("Feature {feature} is a second outline of {of}; keep one."),
            ),
        }
    }
}
