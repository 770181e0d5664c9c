//! Signs to print: one place, or a sheet of them.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use bihuan_app::queries::admin::PlaceLine;
use serde::Deserialize;

use super::places::area_words;
use super::{Asked, shown};
use crate::pages::admin::places::{Sign, Signs};
use crate::pages::public::place::{Paper, PlaceSign};
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;

pub(super) fn routes() -> Router<Site> {
    Router::new().route("/admin/places/signs", get(sheet)).route("/places/{id}/sign", get(sign))
}

/// What the QR opens.
fn address(site: &Site, place: &PlaceLine) -> String {
    format!("{}/p/{}", site.options.base_url.trim_end_matches('/'), place.code)
}

async fn sheet(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let found = site.app.places(&session.caller, &asked.after).await.map_err(problem)?;
    let standing = found.places.iter().filter(|place| !place.is_retired);
    let signs = standing.map(|place| Sign {
        code: place.id.clone(),
        name: lang.pick(&place.name).to_owned(),
        grid: area_words(lang, &place.area),
        address: address(&site, place),
    });
    Ok(shown(Signs { signs: signs.collect(), shell }, None))
}

#[derive(Deserialize)]
struct On {
    #[serde(default)]
    paper: String,
}

async fn sign(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(id): Path<String>,
    Query(on): Query<On>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let place = site.app.coded_place(&session.caller, &id).await.map_err(problem)?;
    if place.is_retired {
        return Err(Problem::NotFound);
    }
    let page = PlaceSign {
        name: lang.pick(&place.name).to_owned(),
        lines: vec![area_words(lang, &place.area)],
        url: address(&site, &place),
        id: place.id,
        paper: if on.paper == "a4" { Paper::A4 } else { Paper::A5 },
        shell,
    };
    Ok(shown(page, None))
}
