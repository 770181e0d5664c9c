use axum::http::StatusCode;
use bihuan_domain::access::Role;

use crate::desk::{Desk, GRID, LAMP, PHONE};

fn number_of(to: &str) -> String {
    to.trim_start_matches("/m/").to_owned()
}

#[tokio::test]
async fn a_call_becomes_a_matter_whose_code_is_shown_once() {
    let desk = Desk::open().await;
    let mut browser = desk.browser("sorter").await;
    let command = browser.get("/register").await.hidden("command");
    let fields = [
        ("command", command.as_str()),
        ("source", "hotline"),
        ("phone", PHONE),
        ("words", "柳园路路灯不亮"),
        ("place", LAMP),
        ("urgency", "ordinary"),
    ];
    let answer = browser.post("/register", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    let number = number_of(&answer.to);
    let matter = desk.matter(&number).await;
    assert_eq!(matter.source.code(), "hotline");
    assert_eq!(matter.whereabouts.place.as_ref().map(|place| place.as_str()), Some(LAMP));
    assert!(matter.identity.is_some());
    assert!(browser.get(&answer.to).await.has("回执码"));
    assert!(!browser.get(&answer.to).await.has("回执码"), "shown once");
    let again = browser.post("/register", &fields).await;
    assert_eq!(number_of(&again.to), number, "sent twice, filed once");
}

#[tokio::test]
async fn a_call_can_be_accepted_at_once_when_its_item_is_known() {
    let desk = Desk::open().await;
    let mut browser = desk.browser("sorter").await;
    let mut fields = vec![
        ("source", "visit"),
        ("words", "柳园路路灯不亮"),
        ("urgency", "ordinary"),
        ("accept", "on"),
    ];
    let refused = browser.post("/register", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("同时受理要先选分类"));
    fields.push(("item", "lamp-out"));
    let answer = browser.post("/register", &fields).await;
    assert_eq!(desk.stage(&number_of(&answer.to)).await, "accepted");
}

#[tokio::test]
async fn the_callers_and_the_places_open_matters_stand_beside_the_form() {
    let desk = Desk::open().await;
    let mut browser = desk.browser("sorter").await;
    let fields = [("source", "hotline"), ("phone", PHONE), ("words", "长椅坏了")];
    let of_caller = number_of(&browser.post("/register", &fields).await.to);
    let of_place = desk.reported("一直黑着", Some(LAMP)).await;
    let typed = [("phone", PHONE), ("place", LAMP), ("words", "说到一半")];
    let page = browser.post("/register/look-up", &typed).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has(&of_caller) && page.has(&of_place), "{}", page.page);
    assert!(page.has("说到一半"), "what was typed is kept");
}

#[tokio::test]
async fn a_call_without_words_or_with_half_a_number_is_given_back_as_typed() {
    let desk = Desk::open().await;
    let mut browser = desk.browser("sorter").await;
    let fields = [("source", "hotline"), ("phone", "1380"), ("words", ""), ("caller", "王先生")];
    let answer = browser.post("/register", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("不是完整的号码") && answer.has("写一句反映的是什么"));
    assert!(answer.has("王先生"));
}

#[tokio::test]
async fn a_source_that_is_not_an_officers_is_refused() {
    let desk = Desk::open().await;
    let mut browser = desk.browser("sorter").await;
    let answer = browser.post("/register", &[("source", "snapshot"), ("words", "路灯不亮")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn registering_is_closed_to_a_handling_unit() {
    let desk = Desk::open().await;
    let (_, mut handler) = desk.joined_by("lamps", Role::Handler, "lighting").await;
    assert_eq!(handler.get("/register").await.status, StatusCode::FORBIDDEN);
    let answer = handler.post("/register", &[("source", "hotline"), ("words", "路灯不亮")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_callers_position_tells_the_grid_and_one_outside_the_county_is_refused() {
    let desk = Desk::open_with_blocks().await;
    let mut browser = desk.browser("sorter").await;
    let place = desk.running.app.store().place(desk.running.app.county(), LAMP).await.unwrap();
    let place = place.unwrap();
    let degrees = |e6: Option<i64>| e6.unwrap() as f64 / 1e6;
    let here = format!("{:.6},{:.6}", degrees(place.lon_e6), degrees(place.lat_e6));
    let fields = |position| {
        vec![
            ("source", "hotline"),
            ("words", "路边的灯不亮"),
            ("place", "河边"),
            ("urgency", "ordinary"),
            ("position", position),
        ]
    };
    for (position, sentence) in [("120.0,30.0", "不在本地范围内"), ("不知道", "经度,纬度")]
    {
        let refused = browser.post("/register", &fields(position)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.page);
        assert!(refused.has(sentence), "{}", refused.page);
        assert!(refused.has("路边的灯不亮") && refused.has(position), "what was typed stays");
    }
    let filed = browser.post("/register", &fields(&here)).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.page);
    let matter = desk.matter(&number_of(&filed.to)).await;
    assert_eq!(matter.whereabouts.grid.as_ref().map(|grid| grid.as_str()), Some(GRID));
    assert!(number_of(&filed.to).ends_with("0001"), "the refused ones took no number");
}
