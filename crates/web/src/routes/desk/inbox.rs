//! `GET /inbox`: triage, one message at a time; and the one act that carries
//! most messages on, `POST /inbox/{number}/accept-dispatch`.

mod filled;
mod marked;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use bihuan_app::commands::{Session, Submission};
use bihuan_app::queries::MatterView;
use bihuan_app::queries::inbox::{Asked, Tab};
use bihuan_app::{Composer, Error, Sender};
use bihuan_domain::ids::{ItemCode, UnitCode};
use bihuan_domain::journal::Commitment;
use bihuan_domain::matter::{Command, ContentTag, Stage, Urgency};
use bihuan_domain::refusal::{Reason, Refusal};
use serde::Deserialize;

use super::told::Told;
use crate::csrf::CsrfForm;
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, command_id, problem};
use crate::shell::Shell;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/inbox", get(show))
        .route("/inbox/{number}/accept-dispatch", post(accept_dispatch))
        .route("/inbox/{number}/recount", post(recount))
}

/// What the page is asked for, and what was chosen on it so far.
#[derive(Clone, Debug, Default, Deserialize)]
struct Asking {
    #[serde(default)]
    tab: String,
    /// The message to open.
    m: Option<String>,
    after: Option<String>,
    /// The message that was just carried on.
    done: Option<String>,
    #[serde(default)]
    item: String,
    #[serde(default)]
    lead: String,
    #[serde(default)]
    urgency: String,
}

/// What an officer picked.
#[derive(Clone, Debug, Default)]
struct Picked {
    item: Option<ItemCode>,
    lead: Option<UnitCode>,
    co: Vec<UnitCode>,
    urgency: Option<Urgency>,
    /// What the unit is told, as it was typed.
    note: String,
}

impl Asking {
    fn picked(&self) -> Picked {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Picked {
            item: some(&self.item).map(ItemCode::new),
            lead: some(&self.lead).map(UnitCode::new),
            co: Vec::new(),
            urgency: Urgency::from_code(&self.urgency),
            note: String::new(),
        }
    }
}

async fn show(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(query): Query<Asking>,
) -> Result<Response, Problem> {
    let page = page(&site, &session, shell, &query, &query.picked(), None).await?;
    Ok(Shown(page).into_response())
}

async fn page(
    site: &Site,
    session: &Session,
    shell: Shell,
    query: &Asking,
    picked: &Picked,
    refusal: Option<&Refusal>,
) -> Result<crate::pages::desk::inbox::Inbox, Problem> {
    let asked = Asked {
        tab: Tab::from_code(&query.tab).unwrap_or_default(),
        after: query.after.clone(),
        number: query.m.clone(),
        item: picked.item.clone(),
    };
    let inbox = site.app.inbox(&session.caller, &asked).await.map_err(problem)?;
    let done = match &query.done {
        Some(number) => done_words(site, session, &shell, number).await,
        None => None,
    };
    let fill = filled::Fill { site, inbox: &inbox, asked: &asked, picked, lang: shell.lang() };
    let refused = refusal.and_then(|refusal| fill.refused(refusal));
    Ok(fill.page(shell, done, refused))
}

/// What the record says became of the message carried on before, so that a
/// notice never says more than happened.
async fn done_words(site: &Site, session: &Session, shell: &Shell, number: &str) -> Option<String> {
    let view = site.app.matter(&session.caller, number).await.ok()?;
    let lang = shell.lang();
    let told = Told { app: &site.app, view: &view, lang };
    let number = view.matter.number.as_str();
    let lead = view.matter.lead.as_ref().filter(|_| view.matter.stage == Stage::Dispatched);
    Some(match lead {
        Some(lead) => lang
            .say("inbox-done-dispatched")
            .with("number", number)
            .with("unit", told.unit(lead.unit.as_str()))
            .to_string(),
        None => {
            lang.say("inbox-done").with("number", number).with("stage", told.stage()).to_string()
        }
    })
}

/// The fields of the page's form, in the order they came.
struct Form(Vec<(String, String)>);

impl Form {
    fn one(&self, name: &str) -> &str {
        let mut found = self.0.iter().filter(|(field, _)| field == name);
        found.next().map_or("", |(_, value)| value.trim())
    }

    fn some(&self, name: &str) -> Option<&str> {
        Some(self.one(name)).filter(|value| !value.is_empty())
    }

    /// Choosing from the long list counts before a suggestion.
    fn picked(&self) -> Picked {
        let co = self.0.iter().filter(|(field, value)| field == "co" && !value.trim().is_empty());
        let mut co: Vec<UnitCode> = co.map(|(_, value)| UnitCode::new(value.trim())).collect();
        co.dedup();
        Picked {
            item: self.some("item_other").or_else(|| self.some("item")).map(ItemCode::new),
            lead: self.some("lead_other").or_else(|| self.some("lead")).map(UnitCode::new),
            co,
            urgency: Urgency::from_code(self.one("urgency")),
            note: self.one("note").to_owned(),
        }
    }

