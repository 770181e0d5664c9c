//! What each act does to the clocks, 13710's digits among them.

use bihuan_domain::calendar::Limit;
use bihuan_domain::clock::MoveKind;
use bihuan_domain::ids::NodeCode;
use bihuan_domain::matter::{Command, Event, Rating, Stage, Urgency, recalculated};
use bihuan_domain::playbook::model::Trigger;
use jiff::civil::datetime;

use super::story::*;

#[test]
fn each_digit_of_13710_is_met_by_its_own_feedback() {
    let mut story = Story::assigned(Urgency::Ordinary);
    assert!(story.is_met("d1"), "deployed by dispatching");
    assert_eq!(story.open_nodes(), ["d3", "d7"]);
    assert_eq!(story.due("d3"), datetime(2026, 6, 3, 23, 59, 59, 999_999_000));
    story.take(&handler(LIGHTING), &act());
    assert_eq!(story.open_nodes(), ["d7"]);
    story.take(&handler(LIGHTING), &submit());
    assert_eq!(story.open_nodes(), ["check"]);
    story.take(&supervisor(70), &found(true));
    story.take(&handler(LIGHTING), &draft(40));
    story.take(&supervisor(70), &approve(40));
    story.take(&supervisor(70), &close());
    assert_eq!(story.open_nodes(), ["look-back", "zero"]);
    story.take(&supervisor(70), &Command::StrikeOff { note: None });
    assert_eq!((story.stage(), story.open_nodes()), (Stage::StruckOff, vec!["look-back"]));
}

#[test]
fn one_report_of_progress_meets_only_the_node_that_falls_due_first() {
    let playbook = changed("leader-note", |regime| {
        let d1 = regime.nodes.iter_mut().find(|rule| rule.code.as_str() == "d1").unwrap();
        d1.met_by = Trigger::Acted;
    });
    let mut story = Story::under(playbook)
        .then(
            leader(),
            Command::File(report("leader-note", bihuan_domain::matter::Source::LeaderNote)),
        )
        .then(supervisor(70), accept(LAMP, Urgency::Ordinary))
        .then(supervisor(70), dispatch(LIGHTING))
        .then(handler(LIGHTING), Command::Sign);
    story.take(&handler(LIGHTING), &act());
    assert_eq!((story.is_met("d1"), story.is_open("d3")), (true, true));
    story.take(&handler(LIGHTING), &act());
    assert!(story.is_met("d3"));
}

#[test]
fn the_result_is_the_last_report_of_progress_too() {
    let story = Story::assigned(Urgency::Ordinary).then(handler(LIGHTING), submit());
    assert!(story.is_met("d3"));
}

#[test]
fn a_matter_found_to_be_major_has_its_month_and_gives_it_back() {
    let mut story = Story::assigned(Urgency::Ordinary);
    let week = story.node("d7").due;
    story.take(&supervisor(70), &amend(LAMP, Urgency::Major));
    assert_eq!((story.is_open("d7"), story.is_open("month")), (false, true));
    assert_eq!(story.node("month").started_at, story.matter().filed_at);
    story.take(&supervisor(70), &amend(LAMP, Urgency::Ordinary));
    assert_eq!((story.is_open("d7"), story.is_open("month")), (true, false));
    assert_eq!(story.node("d7").due, week);
}

#[test]
fn accepting_as_major_changes_the_nodes_that_filing_began() {
    let story = Story::new().then(
        leader(),
        Command::File(report("leader-note", bihuan_domain::matter::Source::LeaderNote)),
    );
    assert!(story.is_open("d7"));
    let story = story.then(supervisor(70), accept(LAMP, Urgency::Major));
    assert_eq!((story.is_open("d7"), story.is_open("month")), (false, true));
}

#[test]
fn what_is_amended_while_it_waits_for_a_check_counts_by_the_new_limit_if_it_fails() {
    let story = Story::assigned(Urgency::Ordinary)
        .then(handler(LIGHTING), submit())
        .then(supervisor(70), amend(LAMP, Urgency::Major));
    assert!(!story.is_open("month"));
    let story = story.then(supervisor(70), found(false));
    assert_eq!((story.is_open("d7"), story.is_open("month")), (false, true));
}

#[test]
fn another_item_counts_from_the_same_start() {
    let mut story = Story::handling();
    let started = story.node("handle").started_at;
    story.take(&triage(), &amend("road-damage", Urgency::Ordinary));
    assert_eq!(story.node("handle").started_at, started);
    assert_eq!(story.due("handle"), datetime(2026, 6, 8, 17, 30, 0, 0));
}

#[test]
fn a_reopening_counts_by_the_item_as_it_is_now() {
    let story = Story::closed()
        .then(triage(), amend("road-damage", Urgency::Ordinary))
        .at(june(3, 9, 0))
        .then(reporter(), rate(Rating::NotFixed));
    let node = story.node("handle");
    assert_eq!(node.counting.limit, Limit::WorkDays(5));
    assert_eq!(node.due.due_at.civil(), datetime(2026, 6, 10, 17, 30, 0, 0));
    assert_eq!(node.moves.last().map(|one| one.kind.clone()), Some(MoveKind::Restarted));
}

