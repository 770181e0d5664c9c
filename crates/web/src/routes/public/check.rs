//! `GET /check/{token}`: whether a paper somebody holds was issued. It says what
//! stands on the paper's face and no more; what a paper says inside is read only
//! where it was issued to the public.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use crate::pages::public::check::Check;
use crate::problem::Problem;
use crate::routes::address::Sender;
use crate::routes::page::Shown;
use crate::routes::site::{Site, problem};
use crate::shell::Shell;
use crate::view::why::day_at;

pub(super) async fn page(
    State(site): State<Site>,
    Sender(from): Sender,
    shell: Shell,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let found = site.app.check_paper(&token, &from).await.map_err(problem)?;
    let rules = site.app.rules();
    let calendar = &rules.in_force(site.app.now()).map_err(problem)?.calendar;
    let page = Check {
        number: found.document.to_string(),
        title: found.title,
        issuer: found.issuer,
        unit: found.unit.map(|unit| shell.lang().pick(&unit).to_owned()),
        on: day_at(calendar, found.approved_at).without_time(),
        hash: found.hash,
        is_void: found.is_void,
        sealed: found.sealed,
        href: found.readable,
        shell,
    };
    Ok(Shown(page).into_response())
}
