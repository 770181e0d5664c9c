//! Bulletins: figures as of a moment, and counted again.

use bihuan_app::commands::PaperDraft;
use bihuan_app::queries::figures::Asked;
use bihuan_app::{Caller, Error};
use bihuan_domain::ids::{RegimeCode, UnitCode};
use bihuan_domain::matter::{Audience, Command, Urgency};
use bihuan_domain::playbook::model::FieldValue;
use bihuan_domain::refusal::Reason;

use crate::{Office, UNIT, office, reason};

fn asked(office: &Office) -> Asked {
    let now = office.running.app.now();
    Asked {
        regimes: vec![RegimeCode::new("supervised-task"), RegimeCode::new("rectification")],
        from: now.date().first_of_year(),
        cut_off: now,
    }
}

fn draft(office: &Office) -> PaperDraft {
    PaperDraft { counted: Some(asked(office)), ..office.draft("bulletin") }
}

pub(crate) async fn drafted(office: &Office) -> String {
    office.drafted(draft(office)).await
}

async fn publish(office: &Office, number: &str, audience: Audience) {
    office.approve(&office.leader, number).await.unwrap();
    let issue = Command::Issue { words: None, audiences: [audience].into() };
    office.take(&office.supervisor, number, issue).await.unwrap();
}

#[tokio::test]
async fn typed_figures_are_not_taken_for_counted_ones() {
    office!(office => {
        office.finding(UNIT).await;
        office.running.clock.step_days(1);
        let mut forged = draft(&office);
        forged.values.insert("all".to_owned(), FieldValue::Number(9_999));
        let number = office.drafted(forged).await;
        let facts = office.running.app.paper(&office.supervisor, &number).await.unwrap();
        let figures = facts.figures.unwrap();
        assert_eq!((figures.sum.all, figures.sum.done, figures.sum.open), (1, 0, 1));
        let body = serde_json::to_value(&facts.filled.body).unwrap().to_string();
        assert!(!body.contains("9999"), "{body}");
        let units: Vec<_> = figures.units.iter().map(|(unit, count)| (unit, count.all)).collect();
        assert_eq!(units, [(&Some(UnitCode::new(UNIT)), 1)]);
    });
}

#[tokio::test]
async fn what_happens_later_changes_nothing_that_is_counted_at_the_cut_off() {
    office!(office => {
        let first = office.finding(UNIT).await;
        office.running.clock.step_days(1);
        let number = drafted(&office).await;
        office.running.clock.step_days(60);
        office.finding("lighting").await;
        office.dispatch(&first).await.unwrap();
        office.take(&office.unit, &first, Command::Sign).await.unwrap();
        let app = &office.running.app;
        let (frozen, differences) = app.recount(&office.supervisor, &number).await.unwrap();
        assert_eq!(differences, []);
        office.running.clock.step_days(1);
        let later = Asked { cut_off: app.now(), ..frozen.asked.clone() };
        let now = app.figures(&office.supervisor, later).await.unwrap();
        assert_eq!((frozen.sum.all, now.sum.all), (1, 2));
        let found = frozen.differences(&now);
        assert!(found.iter().any(|one| one.unit.is_none() && one.figure == "all"), "{found:?}");
    });
}

#[tokio::test]
async fn all_is_done_and_open_and_a_draft_or_a_withdrawn_one_is_neither() {
    office!(office => {
        office.finding(UNIT).await;
        let gone = office.finding(UNIT).await;
        office.take(&office.supervisor, &gone, Command::Withdraw { reason: None }).await.unwrap();
        office.filed("supervised-task", Urgency::Ordinary, UNIT).await;
        office.running.clock.step_days(1);
        let app = &office.running.app;
        let figures = app.figures(&office.supervisor, asked(&office)).await.unwrap();
        assert_eq!(figures.sum.all, figures.sum.done + figures.sum.open);
        assert_eq!((figures.sum.all, figures.elsewhere), (1, 1));
        let mut sum = 0;
        for (_, count) in &figures.units {
            assert_eq!(count.due, count.on_time + count.late + count.missing);
            sum += count.all;
        }
        assert_eq!(sum, figures.sum.all);
    });
}

#[tokio::test]
async fn a_cut_off_to_come_is_refused() {
    office!(office => {
        let mut draft = draft(&office);
        let asked = draft.counted.as_mut().unwrap();
        asked.cut_off = asked.cut_off.plus_minutes(1);
        let app = &office.running.app;
        let drafted = app.draft_paper(office.sender(), &office.supervisor, draft).await;
        assert_eq!(reason(drafted), Reason::FieldNeeded);
    });
}

#[tokio::test]
async fn only_what_was_issued_to_the_public_is_read_by_everybody() {
    office!(office => {
        let app = &office.running.app;
        let inside = drafted(&office).await;
        publish(&office, &inside, Audience::Units).await;
        let outside = drafted(&office).await;
        assert!(matches!(app.public_bulletin(&outside).await, Err(Error::NotFound)));
        publish(&office, &outside, Audience::Public).await;
        assert!(matches!(app.public_bulletin(&inside).await, Err(Error::NotFound)));
        app.public_bulletin(&outside).await.unwrap();
        let listed = app.public_bulletins().await.unwrap();
        assert_eq!(listed.iter().map(|one| &one.number).collect::<Vec<_>>(), [&outside]);
        let token = app.paper(&Caller::system(), &inside).await.unwrap().check;
        let checked = app.check_paper(&token, "127.0.0.1").await.unwrap();
        assert_eq!(checked.readable, None);
    });
}
