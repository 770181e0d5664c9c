//! From filing to a unit: accept, decline, verify, merge, dispatch.

use bihuan_domain::ids::{ItemCode, UnitCode};
use bihuan_domain::matter::{Command, DeclineGround, Event, Matter, Source, Stage, Step, Urgency};
use bihuan_domain::refusal::Reason;

use super::story::*;

#[test]
fn a_report_goes_from_the_resident_over_a_unit_and_a_check_to_a_rated_end() {
    let mut story = Story::filed();
    assert_eq!(story.stage(), Stage::Filed);
    story.take(&triage(), &accept(LAMP, Urgency::Ordinary));
    story.take(&triage(), &dispatch(LIGHTING));
    story.take(&handler(LIGHTING), &Command::Sign);
    story.take(&handler(LIGHTING), &act());
    story.take(&handler(LIGHTING), &submit());
    story.take(&worker(10), &found(true));
    story.take(&triage(), &draft(40));
    story.take(&triage(), &close());
    story.take(&reporter(), &rate(bihuan_domain::matter::Rating::Fixed));
    assert_eq!(story.stage(), Stage::Closed);
    assert!(!story.matter().closed_late);
    assert_eq!(story.open_nodes(), [""; 0]);
}

#[test]
fn filing_twice_under_one_id_is_refused() {
    let command = Command::File(report("grid-case", Source::Snapshot));
    Story::filed().refuses(reporter(), command, Reason::AlreadyExists);
}

#[test]
fn acting_on_nothing_is_refused() {
    Story::new().refuses(triage(), accept(LAMP, Urgency::Ordinary), Reason::NoSuchMatter);
}

#[test]
fn filing_with_an_unknown_regime_item_or_grid_is_refused() {
    let story = Story::new();
    let file = |report| Command::File(report);
    story.refuses(reporter(), file(report("none", Source::Snapshot)), Reason::UnknownRegime);
    let mut unknown = report("grid-case", Source::Snapshot);
    unknown.item = Some(ItemCode::new("none"));
    story.refuses(reporter(), file(unknown), Reason::UnknownItem);
    let mut nowhere = report("grid-case", Source::Snapshot);
    nowhere.whereabouts.grid = Some(bihuan_domain::ids::GridCode::new("99"));
    story.refuses(reporter(), file(nowhere), Reason::UnknownGrid);
}

#[test]
fn a_step_the_regime_does_not_have_is_refused() {
    let story = Story::assigned(Urgency::Ordinary);
    story.refuses(worker(10), settle(), Reason::NotInRegime);
}

#[test]
fn an_illegal_step_names_the_legal_ones() {
    let refusal = Story::filed().refusal(&triage(), &dispatch(LIGHTING));
    assert_eq!(refusal.reason, Reason::NotNow);
    assert_eq!(refusal.facts["stage"], "filed");
    let legal: Vec<&str> = refusal.facts["legal"].split(',').collect();
    assert!(legal.contains(&"accept") && !legal.contains(&"dispatch"));
}

#[test]
fn a_source_that_must_be_verified_is_not_accepted_before_someone_looked() {
    let playbook = changed("grid-case", |regime| {
        regime.verify_first.insert(Source::Snapshot);
    });
    let mut story = Story::under(playbook)
        .then(reporter(), Command::File(report("grid-case", Source::Snapshot)));
    story.refuses(triage(), accept(LAMP, Urgency::Ordinary), Reason::VerifyFirst);
    story.take(&triage(), &ask_verification());
    assert_eq!(story.stage(), Stage::Verifying);
    story.take(&worker(10), &verified(true));
    story.take(&triage(), &accept(LAMP, Urgency::Ordinary));
    assert_eq!(story.stage(), Stage::Accepted);
}

#[test]
fn verification_is_asked_of_somebody() {
    let mut lost = report("grid-case", Source::Snapshot);
    lost.whereabouts.grid = None;
    let story = Story::new().then(reporter(), Command::File(lost));
    story.refuses(triage(), ask_verification(), Reason::UnknownGrid);
}

#[test]
fn a_worker_asked_to_verify_sees_a_matter_outside_their_grid() {
    let mut lost = report("grid-case", Source::Snapshot);
    lost.whereabouts.grid = Some(bihuan_domain::ids::GridCode::new(ELSEWHERE));
    let grid = Some(bihuan_domain::ids::GridCode::new(GRID));
    let mut story = Story::new().then(reporter(), Command::File(lost));
    assert!(story.choices(&worker(10)).is_empty());
    story.take(&triage(), &Command::RequestVerification { grid, note: None });
    assert!(story.can(&worker(10)).contains(&Step::Verify));
}

