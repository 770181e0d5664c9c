//! The projections are what the journal says, however the matters came to be.

use std::sync::Arc;

use bihuan_domain::matter::Stage;
use bihuan_testkit::engines;

use crate::{county, index_all, life, projections};

#[tokio::test]
async fn rebuilding_changes_no_row_whatever_happened() {
    for seed in 1..=5 {
        engines::each(move |database| async move {
            let store = &database.store;
            let (rules, cast) = life(store, seed, 150).await;
            assert!(cast.len() > 5);
            index_all(store).await;
            let before = projections(store, &county()).await;
            let playbook = Arc::new(rules.playbook.clone());
            let written =
                store.rebuild(&county(), move |_| Some(Arc::clone(&playbook))).await.unwrap();
            assert_eq!(written, cast.len() as u64);
            assert_eq!(projections(store, &county()).await, before);
        })
        .await;
    }
}

#[tokio::test]
async fn rebuilding_drops_rows_no_entry_speaks_of_and_refills_lost_ones() {
    engines::each(|database| async move {
        let store = &database.store;
        let (rules, cast) = life(store, 9, 60).await;
        index_all(store).await;
        let before = projections(store, &county()).await;
        spoil(store).await;
        assert_ne!(projections(store, &county()).await, before);
        let playbook = Arc::new(rules.playbook.clone());
        let written = store.rebuild(&county(), move |_| Some(Arc::clone(&playbook))).await.unwrap();
        assert_eq!(written, cast.len() as u64);
        assert_eq!(projections(store, &county()).await, before);
    })
    .await;
}

async fn spoil(store: &bihuan_store::Store) {
    use bihuan_store::engine::Engine;
    for statement in [
        "INSERT INTO unindexed (county, matter) VALUES ('410182', 'ffffffff-0000-0000-0000-000000000000')",
        "DELETE FROM matter_unit WHERE county = '410182'",
        "UPDATE matter_view SET stage = 'closed' WHERE county = '410182'",
        "UPDATE node_view SET due_us = due_us + 1 WHERE county = '410182'",
    ] {
        match &store.engine() {
            Engine::Sqlite(pool) => {
                // Readers may not write: another opening of the file does.
                let (_, _, path): (i64, String, String) =
                    sqlx::query_as("PRAGMA database_list").fetch_one(pool).await.unwrap();
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
                let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
                sqlx::query(statement).execute(&pool).await.unwrap();
                pool.close().await;
            }
            Engine::Postgres(pool) => {
                sqlx::query(statement).execute(pool).await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn a_matter_of_an_unknown_playbook_ends_the_rebuilding_and_keeps_its_rows() {
    engines::each(|database| async move {
        let store = &database.store;
        life(store, 3, 20).await;
        let before = projections(store, &county()).await;
        let fault = store.rebuild(&county(), |_| None).await.unwrap_err();
        assert!(fault.to_string().contains("2026.1"), "{fault}");
        assert_eq!(projections(store, &county()).await, before);
    })
    .await;
}

#[tokio::test]
async fn the_stories_reach_every_kind_of_end() {
    engines::on_sqlite(|database| async move {
        let store = &database.store;
        let (_, cast) = life(store, 4, 900).await;
        let reached = |stage| cast.values().any(|loaded| loaded.matter.stage == stage);
        for stage in [Stage::Handling, Stage::Closed, Stage::Imported] {
            assert!(reached(stage), "{}", stage.code());
        }
        let told = store.unsealed(&county(), (0, String::new(), 0), u32::MAX).await.unwrap();
        for event in ["merged", "unmerged", "returned", "suspended", "reopened"] {
            let spelled = format!("\"event\":\"{event}\"");
            assert!(told.iter().any(|(text, _)| text.contains(&spelled)), "{event}");
        }
        assert!(cast.values().any(|loaded| loaded.matter.returns > 0));
        assert!(cast.values().any(|loaded| !loaded.matter.co.is_empty()));
    })
    .await;
}
