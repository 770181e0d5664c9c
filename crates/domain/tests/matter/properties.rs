//! Whatever is asked by whomever in whatever order: nothing panics, what is
//! written down reads back the same, and the promises hold.

use std::collections::{BTreeMap, BTreeSet};

use bihuan_domain::calendar::Limit;
use bihuan_domain::clock::{Due, Node};
use bihuan_domain::ids::{ItemCode, NodeCode, UnitCode};
use bihuan_domain::matter::{
    Actor, Audience, Command, DeclineGround, ErasureGround, Event, Grade, Link, Matter, Rating,
    SlipColour, Source, Stage, Step, Urgency, Whereabouts, decide, evolve,
};
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::Value;

use super::regimes::*;
use super::story::*;

/// One person for every post, and some in two.
fn cast() -> Vec<Actor> {
    let mut actors = vec![
        reporter(),
        Actor::system(),
        worker(10),
        worker(11),
        grid_leader(),
        triage(),
        dispatcher(),
        handler(LIGHTING),
        handler(WORKS),
        head(LIGHTING),
        head(BUREAU),
        supervisor(70),
        supervisor(71),
        leader(),
        security_admin(),
    ];
    actors[8].person = worker(51).person;
    // A handler who is a supervisor as well.
    actors.push(supervisor(50));
    actors
}

/// One command or two for every step but filing and importing.
fn deck() -> Vec<Command> {
    let whereabouts = Whereabouts::default();
    let reason = words(30);
    vec![
        Command::Merge { into: matter_id(2) },
        Command::Unmerge,
        Command::AttachDuplicate { from: matter_id(3) },
        Command::DetachDuplicate { from: matter_id(3) },
        decline(DeclineGround::Unlawful, "explanation"),
        decline(DeclineGround::NotTrue, "file-again"),
        accept(LAMP, Urgency::Ordinary),
        accept(LITTER, Urgency::Major),
        ask_verification(),
        verified(true),
        verified(false),
        dispatch(LIGHTING),
        dispatch(WORKS),
        approve_filing(),
        Command::ApproveFiling { approve: false, document: None, reason: Some(reason) },
        Command::Redraft { words: words(35), urgency: Urgency::Ordinary, brief: Box::new(brief()) },
        Command::Link { link: Link::CameOf, to: matter_id(4) },
        Command::AttachLink { link: Link::Child, to: matter_id(5) },
        plan(&[date(2026, 9, 1), date(2026, 12, 31)]),
        Command::PassOver { units: [UnitCode::new(WORKS)].into(), reason },
        Command::Confer { units: [UnitCode::new(WORKS)].into(), decisions: words(36) },
        hand_in(),
        graded(Grade::Pass),
        publicise(),
        issue(),
        slip(SlipColour::Blue, "d1"),
        slip(SlipColour::Orange, "d1"),
        slip(SlipColour::Red, "d1"),
        Command::SignSlip,
        Command::ProposeCriticism { reason },
        criticise(true),
        criticise(false),
        object(),
        review(true, Some(Grade::Good)),
        review(false, None),
        reclassify(Urgency::Major),
        reclassify(Urgency::Staged),
        Command::UndoDispatch { reason },
        Command::Sign,
        send_back(Some("housing")),
        adjudicate(LIGHTING),
        ask_transfer(WORKS),
        transfer(true),
        transfer(false),
        invite(WORKS),
        act(),
        ask_time("handle", Limit::WorkDays(1)),
        ask_time("d7", Limit::Days(2)),
        give_time(true),
        give_time(false),
        suspend(date(2026, 12, 31)),
        Command::Resume { reason: None },
        submit(),
        settle(),
        found(true),
        found(false),
        close(),
        rate(Rating::Fixed),
        rate(Rating::Partly),
        rate(Rating::NotFixed),
        Command::Reopen { reason },
        Command::Escalate { reason },
        Command::StrikeOff { note: None },
        look_back(true),
        look_back(false),
        Command::Withdraw { reason: None },
        Command::Ask { question: words(31) },
        Command::Supplement { words: Some(words(32)), evidence: Vec::new() },
        draft(40),
        approve(40),
        amend("road-damage", Urgency::Urgent),
        amend(LITTER, Urgency::Major),
        Command::AmendPlace { whereabouts, reason: None },
        about("housing"),
        Command::SetObjectUnit { unit: None },
        Command::Instruct { words: words(33) },
        Command::Urge { words: words(34) },
        Command::ReadIdentity { reason },
        Command::Erase { content: words(1), ground: ErasureGround::Mistaken },
    ]
}

