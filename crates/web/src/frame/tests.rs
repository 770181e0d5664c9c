use std::convert::Infallible;

use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use axum::routing::{get, post};
use tower::ServiceExt;

use super::*;
use crate::sample;

struct Sample;

impl Surroundings for Sample {
    fn about(&self) -> About {
        About {
            county: Text { zh: "荥阳市".to_owned(), en: "Xingyang".to_owned() },
            playbook: "2022.3".to_owned(),
            checkpoint: None,
            today: sample::today(),
            demo: false,
        }
    }

    fn random(&self) -> [u8; 16] {
        [3; 16]
    }
}

fn app() -> Router {
    let routes = Router::new()
        .route(
            "/hello",
            get(|shell: Shell| async move { format!("{} {}", shell.county, shell.csrf) }),
        )
        .route("/api/broken", get(|| async { Problem::Internal { operation: "9".to_owned() } }))
        .route("/slow", get(std::future::pending::<&str>))
        .route("/big", post(|body: axum::body::Bytes| async move { body.len().to_string() }));
    let frame = Frame {
        surroundings: Arc::new(Sample),
        form_key: FormKey::new([7; 32]),
        policy: Policy::page(),
        secure: true,
        answer_limit: Duration::from_millis(100),
        pace: Pace { bytes: 4, within: Duration::from_millis(20) },
    };
    let uploads = Router::new()
        .route("/files", post(|body: axum::body::Bytes| async move { body.len().to_string() }))
        .route("/busy", post(busy));
    frame.around(routes, uploads)
}

/// Does not look at the form for longer than a sender may take.
async fn busy(body: Body) -> String {
    tokio::time::timeout(Duration::from_millis(60), std::future::pending::<()>()).await.ok();
    to_bytes(body, 1_000).await.expect("body").len().to_string()
}

async fn ask(
    request: axum::http::request::Builder,
    body: String,
) -> (StatusCode, HeaderMap, String) {
    let request = request.body(Body::from(body)).expect("request");
    let response = app().oneshot(request).await.expect("answer");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 1_000_000).await.expect("body");
    (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
}

fn cookies(headers: &HeaderMap) -> Vec<String> {
    headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok().map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn a_first_visit_gets_a_form_token_and_a_second_keeps_it() {
    let (_, headers, words) = ask(Request::get("/hello"), String::new()).await;
    let cookie = cookies(&headers).pop().expect("a cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let pair = cookie.split(';').next().expect("a pair").to_owned();
    let (_, headers, again) =
        ask(Request::get("/hello").header("cookie", pair), String::new()).await;
    assert_eq!(words, again);
    assert!(cookies(&headers).is_empty());
}

#[tokio::test]
async fn a_missing_page_is_explained_in_the_askers_language() {
    let (status, _, html) =
        ask(Request::get("/nowhere").header("accept-language", "en"), String::new()).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(html.contains("There is no such page") && html.contains("lang=\"en\""), "{html}");
}

#[tokio::test]
async fn programs_get_json() {
    let (status, headers, body) = ask(Request::get("/api/broken"), String::new()).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json");
    assert!(body.contains("\"code\":\"internal\""), "{body}");
}

#[tokio::test]
async fn a_swapped_block_gets_a_panel_and_not_a_page() {
    let (_, _, html) =
        ask(Request::get("/nowhere").header("hx-request", "true"), String::new()).await;
    assert!(html.contains("role=\"alert\"") && !html.contains("<html"), "{html}");
}

#[tokio::test]
async fn settings_are_kept_in_a_cookie_and_lead_back() {
    let token = FormKey::new([7; 32]).issue([3; 16], "");
    let request = Request::post("/settings")
        .header("cookie", format!("{}={token}", csrf::COOKIE))
        .header("content-type", "application/x-www-form-urlencoded");
    let body = format!("csrf={token}&text=large&back=%2Ft%2Fabc");
    let (status, headers, _) = ask(request, body).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(headers[header::LOCATION], "/t/abc");
    assert!(cookies(&headers)[0].starts_with("bihuan_view=zh.system.large;"));
}

#[tokio::test]
async fn a_form_without_its_token_changes_no_settings() {
    let request =
        Request::post("/settings").header("content-type", "application/x-www-form-urlencoded");
    let (status, headers, html) = ask(request, "text=large&back=%2F".to_owned()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(cookies(&headers).iter().all(|cookie| !cookie.starts_with("bihuan_view")));
    assert!(html.contains("再次提交"));
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let (status, _, _) = ask(Request::post("/big"), "x".repeat(FORM_LIMIT_BYTES + 1)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_given_up_with_when_to_come_back() {
    let (status, headers, html) = ask(Request::get("/slow"), String::new()).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(headers[header::RETRY_AFTER], "10");
    assert!(html.contains("系统正忙") && html.contains("同一张表不会办成两件"), "{html}");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up_too() {
    let endless = futures_util::stream::pending::<Result<axum::body::Bytes, std::io::Error>>();
    let request = Request::post("/big").body(Body::from_stream(endless)).expect("request");
    let answer = app().oneshot(request).await.expect("answer");
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
}

/// Sends these pieces and then nothing, or nothing more.
async fn send(path: &str, pieces: &'static [&'static str], ends: bool) -> (StatusCode, String) {
    use futures_util::StreamExt as _;
    let pieces = futures_util::stream::iter(pieces.iter().map(|piece| Ok::<_, Infallible>(*piece)));
    let body = match ends {
        true => Body::from_stream(pieces),
        false => Body::from_stream(pieces.chain(futures_util::stream::pending())),
    };
    let answer = app().oneshot(Request::post(path).body(body).expect("request")).await;
    let (parts, body) = answer.expect("answer").into_parts();
    let bytes = to_bytes(body, 1_000_000).await.expect("body");
    (parts.status, String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test]
async fn a_sender_of_files_who_stops_is_given_up_long_before_the_time_for_files_is_over() {
    for begun in [&[][..], &["abc"], &["abcd", "e"]] {
        let (status, html) = send("/files", begun, false).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{begun:?}");
        assert!(html.contains("同一张表不会办成两件"), "{html}");
    }
}

#[tokio::test]
async fn a_sender_of_files_who_comes_to_an_end_is_answered_even_if_we_were_slow_to_look() {
    for path in ["/files", "/busy"] {
        assert_eq!(send(path, &["ab", "c"], true).await, (StatusCode::OK, "3".to_owned()));
    }
}

/// Files that come byte by byte, each before the limit, and together too slowly.
#[tokio::test]
async fn dripping_is_not_coming() {
    let drops = futures_util::stream::unfold((), |()| async {
        tokio::time::timeout(Duration::from_millis(8), std::future::pending::<()>()).await.ok();
        Some((Ok::<_, Infallible>("x"), ()))
    });
    let request = Request::post("/files").body(Body::from_stream(drops)).expect("request");
    let answer = app().oneshot(request).await.expect("answer");
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
}
