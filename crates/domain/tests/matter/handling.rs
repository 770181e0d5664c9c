//! What a unit does with a matter: sign, return, transfer, co-handle, act, ask
//! for time, submit.

use bihuan_domain::calendar::Limit;
use bihuan_domain::ids::UnitCode;
use bihuan_domain::matter::{Actor, Command, Event, Stage, Step, Urgency};
use bihuan_domain::refusal::Reason;
use jiff::civil::{date, datetime};

use super::story::*;

#[test]
fn a_matter_is_returned_once_and_goes_for_good_to_whom_it_is_adjudged() {
    let mut story = Story::dispatched();
    story.take(&handler(LIGHTING), &send_back(Some(WORKS)));
    assert_eq!(story.stage(), Stage::Returned);
    assert_eq!(story.matter().suggested_unit, Some(UnitCode::new(WORKS)));
    assert_eq!(story.open_nodes(), ["dispatch"]);
    story.refuses(triage(), adjudicate(WORKS), Reason::NotYourRole);
    let events = story.take(&dispatcher(), &adjudicate(WORKS));
    assert_eq!(events[0].step(), Some(Step::Adjudicate));
    story.refuses(handler(WORKS), send_back(None), Reason::Adjudicated);
}

#[test]
fn a_second_unit_cannot_return_what_was_returned_before() {
    let undo = Command::UndoDispatch { reason: words(30) };
    let story = Story::dispatched()
        .then(handler(LIGHTING), send_back(None))
        .then(dispatcher(), adjudicate(WORKS))
        .then(triage(), undo)
        .then(triage(), dispatch(LIGHTING));
    story.refuses(handler(LIGHTING), send_back(None), Reason::AlreadyReturnedOnce);
}

#[test]
fn returning_is_for_before_signing_by_hand_or_by_limit() {
    Story::handling().refuses(handler(LIGHTING), send_back(None), Reason::ReturnAfterSigning);
    // Four work hours from 09:00 end at 15:00; nothing has been recorded yet.
    let late = Story::dispatched().at(june(1, 15, 1));
    late.refuses(handler(LIGHTING), send_back(None), Reason::ReturnAfterSigning);
}

#[test]
fn a_return_does_not_suggest_the_unit_that_returns() {
    Story::dispatched().refuses(handler(LIGHTING), send_back(Some(LIGHTING)), Reason::SameUnit);
}

#[test]
fn a_unit_that_does_not_sign_is_taken_to_have_signed_at_the_limit() {
    let mut story = Story::dispatched();
    assert_eq!(story.due("sign"), datetime(2026, 6, 1, 15, 0, 0, 0));
    story.refuses(Actor::system(), Command::Sign, Reason::NotNow);
    story.now = june(3, 3, 0);
    let events = story.take(&Actor::system(), &Command::Sign);
    assert!(matches!(events[0], Event::Signed { automatic: true, .. }));
    let signed_at = story.matter().lead.as_ref().and_then(|lead| lead.signed_at);
    assert_eq!(signed_at, Some(june(1, 15, 0)));
    assert_eq!(story.node("handle").started_at, june(1, 15, 0));
    assert!(story.matter().handlers.is_empty());
}

#[test]
fn signing_late_by_hand_gains_no_time() {
    let story = Story::dispatched().at(june(2, 9, 0)).then(handler(LIGHTING), Command::Sign);
    assert_eq!(story.node("handle").started_at, june(1, 15, 0));
    let prompt = Story::dispatched().at(june(1, 11, 0)).then(handler(LIGHTING), Command::Sign);
    assert_eq!(prompt.node("handle").started_at, june(1, 11, 0));
}

#[test]
fn after_signing_one_asks_for_transfer_and_another_decides() {
    let mut story = Story::handling();
    let due = story.node("handle").due;
    story.refuses(dispatcher(), transfer(true), Reason::NothingRequested);
    story.refuses(handler(LIGHTING), ask_transfer(LIGHTING), Reason::SameUnit);
    story.take(&handler(LIGHTING), &ask_transfer(WORKS));
    story.refuses(handler(LIGHTING), ask_transfer(WORKS), Reason::TransferPending);
    let unreasoned = Command::Transfer { approve: false, to: None, reason: None };
    story.refuses(dispatcher(), unreasoned, Reason::ReasonNeeded);
    story.take(&dispatcher(), &transfer(true));
    assert_eq!(story.stage(), Stage::Dispatched);
    assert_eq!(story.matter().lead.as_ref().map(|lead| lead.unit.as_str()), Some(WORKS));
    assert_eq!(story.node("handle").due, due, "a transfer does not set the clock back");
    assert!(story.is_open("sign"));
}

