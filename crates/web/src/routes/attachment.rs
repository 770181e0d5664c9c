//! `/attachments/{id}`: photos and files of a matter, for those who may see it.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;

use super::public::shown;
use super::site::{SignedIn, Site, problem};
use crate::problem::Problem;

pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/attachments/{id}", get(whole))
        .route("/attachments/{id}/thumb", get(thumb))
}

async fn whole(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    site.app.attachment(&session.caller, &id, false).await.map(shown).map_err(problem)
}

async fn thumb(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    site.app.attachment(&session.caller, &id, true).await.map(shown).map_err(problem)
}
