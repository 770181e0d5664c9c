//! `/m/{number}` and `/m/{number}/{step}`.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum_extra::extract::CookieJar;
use bihuan_app::commands::{Session, Submission};
use bihuan_app::queries::MatterView;
use bihuan_app::{Error, Sender};
use bihuan_domain::matter::{EvidenceKind, Step};
use bihuan_domain::refusal::{Reason, Refusal};
use serde::Deserialize;

use super::commands::{Asked, Sent, commands};
use super::{burden, matter, papers, receipt, step};
use crate::csrf::CsrfMultipart;
use crate::pages::desk::identity::Identity;
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, command_id, problem};
use crate::routes::upload::{self, Upload};
use crate::shell::Shell;
use crate::view::form::Entered;

pub(super) fn routes() -> Router<Site> {
    Router::new().route("/m/{number}", get(show))
}

pub(super) fn uploads() -> Router<Site> {
    Router::new().route("/m/{number}/{step}", get(ask).post(take))
}

#[derive(Deserialize)]
struct Shape {
    #[serde(default)]
    order: String,
    /// The step that was just taken.
    #[serde(default)]
    done: String,
}

async fn show(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    jar: CookieJar,
    Path(number): Path<String>,
    Query(shape): Query<Shape>,
) -> Result<Response, Problem> {
    let view = site.app.matter(&session.caller, &number).await.map_err(problem)?;
    let lang = shell.lang();
    let (code, gone) = receipt::take(&jar, &number).unzip();
    let done = match code {
        Some(code) => Some(lang.trn("register-done", "code", code)),
        None => Step::from_code(&shape.done).map(|step| {
            lang.trn("step-done", "step", lang.code_of("step", step.code()).into_owned())
        }),
    };
    let paper = papers::on_matter(&site, &view);
    let page = matter::page(&site.app, shell, &view, paper, shape.order == "oldest", done);
    Ok((gone, Shown(page)).into_response())
}

#[derive(Deserialize)]
struct From {
    from: Option<String>,
}

async fn ask(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path((number, step)): Path<(String, String)>,
    Query(query): Query<From>,
) -> Result<Response, Problem> {
    let step = Step::from_code(&step).ok_or(Problem::NotFound)?;
    let view = site.app.matter(&session.caller, &number).await.map_err(problem)?;
    let id = site.new_command();
    let mut page = step::page(&site.app, shell, &view, step, &id, query.from, None);
    burden::tell(&site.app, &view, step, page.shell.lang(), &mut page.form).await?;
    Ok(Shown(page).into_response())
}

async fn take(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path((number, code)): Path<(String, String)>,
    form: CsrfMultipart,
) -> Result<Response, Problem> {
    let step = Step::from_code(&code).ok_or(Problem::NotFound)?;
    let upload = upload::read(&site, form, |field| shows(step, field)).await?;
    let view = site.app.matter(&session.caller, &number).await.map_err(problem)?;
    let list = Some(upload.one("from").to_owned()).filter(|list| !list.is_empty());
    if step == Step::ReadIdentity {
        return identity(&site, &session, shell, &view, &upload).await;
    }
    let refusal = match act(&site, &session, &view, step, &upload).await {
        Ok(()) => {
            let to = match list.as_deref() {
                Some("inbox") => "/inbox".to_owned(),
                Some("worklist") => "/worklist".to_owned(),
                _ => format!("/m/{number}?done={}", step.code()),
            };
            return Ok(Redirect::to(&to).into_response());
        }
        Err(Error::Refused(refusal)) => refusal,
        Err(fault) => return Err(problem(fault)),
    };
    // What is shown is the matter as it stands now, with the words typed before.
    let view = site.app.matter(&session.caller, &number).await.map_err(problem)?;
    let entered = Entered { values: upload.fields.clone(), errors: Vec::new() };
    let status = Problem::Refused(refusal.clone()).status();
    let id = if refusal.reason == Reason::CommandIdReused {
        site.new_command()
    } else {
        upload.one("command").to_owned()
    };
    let mut page = step::page(&site.app, shell, &view, step, &id, list, Some((&entered, &refusal)));
    burden::tell(&site.app, &view, step, page.shell.lang(), &mut page.form).await?;
    Ok((status, Shown(page)).into_response())
}

/// What was read is the answer itself and stands at no address of its own.
async fn identity(
    site: &Site,
    session: &Session,
    shell: Shell,
    view: &MatterView,
    upload: &Upload,
) -> Result<Response, Problem> {
    let number = view.matter.number.to_string();
    let reason = upload.one("reason");
    let read = match reason {
        "" => Err(Reason::ReasonNeeded.into()),
        reason => site.app.read_identity(&session.caller, &number, reason).await,
    };
    let refusal = match read {
        Ok(reporter) => {
            let confidential = view.matter.confidential;
            let (name, phone) = (reporter.name, reporter.phone);
            let page = Identity { number, name, phone, confidential, shell };
            return Ok(([(header::CACHE_CONTROL, "no-store")], Shown(page)).into_response());
        }
        Err(Error::Refused(refusal)) => refusal,
        Err(fault) => return Err(problem(fault)),
    };
    let entered = Entered { values: upload.fields.clone(), errors: Vec::new() };
    let status = Problem::Refused(refusal.clone()).status();
    let again = Some((&entered, &refusal));
    let page =
        step::page(&site.app, shell, view, Step::ReadIdentity, &site.new_command(), None, again);
    Ok((status, Shown(page)).into_response())
}

/// Photos given with handling show it fixed; before that, as found.
fn shows(step: Step, field: &str) -> EvidenceKind {
    match (field, step) {
        ("documents", _) => EvidenceKind::Document,
        (_, Step::Submit | Step::SettleOnSpot | Step::Check | Step::LookBack) => {
            EvidenceKind::After
        }
        _ => EvidenceKind::Before,
    }
}

async fn act(
    site: &Site,
    session: &Session,
    view: &MatterView,
    step: Step,
    upload: &Upload,
) -> Result<(), Error> {
    if let Some(refusal) = &upload.refused {
        return Err(refusal.clone().into());
    }
    let sent = Sent { fields: upload.fields.clone(), evidence: upload.evidence.clone() };
    let mut composed = upload.composer.clone();
    let into = match step {
        Step::Merge | Step::Link => Some(target(site, session, sent.one("into")).await?),
        _ => None,
    };
    let asked = Asked { matter: &view.matter, playbook: &view.playbook, into };
    for command in commands(step, &sent, &asked, &mut composed)? {
        composed.push(command);
    }
    let prints = upload::prints(upload);
    let id = command_id(&site.app, upload.one("command"));
    let submission = Submission {
        sender: Sender::new(id, upload::said(&upload.fields, &prints)),
        caller: session.caller.clone(),
        matter: view.matter.id,
        seen: upload.one("seen").parse().ok(),
        composed,
    };
    site.app.act(submission).await.map(drop)
}

/// The matter a merge goes into must be one the person may see.
async fn target(
    site: &Site,
    session: &Session,
    number: &str,
) -> Result<bihuan_domain::ids::MatterId, Error> {
    match site.app.matter(&session.caller, number).await {
        Ok(view) => Ok(view.matter.id),
        Err(Error::NotFound) => {
            Err(Refusal::new(Reason::NoSuchMatter).with("number", number).into())
        }
        Err(fault) => Err(fault),
    }
}
