//! A county grown in bulk, on both engines: as many matters as were asked, each
//! as far as it was to be, under a journal that holds.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test that needs it")]

mod support;

use std::collections::BTreeMap;

use bihuan_app::queries::LineSink;
use bihuan_app::{App, Caller};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::Verification;
use bihuan_simulate::{County, Grown, Line, PASSWORD, Share, Size, check_full, grow};
use bihuan_testkit::engines;
use jiff::civil::datetime;
use support::{House, shipped};

const MATTERS: usize = 300;
const SEED: u64 = 5;

async fn grown(house: &House, name: &str, now: Instant) -> Grown {
    let source = shipped(name);
    let grown = grow(&house.app, &house.clock, &source, SEED, MATTERS, now, |_| ()).await.unwrap();
    assert_eq!(grown.refused, Vec::<String>::new());
    house.app.run_tasks().await.unwrap();
    grown
}

struct Verified(Verification);

impl LineSink for Verified {
    fn line(&mut self, text: &str) -> bihuan_app::Result<()> {
        self.0.read(text);
        Ok(())
    }
}

async fn assert_verifies(app: &App) {
    let mut verified = Verified(Verification::new([]));
    app.export_journal(&Caller::system(), &mut verified).await.unwrap();
    let report = verified.0.finish();
    assert!(report.is_sound(), "{:?}", report.faults);
    let (files, faults) = app.verify_files().await.unwrap();
    assert!(files > 0 && faults.is_empty(), "{files} files, {faults:?}");
}

/// Every row that lists are read from, as text.
async fn projections(app: &App) -> Vec<String> {
    let mut lines = Vec::new();
    app.store().dump_projections(app.county(), |line| lines.push(line.to_owned())).await.unwrap();
    lines
}

fn by_regime(lines: &[String]) -> BTreeMap<String, Share> {
    // After the name of the table.
    const REGIME: usize = 4;
    const IS_OPEN: usize = 7;
    let mut sums: BTreeMap<String, Share> = BTreeMap::new();
    for line in lines {
        let row: Vec<Option<String>> = serde_json::from_str(line).unwrap();
        if row[0].as_deref() != Some("matter_view") {
            continue;
        }
        let share = sums.entry(row[REGIME].clone().unwrap()).or_default();
        match row[IS_OPEN].as_deref() {
            Some("1") => share.open += 1,
            _ => share.over += 1,
        }
    }
    sums
}

async fn assert_as_asked(house: &House, name: &str, now: Instant) {
    let grown = grown(house, name, now).await;
    assert_eq!(grown.asked.matters(), MATTERS);
    let lines = projections(&house.app).await;
    let asked: BTreeMap<String, Share> =
        grown.asked.by_regime().into_iter().map(|(name, share)| (name.to_owned(), share)).collect();
    assert_eq!(by_regime(&lines), asked);
    assert_verifies(&house.app).await;
    let rules = house.app.rules();
    let version = move |name: &str| rules.version(name).ok().map(|found| found.playbook.clone());
    house.app.store().rebuild(house.app.county(), version).await.unwrap();
    house.app.run_tasks().await.unwrap();
    assert!(
        lines == projections(&house.app).await,
        "rebuilt from the journal it is another county"
    );
}

/// A working Wednesday afternoon.
fn present() -> Instant {
    Instant::from_civil(datetime(2026, 9, 16, 15, 30, 0, 0))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_county_has_as_many_matters_of_each_regime_and_state_as_were_asked() {
    engines::each(|database| async move {
        let house = House::over(database.store.clone(), "410182", present()).await;
        assert_as_asked(&house, "xingyang", present()).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_county_without_reports_is_grown_of_tasks_and_inspections() {
    let now = Instant::from_civil(datetime(2026, 10, 4, 2, 0, 0, 0));
    let house = House::open("131121", now).await;
    assert_as_asked(&house, "zaoqiang", now).await;
}

/// What an article might tell, scaled down.
const SMALL: Size = Size { workers: 60, reports: 400, closed_percent: 99 };
const DAYS: i64 = 204;

/// Without the weeks of the ordinary demo, of which too much is open at this size.
async fn enlarged(house: &House, now: Instant) {
    let source = shipped("xingyang");
    let founded = County::found(&house.app, &house.clock, &source, SEED, now, DAYS).await;
    let mut county = founded.unwrap();
    let mut heard = (0, 0);
    county.staff(SMALL.workers, |added, of| heard = (added, of)).await.unwrap();
    assert!(heard.0 == heard.1 && heard.0 > 0, "{heard:?}");
    let told = |written, of| heard = (written, of);
    let more = county.report(SMALL.reports, SMALL.closed_percent, told).await.unwrap();
    assert_eq!(more.refused, Vec::<String>::new());
    assert_eq!(heard, (more.filed, more.filed));
    county.go_on();
    house.app.run_tasks().await.unwrap();
}

fn line_of<'a>(lines: &'a [Line], what: &str) -> &'a Line {
    lines.iter().find(|line| line.what.starts_with(what)).unwrap()
}

async fn assert_uninvited(app: &App) {
    let people = app.store().people(app.county(), "worker-", "", "", 500).await.unwrap();
    assert!(people.len() > 10, "{}", people.len());
    assert!(people.iter().all(|person| person.password.is_none()));
    let worker = &people.first().unwrap().login;
    for password in [PASSWORD, ""] {
        assert!(app.sign_in(worker, password, "test", "test").await.is_err(), "{worker} is in");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_enlarged_county_holds_what_is_told_of_its_size_and_says_what_it_does_not() {
    let now = present();
    engines::each(|database| async move {
        let house = House::over(database.store.clone(), "410182", now).await;
        enlarged(&house, now).await;
        assert_uninvited(&house.app).await;

        let lines = check_full(&house.app, &SMALL).await.unwrap();
        let told = ["网格员", "群众反映", "办结率", "受理合计", "三级网格", "留痕链", "留痕"];
        for what in told {
            let line = line_of(&lines, what);
            assert!(line.holds, "{line:?}");
        }

        let other = Size { workers: 61, reports: 500, closed_percent: 98 };
        let lines = check_full(&house.app, &other).await.unwrap();
        for what in ["网格员", "群众反映", "办结率"] {
            let line = line_of(&lines, what);
            assert!(!line.holds, "{line:?}");
        }
        assert_eq!(line_of(&lines, "网格员").article, "61");
        assert_eq!(line_of(&lines, "网格员").counted, "60");
    })
    .await;
}
