//! `/bulletins`: bulletins that were issued to the public.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use bihuan_app::queries::papers::PaperFacts;

use crate::pages::public::bulletins::{Bulletin, BulletinLine, Bulletins};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::papers::{Format, answer, check_address, sheet};
use crate::routes::site::{Site, problem};
use crate::shell::Shell;
use crate::view::why::day_at;

pub(super) async fn list(State(site): State<Site>, shell: Shell) -> Result<Response, Problem> {
    let found = site.app.public_bulletins().await.map_err(problem)?;
    let rules = site.app.rules();
    let calendar = &rules.in_force(site.app.now()).map_err(problem)?.calendar;
    let line = |facts: PaperFacts| BulletinLine {
        href: format!("/bulletins/{}", facts.number),
        document: facts.document.as_ref().map(ToString::to_string).unwrap_or_default(),
        on: facts.approved_at.map(|at| day_at(calendar, at).without_time()),
        title: facts.filled.title,
    };
    let bulletins = found.into_iter().map(line).collect();
    Ok(Shown(Bulletins { bulletins, shell }).into_response())
}

pub(super) async fn page(
    State(site): State<Site>,
    shell: Shell,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let facts = site.app.public_bulletin(&number).await.map_err(problem)?;
    let page = Bulletin {
        pdf_href: format!("/bulletins/{number}/paper.pdf"),
        check: check_address(&site, &facts),
        sheet: sheet(&facts),
        title: facts.filled.title.clone(),
        shell,
    };
    Ok(Shown(page).into_response())
}

pub(super) async fn pdf(
    State(site): State<Site>,
    shell: Shell,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let facts = site.app.public_bulletin(&number).await.map_err(problem)?;
    answer(&site, shell, &facts, Format::Pdf).await
}
