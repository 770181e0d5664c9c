//! `/worker/report`: photo, one line, send; perhaps settled on the spot.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use bihuan_app::commands::{NewReport, Reporter, Session};
use bihuan_app::compose::{ADDRESS_LIMIT, clean};
use bihuan_app::{Composer, Error};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{CommandId, ItemCode};
use bihuan_domain::matter::{Command, ContentTag, EvidenceKind, Source, Step, Urgency};
use bihuan_domain::playbook::model::{Item, Playbook};
use bihuan_domain::refusal::{Reason, Refusal};

use super::day::grid_words;
use crate::i18n::Lang;
use crate::pages::worker::report::WorkerReport;
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::public::form::words_fault;
use crate::routes::sent::{Sent, prints};
use crate::routes::site::{SignedIn, Site, command_id, problem};
use crate::routes::spot;
use crate::routes::upload;
use crate::shell::Shell;
use crate::view::field::Choice;

pub(super) async fn page(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
) -> Result<Response, Problem> {
    let page = empty(&site, &session, shell, site.new_command())?;
    Ok(Shown(page).into_response())
}

fn empty(
    site: &Site,
    session: &Session,
    shell: Shell,
    command: String,
) -> Result<WorkerReport, Problem> {
    if !matches!(session.caller.role(), Role::GridWorker | Role::GridLeader) {
        return Err(Problem::Forbidden);
    }
    let lang = shell.lang();
    let rules = site.app.rules();
    let playbook = &rules.in_force(site.app.now()).map_err(problem)?.playbook;
    let items = playbook.items.values().map(|item| choice(lang, item)).collect();
    let grid = grid_words(site, lang, session.caller.actor.grid.as_ref());
    Ok(WorkerReport::empty(shell, command, grid, items))
}

fn choice(lang: Lang, item: &Item) -> Choice {
    Choice::new(item.code.to_string(), lang.pick(&item.name))
}

pub(super) async fn file(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    sent: Sent,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let command = command_id(&site.app, sent.one("command"));
    let mut page = empty(&site, &session, shell, command.to_string())?;
    fill(&mut page, &sent, lang);
    if [&page.photo, &page.words, &page.address].iter().any(|field| field.error.is_some()) {
        return Ok((sent.photo_status(), Shown(page)).into_response());
    }
    let filed = match new_report(&site, &session, &page, &sent, command).await {
        Ok(new) => site.app.file_report(new).await,
        Err(fault) => Err(fault),
    };
    match filed {
        Ok(filed) => Ok(Redirect::to(&format!("/worker?done={}", filed.number)).into_response()),
        Err(Error::Refused(refusal)) if refusal.reason != Reason::CommandIdReused => {
            Ok(refused(page, &refusal, lang))
        }
        Err(fault) => Err(problem(fault)),
    }
}

fn fill(page: &mut WorkerReport, sent: &Sent, lang: Lang) {
    page.words.value = clean(sent.one("words"));
    page.item.value = sent.one("item").to_owned();
    page.address.value = clean(sent.one("address"));
    page.settled.value = sent.one("settled").to_owned();
    page.words.error = words_fault(lang, &page.words);
    page.photo.error = sent.refused.as_ref().map(|refusal| lang.refusal(refusal));
    let given = page.address.value.chars().count();
    if given > ADDRESS_LIMIT {
        let refusal = Refusal::new(Reason::WordsTooLong);
        let refusal = refusal.with("limit", ADDRESS_LIMIT).with("given", given);
        page.address.error = Some(lang.refusal(&refusal));
    }
}

fn refused(mut page: WorkerReport, refusal: &Refusal, lang: Lang) -> Response {
    let field = match refusal.reason {
        Reason::PlaceOutsideCounty | Reason::UnknownGrid => &mut page.address,
        Reason::UnknownItem | Reason::ItemNeeded => &mut page.item,
        Reason::EvidenceNeeded => &mut page.photo,
        Reason::OnSpotNotAllowed | Reason::NotInRegime => &mut page.settled,
        _ => &mut page.words,
    };
    field.error = Some(lang.refusal(refusal));
    (StatusCode::UNPROCESSABLE_ENTITY, Shown(page)).into_response()
}

async fn new_report(
    site: &Site,
    session: &Session,
    page: &WorkerReport,
    sent: &Sent,
    command: CommandId,
) -> Result<NewReport, Error> {
    let position = spot::degrees(sent.one("lon"), sent.one("lat"));
    // Before any photo is kept: a place outside the county is no report of ours.
    if let Some(position) = position {
        site.app.locate(position)?;
    }
    let is_settled = page.settled.value == "on";
    // What was settled on the spot is photographed as fixed.
    let shows = if is_settled { EvidenceKind::After } else { EvidenceKind::Before };
    let mut composed = Composer::new(&site.app);
    let mut evidence = Vec::new();
    for photo in &sent.photos {
        evidence.push(composed.attach(shows, photo.clone()).await?);
    }
    let mut then = Vec::new();
    if is_settled {
        let note = composed.words(ContentTag::Note, &page.words.value)?;
        let evidence = std::mem::take(&mut evidence);
        then.push(Command::SettleOnSpot { note, evidence });
    }
    let rules = site.app.rules();
    let playbook = &rules.in_force(site.app.now())?.playbook;
    let item = Some(page.item.value.clone()).filter(|item| !item.is_empty());
    Ok(NewReport {
        sender: bihuan_app::Sender::new(command, upload::said(&sent.fields, &prints(sent))),
        caller: session.caller.clone(),
        regime: workers_regime(playbook, session.caller.role())?,
        source: Source::Grid,
        item: item.map(ItemCode::new),
        words: page.words.value.clone(),
        grid: session.caller.actor.grid.clone(),
        place: None,
        position,
        address: page.address.value.clone(),
        evidence,
        reporter: Reporter::default(),
        confidential: false,
        urgency: Urgency::Ordinary,
        claimed_at: None,
        composed,
        then,
    })
}

fn workers_regime(
    playbook: &Playbook,
    role: Role,
) -> Result<bihuan_domain::ids::RegimeCode, Error> {
    let mut open = playbook
        .regimes
        .values()
        .filter(|regime| regime.steps.get(&Step::File).is_some_and(|rule| rule.by.contains(&role)));
    open.next().map(|regime| regime.code.clone()).ok_or_else(|| Reason::UnknownRegime.into())
}
