//! A task from its draft to the look-back, and what chases it on the way.

use bihuan_domain::calendar::Limit;
use bihuan_domain::clock::NodeStatus;
use bihuan_domain::ids::UnitCode;
use bihuan_domain::matter::{
    Actor, Brief, Command, Criticism, Event, Grade, Link, SlipColour, Stage, Urgency,
};
use bihuan_domain::refusal::Reason;

use super::regimes::*;
use super::story::*;

use Urgency::{Continuing, Major, Ordinary};

#[test]
fn a_task_goes_from_draft_over_its_nodes_to_a_grade_and_is_struck_off_and_looked_back_at() {
    let mut story = Story::drafted(Ordinary, brief());
    assert_eq!((story.stage(), story.open_nodes()), (Stage::Drafted, vec!["approve"]));
    story.take(&leader(), &approve_filing());
    assert_eq!((story.stage(), story.is_met("approve")), (Stage::Accepted, true));
    assert_eq!(story.open_nodes(), ["d1", "d3", "d7"]);
    let dates = ["d1", "d3", "d7"].map(|node| story.due(node).date());
    assert_eq!(dates, [on(6, 1), on(6, 3), on(6, 7)]);
    story = Story::task(Ordinary).reported();
    assert!(story.is_met("d1") && story.is_met("d3") && story.is_open("d7"));
    story = story.at(june(5, 10, 0)).then(handler(LIGHTING), hand_in());
    assert_eq!((story.open_nodes(), story.due("check").date()), (vec!["check"], on(6, 9)));
    story = Story::task_closed(Grade::Good);
    let matter = story.matter();
    assert_eq!((matter.grade, matter.closed_late), (Some(Grade::Good), false));
    assert_eq!(story.due("zero").date(), on(6, 16));
    // The sixtieth day is a Saturday.
    assert_eq!(story.due("look-back").date(), on(8, 10));
    story = story.at(june(12, 10, 0)).then(drafter(), strike_off());
    assert_eq!((story.stage(), story.open_nodes()), (Stage::StruckOff, vec!["look-back"]));
    story = story.at(morning(8, 8)).then(drafter(), look_back(true));
    assert_eq!((story.stage(), story.open_nodes()), (Stage::StruckOff, vec![]));
}

#[test]
fn a_draft_is_approved_by_another_than_its_drafter_and_is_changed_until_then() {
    let mut own = leader();
    own.person = drafter().person;
    let mut story = Story::drafted(Ordinary, brief());
    story.refuses(own.clone(), approve_filing(), Reason::OwnRequest);
    let refuse = |reason| Command::ApproveFiling { approve: false, document: None, reason };
    story.refuses(leader(), refuse(None), Reason::ReasonNeeded);
    story.take(&leader(), &refuse(Some(words(60))));
    assert_eq!((story.stage(), story.is_open("approve")), (Stage::Drafted, true));
    // Whoever wrote the last version is its drafter.
    let redraft =
        Command::Redraft { words: words(61), urgency: Major, brief: Box::new(given(on(6, 20))) };
    story.take(&leader(), &redraft);
    story.refuses(leader(), approve_filing(), Reason::OwnRequest);
    story.take(&own, &approve_filing());
    assert_eq!((story.stage(), story.matter().urgency), (Stage::Accepted, Major));
    assert_eq!(story.due("due").date(), on(6, 20));
    story.refuses(leader(), redraft, Reason::NotNow);
}

#[test]
fn a_task_counts_from_its_approval_not_from_its_draft() {
    let story = Story::drafted(Ordinary, brief()).at(june(2, 18, 0));
    let story = story.then(leader(), approve_filing());
    assert_eq!(story.matter().filed_at, june(2, 18, 0));
    // Approved after work, the next day is day 1.
    assert_eq!((story.due("d1").date(), story.due("d7").date()), (on(6, 3), on(6, 9)));
}

#[test]
fn nothing_is_dispatched_or_published_before_it_is_approved() {
    Story::drafted(Ordinary, brief()).refuses(drafter(), dispatch(LIGHTING), Reason::NotNow);
    let issue = |audiences| Command::Issue { words: None, audiences };
    let public = [bihuan_domain::matter::Audience::Public];
    let mut story = Story::paper("bulletin");
    story.refuses(drafter(), issue(public.into()), Reason::NotNow);
    story.take(&leader(), &approve_filing());
    story.refuses(drafter(), issue([].into()), Reason::AudienceNeeded);
    story.take(&drafter(), &issue(public.into()));
    assert_eq!((story.stage(), &story.matter().issued_to), (Stage::Closed, &public.into()));
}

