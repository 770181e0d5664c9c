//! A form sent after its session has ended is kept: the person signs in and
//! sends it with one press.

use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;

use super::site::{Site, problem};
use crate::csrf::{SESSION_COOKIE, typed_fields};
use crate::problem::{Kept, Problem};
use crate::typed;

/// Stands before routes that need a session, so that the body is still unread.
pub(crate) async fn keep(State(site): State<Site>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let jar = CookieJar::from_headers(request.headers());
    let token = jar.get(SESSION_COOKIE).map(|cookie| cookie.value().to_owned());
    let session = match token {
        Some(token) => site.app.session(&token).await,
        None => Ok(None),
    };
    match session {
        Ok(Some(_)) => next.run(request).await,
        Ok(None) => {
            let path = request.uri().path().to_owned();
            let fields = match fields(request, &site).await {
                Ok(fields) => fields,
                Err(problem) => return problem.into_response(),
            };
            let kept = Some(Kept::new(path.clone(), fields)).filter(|kept| !kept.fields.is_empty());
            Problem::SignInNeeded { back: path, kept }.into_response()
        }
        Err(fault) => problem(fault).into_response(),
    }
}

async fn fields(request: Request, site: &Site) -> Result<Vec<(String, String)>, Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/")) {
        let Ok(mut parts) = Multipart::from_request(request, site).await else {
            return Ok(Vec::new());
        };
        return typed_fields(&mut parts).await;
    }
    let Ok(body) = typed::body(request).await else {
        return Ok(Vec::new());
    };
    Ok(serde_html_form::from_bytes(&body).unwrap_or_default())
}
