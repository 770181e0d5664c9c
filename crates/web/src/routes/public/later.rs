//! Too much from one address: what was typed is shown again with the wait, and
//! nothing of it was filed. Addresses are shared by offices and villages, so
//! nobody is told that it was their doing.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bihuan_app::Error;

use crate::i18n::Lang;
use crate::problem::Problem;
use crate::routes::site::problem;
use crate::view::state::Refused;

/// Seconds that an address which sent too much must wait; none where it may go
/// on.
pub(super) fn wait(counted: Result<(), Error>) -> Result<Option<u32>, Problem> {
    match counted {
        Ok(()) => Ok(None),
        Err(Error::TooMany { seconds }) => Ok(Some(seconds)),
        Err(fault) => Err(problem(fault)),
    }
}

pub(super) fn notice(lang: Lang, seconds: u32) -> Refused {
    Refused {
        title: lang.tr("later-title").into_owned(),
        next: lang.trn("later-next", "minutes", seconds.div_ceil(60)),
        link: None,
    }
}

pub(super) fn answer(page: impl IntoResponse, seconds: u32) -> Response {
    let after = [(header::RETRY_AFTER, seconds.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, after, page).into_response()
}
