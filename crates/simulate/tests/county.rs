//! The demo county, built whole: every act is taken by the rules, the same seed
//! gives the same county, and the present is alive.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test that needs it")]

mod support;

use std::collections::BTreeMap;

use bihuan_app::{App, Caller};
use bihuan_domain::access::Role;
use bihuan_domain::instant::Instant;
use bihuan_simulate::{Demo, Size, build, check, full};
use jiff::civil::datetime;
use support::{House, shipped};

/// Reports beside those of the ordinary demo.
const ENLARGED: Size = Size { workers: 50, reports: 60, closed_percent: 99 };

/// A working Wednesday afternoon.
fn present() -> Instant {
    Instant::from_civil(datetime(2026, 9, 16, 15, 30, 0, 0))
}

async fn built(now: Instant, seed: u64) -> (House, Demo) {
    built_of("410182", "xingyang", now, seed).await
}

async fn built_of(county: &str, name: &str, now: Instant, seed: u64) -> (House, Demo) {
    let house = House::open(county, now).await;
    let demo = build(&house.app, &house.clock, &shipped(name), seed, now).await.unwrap();
    (house, demo)
}

/// How many matters stand at each stage under each lamp.
async fn stages(app: &App) -> BTreeMap<(String, i64), i64> {
    let reach = app.reach(&Caller::system());
    let all = Default::default();
    let counts = app.store().open_counts(app.county(), &reach, &all, app.now());
    let mut stages = BTreeMap::new();
    for count in counts.await.unwrap() {
        *stages.entry((count.stage, count.lamp)).or_insert(0) += count.count;
    }
    stages
}

async fn assert_holds(app: &App) {
    for line in check(app).await.unwrap() {
        assert!(line.holds, "{line:?}");
    }
}

fn at(stages: &BTreeMap<(String, i64), i64>, stage: &str) -> i64 {
    stages.iter().filter(|((name, _), _)| name == stage).map(|(_, count)| count).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_seed_builds_the_same_county_and_its_present_is_alive() {
    let ((house, demo), (again, same)) = tokio::join!(built(present(), 7), built(present(), 7));
    assert_eq!(demo.figures.refused, Vec::<String>::new());
    assert_eq!(demo.figures, same.figures);
    let numbers = |demo: &Demo| -> Vec<String> {
        demo.report_codes.iter().map(|(number, _)| number.clone()).collect()
    };
    assert_eq!(numbers(&demo), numbers(&same));
    let stages_now = stages(&house.app).await;
    assert_eq!(stages_now, stages(&again.app).await);
    assert_eq!(check(&house.app).await.unwrap(), check(&again.app).await.unwrap());
    assert_holds(&house.app).await;

    assert_eq!(at(&stages_now, "filed"), 20);
    for stage in ["verifying", "dispatched", "returned", "handling", "checking", "checked"] {
        assert!(at(&stages_now, stage) > 0, "nothing is {stage}: {stages_now:?}");
    }
    for lamp in 0..=2 {
        let handling = stages_now.get(&("handling".to_owned(), lamp)).copied().unwrap_or(0);
        assert!(handling >= 8, "lamp {lamp}: {stages_now:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_county_built_in_the_holidays_and_enlarged_holds_too() {
    let now = Instant::from_civil(datetime(2026, 10, 4, 2, 0, 0, 0));
    let house = House::open("410182", now).await;
    let (source, size) = (shipped("xingyang"), ENLARGED);
    let demo = full(&house.app, &house.clock, &source, 11, now, &size, |_| ()).await.unwrap();
    house.app.run_tasks().await.unwrap();
    assert!(demo.figures.filed > ENLARGED.reports + 500, "{:?}", demo.figures);
    assert_eq!(demo.figures.refused, Vec::<String>::new());
    assert_holds(&house.app).await;
    for sign_in in &demo.sign_ins {
        let opened = house.app.sign_in(&sign_in.login, &sign_in.password, "test", "test").await;
        assert!(opened.is_ok(), "{} cannot sign in", sign_in.login);
    }
    for role in Role::ALL {
        let is_a_post = !matches!(role, Role::Reporter | Role::System);
        let listed = demo.sign_ins.iter().any(|sign_in| sign_in.role == role.code());
        assert_eq!(listed, is_a_post, "{}", role.code());
    }
    let (number, code) = demo.report_codes.first().unwrap();
    let tracked = house.app.tracked(code, "test").await.unwrap();
    assert_eq!(tracked.matter.number.as_str(), number);
    assert!(tracked.matter.duplicates.len() >= 2, "{:?}", tracked.matter.duplicates);
    assert_eq!(tracked.matter.extensions, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_county_without_residents_reports_opens_on_its_meeting_and_its_campaign() {
    for now in [present(), Instant::from_civil(datetime(2026, 10, 4, 2, 0, 0, 0))] {
        let (house, demo) = built_of("131121", "zaoqiang", now, 7).await;
        assert_eq!(demo.figures.refused, Vec::<String>::new());
        assert_eq!(demo.figures.filed, 0);
        assert_holds(&house.app).await;
        let rectified = house.app.rectified().await.unwrap();
        assert_eq!(rectified.kinds, 4);
        assert!(rectified.found_again > 0 && rectified.found_again == rectified.reopened);
        let heads = demo.sign_ins.iter().filter(|sign_in| sign_in.role == Role::UnitHead.code());
        assert!(heads.count() >= 2);
    }
}
