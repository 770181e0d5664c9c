//! `/worker/m/{number}` and its two acts: is it true, is it fixed. Where a step
//! is not mine to take, its page is not there.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use bihuan_app::commands::{Session, Submission};
use bihuan_app::queries::MatterView;
use bihuan_app::{Composer, Error};
use bihuan_domain::matter::{Command, ContentTag, Event, EvidenceKind, Step};
use bihuan_domain::refusal::Refusal;

use crate::i18n::Lang;
use crate::pages::worker::brief::{Brief, MatterPage};
use crate::pages::worker::job::{Act, JobPage, note_field, photo_field, verdict_field};
use crate::problem::Problem;
use crate::routes::desk::told::Told;
use crate::routes::page::Shown;
use crate::routes::sent::{Sent, prints};
use crate::routes::site::{SignedIn, Site, command_id, problem};
use crate::routes::upload;
use crate::shell::Shell;
use crate::view::state::Refused;

pub(super) async fn matter(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let view = site.app.matter(&session.caller, &number).await.map_err(problem)?;
    let asked = match () {
        () if view.may(Step::Verify) => Some(Act::Verify.code()),
        () if view.may(Step::Check) => Some(Act::Check.code()),
        () => None,
    };
    let told = Told { app: &site.app, view: &view, lang: shell.lang() };
    let page = MatterPage { brief: brief(&told), entries: told.entries(), asked, shell };
    Ok(Shown(page).into_response())
}

fn brief(told: &Told<'_>) -> Brief {
    let view = told.view;
    let number = view.matter.number.to_string();
    let node = view.matter.next_node();
    let words = Some(view.words().to_owned()).filter(|words| !words.is_empty());
    let found = view.recorded.iter().find_map(|entry| match &entry.event {
        Event::Filed { evidence, .. } => Some(evidence.as_slice()),
        _ => None,
    });
    Brief {
        href: format!("/worker/m/{number}"),
        number,
        title: told.title(),
        lamp: Some(told.lamp()),
        due: node.map(|node| told.day(node.due.due_at)),
        place: view
            .address()
            .map(ToOwned::to_owned)
            .or_else(|| told.grid_path())
            .unwrap_or_default(),
        lines: told.grid_path().into_iter().collect(),
        words,
        shots: found.unwrap_or_default().iter().filter_map(|one| told.shot(one)).collect(),
    }
}

pub(super) async fn verify_page(
    site: State<Site>,
    signed_in: SignedIn,
    shell: Shell,
    number: Path<String>,
) -> Result<Response, Problem> {
    ask(site, signed_in, shell, number, Act::Verify).await
}

pub(super) async fn check_page(
    site: State<Site>,
    signed_in: SignedIn,
    shell: Shell,
    number: Path<String>,
) -> Result<Response, Problem> {
    ask(site, signed_in, shell, number, Act::Check).await
}

pub(super) async fn verify(
    site: State<Site>,
    signed_in: SignedIn,
    shell: Shell,
    number: Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    take(site, signed_in, shell, number, sent, Act::Verify).await
}

pub(super) async fn check(
    site: State<Site>,
    signed_in: SignedIn,
    shell: Shell,
    number: Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    take(site, signed_in, shell, number, sent, Act::Check).await
}

async fn ask(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(number): Path<String>,
    act: Act,
) -> Result<Response, Problem> {
    let view = site.app.matter(&session.caller, &number).await.map_err(problem)?;
    let command = site.new_command();
    Ok(Shown(page(&site, shell, &view, act, command)).into_response())
}

fn page(site: &Site, shell: Shell, view: &MatterView, act: Act, command: String) -> JobPage {
    let lang = shell.lang();
    let told = Told { app: &site.app, view, lang };
    let item = view.matter.item.as_ref().and_then(|item| view.playbook.items.get(item));
    let condition = item.map(|item| match act {
        Act::Verify => told.pick(&item.filing),
        Act::Check => told.pick(&item.closing),
    });
    JobPage {
        act,
        command,
        seen: view.matter.entries,
        brief: brief(&told),
        condition,
        verdict: verdict_field(lang, act),
        note: note_field(lang),
        photo: photo_field(lang),
        refused: None,
        shell,
    }
}

