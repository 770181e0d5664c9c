//! How every event is written. Codes never change once released: journals are
//! read back for as long as there are any.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use bihuan_domain::calendar::{CountingRule, DayOne, HolidayRule, Limit};
use bihuan_domain::clock::Due;
use bihuan_domain::ids::{
    ChannelCode, GridCode, ItemCode, MatterNumber, NodeCode, PlaceId, RegimeCode, UnitCode,
};
use bihuan_domain::matter::{
    Alike, Audience, Brief, DeclineGround, Event, EvidenceKind, Grade, History, Link, Rating,
    SlipColour, Source, Stage, Urgency, Whereabouts,
};
use jiff::civil::{date, time};

use super::golden::stands;
use super::regimes::document;
use super::story::{june, matter_id, photo, words};

fn due() -> Due {
    Due { due_at: june(4, 17, 30), soon_at: june(4, 9, 0), estimated: false }
}

fn counting() -> CountingRule {
    let day_one = DayOne::SameDayUntil(time(17, 30, 0, 0));
    CountingRule { limit: Limit::WorkDays(3), day_one, holiday: HolidayRule::NextWorkday }
}

fn somewhere() -> Whereabouts {
    Whereabouts {
        grid: Some(GridCode::new("01-001-01")),
        place: Some(PlaceId::new("P0001")),
        position: Some(words(4)),
        address: Some(words(5)),
    }
}

fn filed_and_imported() -> Vec<Event> {
    let number = MatterNumber::new("XY-260601-0001");
    let (regime, playbook) = (RegimeCode::new("grid-case"), "2026.1".to_owned());
    let item = Some(ItemCode::new("lamp-out"));
    let history = History {
        origin: "stlouis".to_owned(),
        origin_id: "SR-1".to_owned(),
        opened_at: june(1, 9, 0),
        due_at: Some(june(3, 9, 0)),
        closed_at: Some(june(2, 9, 0)),
        class_as_given: Some("Street light out".to_owned()),
        unit_as_given: Some("Electrical".to_owned()),
        state_as_given: Some("closed".to_owned()),
    };
    vec![
        Event::Filed {
            number: number.clone(),
            regime: regime.clone(),
            playbook: playbook.clone(),
            source: Source::Snapshot,
            item: item.clone(),
            words: words(1),
            whereabouts: somewhere(),
            evidence: vec![photo(EvidenceKind::Before, 2)],
            identity: Some(words(3)),
            confidential: true,
            urgency: Urgency::Ordinary,
            claimed_at: Some(june(1, 8, 0)),
            stage: Stage::Filed,
            brief: None,
        },
        Event::Imported {
            number,
            regime,
            playbook,
            history,
            item,
            words: Some(words(1)),
            whereabouts: somewhere(),
        },
    ]
}

fn desk() -> Vec<Event> {
    let (from, note, reason) = (matter_id(2), Some(words(6)), Some(words(7)));
    let lighting = UnitCode::new("lighting");
    let works = UnitCode::new("municipal-works");
    vec![
        Event::Merged { into: from },
        Event::DuplicateAttached { from },
        Event::Unmerged { from },
        Event::DuplicateDetached { from },
        Event::Declined {
            ground: DeclineGround::OutsideDuty,
            channel: ChannelCode::new("market-service"),
            reason: words(7),
        },
        Event::Accepted { item: ItemCode::new("lamp-out"), urgency: Urgency::Urgent },
        Event::VerificationRequested { grid: Some(GridCode::new("01-001")), note },
        Event::Verified { holds: true, note, evidence: vec![photo(EvidenceKind::Before, 8)] },
        Event::Dispatched { lead: lighting.clone(), co: vec![works.clone()], final_: false, note },
        Event::DispatchUndone { reason: words(7) },
        Event::Signed {
            unit: lighting.clone(),
            automatic: true,
            effective_at: Some(june(1, 15, 0)),
        },
        Event::Returned { unit: lighting, reason: words(7), suggested: Some(works.clone()) },
        Event::TransferRequested { reason: words(7), suggested: works.clone() },
        Event::TransferDecided { approved: true, reason },
        Event::CoHandlerInvited { unit: works.clone(), note },
        Event::ClassAmended {
            item: Some(ItemCode::new("litter")),
            urgency: Urgency::Major,
            reason,
        },
        Event::PlaceAmended { whereabouts: somewhere(), reason },
        Event::ObjectUnitSet { unit: Some(works.clone()) },
        Event::UnitReplaced { from: works, into: UnitCode::new("housing") },
    ]
}

