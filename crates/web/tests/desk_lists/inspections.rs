//! The inspection calendar: what stands in a month, and what a unit has left.

use axum::http::StatusCode;
use bihuan_domain::access::Role;
use jiff::civil::Date;

use crate::office::Office;

/// Plans a visit of these units; its number.
async fn planned(office: &mut Office, words: &str, units: &[&str], from: Date, to: Date) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    let mut fields = vec![
        ("type", "special"),
        ("method", "visit"),
        ("words", words),
        ("from_on", from.as_str()),
        ("due_on", to.as_str()),
    ];
    fields.extend(units.iter().map(|unit| ("units", *unit)));
    let answer = office.browser.post("/rectification/inspection", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    answer.to.trim_start_matches("/m/").trim_end_matches("?done=file").to_owned()
}

/// The first day of the month to come: nobody plans a visit of the past.
fn next_month(office: &Office) -> Date {
    let last = office.desk.running.app.now().date().last_of_month();
    last.tomorrow().expect("a day")
}

fn month_of(day: Date) -> String {
    format!("/rectification/calendar?month={:04}-{:02}", day.year(), day.month())
}

#[tokio::test]
async fn a_month_shows_its_visits_with_their_units_and_what_each_unit_has_left() {
    let mut office = Office::open().await;
    let day = next_month(&office);
    let third = day.with().day(3).build().expect("a day");
    let number = planned(&mut office, "检查垃圾中转站", &["sanitation", "parks"], day, third).await;
    let page = office.browser.get(&month_of(day)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.page);
    assert!(page.has("检查垃圾中转站") && page.has("待批"), "{}", page.page);
    assert_eq!(
        page.page.matches(&format!("href=\"/m/{number}\"")).count(),
        3 + 2,
        "days and units"
    );
    assert!(page.has("没有重叠或隔得太近的检查"), "{}", page.page);
    let row = page.page.split("<tr").find(|row| row.contains("市环境卫生服务中心</th>"));
    let row = row.expect("the unit's row");
    assert!(row.contains("data-label=\"还剩\">3</td>"), "one of four is used: {row}");
    let desk = office.browser.get("/rectification").await;
    assert!(desk.has("href=\"/rectification/calendar\""), "{}", desk.page);
    let next = office.browser.get(&month_of(day.last_of_month().tomorrow().expect("a day"))).await;
    assert!(!next.has("检查垃圾中转站") && next.has("这个月没有检查"), "{}", next.page);
}

#[tokio::test]
async fn two_visits_of_a_unit_that_stand_too_near_are_told() {
    let mut office = Office::open().await;
    let day = next_month(&office);
    let at = |of: i8| day.with().day(of).build().expect("a day");
    let first = planned(&mut office, "检查一", &["sanitation"], at(2), at(4)).await;
    let second = planned(&mut office, "检查二", &["sanitation"], at(4), at(5)).await;
    let third = planned(&mut office, "检查三", &["sanitation"], at(20), at(20)).await;
    let page = office.browser.get(&month_of(day)).await;
    assert!(page.has(&format!("{first}和{second}的日期重叠")), "{}", page.page);
    assert!(page.has(&format!("{second}和{third}只隔15天")), "{}", page.page);
}

#[tokio::test]
async fn the_calendar_is_for_those_who_inspect_and_a_month_that_is_none_is_refused() {
    let mut office = Office::open().await;
    let (_, mut head) = office.desk.joined_by("lamps", Role::UnitHead, "lighting").await;
    assert_eq!(head.get("/rectification/calendar").await.status, StatusCode::FORBIDDEN);
    for month in ["2026-13", "november", "2026"] {
        let page = office.browser.get(&format!("/rectification/calendar?month={month}")).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{month}");
    }
}
