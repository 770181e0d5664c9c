//! A report whose reporter asked for confidentiality: its words stay at the
//! desk that sorts it.

use axum::http::StatusCode;
use bihuan_app::{Caller, Composer};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{ItemCode, UnitCode};
use bihuan_domain::matter::{Command, ContentTag, Urgency};

use crate::browser::Browser;
use crate::desk::Desk;

const WORDS: &str = "邻居老王家的烧烤摊占道";

async fn given() -> (Desk, Browser, Browser, String) {
    let desk = Desk::open().await;
    let (_, handler) = desk.joined_by("lamps", Role::Handler, "lighting").await;
    let number = desk.confided(WORDS).await;
    let item = ItemCode::new("lamp-out");
    desk.done(&number, Command::Accept { item, urgency: Urgency::Ordinary }).await;
    let triage = desk.browser("sorter").await;
    (desk, triage, handler, number)
}

async fn dispatched() -> (Desk, Browser, Browser, String) {
    let (desk, mut triage, handler, number) = given().await;
    let form = triage.get(&format!("/m/{number}/dispatch")).await;
    let fields = [("lead", "lighting"), ("note", "到现场看占道经营")];
    let sent = triage.submit(&form, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.page);
    (desk, triage, handler, number)
}

#[tokio::test]
async fn the_unit_must_be_told_what_to_do_before_it_is_given_the_matter() {
    let (desk, mut triage, _, number) = given().await;
    let form = triage.get(&format!("/m/{number}/dispatch")).await;
    assert!(form.has("承办单位看不到原话"), "{}", form.page);
    let refused = triage.submit(&form, &[("lead", "lighting"), ("note", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("请在说明里写清要办什么"), "{}", refused.page);
    assert_eq!(desk.stage(&number).await, "accepted");
}

#[tokio::test]
async fn the_unit_reads_the_note_and_nowhere_the_words() {
    let (_desk, mut triage, mut handler, number) = dispatched().await;
    let page = triage.get(&format!("/m/{number}")).await;
    assert!(page.has(WORDS) && page.has("要求保密"));
    for path in ["/worklist".to_owned(), format!("/m/{number}"), format!("/m/{number}/sign")] {
        let page = handler.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.has("老王"), "{path}: {}", page.page);
    }
    assert!(handler.get(&format!("/m/{number}")).await.has("到现场看占道经营"));
}

#[tokio::test]
async fn its_words_find_it_for_the_desk_alone() {
    let (desk, mut triage, mut handler, number) = dispatched().await;
    let (_, mut leader) = desk.joined_by("mayor", Role::Leader, "county").await;
    let words = "/search?words=%E7%83%A7%E7%83%A4%E6%91%8A";
    assert!(triage.get(words).await.has(&number));
    assert!(!handler.get(words).await.has(&number));
    assert!(!leader.get(words).await.has(&number));
    let by_number = format!("/search?words={number}");
    let links = |page: &crate::browser::Answer| page.has(&format!("href=\"/m/{number}\""));
    assert!(links(&handler.get(&by_number).await), "the unit finds its own work by number");
    assert!(!links(&leader.get(&by_number).await));
}

#[tokio::test]
async fn a_triage_officer_does_not_read_who_asked_for_confidentiality() {
    let (desk, mut triage, _, number) = dispatched().await;
    assert!(!triage.get(&format!("/m/{number}")).await.has("/read-identity"));
    let form = triage.get(&format!("/m/{number}/read-identity")).await;
    let refused = triage.submit(&form, &[("reason", "回访")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.page);
    let (_, mut dispatcher) = desk.joined_by("sender", Role::Dispatcher, "grid-centre").await;
    let form = dispatcher.get(&format!("/m/{number}/read-identity")).await;
    let read = dispatcher.submit(&form, &[("reason", "回访")]).await;
    assert!(read.has("13800138000") && read.has("要求保密"), "{}", read.page);
}

#[tokio::test]
async fn what_was_fixed_lately_leaves_it_out() {
    let desk = Desk::open().await;
    let told = desk.reported("公园长椅坏了", None).await;
    let confided = desk.confided(WORDS).await;
    let crew = desk.running.person("crew", Role::Handler, "lighting", None).await;
    for number in [&told, &confided] {
        closed(&desk, &crew, number).await;
    }
    let fixed = desk.running.app.fixed_lately(10).await.unwrap_or_default();
    assert_eq!(fixed.len(), 1, "one was told in confidence");
}

async fn closed(desk: &Desk, crew: &Caller, number: &str) {
    let item = ItemCode::new("street-stall");
    desk.done(number, Command::Accept { item, urgency: Urgency::Ordinary }).await;
    let note = || Composer::new(&desk.running.app).words(ContentTag::Note, "去办").expect("a note");
    let lead = UnitCode::new("lighting");
    desk.done(number, Command::Dispatch { lead, co: Vec::new(), note: Some(note()) }).await;
    desk.done_by(crew, number, Command::Sign).await;
    desk.done_by(crew, number, Command::Submit { note: note(), evidence: Vec::new(), alike: None })
        .await;
    let found = Command::Check { holds: true, note: None, evidence: Vec::new() };
    desk.done(number, found).await;
    desk.done(number, Command::Answer { answer: note(), photos: Vec::new() }).await;
    desk.done(number, Command::Close { note: None, grade: None }).await;
}
