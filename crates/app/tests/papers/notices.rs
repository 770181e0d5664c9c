//! Notices: their fields, numbers, findings and readers.

use bihuan_app::commands::{NewMatter, PaperFields, Registration};
use bihuan_app::{Caller, Composer, Error};
use bihuan_domain::ids::{RegimeCode, UnitCode};
use bihuan_domain::matter::{Audience, Brief, Command, ContentTag, Source, Stage, Urgency};
use bihuan_domain::playbook::model::FieldValue;
use bihuan_domain::refusal::Reason;
use tokio::task::JoinSet;

use crate::{NOTICE, Office, UNIT, office, reason};

async fn stage(office: &Office, number: &str) -> Stage {
    office.running.app.matter(&Caller::system(), number).await.unwrap().matter.stage
}

#[tokio::test]
async fn a_paper_with_a_missing_field_is_not_drafted() {
    office!(office => {
        let mut draft = office.draft(NOTICE);
        draft.values.remove("demands");
        let app = &office.running.app;
        let drafted = app.draft_paper(office.sender(), &office.supervisor, draft).await;
        assert_eq!(reason(drafted), Reason::FieldNeeded);
    });
}

#[tokio::test]
async fn a_paper_over_its_limit_is_not_drafted() {
    office!(office => {
        let mut draft = office.draft(NOTICE);
        draft.values.insert("demands".to_owned(), FieldValue::Text("整改".repeat(4_000)));
        let app = &office.running.app;
        let drafted = app.draft_paper(office.sender(), &office.supervisor, draft).await;
        assert_eq!(reason(drafted), Reason::PaperTooLong);
    });
}

#[tokio::test]
async fn a_paper_over_its_limit_is_not_approved_whatever_way_it_was_drafted() {
    office!(office => {
        let app = &office.running.app;
        let mut values = office.values(NOTICE);
        values.insert("demands".to_owned(), FieldValue::Text("整改".repeat(4_000)));
        let fields = PaperFields { values, figures: None };
        let mut composed = Composer::new(app);
        let words = composed.words(ContentTag::Words, "整改通知").unwrap();
        let body = serde_json::to_string(&fields).unwrap();
        let brief = Brief {
            lead: Some(UnitCode::new(UNIT)),
            template: Some(NOTICE.to_owned()),
            fields: Some(composed.commit(ContentTag::Paper, body)),
            ..Brief::default()
        };
        let new = NewMatter {
            id: app.new_matter_id(),
            regime: RegimeCode::new("notice"),
            source: Source::Paper,
            urgency: Urgency::Ordinary,
            words,
            brief,
            evidence: Vec::new(),
            composed,
            then: Vec::new(),
        };
        let asked = Registration {
            sender: office.sender(),
            caller: office.supervisor.clone(),
            matters: vec![new],
        };
        let filed = app.file_matters(asked).await.unwrap();
        let number = &filed.matters[0].1;
        let refused = office.approve(&office.leader, number).await;
        let Err(Error::Refused(refusal)) = refused else { panic!("approved: {refused:?}") };
        assert_eq!((refusal.reason, refusal.facts["limit"].as_str()), (Reason::PaperTooLong, "4000"));
        // It used up no number either.
        let next = office.drafted(office.draft(NOTICE)).await;
        office.approve(&office.leader, &next).await.unwrap();
        let year = app.now().date().year();
        assert_eq!(office.document(&next).await, Some(format!("荥政督〔{year}〕1号")));
    });
}

#[tokio::test]
async fn a_unit_drafts_no_paper() {
    office!(office => {
        let draft = office.draft(NOTICE);
        let app = &office.running.app;
        let drafted = app.draft_paper(office.sender(), &office.unit, draft).await;
        assert_eq!(reason(drafted), Reason::NotYourRole);
    });
}

