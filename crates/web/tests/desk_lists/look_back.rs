//! Looking back at what was closed: listed for whoever must, shortly before it
//! is due; and the counts beside the navigation.

use axum::http::StatusCode;
use bihuan_app::commands::{NewReport, Reporter};
use bihuan_app::{Caller, Composer, Sender};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{GridCode, ItemCode, RegimeCode, UnitCode};
use bihuan_domain::matter::{Command, ContentTag, Source, Urgency};

use crate::browser::Browser;
use crate::desk::{Desk, GRID};

const MINUTES_A_DAY: i64 = 24 * 60;

/// An assignment of the leaders that was closed today.
async fn closed() -> (Desk, Browser, String) {
    let desk = Desk::open().await;
    let crew = desk.running.person("crew", Role::Handler, "lighting", None).await;
    let (boss, browser) = desk.joined_by("boss", Role::Supervisor, "county").await;
    let app = &desk.running.app;
    let note = || Composer::new(app).words(ContentTag::Note, "办了").expect("a note");
    let filed = app.file_report(assignment(&desk, &boss)).await.expect("an assignment");
    let number = filed.number;
    let lead = UnitCode::new("lighting");
    let answer = note();
    let acts = [
        (&boss, Command::Dispatch { lead, co: Vec::new(), note: None }),
        (&crew, Command::Sign),
        (&crew, Command::Submit { note: note(), evidence: Vec::new(), alike: None }),
        (&crew, Command::Answer { answer, photos: Vec::new() }),
        (&boss, Command::ApproveAnswer { answer }),
        (&boss, Command::Check { holds: true, note: None, evidence: Vec::new() }),
        (&boss, Command::Close { note: None, grade: None }),
    ];
    for (who, command) in acts {
        desk.done_by(who, &number, command).await;
    }
    (desk, browser, number)
}

fn assignment(desk: &Desk, boss: &Caller) -> NewReport {
    let item = ItemCode::new("street-stall");
    NewReport {
        sender: Sender::new(desk.running.command(), ["assigned"]),
        caller: boss.clone(),
        regime: RegimeCode::new("leader-note"),
        source: Source::LeaderNote,
        item: Some(item.clone()),
        words: "整治沿街摊点".to_owned(),
        grid: Some(GridCode::new(GRID)),
        place: None,
        position: None,
        address: String::new(),
        evidence: Vec::new(),
        reporter: Reporter::default(),
        confidential: false,
        urgency: Urgency::Ordinary,
        claimed_at: None,
        composed: Composer::new(&desk.running.app),
        then: vec![Command::Accept { item, urgency: Urgency::Ordinary }],
    }
}

#[tokio::test]
async fn what_must_be_looked_back_at_stands_in_the_supervisors_list_until_somebody_has() {
    let (desk, mut browser, number) = closed().await;
    let step = format!("/m/{number}/look-back");
    assert!(browser.get("/worklist").await.has(&step), "it may be done early");
    assert!(!browser.get("/worklist").await.has("class=\"cnt\""), "nothing waits yet");
    desk.running.clock.step_minutes(58 * MINUTES_A_DAY);
    let mut browser = desk.browser("boss").await;
    let page = browser.get("/worklist?tab=soon").await;
    assert!(page.has(&step) && page.has("<span class=\"cnt\">1</span>"), "{}", page.page);
    let form = browser.get(&step).await;
    let done = browser.submit(&form, &[("holds", "yes"), ("note", "没有反弹")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    assert!(!browser.get("/worklist").await.has(&number));
}

#[tokio::test]
async fn what_came_back_is_reopened_by_looking() {
    let (desk, mut browser, number) = closed().await;
    let form = browser.get(&format!("/m/{number}/look-back")).await;
    browser.submit(&form, &[("holds", "no"), ("note", "又摆出来了")]).await;
    assert_eq!(desk.stage(&number).await, "handling");
}

#[tokio::test]
async fn a_count_stands_in_the_navigation_only_where_something_waits() {
    let desk = Desk::open().await;
    let mut triage = desk.browser("sorter").await;
    let (_, mut lamps) = desk.joined_by("lamps", Role::Handler, "lighting").await;
    assert!(!triage.get("/inbox").await.has("class=\"cnt\""));
    let number = desk.reported("柳园路路灯不亮", None).await;
    assert!(triage.get("/search").await.has("<span class=\"cnt\">1</span>"));
    assert!(!lamps.get("/worklist").await.has("class=\"cnt\""), "it is not theirs yet");
    desk.dispatched(&number, "lighting").await;
    assert!(!triage.get("/inbox").await.has("class=\"cnt\""));
    assert!(lamps.get("/search").await.has("<span class=\"cnt\">1</span>"));
}
