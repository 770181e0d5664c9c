//! `/complaint`: 投诉与建议 is a matter like any other, with a receipt.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use bihuan_app::commands::{NewReport, Reporter};
use bihuan_app::compose::clean;
use bihuan_app::{App, Caller, Composer, Error};
use bihuan_domain::matter::{Source, Urgency};
use bihuan_domain::refusal::Reason;

use super::form::{phone_fault, words_fault};
use super::later::Later;
use super::report::residents_regime;
use crate::i18n::Lang;
use crate::pages::public::complaint::Complaint;
use crate::problem::Problem;
use crate::routes::address::Sender;
use crate::routes::page::Shown;
use crate::routes::sent::Sent;
use crate::routes::site::{Site, command_id, problem};
use crate::routes::upload;
use crate::shell::Shell;
use crate::view::field::{Choice, Control, Field};

pub(super) async fn page(State(site): State<Site>, shell: Shell) -> Response {
    let units = units(&site.app, shell.lang());
    Shown(Complaint::empty(shell, site.new_command(), units)).into_response()
}

fn units(app: &App, lang: Lang) -> Vec<Choice> {
    let rules = app.rules();
    let standing = rules.units.values().filter(|unit| !unit.is_gone);
    standing.map(|unit| Choice::new(unit.code.to_string(), lang.pick(&unit.name))).collect()
}

pub(super) async fn file(
    State(site): State<Site>,
    shell: Shell,
    Sender(from): Sender,
    sent: Sent,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let command = command_id(&site.app, sent.one("command"));
    let mut page = Complaint::empty(shell, command.to_string(), units(&site.app, lang));
    fill(&mut page, &sent, lang);
    let is_faulty = [&page.kind, &page.words, &page.about, &page.phone]
        .iter()
        .any(|field| field.error.is_some());
    if is_faulty {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Shown(page)).into_response());
    }
    let new = new_report(&site, &page, &sent, command)?;
    let new = NewReport { sender: new.sender.counted_against(&from), ..new };
    match site.app.file_report(new).await {
        Ok(filed) => {
            let again = if filed.again { "?again=1" } else { "" };
            let code = filed.code.replace('-', "");
            Ok(Redirect::to(&format!("/receipt/{code}{again}")).into_response())
        }
        Err(Error::Refused(refusal)) if refusal.reason != Reason::CommandIdReused => {
            page.words.error = Some(lang.refusal(&refusal));
            let status = Problem::Refused(refusal).status();
            Ok((status, Shown(page)).into_response())
        }
        Err(fault) => Later::of(problem(fault)).map(|later| not_now(page, later)),
    }
}

fn not_now(mut page: Complaint, later: Later) -> Response {
    page.notice = Some(later.notice(page.shell.lang()));
    later.answer(Shown(page))
}

fn fill(page: &mut Complaint, sent: &Sent, lang: Lang) {
    page.kind.value = sent.one("kind").to_owned();
    page.words.value = clean(sent.one("words"));
    page.about.value = sent.one("about").to_owned();
    page.phone.value = clean(sent.one("phone"));
    page.confidential.value = sent.one("confidential").to_owned();
    page.words.error = words_fault(lang, &page.words);
    page.phone.error = phone_fault(lang, &page.phone.value);
    for field in [&mut page.kind, &mut page.about] {
        if label_of(field).is_none() {
            field.error = Some(lang.tr("fault-choose").into_owned());
        }
    }
}

/// The words of the choice that was made.
fn label_of(field: &Field) -> Option<&str> {
    let (Control::Select(choices) | Control::Radios(choices)) = &field.control else { return None };
    let chosen = choices.iter().find(|choice| choice.value == field.value)?;
    Some(&chosen.label)
}

fn new_report(
    site: &Site,
    page: &Complaint,
    sent: &Sent,
    command: bihuan_domain::ids::CommandId,
) -> Result<NewReport, Problem> {
    let rules = site.app.rules();
    let playbook = &rules.in_force(site.app.now()).map_err(problem)?.playbook;
    let phone = Some(page.phone.value.clone()).filter(|phone| !phone.is_empty());
    Ok(NewReport {
        sender: bihuan_app::Sender::new(command, upload::said(&sent.fields, &[])),
        caller: Caller::reporter(),
        regime: residents_regime(playbook)?,
        source: Source::Complaint,
        item: None,
        words: told(page),
        grid: None,
        place: None,
        position: None,
        address: String::new(),
        evidence: Vec::new(),
        reporter: Reporter { name: None, phone },
        confidential: page.confidential.value == "on",
        urgency: Urgency::Ordinary,
        claimed_at: None,
        composed: Composer::new(&site.app),
        then: Vec::new(),
    })
}

/// Kind and unit lead the words: triage sets the unit it is about before anyone
/// is given the matter.
fn told(page: &Complaint) -> String {
    let kind = label_of(&page.kind).unwrap_or_default();
    match label_of(&page.about).filter(|_| !page.about.value.is_empty()) {
        Some(unit) => format!("【{kind}】{unit}\n{}", page.words.value),
        None => format!("【{kind}】{}", page.words.value),
    }
}
