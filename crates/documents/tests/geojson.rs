//! Outlines from files.

use bihuan_documents::geojson::{GeoFault, read};
use bihuan_domain::place::{PolygonFault, Position};

const SQUARE: &str = "[[113.0,34.0],[113.1,34.0],[113.1,34.1],[113.0,34.1],[113.0,34.0]]";
const HOLE: &str = "[[113.04,34.04],[113.06,34.04],[113.06,34.06],[113.04,34.06],[113.04,34.04]]";

fn at(lat_e6: i32, lon_e6: i32) -> Position {
    Position { lat_e6, lon_e6 }
}

#[test]
fn areas_are_read_with_their_holes_and_properties() {
    let text = format!(
        "\u{feff}{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\
         \"properties\":{{\"name\":\"豫龙镇\"}},\"geometry\":{{\"type\":\"Polygon\",\
         \"coordinates\":[{SQUARE},{HOLE}]}}}}]}}"
    );
    let features = read(text.as_bytes()).expect("areas");
    assert_eq!(features[0].properties["name"], "豫龙镇");
    assert!(features[0].outline.contains(at(34_010_000, 113_010_000)));
    assert!(!features[0].outline.contains(at(34_050_000, 113_050_000)));
}

#[test]
fn a_bare_shape_and_several_parts_are_areas_too() {
    let polygon = format!("{{\"type\":\"Polygon\",\"coordinates\":[{SQUARE}]}}");
    assert_eq!(read(polygon.as_bytes()).expect("an area").len(), 1);
    let other = SQUARE.replace("34.", "35.");
    let parts = format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[[{SQUARE}],[{other}]]}}");
    let features = read(parts.as_bytes()).expect("an area");
    assert!(features[0].outline.contains(at(35_050_000, 113_050_000)));
}

#[test]
fn heights_are_passed_over() {
    let square = SQUARE.replace("],", ",120.5],");
    let text = format!("{{\"type\":\"Polygon\",\"coordinates\":[{square}]}}");
    assert!(read(text.as_bytes()).is_ok());
}

#[test]
fn what_is_no_area_is_refused_by_its_number() {
    let feature = |geometry: &str| {
        format!("{{\"type\":\"Feature\",\"properties\":null,\"geometry\":{geometry}}}")
    };
    let point = feature("{\"type\":\"Point\",\"coordinates\":[113.0,34.0]}");
    assert_eq!(read(point.as_bytes()), Err(GeoFault::NotAnArea { feature: 1 }));
    assert_eq!(read(feature("null").as_bytes()), Err(GeoFault::NotAnArea { feature: 1 }));
    let line = feature("{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[2,2],[3,3],[1,1]]]}");
    let fault = GeoFault::Shape { feature: 1, fault: PolygonFault::NoArea };
    assert_eq!(read(line.as_bytes()), Err(fault));
    let empty = feature("{\"type\":\"MultiPolygon\",\"coordinates\":[]}");
    let fault = GeoFault::Shape { feature: 1, fault: PolygonFault::Empty };
    assert_eq!(read(empty.as_bytes()), Err(fault));
    assert!(matches!(read(b"{\"type\":\"Topology\"}"), Err(GeoFault::NotGeoJson(_))));
    assert!(matches!(read(b"not json"), Err(GeoFault::NotGeoJson(_))));
}

#[test]
fn positions_that_are_no_degrees_are_refused() {
    let metres = SQUARE.replace("113.", "113000.");
    let text = format!("{{\"type\":\"Polygon\",\"coordinates\":[{metres}]}}");
    assert_eq!(read(text.as_bytes()), Err(GeoFault::OutOfRange { feature: 1 }));
}

#[test]
fn another_system_of_coordinates_is_refused_by_name() {
    let named = |name: &str| {
        format!(
            "{{\"type\":\"FeatureCollection\",\"crs\":{{\"type\":\"name\",\"properties\":\
             {{\"name\":\"{name}\"}}}},\"features\":[]}}"
        )
    };
    assert_eq!(read(named("urn:ogc:def:crs:OGC:1.3:CRS84").as_bytes()), Ok(vec![]));
    let fault = GeoFault::OtherSystem { name: "urn:ogc:def:crs:EPSG::4490".to_owned() };
    assert_eq!(read(named("urn:ogc:def:crs:EPSG::4490").as_bytes()), Err(fault));
}