async fn take(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(number): Path<String>,
    sent: Sent,
    act: Act,
) -> Result<Response, Problem> {
    let view = site.app.matter(&session.caller, &number).await.map_err(problem)?;
    let lang = shell.lang();
    let holds = match sent.one("verdict") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let refusal = match (holds, &sent.refused) {
        (Some(holds), None) => match submit(&site, &session, &view, &sent, act, holds).await {
            Ok(()) => {
                let to = format!("/worker?done={}", view.matter.number);
                return Ok(Redirect::to(&to).into_response());
            }
            Err(Error::Refused(refusal)) => Some(refusal),
            Err(fault) => return Err(problem(fault)),
        },
        _ => None,
    };
    // The matter as it stands now, with what was chosen and written before.
    let view = site.app.matter(&session.caller, &number).await.map_err(problem)?;
    let command = command_id(&site.app, sent.one("command")).to_string();
    let mut page = page(&site, shell, &view, act, command);
    page.verdict.value = sent.one("verdict").to_owned();
    page.note.value = sent.one("note").to_owned();
    page.photo.error = sent.refused.as_ref().map(|refusal| lang.refusal(refusal));
    if holds.is_none() {
        page.verdict.error = Some(lang.tr("fault-choose").into_owned());
    }
    let status = match &refusal {
        Some(refusal) => Problem::Refused(refusal.clone()).status(),
        None if sent.refused.is_some() => sent.photo_status(),
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page.refused = refusal.map(|refusal| refused(lang, &refusal));
    Ok((status, Shown(page)).into_response())
}

fn refused(lang: Lang, refusal: &Refusal) -> Refused {
    Refused {
        title: lang.tr("problem-refused").into_owned(),
        next: lang.refusal(refusal),
        link: None,
    }
}

/// The checker may also close, where the regime lets this post and nothing is
/// missing: a passed check then closes in the same act.
fn closes(view: &MatterView, session: &Session) -> bool {
    let regime = view.playbook.regimes.get(&view.matter.regime);
    let may = regime.and_then(|regime| regime.steps.get(&Step::Close));
    let answered = regime.is_some_and(|regime| {
        view.matter.answer.is_some() || !regime.needs_answer(view.matter.source)
    });
    answered
        && may.is_some_and(|rule| rule.by.contains(&session.caller.role()))
        && !view.matter.settled_on_spot
}

async fn submit(
    site: &Site,
    session: &Session,
    view: &MatterView,
    sent: &Sent,
    act: Act,
    holds: bool,
) -> Result<(), Error> {
    let mut composed = Composer::new(&site.app);
    let note = composed.optional(ContentTag::Note, sent.one("note"))?;
    let shows = match act {
        Act::Verify => EvidenceKind::Before,
        Act::Check => EvidenceKind::After,
    };
    let mut evidence = Vec::new();
    for photo in &sent.photos {
        evidence.push(composed.attach(shows, photo.clone()).await?);
    }
    composed.push(match act {
        Act::Verify => Command::Verify { holds, note, evidence },
        Act::Check => Command::Check { holds, note, evidence },
    });
    if act == Act::Check && holds && closes(view, session) {
        composed.push(Command::Close { note: None, grade: None });
    }
    let command = command_id(&site.app, sent.one("command"));
    let submission = Submission {
        sender: bihuan_app::Sender::new(command, upload::said(&sent.fields, &prints(sent))),
        caller: session.caller.clone(),
        matter: view.matter.id,
        seen: sent.one("seen").parse().ok(),
        composed,
    };
    site.app.act(submission).await.map(drop)
}