#[test]
fn a_refused_transfer_leaves_the_matter_where_it_is() {
    let story = Story::handling()
        .then(handler(LIGHTING), ask_transfer(WORKS))
        .then(dispatcher(), transfer(false));
    assert_eq!((story.stage(), &story.matter().transfer), (Stage::Handling, &None));
}

#[test]
fn nobody_decides_what_they_asked_for() {
    let mut one = dispatcher();
    one.person = handler(LIGHTING).person;
    let story = Story::handling().then(handler(LIGHTING), ask_transfer(WORKS));
    story.refuses(one.clone(), transfer(true), Reason::OwnRequest);
    let story = Story::handling().then(handler(LIGHTING), ask_time("handle", Limit::WorkDays(1)));
    story.refuses(one, give_time(true), Reason::OwnRequest);
}

#[test]
fn co_handlers_add_progress_and_the_lead_submits() {
    let story = Story::handling().then(handler(LIGHTING), invite(WORKS));
    let mut guest = handler(WORKS);
    guest.person = worker(99).person;
    story.refuses(guest.clone(), submit(), Reason::NotYours);
    story.refuses(guest.clone(), ask_time("handle", Limit::WorkDays(1)), Reason::NotYours);
    story.refuses(handler(LIGHTING), invite(WORKS), Reason::AlreadyCoHandling);
    story.refuses(handler(LIGHTING), invite(LIGHTING), Reason::SameUnit);
    let story = story.then(guest.clone(), act()).then(handler(LIGHTING), submit());
    let mut as_worker = worker(99);
    as_worker.person = guest.person;
    story.refuses(as_worker, found(true), Reason::HandlerMayNotCheck);
}

#[test]
fn the_unit_above_acts_for_the_lead_and_a_stranger_does_not() {
    let story = Story::handling();
    story.refuses(handler(WORKS), act(), Reason::NotYours);
    story.refuses(head(WORKS), submit(), Reason::NotYours);
    let story = story.then(head(BUREAU), submit());
    assert_eq!(story.stage(), Stage::Checking);
}

#[test]
fn a_town_handles_only_what_it_was_given() {
    let story = Story::handling();
    let town = story.playbook.units.iter().find(|unit| unit.grid.is_some()).unwrap();
    assert_eq!(town.grid.as_ref().map(|grid| grid.as_str()), Some("01"));
    let townsman = handler(town.code.as_str());
    assert_eq!(story.can(&townsman), []);
    story.refuses(townsman, act(), Reason::NotYours);
}

#[test]
fn an_act_needs_a_person() {
    let mut nobody = handler(LIGHTING);
    nobody.person = None;
    Story::handling().refuses(nobody, submit(), Reason::NotYours);
}

#[test]
fn submitting_needs_an_item_and_the_proof_it_asks_for() {
    let bare = Command::Submit { note: words(30), evidence: Vec::new(), alike: None };
    let refusal = Story::handling().refusal(&handler(LIGHTING), &bare);
    assert_eq!(refusal.reason, Reason::EvidenceNeeded);
    assert_eq!(refusal.facts["missing"], "after:1");
    Story::filed().refuses(worker(10), settle(), Reason::ItemNeeded);
    let mut story = Story::handling();
    story.state.as_mut().unwrap().item = None;
    story.refuses(handler(LIGHTING), submit(), Reason::ItemNeeded);
}

#[test]
fn a_reporters_own_photo_is_no_proof_of_the_handling() {
    let mut given = report("grid-case", bihuan_domain::matter::Source::Snapshot);
    given.evidence = vec![photo(bihuan_domain::matter::EvidenceKind::After, 2)];
    let story = Story::new()
        .then(reporter(), Command::File(given))
        .then(triage(), accept(LAMP, Urgency::Ordinary))
        .then(triage(), dispatch(LIGHTING))
        .then(handler(LIGHTING), Command::Sign);
    let bare = Command::Submit { note: words(30), evidence: Vec::new(), alike: None };
    story.refuses(handler(LIGHTING), bare, Reason::EvidenceNeeded);
}

