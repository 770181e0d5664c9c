//! Closed means fixed: who checks, who closes, what the reporter's word does.

use bihuan_domain::matter::{Command, Event, Rating, Source, Stage, Step};
use bihuan_domain::refusal::Reason;

use super::story::*;

fn rated(mut story: Story, rating: Rating) -> Story {
    story.take(&reporter(), &rate(rating));
    story
}

#[test]
fn who_handled_in_any_way_checks_and_closes_nothing() {
    let mut double = supervisor(50);
    Story::submitted().refuses(double.clone(), found(true), Reason::HandlerMayNotCheck);
    Story::checked().refuses(double.clone(), close(), Reason::HandlerMayNotCheck);
    Story::closed().refuses(double.clone(), look_back(true), Reason::HandlerMayNotCheck);
    // Returning counts as well, even if another unit then handled it.
    let mut colleague = handler(WORKS);
    colleague.person = worker(97).person;
    double.person = handler(LIGHTING).person;
    let story = Story::dispatched()
        .then(handler(LIGHTING), send_back(None))
        .then(dispatcher(), adjudicate(WORKS))
        .then(colleague.clone(), Command::Sign)
        .then(colleague, submit());
    story.refuses(double, found(true), Reason::HandlerMayNotCheck);
}

#[test]
fn the_checker_may_also_close() {
    let story = Story::checked().answered().then(worker(10), close());
    assert_eq!(story.stage(), Stage::Closed);
    let playbook = changed("grid-case", |regime| regime.close_on_check = true);
    let mut story = Story::submitted().answered();
    story.playbook = playbook;
    let story = story.then(worker(10), found(true));
    assert_eq!(story.stage(), Stage::Closed);
}

#[test]
fn a_failed_check_lets_the_handling_go_on_under_its_date_with_new_proof() {
    let story = Story::submitted();
    let due = story.node("handle").due;
    let story = story.at(june(2, 9, 0)).then(worker(10), found(false));
    assert_eq!((story.stage(), story.matter().submitted_at), (Stage::Handling, None));
    assert_eq!((story.node("handle").due, story.open_nodes()), (due, vec!["handle"]));
    let bare = Command::Submit { note: words(30), evidence: Vec::new(), alike: None };
    story.refuses(handler(LIGHTING), bare, Reason::EvidenceNeeded);
    let story = story.then(handler(LIGHTING), submit()).then(worker(10), found(true));
    assert_eq!(story.stage(), Stage::Checked);
}

#[test]
fn closing_late_is_remembered() {
    let story = Story::handling()
        .at(june(5, 9, 0))
        .then(handler(LIGHTING), submit())
        .then(worker(10), found(true))
        .answered()
        .then(triage(), close());
    assert!(story.matter().closed_late);
    assert!(!Story::closed().matter().closed_late);
}

#[test]
fn the_first_not_fixed_reopens_by_itself_and_wants_another_checker() {
    let story = rated(Story::closed().at(june(3, 9, 0)), Rating::NotFixed);
    assert_eq!((story.stage(), story.matter().reopened), (Stage::Handling, 1));
    assert_eq!(story.node("handle").started_at, june(3, 9, 0));
    let story = story.then(handler(LIGHTING), submit());
    story.refuses(worker(10), found(true), Reason::AnotherCheckerNeeded);
    let story = story.then(worker(11), found(true));
    assert_eq!(story.stage(), Stage::Checked);
}

#[test]
fn the_second_not_fixed_goes_one_level_up() {
    let story = rated(Story::closed(), Rating::NotFixed)
        .then(handler(LIGHTING), submit())
        .then(worker(11), found(true))
        .answered()
        .then(triage(), close());
    let story = rated(story, Rating::NotFixed);
    let matter = story.matter();
    assert_eq!((matter.stage, matter.level, matter.not_fixed), (Stage::Accepted, 1, 2));
    assert_eq!((&matter.lead, matter.needs_triage), (&None, true));
    assert!(story.is_open("dispatch") && story.is_open("handle"));
    let story = story.then(dispatcher(), dispatch(BUREAU));
    assert!(!story.matter().needs_triage);
}

