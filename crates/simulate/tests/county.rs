//! The demo county, built whole: every act is taken by the rules, the same seed
//! gives the same county, and the present is alive.

mod support;

use bihuan_domain::instant::Instant;
use bihuan_simulate::{build, check};
use jiff::civil::datetime;
use support::{House, xingyang};

/// A working Wednesday afternoon.
fn present() -> Instant {
    Instant::from_civil(datetime(2026, 9, 16, 15, 30, 0, 0))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rules_take_every_act_of_the_plan() {
    let house = House::open(present()).await;
    let demo = build(&house.app, &house.clock, &xingyang(), 7, present()).await.unwrap();
    assert_eq!(demo.figures.refused, Vec::<String>::new());
    for line in check(&house.app).await.unwrap() {
        assert!(line.holds, "{line:?}");
    }
}