#[test]
fn reopening_a_leaders_assignment_counts_its_week_anew_and_ends_the_striking_off() {
    let mut story = Story::assigned(Urgency::Ordinary)
        .then(handler(LIGHTING), submit())
        .then(supervisor(70), found(true))
        .then(handler(LIGHTING), draft(40))
        .then(supervisor(70), approve(40))
        .then(supervisor(70), close())
        .at(june(10, 9, 0));
    story.take(&supervisor(70), &Command::Reopen { reason: words(30) });
    assert_eq!(story.open_nodes(), ["d7"]);
    assert_eq!(story.due("d7").date(), jiff::civil::date(2026, 6, 16));
}

#[test]
fn an_extension_of_an_earlier_round_does_not_use_up_the_next() {
    let ask = || ask_time("handle", Limit::WorkDays(1));
    let story = Story::handling()
        .then(handler(LIGHTING), ask())
        .then(head(LIGHTING), give_time(true))
        .then(handler(LIGHTING), submit())
        .then(worker(10), found(true))
        .answered()
        .then(triage(), close())
        .then(reporter(), rate(Rating::NotFixed))
        .then(handler(LIGHTING), ask())
        .then(head(LIGHTING), give_time(true));
    assert_eq!(story.node("handle").extensions.len(), 1);
    assert_eq!(story.matter().extensions, 2);
}

#[test]
fn a_return_gives_the_dispatcher_a_clock() {
    let story = Story::dispatched().at(june(1, 11, 0)).then(handler(LIGHTING), send_back(None));
    assert_eq!(story.open_nodes(), ["dispatch"]);
    assert_eq!(story.node("dispatch").started_at, june(1, 11, 0));
}

#[test]
fn settling_on_the_spot_ends_what_waited_for_the_desk() {
    let story = Story::filed_as(LITTER);
    assert_eq!(story.open_nodes(), ["triage"]);
    let story = story.then(worker(10), settle());
    assert_eq!(story.open_nodes(), ["check"]);
}

#[test]
fn a_notice_moves_open_nodes_by_one_event_each_and_no_closed_one() {
    let story = Story::handling();
    let off = |day: u32| format!(r#"{{"name":"x","date":"2026-06-{day:02}","isOffDay":true}}"#);
    let days: Vec<String> = (2..=4).map(off).collect();
    let text = format!(r#"{{"year":2026,"days":[{}]}}"#, days.join(","));
    let notice = bihuan_domain::calendar::HolidayYear::parse(&text).unwrap();
    let calendar = story.calendar.clone().with_year(notice);
    let events = recalculated(story.matter(), &calendar, "2026-2");
    let [Event::ClockRecalculated { node, notice, .. }] = &events[..] else { panic!("{events:?}") };
    assert_eq!((node, notice.as_str()), (&NodeCode::new("handle"), "2026-2"));
    assert_eq!(recalculated(Story::closed().matter(), &calendar, "2026-2"), []);
}

fn looked(holds: bool) -> Command {
    Command::LookBack { holds, note: words(50), evidence: Vec::new() }
}

/// An assignment that was closed.
fn assigned_and_closed() -> Story {
    Story::assigned(Urgency::Ordinary)
        .then(handler(LIGHTING), submit())
        .then(supervisor(70), found(true))
        .then(handler(LIGHTING), draft(40))
        .then(supervisor(71), approve(40))
        .then(supervisor(70), close())
}

#[test]
fn closing_starts_the_look_back_and_looking_back_ends_it() {
    let story = assigned_and_closed();
    let closed = story.matter().closed_at.unwrap();
    let node = story.node("look-back");
    assert!(node.is_open());
    assert_eq!((node.started_at, &*node.rule), (closed, "leader-note.look-back"));
    assert_eq!(node.due.due_at.date(), closed.plus_days(60).date());
    let story = story.then(supervisor(70), Command::StrikeOff { note: None });
    assert!(story.is_open("look-back"), "striking off is not looking");
    let story = story.then(supervisor(72), looked(true));
    assert!(!story.is_open("look-back"));
    assert!(story.stage().is_over());
}

#[test]
fn what_does_not_hold_when_looked_back_at_is_handled_anew() {
    let story = assigned_and_closed().then(supervisor(72), looked(false));
    assert_eq!(story.stage(), bihuan_domain::matter::Stage::Handling);
    assert!(!story.is_open("look-back") && story.is_open("d7"));
}

#[test]
fn who_handled_it_does_not_look_back() {
    let mut own = supervisor(70);
    own.person = handler(LIGHTING).person;
    let refused = bihuan_domain::refusal::Reason::HandlerMayNotCheck;
    assigned_and_closed().refuses(own, looked(true), refused);
}

#[test]
fn a_reopening_before_the_look_back_leaves_it_to_the_next_closing() {
    let reopen = Command::Reopen { reason: words(51) };
    let story = assigned_and_closed().then(supervisor(70), reopen);
    assert!(!story.is_open("look-back"));
}

#[test]
fn a_regime_without_look_back_days_has_no_such_node() {
    assert!(!Story::closed().matter().nodes.keys().any(|node| node.as_str() == "look-back"));
}
