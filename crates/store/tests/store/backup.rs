//! A back-up holds everything durable, and a restore on either engine is the
//! same county.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bihuan_store::Store;
use bihuan_store::backup::{self, ENDED_LOG, Restoring, UNBUILT};
use bihuan_testkit::engines::{self, Database};

use crate::twin::{dump, tables};
use crate::{county, index_all, life, registers};

/// Made anew by a rebuilding, or nobody's any more.
const LEFT_OUT: [&str; 10] = [
    "burden",
    "matter_about",
    "matter_gram",
    "matter_link",
    "matter_unit",
    "matter_view",
    "node_view",
    "session",
    "throttle",
    "unindexed",
];

type Taken = Vec<(&'static str, String)>;

async fn take(store: &Store) -> Taken {
    let mut rows = Vec::new();
    let row = |table: &'static str, line: &str| {
        rows.push((table, line.to_owned()));
        Ok(())
    };
    store.take_rows(row).await.unwrap();
    rows
}

async fn write(rows: &Taken, restoring: &mut Restoring) {
    let columns: BTreeMap<_, _> = backup::tables().collect();
    let mut current = "";
    for (table, line) in rows {
        if *table != current {
            let columns: Vec<String> = columns[table].iter().map(|name| (*name).into()).collect();
            restoring.table(table, &columns).await.unwrap();
            current = table;
        }
        restoring.row(line).await.unwrap();
    }
}

/// Tables as text without those a restore does not owe.
async fn owed(store: &Store) -> Vec<String> {
    let is_owed = |line: &&str| {
        let table = line.split('"').nth(1).unwrap();
        table != "setting" && table != "matter_gram" && table != "session" && table != "throttle"
    };
    dump(store).await.lines().filter(is_owed).map(str::to_owned).collect()
}

async fn full(database: &Database) -> Arc<bihuan_testkit::county::County> {
    let store = &database.store;
    let (rules, _) = life(store, 77, 120).await;
    registers::fill(store).await;
    index_all(store).await;
    crate::journal::seal_all(store).await;
    rules
}

#[tokio::test]
async fn a_back_up_of_either_engine_is_the_same_county_on_either() {
    engines::each(|from| async move {
        let rules = full(&from).await;
        let (rows, expected) = (take(&from.store).await, owed(&from.store).await);
        assert!(expected.len() > 500, "{}", expected.len());
        let shared = Arc::new((rows, expected, rules));
        engines::each(move |to| {
            let shared = Arc::clone(&shared);
            async move {
                let (rows, expected, rules) = &*shared;
                let mut restoring = Restoring::begin(&to.address).await.unwrap().unwrap();
                write(rows, &mut restoring).await;
                restoring.commit().await.unwrap();
                let county = county();
                let setting = |name: &'static str| to.store.setting(&county, name);
                assert_eq!(setting(UNBUILT).await.unwrap().as_deref(), Some("yes"));
                let playbook = Arc::new(rules.playbook.clone());
                let playbook = move |_: &str| Some(Arc::clone(&playbook));
                to.store.rebuild(&county, playbook).await.unwrap();
                let restored = owed(&to.store).await;
                let differs = restored.iter().zip(expected).find(|(one, two)| one != two);
                assert_eq!(differs, None);
                assert_eq!(restored.len(), expected.len());
                let log = to.store.last_checkpoint(&county).await.unwrap();
                assert_eq!(setting(UNBUILT).await.unwrap().as_deref(), Some("no"));
                assert_eq!(setting(ENDED_LOG).await.unwrap(), log.map(|log| log.log.to_string()));
            }
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_restore_that_is_broken_off_has_restored_nothing() {
    engines::each(|from| async move {
        full(&from).await;
        let rows = Arc::new(take(&from.store).await);
        engines::each(move |to| {
            let rows = Arc::clone(&rows);
            async move {
                let mut restoring = Restoring::begin(&to.address).await.unwrap().unwrap();
                write(&rows, &mut restoring).await;
                drop(restoring);
                assert!(to.store.counties().await.unwrap().is_empty());
                assert_eq!(take(&to.store).await, []);
            }
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn only_an_empty_database_is_restored_into() {
    engines::each(|database| async move {
        full(&database).await;
        assert!(Restoring::begin(&database.address).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn what_a_later_version_wrote_is_refused_and_what_an_earlier_lacked_is_left_empty() {
    engines::each(|database| async move {
        let mut restoring = Restoring::begin(&database.address).await.unwrap().unwrap();
        assert!(restoring.table("matter_of_tomorrow", &[]).await.is_err());
        let later = ["county".to_owned(), "of_tomorrow".to_owned()];
        assert!(restoring.table("setting", &later).await.is_err());
        let earlier = ["county", "code", "name_zh", "name_en"].map(str::to_owned);
        restoring.table("unit", &earlier).await.unwrap();
        assert!(restoring.row(r#"["410182","transport","交通局"]"#).await.is_err());
        restoring.row(r#"["410182","transport","交通局","Transport"]"#).await.unwrap();
        restoring.commit().await.unwrap();
        let rows = take(&database.store).await;
        let line = r#"["410182","transport","交通局","Transport",null,null,null,null]"#;
        assert_eq!(rows, [("unit", line.to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn a_back_up_holds_every_column_of_every_table_that_is_not_made_anew() {
    engines::each(|database| async move {
        let durable: BTreeMap<String, BTreeSet<String>> = backup::tables()
            .map(|(name, columns)| {
                (name.to_owned(), columns.into_iter().map(str::to_owned).collect())
            })
            .collect();
        for (table, columns) in tables(&database.store).await {
            if LEFT_OUT.contains(&table.as_str()) {
                assert!(!durable.contains_key(&table), "{table}");
                continue;
            }
            let columns: BTreeSet<String> = columns.into_iter().collect();
            assert_eq!(durable.get(&table), Some(&columns), "{table}");
        }
    })
    .await;
}
