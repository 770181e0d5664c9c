use axum::http::StatusCode;
use bihuan_domain::access::Role;
use bihuan_domain::matter::Command;

use crate::browser::{Answer, Browser};
use crate::desk::Desk;

async fn with_two_to_sign() -> (Desk, Browser, [String; 2]) {
    let desk = Desk::open().await;
    let (_, browser) = desk.joined_by("lamps", Role::Handler, "lighting").await;
    let first = desk.reported("柳园路路灯不亮", None).await;
    let second = desk.reported("广场路灯不亮", None).await;
    desk.dispatched(&first, "lighting").await;
    desk.dispatched(&second, "lighting").await;
    (desk, browser, [first, second])
}

/// The command beside each number on the page that asks.
fn commands(page: &Answer) -> Vec<String> {
    let parts = page.page.split("name=\"command\" value=\"").skip(1);
    parts.map(|part| part.split('"').next().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_units_list_counts_what_is_to_be_signed_and_offers_the_step() {
    let (_desk, mut browser, [first, second]) = with_two_to_sign().await;
    let page = browser.get("/worklist").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has(&first) && page.has(&second));
    assert!(page.has("2件待签收"), "{}", page.page);
    assert!(page.has(&format!("/m/{first}/sign?from=worklist")));
    assert!(page.has(">签收</i>"), "nodes stand as stops");
}

#[tokio::test]
async fn several_matters_are_signed_in_one_go_after_being_asked() {
    let (desk, mut browser, [first, second]) = with_two_to_sign().await;
    let asked = browser.get(&format!("/worklist/sign?pick={first}&pick={second}")).await;
    assert!(asked.has("签收这2件？"));
    let ids = commands(&asked);
    assert_eq!(ids.len(), 2);
    let fields =
        [("pick", first.as_str()), ("command", &ids[0]), ("pick", &second), ("command", &ids[1])];
    let answer = browser.post("/worklist/sign", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(browser.get(&answer.to).await.has("已签收2件。"));
    assert_eq!(desk.stage(&first).await, "handling");
    assert_eq!(desk.stage(&second).await, "handling");
    let again = browser.post("/worklist/sign", &fields).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "a repeated submit gets the first answer");
}

#[tokio::test]
async fn one_that_cannot_be_signed_any_more_is_told_and_holds_up_no_other() {
    let (desk, mut browser, [first, second]) = with_two_to_sign().await;
    let asked = browser.get(&format!("/worklist/sign?pick={first}&pick={second}")).await;
    let ids = commands(&asked);
    let colleague = desk.running.person("lamps-2", Role::Handler, "lighting", None).await;
    desk.done_by(&colleague, &first, Command::Sign).await;
    let fields =
        [("pick", first.as_str()), ("command", &ids[0]), ("pick", &second), ("command", &ids[1])];
    let answer = browser.post("/worklist/sign", &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.has("1件没有签收") && answer.has("已签收1件。"), "{}", answer.page);
    assert!(answer.has(&format!("{first}：")), "which one and why");
    assert_eq!(desk.stage(&second).await, "handling");
}

#[tokio::test]
async fn another_units_matters_are_neither_listed_nor_signed() {
    let (desk, _, [first, _]) = with_two_to_sign().await;
    let (_, mut other) = desk.joined_by("brooms", Role::Handler, "sanitation").await;
    assert!(!other.get("/worklist").await.has(&first));
    assert!(other.get(&format!("/worklist/sign?pick={first}")).await.has("没有选中可签收的事项"));
    let fields = [("pick", first.as_str()), ("command", "")];
    let answer = other.post("/worklist/sign", &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(desk.stage(&first).await, "dispatched");
}

#[tokio::test]
async fn a_unit_above_sees_the_work_of_those_below() {
    let (desk, _, [first, _]) = with_two_to_sign().await;
    let (_, mut bureau) = desk.joined_by("bureau", Role::UnitHead, "urban-management").await;
    assert!(bureau.get("/worklist").await.has(&first));
}

#[tokio::test]
async fn what_is_late_stands_under_late_and_the_groups_add_up() {
    let (desk, _, [first, second]) = with_two_to_sign().await;
    let handler = desk.running.person("lamps-2", Role::Handler, "lighting", None).await;
    desk.done_by(&handler, &first, Command::Sign).await;
    desk.running.clock.step_days(10);
    // The session of ten days ago is over.
    let mut browser = desk.browser("lamps").await;
    let page = browser.get("/worklist?tab=late").await;
    assert!(page.has(&first) && !page.has(&second));
    let all = browser.get("/worklist").await;
    assert!(all.has("在办 <b>2</b> 件：1件逾期，0件临期，0件在限，1件待签收"), "{}", all.page);
}

#[tokio::test]
async fn the_list_is_closed_to_a_post_that_handles_nothing() {
    let desk = Desk::open().await;
    assert_eq!(desk.browser("sorter").await.get("/worklist").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_step_a_line_offers_is_taken_on_its_page_and_leads_back() {
    let (desk, mut browser, [first, _]) = with_two_to_sign().await;
    let page = browser.get(&format!("/m/{first}/sign?from=worklist")).await;
    let answer = browser.submit(&page, &[("from", "worklist")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    assert_eq!(answer.to, "/worklist");
    assert_eq!(desk.stage(&first).await, "handling");
}
