//! Pages without an account. A report is opened by its receipt's code alone.

mod bulletins;
mod check;
mod complaint;
mod figures;
mod file;
pub(crate) mod form;
mod home;
mod later;
mod nearby;
mod receipt;
mod report;
mod told;
mod track;
mod track_acts;

pub(crate) use file::{saved_as, shown};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::page::Shown;
use super::site::{Site, problem};
use crate::pages::public::texts::{Accessibility, Privacy, VerifyHelp};
use crate::problem::Problem;
use crate::shell::Shell;

pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/", get(home::home))
        .route("/p/{code}", get(report::at_place))
        .route("/draft/{id}/thumb", get(file::draft_thumb))
        .route("/receipt/{code}", get(receipt::page))
        .route("/track", get(track::ask))
        .route("/t", get(track::ask))
        .route("/t/{code}", get(track::page))
        .route("/t/{code}/receipt.json", get(receipt::json))
        .route("/t/{code}/photo/{id}", get(file::photo))
        .route("/t/{code}/photo/{id}/thumb", get(file::photo_thumb))
        .route("/t/{code}/rate", post(track_acts::rate))
        .route("/t/{code}/answer", post(track_acts::answer))
        .route("/t/{code}/withdraw", post(track_acts::withdraw))
        .route("/figures", get(figures::page))
        .route("/check/{token}", get(check::page))
        .route("/bulletins", get(bulletins::list))
        .route("/bulletins/{number}", get(bulletins::page))
        .route("/bulletins/{number}/paper.pdf", get(bulletins::pdf))
        .route("/complaint", get(complaint::page).post(complaint::file))
        .route("/privacy", get(|shell: Shell| async { Shown(Privacy { shell }) }))
        .route("/accessibility", get(|shell: Shell| async { Shown(Accessibility { shell }) }))
        .route("/verify", get(verify))
        .route("/verify-help", get(|| async { Redirect::permanent("/verify") }))
        .route("/checkpoint", get(checkpoint))
}

pub(crate) fn uploads() -> Router<Site> {
    Router::new()
        .route("/report", get(report::page).post(report::file))
        .route("/report/check", post(report::check))
        .route("/report/nearby", post(nearby::part))
        .route("/report/edit", post(report::edit))
        .route("/t/{code}/add", post(track_acts::add))
}

async fn verify(State(site): State<Site>, shell: Shell) -> Result<Response, Problem> {
    let note = site.app.sealed_state().await.map_err(problem)?.map(|state| state.note);
    Ok(Shown(VerifyHelp { note, checkpoint: shell.checkpoint.clone(), shell }).into_response())
}

/// The signed note as it is: whoever keeps a copy is a witness.
async fn checkpoint(State(site): State<Site>) -> Result<Response, Problem> {
    let state = site.app.sealed_state().await.map_err(problem)?.ok_or(Problem::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"checkpoint.txt\""),
    ];
    Ok((StatusCode::OK, headers, state.note).into_response())
}
