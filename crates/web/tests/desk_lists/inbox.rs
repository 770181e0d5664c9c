use axum::http::StatusCode;
use bihuan_domain::access::Role;
use bihuan_domain::ids::UnitCode;
use bihuan_domain::matter::Command;

use crate::browser::{Answer, Browser};
use crate::desk::{Desk, LAMP};

/// Presses the button for what is suggested, as the page stands.
async fn press(browser: &mut Browser, number: &str, page: &Answer) -> Answer {
    let (command, seen) = (page.hidden("command"), page.hidden("seen"));
    let next = page.hidden("next");
    let fields = [
        ("command", command.as_str()),
        ("seen", &seen),
        ("next", &next),
        ("item", "lamp-out"),
        ("lead", "lighting"),
        ("urgency", "ordinary"),
    ];
    browser.post(&format!("/inbox/{number}/accept-dispatch"), &fields).await
}

#[tokio::test]
async fn a_waiting_message_is_shown_with_what_the_record_suggests_and_why() {
    let desk = Desk::open().await;
    let number = desk.reported("柳园路路灯不亮，昨晚有老人滑倒", Some(LAMP)).await;
    let page = desk.browser("sorter").await.get("/inbox").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has(&number));
    assert!(page.has("市政设施 / 路灯不亮"), "the catalogue's item");
    assert!(page.has("原话有“路灯”") || page.has("原话有“路灯不亮”"), "the words it rests on");
    assert!(page.has("主办 市城市照明中心"), "the catalogue's unit");
    assert!(page.has("<mark class=\"mk-risk\">滑倒</mark>"), "danger is marked");
    assert!(page.has("留了联系方式") || page.has("没有留联系方式"));
}

#[tokio::test]
async fn past_reports_with_the_same_words_are_counted_as_reasons() {
    let desk = Desk::open().await;
    let before = desk.reported("广场路灯不亮", None).await;
    desk.dispatched(&before, "lighting").await;
    let number = desk.reported("柳园路路灯不亮", None).await;
    let page = desk.browser("sorter").await.get(&format!("/inbox?m={number}")).await;
    assert!(page.has("近90天这样说的1件，1件归在这里"), "{}", page.page);
    assert!(page.has("近一年同类1件，交给它1件，退回0次"));
}

#[tokio::test]
async fn accepting_and_dispatching_is_one_act_and_opens_the_next_message() {
    let desk = Desk::open().await;
    let first = desk.reported("柳园路路灯不亮", None).await;
    let second = desk.reported("索河路井盖缺失", None).await;
    let mut browser = desk.browser("sorter").await;
    let page = browser.get("/inbox").await;
    let answer = press(&mut browser, &first, &page).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.stage(&first).await, "dispatched");
    let next = browser.get(&answer.to).await;
    assert!(next.has(&format!("{first} 已受理并交给市城市照明中心。")));
    assert!(next.has(&format!("/inbox/{second}/accept-dispatch")), "the next one is open");
}

#[tokio::test]
async fn the_second_of_two_officers_learns_what_was_done_meanwhile() {
    let desk = Desk::open().await;
    let number = desk.reported("柳园路路灯不亮", None).await;
    let mut first = desk.browser("sorter").await;
    let (_, mut second) = desk.joined_by("sorter-2", Role::Triage, "grid-centre").await;
    let page_of_first = first.get("/inbox").await;
    let page_of_second = second.get("/inbox").await;
    assert_eq!(press(&mut first, &number, &page_of_first).await.status, StatusCode::SEE_OTHER);
    let refused = press(&mut second, &number, &page_of_second).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.has(&format!("<a href=\"/m/{number}\">打开这一件</a>")));
    assert!(refused.has("这期间的办理：受理、交办；现在是“待签收”。"), "{}", refused.page);
}

#[tokio::test]
async fn the_same_form_sent_twice_is_taken_once() {
    let desk = Desk::open().await;
    let number = desk.reported("柳园路路灯不亮", None).await;
    let mut browser = desk.browser("sorter").await;
    let page = browser.get("/inbox").await;
    let once = press(&mut browser, &number, &page).await;
    let entries = desk.matter(&number).await.entries;
    let twice = press(&mut browser, &number, &page).await;
    assert_eq!((once.status, &once.to), (twice.status, &twice.to));
    assert_eq!(desk.matter(&number).await.entries, entries);
}

#[tokio::test]
async fn a_step_that_is_not_legal_names_those_that_are() {
    let desk = Desk::open().await;
    let number = desk.reported("柳园路路灯不亮", None).await;
    desk.dispatched(&number, "lighting").await;
    let mut browser = desk.browser("sorter").await;
    let page = browser.get(&format!("/inbox?m={number}")).await;
    let refused = press(&mut browser, &number, &page).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("签收") && refused.has("退回"), "{}", refused.page);
}

