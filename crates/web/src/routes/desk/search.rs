//! `GET /search`: by number, words, place and unit; `POST /search/phone` for
//! posts that call reporters back.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bihuan_app::queries::search::{Results, Sought, may_search_by_phone};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{GridCode, UnitCode};
use bihuan_domain::matter::Stage;
use serde::Deserialize;

use super::listed::Listed;
use crate::csrf::CsrfForm;
use crate::i18n::Lang;
use crate::pages::desk::search as show;
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, command_id, problem};
use crate::shell::Shell;
use crate::view::field::Choice;
use crate::view::form::Entered;
use crate::view::state::Refused;
use crate::view::table::Pages;

/// Digits of a phone number at least; a shorter one is a slip.
const PHONE_DIGITS: usize = 7;

pub(super) fn routes() -> Router<Site> {
    Router::new().route("/search", get(search)).route("/search/phone", post(search_phone))
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Asking {
    /// What the field at the top of every page sends.
    #[serde(default)]
    q: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    town: String,
    #[serde(default)]
    stage: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    after: Option<String>,
}

impl Asking {
    fn words(&self) -> &str {
        if self.words.trim().is_empty() { self.q.trim() } else { self.words.trim() }
    }

    /// A code or date that is none of ours narrows nothing.
    fn sought(&self) -> Sought {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Sought {
            words: self.words().to_owned(),
            unit: some(&self.unit).map(UnitCode::new),
            town: some(&self.town).map(GridCode::new),
            stage: Stage::from_code(&self.stage).map(|stage| stage.code().to_owned()),
            from: self.from.parse().ok(),
            to: self.to.parse().ok(),
            after: self.after.clone(),
        }
    }

    fn fields(&self) -> [(&'static str, &str); 6] {
        [
            ("words", self.words()),
            ("unit", &self.unit),
            ("town", &self.town),
            ("stage", &self.stage),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    fn address(&self, after: Option<&str>) -> String {
        let fields = self.fields().into_iter().filter(|(_, value)| !value.is_empty());
        let parts: Vec<_> = fields.chain(after.map(|after| ("after", after))).collect();
        format!("/search?{}", serde_html_form::to_string(parts).unwrap_or_default())
    }

    fn entered(&self) -> Entered {
        let values = self.fields().map(|(name, value)| (name.to_owned(), value.to_owned()));
        Entered { values: values.into(), errors: Vec::new() }
    }
}

async fn search(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asking): Query<Asking>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let found = site.app.search(&session.caller, &asking.sought()).await.map_err(problem)?;
    let mut page = empty(&site, &session.caller.role(), shell, &asking)?;
    page.refused = too_short(lang, asking.words());
    page.is_asked = !asking.sought().is_empty();
    page.say = if page.is_asked {
        said(lang, &found, asking.after.is_some())
    } else {
        lang.tr("search-ask").into_owned()
    };
    page.pages = Pages {
        shown: lang.trn("search-shown", "n", found.found.len()),
        first: asking.after.is_some().then(|| asking.address(None)),
        next: found.next.as_deref().map(|next| asking.address(Some(next))),
    };
    page.found = lines(lang, &found);
    Ok(Shown(page).into_response())
}

/// A single character is in too many reports to find anything by.
fn too_short(lang: Lang, words: &str) -> Option<Refused> {
    (words.chars().count() == 1).then(|| Refused {
        title: lang.tr("search-short").into_owned(),
        next: lang.tr("search-short-how").into_owned(),
        link: None,
    })
}

/// What is counted is what is listed; a list that goes on says only that.
fn said(lang: Lang, found: &Results, is_later_page: bool) -> String {
    let count = found.found.len() as u64;
    if found.next.is_some() || is_later_page {
        return lang.trn("search-say-more", "n", count);
    }
    show::sentence(lang, count)
}

fn empty(site: &Site, role: &Role, shell: Shell, asking: &Asking) -> Result<show::Search, Problem> {
    let lang = shell.lang();
    let offered = site.app.search_offered().map_err(problem)?;
    let units = offered.units.iter();
    let towns = offered.towns.iter();
    let offered = show::Offered {
        units: units.map(|(code, name)| Choice::new(code.as_str(), lang.pick(name))).collect(),
        towns: towns.map(|(code, name)| Choice::new(code.as_str(), lang.pick(name))).collect(),
        stages: Stage::ALL
            .iter()
            .map(|stage| Choice::new(stage.code(), lang.code_of("stage", stage.code())))
            .collect(),
    };
    let phone = may_search_by_phone(*role)
        .then(|| show::phone_form(lang).with("command", site.new_command()));
    Ok(show::Search {
        asked: asking.words().to_owned(),
        say: String::new(),
        filters: show::filter_form(lang, offered, &asking.entered()),
        phone,
        found: Vec::new(),
        is_asked: true,
        pages: Pages::default(),
        refused: None,
        shell,
    })
}

fn lines(lang: Lang, found: &Results) -> Vec<show::Found> {
    let listed = Listed { lang, calendar: &found.calendar, now: found.now };
    found
        .found
        .iter()
        .map(|one| show::Found {
            number: one.line.number.clone(),
            href: format!("/m/{}", one.line.number),
            title: listed.title(&one.line),
            excerpt: one.excerpt.clone(),
            lamp: listed.lamp(&one.line),
            place: listed.place(&one.line),
            unit: one
                .line
                .lead_name
                .as_ref()
                .map(|name| lang.pick(name).to_owned())
                .unwrap_or_default(),
            filed: listed.day(one.line.filed_at),
        })
        .collect()
}

#[derive(Deserialize)]
struct Phone {
    phone: String,
    #[serde(default)]
    command: String,
}

async fn search_phone(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: Result<CsrfForm<Phone>, Problem>,
) -> Result<Response, Problem> {
    // The post before the form: who may not ask is not told how to.
    if !may_search_by_phone(session.caller.role()) {
        return Err(Problem::Forbidden);
    }
    let sent = form?.into_inner();
    let lang = shell.lang();
    let mut page = empty(&site, &session.caller.role(), shell, &Asking::default())?;
    if !is_phone(&sent.phone) {
        page.say = lang.tr("search-ask").into_owned();
        page.refused = Some(Refused {
            title: lang.tr("search-phone-short").into_owned(),
            next: lang.tr("search-phone-hint").into_owned(),
            link: None,
        });
        let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
        return Ok((status, Shown(page)).into_response());
    }
    let command = command_id(&site.app, &sent.command);
    let found = site.app.search_phone(&session.caller, command, &sent.phone).await;
    let found = found.map_err(problem)?;
    page.say = said(lang, &found, false);
    page.found = lines(lang, &found);
    Ok(Shown(page).into_response())
}

/// Digits with the usual marks between them.
pub(super) fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let marks = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+' | '(' | ')');
    (PHONE_DIGITS..=15).contains(&digits) && text.trim().chars().all(marks)
}
