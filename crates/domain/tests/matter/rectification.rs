//! Findings of the four types until they are really gone, and the inspections
//! and notices beside them.

use bihuan_domain::access::Role;
use bihuan_domain::matter::{Actor, Alike, Brief, Command, EvidenceKind, Stage, Urgency};
use bihuan_domain::refusal::{Reason, Refusal};

use super::regimes::*;
use super::story::*;

use Urgency::{AtOnce, ByDate, Permanent, Staged};

#[test]
fn each_type_of_finding_has_its_own_end() {
    let ends = |urgency, brief| -> Vec<(String, jiff::civil::Date)> {
        let story = Story::finding_of(urgency, brief);
        story
            .open_nodes()
            .into_iter()
            .map(|node| (node.to_owned(), story.due(node).date()))
            .collect()
    };
    let date = |node: &str, month, day| (node.to_owned(), on(month, day));
    assert_eq!(ends(AtOnce, brief()), [date("fix", 6, 4)]);
    assert_eq!(ends(ByDate, given(on(6, 30))), [date("due", 6, 30), date("plan", 6, 8)]);
    assert_eq!(ends(Staged, brief()), [date("plan", 6, 8)]);
    assert_eq!(ends(Permanent, brief()), [date("plan", 6, 8), date("quarter", 9, 1)]);
}

#[test]
fn a_finding_to_be_mended_by_a_date_needs_one() {
    let file = Command::File(draft_of("rectification", ByDate, brief()));
    Story::new().refuses(drafter(), file, Reason::DueNeeded);
    // Nor does it become one without.
    Story::finding(AtOnce).refuses(drafter(), reclassify(ByDate), Reason::DueNeeded);
    let story = Story::finding_of(AtOnce, given(on(6, 30))).then(drafter(), reclassify(ByDate));
    assert_eq!((story.open_nodes(), story.due("due").date()), (vec!["due", "plan"], on(6, 30)));
}

#[test]
fn a_staged_finding_reports_at_each_date_of_its_plan_and_ends_at_the_last() {
    let mut story = Story::finding(Staged);
    let missing =
        |story: &Story| story.refusal(&handler(LIGHTING), &hand_in()).facts["node"].clone();
    assert_eq!(missing(&story), "plan");
    story.take(&handler(LIGHTING), &plan(&[on(6, 15), on(7, 15), on(8, 15)]));
    assert_eq!(story.open_nodes(), ["plan-end", "stage"]);
    let stage = |story: &Story| story.due("stage").date();
    assert_eq!((stage(&story), story.due("plan-end").date()), (on(6, 15), on(8, 15)));
    assert_eq!(missing(&story), "stage");
    story.refuses(handler(LIGHTING), plan(&[on(12, 31)]), Reason::PlannedBefore);
    let story = story.at(june(15, 10, 0)).then(handler(LIGHTING), act());
    assert_eq!(stage(&story), on(7, 15));
    // A second report about the first stage is not the report of the second.
    let story = story.at(june(15, 11, 0)).then(handler(LIGHTING), act());
    assert_eq!(stage(&story), on(7, 15));
    let story = story.at(morning(7, 17)).then(handler(LIGHTING), act());
    assert_eq!(stage(&story), on(8, 15));
    let story = story.at(morning(8, 14)).then(handler(LIGHTING), hand_in());
    assert_eq!(story.open_nodes(), ["check"]);
    // Sent back, it owes what it owed.
    let story = story.then(drafter(), found(false));
    assert_eq!((story.open_nodes(), stage(&story)), (vec!["plan-end", "stage"], on(8, 15)));
}

#[test]
fn the_last_stage_reported_leaves_only_the_end_of_the_plan() {
    let story = Story::finding(Staged)
        .then(handler(LIGHTING), plan(&[on(6, 15), on(6, 30)]))
        .at(june(15, 10, 0))
        .then(handler(LIGHTING), act())
        .at(june(30, 10, 0))
        .then(handler(LIGHTING), act());
    assert_eq!(story.open_nodes(), ["plan-end"]);
}

#[test]
fn a_finding_planned_before_it_was_found_to_need_stages_runs_by_that_plan() {
    let story = Story::finding_of(ByDate, given(on(6, 30)))
        .then(handler(LIGHTING), plan(&[on(6, 15), on(6, 25)]))
        .then(drafter(), reclassify(Staged));
    assert_eq!(story.open_nodes(), ["plan-end", "stage"]);
    assert_eq!((story.due("stage").date(), story.due("plan-end").date()), (on(6, 15), on(6, 25)));
}

