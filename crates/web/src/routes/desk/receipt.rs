//! The code of a report an officer registered, carried to the matter's page once
//! and then gone: it opens the track page, so it stands in no address and no log.

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

const COOKIE: &str = "bihuan_receipt";

/// Sent back only to the matter's own page.
fn path(number: &str) -> String {
    format!("/m/{number}")
}

pub(super) fn cookie(number: &str, code: &str, secure: bool) -> CookieJar {
    let cookie = Cookie::build((COOKIE, code.to_owned()))
        .path(path(number))
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(secure)
        .build();
    CookieJar::new().add(cookie)
}

/// The code just issued for this matter, and what makes the browser forget it.
pub(super) fn take(jar: &CookieJar, number: &str) -> Option<(String, CookieJar)> {
    let code = jar.get(COOKIE)?.value().to_owned();
    let gone = Cookie::build((COOKIE, "")).path(path(number)).removal().build();
    Some((code, CookieJar::new().add(gone)))
}
