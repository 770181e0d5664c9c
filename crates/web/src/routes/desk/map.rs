//! `/map` and its points. The list holds every matter; the map only those whose
//! position is known.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::get;
use bihuan_app::queries::ledger::{LedgerLine, Standing};
use serde_json::Value;

use super::ledger::asked::{Request, address};
use super::ledger::row::Teller;
use super::ledger::{entered, offered, pages};
use crate::i18n::Key;
use crate::pages::desk::ledger::{LedgerOf, filter_form};
use crate::pages::desk::map::{Map, Pinned, sentence};
use crate::problem::Problem;
use crate::routes::areas;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;

/// Matters beside the map.
const PAGE: u32 = 50;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/map", get(show))
        .route("/map.json", get(points))
        .route(areas::ADDRESS, get(areas::areas))
}

/// What is on the map is open until something else is asked for.
fn read(pairs: Vec<(String, String)>) -> Result<Request, Problem> {
    let mut request = Request::read(pairs)?;
    let asked = &mut request.asked;
    if asked.standing.is_none() && asked.stage.is_none() {
        asked.standing = Some(Standing::Open);
    }
    Ok(request)
}

async fn show(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let request = read(pairs)?;
    let after = request.after.as_deref();
    let found =
        site.app.map_list(&session.caller, &request.asked, after, PAGE).await.map_err(problem)?;
    let ledger = found.ledger;
    let lang = shell.lang();
    let teller = Teller { lang, calendar: ledger.calendar, now: ledger.now };
    let query = address(request.filters());
    let offered = offered(lang, &site.app, &ledger.playbook, LedgerOf::All);
    let outlines = site.app.outlines();
    let note = match (outlines.is_empty(), outlines.is_example()) {
        (true, _) => (Key("map-no-base"), Key("map-no-base-how")),
        (false, true) => (Key("map-example"), Key("map-example-how")),
        (false, false) => (Key("map-no-base"), Key("map-areas-how")),
    };
    let base = site.options.tiles.clone();
    let page = Map {
        say: sentence(lang, ledger.count.unsigned_abs(), found.pinned.unsigned_abs()),
        filters: filter_form(lang, "/map", offered, &entered(&request)),
        listed: ledger.lines.iter().map(|line| pinned(&teller, line)).collect(),
        pages: pages(
            &shell,
            &query,
            ledger.lines.len(),
            ledger.count,
            after.is_some(),
            ledger.next,
        ),
        points_href: format!("/map.json?{query}"),
        // Invented areas are said to be so even on a real base map.
        note: (base.is_none() || outlines.is_example())
            .then(|| (lang.tr(note.0.0).into_owned(), lang.tr(note.1.0).into_owned())),
        areas_href: areas::address(outlines),
        tiles: base,
        shell,
    };
    Ok(Shown(page).into_response())
}

fn pinned(teller: &Teller, line: &LedgerLine) -> Pinned {
    let area: Vec<&str> = line.line.area.iter().map(|name| teller.lang.pick(name)).collect();
    Pinned {
        number: line.line.number.clone(),
        href: format!("/m/{}", line.line.number),
        title: teller.title(line),
        place: area.join(" "),
        lamp: teller.lamp(line),
        has_position: line.line.position.is_some(),
    }
}

async fn points(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let request = read(pairs)?;
    let lines = site.app.map_pins(&session.caller, &request.asked).await.map_err(problem)?;
    let now = site.app.now();
    let rules = site.app.rules();
    let calendar = rules.in_force(now).map_err(problem)?.calendar.clone();
    let teller = Teller { lang: shell.lang(), calendar, now };
    let features: Vec<Value> = lines.iter().filter_map(|line| feature(&teller, line)).collect();
    Ok(Json(areas::pins(&features)).into_response())
}

/// A point tells its lamp and where it leads, and nothing of the report.
fn feature(teller: &Teller, line: &LedgerLine) -> Option<Value> {
    let at = line.line.position?;
    let href = format!("/m/{}", line.line.number);
    Some(areas::pin(at, teller.lamp(line).shape, &href))
}
