//! Finding matters by their words: order, counties, change and erasing.

use std::collections::BTreeSet;
use std::sync::Arc;

use bihuan_domain::ids::{CountyCode, ItemCode, MatterNumber};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::{Commitment, commit};
use bihuan_domain::matter::ContentTag;
use bihuan_store::engine::Engine as Pool;
use bihuan_store::journal::Content;
use bihuan_store::{Loaded, Store, project};
use bihuan_testkit::county::County;
use bihuan_testkit::engines;

use crate::{county, index_all, life, matter, start, write};

/// One matter among many: all else is taken from a sample.
#[derive(Clone)]
struct Filed {
    county: CountyCode,
    sample: Loaded,
    id: u128,
    at: Instant,
    item: &'static str,
}

impl Filed {
    fn like(sample: &Loaded, id: u128, at: Instant) -> Self {
        Self { county: county(), sample: sample.clone(), id, at, item: "none" }
    }

    fn name(&self) -> String {
        matter(self.id).to_string()
    }

    /// Says something more; returns the commitment to it.
    async fn says(&self, store: &Store, words: &str) -> Commitment {
        let salt = [u8::try_from(words.len() % 251).unwrap(); 32];
        let commitment = commit(ContentTag::Words.code(), &salt, words.as_bytes());
        let (filed, content) = (
            self.clone(),
            Content {
                commitment,
                tag: ContentTag::Words.code().to_owned(),
                salt: "00".repeat(32),
                body: words.to_owned(),
            },
        );
        write!(store, [filed, content], tx => {
            tx.put_content(&filed.county, &filed.name(), &content);
            filed.put(tx);
        })
        .unwrap();
        commitment
    }

    async fn takes_back(&self, store: &Store, words: Commitment) {
        let filed = self.clone();
        write!(store, [filed], tx => {
            tx.erase_content(&filed.county, &filed.name(), words).await?;
            filed.put(tx);
        })
        .unwrap();
    }

    fn put(&self, tx: &mut bihuan_store::Tx) {
        let mut loaded = self.sample.clone();
        loaded.matter.id = matter(self.id);
        loaded.matter.number = MatterNumber::new(format!("N-{}", self.id));
        loaded.matter.filed_at = self.at;
        loaded.matter.item = Some(ItemCode::new(self.item));
        loaded.matter.history = None;
        let rows = project::rows(&self.county, &loaded.matter, &County::xingyang().playbook, None);
        tx.put_matter(&self.county, loaded, rows);
    }
}

async fn sample(store: &Store) -> Loaded {
    let (_, cast) = life(store, 71, 3).await;
    cast.into_values().next().unwrap()
}

fn names<'a>(filed: impl IntoIterator<Item = &'a Filed>) -> Vec<String> {
    filed.into_iter().map(Filed::name).collect()
}

#[tokio::test]
async fn the_newest_filed_come_first_whenever_they_were_indexed() {
    engines::each(|database| async move {
        let store = &database.store;
        let sample = sample(store).await;
        let at = |days| start().plus_days(days);
        let (old, new, middle) = (
            Filed::like(&sample, 3, at(-3)),
            Filed::like(&sample, 1, at(-1)),
            Filed::like(&sample, 2, at(-2)),
        );
        for filed in [&old, &new, &middle] {
            filed.says(store, "鼍鼎之声").await;
            index_all(store).await;
        }
        let found = store.search_words(&county(), "鼍鼎").await.unwrap();
        assert_eq!(found, names([&new, &middle, &old]));
        old.says(store, "鼍鼎再响").await;
        index_all(store).await;
        assert_eq!(store.search_words(&county(), "鼍鼎").await.unwrap(), found);
        assert_eq!(store.search_words(&county(), "鼍鼎 再响").await.unwrap(), names([&old]));
    })
    .await;
}