#[test]
fn asking_again_to_verify_stops_the_clock_of_the_earlier_finding() {
    let story = Story::filed()
        .then(triage(), ask_verification())
        .then(worker(10), verified(true))
        .then(triage(), ask_verification());
    assert_eq!(story.open_nodes(), ["verify"]);
}

#[test]
fn declining_names_a_channel_of_the_ground_chosen() {
    let story = Story::filed();
    let emergency = DeclineGround::Emergency;
    story.refuses(triage(), decline(emergency, "none"), Reason::UnknownChannel);
    story.refuses(triage(), decline(emergency, "petition"), Reason::ChannelForOtherGround);
    let story = story.then(triage(), decline(emergency, "police-110"));
    assert_eq!(story.stage(), Stage::Declined);
    assert_eq!(story.open_nodes(), [""; 0]);
}

#[test]
fn only_who_looked_can_say_that_a_report_is_not_true() {
    let untrue = decline(DeclineGround::NotTrue, "file-again");
    let mut story = Story::filed();
    story.refuses(triage(), untrue.clone(), Reason::VerifyFirst);
    story.take(&triage(), &ask_verification());
    story.refuses(triage(), untrue.clone(), Reason::VerifyFirst);
    story.take(&worker(10), &verified(false));
    story.take(&triage(), &untrue);
    assert_eq!(story.stage(), Stage::Declined);
}

#[test]
fn reopening_what_was_declined_lets_it_wait_for_triage_again() {
    let story = Story::filed()
        .then(triage(), decline(DeclineGround::Unlawful, "explanation"))
        .then(dispatcher(), Command::Reopen { reason: words(30) });
    assert_eq!(story.stage(), Stage::Filed);
    assert_eq!(story.open_nodes(), ["triage"]);
    assert_eq!(story.matter().declined, None);
}

fn target() -> Matter {
    let mut other = Story::new();
    other.id = matter_id(2);
    other.then(reporter(), Command::File(report("grid-case", Source::Snapshot))).state.unwrap()
}

fn merge() -> Command {
    Command::Merge { into: matter_id(2) }
}

#[test]
fn a_duplicate_goes_on_in_the_other_matter_and_unmerging_restores_it() {
    let mut story = Story::filed();
    let before = story.matter().clone();
    story.other = Some(target());
    story = story.then(triage(), merge()).at(june(1, 15, 0));
    assert_eq!((story.stage(), story.matter().merged_into), (Stage::Merged, Some(matter_id(2))));
    assert_eq!(story.open_nodes(), [""; 0]);
    assert_eq!(story.can(&handler(LIGHTING)), []);
    story.take(&triage(), &Command::Unmerge);
    let after = story.matter();
    assert_eq!((after.stage, after.merged_into), (Stage::Filed, None));
    assert_eq!(after.nodes, before.nodes);
}

#[test]
fn unmerging_what_was_accepted_takes_up_the_clock_it_had() {
    let mut story = Story::accepted();
    let nodes = story.matter().nodes.clone();
    story.other = Some(target());
    story = story.then(triage(), merge()).then(triage(), Command::Unmerge);
    assert_eq!((story.stage(), &story.matter().nodes), (Stage::Accepted, &nodes));
}

#[test]
fn a_matter_is_merged_only_into_another_that_is_open_and_seen() {
    let mut story = Story::filed();
    let itself = Command::Merge { into: story.id };
    story.refuses(triage(), itself, Reason::MergeIntoItself);
    story.refuses(triage(), merge(), Reason::NoSuchMatter);
    for (stage, reason) in [
        (Stage::Merged, Reason::MergeTargetMerged),
        (Stage::Closed, Reason::MergeTargetOver),
        (Stage::Imported, Reason::MergeTargetOver),
    ] {
        let mut other = target();
        other.stage = stage;
        story.other = Some(other);
        story.refuses(triage(), merge(), reason);
    }
    let mut about_us = target();
    about_us.object_unit = Some(UnitCode::new("grid-centre"));
    story.other = Some(about_us);
    story.refuses(triage(), merge(), Reason::NotYours);
}

#[test]
fn a_reporter_may_say_that_it_is_the_same_and_triage_may_undo_it() {
    let mut story = Story::filed();
    story.other = Some(target());
    let story = story.then(reporter(), merge());
    assert_eq!(story.matter().merged_into, Some(matter_id(2)));
    let story = story.then(triage(), Command::Unmerge);
    assert_eq!((story.stage(), story.matter().merged_into), (Stage::Filed, None));
}