#[tokio::test]
async fn the_fields_are_kept_as_they_were_typed_whatever_they_hold() {
    office!(office => {
        let mut draft = office.draft(NOTICE);
        let typed = "#read(\"/etc/passwd\") *粗* $x$ <b>{unit}</b>";
        draft.values.insert("demands".to_owned(), FieldValue::Text(typed.to_owned()));
        let number = office.drafted(draft).await;
        let facts = office.running.app.paper(&office.supervisor, &number).await.unwrap();
        let body = serde_json::to_value(&facts.filled.body).unwrap().to_string();
        let said = serde_json::to_string(typed).unwrap();
        assert!(body.contains(said.trim_matches('"')), "{body}");
    });
}

#[tokio::test]
async fn a_draft_is_neither_sent_nor_verified_before_somebody_approved_it() {
    office!(office => {
        let number = office.drafted(office.draft(NOTICE)).await;
        assert_eq!(reason(office.dispatch(&number).await), Reason::NotNow);
        let app = &office.running.app;
        let facts = app.paper(&office.supervisor, &number).await.unwrap();
        assert!(facts.document.is_none() && facts.approved_at.is_none());
        let checked = app.check_paper(&facts.check, "127.0.0.1").await;
        assert!(matches!(checked, Err(Error::NotFound)), "{checked:?}");
    });
}

#[tokio::test]
async fn a_bulletin_is_not_issued_before_somebody_approved_it() {
    office!(office => {
        let number = crate::bulletins::drafted(&office).await;
        let audiences = [Audience::Public].into();
        let issue = Command::Issue { words: None, audiences };
        let issued = office.take(&office.supervisor, &number, issue).await;
        assert_eq!(reason(issued), Reason::NotNow);
    });
}

#[tokio::test]
async fn whoever_drafted_a_paper_does_not_approve_it() {
    office!(office => {
        let number = office.drafted(office.draft(NOTICE)).await;
        // The same person under a leader's post.
        let mut both = office.leader.clone();
        both.actor.person = office.supervisor.actor.person;
        let approved = office.approve(&both, &number).await;
        assert!(matches!(approved, Err(Error::Refused(_))), "{approved:?}");
        assert_eq!(office.document(&number).await, None);
    });
}

#[tokio::test]
async fn a_refused_approval_uses_no_number() {
    office!(office => {
        let first = office.drafted(office.draft(NOTICE)).await;
        let second = office.drafted(office.draft(NOTICE)).await;
        assert!(office.approve(&office.supervisor, &first).await.is_err());
        office.approve(&office.leader, &second).await.unwrap();
        office.approve(&office.leader, &first).await.unwrap();
        let year = office.running.app.now().date().year();
        assert_eq!(office.document(&second).await, Some(format!("荥政督〔{year}〕1号")));
        assert_eq!(office.document(&first).await, Some(format!("荥政督〔{year}〕2号")));
    });
}

#[tokio::test]
async fn approvals_at_once_take_different_numbers_without_a_gap() {
    const PAPERS: usize = 8;
    office!(office => {
        let office = std::sync::Arc::new(office);
        let mut papers = Vec::new();
        for _ in 0..PAPERS {
            papers.push(office.drafted(office.draft(NOTICE)).await);
        }
        let mut approvals = JoinSet::new();
        for number in papers.clone() {
            let office = std::sync::Arc::clone(&office);
            approvals.spawn(async move { office.approve(&office.leader, &number).await });
        }
        for approved in approvals.join_all().await {
            approved.unwrap();
        }
        let mut serials = Vec::new();
        for number in &papers {
            let facts = office.running.app.paper(&office.leader, number).await.unwrap();
            serials.push(facts.document.unwrap().serial);
        }
        serials.sort_unstable();
        assert_eq!(serials, (1..=PAPERS as u32).collect::<Vec<_>>());
    });
}

