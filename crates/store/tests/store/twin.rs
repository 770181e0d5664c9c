//! One seeded life, told to both engines, leaves the same rows in every table,
//! byte for byte.

use std::sync::{Arc, Mutex};

use bihuan_store::Store;
use bihuan_store::engine::Engine as Pool;
use bihuan_testkit::engines::{self, Engine};
use sqlx::{AssertSqlSafe, Row};

use crate::{index_all, life, registers};

/// Every table as ordered canonical text. The order of columns is that of the
/// schema; rows are ordered by all columns as texts.
pub(crate) async fn dump(store: &Store) -> String {
    let tables = tables(store).await;
    let mut text = String::new();
    for (table, columns) in tables {
        let cast: Vec<String> =
            columns.iter().map(|column| format!("CAST({column} AS TEXT)")).collect();
        let select = format!("SELECT {} FROM {table}", cast.join(", "));
        let mut rows = match &store.engine() {
            Pool::Sqlite(pool) => read!(pool, select, columns.len()),
            Pool::Postgres(pool) => read!(pool, select, columns.len()),
        };
        rows.sort();
        for row in rows {
            text.push_str(&serde_json::json!([table, row]).to_string());
            text.push('\n');
        }
    }
    text
}

macro_rules! read {
    ($pool:expr, $select:expr, $columns:expr) => {{
        let rows = sqlx::query(AssertSqlSafe($select)).fetch_all($pool).await.unwrap();
        rows.iter()
            .map(|row| {
                (0..$columns).map(|at| row.try_get(at).unwrap()).collect::<Vec<Option<String>>>()
            })
            .collect::<Vec<_>>()
    }};
}
use read;

pub(crate) async fn tables(store: &Store) -> Vec<(String, Vec<String>)> {
    let rows: Vec<(String, String)> = match &store.engine() {
        Pool::Sqlite(pool) => sqlx::query_as(
            "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\' \
             AND t.name NOT LIKE 'gram\\_index%' ESCAPE '\\' \
             AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
             ORDER BY t.name, c.cid",
        )
        .fetch_all(pool)
        .await
        .unwrap(),
        Pool::Postgres(pool) => sqlx::query_as(
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) \
             FROM information_schema.columns WHERE table_schema = 'public' \
             AND table_name NOT LIKE '\\_sqlx%' \
             ORDER BY CAST(table_name AS TEXT) COLLATE \"C\", ordinal_position",
        )
        .fetch_all(pool)
        .await
        .unwrap(),
    };
    let mut tables: Vec<(String, Vec<String>)> = Vec::new();
    for (table, column) in rows {
        match tables.last_mut().filter(|(name, _)| *name == table) {
            Some((_, columns)) => columns.push(column),
            None => tables.push((table, vec![column])),
        }
    }
    tables
}

#[tokio::test]
async fn the_same_life_leaves_the_same_bytes_on_both_engines() {
    let dumps = Arc::new(Mutex::new(Vec::<(Engine, String)>::new()));
    let collected = Arc::clone(&dumps);
    engines::each(move |database| {
        let dumps = Arc::clone(&collected);
        async move {
            let store = &database.store;
            life(store, 2026, 400).await;
            registers::fill(store).await;
            index_all(store).await;
            crate::journal::seal_all(store).await;
            let text = dump(store).await;
            dumps.lock().unwrap().push((database.engine, text));
        }
    })
    .await;
    let dumps = dumps.lock().unwrap();
    let (_, sqlite) = &dumps[0];
    for table in ["entry", "leaf", "log_hash", "content", "matter_gram", "matter_unit", "session"] {
        assert!(sqlite.contains(&format!("[\"{table}\",")), "the life leaves rows in {table}");
    }
    for (engine, other) in &dumps[1..] {
        let differs = sqlite.lines().zip(other.lines()).find(|(one, two)| one != two);
        assert_eq!(differs, None, "{engine:?}");
        assert_eq!(sqlite.len(), other.len());
    }
}