#[test]
fn the_deck_holds_every_step() {
    let dealt: BTreeSet<Step> = deck().iter().map(Command::step).collect();
    let missing: Vec<&Step> = Step::ALL.iter().filter(|step| !dealt.contains(step)).collect();
    assert_eq!(missing, [&Step::File, &Step::Import]);
}

fn issue() -> Command {
    Command::Issue { words: None, audiences: [Audience::Units].into() }
}

/// A resident's, a worker's and a leader's matter, a task, a finding and what
/// was imported, and one to merge into.
fn beginnings() -> Vec<Story> {
    let mut own = report("grid-case", Source::Grid);
    own.item = Some(ItemCode::new(LITTER));
    let noted = report("leader-note", Source::LeaderNote);
    let mut stories = vec![
        Story::filed(),
        Story::filed_as(LITTER),
        Story::new().then(worker(10), Command::File(own)),
        Story::new().then(leader(), Command::File(noted)),
        Story::drafted(Urgency::Ordinary, brief()),
        Story::task(Urgency::Ordinary),
        Story::finding(Urgency::AtOnce),
        Story::finding(Urgency::Permanent),
        Story::imported(),
    ];
    for story in &mut stories {
        let mut other = story.matter().clone();
        other.id = matter_id(2);
        other.stage = Stage::Filed;
        story.other = Some(other);
    }
    stories
}

/// Each entry of the story, with the matter before and after it.
fn entries(story: &Story) -> Vec<(Option<Matter>, &Actor, &Event, Matter)> {
    let mut state: Option<Matter> = None;
    story
        .log
        .iter()
        .map(|(at, actor, event)| {
            let before = state.clone();
            state = evolve(state.take(), story.id, *at, actor, event);
            (before, actor, event, state.clone().unwrap())
        })
        .collect()
}

fn check_story(story: &Story) {
    let entries = entries(story);
    assert_eq!(entries.last().map(|last| &last.3), story.state.as_ref(), "reads back the same");
    for (seq, (before, actor, event, after)) in entries.iter().enumerate() {
        assert_eq!(after.entries, seq as u64 + 1);
        let nothing = BTreeMap::new();
        dates_are_explained(before.as_ref().map_or(&nothing, |matter| &matter.nodes), after, event);
        if let (Event::Closed { .. }, Some(before)) = (event, before) {
            let served = before.regime.as_str() == "notice";
            assert!(before.stage == Stage::Checked || served);
        }
        if let (Stage::Checked, Some(before)) = (after.stage, before) {
            confirmed_by_another(before, actor, event);
        }
        says_no_words(event);
    }
}

/// Promise 3, at the moment a matter comes to be found fixed.
fn confirmed_by_another(before: &Matter, actor: &Actor, event: &Event) {
    if before.stage == Stage::Checked {
        return;
    }
    match event {
        Event::Checked { holds: true, .. } => {
            assert!(!before.handlers.contains(&actor.person.unwrap()));
        }
        Event::Rated { rating: Rating::Fixed, .. } => {
            assert!(before.settled_on_spot);
            assert!(before.reporter_person.is_none_or(|own| !before.handlers.contains(&own)));
        }
        Event::Unmerged { .. } => {}
        other => panic!("{other:?} made {:?} checked", before.stage),
    }
}

