//! A bulletin: counted, frozen, approved, issued to whom it is for, counted again.

use axum::http::StatusCode;

use crate::browser::Browser;
use crate::chased::{number_of, refused, take, taken};
use crate::office::{Office, with};

const NEW: &str = "/bulletins/new?template=bulletin";
const TYPED: [(&str, &str); 4] = [
    ("f-period", "本月"),
    ("f-units", "市政府有关部门"),
    ("f-problems", "个别单位没有写明何时完成"),
    ("f-next", "临近期限的逐项核对"),
];

struct Press {
    office: Office,
    mayor: Browser,
}

impl Press {
    /// With one task that was registered the day before.
    async fn open() -> Self {
        let office = Office::open().await;
        let mayor = office.desk.browser("mayor").await;
        let mut press = Self { office, mayor };
        press.task("清理河道").await;
        press.a_day_later().await;
        press
    }

    async fn task(&mut self, words: &str) {
        let fields = [
            ("words", words),
            ("source", "meeting"),
            ("urgency", "ordinary"),
            ("lead", "municipal-works"),
        ];
        let answer = self.office.browser.post("/supervision/new", &fields).await;
        taken(&answer);
        self.office.approve(&number_of(&answer)).await;
    }

    async fn a_day_later(&mut self) {
        self.office.desk.running.clock.step_minutes(24 * 60);
        self.office.desk.running.rest().await;
        self.office.browser = self.office.desk.browser("watch").await;
        self.mayor = self.office.desk.browser("mayor").await;
    }

    async fn drafted(&mut self) -> String {
        let page = self.office.browser.get(NEW).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.page);
        let form = page.form_with("f-period");
        let answer = self.office.browser.post("/bulletins/new", &with(&form, &TYPED)).await;
        taken(&answer);
        number_of(&answer)
    }

    async fn issued(&mut self, audience: &str) -> String {
        let number = self.drafted().await;
        taken(&take(&mut self.mayor, &number, "approve-filing", &[("approve", "yes")]).await);
        let to = [("audiences", audience)];
        taken(&take(&mut self.office.browser, &number, "issue", &to).await);
        number
    }
}

#[tokio::test]
async fn a_bulletin_is_read_by_all_only_once_it_is_approved_and_issued_to_all() {
    let mut press = Press::open().await;
    let number = press.drafted().await;
    let public = format!("/bulletins/{number}");
    let to = [("audiences", "public")];
    let early = take(&mut press.office.browser, &number, "issue", &to).await;
    assert!(early.status.is_client_error(), "{}", early.page);
    assert_eq!(press.mayor.get(&public).await.status, StatusCode::NOT_FOUND);

    taken(&take(&mut press.mayor, &number, "approve-filing", &[("approve", "yes")]).await);
    assert_eq!(press.mayor.get(&public).await.status, StatusCode::NOT_FOUND, "not issued yet");
    refused(&take(&mut press.office.browser, &number, "issue", &[]).await, "选发给谁");
    taken(&take(&mut press.office.browser, &number, "issue", &to).await);
    let read = press.mayor.get(&public).await;
    assert_eq!(read.status, StatusCode::OK);
    assert!(read.has("个别单位没有写明何时完成"), "{}", read.page);
    assert!(press.mayor.get("/bulletins").await.has(&public));
}

#[tokio::test]
async fn a_bulletin_for_the_units_is_not_public() {
    let mut press = Press::open().await;
    let number = press.issued("units").await;
    let public = format!("/bulletins/{number}");
    assert_eq!(press.mayor.get(&public).await.status, StatusCode::NOT_FOUND);
    assert!(!press.mayor.get("/bulletins").await.has(&public));
}

#[tokio::test]
async fn what_was_published_is_counted_again_to_the_same_figures() {
    let mut press = Press::open().await;
    let number = press.issued("public").await;
    let before = press.mayor.get(&format!("/bulletins/{number}")).await;
    assert!(before.has("市政养护中心"), "units are ranked: {}", before.page);
    press.a_day_later().await;
    press.task("修补围栏").await;
    press.a_day_later().await;
    let recount = press.office.browser.get(&format!("/bulletins/{number}/recount")).await;
    assert_eq!(recount.status, StatusCode::OK);
    assert!(recount.has("一致") && !recount.has("<table"), "{}", recount.page);
    let fresh = press.office.browser.get(NEW).await;
    assert_ne!(fresh.hidden("shown-figures"), "", "counted as of now");
    let after = press.mayor.get(&format!("/bulletins/{number}")).await;
    let body = |page: &str| page.split_once("<article").map(|(_, rest)| rest.to_owned());
    assert_eq!(body(&after.page), body(&before.page), "what is published does not move");
}

#[tokio::test]
async fn a_bulletin_without_its_own_words_is_not_drafted() {
    let mut press = Press::open().await;
    let page = press.office.browser.get(NEW).await;
    let form = page.form_with("f-period");
    let answer = press.office.browser.post("/bulletins/new", &with(&form, &TYPED[..3])).await;
    refused(&answer, "没填或没选（");
    let drafts = press.office.browser.get("/papers?kind=bulletins&tab=drafts").await;
    assert!(!drafts.has("/m/XY-"), "{}", drafts.page);
}