#[test]
fn partly_goes_to_triage_which_opens_it_again() {
    let story = rated(Story::closed(), Rating::Partly);
    assert_eq!((story.stage(), story.matter().needs_triage), (Stage::Closed, true));
    assert!(story.can(&triage()).contains(&Step::Reopen));
    let story = story.then(triage(), Command::Reopen { reason: words(30) });
    assert_eq!((story.stage(), story.matter().needs_triage), (Stage::Handling, false));
}

#[test]
fn the_reporter_has_seven_days_even_after_striking_off() {
    let story = Story::closed().then(supervisor(70), Command::StrikeOff { note: None });
    story.refuses(reporter(), look_back(true), Reason::NotYourRole);
    let in_time = rated(story.at(june(8, 9, 0)), Rating::NotFixed);
    assert_eq!(in_time.stage(), Stage::Handling);
    let late = Story::closed().at(june(8, 9, 1));
    late.refuses(reporter(), rate(Rating::NotFixed), Reason::RatingClosed);
}

#[test]
fn a_closing_is_rated_once() {
    let story = rated(Story::closed(), Rating::Fixed);
    story.refuses(reporter(), rate(Rating::NotFixed), Reason::AlreadyRated);
}

#[test]
fn what_waits_for_a_check_is_not_rated_unless_settled_on_the_spot() {
    Story::submitted().refuses(reporter(), rate(Rating::Fixed), Reason::NotNow);
}

#[test]
fn what_is_settled_on_the_spot_the_reporter_confirms() {
    let story = Story::settled();
    assert_eq!((story.stage(), story.open_nodes()), (Stage::Checking, vec!["check"]));
    let story = rated(story, Rating::Fixed);
    assert_eq!(story.stage(), Stage::Closed);
    assert!(story.is_met("check"));
}

#[test]
fn what_is_settled_on_the_spot_the_grid_leader_confirms_and_no_colleague() {
    let story = Story::settled();
    story.refuses(worker(11), found(true), Reason::NotYourRole);
    story.refuses(supervisor(70), found(true), Reason::NotYourRole);
    let story = story.then(grid_leader(), found(true));
    assert_eq!(story.stage(), Stage::Checked);
}

#[test]
fn a_worker_does_not_confirm_what_they_reported_and_settled_themselves() {
    let mut own = report("grid-case", Source::Grid);
    own.item = Some(bihuan_domain::ids::ItemCode::new(LITTER));
    let story = Story::new().then(worker(10), Command::File(own)).then(worker(10), settle());
    story.refuses(reporter(), rate(Rating::Fixed), Reason::HandlerMayNotCheck);
    let story = story.then(grid_leader(), found(true));
    assert_eq!(story.stage(), Stage::Checked);
}

#[test]
fn what_was_not_settled_after_all_waits_for_triage() {
    for story in [
        Story::settled().then(grid_leader(), found(false)),
        rated(Story::settled(), Rating::NotFixed),
        rated(Story::settled(), Rating::Partly),
    ] {
        assert_eq!((story.stage(), story.open_nodes()), (Stage::Filed, vec!["triage"]));
        assert!(!story.matter().settled_on_spot);
    }
}

#[test]
fn only_some_items_may_be_settled_on_the_spot() {
    Story::filed_as(LAMP).refuses(worker(10), settle(), Reason::OnSpotNotAllowed);
}

#[test]
fn a_look_back_that_fails_reopens_with_another_checker() {
    let story = Story::closed().then(supervisor(70), Command::StrikeOff { note: None });
    let story = story.then(grid_leader(), look_back(true));
    assert_eq!(story.stage(), Stage::StruckOff);
    let story = story.then(grid_leader(), look_back(false)).then(handler(LIGHTING), submit());
    story.refuses(worker(10), found(true), Reason::AnotherCheckerNeeded);
}

#[test]
fn escalating_takes_a_matter_from_its_unit_and_ends_its_suspension() {
    let escalate = || Command::Escalate { reason: words(30) };
    let mut story = Story::handling().then(supervisor(70), suspend(jiff::civil::date(2026, 6, 30)));
    let events = story.take(&leader(), &escalate());
    assert!(matches!(events[0], Event::Resumed { .. }));
    assert_eq!((story.stage(), story.matter().level), (Stage::Accepted, 1));
    assert!(!story.node("handle").is_paused() && story.is_open("handle"));
    assert!(story.choices(&handler(LIGHTING)).is_empty());
    let closed = Story::closed().then(leader(), escalate());
    assert_eq!((closed.stage(), closed.matter().closed_at), (Stage::Accepted, None));
    assert_eq!(closed.matter().reopened, 1);
}

