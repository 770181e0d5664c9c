//! Forms made to do harm are answered with the limits, and nothing of them is
//! filed.

use axum::http::StatusCode;

use super::house::{Answer, House, command, photo};

const FIELDS: usize = 10_000;

fn too_large(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.text());
    assert!(answer.has("一张表里填写的内容不超过1 MB"), "{}", answer.text());
}

fn names() -> Vec<String> {
    (0..FIELDS).map(|number| format!("field-{number}")).collect()
}

#[tokio::test]
async fn a_form_of_ten_thousand_fields_is_refused_with_files_or_without() {
    let house = House::open().await;
    let mut browser = house.browser();
    let before = house.entries().await;
    let (names, command) = (names(), command(1));
    let real = [("command", command.as_str()), ("words", "灯不亮"), ("address", "东街")];
    let fields: Vec<(&str, &str)> =
        real.into_iter().chain(names.iter().map(|name| (name.as_str(), "x"))).collect();
    for path in ["/report", "/complaint", "/sign-in"] {
        too_large(&browser.post(path, &fields).await);
    }
    too_large(&browser.upload("/report", &fields, &[("a.png", &photo())]).await);
    browser.lang = "en";
    assert!(browser.post("/report", &fields).await.has("typed into one form 1 MB"));
    assert_eq!(house.entries().await, before);
    assert_eq!(browser.post("/report", &real).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn one_field_said_ten_thousand_times_is_refused_too() {
    let house = House::open().await;
    let fields = vec![("words", "灯不亮"); FIELDS];
    too_large(&house.browser().post("/report", &fields).await);
}

#[tokio::test]
async fn words_of_three_megabytes_are_refused_with_files_or_without() {
    let house = House::open().await;
    let mut browser = house.browser();
    let words = "x".repeat(3 << 20);
    let fields = [("words", words.as_str()), ("address", "东街")];
    too_large(&browser.post("/report", &fields).await);
    too_large(&browser.upload("/report", &fields, &[("a.png", &photo())]).await);
}
