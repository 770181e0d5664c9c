//! `/worker/grid` and its points: what is open in the worker's own grid. Nothing
//! is asked of the phone, and nothing of where it is.

use axum::extract::State;
use axum::response::{IntoResponse, Json, Response};
use bihuan_app::queries::OwnGrid;
use bihuan_app::queries::line::Line;

use super::day::{grid_words, job};
use crate::pages::worker::grid::MyGrid;
use crate::problem::Problem;
use crate::routes::areas;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;

pub(super) async fn page(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let own = site.app.own_grid(&session.caller).await.map_err(problem)?;
    let outlines = site.app.outlines();
    let page = MyGrid {
        grid: grid_words(&site, lang, Some(&own.grid)),
        bounds: outlines.grid(&own.grid).map(|area| areas::bounds_words(area.bounds())),
        is_example: outlines.is_example(),
        tiles: site.options.tiles.clone(),
        open: own.open.iter().map(|line| job(lang, line, own.now, &own.calendar)).collect(),
        shell,
    };
    Ok(Shown(page).into_response())
}

pub(super) async fn points(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
) -> Result<Response, Problem> {
    let own = site.app.own_grid(&session.caller).await.map_err(problem)?;
    let area = site.app.outlines().grid(&own.grid).map(|area| areas::area("grid", area));
    let pins = own.open.iter().filter_map(|line| pin(&shell, line, &own));
    Ok(Json(areas::pins(&area.into_iter().chain(pins).collect::<Vec<_>>())).into_response())
}

fn pin(shell: &Shell, line: &Line, own: &OwnGrid) -> Option<serde_json::Value> {
    let told = job(shell.lang(), line, own.now, &own.calendar);
    Some(areas::pin(line.position?, told.lamp.shape, &told.href))
}