/// Promise 2: no date moves without a line that says why, and the first stays.
fn dates_are_explained(before: &BTreeMap<NodeCode, Node>, after: &Matter, event: &Event) {
    for (code, node) in &after.nodes {
        let earlier = before.get(code);
        let had: Option<Due> = earlier.map(|node| node.due);
        if had != Some(node.due) {
            let lines = earlier.map_or(0, |node| node.moves.len());
            assert_eq!(node.moves.len(), lines + 1, "{event:?}");
            assert_eq!(node.moves.last().map(|line| line.due), Some(node.due));
        }
        if let Some(earlier) = earlier {
            assert_eq!(earlier.original, node.original);
        }
    }
}

/// Codes, dates, numbers and commitments, but no sentence.
fn says_no_words(event: &Event) {
    // What another system recorded is kept as it was given.
    if matches!(event, Event::Imported { .. }) {
        return;
    }
    leaves(&serde_json::to_value(event).unwrap(), &mut |text| {
        let is_code = |c: char| c.is_ascii_alphanumeric() || "-.:_".contains(c);
        assert!(text.len() <= 64 && text.chars().all(is_code), "{text:?} in {event:?}");
    });
}

fn leaves(value: &Value, look: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => look(text),
        Value::Array(list) => list.iter().for_each(|value| leaves(value, look)),
        Value::Object(map) => map.values().for_each(|value| leaves(value, look)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_commands_by_anyone_keep_the_promises(
        beginning in 0..9_usize,
        asked in prop::collection::vec((0..1_000_usize, 0..1_000_usize, 0..900_i64), 1..160),
    ) {
        let (cast, deck) = (cast(), deck());
        let mut story = beginnings().swap_remove(beginning);
        for (who, what, minutes) in asked {
            story.now = story.now.plus_minutes(minutes / 10);
            let command = &deck[what % deck.len()];
            let _ = story.try_take(&cast[who % cast.len()], command);
        }
        check_story(&story);
    }

    /// Most commands at random are refused; here each act is one that can be
    /// taken, so that stories go far.
    #[test]
    fn any_story_of_possible_acts_keeps_the_promises(
        beginning in 0..8_usize,
        asked in prop::collection::vec((0..1_000_usize, 0..2_000_i64), 1..50),
    ) {
        let (cast, deck) = (cast(), deck());
        let mut story = beginnings().swap_remove(beginning);
        for (pick, minutes) in asked {
            story.now = story.now.plus_minutes(minutes);
            let possible: Vec<(&Actor, &Command)> = deck
                .iter()
                .flat_map(|command| cast.iter().map(move |actor| (actor, command)))
                .filter(|(actor, command)| {
                    let (state, now) = (story.state.as_ref(), story.now);
                    // What ends a story is kept for its end.
                    command.step() != Step::Withdraw
                        && decide(story.id, state, command, actor, &story.facts(), now).is_ok()
                })
                .collect();
            let Some((actor, command)) = possible.get(pick % possible.len().max(1)) else { break };
            story.take(actor, command);
        }
        check_story(&story);
    }

    #[test]
    fn events_in_any_order_only_add_to_the_count(
        order in prop::collection::vec((0..6_usize, 0..1_000_usize), 1..60),
    ) {
        let stories = [
            Story::closed(),
            Story::settled(),
            Story::assigned(Urgency::Major),
            Story::red(),
            Story::finding_closed(),
            Story::imported(),
        ];
        let mut state = None;
        let mut count = 0;
        for (story, event) in order {
            let log = &stories[story].log;
            let (at, actor, event) = &log[event % log.len()];
            state = evolve(state, stories[0].id, *at, actor, event);
            count += u64::from(state.is_some());
            prop_assert_eq!(state.as_ref().map_or(0, |matter| matter.entries), count);
        }
    }
}

fn of_the_supervision_desk() -> Vec<Story> {
    let graded = |story: Story| {
        story
            .then(handler(LIGHTING), hand_in())
            .then(supervisor(70), found(true))
            .then(supervisor(70), graded(Grade::Fail))
    };
    let served = |story: Story| story.then(leader(), approve_filing());
    vec![
        Story::approved(Urgency::Ordinary, brief()),
        Story::approved(Urgency::Ordinary, brief()).then(supervisor(70), dispatch(LIGHTING)),
        Story::task(Urgency::Ordinary).reported(),
        Story::task(Urgency::Ordinary).at(june(2, 9, 0)),
        Story::red(),
        Story::red().then(head(LIGHTING), object()),
        Story::task(Urgency::Ordinary).reported().then(handler(LIGHTING), hand_in()),
        graded(Story::task(Urgency::Ordinary).reported()),
        graded(Story::task(Urgency::Ordinary).reported()).then(head(LIGHTING), object()),
        graded(Story::task(Urgency::Ordinary).reported()).then(supervisor(70), strike_off()),
        Story::finding_closed(),
        Story::finding_closed().then(supervisor(70), publicise()).at(june(30, 9, 0)),
        Story::paper("bulletin"),
        served(Story::paper("bulletin")),
        served(Story::paper("notice")).then(supervisor(70), dispatch(LIGHTING)),
    ]
}

type Move = (Option<Stage>, Step, Stage);

/// A state of every kind that can be told from another by the stages it may
/// come to.
fn situations() -> Vec<Story> {
    let merged = {
        let mut story = beginnings().swap_remove(0);
        story.take(&triage(), &Command::Merge { into: matter_id(2) });
        story
    };
    let declined = decline(DeclineGround::Unlawful, "explanation");
    let not_fixed = |story: Story| story.then(reporter(), rate(Rating::NotFixed));
    let twice = not_fixed(Story::closed())
        .then(handler(LIGHTING), submit())
        .then(worker(11), found(true))
        .answered()
        .then(triage(), close());
    let settled = Story::filed_as(LITTER).then(triage(), accept(LITTER, Urgency::Ordinary));
    let strike_off = || Command::StrikeOff { note: None };
    let mut situations = beginnings();
    situations.extend([
        Story::filed().then(triage(), ask_verification()),
        Story::accepted(),
        Story::accepted().then(triage(), declined.clone()),
        Story::filed().then(triage(), declined),
        Story::dispatched(),
        Story::dispatched().at(june(2, 9, 0)),
        Story::dispatched().then(handler(LIGHTING), send_back(None)),
        Story::handling(),
        Story::handling().then(handler(LIGHTING), ask_transfer(WORKS)),
        Story::handling().then(handler(LIGHTING), ask_time("handle", Limit::WorkDays(1))),
        Story::handling().then(supervisor(70), suspend(date(2026, 6, 30))),
        Story::submitted(),
        Story::settled(),
        settled.then(worker(10), settle()),
        Story::checked(),
        Story::checked().answered(),
        Story::closed(),
        Story::settled().then(reporter(), rate(Rating::Fixed)),
        Story::closed().then(supervisor(70), strike_off()),
        twice,
        merged,
        Story::filed().then(reporter(), Command::Withdraw { reason: None }),
        Story::assigned(Urgency::Ordinary),
        Story::assigned(Urgency::Ordinary).then(handler(LIGHTING), draft(40)),
    ]);
    situations.extend(of_the_supervision_desk());
    situations
}

/// Every move between stages that some act makes from one of the situations.
pub(crate) fn moves_seen() -> BTreeSet<Move> {
    let (cast, deck) = (cast(), deck());
    let mut seen = BTreeSet::new();
    for story in situations() {
        let (first_at, first_actor, first) = &story.log[0];
        let born = evolve(None, story.id, *first_at, first_actor, first).unwrap();
        seen.insert((None, first.step().unwrap(), born.stage));
        for command in deck.iter().filter(|command| !is_other_half(command)) {
            for actor in &cast {
                let (state, facts) = (story.state.as_ref(), story.facts());
                let Ok(events) = decide(story.id, state, command, actor, &facts, story.now) else {
                    continue;
                };
                let after = events.iter().fold(story.state.clone(), |state, event| {
                    evolve(state, story.id, story.now, actor, event)
                });
                seen.insert((Some(story.stage()), command.step(), after.unwrap().stage));
            }
        }
    }
    seen
}

/// What a merge writes into the matter that goes on moves nothing there.
const fn is_other_half(command: &Command) -> bool {
    matches!(
        command,
        Command::AttachDuplicate { .. }
            | Command::DetachDuplicate { .. }
            | Command::AttachLink { .. }
    )
}
