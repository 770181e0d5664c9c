//! `/report`, `/p/{code}` and the check page before filing. Photos that arrived
//! are kept as drafts, so that a form that must be mended does not lose them.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use bihuan_app::commands::{Filed, NewReport, Reporter, Sign};
use bihuan_app::compose::File;
use bihuan_app::{Caller, Composer, Error};
use bihuan_domain::access::Role;
use bihuan_domain::ids::RegimeCode;
use bihuan_domain::matter::{EvidenceKind, Source, Step, Urgency};
use bihuan_domain::playbook::model::Playbook;
use bihuan_domain::refusal::{Reason, Refusal};

use super::form::{Judged, draft, judge, offer, place_card};
use super::later::Later;
use super::{later, nearby};
use crate::pages::public::place::{CodeFault, PlaceRefused};
use crate::pages::public::report::{PHOTO_MOST, Report, ReportCheck, ReportForm};
use crate::problem::Problem;
use crate::routes::address::Sender;
use crate::routes::page::Shown;
use crate::routes::sent::{Sent, prints};
use crate::routes::site::{Site, command_id, problem};
use crate::routes::upload;
use crate::shell::Shell;

pub(super) async fn page(State(site): State<Site>, shell: Shell) -> Result<Response, Problem> {
    let form = empty(&site, &shell)?;
    Ok(report(&site, shell, form))
}

fn empty(site: &Site, shell: &Shell) -> Result<ReportForm, Problem> {
    let lang = shell.lang();
    offer(site, lang, ReportForm::empty(lang, site.new_command()))
}

fn report(site: &Site, shell: Shell, form: ReportForm) -> Response {
    let map = site.options.tiles.clone();
    Shown(Report { shell, form, map }).into_response()
}

/// A scanned sign. One that does not hold is said so, with another way to
/// report.
pub(super) async fn at_place(
    State(site): State<Site>,
    shell: Shell,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let (status, fault) = match site.app.read_sign(&code).await.map_err(problem)? {
        Sign::Good(place) => {
            let lang = shell.lang();
            let mut form = empty(&site, &shell)?;
            form.place = Some(place_card(&site, lang, &code, &place));
            form.nearby = nearby::offered(&site, lang, &nearby::at_place(&place.id)).await?;
            return Ok(report(&site, shell, form));
        }
        Sign::Retired(_) => (StatusCode::GONE, CodeFault::Retired),
        Sign::Unknown(_) => (StatusCode::NOT_FOUND, CodeFault::Forged),
    };
    Ok((status, Shown(PlaceRefused { shell, fault })).into_response())
}

/// Shows everything once more before it is filed.
pub(super) async fn check(
    State(site): State<Site>,
    shell: Shell,
    Sender(from): Sender,
    sent: Sent,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let mut judged = judge(&site, lang, &sent).await?;
    if let Some(problem) = sent.failed.clone() {
        return not_now(&site, shell, judged, &sent, problem);
    }
    keep_photos(&site, &mut judged, &sent, lang, &from).await?;
    if judged.wait.is_some() || !judged.is_complete(lang) {
        return again(&site, shell, judged, sent.photo_status());
    }
    judged.form = offer(&site, lang, judged.form)?;
    suggest_item(&mut judged.form, &sent);
    offer_position(&site, &mut judged.form, &sent);
    judged.form.nearby = nearby::offered(&site, lang, &nearby::spot(&judged)).await?;
    Ok(Shown(ReportCheck { shell, form: judged.form }).into_response())
}

/// Back from the check page to the form.
pub(super) async fn edit(
    State(site): State<Site>,
    shell: Shell,
    sent: Sent,
) -> Result<Response, Problem> {
    let judged = judge(&site, shell.lang(), &sent).await?;
    let nearby = nearby::offered(&site, shell.lang(), &nearby::spot(&judged)).await?;
    let mut form = offer(&site, shell.lang(), ReportForm { nearby, ..judged.form })?;
    for field in
        [&mut form.words, &mut form.address, &mut form.grid, &mut form.phone, &mut form.item]
    {
        field.error = None;
    }
    Ok(report(&site, shell, form))
}

