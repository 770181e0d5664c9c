//! `GET` and `POST /register`: what somebody says by phone, in person or by
//! letter. `POST /register/look-up` shows what the same caller and the same
//! place already have; by POST, so that no number stands in an address.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use bihuan_app::Error;
use bihuan_app::commands::Session;
use bihuan_app::queries::line::Line;
use bihuan_app::queries::register::{Beside, Call};
use bihuan_domain::ids::{GridCode, ItemCode};
use bihuan_domain::matter::{Source, Urgency};
use bihuan_domain::refusal::{Reason, Refusal};

use super::listed::Listed;
use super::receipt;
use super::search::is_phone;
use crate::csrf::{CsrfForm, FIELD};
use crate::pages::desk::register as show;
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, command_id, problem};
use crate::routes::spot;
use crate::shell::Shell;
use crate::view::field::Choice;
use crate::view::form::Entered;
use crate::view::state::Refused;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/register", get(blank).post(register))
        .route("/register/look-up", post(look_up))
}

/// The fields of the form as they were typed.
struct Sent(Vec<(String, String)>);

impl Sent {
    fn one(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }

    fn some(&self, name: &str) -> Option<String> {
        Some(self.one(name).to_owned()).filter(|value| !value.is_empty())
    }

    fn typed(&self) -> Vec<(String, String)> {
        self.0.iter().filter(|(field, _)| field != FIELD).cloned().collect()
    }

    /// What is wrong with the fields, before anything is asked of the rules.
    fn errors(&self, shell: &Shell) -> Vec<(String, String)> {
        let mut errors = Vec::new();
        let phone = self.one("phone");
        if !phone.is_empty() && !is_phone(phone) {
            errors.push(("phone".to_owned(), shell.tr("register-phone-wrong").into_owned()));
        }
        if self.one("words").is_empty() {
            errors.push(("words".to_owned(), shell.tr("register-words-needed").into_owned()));
        }
        let position = self.one("position");
        if !position.is_empty() && spot::typed(position).is_none() {
            errors.push(("position".to_owned(), shell.tr("position-wrong").into_owned()));
        }
        if self.is_accepted() && self.one("item").is_empty() {
            errors.push(("item".to_owned(), shell.tr("register-item-needed").into_owned()));
        }
        errors
    }

    fn is_accepted(&self) -> bool {
        !self.one("accept").is_empty()
    }

    fn call(&self) -> Result<Call, Refusal> {
        let source = Source::from_code(self.one("source")).filter(|one| show::is_offered(*one));
        Ok(Call {
            source: source
                .ok_or_else(|| Refusal::new(Reason::FieldNeeded).with("field", "source"))?,
            phone: self.some("phone"),
            name: self.some("caller"),
            confidential: !self.one("confidential").is_empty(),
            words: self.one("words").to_owned(),
            place: self.one("place").to_owned(),
            grid: self.some("grid").map(GridCode::new),
            position: spot::typed(self.one("position")),
            item: self.some("item").map(ItemCode::new),
            urgency: Urgency::from_code(self.one("urgency")).unwrap_or(Urgency::Ordinary),
            accept: self.is_accepted(),
        })
    }
}

async fn blank(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
) -> Result<Response, Problem> {
    let page = page(&site, &session, shell, &Entered::default(), &site.new_command(), None)?;
    Ok(Shown(page).into_response())
}

fn page(
    site: &Site,
    session: &Session,
    shell: Shell,
    entered: &Entered,
    command: &str,
    beside: Option<&Beside>,
) -> Result<show::Register, Problem> {
    let lang = shell.lang();
    let offered = site.app.register_offered(&session.caller).map_err(problem)?;
    let items = offered.items.iter().flat_map(|(class, items)| {
        items.iter().map(move |(code, name)| {
            let label = format!("{} / {}", lang.pick(class), lang.pick(name));
            Choice::new(code.as_str(), label)
        })
    });
    let rules = site.app.rules();
    let playbook = &rules.in_force(site.app.now()).map_err(problem)?.playbook;
    let offered =
        show::Offered { items: items.collect(), villages: spot::villages(lang, playbook) };
    let near = |lines: &[Line]| match beside {
        Some(beside) => near(&shell, beside, lines),
        None => Vec::new(),
    };
    let caller = beside.and_then(|beside| beside.caller.as_deref());
    let place = beside.map_or(&[][..], |beside| &beside.place);
    Ok(show::Register {
        form: show::form(lang, command, offered, entered),
        caller_asked: caller.is_some(),
        caller: near(caller.unwrap_or_default()),
        place: near(place),
        refused: None,
        shell,
    })
}

fn near(shell: &Shell, beside: &Beside, lines: &[Line]) -> Vec<show::Near> {
    let lang = shell.lang();
    let listed = Listed { lang, calendar: &beside.calendar, now: beside.now };
    lines
        .iter()
        .map(|line| {
            let about = [listed.source(line), listed.time(line.filed_at), listed.town(line)];
            let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
            show::Near {
                number: line.number.clone(),
                href: format!("/m/{}", line.number),
                title: listed.title(line),
                lamp: listed.lamp(line),
                about: about.join(&lang.tr("list-comma")),
            }
        })
        .collect()
}

async fn look_up(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent(form.into_inner());
    let phone = sent.some("phone").filter(|phone| is_phone(phone));
    let command = sent.one("command").to_owned();
    // The search is an act of its own, so the form's id stays unused.
    let search = command_id(&site.app, "");
    let beside = site
        .app
        .beside_call(&session.caller, search, phone.as_deref(), sent.one("place"))
        .await
        .map_err(problem)?;
    let mut errors = sent.errors(&shell);
    errors.retain(|(field, _)| field == "phone");
    let entered = Entered { values: sent.typed(), errors };
    let page = page(&site, &session, shell, &entered, &command, Some(&beside))?;
    Ok(Shown(page).into_response())
}

async fn register(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent(form.into_inner());
    let errors = sent.errors(&shell);
    if !errors.is_empty() {
        let next = shell.tr("register-mend").into_owned();
        return refused(&site, &session, shell, &sent, errors, next);
    }
    match file(&site, &session, &sent).await {
        Ok(filed) => {
            let receipt = receipt::cookie(&filed.number, &filed.code, site.frame.secure);
            Ok((receipt, Redirect::to(&format!("/m/{}", filed.number))).into_response())
        }
        Err(Error::Refused(refusal)) => {
            let next = shell.lang().refusal(&refusal);
            let errors = match refusal.reason {
                Reason::PlaceOutsideCounty => vec![("position".to_owned(), next.clone())],
                _ => Vec::new(),
            };
            refused(&site, &session, shell, &sent, errors, next)
        }
        Err(fault) => Err(problem(fault)),
    }
}

async fn file(
    site: &Site,
    session: &Session,
    sent: &Sent,
) -> Result<bihuan_app::commands::Filed, Error> {
    let command = command_id(&site.app, sent.one("command"));
    site.app.register(&session.caller, command, sent.call()?).await
}

fn refused(
    site: &Site,
    session: &Session,
    shell: Shell,
    sent: &Sent,
    errors: Vec<(String, String)>,
    next: String,
) -> Result<Response, Problem> {
    let entered = Entered { values: sent.typed(), errors };
    let title = shell.tr("register-refused").into_owned();
    let mut page = page(site, session, shell, &entered, sent.one("command"), None)?;
    page.refused = Some(Refused { title, next, link: None });
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Shown(page)).into_response())
}