fn handling() -> Vec<Event> {
    let (node, note, reason) = (NodeCode::new("handle"), Some(words(6)), Some(words(7)));
    let after = vec![photo(EvidenceKind::After, 8), photo(EvidenceKind::Document, 9)];
    let (answer, photos) = (words(10), vec![words(8)]);
    vec![
        Event::Acted { note: words(6), evidence: after.clone() },
        Event::ExtensionRequested { node, by: Limit::WorkDays(1), reason: words(7) },
        Event::ExtensionDecided { approved: false, reason },
        Event::Suspended { reason: words(7), review_on: date(2026, 6, 30) },
        Event::Resumed { reason },
        Event::Submitted {
            note: words(6),
            evidence: after.clone(),
            on_the_spot: false,
            alike: None,
        },
        Event::Checked { holds: true, note, evidence: after.clone() },
        Event::Closed { note, late: false, grade: None },
        Event::Rated { rating: Rating::NotFixed, words: Some(words(11)) },
        Event::Reopened { reason, another_checker: true },
        Event::Escalated { level: 1, reason },
        Event::StruckOff { note },
        Event::LookedBack { holds: false, note: words(6), evidence: after.clone() },
        Event::Withdrawn { reason },
        Event::Asked { question: words(12) },
        Event::Supplemented { words: Some(words(13)), evidence: after },
        Event::AnswerDrafted { answer, photos: photos.clone() },
        Event::AnswerApproved { answer, photos },
        Event::Instructed { words: words(14) },
        Event::Urged { words: words(14) },
        Event::IdentityRead { reason: words(7) },
        Event::Erased { content: words(1), ground: "requested".to_owned() },
    ]
}

fn clock() -> Vec<Event> {
    let (node, due, counting) = (NodeCode::new("handle"), due(), counting());
    let (rule, reason, from) = ("grid-case.handle".to_owned(), Some(words(7)), june(1, 15, 0));
    vec![
        Event::ClockStarted { node: node.clone(), counting, rule: rule.clone(), from, due },
        Event::ClockPaused { node: node.clone(), rule: rule.clone(), reason },
        Event::ClockResumed { node: node.clone(), rule: rule.clone(), due },
        Event::ClockExtended {
            node: node.clone(),
            by: Limit::On(date(2026, 6, 10)),
            rule: rule.clone(),
            reason,
            due,
        },
        Event::ClockContinued { node: node.clone() },
        Event::ClockRestarted { node: node.clone(), counting, rule: rule.clone(), from, due },
        Event::ClockTightened { node: node.clone(), counting, rule, due },
        Event::ClockRecalculated { node: node.clone(), notice: "2027".to_owned(), due },
        Event::ClockMet { node: node.clone(), effective_at: Some(from) },
        Event::ClockDropped { node: node.clone() },
        Event::Reminded { node },
    ]
}

/// With everything a draft may say of itself.
fn whole_brief() -> Brief {
    Brief {
        goal: Some(words(15)),
        basis: Some(words(16)),
        approver: Some(words(17)),
        official: Some(words(18)),
        person: Some(words(19)),
        lead: Some(UnitCode::new("lighting")),
        co: [UnitCode::new("municipal-works")].into(),
        from_on: Some(date(2026, 6, 1)),
        due_on: Some(date(2026, 6, 30)),
        links: [(Link::Parent, matter_id(2)), (Link::CoveredBy, matter_id(3))].into(),
        template: Some("supervision-slip".to_owned()),
        fields: Some(words(20)),
        codes: [("kind".to_owned(), "special".to_owned())].into(),
        over: Some(words(21)),
    }
}

