use axum::Router;
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::routing::post;
use serde::Deserialize;
use tower::ServiceExt;

use super::*;

#[derive(Clone)]
struct App(FormKey);

impl FromRef<App> for FormKey {
    fn from_ref(app: &App) -> Self {
        app.0.clone()
    }
}

#[derive(Deserialize)]
struct Words {
    words: String,
    #[serde(default)]
    tick: Vec<String>,
}

async fn take(form: CsrfForm<Words>) -> String {
    let words = form.into_inner();
    format!("{}+{}", words.words, words.tick.len())
}

async fn take_parts(mut form: CsrfMultipart) -> String {
    let mut all = String::new();
    while let Ok(Some(field)) = form.next_field().await {
        all.push_str(&field.text().await.unwrap_or_default());
    }
    all
}

fn key() -> FormKey {
    FormKey::new([7; 32])
}

async fn send(cookies: &str, content_type: &str, path: &str, body: String) -> (StatusCode, String) {
    let app = Router::new()
        .route("/take", post(take))
        .route("/parts", post(take_parts))
        .with_state(App(key()));
    let request = Request::post(path)
        .header(header::COOKIE, cookies)
        .header(header::CONTENT_TYPE, content_type)
        .body(Body::from(body))
        .expect("request");
    let response = app.oneshot(request).await.expect("answer");
    let status = response.status();
    let bytes = axum::body::to_bytes(response.into_body(), 10_000).await.expect("body");
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

const URLENCODED: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_form_with_its_cookie_is_let_through() {
    let token = key().issue([1; 16], "");
    let body = format!("csrf={token}&words=hello&tick=a&tick=b");
    let (status, text) = send(&format!("{COOKIE}={token}"), URLENCODED, "/take", body).await;
    assert_eq!((status, text.as_str()), (StatusCode::OK, "hello+2"));
}

#[tokio::test]
async fn a_form_without_token_or_cookie_never_reaches_its_handler() {
    let token = key().issue([1; 16], "");
    let other = key().issue([2; 16], "");
    for (cookie, field) in
        [("", token.as_str()), (token.as_str(), ""), (other.as_str(), token.as_str()), ("", "")]
    {
        let body = format!("csrf={field}&words=hello");
        let (status, text) = send(&format!("{COOKIE}={cookie}"), URLENCODED, "/take", body).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{cookie} {field}");
        assert!(!text.contains("hello+"));
    }
}

#[tokio::test]
async fn a_token_made_by_somebody_else_is_refused() {
    let forged = FormKey::new([8; 32]).issue([1; 16], "");
    let body = format!("csrf={forged}&words=hello");
    let (status, _) = send(&format!("{COOKIE}={forged}"), URLENCODED, "/take", body).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_token_of_another_session_is_refused() {
    let token = key().issue([1; 16], "somebody");
    let body = format!("csrf={token}&words=hello");
    let cookies = format!("{COOKIE}={token}; {SESSION_COOKIE}=me");
    assert_eq!(send(&cookies, URLENCODED, "/take", body.clone()).await.0, StatusCode::FORBIDDEN);
    let cookies = format!("{COOKIE}={token}; {SESSION_COOKIE}=somebody");
    assert_eq!(send(&cookies, URLENCODED, "/take", body).await.0, StatusCode::OK);
}

fn parts(fields: &[(&str, &str)]) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!(
            "--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    body + "--x--\r\n"
}

#[tokio::test]
async fn a_form_with_files_needs_its_token_first() {
    let token = key().issue([1; 16], "");
    let cookies = format!("{COOKIE}={token}");
    let kind = "multipart/form-data; boundary=x";
    let good = parts(&[("csrf", &token), ("words", "hello")]);
    assert_eq!(send(&cookies, kind, "/parts", good).await, (StatusCode::OK, "hello".to_owned()));
    let late = parts(&[("words", "hello"), ("csrf", &token)]);
    assert_eq!(send(&cookies, kind, "/parts", late).await.0, StatusCode::FORBIDDEN);
}

#[test]
fn a_broken_token_is_not_one() {
    for broken in ["", ".", "A.B", "no dot", "MFRGG.MFRGG"] {
        assert!(!key().holds(broken, ""), "{broken}");
    }
}
