//! Every statement is one that both engines can prepare.

use bihuan_store::engine::Engine;
use bihuan_testkit::engines;
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};

#[tokio::test]
async fn both_engines_prepare_every_statement() {
    engines::each(|database| async move {
        let statements = bihuan_store::statements();
        assert!(statements.len() > 60, "the list is whole: {}", statements.len());
        for (name, sql) in statements {
            let outcome = match &database.store.engine() {
                Engine::Sqlite(pool) => {
                    let mut connection = pool.acquire().await.unwrap();
                    (&mut *connection).prepare(AssertSqlSafe(sql.sqlite).into_sql_str()).await.err()
                }
                Engine::Postgres(pool) => {
                    let mut connection = pool.acquire().await.unwrap();
                    (&mut *connection)
                        .prepare(AssertSqlSafe(sql.postgres).into_sql_str())
                        .await
                        .err()
                }
            };
            assert!(outcome.is_none(), "{name}: {outcome:?}");
        }
    })
    .await;
}

#[test]
fn no_statement_names_a_table_without_its_county() {
    // What has no county belongs to no one: a lock is a name, not a row.
    let exempt = ["LOCK_STREAM", "LOCK_SHARED", "TAKE_TURN"];
    for (name, sql) in bihuan_store::statements() {
        for text in [sql.sqlite, sql.postgres] {
            assert!(text.contains("county") || exempt.contains(&name), "{name}: {text}");
        }
    }
}