#[test]
fn what_must_hold_is_not_handed_in_before_it_has_held_for_a_quarter() {
    let mut story = Story::finding(Permanent).then(handler(LIGHTING), plan(&[on(6, 30)]));
    assert_eq!(story.refusal(&handler(LIGHTING), &hand_in()).facts["node"], "quarter");
    story.refuses(handler(LIGHTING), hand_in(), Reason::ReportNeeded);
    // A report on the second day does not make a quarter of it.
    story = story.at(june(2, 10, 0)).then(handler(LIGHTING), act());
    story.refuses(handler(LIGHTING), hand_in(), Reason::PeriodNotOver);
    assert_eq!(story.refusal(&handler(LIGHTING), &hand_in()).facts["until"], "2026-09-01");
    story = story.at(morning(8, 30)).then(handler(LIGHTING), act());
    assert_eq!(story.due("quarter").date(), on(12, 1));
    story.refuses(handler(LIGHTING), hand_in(), Reason::PeriodNotOver);
    story = story.at(morning(9, 2)).then(handler(LIGHTING), hand_in());
    assert_eq!(story.stage(), Stage::Checking);
}

#[test]
fn a_result_says_whether_others_have_the_same_fault() {
    let story = Story::finding(AtOnce);
    let alone = |alike| Command::Submit {
        note: words(17),
        evidence: vec![photo(EvidenceKind::Document, 18)],
        alike,
    };
    story.refuses(handler(LIGHTING), alone(None), Reason::AlikeNeeded);
    let none = Alike { looked_at: 0, found: 0, mended: 0 };
    let story = story.then(handler(LIGHTING), alone(Some(none)));
    assert_eq!(story.matter().alike, Some(none));
}

#[test]
fn whoever_accepts_writes_what_they_saw() {
    let story = Story::finding(AtOnce).then(handler(LIGHTING), hand_in());
    for holds in [true, false] {
        let silent = Command::Check { holds, note: None, evidence: Vec::new() };
        story.refuses(drafter(), silent, Reason::CheckNoteNeeded);
    }
    story.refuses(supervisor(50), found(true), Reason::HandlerMayNotCheck);
}

#[test]
fn a_finding_is_struck_off_when_its_publicity_is_over() {
    let mut story = Story::finding_closed();
    assert_eq!(story.open_nodes(), ["look-back", "publicise"]);
    story.refuses(drafter(), strike_off(), Reason::PublicityNeeded);
    story = story.at(june(5, 10, 0)).then(drafter(), publicise());
    story.refuses(drafter(), publicise(), Reason::AlreadyPublicised);
    // Five working days after Friday the 5th.
    story = story.at(june(12, 17, 0));
    story.refuses(drafter(), strike_off(), Reason::PublicityNotOver);
    assert_eq!(story.refusal(&drafter(), &strike_off()).facts["until"], "2026-06-12");
    story = story.at(june(12, 18, 0)).then(drafter(), strike_off());
    assert_eq!((story.stage(), story.open_nodes()), (Stage::StruckOff, vec!["look-back"]));
    assert_eq!(story.due("look-back").date(), on(9, 2));
}

#[test]
fn what_has_come_back_is_reopened_publicised_anew_and_checked_by_another() {
    let story = Story::finding_closed()
        .then(drafter(), publicise())
        .at(june(15, 10, 0))
        .then(drafter(), strike_off())
        .at(morning(9, 1))
        .then(supervisor(71), look_back(false));
    let matter = story.matter();
    assert_eq!(
        (matter.stage, matter.reopened, matter.publicised_until),
        (Stage::Handling, 1, None)
    );
    assert_eq!((story.open_nodes(), story.due("fix").date()), (vec!["fix"], on(9, 4)));
    let story = story.then(handler(LIGHTING), hand_in());
    story.refuses(drafter(), found(true), Reason::AnotherCheckerNeeded);
    let story = story.then(supervisor(71), found(true)).then(supervisor(71), close());
    story.refuses(drafter(), strike_off(), Reason::PublicityNeeded);
}

#[test]
fn reopening_during_publicity_leaves_no_clock_of_the_striking_off() {
    let story = Story::finding_closed()
        .then(drafter(), publicise())
        .then(drafter(), Command::Reopen { reason: words(60) });
    assert_eq!(story.open_nodes(), ["fix"]);
}

#[test]
fn a_reopened_finding_needs_its_plan_again() {
    let story = Story::finding_of(ByDate, given(on(6, 30)))
        .then(handler(LIGHTING), plan(&[on(6, 20)]))
        .then(handler(LIGHTING), hand_in())
        .then(drafter(), found(true))
        .then(drafter(), close())
        .at(morning(7, 6))
        .then(drafter(), look_back(false));
    assert_eq!(story.open_nodes(), ["due", "plan"]);
    // Twenty-nine days from filing to the date: as many again.
    assert_eq!(story.due("due").date(), on(8, 4));
    assert_eq!(story.matter().plan, None);
    let refusal = story.refusal(&handler(LIGHTING), &hand_in());
    assert_eq!((refusal.reason, refusal.facts["node"].as_str()), (Reason::ReportNeeded, "plan"));
}

