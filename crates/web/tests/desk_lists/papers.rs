//! A notice, from the composer to the page that proves it.

use axum::http::StatusCode;
use bihuan_domain::access::Role;

use crate::browser::{Answer, Browser};
use crate::chased::{number_of, refused, take, taken};
use crate::desk::Desk;

const TITLE: &str = "关于井盖管护问题的整改通知书";
const DEMAND: &str = "更换破损井盖，补齐巡查记录";
const DRAFTS: &str = "/papers?kind=notices&tab=drafts";

struct Bureau {
    desk: Desk,
    office: Browser,
    mayor: Browser,
    head: Browser,
}

impl Bureau {
    async fn open() -> Self {
        let desk = Desk::open().await;
        let (_, office) = desk.joined_by("office", Role::Supervisor, "inspection").await;
        let (_, mayor) = desk.joined_by("mayor", Role::Leader, "county").await;
        let (_, head) = desk.joined_by("head", Role::UnitHead, "municipal-works").await;
        Self { desk, office, mayor, head }
    }

    async fn drafted(&mut self) -> String {
        let command = self.desk.running.command().to_string();
        let answer = self.office.post("/papers/new", &with(&command, "督查室")).await;
        taken(&answer);
        number_of(&answer)
    }

    /// Approved and thereby numbered and sent; with the address that proves it.
    async fn issued(&mut self) -> (String, String) {
        let number = self.drafted().await;
        taken(&take(&mut self.mayor, &number, "approve-filing", &[("approve", "yes")]).await);
        let page = self.mayor.get(&format!("/m/{number}")).await;
        (number, check_path(&page).expect("an address to check it at"))
    }
}

fn with<'a>(command: &'a str, contact: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("command", command),
        ("template", "rectification-notice"),
        ("f-matter", "井盖管护"),
        ("f-unit", "municipal-works"),
        ("f-inspected-on", "2026-11-10"),
        ("f-basis", "年度计划第6项"),
        ("f-method", "实地查看"),
        ("f-count", "1"),
        ("f-findings-no", "1"),
        ("f-findings-fact", "东侧雨水井盖破损"),
        ("f-findings-evidence", "照片2张"),
        ("f-findings-article", "第二十三条"),
        ("f-demands", DEMAND),
        ("f-due", "2026-12-10"),
        ("f-contact", contact),
    ]
}

/// Where a paper's page says that it can be checked.
fn check_path(page: &Answer) -> Option<String> {
    let (_, rest) = page.page.split_once("/check/")?;
    Some(format!("/check/{}", rest.split('"').next()?))
}

#[tokio::test]
async fn a_notice_is_seen_as_it_is_written_and_drafted_once_nothing_is_missing() {
    let mut bureau = Bureau::open().await;
    let blank = bureau.office.get("/papers/new?template=rectification-notice").await;
    assert_eq!(blank.status, StatusCode::OK);
    let command = blank.hidden("command");

    let preview = bureau.office.post("/papers/preview", &with(&command, "")).await;
    assert_eq!(preview.status, StatusCode::OK);
    for words in [TITLE, DEMAND, "东侧雨水井盖破损", "2026年12月10日前整改到位"] {
        assert!(preview.has(words), "no “{words}” in {}", preview.page);
    }
    let missing = bureau.office.post("/papers/new", &with(&command, "")).await;
    refused(&missing, "没填或没选（联系人及电话）");
    assert!(missing.has("value=\"井盖管护\"") && missing.has(DEMAND), "what was typed stays");
    assert!(!bureau.office.get(DRAFTS).await.has(TITLE), "nothing is half-done");

    let sent = bureau.office.post("/papers/new", &with(&command, "督查室")).await;
    taken(&sent);
    let again = bureau.office.post("/papers/new", &with(&command, "督查室")).await;
    assert_eq!(number_of(&again), number_of(&sent), "sent twice, drafted once");
    assert!(bureau.office.get(DRAFTS).await.has(TITLE));
}

#[tokio::test]
async fn only_the_office_writes_papers() {
    let mut bureau = Bureau::open().await;
    let path = "/papers/new?template=rectification-notice";
    assert_eq!(bureau.head.get(path).await.status, StatusCode::FORBIDDEN);
    let command = bureau.desk.running.command().to_string();
    let sent = bureau.head.post("/papers/new", &with(&command, "督查室")).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    let unknown = bureau.office.get("/papers/new?template=edict").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_draft_is_neither_sent_nor_approved_by_the_office_that_wrote_it() {
    let mut bureau = Bureau::open().await;
    let number = bureau.drafted().await;
    let own = take(&mut bureau.office, &number, "approve-filing", &[("approve", "yes")]).await;
    assert!(own.status.is_client_error(), "{}", own.page);
    let send = [("lead", "municipal-works")];
    let early = take(&mut bureau.office, &number, "dispatch", &send).await;
    refused(&early, "不能交办");
    let page = bureau.mayor.get(&format!("/m/{number}")).await;
    assert!(check_path(&page).is_none(), "a draft proves nothing: {}", page.page);
    taken(&take(&mut bureau.mayor, &number, "approve-filing", &[("approve", "yes")]).await);
    let page = bureau.mayor.get(&format!("/m/{number}")).await;
    let year = bureau.desk.running.app.now().date().year();
    assert!(page.has(&format!("荥政督〔{year}〕1号")), "{}", page.page);
}

#[tokio::test]
async fn whoever_holds_a_paper_learns_whether_it_was_issued_and_no_more() {
    let mut bureau = Bureau::open().await;
    let (_, path) = bureau.issued().await;
    let year = bureau.desk.running.app.now().date().year();
    let document = format!("荥政督〔{year}〕1号");
    let checked = bureau.head.get(&path).await;
    assert_eq!(checked.status, StatusCode::OK);
    assert!(checked.has("这份公文是真的") && checked.has(&document), "{}", checked.page);
    assert!(checked.has(TITLE) && !checked.has("井盖破损"), "{}", checked.page);
}

#[tokio::test]
async fn a_token_that_nobody_gave_out_proves_nothing() {
    let mut bureau = Bureau::open().await;
    let (number, path) = bureau.issued().await;
    let (rest, code) = path.rsplit_once('-').expect("a number and a code");
    let turned: String = code.chars().rev().collect();
    assert_ne!(turned, code);
    let (_, other) = bureau.issued().await;
    let other_code = other.rsplit_once('-').expect("a number and a code").1;
    for forged in [
        format!("{rest}-{turned}"),
        format!("{rest}-{other_code}"),
        rest.to_owned(),
        format!("/check/{number}"),
        "/check/XY-990101-0001-0000000000000000".to_owned(),
    ] {
        assert_eq!(bureau.head.get(&forged).await.status, StatusCode::NOT_FOUND, "{forged}");
    }
    assert_eq!(bureau.head.get(&path).await.status, StatusCode::OK, "a right one still opens");
}

#[tokio::test]
async fn a_void_paper_is_told_to_be_void_and_keeps_its_number() {
    let mut bureau = Bureau::open().await;
    let (number, path) = bureau.issued().await;
    taken(&take(&mut bureau.mayor, &number, "withdraw", &[]).await);
    let checked = bureau.head.get(&path).await;
    assert!(checked.has("这份公文已作废") && !checked.has("这份公文是真的"), "{}", checked.page);
    let (next, _) = bureau.issued().await;
    let year = bureau.desk.running.app.now().date().year();
    let page = bureau.mayor.get(&format!("/m/{next}")).await;
    assert!(page.has(&format!("荥政督〔{year}〕2号")), "the void one's number is not used again");
}
