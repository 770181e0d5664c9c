//! A clock that was set back: everybody goes on, and officers are told.

use axum::http::StatusCode;
use bihuan_app::background::tasks;
use bihuan_domain::access::Role;
use tokio::task::yield_now;

use super::house::{Answer, Browser, House, command};

const SET_BACK: &str = "可能被拨回去了";

/// The page once it knows the last checkpoint, which it looks up beside itself.
async fn with_checkpoint(browser: &mut Browser) -> Answer {
    for _ in 0..1_000 {
        let page = browser.get("/me").await;
        if page.has("留痕检查点") {
            return page;
        }
        yield_now().await;
    }
    let page = browser.get("/me").await;
    panic!("no checkpoint: {} {}", page.status, page.text());
}

#[tokio::test]
async fn a_clock_set_back_is_told_to_officers_while_reports_are_taken_and_sealed() {
    let house = House::open().await;
    house.person("officer", Role::Triage, "county", None).await;
    let mut officer = house.browser();
    officer.sign_in("officer").await;
    assert!(tasks::seal(&house.app).await.expect("sealed") > 0);
    house.clock.step_minutes(2);
    assert!(!with_checkpoint(&mut officer).await.has(SET_BACK));

    house.clock.step_minutes(-3 * 60);
    let page = with_checkpoint(&mut officer).await;
    assert!(page.has(SET_BACK), "{}", page.text());
    officer.lang = "en";
    assert!(officer.get("/me").await.has("it was set back"));
    let mut resident = house.browser();
    let number = command(1);
    let sent = [("command", number.as_str()), ("words", "灯不亮"), ("address", "东街")];
    let filed = resident.post("/report", &sent).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
    assert_eq!(resident.post("/report", &sent).await.to(), format!("{}?again=1", filed.to()));
    assert!(tasks::seal(&house.app).await.expect("sealed") > 0);
    assert_eq!(resident.get(&filed.to()).await.status, StatusCode::OK);

    house.clock.step_minutes(4 * 60);
    tasks::seal(&house.app).await.expect("sealed");
    officer.lang = "zh-CN";
    assert!(!with_checkpoint(&mut officer).await.has(SET_BACK));
}
