use std::collections::BTreeSet;
use std::path::Path;

use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::{Playbook, Source, check};
use jiff::civil::{DateTime, datetime};

use super::*;
use crate::talk::TALKS;

fn xingyang() -> Playbook {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../playbooks/xingyang");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|kind| kind == "toml") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    check(&Source::new(files)).unwrap().playbook
}

fn county(playbook: &Playbook, now: Instant, seed: u64) -> Vec<Life> {
    let calendar = Calendar::shipped(playbook.work.clone());
    let grids = ["01-014-07", "01-001-02", "02-002-03", "04-004-03"].map(GridCode::new);
    let land = crate::blocks(playbook);
    Planner::new(playbook, &calendar, &grids, &land, now, seed).reports()
}

fn wednesday() -> Instant {
    Instant::from_civil(datetime(2026, 9, 16, 15, 30, 0, 0))
}

/// Presents at which few people work: a Sunday night, the middle of the
/// National Day holiday, a Monday before office hours.
fn awkward() -> [DateTime; 3] {
    [
        datetime(2026, 6, 14, 2, 10, 0, 0),
        datetime(2026, 10, 4, 12, 0, 0, 0),
        datetime(2026, 11, 23, 7, 5, 0, 0),
    ]
}

#[test]
fn every_item_of_the_catalogue_is_talked_about_and_no_other() {
    let playbook = xingyang();
    let items: BTreeSet<&str> = playbook.items.keys().map(ItemCode::as_str).collect();
    let talks: BTreeSet<&str> = TALKS.iter().map(|talk| talk.item).collect();
    assert_eq!(talks, items);
}

#[test]
fn the_same_seed_and_present_make_the_same_plan() {
    let playbook = xingyang();
    assert_eq!(county(&playbook, wednesday(), 7), county(&playbook, wednesday(), 7));
}

#[test]
fn another_seed_makes_another_plan() {
    let playbook = xingyang();
    assert_ne!(county(&playbook, wednesday(), 7), county(&playbook, wednesday(), 8));
}

#[test]
fn on_a_working_day_every_course_finds_its_moment() {
    let playbook = xingyang();
    let wanted: u32 = fate::QUOTAS.iter().map(|quota| quota.count).sum();
    let lives = county(&playbook, wednesday(), 7);
    let first = lives.iter().filter(|life| life.merged_into().is_none()).count();
    assert_eq!(first, wanted as usize + 1);
}

#[test]
fn whatever_the_present_nothing_lies_after_it_and_acts_stand_in_order() {
    let playbook = xingyang();
    for now in awkward().map(Instant::from_civil) {
        let lives = county(&playbook, now, 3);
        assert!(lives.len() > 400, "{}: {}", now.civil(), lives.len());
        for life in &lives {
            let times: Vec<Instant> = std::iter::once(life.filing.at)
                .chain(life.steps.iter().map(|step| step.at))
                .collect();
            assert!(times.is_sorted(), "{life:?}");
            assert!(times.iter().all(|at| *at < now), "{life:?}");
        }
    }
}

#[test]
fn the_sample_report_is_repeated_paused_and_extended() {
    let playbook = xingyang();
    for now in awkward().map(Instant::from_civil).into_iter().chain([wednesday()]) {
        let lives = county(&playbook, now, 5);
        let place = lives.iter().position(Life::is_sample).unwrap();
        let deeds: Vec<&Deed> = lives[place].steps.iter().map(|step| &step.deed).collect();
        assert!(deeds.iter().any(|deed| matches!(deed, Deed::Suspend { .. })));
        assert!(deeds.iter().any(|deed| matches!(deed, Deed::Resume { .. })));
        assert!(deeds.iter().any(|deed| matches!(deed, Deed::Extend { approve: true, .. })));
        let repeats = lives.iter().filter(|life| life.merged_into() == Some(place)).count();
        assert!(repeats >= 2, "{}: {repeats}", now.civil());
    }
}

fn drafted(playbook: &Playbook, now: Instant, seed: u64) -> Vec<Batch> {
    let calendar = Calendar::shipped(playbook.work.clone());
    let land = crate::blocks(playbook);
    let script = crate::script::Script::of(playbook.county.as_str());
    Planner::new(playbook, &calendar, &[], &land, now, seed).batches(script)
}

#[test]
fn whatever_the_present_the_tasks_are_as_many_as_the_article_says() {
    let playbook = xingyang();
    for now in awkward().map(Instant::from_civil).into_iter().chain([wednesday()]) {
        let batches = drafted(&playbook, now, 3);
        let drafts = || batches.iter().flat_map(|batch| &batch.drafts);
        let wholes: BTreeSet<Key> = drafts()
            .flat_map(|draft| draft.links.iter().filter(|(link, _)| *link == Link::Parent))
            .map(|(_, key)| *key)
            .collect();
        let of =
            |regime: &'static str| drafts().filter(move |draft| draft.regime.as_str() == regime);
        let tasks = || of("supervised-task").filter(|draft| !wholes.contains(&draft.key));
        let closes = |draft: &&Draft| {
            draft.steps.iter().any(|step| matches!(step.deed, Deed::CloseGraded { .. }))
        };
        assert_eq!(
            (tasks().count(), tasks().filter(closes).count()),
            (699, 462),
            "{}",
            now.civil()
        );
        assert_eq!((of("rectification").count(), of("notice").count()), (42, 33));
        for draft in drafts() {
            let times: Vec<Instant> = draft.steps.iter().map(|step| step.at).collect();
            assert!(times.is_sorted(), "{draft:?}");
            assert!(times.iter().all(|at| *at < now), "{}: {draft:?}", now.civil());
        }
    }
}

#[test]
fn the_same_seed_and_present_draft_the_same() {
    let playbook = xingyang();
    assert_eq!(drafted(&playbook, wednesday(), 7), drafted(&playbook, wednesday(), 7));
    assert_ne!(drafted(&playbook, wednesday(), 7), drafted(&playbook, wednesday(), 8));
}
