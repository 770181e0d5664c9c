//! Signing in, and what happens to a form whose session has ended.

use axum::http::StatusCode;
use bihuan_domain::access::Role;

use super::house::{House, PASSWORD};

#[tokio::test]
async fn whoever_is_not_signed_in_is_asked_to_and_comes_back() {
    let house = House::open().await;
    let mut browser = house.browser();
    let answer = browser.get("/worker/report").await;
    assert_eq!(answer.to(), "/sign-in?back=%2Fworker%2Freport");
    house.person("worker", Role::GridWorker, "town-01", Some("01-001-01")).await;
    let sent = [("name", "worker"), ("password", PASSWORD), ("back", "/worker/report")];
    assert_eq!(browser.post("/sign-in", &sent).await.to(), "/worker/report");
    assert_eq!(browser.get("/worker/report").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_many_must_wait() {
    let house = House::open().await;
    house.person("worker", Role::GridWorker, "town-01", Some("01-001-01")).await;
    let mut browser = house.browser();
    for _ in 0..8 {
        let sent = [("name", "worker"), ("password", "not the password")];
        let answer = browser.post("/sign-in", &sent).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.has("账号或密码不对") && answer.has("value=\"worker\""));
    }
    let answer = browser.sign_in("worker").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    house.clock.step_minutes(16);
    assert_eq!(browser.sign_in("worker").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_given_password_must_be_changed_first() {
    let house = House::open().await;
    house.person("newcomer", Role::GridWorker, "town-01", Some("01-001-01")).await;
    let mut browser = house.browser();
    assert_eq!(browser.sign_in("newcomer").await.to(), "/me/password");
    assert_eq!(browser.get("/worker").await.to(), "/me/password");
    let new = "another long password";
    let sent = [("current", PASSWORD), ("new", new), ("again", "something else")];
    let differs = browser.post("/me/password", &sent).await;
    assert_eq!(differs.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = [("current", PASSWORD), ("new", new), ("again", new)];
    assert_eq!(browser.post("/me/password", &sent).await.to(), "/worker");
    assert_eq!(browser.get("/worker").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_sent_after_its_session_ended_is_sent_after_signing_in() {
    let house = House::open().await;
    let mut browser = house.worker().await;
    assert_eq!(browser.get("/worker").await.status, StatusCode::OK);
    house.clock.step_minutes(13 * 60);
    let before = house.entries().await;
    let sent = [("words", "井盖破了一块"), ("address", "东街口")];
    let kept = browser.upload("/worker/report", &sent, &[]).await;
    assert_eq!(kept.status, StatusCode::UNAUTHORIZED, "{}", kept.text());
    assert!(kept.has("井盖破了一块") && kept.has("东街口"));
    assert_eq!(house.entries().await, before);

    let (action, fields) = (kept.value("kept_action"), kept.value("kept"));
    let fields = fields.replace("&#38;", "&");
    let carried = [("kept_action", action.as_str()), ("kept", fields.as_str())];
    let asked = browser.post("/sign-in", &carried).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text());
    assert_eq!(asked.value("kept").replace("&#38;", "&"), fields);
    let mut again = carried.to_vec();
    again.extend([("name", "worker"), ("password", PASSWORD)]);
    let go_on = browser.post("/sign-in", &again).await;
    assert!(go_on.has("action=\"/worker/report\"") && go_on.has("井盖破了一块"));

    // The page's own token is good for the new session.
    let token = go_on.value("csrf");
    let words = go_on.value("words");
    let fields = [("csrf", token.as_str()), ("words", &words), ("address", "东街口")];
    let filed = browser.post_plain("/worker/report", &fields).await;
    assert!(filed.to().starts_with("/worker?done=BH-"), "{}", filed.text());
}

#[tokio::test]
async fn ones_own_sessions_are_listed_and_can_be_ended() {
    let house = House::open().await;
    let mut here = house.worker().await;
    let mut there = house.browser();
    there.sign_in("worker").await;
    let me = here.get("/me").await;
    assert_eq!(me.status, StatusCode::OK, "{}", me.text());
    let other = me.value("session");
    assert_eq!(here.post("/me/sessions/end", &[("session", &other)]).await.to(), "/me");
    assert_eq!(there.get("/worker").await.status, StatusCode::SEE_OTHER);
    assert_eq!(here.get("/worker").await.status, StatusCode::OK);
    here.post("/sign-out", &[]).await;
    assert_eq!(here.get("/worker").await.status, StatusCode::SEE_OTHER);
}