#[test]
fn a_draft_names_known_units_a_kind_of_the_regime_and_a_day_to_come() {
    let story = Story::new();
    let refused = |urgency, brief, reason| {
        let report = draft_of("supervised-task", urgency, brief);
        story.refuses(drafter(), Command::File(report), reason);
    };
    refused(Urgency::Staged, brief(), Reason::KindNotInRegime);
    refused(Ordinary, given(on(5, 31)), Reason::DueInPast);
    refused(
        Ordinary,
        Brief { from_on: Some(on(6, 9)), ..given(on(6, 8)) },
        Reason::EndsBeforeItBegins,
    );
    let unknown = Brief { lead: Some(UnitCode::new("none")), ..Brief::default() };
    refused(Ordinary, unknown, Reason::UnknownUnit);
    let twice = Brief { co: [UnitCode::new(LIGHTING)].into(), ..brief() };
    refused(Ordinary, twice, Reason::SameUnit);
    let itself = Brief { links: [(Link::CameOf, story.id)].into(), ..brief() };
    refused(Ordinary, itself, Reason::LinkToItself);
    let parents = [(Link::Parent, matter_id(2)), (Link::Parent, matter_id(3))];
    let parents = Brief { links: parents.into(), ..brief() };
    refused(Ordinary, parents, Reason::AlreadyPartOfAnother);
}

#[test]
fn a_kind_of_another_regime_is_refused_even_without_a_brief_and_at_acceptance() {
    let mut bare = draft_of("rectification", Urgency::ByDate, brief());
    bare.brief = None;
    let story = Story::new();
    story.refuses(drafter(), Command::File(bare.clone()), Reason::DueNeeded);
    bare.urgency = Urgency::Continuing;
    story.refuses(drafter(), Command::File(bare), Reason::KindNotInRegime);
    Story::filed().refuses(triage(), accept(LAMP, Urgency::Staged), Reason::KindNotInRegime);
}

#[test]
fn a_draft_whose_day_has_passed_is_not_approved() {
    let story = Story::drafted(Ordinary, given(on(6, 2))).at(june(3, 9, 0));
    story.refuses(leader(), approve_filing(), Reason::DueInPast);
}

#[test]
fn redrafting_makes_and_breaks_no_links() {
    let mut other = Story::drafted(Ordinary, brief());
    other.take(&drafter(), &Command::Link { link: Link::CameOf, to: matter_id(2) });
    let brief = Brief { links: [(Link::Parent, matter_id(9))].into(), ..brief() };
    let brief = Box::new(brief);
    other.take(&drafter(), &Command::Redraft { words: words(61), urgency: Ordinary, brief });
    assert_eq!(other.matter().links, [(Link::CameOf, matter_id(2))].into());
}

#[test]
fn a_matter_is_linked_to_another_once_and_is_part_of_one() {
    let link = |link, to| Command::Link { link, to: matter_id(to) };
    let mut story = Story::task(Ordinary);
    story.refuses(drafter(), link(Link::Parent, 1), Reason::LinkToItself);
    story.take(&drafter(), &link(Link::Parent, 2));
    story.refuses(drafter(), link(Link::Parent, 2), Reason::AlreadyLinked);
    story.refuses(drafter(), link(Link::Parent, 3), Reason::AlreadyPartOfAnother);
    story.take(&drafter(), &link(Link::CoveredBy, 3));
    story.take(&drafter(), &Command::AttachLink { link: Link::Child, to: matter_id(4) });
    let matter = story.matter();
    assert_eq!(matter.linked(Link::Parent).collect::<Vec<_>>(), [matter_id(2)]);
    assert_eq!(matter.linked(Link::Child).collect::<Vec<_>>(), [matter_id(4)]);
    for kind in Link::ALL {
        assert_eq!(kind.other_half().other_half(), *kind);
    }
}

