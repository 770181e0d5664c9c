//! "Is it one of these?": what is told of open matters nearby, and what follows
//! when it is.

use axum::http::StatusCode;

use super::house::{Answer, Browser, House};

const FIRST_WORDS: &str = "张家门口的灯不亮，天天摸黑";
const WORDS: &str = "这里路灯坏了";
/// In the grid; some forty metres and some eleven hundred metres from it.
const HERE: (&str, &str) = ("113.050000", "34.050000");
const BESIDE: (&str, &str) = ("113.050400", "34.050200");
const FAR: (&str, &str) = ("113.050000", "34.060000");
const LAMP: &str = "lamp-out";

fn fields<'a>(
    words: &'a str,
    item: &'a str,
    (lon, lat): (&'a str, &'a str),
) -> Vec<(&'a str, &'a str)> {
    vec![("words", words), ("item", item), ("lon", lon), ("lat", lat)]
}

async fn filed(browser: &mut Browser, more: &[(&str, &str)], at: (&str, &str)) -> Answer {
    let mut sent = fields(FIRST_WORDS, LAMP, at);
    sent.extend([("address", "张家巷3号"), ("phone", "13800001234")]);
    sent.extend_from_slice(more);
    let filed = browser.post("/report", &sent).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
    filed
}

async fn checked(browser: &mut Browser, at: (&str, &str)) -> Answer {
    let check = browser.post("/report/check", &fields(WORDS, LAMP, at)).await;
    assert_eq!(check.status, StatusCode::OK, "{}", check.text());
    check
}

#[tokio::test]
async fn a_matter_forty_metres_off_is_offered_as_class_place_state_and_date_only() {
    let house = House::open().await;
    let mut browser = house.browser();
    filed(&mut browser, &[], HERE).await;
    let check = checked(&mut browser, BESIDE).await;
    for told in ["附近有1件正在办", "市政设施", "东街社区", "待受理", "9月22日", "就是它"]
    {
        assert!(check.has(told), "{told}: {}", check.text());
    }
    for kept in ["张家", "摸黑", "13800001234", "BH-260922-0001"] {
        assert!(!check.has(kept), "{kept}: {}", check.text());
    }
}

#[tokio::test]
async fn what_is_far_off_or_confidential_is_not_offered() {
    let house = House::open().await;
    let mut browser = house.browser();
    filed(&mut browser, &[], FAR).await;
    filed(&mut browser, &[("confidential", "on")], HERE).await;
    let check = checked(&mut browser, BESIDE).await;
    assert!(!check.has("name=\"same_as\" value=\"\""), "{}", check.text());
}

#[tokio::test]
async fn this_is_it_joins_the_report_to_that_matter_and_can_be_followed() {
    let house = House::open().await;
    let mut browser = house.browser();
    filed(&mut browser, &[], HERE).await;
    let token = checked(&mut browser, BESIDE).await.value("same_as");
    let mut sent = fields(WORDS, LAMP, BESIDE);
    sent.push(("same_as", &token));
    let joined = browser.post("/report", &sent).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.text());

    let (first, second) =
        (house.report("BH-260922-0001").await, house.report("BH-260922-0002").await);
    assert_eq!(second.matter.merged_into, Some(first.matter.id));
    assert!(first.matter.duplicates.contains(&second.matter.id));
    let code = joined.to().rsplit('/').next().expect("a code").to_owned();
    let track = browser.get(&format!("/t/{code}")).await;
    assert_eq!(track.status, StatusCode::OK);
    assert!(track.has(WORDS) && !track.has("摸黑"), "{}", track.text());
}

#[tokio::test]
async fn another_one_or_a_made_up_choice_stands_for_itself() {
    let house = House::open().await;
    let mut browser = house.browser();
    filed(&mut browser, &[], HERE).await;
    for (number, token) in [("BH-260922-0002", ""), ("BH-260922-0003", "0123456789abcdef")] {
        let mut sent = fields(WORDS, LAMP, BESIDE);
        sent.push(("same_as", token));
        let filed = browser.post("/report", &sent).await;
        assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
        assert_eq!(house.report(number).await.matter.merged_into, None);
    }
}

#[tokio::test]
async fn a_choice_that_ended_meanwhile_leaves_the_report_to_itself() {
    let house = House::open().await;
    let mut browser = house.browser();
    let first = filed(&mut browser, &[], HERE).await;
    let token = checked(&mut browser, BESIDE).await.value("same_as");
    let code = first.to().rsplit('/').next().expect("a code").to_owned();
    let reason = [("reason", "已经亮了")];
    let withdrawn = browser.post(&format!("/t/{code}/withdraw"), &reason).await;
    assert_eq!(withdrawn.status, StatusCode::SEE_OTHER, "{}", withdrawn.text());
    let mut sent = fields(WORDS, LAMP, BESIDE);
    sent.push(("same_as", &token));
    let filed = browser.post("/report", &sent).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
    assert_eq!(house.report("BH-260922-0002").await.matter.merged_into, None);
}

#[tokio::test]
async fn a_scanned_sign_shows_what_is_open_at_its_place() {
    let house = House::open().await;
    let mut browser = house.browser();
    let sign = house.sign().await;
    let sent = [("words", FIRST_WORDS), ("item", LAMP), ("place", sign.as_str())];
    assert_eq!(browser.post("/report", &sent).await.status, StatusCode::SEE_OTHER);
    let page = browser.get(&format!("/p/{sign}")).await;
    assert!(page.has("就是它") && page.has("东街路灯0001号"), "{}", page.text());
    assert!(!page.has("摸黑"), "{}", page.text());
}

#[tokio::test]
async fn in_a_chosen_village_only_the_same_item_is_offered() {
    let house = House::open().await;
    let mut browser = house.browser();
    filed(&mut browser, &[], HERE).await;
    let village = |item| [("words", WORDS), ("grid", "01-001"), ("item", item)];
    let part = browser.post("/report/nearby", &village(LAMP)).await;
    assert_eq!(part.status, StatusCode::OK);
    assert!(part.has("就是它"), "{}", part.text());
    let part = browser.post("/report/nearby", &village("drain-blocked")).await;
    assert!(!part.has("就是它"), "{}", part.text());
}
