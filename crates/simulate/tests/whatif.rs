//! A grown county's history under other rules: the same rules give the
//! product's own figures, other rules differ only where they must, and nothing
//! is written.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test that needs it")]

mod support;

use std::collections::BTreeMap;

use bihuan_app::queries::Period;
use bihuan_app::queries::rates::UnitFigures;
use bihuan_app::{App, Caller};
use bihuan_domain::calendar::Limit;
use bihuan_domain::ids::{MatterId, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Past, Rulebook, Urgency, what_if as replayed};
use bihuan_domain::playbook::Playbook;
use bihuan_simulate::{Side, Statement, UnitLine, grow, what_if};
use bihuan_testkit::engines;
use jiff::civil::datetime;
use support::{House, shipped};

const MATTERS: usize = 300;
const SEED: u64 = 5;

/// A working Wednesday afternoon.
fn present() -> Instant {
    Instant::from_civil(datetime(2026, 9, 16, 15, 30, 0, 0))
}

async fn grown(house: &House, name: &str) {
    let source = shipped(name);
    let grown = grow(&house.app, &house.clock, &source, SEED, MATTERS, present(), |_| ());
    assert_eq!(grown.await.unwrap().refused, Vec::<String>::new());
    house.app.run_tasks().await.unwrap();
}

fn in_force(app: &App) -> Playbook {
    Playbook::clone(&app.rules().in_force(app.now()).unwrap().playbook)
}

fn all(app: &App) -> Period {
    Period { from: Instant::from_micros(0), to: app.now().plus_days(1) }
}

async fn tried(app: &App, playbook: &Playbook, period: Period) -> Statement {
    what_if(app, &Caller::system(), playbook, period).await.unwrap()
}

/// Closed, on time, open and overdue, by unit.
type Counted = BTreeMap<Option<String>, [u64; 4]>;

fn counted(lines: &[UnitLine], of: fn(&UnitLine) -> Side) -> Counted {
    let figures = |line: &UnitLine| {
        let side = of(line);
        (line.unit.clone(), [side.closed, side.on_time, side.open, side.overdue])
    };
    lines.iter().map(figures).filter(|(_, figures)| *figures != [0; 4]).collect()
}

async fn rates(app: &App, period: Period) -> Counted {
    let rates = app.unit_rates(&Caller::system(), period.from, period.to, None).await.unwrap();
    let figures = |unit: UnitFigures| {
        let figures = [unit.closed, unit.on_time, unit.open, unit.overdue];
        (unit.unit, figures.map(i64::unsigned_abs))
    };
    rates.units.into_iter().map(figures).collect()
}

