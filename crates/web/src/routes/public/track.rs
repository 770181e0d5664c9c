//! `/t` asks for the code, `/t/{code}` shows what became of the report.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use bihuan_app::queries::Tracked;
use bihuan_app::{App, Error};
use bihuan_domain::matter::Step;
use bihuan_domain::place::ReportCode;
use serde::Deserialize;

use super::receipt::proof;
use super::told::Told;
use crate::pages::public::track::{CodeEntry, Track, add_fields, reply_field};
use crate::problem::Problem;
use crate::routes::address::Sender;
use crate::routes::page::Shown;
use crate::routes::site::{Site, problem};
use crate::shell::Shell;
use crate::view::why::day_at;

#[derive(Deserialize)]
pub(super) struct Typed {
    code: Option<String>,
}

pub(super) async fn ask(
    State(site): State<Site>,
    shell: Shell,
    Sender(from): Sender,
    Query(query): Query<Typed>,
) -> Result<Response, Problem> {
    let typed = query.code.unwrap_or_default();
    if typed.trim().is_empty() {
        return Ok(Shown(CodeEntry::new(shell, "", false)).into_response());
    }
    match site.app.open_code(&typed, &from).await {
        Ok((code, _)) => Ok(Redirect::to(&format!("/t/{}", code.compact())).into_response()),
        Err(Error::NotFound) => Ok(wrong(shell, &typed)),
        Err(fault) => Err(problem(fault)),
    }
}

fn wrong(shell: Shell, typed: &str) -> Response {
    (StatusCode::NOT_FOUND, Shown(CodeEntry::new(shell, typed, true))).into_response()
}

pub(super) async fn page(
    State(site): State<Site>,
    shell: Shell,
    Sender(from): Sender,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    match site.app.tracked(&code, &from).await {
        Ok(report) => {
            let command = site.new_command();
            Ok(Shown(track(&site.app, shell, &report, command)).into_response())
        }
        Err(Error::NotFound) => Ok(wrong(shell, &typed_code(&code))),
        Err(fault) => Err(problem(fault)),
    }
}

/// What is put back into the field: only what could be a code.
fn typed_code(code: &str) -> String {
    ReportCode::parse(code).map_or_else(|_| String::new(), ReportCode::compact)
}

pub(super) fn track(app: &App, shell: Shell, report: &Tracked, command: String) -> Track {
    let lang = shell.lang();
    let told = Told { app, report, lang };
    let (add_words, add_photo) = add_fields(lang);
    let ended = report.goes_on.closed_at.filter(|_| told.stage().is_over());
    Track {
        code: report.code.compact(),
        command,
        number: report.matter.number.to_string(),
        stage: told.stage().code(),
        lamp: told.lamp(),
        ended: ended.map(|at| day_at(&report.calendar, at).without_time()),
        against: told.against(),
        answer: told.answer(),
        rating: told.rating(),
        rated: report.matter.rating.map(bihuan_domain::matter::Rating::code),
        question: told.question(),
        reply: reply_field(lang),
        deadline: told.deadline(),
        entries: told.entries(),
        channel: told.channel(),
        may_add: report.may(Step::Supplement),
        add_words,
        add_photo,
        may_withdraw: report.may(Step::Withdraw),
        proof: proof(report.sealed),
        notice: None,
        shell,
    }
}
