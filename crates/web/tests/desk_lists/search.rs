use axum::http::StatusCode;
use bihuan_app::commands::Reporter;
use bihuan_domain::access::Role;

use crate::desk::{Desk, LAMP, PHONE};

fn query(words: &str) -> String {
    let asked = serde_html_form::to_string([("q", words)]).unwrap_or_default();
    format!("/search?{asked}")
}

#[tokio::test]
async fn two_characters_find_a_report_and_others_do_not() {
    let desk = Desk::open().await;
    let number = desk.reported("柳园路南段路灯都不亮", None).await;
    let other = desk.reported("索河路井盖缺失", None).await;
    let mut browser = desk.browser("sorter").await;
    let page = browser.get(&query("路灯")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has(&number) && !page.has(&other));
    assert!(page.has("找到1件"));
    assert!(!browser.get(&query("灯泡")).await.has(&number));
}

#[tokio::test]
async fn a_number_or_its_beginning_finds_the_matter() {
    let desk = Desk::open().await;
    let number = desk.reported("柳园路路灯不亮", None).await;
    let mut browser = desk.browser("sorter").await;
    for asked in [number.as_str(), &number.to_lowercase(), &number[..number.len() - 2]] {
        assert!(browser.get(&query(asked)).await.has(&number), "{asked}");
    }
    let bare = number.split_once('-').map_or("", |(_, rest)| rest);
    assert!(browser.get(&query(bare)).await.has(&number));
}

#[tokio::test]
async fn a_place_and_a_unit_find_what_is_theirs() {
    let desk = Desk::open().await;
    let number = desk.reported("一直黑着", Some(LAMP)).await;
    let other = desk.reported("另一处黑着", None).await;
    desk.dispatched(&number, "lighting").await;
    let mut browser = desk.browser("sorter").await;
    for asked in [LAMP, "照明中心"] {
        let page = browser.get(&query(asked)).await;
        assert!(page.has(&number) && !page.has(&other), "{asked}");
    }
}

#[tokio::test]
async fn what_is_outside_the_scope_is_neither_found_nor_counted() {
    let desk = Desk::open().await;
    let theirs = desk.reported("柳园路路灯不亮", None).await;
    let mine = desk.reported("广场路灯不亮", None).await;
    desk.dispatched(&theirs, "lighting").await;
    desk.dispatched(&mine, "sanitation").await;
    let (_, mut brooms) = desk.joined_by("brooms", Role::Handler, "sanitation").await;
    let page = brooms.get(&query("路灯")).await;
    assert!(page.has(&mine) && !page.has(&theirs));
    assert!(page.has("找到1件"));
    let by_number = brooms.get(&query(&theirs)).await;
    assert!(by_number.has("找到0件") && by_number.has("没有找到"), "{}", by_number.page);
}

#[tokio::test]
async fn a_phone_finds_the_callers_matters_for_triage_and_is_recorded_without_the_number() {
    let desk = Desk::open().await;
    let reporter = Reporter { name: None, phone: Some(PHONE.to_owned()) };
    let number = desk.filed("柳园路路灯不亮", None, reporter).await.number;
    let mut browser = desk.browser("sorter").await;
    let page = browser.post("/search/phone", &[("phone", "138-0013 8000")]).await;
    assert!(page.has(&number), "{}", page.page);
    assert!(!page.has("13800138000"), "the number is not printed back");
    let app = &desk.running.app;
    let texts = app.store().entry_texts(app.county(), "county").await;
    let texts = texts.unwrap_or_else(|fault| panic!("{fault}")).concat();
    assert!(texts.contains("phone-searched"), "who searched is recorded");
    assert!(!texts.contains(PHONE));
}

#[tokio::test]
async fn a_phone_is_not_searched_by_a_handling_unit() {
    let desk = Desk::open().await;
    let (_, mut handler) = desk.joined_by("lamps", Role::Handler, "lighting").await;
    assert!(!handler.get("/search").await.has("/search/phone"), "nor is it offered");
    let answer = handler.post("/search/phone", &[("phone", PHONE)]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn half_a_phone_number_is_refused() {
    let desk = Desk::open().await;
    let answer = desk.browser("sorter").await.post("/search/phone", &[("phone", "1380")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("这不是完整的号码"));
}

#[tokio::test]
async fn searching_by_phone_is_throttled() {
    let desk = Desk::open().await;
    let mut browser = desk.browser("sorter").await;
    for _ in 0..60 {
        assert_eq!(browser.post("/search/phone", &[("phone", PHONE)]).await.status, StatusCode::OK);
    }
    let answer = browser.post("/search/phone", &[("phone", PHONE)]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn an_administrator_finds_no_matters() {
    let desk = Desk::open().await;
    let (_, mut admin) = desk.joined_by("admin", Role::SystemAdmin, "county").await;
    assert_eq!(admin.get(&query("路灯")).await.status, StatusCode::FORBIDDEN);
}