#[test]
fn where_the_regime_says_so_closing_wants_an_answer_someone_else_approved() {
    let mut story = Story::assigned(bihuan_domain::matter::Urgency::Ordinary)
        .then(handler(LIGHTING), submit())
        .then(supervisor(70), found(true));
    story.refuses(supervisor(70), close(), Reason::AnswerNeeded);
    story.refuses(supervisor(70), approve(40), Reason::NoAnswerDrafted);
    story.take(&handler(LIGHTING), &draft(40));
    assert_eq!(story.matter().answer, None);
    let mut author = supervisor(70);
    author.person = handler(LIGHTING).person;
    story.refuses(author, approve(40), Reason::OwnRequest);
    story.refuses(supervisor(70), approve(41), Reason::AnswerChanged);
    story.take(&supervisor(70), &approve(40));
    story.take(&supervisor(70), &close());
    assert_eq!(story.stage(), Stage::Closed);
}

#[test]
fn an_answer_needs_no_approval_where_the_regime_asks_for_none() {
    let story = Story::handling().then(handler(LIGHTING), draft(40));
    assert_eq!(story.matter().answer.as_ref().map(|answer| answer.answer), Some(words(40)));
}

#[test]
fn who_reported_is_told_what_was_done_before_it_is_closed() {
    let mut story = Story::checked();
    story.refuses(triage(), close(), Reason::AnswerNeeded);
    story.take(&triage(), &draft(40));
    assert_eq!(story.matter().shown_answer(), None, "nothing is closed yet");
    story.take(&triage(), &close());
    assert_eq!(story.matter().shown_answer().map(|answer| answer.answer), Some(words(40)));
}

#[test]
fn a_grid_workers_own_finding_is_closed_without_an_answer() {
    let mut own = report("grid-case", Source::Grid);
    own.identity = None;
    let story = Story::new()
        .then(worker(12), Command::File(own))
        .then(triage(), accept(LAMP, bihuan_domain::matter::Urgency::Ordinary))
        .then(triage(), dispatch(LIGHTING))
        .then(handler(LIGHTING), Command::Sign)
        .then(handler(LIGHTING), submit())
        .then(worker(11), found(true))
        .then(triage(), close());
    assert_eq!(story.stage(), Stage::Closed);
}

#[test]
fn a_grid_worker_answers_only_for_what_they_settled_themselves() {
    let story = Story::filed_as(LITTER).then(worker(10), settle());
    story.refuses(worker(11), draft(40), Reason::NotYours);
    assert!(story.then(worker(10), draft(40)).matter().answer.is_some());
    Story::submitted().refuses(worker(10), draft(40), Reason::NotYours);
}

#[test]
fn an_answer_does_not_outlive_a_check_that_failed() {
    let story =
        Story::submitted().then(handler(LIGHTING), draft(40)).then(worker(11), found(false));
    assert_eq!(story.matter().answer, None);
}

#[test]
fn the_reason_for_parking_is_shown_before_closing() {
    let story = Story::handling().then(handler(LIGHTING), draft(40));
    assert_eq!(story.matter().shown_answer(), None);
    let story = story.then(dispatcher(), suspend(jiff::civil::date(2026, 7, 1)));
    assert!(story.matter().shown_answer().is_some());
}

#[test]
fn a_confirmation_waits_for_the_answer_the_regime_asks_for() {
    let story = Story::filed_as(LITTER).then(worker(10), settle());
    let story = rated(story, Rating::Fixed);
    assert_eq!(story.stage(), Stage::Checked);
    let story = story.then(triage(), draft(40)).then(triage(), close());
    assert_eq!(story.stage(), Stage::Closed);
}

#[test]
fn an_answer_shows_only_photos_given_to_the_matter() {
    let shown = |n| Command::Answer { answer: words(40), photos: vec![words(n)] };
    let mut story = Story::submitted();
    story.refuses(triage(), shown(99), Reason::PhotoNotGiven);
    story.take(&triage(), &shown(18));
    assert_eq!(story.matter().answer.as_ref().map(|a| a.photos.clone()), Some(vec![words(18)]));
}