#[tokio::test]
async fn matters_filed_in_one_second_are_all_found_and_each_once() {
    engines::each(|database| async move {
        let store = &database.store;
        let sample = sample(store).await;
        for id in 0..30 {
            Filed::like(&sample, 1000 + id, start()).says(store, "鼍鼎").await;
            if id % 10 == 0 {
                index_all(store).await;
            }
        }
        index_all(store).await;
        let found = store.search_words(&county(), "鼍鼎").await.unwrap();
        assert_eq!(found.len(), 30);
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>().len(), 30);
    })
    .await;
}

#[tokio::test]
async fn what_another_county_said_is_not_found() {
    engines::each(|database| async move {
        let store = &database.store;
        let sample = sample(store).await;
        let here = Filed::like(&sample, 1, start());
        let there = Filed { county: CountyCode::new("131000"), ..Filed::like(&sample, 2, start()) };
        here.says(store, "鼍鼎").await;
        there.says(store, "鼍鼎").await;
        index_all(store).await;
        let other = there.county.clone();
        write!(store, [other], tx => tx.index_words(&other, 50).await?).unwrap();
        assert_eq!(store.search_words(&county(), "鼍鼎").await.unwrap(), names([&here]));
        assert_eq!(store.search_words(&other, "鼍鼎").await.unwrap(), names([&there]));
        let shared = store.sharing_words(&other, "鼍鼎鼍", start().plus_days(-1)).await.unwrap();
        assert_eq!(shared, []);
    })
    .await;
}

