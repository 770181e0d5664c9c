//! What the overview says of tasks and of rectification is what its lists hold.

use axum::http::StatusCode;
use bihuan_domain::access::Role;

use crate::browser::{Answer, Browser};
use crate::office::Office;

/// The figures of a part of the page: number and address, none where it opens
/// nothing.
fn figures(page: &Answer, heading: &str) -> Vec<(usize, String)> {
    let (_, rest) = page.page.split_once(&format!("<h2>{heading}</h2>")).expect("the part");
    let part = rest.split("</section>").next().unwrap_or_default();
    let drills = part.split("<a class=\"drill\" href=\"").skip(1).filter_map(|link| {
        let (href, rest) = link.split_once("\">")?;
        let number: String =
            rest.split("</a>").next()?.chars().filter(char::is_ascii_digit).collect();
        Some((number.parse().ok()?, href.replace("&#38;", "&")))
    });
    drills.collect()
}

async fn assert_each_opens_what_it_counts(boss: &mut Browser, found: &[(usize, String)]) {
    for (number, href) in found {
        let list = boss.get(href).await;
        assert_eq!(list.status, StatusCode::OK, "{href}");
        let table = list.page.split("<tbody>").nth(1).unwrap_or_default();
        let rows = table.split("</tbody>").next().unwrap_or_default().matches("<tr").count();
        assert_eq!(rows, *number, "{href}: {}", list.page);
    }
}

/// Registers a task; its number.
async fn task(office: &mut Office, words: &str) -> String {
    let fields = [
        ("words", words),
        ("source", "paper"),
        ("urgency", "ordinary"),
        ("lead", "municipal-works"),
    ];
    let answer = office.browser.post("/supervision/new", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    answer.to.trim_start_matches("/m/").to_owned()
}

async fn finding(office: &mut Office, words: &str) {
    let fields =
        [("words", words), ("goal", "立即整改"), ("kind", "at-once"), ("lead", "sanitation")];
    let answer = office.browser.post("/rectification/finding", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
}

#[tokio::test]
async fn each_figure_of_tasks_and_findings_opens_a_list_of_as_many() {
    let mut office = Office::open().await;
    for words in ["修东环路", "清运西沟垃圾", "整治占道经营"] {
        let number = task(&mut office, words).await;
        office.approve(&number).await;
    }
    task(&mut office, "还没有批的一件").await;
    finding(&mut office, "中转站无台账").await;
    finding(&mut office, "清运车未密闭").await;
    let (_, mut boss) = office.desk.joined_by("boss", Role::Leader, "county").await;
    let page = boss.get("/cockpit").await;
    let tasks = figures(&page, "督办任务");
    assert_eq!(tasks[0].0, 3, "a draft is no task yet: {tasks:?}");
    let parts: usize = tasks[1..].iter().map(|(number, _)| number).sum();
    assert_eq!(parts, 3, "{tasks:?}");
    assert_each_opens_what_it_counts(&mut boss, &tasks).await;
    let rectified = figures(&page, "整改");
    assert_eq!(rectified.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [2]);
    assert_each_opens_what_it_counts(&mut boss, &rectified).await;
}

#[tokio::test]
async fn the_units_criticised_are_for_those_who_oversee() {
    let office = Office::open().await;
    let (_, mut boss) = office.desk.joined_by("boss", Role::Leader, "county").await;
    let page = boss.get("/rectification/units").await;
    assert!(page.status == StatusCode::OK && page.has("没有被通报批评的单位"), "{}", page.page);
    let (_, mut hand) = office.desk.joined_by("lamps", Role::Handler, "lighting").await;
    assert_eq!(hand.get("/rectification/units").await.status, StatusCode::FORBIDDEN);
}
