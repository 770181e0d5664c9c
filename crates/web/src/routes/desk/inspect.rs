//! `/rectification/inspection` and `/rectification/finding`: a plan with units
//! and days, weighed before it is drafted, and what was found.

use std::collections::{BTreeMap, BTreeSet};

use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use bihuan_app::commands::{NewMatter, Registration, Session, Weight};
use bihuan_app::queries::tasks::{FINDINGS, INSPECTIONS};
use bihuan_app::{Composer, Error, Sender};
use bihuan_domain::access::may_take_in;
use bihuan_domain::ids::{MatterId, RegimeCode, UnitCode};
use bihuan_domain::matter::{Brief, ContentTag, Link, Source, Step, Urgency};
use bihuan_domain::refusal::{Reason, Refusal};
use jiff::civil::Date;
use serde::Deserialize;

use super::commands::Sent;
use super::told::field_named;
use crate::csrf::{CsrfForm, FIELD};
use crate::pages::desk::inspect as show;
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, command_id, problem, refusal_words};
use crate::shell::Shell;
use crate::view::field::Choice;
use crate::view::form::Entered;
use crate::view::state::Refused;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/rectification/inspection", get(blank_inspection).post(plan))
        .route("/rectification/inspection/weigh", post(weigh))
        .route("/rectification/finding", get(blank_finding).post(find))
}

/// Which of the two forms.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Inspection,
    Finding,
}

impl Kind {
    const fn regime(self) -> &'static str {
        match self {
            Self::Inspection => INSPECTIONS,
            Self::Finding => FINDINGS,
        }
    }
}

async fn blank_inspection(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
) -> Result<Response, Problem> {
    let command = site.new_command();
    let page = page(&site, &session, shell, Kind::Inspection, &Entered::default(), &command, None)?;
    Ok(Shown(page).into_response())
}

#[derive(Deserialize)]
struct From {
    inspection: Option<String>,
}

async fn blank_finding(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let values = from.inspection.map(|number| ("inspection".to_owned(), number));
    let entered = Entered { values: values.into_iter().collect(), errors: Vec::new() };
    let command = site.new_command();
    let page = page(&site, &session, shell, Kind::Finding, &entered, &command, None)?;
    Ok(Shown(page).into_response())
}

fn page(
    site: &Site,
    session: &Session,
    shell: Shell,
    kind: Kind,
    entered: &Entered,
    command: &str,
    weight: Option<&Weight>,
) -> Result<show::Inspect, Problem> {
    let lang = shell.lang();
    let rules = site.app.rules();
    let version = rules.in_force(site.app.now()).map_err(problem)?;
    let code = RegimeCode::new(kind.regime());
    let regime = version.playbook.regimes.get(&code).ok_or(Problem::NotFound)?;
    may_take_in(session.caller.role(), Step::File, regime).map_err(|_| Problem::Forbidden)?;
    let standing = rules.units.values().filter(|unit| !unit.is_gone && unit.above.is_some());
    let units =
        standing.map(|unit| Choice::new(unit.code.as_str(), lang.pick(&unit.name))).collect();
    let kinds = regime.kinds.iter();
    let kinds =
        kinds.map(|kind| Choice::new(kind.code(), lang.code_of("urgency", kind.code()))).collect();
    let (title, say, form) = match kind {
        Kind::Inspection => (
            lang.tr("inspect-title"),
            lang.tr("inspect-say"),
            show::inspection(lang, command, units, entered),
        ),
        Kind::Finding => (
            lang.tr("finding-title"),
            lang.tr("finding-say"),
            show::finding(lang, command, units, kinds, entered),
        ),
    };
    let weighed = weight.map(|weight| weighed(site, &shell, weight)).unwrap_or_default();
    Ok(show::Inspect {
        title: title.into_owned(),
        say: say.into_owned(),
        form,
        weighed,
        refused: None,
        shell,
    })
}

fn weighed(site: &Site, shell: &Shell, weight: &Weight) -> Vec<show::Weighed> {
    let lang = shell.lang();
    let rules = site.app.rules();
    let said = |unit: &UnitCode| {
        let theirs = weight.against.iter();
        let theirs = theirs.filter(|refusal| refusal.facts.get("unit") == Some(&unit.0));
        theirs.map(|refusal| refusal_words(&site.app, lang, refusal)).collect()
    };
    weight
        .used
        .iter()
        .map(|(unit, used)| show::Weighed {
            unit: lang.pick(&rules.unit_name(unit.as_str())).to_owned(),
            used: *used,
            then: used + 1,
            budget: weight.budget,
            against: said(unit),
        })
        .collect()
}

async fn weigh(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent { fields: form.into_inner(), ..Sent::default() };
    let entered = typed(&sent);
    let command = sent.one("command").to_owned();
    let units: Vec<UnitCode> = sent.all("units").map(UnitCode::new).collect();
    let days = (day(&sent, "from_on"), day(&sent, "due_on"));
    let (Ok(Some(from)), Ok(Some(to))) = days else {
        let refusal = Refusal::new(Reason::FieldNeeded).with("field", "due_on");
        return refused(&site, &session, shell, Kind::Inspection, &sent, &refusal);
    };
    let weight = site.app.weigh(&session.caller, INSPECTIONS, &units, (from, to)).await;
    let weight = weight.map_err(problem)?;
    let page = page(&site, &session, shell, Kind::Inspection, &entered, &command, Some(&weight))?;
    Ok(Shown(page).into_response())
}

async fn plan(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent { fields: form.into_inner(), ..Sent::default() };
    filed(&site, &session, shell, Kind::Inspection, &sent).await
}

async fn find(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent { fields: form.into_inner(), ..Sent::default() };
    filed(&site, &session, shell, Kind::Finding, &sent).await
}

