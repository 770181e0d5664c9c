//! What holds for every page.

use axum::http::StatusCode;
use bihuan_domain::access::Role;

use super::house::{House, photo};

const OPEN: [&str; 9] = [
    "/",
    "/report",
    "/t",
    "/figures",
    "/complaint",
    "/privacy",
    "/accessibility",
    "/verify",
    "/sign-in",
];

#[tokio::test]
async fn every_page_is_there_in_both_languages_and_runs_nothing_inline() {
    let house = House::open().await;
    for lang in ["zh-CN", "en"] {
        let mut browser = house.browser();
        browser.lang = lang;
        for path in OPEN {
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
            let policy = page.headers["content-security-policy"].to_str().expect("a policy");
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
            assert!(!page.has("⟦") && !page.has("<script>") && !page.has(" style=\""), "{path}");
            let tag = if lang == "en" { "lang=\"en\"" } else { "lang=\"zh-Hans-CN\"" };
            assert!(page.has(tag), "{path} in {lang}");
        }
    }
}

#[tokio::test]
async fn a_page_that_is_not_there_says_what_to_do() {
    let house = House::open().await;
    let page = house.browser().get("/nowhere").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.has("请核对地址"));
    assert!(page.headers.contains_key("content-security-policy"));
}

#[tokio::test]
async fn a_workers_pages_are_for_workers() {
    let house = House::open().await;
    house.person("triage", Role::Triage, "county", None).await;
    let mut browser = house.browser();
    browser.sign_in("triage").await;
    for path in ["/worker", "/worker/report"] {
        assert_eq!(browser.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn an_attachment_is_seen_by_those_who_see_its_matter() {
    let house = House::open().await;
    let mut worker = house.worker().await;
    let sent = [("words", "灯杆歪了"), ("item", "lamp-out")];
    let filed = worker.upload("/worker/report", &sent, &[("a.png", &photo())]).await;
    let number = filed.to().replace("/worker?done=", "");
    let page = worker.get(&format!("/worker/m/{number}")).await.text();
    let from = page.find("/attachments/").unwrap_or_else(|| panic!("no photo: {page}"));
    let href = page[from..].split('"').next().expect("an address").to_owned();
    let href = href.trim_end_matches("/thumb");
    for path in [href.to_owned(), format!("{href}/thumb")] {
        let shown = worker.get(&path).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert_eq!(shown.headers["x-content-type-options"], "nosniff");
        let policy = shown.headers["content-security-policy"].to_str().expect("a policy");
        assert!(policy.contains("sandbox"));
    }
    house.person("handler", Role::Handler, "urban-management", None).await;
    let mut handler = house.browser();
    assert_eq!(handler.get(href).await.status, StatusCode::SEE_OTHER, "nobody is signed in");
    handler.sign_in("handler").await;
    assert_eq!(handler.get(href).await.status, StatusCode::NOT_FOUND, "not this unit's matter");
    assert_eq!(handler.get("/attachments/no-such").await.status, StatusCode::NOT_FOUND);
}
