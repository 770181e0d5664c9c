//! Coming in and going out: `/sign-in`, `/sign-out`, `/me`.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use bihuan_app::Error;
use bihuan_domain::instant::Instant;
use serde::Deserialize;

use super::address::Sender;
use super::page::Shown;
use super::site::{SignedIn, Site, problem, ways};
use crate::csrf::{self, CsrfForm, SESSION_COOKIE};
use crate::pages::desk::account::{Me, Password, Post as HeldPost, Session as Open, password_form};
use crate::pages::sign_in::{GoOn, SignIn};
use crate::problem::{Kept, Problem};
use crate::settings::safe_path;
use crate::shell::Shell;
use crate::view::device::device;
use crate::view::form::Entered;
use crate::view::why::day_at;

const PASSWORD_LEAST: u32 = bihuan_app::commands::PASSWORD_LEAST as u32;

pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/sign-in", get(sign_in_page).post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/me", get(me))
        .route("/me/sessions/end", post(end_session))
        .route("/me/password", get(password_page).post(change_password))
        .route("/me/post", post(choose_post))
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

async fn sign_in_page(shell: Shell, Query(query): Query<Back>) -> Response {
    let back = safe_path(&query.back).to_owned();
    Shown(SignIn::new(shell, back, None)).into_response()
}

#[derive(Deserialize)]
struct Credentials {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    back: String,
    #[serde(default)]
    kept_action: String,
    #[serde(default)]
    kept: String,
}

async fn sign_in(
    State(site): State<Site>,
    mut shell: Shell,
    headers: HeaderMap,
    Sender(from): Sender,
    form: CsrfForm<Credentials>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let name = sent.name.trim();
    let kept = (!sent.kept_action.is_empty()).then(|| Kept::decoded(&sent.kept_action, &sent.kept));
    if name.is_empty() && sent.password.is_empty() {
        let back = safe_path(&sent.back).to_owned();
        return Ok(Shown(SignIn::new(shell, back, kept)).into_response());
    }
    let signed_in =
        match site.app.sign_in(name, &sent.password, &from, agent.unwrap_or_default()).await {
            Ok(signed_in) => signed_in,
            Err(Error::Forbidden) => {
                let back = safe_path(&sent.back).to_owned();
                let page = SignIn::new(shell, back, kept).wrong(name);
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, Shown(page)).into_response());
            }
            Err(fault) => return Err(problem(fault)),
        };
    let to = if signed_in.must_change {
        "/me/password".to_owned()
    } else {
        landing(&site, &signed_in.token, safe_path(&sent.back)).await?
    };
    // A form token is bound to its session, so the kept form needs a new one.
    let form_token = site.frame.form_key.issue(site.app.random(), &signed_in.token);
    let jar = CookieJar::new()
        .add(session_cookie(signed_in.token, site.frame.secure))
        .add(csrf::cookie(form_token.clone(), site.frame.secure));
    if let Some(kept) = kept.filter(|_| !signed_in.must_change) {
        shell.csrf = form_token;
        return Ok((jar, Shown(GoOn { shell, kept })).into_response());
    }
    Ok((jar, Redirect::to(&to)).into_response())
}

/// Where the person wanted to go, else where their post begins.
async fn landing(site: &Site, token: &str, back: &str) -> Result<String, Problem> {
    if back != "/" {
        return Ok(back.to_owned());
    }
    let session = site.app.session(token).await.map_err(problem)?;
    let first = session.and_then(|session| ways(session.caller.role()).first());
    Ok(first.map_or("/", |(_, href)| href).to_owned())
}

fn session_cookie(token: String, secure: bool) -> Cookie<'static> {
    Cookie::build((SESSION_COOKIE, token))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .build()
}

#[derive(Deserialize)]
struct Nothing {}

async fn sign_out(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    form: CsrfForm<Nothing>,
) -> Result<Response, Problem> {
    form.into_inner();
    site.app.end_session(&session, &session.id).await.map_err(problem)?;
    let gone = Cookie::build((SESSION_COOKIE, "")).path("/").removal().build();
    Ok((CookieJar::new().add(gone), Redirect::to("/")).into_response())
}

async fn password_page(SignedIn(session): SignedIn, shell: Shell) -> Response {
    let form = password_form(shell.lang(), PASSWORD_LEAST);
    Shown(Password { form, is_first: session.must_change, done: None, shell }).into_response()
}

#[derive(Deserialize)]
struct NewPassword {
    current: String,
    new: String,
    again: String,
}

async fn change_password(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<NewPassword>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let lang = shell.lang();
    let fault = if sent.new != sent.again {
        Some(("again", lang.tr("password-differs").into_owned()))
    } else {
        match site.app.change_password(&session, &sent.current, &sent.new).await {
            Ok(()) => None,
            Err(Error::Forbidden) => Some(("current", lang.tr("password-wrong").into_owned())),
            Err(Error::Refused(refusal)) => Some(("new", lang.refusal(&refusal))),
            Err(fault) => return Err(problem(fault)),
        }
    };
    let Some((field, message)) = fault else {
        let to = ways(session.caller.role()).first().map_or("/", |(_, href)| href);
        return Ok(Redirect::to(to).into_response());
    };
    let entered = Entered { values: Vec::new(), errors: vec![(field.to_owned(), message)] };
    let form = password_form(lang, PASSWORD_LEAST).entered(&entered);
    let page = Password { form, is_first: session.must_change, done: None, shell };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Shown(page)).into_response())
}

#[derive(Deserialize)]
struct Post {
    post: String,
}

async fn choose_post(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    form: CsrfForm<Post>,
) -> Result<Response, Problem> {
    site.app.choose_post(&session, &form.into_inner().post).await.map_err(problem)?;
    Ok(Redirect::to("/").into_response())
}

async fn me(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let rules = site.app.rules();
    let calendar = &rules.in_force(site.app.now()).map_err(problem)?.calendar;
    let day = |micros| day_at(calendar, Instant::from_micros(micros));
    let open = site.app.my_sessions(&session).await.map_err(problem)?;
    let sessions = open
        .into_iter()
        .map(|row| Open {
            is_this: row.token == session.id,
            id: row.token,
            device: device(lang, &row.agent),
            began: day(row.made_us),
            last_used: day(row.seen_us),
        })
        .collect();
    let posts = session
        .posts
        .iter()
        .map(|post| HeldPost {
            id: post.id.clone(),
            unit: lang.pick(&rules.unit_name(&post.unit)).to_owned(),
            role: lang.code_of("role", &post.role).into_owned(),
            is_current: post.id == session.post.id,
        })
        .collect();
    let (name, account) = (session.name, session.login);
    Ok(Shown(Me { name, account, posts, sessions, done: None, shell }).into_response())
}

#[derive(Deserialize)]
struct Ended {
    session: String,
}

async fn end_session(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    form: CsrfForm<Ended>,
) -> Result<Response, Problem> {
    site.app.end_session(&session, &form.into_inner().session).await.map_err(problem)?;
    Ok(Redirect::to("/me").into_response())
}