#[test]
fn what_was_broken_down_is_handed_in_when_its_parts_are_over() {
    let mut story = Story::task(Ordinary).reported();
    story.open_parts = 2;
    let refusal = story.refusal(&handler(LIGHTING), &hand_in());
    assert_eq!((refusal.reason, refusal.facts["parts"].as_str()), (Reason::PartsOpen, "2"));
    story.open_parts = 0;
    story.take(&handler(LIGHTING), &hand_in());
}

#[test]
fn what_was_broken_down_is_not_withdrawn_from_under_its_parts() {
    let mut story = Story::task(Ordinary);
    story.open_parts = 1;
    story.refuses(leader(), Command::Withdraw { reason: None }, Reason::PartsOpen);
    story.open_parts = 0;
    story.take(&leader(), &Command::Withdraw { reason: None });
    assert_eq!(story.matter().stage, Stage::Withdrawn);
}

#[test]
fn a_part_of_what_was_approved_waits_for_no_approval_and_is_given_out_by_who_wrote_it() {
    // What it wrote that is no part is for others to give out.
    let own = Command::File(draft_of("supervised-task", Ordinary, brief()));
    let whole = Story::new().then(head(BUREAU), own).then(leader(), approve_filing());
    whole.refuses(head(BUREAU), dispatch(LIGHTING), Reason::NotYours);
    let part = Brief { links: [(Link::Parent, matter_id(2))].into(), ..brief() };
    let file = || Command::File(draft_of("supervised-task", Ordinary, part.clone()));
    let under = |mut whole: Story| {
        whole.state.as_mut().unwrap().id = matter_id(2);
        let mut story = Story::new();
        story.other = whole.state;
        story.then(head(BUREAU), file())
    };
    assert_eq!(under(Story::drafted(Ordinary, brief())).stage(), Stage::Drafted);
    assert_eq!(under(Story::finding(Urgency::AtOnce)).stage(), Stage::Drafted);
    assert_eq!(Story::new().then(head(BUREAU), file()).stage(), Stage::Drafted);
    let mut story = under(Story::approved(Ordinary, brief()));
    assert_eq!(story.stage(), Stage::Accepted);
    assert_eq!(story.open_nodes(), ["d1", "d3", "d7"]);
    let mut colleague = head(BUREAU);
    colleague.person = worker(98).person;
    story.refuses(colleague, dispatch(LIGHTING), Reason::NotYours);
    story.take(&head(BUREAU), &dispatch(LIGHTING));
}

#[test]
fn a_task_is_returned_once_and_then_adjudicated() {
    let mut story = Story::approved(Ordinary, brief())
        .then(drafter(), dispatch(LIGHTING))
        .then(head(LIGHTING), send_back(Some(WORKS)));
    assert_eq!(story.stage(), Stage::Returned);
    story.take(&drafter(), &adjudicate(WORKS));
    story.refuses(head(WORKS), send_back(None), Reason::Adjudicated);
    // Given to a third unit later, it still is not returned again.
    let mut works = head(WORKS);
    works.person = worker(97).person;
    let story = story
        .then(works.clone(), Command::Sign)
        .then(works, ask_transfer(LIGHTING))
        .then(drafter(), transfer(true));
    assert_eq!(story.stage(), Stage::Dispatched);
    story.refuses(head(LIGHTING), send_back(None), Reason::AlreadyReturnedOnce);
}

#[test]
fn more_time_is_asked_for_before_the_date_and_on_the_last_day_before_five() {
    let ask = || ask_time("d7", Limit::On(on(6, 12)));
    let story = Story::task(Ordinary).reported();
    let story = story.at(june(7, 17, 1));
    story.refuses(head(LIGHTING), ask(), Reason::ExtensionCutOff);
    assert_eq!(story.refusal(&head(LIGHTING), &ask()).facts["until"], "17:00");
    let story = story.at(june(8, 9, 0));
    story.refuses(head(LIGHTING), ask(), Reason::ExtensionAfterDue);
    let story = Story::task(Ordinary)
        .reported()
        .at(june(7, 17, 0))
        .then(head(LIGHTING), ask())
        .then(leader(), give_time(true));
    assert_eq!(story.due("d7").date(), on(6, 12));
    assert_eq!(story.node("d7").original.due_at.date(), on(6, 7));
    story.refuses(head(LIGHTING), ask_time("d7", Limit::On(on(6, 12))), Reason::ExtensionEmpty);
    story.refuses(head(LIGHTING), ask_time("d7", Limit::On(on(9, 1))), Reason::ExtensionTooLong);
}

