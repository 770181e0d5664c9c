//! A form's payload is out of reach until its token is verified: handlers take
//! [`CsrfForm`] or [`CsrfMultipart`], never axum's own extractors.
//!
//! The token is a double-submit cookie signed by the server, so that it works
//! for people without an account; it is bound to the session cookie where there
//! is one, so that a cookie planted by a neighbouring host is of no use.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRef, FromRequest, Request};
use axum::http::HeaderMap;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::de::DeserializeOwned;
use sha2::Sha256;

use crate::problem::{Kept, Problem, TOKEN_FIELD};
use crate::typed::{self, Allowance};

pub const COOKIE: &str = "bihuan_form";
pub const SESSION_COOKIE: &str = "bihuan_session";
pub const FIELD: &str = TOKEN_FIELD;

/// The server's key for form tokens.
#[derive(Clone)]
pub struct FormKey([u8; 32]);

impl FormKey {
    pub const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// A fresh token from random bytes.
    pub fn issue(&self, random: [u8; 16], session: &str) -> String {
        format!("{}.{}", BASE32_NOPAD.encode(&random), self.tag(&random, session))
    }

    /// Whether a token was issued by us for this session.
    pub fn holds(&self, token: &str, session: &str) -> bool {
        let Some((random, tag)) = token.split_once('.') else { return false };
        let (Ok(random), Ok(tag)) =
            (BASE32_NOPAD.decode(random.as_bytes()), BASE32_NOPAD.decode(tag.as_bytes()))
        else {
            return false;
        };
        self.mac(&random, session).is_some_and(|mac| mac.verify_slice(&tag).is_ok())
    }

    fn tag(&self, random: &[u8], session: &str) -> String {
        self.mac(random, session)
            .map(|mac| BASE32_NOPAD.encode(&mac.finalize().into_bytes()))
            .unwrap_or_default()
    }

    fn mac(&self, random: &[u8], session: &str) -> Option<Hmac<Sha256>> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0).ok()?;
        mac.update(b"bihuan form token\0");
        mac.update(random);
        mac.update(session.as_bytes());
        Some(mac)
    }

    fn agrees(&self, jar: &CookieJar, submitted: &str) -> bool {
        let session = jar.get(SESSION_COOKIE).map(Cookie::value).unwrap_or_default();
        let cookie = jar.get(COOKIE).map(Cookie::value).unwrap_or_default();
        !cookie.is_empty() && cookie == submitted && self.holds(submitted, session)
    }
}

/// The cookie that goes with a token.
pub fn cookie(token: String, secure: bool) -> Cookie<'static> {
    Cookie::build((COOKIE, token))
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .build()
}

/// A verified form.
pub struct CsrfForm<T>(T);

impl<T> CsrfForm<T> {
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<S, T> FromRequest<S> for CsrfForm<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
    FormKey: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let jar = CookieJar::from_headers(request.headers());
        let action = request.uri().path().to_owned();
        let body = typed::body(request).await?;
        let fields: Vec<(String, String)> =
            serde_html_form::from_bytes(&body).map_err(|_| Problem::Malformed)?;
        if fields.len() > typed::MOST_FIELDS_WITHOUT_FILES {
            return Err(Problem::TooLarge);
        }
        if fields.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
            return Err(Problem::Malformed);
        }
        let submitted = fields.iter().find(|(name, _)| name == FIELD).map(|(_, value)| value);
        if !submitted.is_some_and(|token| FormKey::from_ref(state).agrees(&jar, token)) {
            return Err(Problem::FormExpired(Kept::new(action, fields)));
        }
        serde_html_form::from_bytes(&body).map(Self).map_err(|_| Problem::Malformed)
    }
}

/// A verified form with files. The token must be its first field, so that
/// nothing is read before it is verified.
pub struct CsrfMultipart(Multipart);

impl CsrfMultipart {
    pub async fn next_field(&mut self) -> Result<Option<Field<'_>>, MultipartError> {
        self.0.next_field().await
    }
}

impl<S> FromRequest<S> for CsrfMultipart
where
    S: Send + Sync,
    FormKey: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let jar = CookieJar::from_headers(request.headers());
        let action = request.uri().path().to_owned();
        let mut parts =
            Multipart::from_request(request, state).await.map_err(|_| Problem::Malformed)?;
        let key = FormKey::from_ref(state);
        let first = parts.next_field().await.map_err(|_| Problem::Malformed)?;
        let named = first.filter(|field| field.name() == Some(FIELD));
        let token = match named {
            Some(field) => Allowance::default().text(field).await?,
            None => String::new(),
        };
        if key.agrees(&jar, &token) {
            return Ok(Self(parts));
        }
        let fields = typed_fields(&mut parts).await?;
        Err(Problem::FormExpired(Kept::new(action, fields)))
    }
}

/// What was typed, for giving it back. Files cannot be given back.
pub(crate) async fn typed_fields(parts: &mut Multipart) -> Result<Vec<(String, String)>, Problem> {
    let mut fields = Vec::new();
    let mut allowance = Allowance::default();
    while let Ok(Some(field)) = parts.next_field().await {
        if field.file_name().is_some() {
            continue;
        }
        let name = field.name().unwrap_or_default().to_owned();
        fields.push((name, allowance.text(field).await?));
    }
    Ok(fields)
}

/// The session a token is bound to; empty for people without one.
pub fn session_of(headers: &HeaderMap) -> String {
    CookieJar::from_headers(headers)
        .get(SESSION_COOKIE)
        .map(|cookie| cookie.value().to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