pub(super) async fn file(
    State(site): State<Site>,
    shell: Shell,
    Sender(from): Sender,
    sent: Sent,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let command = command_id(&site.app, sent.one("command"));
    let mut judged = judge(&site, lang, &sent).await?;
    // A report sent again is answered with its first receipt, whatever became
    // of the place or the catalogue since. One that lacks nothing and brings no
    // photos to work on may be filed without asking: filing tells as well.
    let is_plain = judged.wait.is_none() && judged.is_complete(lang) && !sent.has_photos();
    let is_repeated = match is_plain {
        true => Ok(false),
        false => site.app.was_filed(command).await,
    };
    let is_repeated = match is_repeated {
        Ok(is_repeated) => is_repeated,
        Err(fault) => return not_now(&site, shell, judged, &sent, problem(fault)),
    };
    if let Some(problem) = sent.failed.clone().filter(|_| !is_repeated) {
        return not_now(&site, shell, judged, &sent, problem);
    }
    if !is_repeated && !judged.is_complete(lang) {
        keep_photos(&site, &mut judged, &sent, lang, &from).await?;
        return again(&site, shell, judged, sent.photo_status());
    }
    if !is_plain && !is_repeated && judged.wait.is_none() {
        judged.wait = later::wait(site.app.may_report(&from).await)?;
    }
    if judged.wait.is_some() {
        keep_photos(&site, &mut judged, &sent, lang, &from).await?;
        return again(&site, shell, judged, StatusCode::TOO_MANY_REQUESTS);
    }
    let mut new = match new_report(&site, &judged, &sent, command, is_repeated).await {
        Ok(new) if is_plain => NewReport { sender: new.sender.counted_against(&from), ..new },
        // Counted before its photos were worked on.
        Ok(new) => new,
        Err(problem) => return not_now(&site, shell, judged, &sent, problem),
    };
    if !is_repeated {
        match nearby::joined(&site, &judged).await {
            Ok(joined) => new.then.extend(joined),
            Err(problem) => return not_now(&site, shell, judged, &sent, problem),
        }
    }
    match file_or_stand_alone(&site, new).await {
        Ok(filed) => {
            let again = if filed.again { "?again=1" } else { "" };
            let code = filed.code.replace('-', "");
            Ok(Redirect::to(&format!("/receipt/{code}{again}")).into_response())
        }
        Err(Error::Refused(refusal)) if refusal.reason != Reason::CommandIdReused => {
            keep_photos(&site, &mut judged, &sent, lang, &from).await?;
            let status = Problem::Refused(refusal.clone()).status();
            blame(&mut judged.form, &refusal, lang.refusal(&refusal));
            again(&site, shell, judged, status)
        }
        Err(fault) => not_now(&site, shell, judged, &sent, problem(fault)),
    }
}

/// The form again, where what stands in its way passes.
fn not_now(
    site: &Site,
    shell: Shell,
    mut judged: Judged,
    sent: &Sent,
    problem: Problem,
) -> Result<Response, Problem> {
    judged.wait = Some(Later::of(problem)?);
    if sent.failed.is_some() || !sent.photos.is_empty() {
        judged.form.photo.error = Some(shell.lang().tr("later-photo").into_owned());
    }
    again(site, shell, judged, StatusCode::SERVICE_UNAVAILABLE)
}

/// The matter it was to join may have been closed a moment ago; the report is
/// then taken for itself and not lost.
async fn file_or_stand_alone(site: &Site, mut new: NewReport) -> Result<Filed, Error> {
    let first = site.app.file_report(new.clone()).await;
    match first {
        Err(Error::Refused(refusal)) if is_about_joining(&refusal) && !new.then.is_empty() => {
            new.then.clear();
            site.app.file_report(new).await
        }
        other => other,
    }
}

const fn is_about_joining(refusal: &Refusal) -> bool {
    matches!(
        refusal.reason,
        Reason::MergeTargetMerged | Reason::MergeTargetOver | Reason::NoSuchMatter
    )
}

fn again(
    site: &Site,
    shell: Shell,
    judged: Judged,
    status: StatusCode,
) -> Result<Response, Problem> {
    let Judged { form, wait, .. } = judged;
    let mut form = offer(site, shell.lang(), form)?;
    let Some(later) = wait else {
        return Ok((status, report(site, shell, form)).into_response());
    };
    form.notice = Some(later.notice(shell.lang()));
    Ok(later.answer(report(site, shell, form)))
}

/// Puts a refusal of the rules to the field it is about.
fn blame(form: &mut ReportForm, refusal: &Refusal, sentence: String) {
    let field = match refusal.reason {
        Reason::PlaceOutsideCounty => &mut form.address,
        Reason::UnknownGrid => &mut form.grid,
        Reason::UnknownItem => &mut form.item,
        _ => &mut form.words,
    };
    field.error = Some(sentence);
}

