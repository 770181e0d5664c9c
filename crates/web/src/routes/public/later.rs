//! What cannot be taken now: what was typed is shown again with when to come
//! back. Nothing of it was filed, or nobody knows, and the same id sent again
//! tells. Addresses are shared by offices and
//! villages, so nobody is told that it was their doing.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bihuan_app::Error;

use crate::i18n::Lang;
use crate::problem::{BUSY_SECONDS, FULL_SECONDS, Problem};
use crate::routes::site::problem;
use crate::view::state::Refused;

/// Why a form must be sent again later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Later {
    /// So many seconds, because too much came from its address.
    TooMuch(u32),
    Busy,
    /// The disk takes nothing.
    CannotKeep,
}

/// Whether a form may go on, or why only later.
pub(super) fn wait(counted: Result<(), Error>) -> Result<Option<Later>, Problem> {
    match counted.map_err(problem) {
        Ok(()) => Ok(None),
        Err(problem) => Later::of(problem).map(Some),
    }
}

impl Later {
    /// What passes is a reason to wait; everything else stays the problem it is.
    pub(super) fn of(problem: Problem) -> Result<Self, Problem> {
        match problem {
            Problem::TooMany { retry_after_seconds } => Ok(Self::TooMuch(retry_after_seconds)),
            Problem::Unavailable => Ok(Self::Busy),
            Problem::CannotKeep => Ok(Self::CannotKeep),
            other => Err(other),
        }
    }

    const fn seconds(self) -> u32 {
        match self {
            Self::TooMuch(seconds) => seconds,
            Self::Busy => BUSY_SECONDS,
            Self::CannotKeep => FULL_SECONDS,
        }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::TooMuch(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::CannotKeep => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    pub(super) fn notice(self, lang: Lang) -> Refused {
        let (title, next) = match self {
            Self::TooMuch(seconds) => {
                (lang.tr("later-title"), lang.trn("later-next", "minutes", seconds.div_ceil(60)))
            }
            Self::Busy => (lang.tr("problem-unavailable"), lang.tr("later-busy-next").into_owned()),
            Self::CannotKeep => {
                (lang.tr("problem-cannot-keep"), lang.tr("later-cannot-keep-next").into_owned())
            }
        };
        Refused { title: title.into_owned(), next, link: None }
    }

    pub(super) fn answer(self, page: impl IntoResponse) -> Response {
        let after = [(header::RETRY_AFTER, self.seconds().to_string())];
        (self.status(), after, page).into_response()
    }
}
