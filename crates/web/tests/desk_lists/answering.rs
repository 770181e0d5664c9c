//! The answer to the reporter: written with the work or with the closing, read
//! by the reporter when it is closed and not before.

use axum::http::StatusCode;
use bihuan_app::commands::{Filed, Reporter, Submission};
use bihuan_app::compose::File;
use bihuan_app::{Caller, Composer, Sender};
use bihuan_domain::access::Role;
use bihuan_domain::matter::{Command, ContentTag, EvidenceKind};

use crate::browser::Browser;
use crate::desk::{Desk, GRID};

struct Mended {
    desk: Desk,
    filed: Filed,
    lamps: Caller,
    handler: Browser,
}

/// A lamp that is mended and photographed, but not handed in.
async fn mended() -> Mended {
    let desk = Desk::open().await;
    let (lamps, handler) = desk.joined_by("lamps", Role::Handler, "lighting").await;
    let filed = desk.filed("柳园路路灯不亮", None, Reporter::default()).await;
    desk.dispatched(&filed.number, "lighting").await;
    desk.done_by(&lamps, &filed.number, Command::Sign).await;
    let app = &desk.running.app;
    let mut composed = Composer::new(app);
    let photo = File {
        bytes: vec![1, 2, 3],
        thumb: Some(vec![1]),
        kind: "image/jpeg".to_owned(),
        name: "after.jpg".to_owned(),
        taken_at: None,
        width: None,
        height: None,
    };
    let given = composed.attach(EvidenceKind::After, photo).await.expect("a photo");
    let note = composed.words(ContentTag::Note, "接通了").expect("a note");
    composed.push(Command::Act { note, evidence: vec![given] });
    let sender = Sender::new(desk.running.command(), ["act"]);
    let matter = filed.matter;
    let act = Submission { sender, caller: lamps.clone(), matter, seen: None, composed };
    app.act(act).await.expect("progress");
    Mended { desk, filed, lamps, handler }
}

async fn checked(mended: &Mended) {
    let desk = &mended.desk;
    let worker = desk.running.person("worker", Role::GridWorker, "town-01", Some(GRID)).await;
    let found = Command::Check { holds: true, note: None, evidence: Vec::new() };
    desk.done_by(&worker, &mended.filed.number, found).await;
}

#[tokio::test]
async fn the_unit_answers_in_the_form_it_hands_in_and_the_reporter_reads_it_once_closed() {
    let mut mended = mended().await;
    let number = mended.filed.number.clone();
    let form = mended.handler.get(&format!("/m/{number}/submit")).await;
    assert!(form.has("照明中心已于"), "the county's words are suggested: {}", form.page);
    let fields = [("note", "三盏灯全亮"), ("answer", "五盏灯都换了新灯头。")];
    let sent = mended.handler.submit(&form, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.page);
    let code: String = mended.filed.code.chars().filter(char::is_ascii_alphanumeric).collect();
    let track = format!("/t/{code}");
    assert!(!mended.handler.get(&track).await.has("五盏灯都换了新灯头"), "nothing is checked yet");
    checked(&mended).await;
    mended.desk.done(&number, Command::Close { note: None, grade: None }).await;
    assert!(mended.handler.get(&track).await.has("五盏灯都换了新灯头"));
}

#[tokio::test]
async fn closing_without_an_answer_says_so_and_offers_to_write_it_in_the_same_form() {
    let mut mended = mended().await;
    let number = mended.filed.number.clone();
    let note =
        Composer::new(&mended.desk.running.app).words(ContentTag::Note, "好了").expect("a note");
    mended
        .desk
        .done_by(
            &mended.lamps,
            &number,
            Command::Submit { note, evidence: Vec::new(), alike: None },
        )
        .await;
    checked(&mended).await;
    let mut triage = mended.desk.browser("sorter").await;
    let page = triage.get(&format!("/m/{number}")).await;
    assert!(page.has(&format!("<a href=\"/m/{number}/close\">写答复并办结</a>")), "{}", page.page);
    let form = triage.get(&format!("/m/{number}/close")).await;
    let refused = triage.submit(&form, &[("answer", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.page);
    assert!(refused.has("先给反映人答复") && refused.has("写答复并办结"), "{}", refused.page);
    let closed = triage.submit(&form, &[("answer", "换了灯头，已经亮了。")]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.page);
    assert_eq!(mended.desk.stage(&number).await, "closed");
    let answer = mended.desk.matter(&number).await.answer;
    assert!(answer.is_some());
    assert!(mended.handler.get(&format!("/m/{number}")).await.has("办结"));
}