/// One that its address may not keep any more is said so at its field.
async fn keep_photos(
    site: &Site,
    judged: &mut Judged,
    sent: &Sent,
    lang: crate::i18n::Lang,
    from: &str,
) -> Result<(), Problem> {
    for photo in &sent.photos {
        if judged.form.photos.len() >= PHOTO_MOST {
            break;
        }
        match site.app.keep_draft(photo.clone(), from).await {
            Ok(id) => judged.form.photos.push(draft(lang, &id)),
            Err(fault) => {
                judged.wait = later::wait(Err(fault))?;
                judged.form.photo.error = Some(lang.tr("later-photo").into_owned());
                break;
            }
        }
    }
    Ok(())
}

/// The first suggestion is put forward; the page says why and how to change it.
fn suggest_item(form: &mut ReportForm, sent: &Sent) {
    let was_asked = sent.fields.iter().any(|(name, _)| name == "item");
    let crate::view::field::Control::Radios(choices) = &form.item.control else { return };
    if form.item.value.is_empty() && (!was_asked || choices.len() > 1) {
        form.item.value = choices.first().map(|choice| choice.value.clone()).unwrap_or_default();
    }
}

/// A photo taken elsewhere, or brought home first, has nothing to offer.
fn offer_position(site: &Site, form: &mut ReportForm, sent: &Sent) {
    let Some(taken) = sent.taken_at.filter(|_| form.place.is_none() && form.lon.is_empty()) else {
        return;
    };
    if site.app.locate(taken).is_err() {
        return;
    }
    let degrees = |e6: i32| format!("{:.6}", f64::from(e6) / 1e6);
    form.offered = Some((degrees(taken.lon_e6), degrees(taken.lat_e6)));
}

async fn new_report(
    site: &Site,
    judged: &Judged,
    sent: &Sent,
    command: bihuan_domain::ids::CommandId,
    is_repeated: bool,
) -> Result<NewReport, Problem> {
    let form = &judged.form;
    let photos = if is_repeated { Vec::new() } else { photos(site, sent).await? };
    let mut composed = Composer::new(&site.app);
    let mut evidence = Vec::new();
    for photo in photos {
        let one = composed.attach(EvidenceKind::Before, photo).await.map_err(problem)?;
        evidence.push(one);
    }
    let rules = site.app.rules();
    let playbook = &rules.in_force(site.app.now()).map_err(problem)?.playbook;
    let phone = Some(form.phone.value.clone()).filter(|phone| !phone.is_empty());
    Ok(NewReport {
        sender: bihuan_app::Sender::new(command, upload::said(&sent.fields, &prints(sent))),
        caller: Caller::reporter(),
        regime: residents_regime(playbook)?,
        source: Source::Snapshot,
        item: judged.item(),
        words: form.words.value.clone(),
        grid: judged.grid.clone(),
        place: judged.place_id(),
        position: judged.position,
        address: form.address.value.clone(),
        evidence,
        reporter: Reporter { name: None, phone },
        confidential: form.confidential.value == "on",
        urgency: Urgency::Ordinary,
        claimed_at: None,
        composed,
        then: Vec::new(),
    })
}

/// Photos sent now and those kept from before.
async fn photos(site: &Site, sent: &Sent) -> Result<Vec<File>, Problem> {
    let mut photos = Vec::new();
    for id in sent.all("draft").take(PHOTO_MOST) {
        // One that was kept too long is gone; the report is worth more than it.
        let Ok(whole) = site.app.draft(id, false).await else { continue };
        let thumb = site.app.draft(id, true).await.ok().map(|thumb| thumb.bytes);
        photos.push(File {
            bytes: whole.bytes,
            thumb,
            kind: whole.kind,
            name: whole.name,
            taken_at: None,
            width: None,
            height: None,
        });
    }
    photos.extend(sent.photos.iter().cloned());
    photos.truncate(PHOTO_MOST);
    Ok(photos)
}

/// The regime under which residents may file.
pub(super) fn residents_regime(playbook: &Playbook) -> Result<RegimeCode, Problem> {
    let open = playbook.regimes.values().find(|regime| {
        regime.steps.get(&Step::File).is_some_and(|rule| rule.by.contains(&Role::Reporter))
    });
    open.map(|regime| regime.code.clone())
        .ok_or_else(|| Problem::Refused(Reason::UnknownRegime.into()))
}