async fn filed(
    site: &Site,
    session: &Session,
    shell: Shell,
    kind: Kind,
    sent: &Sent,
) -> Result<Response, Problem> {
    match file(site, session, kind, sent).await {
        Ok(number) => Ok(Redirect::to(&format!("/m/{number}?done=file")).into_response()),
        Err(Error::Refused(refusal)) => refused(site, session, shell, kind, sent, &refusal),
        Err(fault) => Err(problem(fault)),
    }
}

async fn file(site: &Site, session: &Session, kind: Kind, sent: &Sent) -> Result<String, Error> {
    let mut composed = Composer::new(&site.app);
    let words = composed.words(ContentTag::Words, sent.one("words"))?;
    let (urgency, brief) = match kind {
        Kind::Inspection => (Urgency::Ordinary, inspection(sent, &mut composed)?),
        Kind::Finding => finding(site, session, sent, &mut composed).await?,
    };
    let id = command_id(&site.app, sent.one("command"));
    let said = sent.fields.iter().filter(|(name, _)| name != FIELD);
    let said = said.flat_map(|(name, value)| [name.as_str(), value.as_str()]);
    let registered = site
        .app
        .file_matters(Registration {
            sender: Sender::new(id, said),
            caller: session.caller.clone(),
            matters: vec![NewMatter {
                id: site.app.new_matter_id(),
                regime: RegimeCode::new(kind.regime()),
                source: Source::Inspection,
                urgency,
                words,
                brief,
                evidence: Vec::new(),
                composed,
                then: Vec::new(),
            }],
        })
        .await?;
    let first = registered.matters.into_iter().next();
    first.map(|(_, number)| number).ok_or(Error::NotFound)
}

fn inspection(sent: &Sent, composed: &mut Composer) -> Result<Brief, Error> {
    let known = |name: &'static str, codes: &[&str]| {
        let code = sent.all(name).find(|code| codes.contains(code));
        code.map(ToOwned::to_owned).ok_or_else(|| needed(name))
    };
    let co: BTreeSet<UnitCode> = sent.all("units").map(UnitCode::new).collect();
    if co.is_empty() {
        return Err(needed("units").into());
    }
    let methods: Vec<&str> =
        sent.all("method").filter(|method| show::METHODS.contains(method)).collect();
    let codes = BTreeMap::from([
        ("type".to_owned(), known("type", &show::TYPES)?),
        ("method".to_owned(), methods.join(",")),
    ]);
    Ok(Brief {
        basis: composed.optional(ContentTag::Note, sent.one("basis"))?,
        co,
        from_on: Some(day(sent, "from_on")?.ok_or_else(|| needed("from_on"))?),
        due_on: Some(day(sent, "due_on")?.ok_or_else(|| needed("due_on"))?),
        codes,
        ..Brief::default()
    })
}

async fn finding(
    site: &Site,
    session: &Session,
    sent: &Sent,
    composed: &mut Composer,
) -> Result<(Urgency, Brief), Error> {
    let kind = Urgency::from_code(sent.one("kind")).ok_or_else(|| needed("kind"))?;
    let lead = sent.unit("lead")?;
    let mut links = BTreeSet::new();
    let inspection = sent.one("inspection");
    if !inspection.is_empty() {
        links.insert((Link::FoundBy, named(site, session, inspection).await?));
    }
    let brief = Brief {
        goal: Some(composed.words(ContentTag::Note, sent.one("goal"))?),
        basis: composed.optional(ContentTag::Note, sent.one("basis"))?,
        lead: Some(lead),
        co: sent.all("co").map(UnitCode::new).collect(),
        due_on: day(sent, "due_on")?,
        links,
        ..Brief::default()
    };
    Ok((kind, brief))
}

/// A number that the person may see.
async fn named(site: &Site, session: &Session, number: &str) -> Result<MatterId, Error> {
    match site.app.matter(&session.caller, number).await {
        Ok(view) => Ok(view.matter.id),
        Err(Error::NotFound) => {
            Err(Refusal::new(Reason::NoSuchMatter).with("number", number).into())
        }
        Err(fault) => Err(fault),
    }
}

fn needed(field: &'static str) -> Refusal {
    Refusal::new(Reason::FieldNeeded).with("field", field)
}

fn day(sent: &Sent, name: &'static str) -> Result<Option<Date>, Refusal> {
    match sent.one(name) {
        "" => Ok(None),
        written => written.parse().map(Some).map_err(|_| needed(name)),
    }
}

/// What was typed, with the chosen ones of a list together.
fn typed(sent: &Sent) -> Entered {
    let mut values: Vec<(String, String)> = Vec::new();
    for (name, value) in sent.fields.iter().filter(|(name, _)| name != FIELD) {
        match values.iter_mut().find(|(known, _)| known == name) {
            Some((_, all)) => {
                all.push('\n');
                all.push_str(value);
            }
            None => values.push((name.clone(), value.clone())),
        }
    }
    Entered { values, errors: Vec::new() }
}

fn refused(
    site: &Site,
    session: &Session,
    shell: Shell,
    kind: Kind,
    sent: &Sent,
    refusal: &Refusal,
) -> Result<Response, Problem> {
    let title = shell.tr("register-refused").into_owned();
    let lang = shell.lang();
    let command = sent.one("command").to_owned();
    let mut page = page(site, session, shell, kind, &typed(sent), &command, None)?;
    let named = field_named(refusal, |field| page.form.label(field));
    let next = refusal_words(&site.app, lang, &named);
    if let Some(field) = refusal.facts.get("field") {
        let errors = vec![(field.clone(), next.clone())];
        page.form = page.form.entered(&Entered { errors, ..typed(sent) });
    }
    page.refused = Some(Refused { title, next, link: None });
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Shown(page)).into_response())
}