#[test]
fn a_leader_suspends_a_task_and_its_date_moves_by_the_days_it_stood() {
    let mut story = Story::task(Ordinary).reported();
    story.refuses(drafter(), suspend(on(6, 30)), Reason::NotYourRole);
    story.take(&leader(), &suspend(on(6, 30)));
    assert!(story.node("d7").is_paused());
    story.refuses(handler(LIGHTING), hand_in(), Reason::Suspended);
    story.refuses(handler(LIGHTING), plan(&[on(6, 20)]), Reason::Suspended);
    let story = story.at(june(8, 10, 0)).then(drafter(), Command::Resume { reason: None });
    assert_eq!(story.due("d7").date(), on(6, 12));
}

#[test]
fn what_begins_while_a_task_stands_still_stands_still_with_it() {
    let mut story = Story::task(Ordinary).reported().then(leader(), suspend(on(6, 30)));
    story.take(&drafter(), &reclassify(Major));
    assert!(story.node("month").is_paused());
    let mut story = Story::task(Continuing).reported().then(leader(), suspend(on(6, 30)));
    story.take(&handler(LIGHTING), &act());
    assert!(story.node("report").is_paused());
    // And back to the kind it was.
    let mut story = Story::task(Ordinary)
        .reported()
        .then(drafter(), reclassify(Major))
        .then(leader(), suspend(on(6, 30)));
    story.take(&drafter(), &reclassify(Ordinary));
    assert!(story.node("d7").is_paused());
}

#[test]
fn a_task_found_to_be_major_has_a_month_from_its_filing() {
    let mut story = Story::task(Ordinary).reported();
    let bare = Command::AmendClass { item: None, urgency: Major, reason: None };
    story.refuses(drafter(), bare, Reason::ReasonNeeded);
    story.take(&drafter(), &reclassify(Major));
    assert_eq!(story.open_nodes(), ["month"]);
    assert_eq!(story.due("month").date(), on(7, 1));
    story.refuses(drafter(), reclassify(Urgency::AtOnce), Reason::KindNotInRegime);
    story.take(&drafter(), &reclassify(Ordinary));
    assert_eq!((story.open_nodes(), story.due("d7").date()), (vec!["d7"], on(6, 7)));
}

#[test]
fn a_major_task_that_is_not_done_in_the_month_is_met_by_a_dated_plan_and_runs_to_its_end() {
    let mut story = Story::task(Major).reported().at(morning(7, 1));
    story.refuses(handler(LIGHTING), plan(&[]), Reason::PlanNeedsDates);
    story.refuses(handler(LIGHTING), plan(&[on(8, 1), on(7, 20)]), Reason::PlanOutOfOrder);
    story.refuses(handler(LIGHTING), plan(&[on(8, 1), on(8, 1)]), Reason::PlanOutOfOrder);
    story.refuses(handler(LIGHTING), plan(&[on(6, 30)]), Reason::DueInPast);
    story.take(&handler(LIGHTING), &plan(&[on(7, 20), on(8, 31)]));
    assert!(story.is_met("month"));
    assert_eq!((story.open_nodes(), story.due("plan-end").date()), (vec!["plan-end"], on(8, 31)));
    story.refuses(handler(LIGHTING), plan(&[on(12, 31)]), Reason::PlannedBefore);
    // A result sent back leaves the month met: the plan's end is what counts.
    let story =
        story.at(morning(8, 20)).then(handler(LIGHTING), hand_in()).then(drafter(), found(false));
    assert_eq!((story.open_nodes(), story.due("plan-end").date()), (vec!["plan-end"], on(8, 31)));
    let story = story
        .then(handler(LIGHTING), hand_in())
        .then(drafter(), found(true))
        .then(drafter(), graded(Grade::Pass));
    assert!(!story.matter().closed_late);
}

#[test]
fn a_task_that_was_planned_before_it_was_found_major_runs_to_the_end_of_its_plan() {
    let story = Story::task(Ordinary)
        .reported()
        .then(handler(LIGHTING), plan(&[on(6, 30)]))
        .then(drafter(), reclassify(Major));
    assert_eq!((story.open_nodes(), story.due("plan-end").date()), (vec!["plan-end"], on(6, 30)));
}