fn supervision() -> Vec<Event> {
    let (node, reason, document) = (NodeCode::new("d7"), Some(words(7)), Some(document(12)));
    vec![
        Event::Filed {
            number: MatterNumber::new("XY-260601-0002"),
            regime: RegimeCode::new("supervised-task"),
            playbook: "2026.1".to_owned(),
            source: Source::Meeting,
            item: None,
            words: words(1),
            whereabouts: Whereabouts::default(),
            evidence: Vec::new(),
            identity: None,
            confidential: false,
            urgency: Urgency::Continuing,
            claimed_at: None,
            stage: Stage::Drafted,
            brief: Some(Box::new(whole_brief())),
        },
        Event::FilingDecided { approved: true, document: document.clone(), reason },
        Event::Redrafted {
            words: words(1),
            urgency: Urgency::Staged,
            brief: Box::new(Brief::default()),
        },
        Event::Linked { link: Link::CameOf, to: matter_id(2) },
        Event::Planned { plan: words(22), stages: vec![date(2026, 6, 15), date(2026, 6, 30)] },
        Event::PassedOver { units: [UnitCode::new("lighting")].into(), reason: words(24) },
        Event::Conferred { units: [UnitCode::new("lighting")].into(), decisions: words(23) },
        Event::Submitted {
            note: words(6),
            evidence: Vec::new(),
            on_the_spot: false,
            alike: Some(Alike { looked_at: 12, found: 2, mended: 1 }),
        },
        Event::Closed { note: None, late: true, grade: Some(Grade::Excellent) },
        Event::Publicised { words: words(24), until: due() },
        Event::Issued { words: reason, audiences: Audience::ALL.iter().copied().collect() },
        Event::ClassAmended { item: None, urgency: Urgency::Major, reason },
        Event::SlipIssued {
            colour: SlipColour::Blue,
            node,
            due_at: june(7, 9, 0),
            document,
            fields: Some(words(25)),
        },
        Event::SlipSigned,
        Event::CriticismProposed { reason },
        Event::CriticismDecided { approved: false, reason },
        Event::Objected { reason: words(7) },
        Event::Reviewed { upheld: true, reason: words(7), grade: Some(Grade::Pass) },
    ]
}

fn every_event() -> Vec<Event> {
    [filed_and_imported(), desk(), handling(), supervision(), clock()].concat()
}

fn name(event: &Event) -> String {
    serde_json::to_value(event).unwrap()["event"].as_str().unwrap().to_owned()
}

/// Names of the enum's variants as serde knows them: an unknown one is refused
/// with the list of those known.
fn known_names() -> BTreeSet<String> {
    let refusal = serde_json::from_str::<Event>(r#"{"event":"no-such-event"}"#).unwrap_err();
    let text = refusal.to_string();
    let (_, list) = text.split_once("expected one of").unwrap();
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_kind_of_event_stands_in_the_file() {
    let written: BTreeSet<String> = every_event().iter().map(name).collect();
    assert_eq!(written, known_names());
}

#[test]
fn events_are_written_as_they_were_and_read_back_the_same() {
    let mut out = String::new();
    for event in every_event() {
        let line = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&line).unwrap(), event);
        let _ = writeln!(out, "{line}");
    }
    stands("events.jsonl", &out);
}

#[test]
fn an_absent_option_is_read_as_none() {
    let line = r#"{"event":"signed","unit":"lighting","automatic":false}"#;
    let event: Event = serde_json::from_str(line).unwrap();
    assert!(matches!(event, Event::Signed { effective_at: None, .. }));
    assert_eq!(serde_json::to_string(&event).unwrap(), line);
}
