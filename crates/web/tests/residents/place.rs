//! Where it is: from a sign, from a position, from the photo, or chosen.

use std::io::Cursor;

use axum::http::StatusCode;
use bihuan_app::queries::MatterView;
use bihuan_domain::access::Role;
use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use image::ImageEncoder as _;
use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;

use super::house::{Answer, GRID, House};

const WORDS: &str = "东边的路灯坏了，一直不亮";
/// In the grid's cell, and in the county but in no cell.
const IN_GRID: [(&str, &str); 2] = [("lon", "113.050000"), ("lat", "34.050000")];
const IN_COUNTY: [(&str, &str); 2] = [("lon", "113.500000"), ("lat", "34.500000")];
const OUTSIDE: [(&str, &str); 2] = [("lon", "120.000000"), ("lat", "30.000000")];

fn sent<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("words", WORDS)], more].concat()
}

/// The county's first report of the day has 0001.
async fn report(house: &House, count: u32) -> MatterView {
    house.report(&format!("BH-260922-{count:04}")).await
}

async fn filed_under(house: &House, answer: &Answer, count: u32) -> Option<String> {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    report(house, count).await.matter.whereabouts.grid.map(|grid| grid.0)
}

#[tokio::test]
async fn a_position_says_whose_grid_it_is() {
    let house = House::open().await;
    let mut browser = house.browser();
    let filed = browser.post("/report", &sent(&IN_GRID)).await;
    assert_eq!(filed_under(&house, &filed, 1).await.as_deref(), Some(GRID));
    let filed = browser.post("/report", &sent(&IN_COUNTY)).await;
    assert_eq!(filed_under(&house, &filed, 2).await, None);
}

#[tokio::test]
async fn the_check_page_says_whose_grid_was_found() {
    let house = House::open().await;
    let mut browser = house.browser();
    let check = browser.post("/report/check", &sent(&IN_GRID)).await;
    assert_eq!(check.status, StatusCode::OK, "{}", check.text());
    assert!(check.has("城关镇 东街社区 01网格"), "{}", check.text());
    assert_eq!(check.value("lon"), "113.050000");
}

#[tokio::test]
async fn a_signs_place_counts_more_than_a_position() {
    let house = House::open().await;
    let mut browser = house.browser();
    let sign = house.sign().await;
    let mut fields = sent(&OUTSIDE);
    fields.push(("place", sign.as_str()));
    let filed = browser.post("/report", &fields).await;
    assert_eq!(filed_under(&house, &filed, 1).await.as_deref(), Some("01-001-01"));
    assert_eq!(report(&house, 1).await.position(), None, "a position elsewhere is not kept");
}

#[tokio::test]
async fn a_village_can_be_chosen_instead_and_nothing_has_to_be() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = browser.get("/report").await;
    assert!(page.has("<optgroup label=\"城关镇\">") && page.has("value=\"01-002\">西街社区"));

    let filed = browser.post("/report", &sent(&[("grid", "01-002")])).await;
    assert_eq!(filed_under(&house, &filed, 1).await.as_deref(), Some("01-002"));
    let filed = browser.post("/report", &sent(&[("grid", "01"), ("address", "河边")])).await;
    assert_eq!(filed_under(&house, &filed, 2).await.as_deref(), Some("01"));
    let filed = browser.post("/report", &sent(&[("address", "河边")])).await;
    assert_eq!(filed_under(&house, &filed, 3).await, None);
}

#[tokio::test]
async fn a_whole_town_does_not_yet_say_where() {
    let house = House::open().await;
    let mut browser = house.browser();
    let before = house.entries().await;
    let answer = browser.post("/report", &sent(&[("grid", "01")])).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("请写在哪里") && answer.has(WORDS));
    assert!(answer.has("value=\"01\" selected"), "the town stays chosen");
    assert_eq!(house.entries().await, before);
}

#[tokio::test]
async fn a_village_nobody_knows_is_refused_and_the_words_stay() {
    let house = House::open().await;
    let mut browser = house.browser();
    let before = house.entries().await;
    let answer = browser.post("/report", &sent(&[("grid", "99-001"), ("address", "河边")])).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has(WORDS) && answer.has("value=\"河边\""));
    assert_eq!(house.entries().await, before);
}

#[tokio::test]
async fn a_grid_workers_position_counts_more_than_their_own_grid() {
    let house = House::open().await;
    let mut browser = house.worker().await;
    let filed = browser.upload("/worker/report", &sent(&IN_GRID), &[]).await;
    assert_eq!(filed_under(&house, &filed, 1).await.as_deref(), Some(GRID));
    let filed = browser.upload("/worker/report", &sent(&IN_COUNTY), &[]).await;
    assert_eq!(
        filed_under(&house, &filed, 2).await.as_deref(),
        Some(GRID),
        "in no cell: their own"
    );
}

#[tokio::test]
async fn a_grid_workers_report_from_outside_the_county_is_refused_whole() {
    let house = House::open().await;
    let mut browser = house.worker().await;
    let before = house.entries().await;
    let mut fields = sent(&OUTSIDE);
    fields.push(("address", "河边"));
    let answer = browser.upload("/worker/report", &fields, &[("a.jpg", &taken_at(34, 113))]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("不在本地范围内") && answer.has(WORDS) && answer.has("value=\"河边\""));
    assert_eq!(house.entries().await, before, "something was written");
}