#[test]
fn a_continuing_task_reports_every_month_from_its_old_date() {
    let story = Story::task(Continuing).reported();
    assert_eq!((story.open_nodes(), story.due("report").date()), (vec!["report"], on(7, 1)));
    // Late by four days, and the next is due as if it had been in time.
    let story = story.at(morning(7, 5)).then(handler(LIGHTING), act());
    assert_eq!(story.due("report").date(), on(8, 1));
    let story = story.at(morning(7, 20)).then(handler(LIGHTING), act());
    assert_eq!(story.due("report").date(), on(9, 1));
    // Another report in the same month is not the next month's.
    let story = story.at(morning(7, 28)).then(handler(LIGHTING), act());
    assert_eq!(story.due("report").date(), on(9, 1));
    // A whole period missed is not made up for.
    let story = story.at(morning(10, 5)).then(handler(LIGHTING), act());
    assert_eq!(story.due("report").date(), on(11, 5));
}

#[test]
fn a_result_sent_back_leaves_a_continuing_task_to_report_on() {
    let story = Story::task(Continuing)
        .reported()
        .then(handler(LIGHTING), hand_in())
        .then(drafter(), found(false));
    assert_eq!((story.open_nodes(), story.due("report").date()), (vec!["report"], on(7, 1)));
}

#[test]
fn a_date_that_was_given_stands_instead_of_day_seven_or_the_month() {
    for urgency in [Ordinary, Major, Continuing] {
        let story = Story::approved(urgency, given(on(6, 20)));
        assert_eq!(story.open_nodes(), ["d1", "d3", "due"], "{urgency:?}");
        assert_eq!(story.due("due").date(), on(6, 20));
    }
    let story = Story::approved(Ordinary, given(on(6, 20))).then(drafter(), reclassify(Major));
    assert_eq!(story.open_nodes(), ["d1", "d3", "due"]);
}

#[test]
fn days_one_and_three_are_reported_before_the_result_each_for_itself() {
    let mut story = Story::task(Ordinary);
    let missing =
        |story: &Story| story.refusal(&handler(LIGHTING), &hand_in()).facts["node"].clone();
    assert_eq!(missing(&story), "d1");
    story.take(&handler(LIGHTING), &act());
    assert_eq!(missing(&story), "d3");
    story.refuses(handler(LIGHTING), hand_in(), Reason::ReportNeeded);
    story.take(&handler(LIGHTING), &act());
    let bare = Command::Submit { note: words(17), evidence: Vec::new(), alike: None };
    let refusal = story.refusal(&handler(LIGHTING), &bare);
    assert_eq!(
        (refusal.reason, refusal.facts["missing"].as_str()),
        (Reason::EvidenceNeeded, "document:1")
    );
}

#[test]
fn closing_gives_a_grade_and_reopening_takes_it_back() {
    let story = Story::task(Ordinary)
        .reported()
        .then(handler(LIGHTING), hand_in())
        .then(drafter(), found(true));
    story.refuses(drafter(), close(), Reason::GradeNeeded);
    let story =
        Story::task_closed(Grade::Excellent).then(drafter(), Command::Reopen { reason: words(60) });
    assert_eq!((story.stage(), story.matter().grade), (Stage::Handling, None));
    assert_eq!((story.open_nodes(), story.due("d7").date()), (vec!["d7"], on(6, 15)));
    // Where nothing is graded, no grade is kept.
    let finding = Story::finding(Urgency::AtOnce)
        .then(handler(LIGHTING), hand_in())
        .then(drafter(), found(true))
        .then(drafter(), graded(Grade::Good));
    assert_eq!(finding.matter().grade, None);
}

#[test]
fn reopened_after_the_day_it_was_given_a_task_has_as_many_days_again() {
    let closed = |day| {
        Story::task_of(Ordinary, given(on(6, 20)))
            .reported()
            .then(handler(LIGHTING), hand_in())
            .then(drafter(), found(true))
            .then(drafter(), graded(Grade::Pass))
            .at(day)
            .then(drafter(), Command::Reopen { reason: words(60) })
    };
    assert_eq!(closed(june(10, 9, 0)).due("due").date(), on(6, 20));
    // Nineteen days it had had.
    assert_eq!(closed(morning(7, 10)).due("due").date(), on(7, 29));
}