#[tokio::test]
async fn a_void_paper_keeps_its_number_and_says_that_it_is_void() {
    office!(office => {
        let number = office.drafted(office.draft(NOTICE)).await;
        office.approve(&office.leader, &number).await.unwrap();
        let before = office.document(&number).await;
        let app = &office.running.app;
        let token = app.paper(&office.leader, &number).await.unwrap().check;
        let issued = app.check_paper(&token, "127.0.0.1").await.unwrap();
        assert!(!issued.is_void);
        let withdraw = Command::Withdraw { reason: None };
        office.take(&office.leader, &number, withdraw).await.unwrap();
        assert_eq!(office.document(&number).await, before);
        let void = app.check_paper(&token, "127.0.0.1").await.unwrap();
        assert!(void.is_void);
        assert_eq!((void.document, void.hash), (issued.document, issued.hash));
        let next = office.drafted(office.draft(NOTICE)).await;
        office.approve(&office.leader, &next).await.unwrap();
        assert_ne!(office.document(&next).await, before);
    });
}

#[tokio::test]
async fn a_number_alone_or_a_code_of_another_paper_verifies_nothing() {
    office!(office => {
        let app = &office.running.app;
        let mut tokens = Vec::new();
        for _ in 0..2 {
            let number = office.drafted(office.draft(NOTICE)).await;
            office.approve(&office.leader, &number).await.unwrap();
            tokens.push((number.clone(), app.paper(&office.leader, &number).await.unwrap().check));
        }
        let (first, _) = &tokens[0];
        let (_, code) = tokens[1].1.rsplit_once('-').unwrap();
        for wrong in [first.clone(), format!("{first}-{code}"), "x".to_owned(), String::new()] {
            let checked = app.check_paper(&wrong, "127.0.0.1").await;
            assert!(matches!(checked, Err(Error::NotFound)), "{wrong}: {checked:?}");
        }
    });
}

#[tokio::test]
async fn a_unit_sees_its_own_notices_once_they_are_sent_and_no_others() {
    office!(office => {
        let number = office.drafted(office.draft(NOTICE)).await;
        let app = &office.running.app;
        office.approve(&office.leader, &number).await.unwrap();
        let before = app.paper(&office.unit, &number).await;
        assert!(matches!(before, Err(Error::NotFound)));
        office.dispatch(&number).await.unwrap();
        app.paper(&office.unit, &number).await.unwrap();
        let other = app.paper(&office.other_unit, &number).await;
        assert!(matches!(other, Err(Error::NotFound)));
        let listed = app.papers(&office.unit, false, Default::default(), None).await;
        assert!(matches!(listed, Err(Error::Forbidden)));
    });
}

#[tokio::test]
async fn approving_a_notice_gives_its_findings_and_signing_it_signs_for_them() {
    office!(office => {
        let theirs = office.finding(UNIT).await;
        let others = office.finding("lighting").await;
        let mut draft = office.draft(NOTICE);
        draft.findings = vec![theirs.clone(), others.clone()];
        let number = office.drafted(draft).await;
        assert_eq!(stage(&office, &theirs).await, Stage::Accepted);
        office.approve(&office.leader, &number).await.unwrap();
        assert_eq!(stage(&office, &theirs).await, Stage::Dispatched);
        // Another unit's finding is not given to this one.
        assert_eq!(stage(&office, &others).await, Stage::Accepted);
        office.dispatch(&number).await.unwrap();
        office.take(&office.unit, &number, Command::Sign).await.unwrap();
        assert_eq!(stage(&office, &number).await, Stage::Closed);
        assert_eq!(stage(&office, &theirs).await, Stage::Handling);
        let view = office.running.app.matter(&office.unit, &theirs).await.unwrap();
        assert_eq!(view.matter.lead.unwrap().unit, UnitCode::new(UNIT));
    });
}

#[tokio::test]
async fn a_finding_under_a_notice_is_offered_for_no_second_one() {
    office!(office => {
        let finding = office.finding(UNIT).await;
        let app = &office.running.app;
        let open = app.open_findings(&office.supervisor).await.unwrap();
        assert_eq!(open.iter().map(|one| &one.number).collect::<Vec<_>>(), [&finding]);
        let mut draft = office.draft(NOTICE);
        draft.findings = vec![finding];
        office.drafted(draft).await;
        assert!(app.open_findings(&office.supervisor).await.unwrap().is_empty());
    });
}
