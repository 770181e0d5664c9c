//! One type for everything that goes wrong on the way to an answer, and the one
//! place that turns it into a status: a page for people, a panel for a swapped
//! block, JSON for programs. Every one of them says what to do next.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Json, Redirect, Response};
use bihuan_domain::refusal::{Reason, Refusal};
use serde_json::json;

use crate::i18n::{Key, Lang};
use crate::shell::Shell;

/// A filled form that could not be taken, so that nothing typed is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

/// Fields that belong to the form and not to the person.
const INNER_FIELDS: [&str; 5] = [TOKEN_FIELD, "password", "current", "new", "again"];
/// When to come back to a system that is busy (default, not official).
pub(crate) const BUSY_SECONDS: u32 = 10;
/// When to come back to a disk that takes nothing: somebody must make room first
/// (default, not official).
pub(crate) const FULL_SECONDS: u32 = 120;
/// The field every form carries its token in.
pub(crate) const TOKEN_FIELD: &str = "csrf";

impl Kept {
    pub fn new(action: String, fields: Vec<(String, String)>) -> Self {
        let fields =
            fields.into_iter().filter(|(name, _)| !INNER_FIELDS.contains(&name.as_str())).collect();
        Self { action, fields }
    }

    /// The fields as one text, for carrying them through a sign-in.
    pub fn encoded(&self) -> String {
        serde_html_form::to_string(&self.fields).unwrap_or_default()
    }

    pub fn decoded(action: &str, encoded: &str) -> Self {
        let fields = serde_html_form::from_str(encoded).unwrap_or_default();
        Self::new(crate::settings::safe_path(action).to_owned(), fields)
    }

    /// What a person would recognise as typed.
    pub fn typed(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(_, value)| value.trim()).filter(|value| value.chars().count() > 1)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A business "no" of the rules.
    Refused(Refusal),
    /// The form's token is missing, old or foreign.
    FormExpired(Kept),
    Malformed,
    /// Sent by a page of another site, with whoever is signed in here.
    Foreign,
    WrongMethod,
    TooLarge,
    NotFound,
    Forbidden,
    /// Nobody is signed in. A form that was being sent is kept and sent after.
    SignInNeeded {
        back: String,
        kept: Option<Kept>,
    },
    TooMany {
        retry_after_seconds: u32,
    },
    /// Signed in with a password somebody else gave.
    PasswordFirst,
    Unavailable,
    /// The disk is full or may not be written.
    CannotKeep,
    /// A photo or file of the record is not where it was put.
    FileMissing,
    /// A part of what is stored cannot be read.
    Damaged {
        operation: String,
    },
    /// Something is broken; the operation's id finds it in the log.
    Internal {
        operation: String,
    },
}

