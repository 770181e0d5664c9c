use axum::body::to_bytes;

use super::*;
use crate::golden::Sample;
use crate::sample;

pub(crate) fn samples(lang: Lang) -> Vec<Sample> {
    let shell = || sample::public(lang, "/report");
    let kept = Kept::new(
        "/report".to_owned(),
        vec![
            ("words".to_owned(), "路灯不亮 <b>".to_owned()),
            ("csrf".to_owned(), "old".to_owned()),
        ],
    );
    let back = "/inbox".to_owned();
    vec![
        Sample::of("problem-not-found", &Problem::NotFound.page(shell())),
        Sample::of("problem-form-expired", &Problem::FormExpired(kept.clone()).page(shell())),
        Sample::of(
            "problem-sign-in-kept",
            &Problem::SignInNeeded { back, kept: Some(kept) }.page(shell()),
        ),
        Sample::of(
            "problem-refused",
            &Problem::Refused(Refusal::new(Reason::PlaceOutsideCounty)).page(shell()),
        ),
        Sample::of("problem-unavailable", &Problem::Unavailable.page(shell())),
        Sample::of("problem-cannot-keep", &Problem::CannotKeep.page(shell())),
        Sample::of("problem-file-missing", &Problem::FileMissing.page(shell())),
        Sample::of(
            "problem-damaged",
            &Problem::Damaged { operation: "4f1c09".to_owned() }.page(shell()),
        ),
        Sample::of(
            "problem-internal",
            &Problem::Internal { operation: "4f1c09".to_owned() }.page(shell()),
        ),
    ]
}

async fn text(response: Response) -> String {
    let bytes = to_bytes(response.into_body(), 100_000).await.expect("body");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn shell() -> Shell {
    sample::public(Lang::Zh, "/report")
}

#[tokio::test]
async fn a_page_a_panel_and_json_say_the_same_with_the_same_status() {
    for form in [AnswerForm::Page, AnswerForm::Fragment, AnswerForm::Json] {
        let problem = Problem::Refused(Refusal::new(Reason::RatingClosed).with("days", 7));
        let response = problem.answer(shell(), form);
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let words = text(response).await;
        assert!(words.contains("超过7天"), "{form:?} {words}");
        assert_eq!(words.contains("<html"), form == AnswerForm::Page);
    }
}

#[test]
fn what_changed_meanwhile_is_a_conflict() {
    let problem = Problem::from(Refusal::new(Reason::ChangedMeanwhile));
    assert_eq!(problem.status(), StatusCode::CONFLICT);
    assert_eq!(
        Problem::from(Refusal::new(Reason::WordsNeeded)).status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[test]
fn too_many_says_when_to_come_back() {
    let response = Problem::TooMany { retry_after_seconds: 90 }.answer(shell(), AnswerForm::Page);
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(response.headers()[header::RETRY_AFTER], "90");
}

#[test]
fn a_busy_system_says_when_to_come_back() {
    let response = Problem::Unavailable.answer(shell(), AnswerForm::Page);
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()[header::RETRY_AFTER], "10");
}

#[test]
fn without_a_session_one_is_led_to_the_sign_in_and_back() {
    let needed = || Problem::SignInNeeded { back: "/inbox?x=1".to_owned(), kept: None };
    let page = needed().answer(shell(), AnswerForm::Page);
    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    assert_eq!(page.headers()[header::LOCATION], "/sign-in?back=%2Finbox%3Fx%3D1");
    let block = needed().answer(shell(), AnswerForm::Fragment);
    assert_eq!(block.headers()["HX-Redirect"], "/sign-in?back=%2Finbox%3Fx%3D1");
}

#[tokio::test]
async fn a_filled_form_survives_an_expired_token_but_its_password_does_not() {
    let secret = ["password", "current", "new", "again"].map(|name| (name, "secret"));
    let fields = [("words", "路灯不亮"), ("csrf", "old")]
        .into_iter()
        .chain(secret)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let problem = Problem::FormExpired(Kept::new("/report".to_owned(), fields));
    let html = text(problem.answer(shell(), AnswerForm::Page)).await;
    assert!(html.contains(r#"name="words" value="路灯不亮""#), "{html}");
    assert!(!html.contains("secret") && !html.contains("\"old\""));
}

#[test]
fn a_form_carried_through_a_sign_in_comes_out_as_it_went_in() {
    let kept = Kept::new("/m/1/sign".to_owned(), vec![("words".to_owned(), "a&b=c 路".to_owned())]);
    assert_eq!(Kept::decoded(&kept.action, &kept.encoded()), kept);
    assert_eq!(Kept::decoded("//evil.example", "").action, "/");
}
