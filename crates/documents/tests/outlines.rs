//! A county's drawn areas as a file.

use bihuan_documents::geojson::GeoFault;
use bihuan_documents::outlines::{read, write};
use bihuan_domain::ids::GridCode;
use bihuan_domain::place::{Located, Position};

fn area(west: f64, south: f64, side: f64, properties: &str) -> String {
    let (east, north) = (west + side, south + side);
    format!(
        r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Polygon",
        "coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],
        [{west},{south}]]]}}}}"#
    )
}

fn file(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn at(lon_e6: i32, lat_e6: i32) -> Position {
    Position { lat_e6, lon_e6 }
}

#[test]
fn an_area_with_a_grid_is_the_grids_and_one_without_is_the_countys() {
    let text = file(&[area(113.0, 34.0, 1.0, "{}"), area(113.0, 34.0, 0.5, r#"{"grid":"01"}"#)]);
    let read = read(text.as_bytes()).unwrap();
    assert_eq!(read.locate(at(113_200_000, 34_200_000)), Located::InGrid(GridCode::new("01")));
    assert_eq!(read.locate(at(113_700_000, 34_700_000)), Located::InCounty);
    assert_eq!(read.locate(at(112_900_000, 34_700_000)), Located::OutsideCounty);
    assert!(!read.is_example());
}

#[test]
fn invented_areas_stay_invented_through_a_file() {
    let named = r#"{"grid":"01-001","example":true}"#;
    let text = file(&[area(113.0, 34.0, 1.0, "{}"), area(113.0, 34.0, 0.5, named)]);
    let first = read(text.as_bytes()).unwrap();
    assert!(first.is_example());
    assert_eq!(read(write(&first).as_bytes()).unwrap(), first);
}

#[test]
fn what_is_drawn_twice_is_refused_with_its_place_in_the_file() {
    let county = area(113.0, 34.0, 1.0, "null");
    let text = file(&[county.clone(), county]);
    let fault = read(text.as_bytes()).unwrap_err();
    assert_eq!(fault, GeoFault::DrawnTwice { feature: 2, of: "the county".to_owned() });

    let grid = area(113.0, 34.0, 1.0, r#"{"grid":"05"}"#);
    let text = file(&[grid.clone(), grid]);
    let fault = read(text.as_bytes()).unwrap_err();
    assert_eq!(fault, GeoFault::DrawnTwice { feature: 2, of: "05".to_owned() });
}
