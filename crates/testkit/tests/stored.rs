//! What lies outside the journal: files that are missing or altered are named, a
//! rebuilding gives the rows there were, and a year of holidays that another
//! process loaded is noticed.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

use bihuan_app::commands::{Filed, NewReport, Reporter};
use bihuan_app::compose::File;
use bihuan_app::{Caller, Composer, Sender};
use bihuan_domain::ids::{GridCode, RegimeCode};
use bihuan_domain::matter::{EvidenceKind, Source, Urgency};
use bihuan_store::registers::HolidayRow;
use bihuan_testkit::app::Running;

async fn photographed(running: &Running) -> Filed {
    let app = &running.app;
    let mut composed = Composer::new(app);
    let photo = File {
        bytes: b"a photo".to_vec(),
        thumb: None,
        kind: "image/jpeg".to_owned(),
        name: "before.jpg".to_owned(),
        taken_at: None,
        width: None,
        height: None,
    };
    let evidence = vec![composed.attach(EvidenceKind::Before, photo).await.unwrap()];
    let report = NewReport {
        sender: Sender::new(running.command(), ["photographed"]),
        caller: Caller::reporter(),
        regime: RegimeCode::new("grid-case"),
        source: Source::Snapshot,
        item: None,
        words: "路灯不亮".to_owned(),
        grid: Some(GridCode::new("01-014-07")),
        place: None,
        position: None,
        address: String::new(),
        evidence,
        reporter: Reporter::default(),
        confidential: false,
        urgency: Urgency::Ordinary,
        claimed_at: None,
        composed,
        then: Vec::new(),
    };
    app.file_report(report).await.unwrap()
}

#[tokio::test]
async fn a_file_that_is_altered_or_missing_is_named() {
    let running = Running::start().await;
    let app = &running.app;
    let filed = photographed(&running).await;
    assert_eq!(app.verify_files().await.unwrap(), (1, Vec::new()));
    let rows = app.store().attachments_of(app.county(), filed.matter).await.unwrap();
    let stored = rows[0].stored.clone();
    app.blobs().put(&stored, b"another photo".to_vec()).await.unwrap();
    let (_, faults) = app.verify_files().await.unwrap();
    assert_eq!((faults[0].stored.as_str(), faults[0].is_missing), (stored.as_str(), false));
    app.blobs().delete(&stored).await.unwrap();
    let (_, faults) = app.verify_files().await.unwrap();
    assert_eq!((faults[0].stored.as_str(), faults[0].is_missing), (stored.as_str(), true));
}

#[tokio::test]
async fn a_rebuilding_gives_every_projection_the_rows_it_had() {
    let running = Running::start().await;
    let app = running.app.clone();
    photographed(&running).await;
    let before = app.projection_sums().await.unwrap();
    assert!(before["matter_gram"].rows > 0 && before["node_view"].rows > 0, "{before:?}");
    let rules = app.rules();
    let version = move |name: &str| rules.version(name).ok().map(|found| found.playbook.clone());
    app.store().rebuild(app.county(), version).await.unwrap();
    assert_eq!(app.projection_sums().await.unwrap(), before);
}

#[tokio::test]
async fn a_year_of_holidays_another_process_loaded_reaches_a_running_server() {
    let running = Running::start().await;
    let app = &running.app;
    let body = r#"{"year": 2031, "papers": [], "days": [
        {"name": "元旦", "date": "2031-01-01", "isOffDay": true}]}"#;
    let (county, row) = (
        app.county().clone(),
        HolidayRow { year: 2031, notice: "2031".to_owned(), body: body.to_owned(), loaded_us: 1 },
    );
    let knows = || app.rules().holidays.iter().any(|year| year.year() == 2031);
    let written = app
        .store()
        .write::<_, bihuan_store::StoreError, _>(move |tx| {
            let (county, row) = (county.clone(), row.clone());
            Box::pin(async move { tx.put_holiday(&county, &row).await })
        })
        .await;
    written.unwrap();
    assert!(!knows());
    running.rest().await;
    assert!(knows());
}