#[tokio::test]
async fn nothing_is_accepted_when_it_cannot_also_be_dispatched() {
    let desk = Desk::open().await;
    let number = desk.reported("柳园路路灯不亮", None).await;
    let unit = Some(UnitCode::new("lighting"));
    desk.done(&number, Command::SetObjectUnit { unit }).await;
    let mut browser = desk.browser("sorter").await;
    let page = browser.get("/inbox").await;
    assert!(!page.has("主办 市城市照明中心"), "the unit it is about is not suggested");
    let refused = press(&mut browser, &number, &page).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(desk.stage(&number).await, "filed");
}

#[tokio::test]
async fn a_report_about_a_unit_is_not_in_that_units_inbox() {
    let desk = Desk::open().await;
    let (_, mut theirs) = desk.joined_by("insider", Role::Triage, "lighting").await;
    let number = desk.reported("照明中心的人态度恶劣", None).await;
    assert!(theirs.get("/inbox").await.has(&number), "before anybody found what it is about");
    let unit = Some(UnitCode::new("urban-management"));
    desk.done(&number, Command::SetObjectUnit { unit }).await;
    assert!(!theirs.get("/inbox").await.has(&number));
    let opened = theirs.get(&format!("/inbox?m={number}")).await;
    assert_eq!(opened.status, StatusCode::NOT_FOUND);
    assert!(desk.browser("sorter").await.get("/inbox").await.has(&number));
}

#[tokio::test]
async fn an_open_report_of_the_same_place_is_laid_beside_the_message() {
    let desk = Desk::open().await;
    let first = desk.reported("柳园路南段路灯不亮", Some(LAMP)).await;
    let second = desk.reported("路灯坏了一直没人修", Some(LAMP)).await;
    let page = desk.browser("sorter").await.get(&format!("/inbox?m={second}")).await;
    assert!(page.has("可能是同一件"));
    assert!(page.has("同一点位"));
    assert!(page.has(&format!("name=\"into\" value=\"{first}\"")), "merging is offered");
    let alike = desk.browser("sorter").await.get("/inbox?tab=alike").await;
    assert!(alike.has(&first) && alike.has(&second));
}

#[tokio::test]
async fn reports_that_share_rare_words_are_laid_beside_each_other() {
    let desk = Desk::open().await;
    let first = desk.reported("惠民巷配电箱门脱落", None).await;
    let second = desk.reported("惠民巷那个配电箱又开了", None).await;
    let page = desk.browser("sorter").await.get(&format!("/inbox?m={second}")).await;
    assert!(page.has(&format!("name=\"into\" value=\"{first}\"")), "{}", page.page);
}

#[tokio::test]
async fn only_those_with_words_of_danger_stand_under_safety() {
    let desk = Desk::open().await;
    let calm = desk.reported("公园长椅掉漆", None).await;
    let risky = desk.reported("路边线杆漏电", None).await;
    let page = desk.browser("sorter").await.get("/inbox?tab=safety").await;
    assert!(page.has(&risky) && !page.has(&calm));
}

#[tokio::test]
async fn what_is_picked_stays_picked_and_the_dates_are_counted_for_it() {
    let desk = Desk::open().await;
    let number = desk.reported("公园长椅掉漆", None).await;
    let mut browser = desk.browser("sorter").await;
    let fields = [("item_other", "manhole-missing"), ("urgency", "urgent")];
    let answer = browser.post(&format!("/inbox/{number}/recount"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(!answer.to.contains("csrf"), "the token is no part of an address");
    let page = browser.get(&answer.to).await;
    assert!(page.has("value=\"manhole-missing\" checked"));
    assert!(page.has("value=\"urgent\" checked"));
    assert!(page.has("主办 市政养护中心"));
}

#[tokio::test]
async fn the_inbox_is_closed_to_a_post_that_does_not_sort() {
    let desk = Desk::open().await;
    let (_, mut handler) = desk.joined_by("lamps", Role::Handler, "lighting").await;
    assert_eq!(handler.get("/inbox").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_empty_inbox_says_what_would_fill_it() {
    let desk = Desk::open().await;
    let page = desk.browser("sorter").await.get("/inbox").await;
    assert!(page.has("都分完了"));
}

#[tokio::test]
async fn a_long_inbox_turns_its_pages_without_losing_or_repeating_a_message() {
    let desk = Desk::open().await;
    let mut numbers = Vec::new();
    for at in 0..43 {
        numbers.push(desk.reported(&format!("第{at}盏路灯不亮"), None).await);
    }
    let mut browser = desk.browser("sorter").await;
    let first = browser.get("/inbox").await;
    let Some((before, _)) = first.page.split_once("\">再看3件</a>") else {
        panic!("no next page in {}", first.page)
    };
    let next = before.rsplit("href=\"").next().unwrap_or_default().replace("&#38;", "&");
    let second = browser.get(&next).await;
    let listed = |page: &Answer, number: &str| page.has(&format!("m={number}\"><span"));
    for (at, number) in numbers.iter().enumerate() {
        assert_eq!((listed(&first, number), listed(&second, number)), (at < 40, at >= 40), "{at}");
    }
}
