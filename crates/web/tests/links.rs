//! No page leads nowhere: every address a page names is one the router knows.
#![expect(clippy::expect_used, reason = "a test that cannot set itself up must stop")]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use bihuan_app::commands::{NewReport, Reporter};
use bihuan_app::{Caller, Composer, Sender};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{GridCode, PlaceId, RegimeCode};
use bihuan_domain::matter::{Source, Urgency};
use bihuan_testkit::app::{PASSWORD, Running};
use bihuan_web::router::{WebOptions, router};
use tower::ServiceExt;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
const GRID: &str = "01-014-07";
/// Pages of one person at most; what is beyond is more of the same kind.
const MOST_PAGES: usize = 250;

fn site(running: &Running) -> Router {
    router(running.app.clone(), WebOptions::default())
}

/// Values of an attribute that are addresses of our own.
fn named<'a>(markup: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    let values = markup.split(&start).skip(1).filter_map(|rest| rest.split('"').next());
    values.filter(|value| value.starts_with('/') && !value.starts_with("//")).collect()
}

fn path_of(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

/// Addresses of a page with the method they are asked by.
fn asked_for(markup: &str) -> BTreeSet<(Method, String)> {
    let mut all = BTreeSet::new();
    for attribute in ["href", "src", "data-src", "data-areas"] {
        let found = named(markup, attribute).into_iter().map(path_of);
        all.extend(found.map(|path| ("GET", path.to_owned())));
    }
    let nearby = named(markup, "data-bh-nearby").into_iter().map(path_of);
    all.extend(nearby.map(|path| ("POST", path.to_owned())));
    for form in markup.split("<form").skip(1) {
        let tag = form.split('>').next().unwrap_or_default();
        let method = if tag.contains("method=\"post\"") { "POST" } else { "GET" };
        all.extend(named(tag, "action").into_iter().map(|to| (method, path_of(to).to_owned())));
        let form = form.split("</form>").next().unwrap_or_default();
        all.extend(
            named(form, "formaction").into_iter().map(|to| (method, path_of(to).to_owned())),
        );
    }
    let method = |name: &str| name.parse().expect("a method");
    all.into_iter().map(|(name, path)| (method(name), path)).collect()
}

/// Methods an address takes; none where nobody answers it. No route takes PATCH,
/// so one that is there says which others it does.
async fn taken_by(site: &Router, path: &str) -> Option<String> {
    let request = Request::patch(path).body(Body::empty()).expect("a request");
    let answer = site.clone().oneshot(request).await.expect("an answer");
    if answer.status() == StatusCode::NOT_FOUND {
        return None;
    }
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
    let allowed = answer.headers().get(header::ALLOW).expect("the methods of a route");
    Some(allowed.to_str().expect("text").to_owned())
}

#[tokio::test]
async fn a_route_is_told_from_an_address_nobody_answers() {
    let running = Running::start().await;
    let site = site(&running);
    assert_eq!(taken_by(&site, "/no/such/page").await, None);
    assert_eq!(taken_by(&site, "/m/XY-1").await.as_deref(), Some("GET,HEAD"));
    assert_eq!(taken_by(&site, "/ledger/save").await.as_deref(), Some("POST"));
}

#[tokio::test]
async fn every_address_the_pages_name_has_a_route_that_takes_it() {
    let running = Running::start().await;
    let site = site(&running);
    let mut pages = BTreeMap::new();
    for page in fs::read_dir(GOLDEN).expect("pages").flatten() {
        let name = page.file_name().to_string_lossy().into_owned();
        let markup = fs::read_to_string(Path::new(GOLDEN).join(&name)).expect("a page");
        for asked in asked_for(&markup) {
            pages.entry((asked.1, asked.0.to_string())).or_insert(name.clone());
        }
    }
    assert!(pages.len() > 150, "addresses: {}", pages.len());
    let mut dead = Vec::new();
    for ((path, method), page) in pages {
        let taken = taken_by(&site, &path).await.unwrap_or_default();
        if !taken.split(',').any(|one| one == method) {
            dead.push(format!("{method} {path} in {page}; it takes \"{taken}\""));
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

async fn reported(running: &Running, words: &str, place: Option<&str>) {
    let app = &running.app;
    let report = NewReport {
        sender: Sender::new(running.command(), [words]),
        caller: Caller::reporter(),
        regime: RegimeCode::new("grid-case"),
        source: Source::Snapshot,
        item: None,
        words: words.to_owned(),
        grid: Some(GridCode::new(GRID)),
        place: place.map(PlaceId::new),
        position: None,
        address: String::new(),
        evidence: Vec::new(),
        reporter: Reporter::default(),
        confidential: false,
        urgency: Urgency::Ordinary,
        claimed_at: None,
        composed: Composer::new(app),
        then: Vec::new(),
    };
    app.file_report(report).await.expect("a report");
    running.rest().await;
}

/// Follows links from the front page; answers those that lead nowhere.
async fn followed(site: &Router, cookie: &str) -> (usize, Vec<String>) {
    let mut waiting = VecDeque::from([("/".to_owned(), "the door".to_owned())]);
    let mut seen = BTreeSet::from(["/".to_owned()]);
    let mut dead = Vec::new();
    let mut pages = 0;
    while let Some((address, from)) = waiting.pop_front().filter(|_| pages < MOST_PAGES) {
        pages += 1;
        let request = Request::get(&address).header(header::COOKIE, cookie);
        let request = request.body(Body::empty()).expect("a request");
        let answer = site.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        if !parts.status.is_success() && !parts.status.is_redirection() {
            dead.push(format!("{} {address} from {from}", parts.status));
            continue;
        }
        let mut next = Vec::new();
        let to = parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok());
        next.extend(to.map(str::to_owned));
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("text/html")) {
            let bytes = to_bytes(body, usize::MAX).await.expect("a page");
            let markup = String::from_utf8_lossy(&bytes).into_owned();
            next.extend(named(&markup, "href").into_iter().map(|to| to.replace("&#38;", "&")));
        }
        for to in next {
            let to = to.split('#').next().unwrap_or_default().to_owned();
            // Scripts and styles are built apart and may not be there in a test.
            if !to.starts_with("/assets/") && seen.insert(to.clone()) {
                waiting.push_back((to, address.clone()));
            }
        }
    }
    (pages, dead)
}

#[tokio::test]
async fn nobody_is_led_to_a_page_that_is_not_there_or_not_theirs() {
    let running = Running::start().await;
    reported(&running, "柳园路路灯不亮", Some("LD-0417")).await;
    reported(&running, "公园长椅坏了", None).await;
    let site = site(&running);
    let people = [
        ("sorter", Role::Triage, "grid-centre", None),
        ("sender", Role::Dispatcher, "grid-centre", None),
        ("boss", Role::Supervisor, "county", None),
        ("mayor", Role::Leader, "county", None),
        ("lamps", Role::Handler, "lighting", None),
        ("head", Role::UnitHead, "lighting", None),
        ("worker", Role::GridWorker, "town-01", Some(GRID)),
        ("system", Role::SystemAdmin, "county", None),
        ("safety", Role::SecurityAdmin, "county", None),
        ("auditor", Role::Auditor, "county", None),
    ];
    let (pages, dead) = followed(&site, "").await;
    assert!(pages > 5 && dead.is_empty(), "nobody, {pages} pages: {dead:#?}");
    for (login, role, unit, grid) in people {
        running.person(login, role, unit, grid).await;
        let session = running.app.sign_in(login, PASSWORD, "test", "test").await;
        let cookie = format!("bihuan_session={}", session.expect("signed in").token);
        let (pages, dead) = followed(&site, &cookie).await;
        assert!(pages > 5 && dead.is_empty(), "{login}, {pages} pages: {dead:#?}");
    }
}