impl Problem {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Refused(refusal) => refused_status(refusal.reason),
            Self::FormExpired(_) | Self::Forbidden | Self::Foreign => StatusCode::FORBIDDEN,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotFound | Self::FileMissing => StatusCode::NOT_FOUND,
            Self::SignInNeeded { .. } | Self::PasswordFirst => StatusCode::UNAUTHORIZED,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable | Self::CannotKeep => StatusCode::SERVICE_UNAVAILABLE,
            Self::Damaged { .. } | Self::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Stable name for programs.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(refusal) => refusal.reason.code(),
            Self::FormExpired(_) => "form-expired",
            Self::Malformed => "malformed",
            Self::Foreign => "foreign-form",
            Self::WrongMethod => "wrong-method",
            Self::TooLarge => "too-large",
            Self::NotFound => "not-found",
            Self::Forbidden => "forbidden",
            Self::SignInNeeded { .. } => "sign-in-needed",
            Self::TooMany { .. } => "too-many",
            Self::PasswordFirst => "password-first",
            Self::Unavailable => "unavailable",
            Self::CannotKeep => "cannot-keep",
            Self::FileMissing => "file-missing",
            Self::Damaged { .. } => "damaged",
            Self::Internal { .. } => "internal",
        }
    }

    const fn title(&self) -> Key {
        match self {
            Self::Refused(_) => Key("problem-refused"),
            Self::FormExpired(_) => Key("problem-form-expired"),
            Self::Malformed => Key("problem-malformed"),
            Self::Foreign => Key("problem-foreign"),
            Self::WrongMethod => Key("problem-wrong-method"),
            Self::TooLarge => Key("problem-too-large"),
            Self::NotFound => Key("problem-not-found"),
            Self::Forbidden => Key("problem-forbidden"),
            Self::SignInNeeded { .. } => Key("problem-sign-in-needed"),
            Self::TooMany { .. } => Key("problem-too-many"),
            Self::PasswordFirst => Key("problem-password-first"),
            Self::Unavailable => Key("problem-unavailable"),
            Self::CannotKeep => Key("problem-cannot-keep"),
            Self::FileMissing => Key("problem-file-missing"),
            Self::Damaged { .. } => Key("problem-damaged"),
            Self::Internal { .. } => Key("problem-internal"),
        }
    }

    /// What to do next.
    fn next(&self, lang: Lang) -> String {
        match self {
            Self::Refused(refusal) => lang.refusal(refusal),
            Self::FormExpired(_) => lang.tr("problem-form-expired-next").into_owned(),
            Self::Malformed => lang.tr("problem-malformed-next").into_owned(),
            Self::Foreign => lang.tr("problem-foreign-next").into_owned(),
            Self::WrongMethod => lang.tr("problem-wrong-method-next").into_owned(),
            Self::TooLarge => lang.tr("problem-too-large-next").into_owned(),
            Self::NotFound => lang.tr("problem-not-found-next").into_owned(),
            Self::Forbidden => lang.tr("problem-forbidden-next").into_owned(),
            Self::SignInNeeded { .. } => lang.tr("problem-sign-in-needed-next").into_owned(),
            Self::TooMany { retry_after_seconds } => {
                lang.trn("problem-too-many-next", "minutes", retry_after_seconds.div_ceil(60))
            }
            Self::PasswordFirst => lang.tr("problem-password-first-next").into_owned(),
            Self::Unavailable => lang.tr("problem-unavailable-next").into_owned(),
            Self::CannotKeep => lang.tr("problem-cannot-keep-next").into_owned(),
            Self::FileMissing => lang.tr("problem-file-missing-next").into_owned(),
            Self::Damaged { operation } => lang.trn("problem-damaged-next", "operation", operation),
            Self::Internal { operation } => {
                lang.trn("problem-internal-next", "operation", operation)
            }
        }
    }

    /// The answer, in the form the asker can use.
    pub fn answer(self, shell: Shell, form: AnswerForm) -> Response {
        let mut response = match (form, &self) {
            (AnswerForm::Json, _) => self.as_json(shell.lang()),
            (AnswerForm::Page, Self::SignInNeeded { back, kept: None }) => sign_in(back),
            (AnswerForm::Page, Self::PasswordFirst) => Redirect::to("/me/password").into_response(),
            (AnswerForm::Fragment, Self::SignInNeeded { back, .. }) => htmx_sign_in(back),
            (AnswerForm::Fragment, _) => self.page(shell).fragment(),
            (AnswerForm::Page, _) => self.page(shell).whole(),
        };
        let retry_after = match self {
            Self::TooMany { retry_after_seconds } => Some(retry_after_seconds),
            Self::Unavailable => Some(BUSY_SECONDS),
            Self::CannotKeep => Some(FULL_SECONDS),
            _ => None,
        };
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }

    fn page(&self, shell: Shell) -> ProblemPage {
        let kept = match self {
            Self::FormExpired(kept) | Self::SignInNeeded { kept: Some(kept), .. } => {
                Some(kept.clone())
            }
            _ => None,
        };
        ProblemPage {
            status: self.status(),
            title: shell.tr(self.title().0).into_owned(),
            next: self.next(shell.lang()),
            kept,
            sign_in: matches!(self, Self::SignInNeeded { .. }),
            shell,
        }
    }

    fn as_json(&self, lang: Lang) -> Response {
        let facts = match self {
            Self::Refused(refusal) => json!(refusal.facts),
            Self::Internal { operation } | Self::Damaged { operation } => {
                json!({ "operation": operation })
            }
            _ => json!({}),
        };
        let status = self.status();
        let body = json!({
            "status": status.as_u16(),
            "code": self.code(),
            "title": lang.tr(self.title().0),
            "detail": self.next(lang),
            "facts": facts,
        });
        // RFC 9457
        (status, [(header::CONTENT_TYPE, "application/problem+json")], Json(body)).into_response()
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// "Someone acted in between" and "same id, other content" are conflicts; every
/// other refusal is about the content of the request.
fn refused_status(reason: Reason) -> StatusCode {
    match reason {
        Reason::ChangedMeanwhile | Reason::CommandIdReused | Reason::AlreadyExists => {
            StatusCode::CONFLICT
        }
        Reason::NoSuchMatter => StatusCode::NOT_FOUND,
        Reason::NotYourRole | Reason::NotYours => StatusCode::FORBIDDEN,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// Until the frame around the routes gives it a page, a problem is its status
/// and itself.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerForm {
    Page,
    /// A block of a page, swapped in by htmx.
    Fragment,
    Json,
}

fn sign_in(back: &str) -> Response {
    let target = sign_in_path(back);
    let location =
        HeaderValue::from_str(&target).unwrap_or_else(|_| HeaderValue::from_static("/sign-in"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// htmx follows redirects inside the block; the whole page must go instead.
fn htmx_sign_in(back: &str) -> Response {
    (StatusCode::UNAUTHORIZED, [("HX-Redirect", sign_in_path(back))]).into_response()
}

fn sign_in_path(back: &str) -> String {
    let query = serde_html_form::to_string([("back", crate::settings::safe_path(back))]);
    format!("/sign-in?{}", query.unwrap_or_default())
}

#[derive(Template)]
#[template(path = "pages/problem.html", blocks = ["panel"])]
struct ProblemPage {
    shell: Shell,
    status: StatusCode,
    title: String,
    next: String,
    kept: Option<Kept>,
    sign_in: bool,
}

impl ProblemPage {
    fn whole(&self) -> Response {
        self.render().map_or_else(
            |_| self.status.into_response(),
            |html| (self.status, Html(html)).into_response(),
        )
    }

    fn fragment(&self) -> Response {
        self.as_panel().render().map_or_else(
            |_| self.status.into_response(),
            |html| (self.status, Html(html)).into_response(),
        )
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::samples;