#[test]
fn more_time_is_asked_before_the_date_once_and_within_the_share() {
    let mut story = Story::handling();
    let asks = |n| ask_time("handle", Limit::WorkDays(n));
    story.refuses(handler(LIGHTING), ask_time("none", Limit::WorkDays(1)), Reason::UnknownNode);
    story.refuses(handler(LIGHTING), ask_time("sign", Limit::WorkDays(1)), Reason::NotExtendable);
    story.refuses(handler(LIGHTING), asks(3), Reason::ExtensionTooLong);
    story.refuses(handler(LIGHTING), asks(0), Reason::ExtensionEmpty);
    story.refuses(head(LIGHTING), give_time(true), Reason::NothingRequested);
    story.take(&handler(LIGHTING), &asks(1));
    story.refuses(handler(LIGHTING), asks(1), Reason::ExtensionPending);
    let unreasoned = Command::Extend { approve: false, reason: None };
    story.refuses(head(LIGHTING), unreasoned, Reason::ReasonNeeded);
    let first = story.node("handle").due;
    story.take(&head(LIGHTING), &give_time(true));
    assert!(story.node("handle").due.due_at > first.due_at);
    assert_eq!(story.node("handle").original, first, "the first date stays visible");
    story.refuses(handler(LIGHTING), asks(1), Reason::ExtensionsUsedUp);
    let late = Story::handling().at(june(5, 9, 0));
    late.refuses(handler(LIGHTING), asks(1), Reason::ExtensionAfterDue);
}

#[test]
fn a_working_day_more_may_cross_a_weekend() {
    // Signed on Tuesday: three working days end on Friday the 5th.
    let mut tuesday = Story::accepted().at(june(2, 9, 0));
    tuesday.take(&triage(), &dispatch(LIGHTING));
    tuesday.take(&handler(LIGHTING), &Command::Sign);
    assert_eq!(tuesday.due("handle"), datetime(2026, 6, 5, 17, 30, 0, 0));
    tuesday.take(&handler(LIGHTING), &ask_time("handle", Limit::WorkDays(1)));
    tuesday.take(&head(LIGHTING), &give_time(true));
    assert_eq!(tuesday.due("handle"), datetime(2026, 6, 8, 17, 30, 0, 0));
}

#[test]
fn extending_is_for_the_units_head_and_the_centre() {
    let story = Story::handling().then(handler(LIGHTING), ask_time("handle", Limit::WorkDays(1)));
    let mut colleague = handler(LIGHTING);
    colleague.person = worker(98).person;
    story.refuses(colleague, give_time(true), Reason::NotYourRole);
    story.refuses(head(WORKS), give_time(true), Reason::NotYours);
    for approver in [head(LIGHTING), dispatcher(), supervisor(70)] {
        assert!(story.can(&approver).contains(&Step::Extend), "{:?}", approver.role);
    }
}

#[test]
fn suspending_is_for_those_above_and_stops_the_clock() {
    let until = date(2026, 6, 30);
    let mut story = Story::handling();
    story.refuses(handler(LIGHTING), suspend(until), Reason::NotYourRole);
    story.refuses(supervisor(70), suspend(date(2026, 6, 1)), Reason::ReviewDateInPast);
    story.refuses(head(LIGHTING), Command::Resume { reason: None }, Reason::NotSuspended);
    story.refuses(supervisor(70), suspend(date(9999, 12, 31)), Reason::SuspensionTooLong);
    story.take(&supervisor(70), &suspend(until));
    assert!(story.node("handle").is_paused());
    assert_eq!(story.matter().lamp(june(30, 9, 0)), None);
    story.refuses(supervisor(70), suspend(until), Reason::AlreadySuspended);
    story.refuses(handler(LIGHTING), submit(), Reason::Suspended);
    story.refuses(handler(LIGHTING), ask_transfer(WORKS), Reason::Suspended);
    story.refuses(handler(LIGHTING), ask_time("handle", Limit::WorkDays(1)), Reason::Suspended);
    let due = story.node("handle").due.due_at;
    story.now = june(8, 9, 0);
    story.take(&head(LIGHTING), &Command::Resume { reason: None });
    assert!(story.node("handle").due.due_at > due);
    assert!(!story.node("handle").is_paused());
}

#[test]
fn a_clock_that_ended_meanwhile_is_not_extended() {
    let mut story = Story::assigned(Urgency::Ordinary);
    story.take(&head(LIGHTING), &ask_time("d7", Limit::Days(3)));
    story.take(&supervisor(70), &amend(LAMP, Urgency::Major));
    story.refuses(supervisor(71), give_time(true), Reason::NodeNotOpen);
    story.refuses(head(LIGHTING), ask_time("d7", Limit::Days(3)), Reason::ExtensionPending);
    story.take(&supervisor(71), &give_time(false));
    story.refuses(head(LIGHTING), ask_time("d7", Limit::Days(3)), Reason::NodeNotOpen);
}