    fn query(&self, number: &str) -> Asking {
        Asking {
            tab: self.one("tab").to_owned(),
            m: Some(number.to_owned()),
            after: self.some("after").map(ToOwned::to_owned),
            ..Asking::default()
        }
    }

    /// Everything but the token, which changes with the session.
    fn said(&self) -> impl Iterator<Item = &str> {
        let fields = self.0.iter().filter(|(field, _)| field != crate::csrf::FIELD);
        fields.flat_map(|(field, value)| [field.as_str(), value.as_str()])
    }
}

/// Counts the dates anew for what is picked. By POST, so that the form's token
/// never becomes part of an address.
async fn recount(
    SignedIn(_): SignedIn,
    Path(number): Path<String>,
    form: CsrfForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let form = Form(form.into_inner());
    let picked = form.picked();
    let to = address(&[
        ("tab", form.one("tab")),
        ("after", form.one("after")),
        ("m", &number),
        ("item", picked.item.as_ref().map_or("", ItemCode::as_str)),
        ("lead", picked.lead.as_ref().map_or("", UnitCode::as_str)),
        ("urgency", picked.urgency.map_or("", Urgency::code)),
    ]);
    Ok(Redirect::to(&to).into_response())
}

/// `/inbox?…` with what is not empty.
fn address(parts: &[(&str, &str)]) -> String {
    let parts: Vec<_> = parts.iter().filter(|(_, value)| !value.is_empty()).collect();
    if parts.is_empty() {
        return "/inbox".to_owned();
    }
    format!("/inbox?{}", serde_html_form::to_string(parts).unwrap_or_default())
}

async fn accept_dispatch(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(number): Path<String>,
    form: CsrfForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let form = Form(form.into_inner());
    let picked = form.picked();
    let refusal = match carry_on(&site, &session, &number, &form, &picked).await {
        Ok(()) => {
            let to = address(&[
                ("tab", form.one("tab")),
                ("after", form.one("after")),
                ("m", form.one("next")),
                ("done", &number),
            ]);
            return Ok(Redirect::to(&to).into_response());
        }
        Err(Error::Refused(refusal)) => refusal,
        Err(fault) => return Err(problem(fault)),
    };
    let status: StatusCode = Problem::Refused(refusal.clone()).status();
    let query = form.query(&number);
    let page = page(&site, &session, shell, &query, &picked, Some(&refusal)).await?;
    Ok((status, Shown(page)).into_response())
}

async fn carry_on(
    site: &Site,
    session: &Session,
    number: &str,
    form: &Form,
    picked: &Picked,
) -> Result<(), Error> {
    let view = site.app.matter(&session.caller, number).await?;
    let mut composed = Composer::new(&site.app);
    let note = composed.optional(ContentTag::Note, form.one("note"))?;
    composed.commands = commands(&view, picked, note)?;
    let submission = Submission {
        sender: Sender::new(command_id(&site.app, form.one("command")), form.said()),
        caller: session.caller.clone(),
        matter: view.matter.id,
        seen: form.one("seen").parse().ok(),
        composed,
    };
    site.app.act(submission).await.map(drop)
}

/// What gets the message to a unit from where it stands: all of it or nothing.
fn commands(
    view: &MatterView,
    picked: &Picked,
    note: Option<Commitment>,
) -> Result<Vec<Command>, Refusal> {
    let matter = &view.matter;
    let needed = |field: &str| Refusal::new(Reason::FieldNeeded).with("field", field);
    let lead = picked.lead.clone().ok_or_else(|| needed("lead"))?;
    let urgency = picked.urgency.unwrap_or(matter.urgency);
    let co = picked.co.iter().filter(|unit| **unit != lead).cloned().collect();
    if matter.stage == Stage::Returned {
        return Ok(vec![Command::Adjudicate { lead, note }]);
    }
    let item = picked.item.clone().or_else(|| matter.item.clone());
    let item = item.ok_or(Reason::ItemNeeded)?;
    let dispatch = Command::Dispatch { lead, co, note };
    if matter.stage != Stage::Accepted {
        return Ok(vec![Command::Accept { item, urgency }, dispatch]);
    }
    let is_amended = matter.item.as_ref() != Some(&item) || matter.urgency != urgency;
    let amend = Command::AmendClass { item: Some(item), urgency, reason: None };
    Ok(is_amended.then_some(amend).into_iter().chain([dispatch]).collect())
}
