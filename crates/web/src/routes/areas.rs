//! The county's areas for the map island: its outline, towns and villages, and
//! the towns' names. They change with the configuration only, so a browser may
//! keep them for an hour.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bihuan_documents::outlines::{collection, degrees, feature};
use bihuan_domain::ids::GridCode;
use bihuan_domain::place::{Bounds, Outline, Outlines, Position};
use serde_json::{Map, Value, json};

use super::site::{SignedIn, Site};
use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::lamp::Shape;

pub(crate) const ADDRESS: &str = "/map/areas.json";

/// Drawn for the whole county; the thousands of grids below would not be seen.
const LOWEST: usize = 2;

pub(crate) async fn areas(
    State(site): State<Site>,
    SignedIn(_session): SignedIn,
    shell: Shell,
) -> Response {
    let body = drawn(&site, shell.lang());
    let headers = [
        (header::CONTENT_TYPE, "application/geo+json"),
        (header::CACHE_CONTROL, "private, max-age=3600"),
    ];
    (headers, body.to_string()).into_response()
}

fn drawn(site: &Site, lang: Lang) -> Value {
    let outlines = site.app.outlines();
    let county = outlines.county().map(|outline| area("county", outline));
    let below = outlines.grids().filter_map(|(code, outline)| match level(code) {
        1 => Some(area("town", outline)),
        LOWEST => Some(area("village", outline)),
        _ => None,
    });
    let names =
        outlines.grids().filter(|(code, _)| level(code) == 1).filter_map(|(code, outline)| {
            let name = site.app.grid_name(code.as_str())?;
            Some(json!({
                "type": "Feature",
                "properties": { "kind": "name", "name": lang.pick(&name) },
                "geometry": { "type": "Point", "coordinates": degrees(outline.bounds().middle()) },
            }))
        });
    collection(&county.into_iter().chain(below).chain(names).collect::<Vec<_>>())
}

fn level(code: &GridCode) -> usize {
    code.as_str().split('-').count()
}

/// An area of the map: `kind` chooses how it is drawn.
pub(crate) fn area(kind: &str, outline: &Outline) -> Value {
    feature(outline, Map::from_iter([("kind".to_owned(), json!(kind))]))
}

/// `west,south,east,north` in degrees, as the map island reads it.
pub(crate) fn bounds_words(bounds: Bounds) -> String {
    let degrees = |e6: i32| format!("{:.5}", f64::from(e6) / 1e6);
    [bounds.west, bounds.south, bounds.east, bounds.north].map(degrees).join(",")
}

/// Where the areas come from; none where nothing is drawn.
pub(crate) fn address(outlines: &Outlines) -> Option<&'static str> {
    (!outlines.is_empty()).then_some(ADDRESS)
}

/// A matter on the map: its lamp and where a click leads.
pub(crate) fn pin(at: Position, lamp: Shape, href: &str) -> Value {
    json!({
        "type": "Feature",
        "properties": { "lamp": lamp.code(), "href": href },
        "geometry": { "type": "Point", "coordinates": degrees(at) },
    })
}

pub(crate) fn pins(features: &[Value]) -> Value {
    collection(features)
}
