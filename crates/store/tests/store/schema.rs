//! The two schemas are one schema: migrations of the same names, tables and
//! columns of the same names and kinds. The golden files hold what they sum to.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use bihuan_store::Store;
use bihuan_store::engine::Engine;
use bihuan_testkit::{engines, golden};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn names(engine: &str) -> BTreeSet<String> {
    fs::read_dir(folder("migrations").join(engine))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn migrations_of_both_engines_have_the_same_numbers_and_names() {
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn migrations_are_numbered_without_gap() {
    for (at, name) in names("sqlite").iter().enumerate() {
        assert!(name.starts_with(&format!("{:04}_", at + 1)), "{name}");
    }
}

/// Tables and their columns: name, kind, whether it may be empty, and its
/// place in the key.
async fn columns(store: &Store) -> String {
    let text = match &store.engine() {
        Engine::Sqlite(_) => {
            "SELECT t.name, c.name, c.type, CAST(c.\"notnull\" AS BIGINT), CAST(c.pk AS BIGINT) \
             FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\' \
             AND t.name NOT LIKE 'gram\\_index%' ESCAPE '\\' \
             AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
             ORDER BY t.name, c.cid"
        }
        Engine::Postgres(_) => {
            "SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT), \
             CASE c.data_type WHEN 'bigint' THEN 'INTEGER' WHEN 'text' THEN 'TEXT' \
             ELSE CAST(c.data_type AS TEXT) END, \
             CAST(CASE c.is_nullable WHEN 'NO' THEN 1 ELSE 0 END AS BIGINT), \
             CAST(COALESCE(k.ordinal_position, 0) AS BIGINT) \
             FROM information_schema.columns c \
             LEFT JOIN information_schema.table_constraints p ON p.table_name = c.table_name \
             AND p.table_schema = c.table_schema AND p.constraint_type = 'PRIMARY KEY' \
             LEFT JOIN information_schema.key_column_usage k \
             ON k.constraint_name = p.constraint_name AND k.column_name = c.column_name \
             AND k.table_schema = c.table_schema \
             WHERE c.table_schema = 'public' AND c.table_name NOT LIKE '\\_sqlx%' \
             ORDER BY CAST(c.table_name AS TEXT) COLLATE \"C\", c.ordinal_position"
        }
    };
    type Column = (String, String, String, i64, i64);
    let rows: Vec<Column> = match &store.engine() {
        Engine::Sqlite(pool) => sqlx::query_as(text).fetch_all(pool).await.unwrap(),
        Engine::Postgres(pool) => sqlx::query_as(text).fetch_all(pool).await.unwrap(),
    };
    let mut listing = String::new();
    for (table, column, kind, full, key) in rows {
        let full = if full == 1 { "NOT NULL" } else { "NULL" };
        writeln!(listing, "{table}.{column} {kind} {full} key {key}").unwrap();
    }
    listing
}

/// Indexes by table: which columns, unique or not, over which rows.
async fn indexes(store: &Store) -> String {
    let text = match &store.engine() {
        Engine::Sqlite(_) => {
            "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        }
        Engine::Postgres(_) => {
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
             AND indexname NOT LIKE '%\\_pkey' AND indexname <> 'gram_index'"
        }
    };
    let rows: Vec<(String,)> = match &store.engine() {
        Engine::Sqlite(pool) => sqlx::query_as(text).fetch_all(pool).await.unwrap(),
        Engine::Postgres(pool) => sqlx::query_as(text).fetch_all(pool).await.unwrap(),
    };
    let plain: BTreeSet<String> = rows.iter().map(|(text,)| plain_index(text)).collect();
    plain.into_iter().map(|line| line + "\n").collect()
}

/// How PostgreSQL repeats an index, brought to how we wrote it.
fn plain_index(text: &str) -> String {
    let (before, condition) = match text.split_once(" WHERE ") {
        Some((before, condition)) => (before, format!(" WHERE {condition}")),
        None => (text, String::new()),
    };
    let before = before.replace("public.", "").replace(" USING btree", "");
    let before = before.replace("'9223372036854775807'::bigint", "9223372036854775807");
    let before = before.replace("(0)::bigint", "0");
    let condition = condition.replace(['(', ')'], "").replace("::text", "");
    format!("{before}{condition}")
}

#[tokio::test]
async fn tables_columns_and_indexes_are_the_same_on_both_engines() {
    engines::each(|database| async move {
        let listing = columns(&database.store).await + &indexes(&database.store).await;
        // One file for both: what the engines would differ in fails on one.
        golden::check(&folder("schema/both.txt"), &listing);
    })
    .await;
}

#[tokio::test]
async fn the_schema_of_sqlite_is_the_sum_of_its_migrations() {
    engines::on_sqlite(|database| async move {
        let Engine::Sqlite(pool) = &database.store.engine() else { return };
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '\\_sqlx%' \
             ESCAPE '\\' AND name NOT LIKE 'gram\\_index\\_%' ESCAPE '\\' \
             AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY tbl_name, type DESC, name",
        )
        .fetch_all(pool)
        .await
        .unwrap();
        let text: String = rows.into_iter().map(|(sql,)| sql + ";\n\n").collect();
        golden::check(&folder("schema/sqlite.sql"), &text);
    })
    .await;
}

/// An index nothing is known of is taken for one of a few rows each, and the plan
/// that follows reads a county whole.
#[tokio::test]
async fn sqlite_is_told_how_the_rows_of_every_index_are_spread() {
    engines::on_sqlite(|database| async move {
        let Engine::Sqlite(pool) = &database.store.engine() else { return };
        let text = "SELECT t.name, i.name, s.stat, (SELECT COUNT(*) FROM pragma_index_info(i.name)) \
             FROM sqlite_schema t JOIN pragma_index_list(t.name) i \
             LEFT JOIN sqlite_stat1 s ON s.tbl = t.name \
             AND s.idx = CASE i.origin WHEN 'pk' THEN t.name ELSE i.name END \
             WHERE t.type = 'table' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\' \
             AND t.name NOT LIKE 'gram\\_index%' ESCAPE '\\' ORDER BY 1, 2";
        type Told = (String, String, Option<String>, i64);
        let rows: Vec<Told> = sqlx::query_as(text).fetch_all(pool).await.unwrap();
        assert!(rows.len() > 70, "{rows:?}");
        for (table, index, told, columns) in rows {
            let told = told.unwrap_or_else(|| panic!("nothing is told of {index} of {table}"));
            let numbers = told.split(' ').map(|n| n.parse::<i64>().unwrap()).collect::<Vec<_>>();
            assert_eq!(numbers.len(), columns as usize + 1, "{table}, {index}: {told}");
            assert!(numbers.is_sorted_by(|a, b| a >= b), "{table}, {index}: {told}");
        }
        let beyond = "SELECT s.idx FROM sqlite_stat1 s LEFT JOIN sqlite_schema i ON i.name = s.idx \
             WHERE i.name IS NULL";
        let beyond: Vec<(String,)> = sqlx::query_as(beyond).fetch_all(pool).await.unwrap();
        assert!(beyond.is_empty(), "told of indexes that are gone: {beyond:?}");
    })
    .await;
}

#[tokio::test]
async fn the_schema_of_postgres_is_the_sum_of_its_migrations() {
    engines::on_postgres(|database| async move {
        let Engine::Postgres(pool) = &database.store.engine() else { return };
        let tables: Vec<(String,)> = sqlx::query_as(
            "SELECT 'CREATE TABLE ' || c.table_name || E' (\\n    ' || string_agg( \
             c.column_name || ' ' || upper(c.data_type) || \
             CASE c.is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END, \
             E',\\n    ' ORDER BY c.ordinal_position) || E'\\n);' \
             FROM information_schema.columns c WHERE c.table_schema = 'public' \
             AND c.table_name NOT LIKE '\\_sqlx%' \
             GROUP BY c.table_name ORDER BY CAST(c.table_name AS TEXT) COLLATE \"C\"",
        )
        .fetch_all(pool)
        .await
        .unwrap();
        let indexes: Vec<(String,)> = sqlx::query_as(
            "SELECT indexdef || ';' FROM pg_indexes WHERE schemaname = 'public' \
             AND tablename NOT LIKE '\\_sqlx%' ORDER BY CAST(indexname AS TEXT) COLLATE \"C\"",
        )
        .fetch_all(pool)
        .await
        .unwrap();
        let text: String = tables.into_iter().chain(indexes).map(|(line,)| line + "\n").collect();
        golden::check(&folder("schema/postgres.sql"), &text);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_does_not_order_by_bytes_is_refused_with_the_way_out() {
    let Some(server) = bihuan_testkit::postgres::server() else { return };
    let name = engines::database_name();
    create_with_icu(&server, &name).await;
    let (before, _) = server.rsplit_once('/').unwrap();
    let fault = Store::open(&format!("{before}/{name}")).await.unwrap_err();
    assert!(fault.to_string().contains("C.UTF-8"), "{fault}");
    bihuan_store::scratch::drop(&server, &name).await.unwrap();
}

async fn create_with_icu(server: &str, name: &str) {
    use sqlx::Connection;
    let mut connection = sqlx::PgConnection::connect(server).await.unwrap();
    let text = format!(
        "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu \
         ICU_LOCALE 'en' LOCALE 'C.UTF-8'"
    );
    sqlx::query(sqlx::AssertSqlSafe(text)).execute(&mut connection).await.unwrap();
}
