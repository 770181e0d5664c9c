//! One report from a resident's phone to its closing and its reopening.

use axum::http::StatusCode;
use bihuan_app::commands::Submission;
use bihuan_app::compose::File;
use bihuan_app::{Caller, Composer, Sender};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{CommandId, GridCode, ItemCode, MatterId, UnitCode};
use bihuan_domain::matter::{Command, ContentTag, EvidenceKind, Urgency};

use super::house::{Browser, GRID, House};

struct Desk<'a> {
    house: &'a House,
    matter: MatterId,
}

impl Desk<'_> {
    async fn act(&self, who: &Caller, command: Command) {
        self.composed(who, Composer::new(&self.house.app), command).await;
    }

    async fn composed(&self, who: &Caller, mut composed: Composer, command: Command) {
        composed.push(command);
        let id = CommandId(self.house.app.new_id());
        let submission = Submission {
            sender: Sender::new(id, []),
            caller: who.clone(),
            matter: self.matter,
            seen: None,
            composed,
        };
        self.house.app.act(submission).await.expect("a step");
    }

    async fn note(
        &self,
        who: &Caller,
        words: &str,
        command: impl Fn(bihuan_domain::journal::Commitment) -> Command,
    ) {
        let mut composed = Composer::new(&self.house.app);
        let note = composed.words(ContentTag::Note, words).expect("a note");
        self.composed(who, composed, command(note)).await;
    }

    async fn submit(&self, who: &Caller) {
        let mut composed = Composer::new(&self.house.app);
        let note = composed.words(ContentTag::Note, "内部意见不给人看").expect("a note");
        let file = File {
            bytes: vec![1, 2, 3],
            thumb: Some(vec![1]),
            kind: "image/jpeg".to_owned(),
            name: "after.jpg".to_owned(),
            taken_at: None,
            width: None,
            height: None,
        };
        let after = composed.attach(EvidenceKind::After, file).await.expect("a photo");
        let photo = after.content;
        let answer = composed.words(ContentTag::Answer, "换了灯泡，已经亮了").expect("an answer");
        composed.push(Command::Submit { note, evidence: vec![after], alike: None });
        self.composed(who, composed, Command::Answer { answer, photos: vec![photo] }).await;
    }
}

async fn say(browser: &mut Browser, number: &str, act: &str, verdict: &str) {
    let path = format!("/worker/m/{number}/{act}");
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let (seen, command) = (page.value("seen"), page.value("command"));
    let unchosen = [("seen", seen.as_str()), ("command", &command), ("note", "看过了")];
    let asked = browser.upload(&path, &unchosen, &[]).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.has("请选一项") && asked.has("看过了"));
    let mut sent = unchosen.to_vec();
    sent.push(("verdict", verdict));
    let done = browser.upload(&path, &sent, &[]).await;
    assert_eq!(done.to(), format!("/worker?done={number}"), "{}", done.text());
    let again = browser.upload(&path, &sent, &[]).await;
    assert_eq!(again.to(), done.to(), "a phone may send twice");
    let mut late = vec![("verdict", verdict)];
    late.extend([("seen", seen.as_str()), ("note", "晚了一步")]);
    let late = browser.upload(&path, &late, &[]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "someone acted in between");
    assert!(late.has("晚了一步"), "{}", late.text());
}

#[tokio::test]
async fn a_report_is_verified_handled_checked_answered_and_reopened_by_its_reporter() {
    let house = House::open().await;
    let mut worker = house.worker().await;
    let triage = house.person("triage", Role::Triage, "county", None).await;
    let handler = house.person("handler", Role::Handler, "urban-management", None).await;
    let mut resident = house.browser();
    let sign = house.sign().await;
    let sent =
        [("words", "路灯不亮，晚上一片黑"), ("place", sign.as_str()), ("phone", "13800001234")];
    let filed = resident.post("/report", &sent).await;
    let code = filed.to().rsplit('/').next().expect("a code").to_owned();
    let track = format!("/t/{code}");
    let number = "BH-260922-0001";
    let (_, matter) = house.app.open_code(&code, "test").await.expect("the code");
    let desk = Desk { house: &house, matter };

    let grid = Some(GridCode::new(GRID));
    desk.act(&triage, Command::RequestVerification { grid, note: None }).await;
    let day = worker.get("/worker").await;
    assert!(day.has("路灯不亮") && day.has(&format!("/worker/m/{number}")), "{}", day.text());
    say(&mut worker, number, "verify", "yes").await;
    let item = ItemCode::new("lamp-out");
    desk.act(&triage, Command::Accept { item, urgency: Urgency::Ordinary }).await;
    let lead = UnitCode::new("urban-management");
    desk.act(&triage, Command::Dispatch { lead, co: Vec::new(), note: None }).await;
    desk.act(&handler, Command::Sign).await;
    let page = resident.get(&track).await;
    assert!(page.has("正在办理") && page.has("最晚期限") && page.has("为什么是这一天"));

    let ask = |question| Command::Ask { question };
    let mut composed = Composer::new(&house.app);
    let question = composed.words(ContentTag::Answer, "是哪一盏灯？").expect("a question");
    desk.composed(&triage, composed, ask(question)).await;
    assert!(resident.get(&track).await.has("是哪一盏灯？"));
    let answered = resident.post(&format!("{track}/answer"), &[("reply", "门口那盏")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text());
    assert!(!resident.get(&track).await.has("name=\"reply\""), "the question is answered");

    house.clock.step_minutes(90);
    desk.note(&handler, "内部意见不给人看", |note| Command::Act {
        note,
        evidence: Vec::new(),
    })
    .await;
    desk.submit(&handler).await;
    say(&mut worker, number, "check", "yes").await;
    let draft = house.app.matter(&triage, number).await.expect("the matter").matter.draft;
    if let Some(draft) = draft {
        desk.act(&triage, Command::ApproveAnswer { answer: draft.answer }).await;
    }
    let closed = house.app.matter(&triage, number).await.expect("the matter").matter.closed_at;
    if closed.is_none() {
        desk.act(&triage, Command::Close { note: None, grade: None }).await;
    }

    let page = resident.get(&track).await;
    assert!(page.has("办好了，请您看看") && page.has("换了灯泡，已经亮了"), "{}", page.text());
    for hidden in ["内部意见", "13800001234", "某worker", "某handler", "某triage"] {
        assert!(!page.has(hidden), "{hidden} is on the track page");
    }
    let unchosen = resident.post(&format!("{track}/rate"), &[("rating_words", "还是黑")]).await;
    assert_eq!(unchosen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unchosen.has("还是黑"));
    let rated = resident
        .post(&format!("{track}/rate"), &[("rating", "not-fixed"), ("rating_words", "还是黑")])
        .await;
    assert_eq!(rated.to(), track, "{}", rated.text());
    let page = resident.get(&track).await;
    assert!(page.has("重新办理") && page.has("没修好"), "{}", page.text());

    let brief = worker.get(&format!("/worker/m/{number}")).await;
    assert!(!brief.has("13800001234"));
}