#[test]
fn a_joint_meeting_is_recorded_with_its_units_and_decisions() {
    let confer = |units: &[&str]| Command::Confer {
        units: units.iter().map(|unit| UnitCode::new(*unit)).collect(),
        decisions: words(62),
    };
    let mut story = Story::task(Ordinary);
    story.refuses(drafter(), confer(&[]), Reason::FieldNeeded);
    story.refuses(drafter(), confer(&["none"]), Reason::UnknownUnit);
    let events = story.take(&drafter(), &confer(&[WORKS, LIGHTING]));
    assert!(matches!(&events[..], [Event::Conferred { units, .. }] if units.len() == 2));
}

#[test]
fn slips_follow_a_missed_date_by_their_colours_and_the_red_one_proposes_criticism() {
    let story = Story::red();
    assert_eq!(story.matter().criticism, Criticism::Proposed(None));
    assert_eq!(story.next_slip(), None);
    let colours: Vec<SlipColour> = story.matter().slips.iter().map(|slip| slip.colour).collect();
    assert_eq!(colours, SlipColour::ALL);
    story.refuses(drafter(), slip(SlipColour::Red, "d7"), Reason::SlippedBefore);
}

#[test]
fn no_slip_comes_before_its_time_or_out_of_turn() {
    let story = Story::task(Ordinary).reported().at(june(7, 23, 0));
    assert_eq!(story.next_slip(), None);
    story.refuses(drafter(), slip(SlipColour::Blue, "d7"), Reason::NotOverdue);
    story.refuses(drafter(), slip(SlipColour::Blue, "d1"), Reason::NodeNotOpen);
    story.refuses(drafter(), slip(SlipColour::Blue, "none"), Reason::UnknownNode);
    let mut story = story.at(june(8, 10, 0));
    story.refuses(drafter(), slip(SlipColour::Red, "d7"), Reason::SlipOutOfTurn);
    story.take(&drafter(), &slip(SlipColour::Blue, "d7"));
    story.refuses(drafter(), slip(SlipColour::Blue, "d7"), Reason::SlippedBefore);
    // Three days after the date, to the end of the third.
    let story = story.at(june(10, 20, 0));
    assert_eq!(story.next_slip(), None);
    assert_eq!(story.at(june(11, 0, 1)).next_slip(), Some((SlipColour::Orange, "d7".to_owned())));
}

#[test]
fn a_date_that_was_moved_is_slipped_about_anew_and_what_stands_still_is_not() {
    let story = Story::task(Ordinary)
        .reported()
        .at(june(7, 10, 0))
        .then(head(LIGHTING), ask_time("d7", Limit::Days(3)))
        .at(june(8, 10, 0))
        .then(Actor::system(), slip(SlipColour::Blue, "d7"))
        .then(leader(), give_time(true));
    assert_eq!((story.due("d7").date(), story.next_slip()), (on(6, 10), None));
    let story = story.at(june(11, 10, 0));
    assert_eq!(story.next_slip(), Some((SlipColour::Blue, "d7".to_owned())));
    let story = story.then(leader(), suspend(on(6, 30)));
    assert_eq!(story.next_slip(), None);
    story.refuses(drafter(), slip(SlipColour::Blue, "d7"), Reason::NotOverdue);
}

#[test]
fn the_unit_signs_the_slips_it_got() {
    let mut story = Story::red().at(june(15, 11, 0));
    story.take(&head(LIGHTING), &Command::SignSlip);
    assert!(story.matter().slips.iter().all(|slip| slip.signed_at == Some(june(15, 11, 0))));
    story.refuses(head(LIGHTING), Command::SignSlip, Reason::NothingToSign);
}

