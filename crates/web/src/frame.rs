//! What stands around every route: the shell of the page is made before the
//! handler runs, a problem becomes an answer after it, and a form token is
//! issued to whoever has none.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use bihuan_domain::playbook::model::Text;
use tower_http::compression::CompressionLayer;

use crate::csp::{self, Policy};
use crate::csrf::{self, CsrfForm, FormKey};
use crate::gate;
use crate::pace::{self, Pace};
use crate::problem::{AnswerForm, Problem};
use crate::settings::{self, Change, Settings};
use crate::shell::{Checkpoint, Shell};
use crate::view::day::Day;

/// Forms without files. Routes that take files set their own limit.
/// A hundred thousand characters, written as a browser writes them into a form,
/// still fit, so that they can be refused with the words kept.
pub const FORM_LIMIT_BYTES: usize = 2 * 1024 * 1024;
/// No answer takes longer; uploads are given their own routes' time.
pub const ANSWER_LIMIT: Duration = Duration::from_secs(30);
/// Photos from a phone with a weak signal take as long as they take.
pub const UPLOAD_LIMIT: Duration = Duration::from_secs(15 * 60);

/// A demo's certificate is its own: a browser that insisted on HTTPS there would
/// lock its user out of the next one.
const A_YEAR: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// What pages say about the county and the present, asked anew for each page.
#[derive(Clone, Debug)]
pub struct About {
    pub county: Text,
    pub playbook: String,
    pub checkpoint: Option<Checkpoint>,
    pub today: Day,
    pub demo: bool,
}

/// What the frame needs from outside.
pub trait Surroundings: Send + Sync {
    fn about(&self) -> About;
    fn random(&self) -> [u8; 16];
}

#[derive(Clone)]
pub struct Frame {
    pub surroundings: Arc<dyn Surroundings>,
    pub form_key: FormKey,
    pub policy: Policy,
    /// Served over HTTPS: cookies say so.
    pub secure: bool,
    /// How long an answer may take where no files are sent.
    pub answer_limit: Duration,
    /// How slowly files may come.
    pub pace: Pace,
}

impl Frame {
    /// Puts the frame around the routes; `uploads` are those whose forms carry
    /// files.
    pub fn around(self, routes: Router, uploads: Router) -> Router {
        let policy = self.policy.clone();
        let settings = Router::new()
            .route("/settings", axum::routing::post(change_settings))
            .with_state(self.clone());
        routes
            .merge(settings)
            .fallback(|| async { Problem::NotFound })
            .method_not_allowed_fallback(wrong_method)
            .layer(DefaultBodyLimit::max(FORM_LIMIT_BYTES))
            .layer(from_fn_with_state(self.answer_limit, within))
            .merge(
                uploads
                    .method_not_allowed_fallback(wrong_method)
                    .layer(from_fn_with_state(self.pace, pace::keep))
                    .layer(from_fn_with_state(UPLOAD_LIMIT, within)),
            )
            .layer(from_fn_with_state(self, stand_around))
            .layer(from_fn_with_state(policy, csp::guard))
            .layer(CompressionLayer::new())
    }

    fn shell(&self, settings: Settings, path: String, csrf: String) -> Shell {
        let about = self.surroundings.about();
        Shell {
            county: settings.lang.pick(&about.county).to_owned(),
            settings,
            path,
            csrf,
            nav: Vec::new(),
            today: about.today,
            officer: None,
            playbook: about.playbook,
            checkpoint: about.checkpoint,
            demo: about.demo,
        }
    }
}

async fn wrong_method() -> Problem {
    Problem::WrongMethod
}

/// Whoever waited so long is told to send the same form again: what was handed
/// to the writer is finished, and then answered as it was the first time.
async fn within(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let family = path.split('/').nth(1).unwrap_or_default();
            tracing::warn!(family, "an answer took too long: is the disk slow? bihuan doctor");
            Problem::Unavailable.into_response()
        }
    }
}

impl axum::extract::FromRef<Frame> for FormKey {
    fn from_ref(frame: &Frame) -> Self {
        frame.form_key.clone()
    }
}

/// The shell made for this request.
impl<S: Send + Sync> FromRequestParts<S> for Shell {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Problem::Internal { operation: "no-frame".to_owned() })
    }
}

async fn stand_around(State(frame): State<Frame>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let session = csrf::session_of(request.headers());
    let kept_token = jar
        .get(csrf::COOKIE)
        .map(|cookie| cookie.value().to_owned())
        .filter(|token| frame.form_key.holds(token, &session));
    let is_new = kept_token.is_none();
    let token =
        kept_token.unwrap_or_else(|| frame.form_key.issue(frame.surroundings.random(), &session));
    let settings = Settings::read(
        jar.get(settings::COOKIE).map(Cookie::value),
        text_of(request.headers(), header::ACCEPT_LANGUAGE),
    );
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let form = answer_form(request.headers(), &path);
    let shell = frame.shell(settings, path, token.clone());
    let shell_is_demo = shell.demo;
    request.extensions_mut().insert(shell.clone());

    let turned_away = gate::turned_away(&request);
    let is_foreign = turned_away == Some(Problem::Foreign);
    let mut response = match turned_away {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    };
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let others = std::mem::take(response.extensions_mut());
        response = problem.answer(shell, form);
        response.extensions_mut().extend(others);
    }
    if frame.secure && !shell_is_demo {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, A_YEAR);
    }
    // Another site's form comes without the person's cookies: a new one would
    // take the place of theirs.
    if is_new && !is_foreign {
        set_cookie(&mut response, &csrf::cookie(token, frame.secure));
    }
    response
}

fn answer_form(headers: &HeaderMap, path: &str) -> AnswerForm {
    if path.starts_with("/api/") || path.starts_with("/open311/") {
        return AnswerForm::Json;
    }
    if headers.contains_key("hx-request") {
        return AnswerForm::Fragment;
    }
    match text_of(headers, header::ACCEPT) {
        Some(accept) if accept.starts_with("application/json") => AnswerForm::Json,
        _ => AnswerForm::Page,
    }
}

fn text_of(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn set_cookie(response: &mut Response, cookie: &Cookie<'_>) {
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// `POST /settings`
async fn change_settings(
    State(frame): State<Frame>,
    shell: Shell,
    form: CsrfForm<Change>,
) -> Response {
    let change = form.into_inner();
    let cookie = Cookie::build((settings::COOKIE, shell.settings.changed(&change).cookie_value()))
        .path("/")
        .permanent()
        .same_site(SameSite::Lax)
        .secure(frame.secure)
        .build();
    let mut response = Redirect::to(settings::safe_path(&change.back)).into_response();
    set_cookie(&mut response, &cookie);
    response
}

#[cfg(test)]
mod tests;