#[test]
fn the_matter_that_goes_on_knows_its_duplicates() {
    let (from, itself) = (matter_id(2), matter_id(1));
    let mut story = Story::filed();
    story.refuses(triage(), Command::DetachDuplicate { from }, Reason::NoSuchMatter);
    story.refuses(triage(), Command::AttachDuplicate { from: itself }, Reason::MergeIntoItself);
    story.take(&triage(), &Command::AttachDuplicate { from });
    assert!(story.matter().duplicates.contains(&from));
    story.take(&triage(), &Command::DetachDuplicate { from });
    assert!(story.matter().duplicates.is_empty());
    Story::closed().refuses(triage(), Command::AttachDuplicate { from }, Reason::MergeTargetOver);
}

#[test]
fn a_dispatch_names_known_units_and_each_once() {
    let story = Story::accepted();
    story.refuses(triage(), dispatch("none"), Reason::UnknownUnit);
    let twice = Command::Dispatch {
        lead: UnitCode::new(LIGHTING),
        co: vec![UnitCode::new(LIGHTING)],
        note: None,
    };
    story.refuses(triage(), twice, Reason::SameUnit);
}

#[test]
fn a_dispatch_is_undone_only_before_signing_and_leaves_the_date_of_dispatching() {
    let undo = || Command::UndoDispatch { reason: words(30) };
    let before = Story::accepted().node("dispatch").due;
    let story = Story::dispatched().at(june(1, 10, 0)).then(triage(), undo());
    assert_eq!(story.stage(), Stage::Accepted);
    assert_eq!((story.open_nodes(), story.node("dispatch").due), (vec!["dispatch"], before));
    assert_eq!(story.matter().lead, None);
    Story::handling().refuses(triage(), undo(), Reason::NotNow);
    let signed_by_limit = Story::dispatched().at(june(2, 9, 0));
    signed_by_limit.refuses(triage(), undo(), Reason::NotNow);
}

#[test]
fn amending_class_or_place_after_the_end_moves_no_clock() {
    let mut story = Story::closed();
    let nodes = story.matter().nodes.clone();
    let events = story.take(&triage(), &amend("road-damage", Urgency::Urgent));
    assert_eq!(events.len(), 1);
    let whereabouts = bihuan_domain::matter::Whereabouts::default();
    story.take(&triage(), &Command::AmendPlace { whereabouts, reason: None });
    assert_eq!((story.stage(), &story.matter().nodes), (Stage::Closed, &nodes));
}

#[test]
fn asking_the_reporter_waits_for_words_or_photos() {
    let nothing = Command::Supplement { words: None, evidence: Vec::new() };
    let mut story = Story::filed().then(triage(), Command::Ask { question: words(30) });
    assert_eq!(story.matter().question, Some(words(30)));
    story.refuses(reporter(), nothing, Reason::WordsNeeded);
    story.take(&reporter(), &Command::Supplement { words: Some(words(31)), evidence: Vec::new() });
    assert_eq!(story.matter().question, None);
}

#[test]
fn withdrawing_ends_every_clock_even_a_paused_one() {
    let withdraw = Command::Withdraw { reason: None };
    let story = Story::handling()
        .then(supervisor(70), suspend(jiff::civil::date(2026, 6, 30)))
        .then(reporter(), withdraw);
    assert_eq!((story.stage(), story.matter().suspended_until), (Stage::Withdrawn, None));
    assert_eq!(story.open_nodes(), [""; 0]);
}

#[test]
fn a_leaders_words_and_an_urging_change_nothing_but_the_record() {
    for command in [Command::Instruct { words: words(30) }, Command::Urge { words: words(30) }] {
        let mut story = Story::handling();
        let mut before = story.matter().clone();
        let events = story.take(&leader(), &command);
        assert_eq!(events.len(), 1);
        before.entries += 1;
        // Whoever says it took part, and will not review it.
        before.took_part.extend(leader().person);
        assert_eq!(story.matter(), &before);
    }
}

#[test]
fn what_was_imported_is_not_acted_on_as_if_it_were_ours() {
    let mut story = Story::imported();
    assert_eq!((story.stage(), story.matter().nodes.len()), (Stage::Imported, 0));
    for step in Step::ALL {
        let legal = bihuan_domain::matter::is_legal(Stage::Imported, *step);
        assert_eq!(legal, *step == Step::Erase, "{}", step.code());
    }
    story.refuses(triage(), amend(LAMP, Urgency::Ordinary), Reason::NotNow);
    let erase = Command::Erase {
        content: words(1),
        ground: bihuan_domain::matter::ErasureGround::Requested,
    };
    assert!(matches!(story.take(&security_admin(), &erase)[..], [Event::Erased { .. }]));
}