#[tokio::test]
async fn signs_of_a_query_language_are_words_like_others() {
    engines::each(|database| async move {
        let store = &database.store;
        let sample = sample(store).await;
        let filed = Filed::like(&sample, 1, start());
        filed.says(store, "AND or NOT 99 near(").await;
        index_all(store).await;
        for words in ["and", "or", "\"not\"", "99", "near*", "NEAR(99 or)"] {
            assert_eq!(
                store.search_words(&county(), words).await.unwrap(),
                names([&filed]),
                "{words}"
            );
        }
        assert!(store.search_words(&county(), "-and 98").await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_words_that_are_rare_of_late_make_matters_alike() {
    engines::each(|database| async move {
        let store = &database.store;
        let sample = sample(store).await;
        let since = start().plus_days(-30);
        for id in 0..45 {
            Filed::like(&sample, 1000 + id, start()).says(store, "寻常之事").await;
        }
        let alike = Filed::like(&sample, 1, start());
        alike.says(store, "寻常之事，鼍鼎龟甲").await;
        let less = Filed::like(&sample, 2, start());
        less.says(store, "鼍鼎龟").await;
        let once = Filed::like(&sample, 3, start());
        once.says(store, "龟甲").await;
        let long_ago = Filed::like(&sample, 4, start().plus_days(-31));
        long_ago.says(store, "鼍鼎龟甲").await;
        index_all(store).await;
        let shared = store.sharing_words(&county(), "寻常之事，鼍鼎龟甲", since).await.unwrap();
        assert_eq!(shared, [(alike.name(), 3), (less.name(), 2)]);
    })
    .await;
}

#[tokio::test]
async fn items_are_counted_among_recent_matters_with_all_the_words() {
    engines::each(|database| async move {
        let store = &database.store;
        let sample = sample(store).await;
        let lamp =
            |id, days| Filed { item: "lamp", ..Filed::like(&sample, id, start().plus_days(days)) };
        for filed in [lamp(1, 0), lamp(2, -5), lamp(3, -95)] {
            filed.says(store, "鼍鼎").await;
        }
        let other = Filed { item: "other", ..Filed::like(&sample, 4, start()) };
        other.says(store, "鼍鼎").await;
        Filed::like(&sample, 5, start()).says(store, "鼎鼍").await;
        index_all(store).await;
        let since = start().plus_days(-90);
        let counted = store.items_of_words(&county(), "鼍鼎", since).await.unwrap();
        assert_eq!(counted, [("lamp".to_owned(), 2), ("other".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn rebuilding_forgets_the_words_of_matters_no_entry_speaks_of() {
    engines::each(|database| async move {
        let store = &database.store;
        let (rules, cast) = life(store, 72, 40).await;
        let before = cast.into_values().next().unwrap();
        Filed::like(&before, 1, start()).says(store, "鼍鼎").await;
        index_all(store).await;
        assert_eq!(store.search_words(&county(), "鼍鼎").await.unwrap().len(), 1);
        let found = store.search_words(&county(), "井盖").await.unwrap();
        let playbook = Arc::new(rules.playbook.clone());
        store.rebuild(&county(), move |_| Some(Arc::clone(&playbook))).await.unwrap();
        assert!(store.search_words(&county(), "鼍鼎").await.unwrap().is_empty());
        assert_eq!(store.search_words(&county(), "井盖").await.unwrap(), found);
    })
    .await;
}

/// What the rows say and what SQLite's index holds, as (pair, number).
async fn said_and_indexed(store: &Store) -> (BTreeSet<(String, i64)>, BTreeSet<(String, i64)>) {
    let Pool::Sqlite(pool) = &store.engine() else { return Default::default() };
    let mut connection = pool.acquire().await.unwrap();
    // Lives in the connection's own space: the file itself is only read.
    sqlx::query(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.indexed \
         USING fts5vocab('main', 'gram_index', 'instance')",
    )
    .execute(&mut *connection)
    .await
    .unwrap();
    let indexed: Vec<(String, i64)> = sqlx::query_as("SELECT term, doc FROM temp.indexed")
        .fetch_all(&mut *connection)
        .await
        .unwrap();
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT grams, number FROM matter_gram").fetch_all(pool).await.unwrap();
    let said = rows
        .iter()
        .flat_map(|(grams, number)| grams.split(' ').map(move |gram| (gram.to_owned(), *number)));
    (said.collect(), indexed.into_iter().collect())
}

#[tokio::test]
async fn the_index_holds_what_the_rows_say_whatever_was_added_and_erased() {
    engines::on_sqlite(|database| async move {
        let store = &database.store;
        let (_, cast) = life(store, 73, 200).await;
        index_all(store).await;
        let (said, indexed) = said_and_indexed(store).await;
        assert!(said.len() > 100);
        assert_eq!(said, indexed);
        for (at, loaded) in cast.values().enumerate().filter(|(at, _)| at % 3 == 0) {
            let filed = Filed::like(loaded, 500 + at as u128, start());
            let words = filed.says(store, &format!("鼍鼎{at}")).await;
            filed.says(store, "街灯").await;
            index_all(store).await;
            if at % 2 == 0 {
                filed.takes_back(store, words).await;
            }
        }
        index_all(store).await;
        let (changed, indexed) = said_and_indexed(store).await;
        assert_ne!(said, changed);
        assert_eq!(changed, indexed);
    })
    .await;
}

/// Bytes of a pair in the pages of SQLite's index.
async fn traces(store: &Store, letter: &str) -> usize {
    let Pool::Sqlite(pool) = &store.engine() else { return 0 };
    let pages: Vec<(Vec<u8>,)> =
        sqlx::query_as("SELECT block FROM gram_index_data").fetch_all(pool).await.unwrap();
    let holds = |page: &[u8]| page.windows(letter.len()).any(|at| at == letter.as_bytes());
    pages.iter().filter(|(page,)| holds(page)).count()
}

#[tokio::test]
async fn erased_words_leave_no_trace_in_the_index() {
    engines::on_sqlite(|database| async move {
        let store = &database.store;
        let sample = sample(store).await;
        let filed = Filed::like(&sample, 1, start());
        filed.says(store, "街灯").await;
        let words = filed.says(store, "鼍鼎").await;
        index_all(store).await;
        assert_eq!(traces(store, "鼎").await, 1);
        filed.takes_back(store, words).await;
        index_all(store).await;
        assert_eq!(traces(store, "鼎").await, 0);
        assert_eq!(store.search_words(&county(), "街灯").await.unwrap(), names([&filed]));
    })
    .await;
}
