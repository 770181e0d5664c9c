//! What the store promises, on both engines: see the five tests in
//! ARCHITECTURE.md, "Two databases, one behaviour".

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

mod backup;
mod batches;
mod cut;
mod journal;
mod lists;
mod plans;
mod rebuild;
mod registers;
mod schema;
mod statement_plans;
mod statements;
mod twin;
mod upgrade;
mod words;
mod writing;

use std::sync::Arc;

use bihuan_domain::ids::{CommandId, CountyCode, MatterId};
use bihuan_domain::instant::Instant;
use bihuan_store::Store;
use bihuan_testkit::clock::SteppedClock;
use bihuan_testkit::county::County;
use bihuan_testkit::story::{Cast, Story, play};

fn county() -> CountyCode {
    CountyCode::new("410182")
}

fn start() -> Instant {
    SteppedClock::default().now()
}

fn command(number: u128) -> CommandId {
    CommandId(uuid::Uuid::from_u128(number))
}

fn matter(number: u128) -> MatterId {
    MatterId(uuid::Uuid::from_u128(number))
}

/// A seeded life of the county, and its rules.
async fn life(store: &Store, seed: u64, acts: usize) -> (Arc<County>, Cast) {
    let rules = County::xingyang();
    let mut story = Story::new(Arc::clone(&rules), seed, start());
    let cast = play(store, &mut story, acts).await;
    (rules, cast)
}

/// Runs one body of statements in a transaction of its own. It may be run
/// again, so what it takes from outside is named, and cloned for each run.
macro_rules! write {
    ($store:expr, $tx:ident => $body:expr) => { write!($store, [], $tx => $body) };
    ($store:expr, [$($taken:ident),*], $tx:ident => $body:expr) => {{
        type Work<'a, T> = bihuan_store::engine::WorkFuture<'a, Result<T, bihuan_store::StoreError>>;
        $(let $taken = $taken.clone();)*
        $store
            .write(move |$tx| -> Work<'_, _> {
                $(let $taken = $taken.clone();)*
                Box::pin(async move { Ok::<_, bihuan_store::StoreError>($body) })
            })
            .await
    }};
}
pub(crate) use write;

/// All projections as text.
async fn projections(store: &Store, county: &CountyCode) -> String {
    let mut text = String::new();
    store
        .dump_projections(county, |line| {
            text.push_str(line);
            text.push('\n');
        })
        .await
        .unwrap();
    text
}

async fn index_all(store: &Store) {
    while write!(store, tx => tx.index_words(&county(), 50).await?).unwrap() > 0 {}
}