fn numbered() -> Command {
    Command::ApproveFiling { approve: true, document: Some(document(12)), reason: None }
}

#[test]
fn a_notice_is_numbered_at_approval_and_over_when_it_is_signed() {
    let mut story = Story::paper("notice");
    assert_eq!(story.matter().document, None);
    story.take(&leader(), &numbered());
    assert_eq!(story.matter().document.as_ref().unwrap().to_string(), "荥政督〔2026〕12号");
    assert_eq!("荥政督〔2026〕12号".parse(), Ok(document(12)));
    story.take(&drafter(), &dispatch(LIGHTING));
    let limit = story.node("sign").due.due_at;
    let signed = story.at(june(1, 11, 0)).then(head(LIGHTING), Command::Sign);
    assert_eq!((signed.stage(), signed.open_nodes()), (Stage::Closed, vec![]));
    assert_eq!(signed.matter().closed_at, Some(june(1, 11, 0)));
    // Served is served, whether the unit says so or not.
    let served = Story::paper("notice")
        .then(leader(), numbered())
        .then(drafter(), dispatch(LIGHTING))
        .at(limit)
        .then(Actor::system(), Command::Sign);
    assert_eq!((served.stage(), served.open_nodes()), (Stage::Closed, vec![]));
    let objected = served.then(head(LIGHTING), object());
    assert!(objected.is_open("review"));
}

#[test]
fn a_void_notice_keeps_its_number_and_a_refused_draft_takes_none() {
    let void = Story::paper("notice")
        .then(leader(), numbered())
        .then(drafter(), Command::Withdraw { reason: Some(words(64)) });
    assert_eq!((void.stage(), &void.matter().document), (Stage::Withdrawn, &Some(document(12))));
    let refuse = Command::ApproveFiling {
        approve: false,
        document: Some(document(13)),
        reason: Some(words(65)),
    };
    let refused = Story::paper("notice").then(leader(), refuse);
    assert_eq!((refused.stage(), &refused.matter().document), (Stage::Drafted, &None));
}

#[test]
fn what_is_no_document_number_is_not_read_as_one() {
    use bihuan_domain::matter::DocumentNumber;
    for text in
        ["", "荥政督", "〔2026〕1号", "荥政督〔2026〕1", "荥政督〔二六〕1号", "荥政督[2026]1号"]
    {
        assert!(text.parse::<DocumentNumber>().is_err(), "{text}");
    }
}

#[test]
fn a_unit_is_inspected_again_or_beyond_its_budget_only_when_a_leader_says_why() {
    let approve = |reason| Command::ApproveFiling { approve: true, document: None, reason };
    for reason in [Reason::InspectionOverlap, Reason::BudgetUsedUp] {
        let playbook = changed("inspection", |regime| {
            let by = &mut regime.steps.get_mut(&bihuan_domain::matter::Step::ApproveFiling);
            by.as_mut().unwrap().by.insert(Role::Supervisor);
        });
        let brief = Brief { from_on: Some(on(6, 8)), ..given(on(6, 10)) };
        let file = Command::File(draft_of("inspection", Urgency::Ordinary, brief));
        let mut story = Story::under(playbook).then(drafter(), file);
        story.over = vec![Refusal::new(reason).with("unit", LIGHTING)];
        story.refuses(leader(), approve(None), reason);
        let refusal = story.refusal(&supervisor(71), &approve(Some(words(66))));
        assert_eq!((refusal.reason, refusal.facts["role"].as_str()), (reason, "leader"));
        story.take(&leader(), &approve(Some(words(66))));
        assert_eq!(story.due("conclude").date(), on(6, 10));
    }
}

#[test]
fn an_inspection_ends_with_its_conclusion_sent_out() {
    let file = Command::File(draft_of("inspection", Urgency::Ordinary, given(on(6, 10))));
    let audiences = [bihuan_domain::matter::Audience::Units].into();
    let story = Story::new()
        .then(drafter(), file)
        .then(leader(), approve_filing())
        .then(drafter(), Command::Issue { words: Some(words(67)), audiences });
    assert_eq!((story.stage(), story.is_met("conclude")), (Stage::Closed, true));
}

#[test]
fn a_step_about_publicity_needs_a_regime_that_has_it() {
    let playbook = changed("rectification", |regime| regime.publicity = None);
    let mut story = Story::finding_closed();
    story.playbook = playbook;
    story.refuses(drafter(), publicise(), Reason::NotInRegime);
    story.take(&drafter(), &strike_off());
}