/// Every row and every entry, as text.
async fn written(app: &App) -> (Vec<String>, (u64, u64)) {
    let mut lines = Vec::new();
    app.store().dump_projections(app.county(), |line| lines.push(line.to_owned())).await.unwrap();
    (lines, app.store().entry_counts(app.county()).await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_rules_give_exactly_the_rates_by_unit_and_write_nothing() {
    engines::each(|database| async move {
        let house = House::over(database.store.clone(), "410182", present()).await;
        grown(&house, "xingyang").await;
        let app = &house.app;
        let before = written(app).await;
        let now = app.now();
        let lately = Period { from: now.plus_days(-60), to: now.plus_days(-7) };
        for period in [all(app), lately] {
            let same = tried(app, &in_force(app), period).await;
            assert!(same.changes_nothing());
            assert!(same.stopped.is_empty() && same.total.was.closed > 0);
            assert_eq!(counted(&same.units, |line| line.was), rates(app, period).await);
            for line in same.units.iter().chain([&same.total]) {
                assert_eq!(line.was, line.would, "{:?}", line.unit);
            }
        }
        assert!(before == written(app).await, "it is read, not written");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn matters_of_every_regime_come_out_as_they_were_under_their_own_rules() {
    for (county, name) in [("410182", "xingyang"), ("131121", "zaoqiang")] {
        let house = House::open(county, present()).await;
        grown(&house, name).await;
        let app = &house.app;
        let rules = app.rules();
        let version = rules.in_force(app.now()).unwrap();
        let own = Rulebook { playbook: &version.playbook, calendar: &version.calendar };
        let streams = app.store().streams_after(app.county(), "", 10_000).await.unwrap();
        let streams: Vec<String> =
            streams.into_iter().filter(|stream| stream.parse::<MatterId>().is_ok()).collect();
        let recorded = app.store().recorded(app.county(), &streams).await.unwrap();
        assert_eq!(recorded.len(), MATTERS);
        for (id, entries) in recorded {
            let past: Vec<Past<'_>> =
                entries.iter().map(|entry| (entry.at, &entry.actor, &entry.event)).collect();
            let id = id.parse().unwrap();
            let same = replayed(id, &past, own, own, &rules.unit_tree, app.now()).unwrap();
            assert!(same.is_unchanged() && same.ungranted == 0, "{}", same.was.matter.number);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_rules_move_rates_and_work_and_leave_the_sums_standing() {
    let house = House::open("410182", present()).await;
    grown(&house, "xingyang").await;
    let app = &house.app;
    let period = all(app);
    let mut other = in_force(app);
    other.version = "other".to_owned();
    for item in other.items.values_mut() {
        item.limits = BTreeMap::from([(Urgency::Ordinary, Limit::WorkDays(90))]);
    }
    let lenient = tried(app, &other, period).await;
    assert_eq!(lenient.total.would.on_time, lenient.total.would.closed);
    assert_eq!(lenient.now_on_time, lenient.total.was.closed - lenient.total.was.on_time);
    assert!(lenient.now_on_time > 0 && lenient.now_late == 0);
    assert_eq!(lenient.total.was.closed, lenient.total.would.closed);
    assert_eq!(counted(&lenient.units, |line| line.was), rates(app, period).await);

    for item in other.items.values_mut() {
        item.unit = UnitCode::new("urban-management");
    }
    let moved = tried(app, &other, period).await;
    let bureau = moved.units.iter().find(|line| line.unit.as_deref() == Some("urban-management"));
    let bureau = bureau.unwrap();
    assert!(bureau.would.given > bureau.was.given && bureau.would.most_open > bureau.was.most_open);
    assert!(moved.elsewhere > 0);
    assert_eq!(moved.total.was.given, moved.total.would.given);
    assert_eq!(moved.total.was.most_open, moved.total.would.most_open);
    let sum = |of: fn(&UnitLine) -> u64| moved.units.iter().map(of).sum::<u64>();
    assert_eq!(sum(|line| line.would.given), moved.total.would.given);
    assert_eq!(sum(|line| line.would.closed), moved.total.would.closed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_replayed_is_counted_apart_and_nothing_is_lost() {
    let house = House::open("410182", present()).await;
    grown(&house, "xingyang").await;
    let app = &house.app;
    let period = all(app);
    let mut other = in_force(app);
    let (gone, _) = other.items.pop_first().unwrap();
    let partly = tried(app, &other, period).await;
    assert!(!partly.stopped.is_empty());
    for stopped in &partly.stopped {
        assert_eq!(stopped.reason, "unknown-item");
        assert!(format!("{:?}", stopped.why).contains(gone.as_str()));
    }
    assert_eq!(partly.not_replayed(), partly.total.not_replayed);
    assert_eq!(partly.matters, partly.unchanged + partly.not_replayed());
    assert!(!partly.changes_nothing());

    other.regimes.clear();
    let none = tried(app, &other, period).await;
    assert_eq!(none.matters, none.not_replayed());
    assert_eq!((none.total.was, none.total.would), (Side::default(), Side::default()));
    let codes: Vec<&str> = none.stopped.iter().map(|stopped| stopped.reason.as_str()).collect();
    assert!(codes.iter().all(|code| *code == "unknown-regime") && !codes.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_period_before_the_county_has_no_history() {
    let house = House::open("410182", present()).await;
    grown(&house, "xingyang").await;
    let app = &house.app;
    let period = Period { from: Instant::from_micros(0), to: Instant::from_micros(1) };
    let nothing = tried(app, &in_force(app), period).await;
    assert!(nothing.is_empty() && nothing.changes_nothing());
    assert!(!tried(app, &in_force(app), all(app)).await.is_empty());
}
