//! `/admin/journal` and `/admin/identity-looks`: what auditors read.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::{Asked, day, frame, pages, shown};
use crate::pages::admin::Section;
use crate::pages::admin::identity_looks::{IdentityLooks, Look};
use crate::pages::admin::journal::{CheckpointRow, Journal, checkpoint_href};
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/admin/journal", get(journal))
        .route("/admin/journal/checkpoints/{log}/{size}", get(checkpoint))
        .route("/admin/identity-looks", get(looks))
}

async fn journal(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let frame = frame(&session, shell.lang(), Section::Journal, &asked, None)?;
    let before = asked
        .after
        .split_once('.')
        .and_then(|(log, size)| Some((log.parse().ok()?, size.parse().ok()?)));
    let state = site.app.journal_state(&session.caller, before).await.map_err(problem)?;
    let next = state.next.map(|(log, size)| format!("{log}.{size}"));
    let note_href = state.note.as_ref().map(|last| checkpoint_href(last.log, last.size));
    let rows = state.checkpoints.into_iter().map(|line| CheckpointRow {
        size: line.size,
        at: day(&site, line.at),
        root: line.root,
        log: line.log.to_string(),
    });
    let page = Journal {
        entries: state.entries,
        unsealed: state.unsealed,
        note: state.note.map(|last| last.note),
        note_href: note_href.unwrap_or_default(),
        key: state.key,
        checkpoints: rows.collect(),
        pages: pages(Section::Journal, &asked, next.as_deref()),
        frame,
        shell,
    };
    Ok(shown(page, None))
}

async fn checkpoint(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    Path((log, size)): Path<(u64, u64)>,
) -> Result<Response, Problem> {
    let after = Some((log, size.saturating_add(1)));
    let state = site.app.journal_state(&session.caller, after).await.map_err(problem)?;
    let found = state.checkpoints.into_iter().find(|line| (line.log, line.size) == (log, size));
    let note = found.ok_or(Problem::NotFound)?.note;
    let name = format!("attachment; filename=\"checkpoint-{log}-{size}.txt\"");
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, note).into_response())
}

async fn looks(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let frame = frame(&session, lang, Section::IdentityLooks, &asked, None)?;
    let (found, next) =
        site.app.identity_looks(&session.caller, &asked.after).await.map_err(problem)?;
    let looks = found.into_iter().map(|look| {
        let unit = look.unit.as_ref().map(|unit| lang.pick(unit)).unwrap_or_default();
        let role = look.role.map(|role| lang.code_of("role", role.code()));
        Look {
            at: day(&site, look.at),
            who: format!("{unit}·{} {}", role.unwrap_or_default(), look.person),
            number: look.number,
            reason: look.reason,
        }
    });
    let page = IdentityLooks {
        looks: looks.collect(),
        pages: pages(Section::IdentityLooks, &asked, next.as_deref()),
        frame,
        shell,
    };
    Ok(shown(page, None))
}
