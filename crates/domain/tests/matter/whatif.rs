//! Histories replayed under other rules, counted by hand on the calendar of
//! June 2026: Monday the 1st, Dragon Boat Festival from Friday the 19th to
//! Sunday the 21st.

use std::collections::BTreeMap;

use bihuan_domain::calendar::{Calendar, Limit};
use bihuan_domain::clock::Due;
use bihuan_domain::ids::{ItemCode, NodeCode, RegimeCode, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{
    Command, Course, Obstacle, Past, Rating, Rulebook, Source, Stage, Step, Urgency, WhatIf,
    what_if,
};
use bihuan_domain::playbook::Playbook;
use bihuan_domain::playbook::model::{NodeLimit, Regime};
use bihuan_domain::refusal::Reason;
use jiff::civil::date;

use super::story::*;

const BY_NOW: Instant = Instant::from_micros(i64::MAX / 4);

fn replayed(story: &Story, tried: &Playbook, now: Instant) -> WhatIf {
    let calendar = Calendar::shipped(tried.work.clone());
    let past: Vec<Past<'_>> =
        story.log.iter().map(|(at, actor, event)| (*at, actor, event)).collect();
    let was = Rulebook { playbook: &story.playbook, calendar: &story.calendar };
    let would = Rulebook { playbook: tried, calendar: &calendar };
    what_if(story.id, &past, was, would, &story.units, now).unwrap()
}

fn under(story: &Story, tried: &Playbook) -> WhatIf {
    replayed(story, tried, story.now)
}

fn would(story: &Story, tried: &Playbook) -> Course {
    under(story, tried).would.unwrap()
}

fn obstacle(story: &Story, tried: &Playbook) -> Obstacle {
    under(story, tried).would.unwrap_err()
}

fn due(course: &Course, node: &str) -> jiff::civil::Date {
    course.matter.nodes[&NodeCode::new(node)].due.due_at.date()
}

/// With so many working days for a lamp.
fn lamps_in(days: u32) -> Playbook {
    let mut playbook = XINGYANG.clone();
    let item = playbook.items.get_mut(&ItemCode::new(LAMP)).unwrap();
    item.limits = BTreeMap::from([(Urgency::Ordinary, Limit::WorkDays(days))]);
    playbook
}

fn lamps_go_to(unit: &str) -> Playbook {
    let mut playbook = XINGYANG.clone();
    playbook.items.get_mut(&ItemCode::new(LAMP)).unwrap().unit = UnitCode::new(unit);
    playbook
}

fn signed_within(hours: u32) -> Playbook {
    changed("grid-case", |regime| {
        let sign = regime.nodes.iter_mut().find(|rule| rule.code.as_str() == "sign").unwrap();
        sign.limit = NodeLimit::Fixed(Limit::WorkHours(hours));
    })
}

/// Submitted at this moment, and closed at once.
fn closed_at(story: Story, at: Instant) -> Story {
    story
        .at(at)
        .then(handler(LIGHTING), submit())
        .then(worker(10), found(true))
        .answered()
        .then(triage(), close())
}

#[test]
fn a_lamp_mended_on_the_fourth_working_day_is_late_in_three_and_on_time_in_five() {
    // Signed on Monday the 1st, so that three days end on Thursday, five on Monday.
    let story = closed_at(Story::handling(), june(5, 10, 0));
    assert!(story.matter().closed_late);
    let longer = would(&story, &lamps_in(5));
    assert!(!longer.matter.closed_late);
    assert_eq!(due(&longer, "handle"), date(2026, 6, 8));
    let what_if = under(&story, &lamps_in(2));
    assert_eq!(due(&what_if.was, "handle"), date(2026, 6, 4));
    assert!(what_if.was.matter.closed_late && what_if.would.unwrap().matter.closed_late);
}

#[test]
fn days_in_a_pause_are_not_counted_under_the_other_limit_either() {
    // Suspended on Tuesday the 2nd, resumed on Thursday the 4th: the 3rd and the
    // 4th do not count. Three days end on Monday the 8th, five on Wednesday the 10th.
    let story = Story::handling()
        .at(june(2, 9, 0))
        .then(supervisor(70), suspend(date(2026, 6, 20)))
        .at(june(4, 9, 0))
        .then(handler(LIGHTING), Command::Resume { reason: None });
    let story = closed_at(story, june(10, 16, 0));
    let what_if = under(&story, &lamps_in(5));
    assert_eq!(due(&what_if.was, "handle"), date(2026, 6, 8));
    let would_be = what_if.would.unwrap();
    assert_eq!(due(&would_be, "handle"), date(2026, 6, 10));
    assert!(what_if.was.matter.closed_late && !would_be.matter.closed_late);
    assert!(would(&story, &lamps_in(4)).matter.closed_late);
}

#[test]
fn a_shorter_limit_steps_over_the_festival_too() {
    // Signed on Wednesday the 17th: the 18th, then Monday the 22nd, then the 23rd.
    let start = june(17, 9, 0);
    let story = Story::new()
        .at(start)
        .then(reporter(), Command::File(report("grid-case", Source::Snapshot)))
        .then(triage(), accept(LAMP, Urgency::Ordinary))
        .then(triage(), dispatch(LIGHTING))
        .then(handler(LIGHTING), Command::Sign);
    let story = closed_at(story, june(23, 10, 0));
    assert!(!story.matter().closed_late);
    let shorter = would(&story, &lamps_in(2));
    assert_eq!(due(&shorter, "handle"), date(2026, 6, 22));
    assert!(shorter.matter.closed_late);
}

#[test]
fn the_same_rules_give_the_matter_back_as_it_is() {
    let stories = [
        Story::filed(),
        Story::confidential(),
        Story::dispatched(),
        Story::handling(),
        closed_at(Story::handling(), june(5, 10, 0)),
        Story::closed().then(reporter(), rate(Rating::NotFixed)),
        Story::settled(),
        Story::imported(),
        Story::assigned(Urgency::Major).then(handler(LIGHTING), act()),
        Story::assigned(Urgency::Ordinary).then(supervisor(70), amend(LAMP, Urgency::Major)),
        Story::submitted().then(worker(10), found(false)),
        Story::dispatched().then(handler(LIGHTING), send_back(Some(WORKS))),
        Story::handling().then(handler(LIGHTING), ask_transfer(WORKS)),
    ];
    for story in &stories {
        let same = under(story, &XINGYANG);
        assert!(same.is_unchanged(), "{:?}", story.stage());
        assert_eq!(same.would.unwrap().matter, same.was.matter);
        assert_eq!(same.was.matter, *story.matter());
    }
}

#[test]
fn a_date_that_was_decided_before_a_notice_came_stays_under_the_same_limit() {
    // Without a notice the festival's Friday is a working day: due on the 22nd.
    let mut story = Story::new();
    story.calendar = Calendar::new([], story.playbook.work.clone());
    let story = story
        .at(june(17, 9, 0))
        .then(reporter(), Command::File(report("grid-case", Source::Snapshot)))
        .then(triage(), accept(LAMP, Urgency::Ordinary))
        .then(triage(), dispatch(LIGHTING))
        .then(handler(LIGHTING), Command::Sign);
    let story = closed_at(story, june(23, 10, 0));
    assert!(under(&story, &XINGYANG).is_unchanged());
    // Another limit is counted on the calendar of today.
    assert_eq!(due(&would(&story, &lamps_in(2)), "handle"), date(2026, 6, 22));
    assert_eq!(due(&would(&story, &lamps_in(4)), "handle"), date(2026, 6, 24));
}

#[test]
fn another_unit_would_have_had_it_where_the_list_was_followed() {
    let story = closed_at(Story::handling(), june(3, 10, 0));
    let elsewhere = would(&story, &lamps_go_to(WORKS));
    let units = |course: &Course| -> Vec<String> {
        course.turns.iter().map(|turn| turn.unit.to_string()).collect()
    };
    assert_eq!(units(&elsewhere), [WORKS]);
    assert_eq!(elsewhere.given[0].0.as_str(), WORKS);
    assert_eq!(elsewhere.turns[0].to, story.matter().closed_at);
    assert!(!under(&story, &lamps_go_to(WORKS)).is_unchanged());

    let by_choice = Story::accepted().then(triage(), dispatch(BUREAU));
    assert!(under(&by_choice, &lamps_go_to(WORKS)).is_unchanged());
    let about_it =
        Story::accepted().then(triage(), about(WORKS)).then(triage(), dispatch(LIGHTING));
    assert!(under(&about_it, &lamps_go_to(WORKS)).is_unchanged(), "it is about that unit");
    let away_from_it = Story::accepted()
        .then(triage(), dispatch(WORKS))
        .then(handler(WORKS), Command::Sign)
        .then(handler(WORKS), ask_transfer(LIGHTING))
        .then(dispatcher(), transfer(true));
    assert!(under(&away_from_it, &lamps_go_to(WORKS)).is_unchanged(), "it gave it away");
}

#[test]
fn time_that_would_not_have_been_given_leaves_the_clock_running() {
    let story = Story::handling()
        .at(june(3, 9, 0))
        .then(handler(LIGHTING), ask_time("handle", Limit::WorkDays(1)))
        .then(head(LIGHTING), give_time(true));
    let story = closed_at(story, june(5, 10, 0));
    assert!(!story.matter().closed_late);
    let none = changed("grid-case", |regime| regime.extensions = 0);
    let what_if = under(&story, &none);
    assert_eq!(what_if.ungranted, 1);
    assert!(what_if.would.unwrap().matter.closed_late);
    // With five days the same day more is still a part of the limit.
    let longer = under(&story, &lamps_in(5));
    assert_eq!(longer.ungranted, 0);
    assert_eq!(due(&longer.would.unwrap(), "handle"), date(2026, 6, 9));
}

#[test]
fn a_unit_that_signed_late_is_taken_to_have_signed_at_the_shorter_limit() {
    // Given at nine, signed at half past eleven; taken as signed at ten.
    let story = Story::dispatched().at(june(1, 11, 30)).then(handler(LIGHTING), Command::Sign);
    let sooner = would(&story, &signed_within(1));
    assert_eq!(sooner.matter.lead.unwrap().signed_at, Some(june(1, 10, 0)));
}

/// Given on Monday at nine, signed by the system after four hours of work.
fn signed_by_itself() -> Story {
    let story = Story::dispatched();
    let limit = story.node("sign").due.due_at;
    story.at(limit.plus_days(1)).then(bihuan_domain::matter::Actor::system(), Command::Sign)
}

#[test]
fn what_the_system_signed_it_signs_at_the_other_limit() {
    let story = signed_by_itself().at(june(30, 9, 0));
    let signed = |hours| {
        let lead = would(&story, &signed_within(hours)).matter.lead.unwrap();
        lead.signed_at.map(Instant::date)
    };
    assert_eq!(signed(4), Some(date(2026, 6, 1)));
    // Eight hours of work make a day and reach into the next.
    assert!(signed(9) >= Some(date(2026, 6, 2)));
    assert!(signed(100) > Some(date(2026, 6, 10)));
    assert_eq!(signed(10_000), None, "still waiting");
}

#[test]
fn a_unit_that_need_not_sign_in_time_signed_by_its_first_act() {
    let first_act = june(4, 9, 0);
    let story = signed_by_itself().at(first_act).then(handler(LIGHTING), act());
    let lead = would(&story, &signed_within(10_000)).matter.lead.unwrap();
    assert_eq!(lead.signed_at, Some(first_act));
}

#[test]
fn a_unit_that_still_may_sign_would_have_been_taken_to_have_at_the_shorter_limit() {
    let story = Story::dispatched();
    let what_if = replayed(&story, &signed_within(1), june(1, 10, 30));
    let would_be = what_if.would.unwrap().matter;
    assert_eq!((what_if.was.matter.stage, would_be.stage), (Stage::Dispatched, Stage::Handling));
    assert_eq!(would_be.lead.unwrap().signed_at, Some(june(1, 10, 0)));
    // What its own rules have not written down yet is no difference.
    assert!(replayed(&story, &XINGYANG, BY_NOW).is_unchanged());
}

#[test]
fn what_the_other_rules_refuse_is_named_and_not_replayed() {
    let case = |change: fn(&mut Regime)| changed("grid-case", change);
    let closed = closed_at(Story::handling(), june(3, 10, 0));
    let refused = |tried: &Playbook| match obstacle(&closed, tried) {
        Obstacle::Refused { step, refusal } => (step, refusal.reason),
        other => panic!("{other:?}"),
    };
    let verify = case(|regime| regime.verify_first.extend([Source::Snapshot]));
    assert_eq!(refused(&verify), (Step::Accept, Reason::VerifyFirst));
    let no_check = case(|regime| regime.steps.retain(|step, _| *step != Step::Check));
    assert_eq!(refused(&no_check), (Step::Check, Reason::NotInRegime));
    let graded = case(|regime| regime.grades = true);
    assert_eq!(refused(&graded), (Step::Close, Reason::GradeNeeded));
    let kinds = case(|regime| regime.kinds.retain(|kind| *kind != Urgency::Ordinary));
    assert_eq!(refused(&kinds), (Step::File, Reason::KindNotInRegime));

    let mut photos = XINGYANG.clone();
    photos.items.get_mut(&ItemCode::new(LAMP)).unwrap().evidence.after = 2;
    assert_eq!(refused(&photos), (Step::Submit, Reason::EvidenceNeeded));
    let mut unlisted = XINGYANG.clone();
    unlisted.items.remove(&ItemCode::new(LAMP));
    assert_eq!(refused(&unlisted), (Step::Accept, Reason::UnknownItem));
    let mut without = XINGYANG.clone();
    without.regimes.remove(&RegimeCode::new("grid-case"));
    assert_eq!(obstacle(&closed, &without), Obstacle::NoSuchRegime);
    let approved = case(|regime| regime.approve_filing = true);
    assert_eq!(obstacle(&closed, &approved), Obstacle::BeginsOtherwise);
}

#[test]
fn a_return_after_the_shorter_limit_of_signing_would_have_been_refused() {
    let story =
        Story::dispatched().at(june(1, 11, 0)).then(handler(LIGHTING), send_back(Some(WORKS)));
    let Obstacle::Refused { step, refusal } = obstacle(&story, &signed_within(1)) else {
        panic!("it was not refused");
    };
    assert_eq!((step, refusal.reason), (Step::Return, Reason::ReturnAfterSigning));
    // What it was is counted all the same.
    assert_eq!(under(&story, &signed_within(1)).was.matter, *story.matter());
}

#[test]
fn other_hours_of_work_count_every_date_anew() {
    let story = closed_at(Story::handling(), june(4, 17, 0));
    assert!(!story.matter().closed_late);
    let mut shorter = XINGYANG.clone();
    for (_, end) in &mut shorter.work.periods {
        *end = (*end).min(jiff::civil::time(16, 0, 0, 0));
    }
    assert!(would(&story, &shorter).matter.closed_late);
}

#[test]
fn nothing_is_replayed_of_what_nobody_filed() {
    let rules =
        Rulebook { playbook: &XINGYANG, calendar: &Calendar::shipped(XINGYANG.work.clone()) };
    let units = units(&XINGYANG);
    assert!(what_if(matter_id(1), &[], rules, rules, &units, june(1, 9, 0)).is_none());
}

#[test]
fn a_longer_limit_moves_when_it_is_due_soon() {
    let story = Story::handling();
    let soon = |course: &Course| -> Due { course.matter.nodes[&NodeCode::new("handle")].due };
    let what_if = under(&story, &lamps_in(5));
    assert!(soon(&what_if.would.unwrap()).soon_at > soon(&what_if.was).soon_at);
}