#[test]
fn criticism_takes_effect_only_when_another_than_its_proposer_approves_it() {
    let propose = || Command::ProposeCriticism { reason: words(63) };
    let mut story = Story::red();
    story.refuses(drafter(), propose(), Reason::CriticismPending);
    let refuse = Command::Criticise { approve: false, reason: None };
    story.refuses(leader(), refuse, Reason::ReasonNeeded);
    story.take(&leader(), &criticise(false));
    assert!(matches!(story.matter().criticism, Criticism::Refused(_)));
    story.refuses(leader(), criticise(true), Reason::NothingRequested);
    let mut own = drafter();
    own.person = leader().person;
    story.take(&own, &propose());
    story.refuses(leader(), criticise(true), Reason::OwnRequest);
    let mut another = leader();
    another.person = worker(81).person;
    story.take(&another, &criticise(true));
    assert!(story.matter().criticism.is_approved());
    story.refuses(drafter(), propose(), Reason::CriticismPending);
}

#[test]
fn an_objection_is_reviewed_by_somebody_who_took_no_part_and_upheld_takes_criticism_back() {
    let mut story = Story::red().then(leader(), criticise(true)).at(june(20, 10, 0));
    story.refuses(drafter(), review(true, None), Reason::NothingRequested);
    story.refuses(handler(LIGHTING), object(), Reason::NotYourRole);
    story.take(&head(LIGHTING), &object());
    assert_eq!(story.due("review").date(), on(7, 20));
    story.refuses(head(LIGHTING), object(), Reason::ObjectionPending);
    story.refuses(drafter(), review(true, None), Reason::TookPart);
    story.refuses(leader(), review(true, None), Reason::TookPart);
    story.take(&supervisor(72), &review(true, None));
    assert!(matches!(story.matter().criticism, Criticism::Withdrawn(_)));
    assert!(story.is_met("review"));
    story.refuses(head(LIGHTING), object(), Reason::ObjectedBefore);
}

#[test]
fn a_review_changes_a_grade_only_where_the_unit_is_right() {
    let objected = || Story::task_closed(Grade::Fail).then(head(LIGHTING), object());
    objected().refuses(drafter(), strike_off(), Reason::ObjectionPending);
    let right = objected().then(supervisor(72), review(true, Some(Grade::Pass)));
    assert_eq!(right.matter().grade, Some(Grade::Pass));
    let wrong = objected().then(supervisor(72), review(false, Some(Grade::Pass)));
    assert_eq!(wrong.matter().grade, Some(Grade::Fail));
    // Nothing was graded yet.
    let early = Story::red()
        .then(head(LIGHTING), object())
        .then(supervisor(72), review(true, Some(Grade::Pass)));
    assert_eq!(early.matter().grade, None);
}

#[test]
fn criticism_that_a_leader_refused_stays_refused_after_a_review() {
    let story = Story::red()
        .then(leader(), criticise(false))
        .then(head(LIGHTING), object())
        .then(supervisor(72), review(true, None));
    assert!(matches!(story.matter().criticism, Criticism::Refused(_)));
}

#[test]
fn a_unit_objects_within_thirty_days_and_to_each_thing_once() {
    Story::task(Ordinary).refuses(head(LIGHTING), object(), Reason::NothingToObjectTo);
    let closed = Story::task_closed(Grade::Fail);
    closed.at(morning(7, 10)).refuses(head(LIGHTING), object(), Reason::ObjectionTooLate);
    let mut story = Story::task_closed(Grade::Fail).at(morning(7, 9));
    story.take(&head(LIGHTING), &object());
    story.take(&supervisor(72), &review(false, None));
    story.refuses(head(LIGHTING), object(), Reason::ObjectedBefore);
    // A slip objected to does not use up the right to object to the closing.
    let story = Story::red()
        .then(head(LIGHTING), object())
        .then(supervisor(72), review(false, None))
        .at(june(16, 10, 0))
        .then(handler(LIGHTING), hand_in())
        .then(drafter(), found(true))
        .then(drafter(), graded(Grade::Fail))
        .at(june(17, 10, 0))
        .then(head(LIGHTING), object());
    assert!(story.matter().objection.is_some());
    Story::handling().refuses(head(LIGHTING), object(), Reason::NotInRegime);
}

#[test]
fn withdrawing_a_task_ends_every_clock() {
    let story = Story::red().then(drafter(), Command::Withdraw { reason: Some(words(64)) });
    assert_eq!((story.stage(), story.open_nodes()), (Stage::Withdrawn, vec![]));
    let dropped = story.node("d7").status;
    assert!(matches!(dropped, NodeStatus::Dropped(_)), "{dropped:?}");
}