/// A photo whose metadata say five hundredths past these degrees.
fn taken_at(lat: u32, lon: u32) -> Vec<u8> {
    let mut writer = Writer::new();
    let degrees = |whole: u32| {
        let parts = [(whole, 1), (3, 1), (0, 1)];
        Value::Rational(parts.map(|(num, denom)| Rational { num, denom }).to_vec())
    };
    let side = |letter: &str| Value::Ascii(vec![letter.as_bytes().to_vec()]);
    let field = |tag, value| Field { tag, ifd_num: In::PRIMARY, value };
    let fields = [
        field(Tag::GPSLatitudeRef, side("N")),
        field(Tag::GPSLatitude, degrees(lat)),
        field(Tag::GPSLongitudeRef, side("E")),
        field(Tag::GPSLongitude, degrees(lon)),
    ];
    for field in &fields {
        writer.push_field(field);
    }
    let mut metadata = Cursor::new(Vec::new());
    writer.write(&mut metadata, false).expect("metadata");
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new(&mut bytes);
    encoder.set_exif_metadata(metadata.into_inner()).expect("metadata");
    encoder.encode_image(&RgbImage::new(64, 32)).expect("a photo");
    bytes
}

#[tokio::test]
async fn a_photos_position_is_asked_about_used_when_ticked_and_not_kept_in_the_photo() {
    let house = House::open().await;
    let mut browser = house.browser();
    let photo = taken_at(34, 113);
    assert!(photo.windows(4).any(|four| four == b"Exif"));
    let fields = sent(&[("address", "河边")]);
    let check = browser.upload("/report/check", &fields, &[("a.jpg", &photo)]).await;
    assert_eq!(check.status, StatusCode::OK, "{}", check.text());
    assert!(check.has("照片里有位置，用它吗？"), "{}", check.text());
    let offered = check.value("at_photo");
    assert_eq!(offered, "113.050000,34.050000");
    let draft = check.value("draft");

    let mut ticked = fields.clone();
    ticked.extend([("draft", draft.as_str()), ("at_photo", offered.as_str())]);
    let filed = browser.post("/report", &ticked).await;
    assert_eq!(filed_under(&house, &filed, 1).await.as_deref(), Some(GRID));
    let position = report(&house, 1).await.position().expect("a position");
    assert_eq!((position.lon_e6, position.lat_e6), (113_050_000, 34_050_000));

    let code = filed.to().rsplit('/').next().expect("a code").to_owned();
    let track = browser.get(&format!("/t/{code}")).await.text();
    let from = track.find(&format!("/t/{code}/photo/")).expect("the photo");
    let kept = browser.get(track[from..].split('"').next().expect("an address")).await;
    assert_eq!(kept.status, StatusCode::OK);
    assert!(!kept.bytes.windows(4).any(|four| four == b"Exif"), "metadata were kept");
}

#[tokio::test]
async fn a_photos_position_is_not_used_unasked() {
    let house = House::open().await;
    let mut browser = house.browser();
    let fields = sent(&[("address", "河边")]);
    let filed = browser.upload("/report", &fields, &[("a.jpg", &taken_at(34, 113))]).await;
    assert_eq!(filed_under(&house, &filed, 1).await, None);
    assert_eq!(report(&house, 1).await.position(), None);
}

#[tokio::test]
async fn a_photo_taken_outside_the_county_offers_no_position() {
    let house = House::open().await;
    let mut browser = house.browser();
    let fields = sent(&[("address", "河边")]);
    let check = browser.upload("/report/check", &fields, &[("a.jpg", &taken_at(30, 120))]).await;
    assert_eq!(check.status, StatusCode::OK, "{}", check.text());
    assert!(!check.has("at_photo"), "{}", check.text());
}

#[tokio::test]
async fn a_grid_worker_sees_their_own_grid_and_what_is_open_in_it() {
    let house = House::open().await;
    house.browser().post("/report", &sent(&IN_GRID)).await;
    house.browser().post("/report", &sent(&IN_COUNTY)).await;
    let mut browser = house.worker().await;
    let page = browser.get("/worker/grid").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(page.has("data-bounds=\"113.00000,34.00000,113.10000,34.10000\""), "{}", page.text());
    assert!(page.has("/worker/m/BH-260922-0001") && !page.has("BH-260922-0002"));
    let points = browser.get("/worker/grid.json").await;
    assert!(points.has("\"kind\":\"grid\"") && points.has("113.05"), "{}", points.text());
    assert!(!points.has("113.5"), "{}", points.text());
}

#[tokio::test]
async fn the_desk_map_is_given_the_countys_areas_and_a_visitor_is_not() {
    let house = House::open().await;
    let mut visitor = house.browser();
    assert_eq!(visitor.get("/map/areas.json").await.status, StatusCode::SEE_OTHER);
    house.person("sorter", Role::Triage, "county", None).await;
    let mut browser = house.browser();
    browser.sign_in("sorter").await;
    let page = browser.get("/map").await;
    assert!(page.has("data-areas=\"/map/areas.json\""), "{}", page.text());
    let areas = browser.get("/map/areas.json").await;
    assert_eq!(areas.headers["cache-control"], "private, max-age=3600");
    assert!(areas.has("\"kind\":\"county\"") && !areas.has("\"kind\":\"grid\""));
}
