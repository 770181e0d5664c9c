//! No statement with a fixed text reads a growing table from end to end. What
//! the screens put together from parts is looked at in `plans`.
//!
//! To name the county is not enough: most databases hold one, so all of its rows
//! are all there are.

use std::collections::BTreeSet;

use bihuan_store::engine::Engine as Pool;
use bihuan_testkit::engines;
use sqlx::{AssertSqlSafe, PgConnection, Row};

use crate::life;

/// What administrators enter, a few of each person, a row a year or a log: these
/// stay small.
const SMALL: [&str; 10] = [
    "holiday_year",
    "log",
    "number_counter",
    "person",
    "place",
    "playbook_version",
    "post",
    "saved_ledger",
    "setting",
    "unit",
];

/// What SQLite may read without a bound: statement, line of its plan, why.
const BOUNDED: [(&str, &str, &str); 9] = [
    (
        "CHECKPOINTS",
        "SEARCH checkpoint USING PRIMARY KEY (county=?)",
        "verifying takes every checkpoint there is",
    ),
    (
        "LAST_CHECKPOINT",
        "SEARCH checkpoint USING PRIMARY KEY (county=?)",
        "the last row of the key",
    ),
    (
        "COUNTS",
        "SEARCH unsealed USING PRIMARY KEY (county=?)",
        "what waits to be sealed is sealed within the hour",
    ),
    ("UNSEALED", "SEARCH u USING PRIMARY KEY (county=?)", "the first rows of the key"),
    ("WAITING", "SEARCH u USING PRIMARY KEY (county=?)", "the first rows of the key"),
    ("ITEM_UNITS", "SCAN recent", "500 rows, fetched through an index"),
    ("OPEN_NODES_FROM", "SCAN listed", "as many rows as are counted at most"),
    ("SAID_ITEMS", "SCAN said", "300 rows, fetched through the index of words"),
    ("SHARED_WORDS", "SCAN (subquery-1)", "40 rows, fetched through the index of words"),
];

/// Statements without the bulk inserts, which are named like their tables.
fn fixed() -> impl Iterator<Item = (&'static str, bihuan_store::engine::Sql)> {
    let all = bihuan_store::statements().into_iter();
    all.filter(|(name, _)| name.chars().all(|letter| letter == '_' || letter.is_ascii_uppercase()))
}

/// Places of a text's arguments: the highest `$n`.
fn places(text: &str) -> usize {
    let numbers = text.split('$').skip(1).filter_map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    numbers.max().unwrap_or(0)
}

/// Whether a line of SQLite's plan reads all rows of a table that grows.
fn reads_all(line: &str) -> bool {
    if let Some(scanned) = line.strip_prefix("SCAN ") {
        // A list that was handed in, or what holds these words.
        let is_list = line.ends_with("VIRTUAL TABLE INDEX 1:");
        let is_match = line.contains("VIRTUAL TABLE INDEX") && line.contains(":M");
        let table = scanned.split(' ').next().unwrap_or_default();
        return !(is_list || is_match || line == "SCAN CONSTANT ROW" || SMALL.contains(&table));
    }
    let table = line.strip_prefix("SEARCH ").and_then(|rest| rest.split(' ').next());
    line.ends_with("(county=?)") && !table.is_some_and(|table| SMALL.contains(&table))
}

#[tokio::test]
async fn sqlite_finds_the_rows_of_every_statement_by_more_than_their_county() {
    engines::on_sqlite(|database| async move {
        let Pool::Sqlite(pool) = &database.store.engine() else { panic!("another engine") };
        let mut faults = Vec::new();
        let mut met = BTreeSet::new();
        for (name, sql) in fixed() {
            let mut query =
                sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", sql.sqlite)));
            for _ in 0..places(sql.sqlite) {
                query = query.bind(None::<String>);
            }
            let plan =
                query.fetch_all(pool).await.unwrap_or_else(|fault| panic!("{name}: {fault}"));
            for line in plan.iter().map(|row| row.get::<String, _>(3)).filter(|it| reads_all(it)) {
                let known = BOUNDED.iter().find(|known| known.0 == name && known.1 == line);
                match known {
                    Some(known) => drop(met.insert(known.0)),
                    None => faults.push(format!("{name}: {line}")),
                }
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
        let unmet: Vec<_> = BOUNDED.iter().filter(|known| !met.contains(known.0)).collect();
        assert!(unmet.is_empty(), "no plan holds these any more: {unmet:?}");
    })
    .await;
}

/// What PostgreSQL may read from end to end: statement, table, why.
const READ_WHOLE: [(&str, &str, &str); 2] = [
    ("CHECKPOINTS", "checkpoint", "verifying takes every checkpoint there is"),
    ("COUNTS", "unsealed", "what waits to be sealed is sealed within the hour"),
];

#[tokio::test]
async fn postgres_answers_every_statement_without_reading_a_grown_table_whole() {
    engines::on_postgres(|database| async move {
        life(&database.store, 31, 40).await;
        let Pool::Postgres(pool) = &database.store.engine() else { panic!("another engine") };
        let mut connection = pool.acquire().await.unwrap();
        for statement in GROW.iter().chain(&["ANALYZE", "SET plan_cache_mode = force_custom_plan"])
        {
            let grown = sqlx::query(*statement).execute(&mut *connection).await;
            grown.unwrap_or_else(|fault| panic!("{statement}: {fault}"));
        }
        let mut faults = Vec::new();
        let mut looked_at = 0;
        for (name, sql) in fixed().filter(|(_, sql)| is_read(sql.postgres)) {
            looked_at += 1;
            let plan = plan(&mut connection, sql.postgres).await;
            for (_, rest) in plan.lines().filter_map(|line| line.split_once("Seq Scan on ")) {
                let table = rest.split(' ').next().unwrap_or_default();
                let is_known = READ_WHOLE.iter().any(|known| (known.0, known.1) == (name, table));
                if !SMALL.contains(&table) && !is_known {
                    faults.push(format!("{name}: {table}\n{plan}"));
                }
            }
        }
        assert!(looked_at > 50, "statements that read: {looked_at}");
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    })
    .await;
}

/// What locks or writes is found by its key; nothing of it is planned here.
fn is_read(text: &str) -> bool {
    (text.starts_with("SELECT") || text.starts_with("WITH")) && text.contains("FROM")
}

/// How it would be answered for arguments like those the screens give: the
/// latest rows, or a page of the oldest.
async fn plan(connection: &mut PgConnection, text: &str) -> String {
    let prepare = format!("PREPARE asked AS {text}");
    sqlx::raw_sql(AssertSqlSafe(prepare)).execute(&mut *connection).await.unwrap();
    let types: Vec<String> = sqlx::query_scalar(
        "SELECT unnest(parameter_types)::text FROM pg_prepared_statements WHERE name = 'asked'",
    )
    .fetch_all(&mut *connection)
    .await
    .unwrap();
    let arguments: Vec<String> =
        types.iter().zip(1..).map(|(kind, at)| argument(text, kind, at)).collect();
    let given =
        if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
    let explain = format!("EXPLAIN EXECUTE asked{given}");
    let rows = sqlx::raw_sql(AssertSqlSafe(explain)).fetch_all(&mut *connection).await.unwrap();
    sqlx::raw_sql("DEALLOCATE asked").execute(&mut *connection).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>().join("\n")
}

fn argument(text: &str, kind: &str, at: usize) -> String {
    let stands_after = |words: &str| text.contains(&format!("{words} ${at}"));
    if at == 1 {
        return "'410182'".to_owned();
    }
    if text.contains(&format!("${at}::text::jsonb")) {
        return "'[\"m10\", \"m11\"]'".to_owned();
    }
    if kind == "text" {
        return "'m10'".to_owned();
    }
    if stands_after("LIMIT") || stands_after("OFFSET") {
        return "50".to_owned();
    }
    let from_somewhere = text.contains(">= $") || text.contains("> $");
    if stands_after("<") || stands_after("<=") {
        return if from_somewhere { "5950" } else { "100" }.to_owned();
    }
    if stands_after(">=") || stands_after(">") || text.contains(&format!("> (${at}")) {
        return "5900".to_owned();
    }
    "5".to_owned()
}

/// 6,000 further rows of every table that grows, ten times as many where a list
/// is looked up, which PostgreSQL holds to be of a hundred.
const GROW: [&str; 22] = [
    "INSERT INTO burden (county, matter, nth, unit, what, year, passed) SELECT '410182', \
     'm' || n, 0, 'u' || n % 400, 'documents', 2000 + n % 20, 0 FROM generate_series(1, 60000) AS n",
    "INSERT INTO matter_about (county, matter, unit, regime, stage, from_on, due_on) \
     SELECT '410182', 'm' || n, 'u' || n % 400, 'r' || n % 5, 'accepted', '2026-01-01', \
     '2026-02-01' FROM generate_series(1, 60000) AS n",
    "INSERT INTO matter_link (county, matter, link, other) SELECT '410182', 'm' || n, 'parent', \
     'm' || n / 9 FROM generate_series(1, 60000) AS n",
    "INSERT INTO entry (county, stream, seq, at_us, hash, command, canonical) SELECT '410182', \
     'm' || n / 4, n % 4, n, repeat('h', 64), 'c' || n, repeat('x', 400) \
     FROM generate_series(1, 6000) AS n",
    "INSERT INTO content (county, stream, commitment, tag, salt, body) SELECT '410182', \
     'm' || n / 4, 'c' || n, 'note', 's', repeat('x', 200) FROM generate_series(1, 60000) AS n",
    "INSERT INTO matter_view SELECT r.* FROM (SELECT * FROM matter_view LIMIT 1) AS m, \
     generate_series(1, 30000) AS n, jsonb_populate_record(NULL::matter_view, to_jsonb(m) || \
     jsonb_build_object('matter', 'm' || n, 'number', 'N' || n, 'origin', 'o' || n % 3, \
     'origin_id', 'i' || n, 'is_open', CASE WHEN n % 10 < 2 THEN 1 ELSE 0 END, \
     'place', 'P' || n % 9000, 'grid', 'g' || n % 300, 'class', 'c' || n % 8, 'item', 'i' || n % 90, \
     'lead_unit', 'u' || n % 40, 'reporter', 'r' || n % 700, 'filed_us', n, 'due_us', n, \
     'closed_us', n)) AS r",
    "INSERT INTO matter_unit (county, matter, unit, part, is_open, stage, due_us) \
     SELECT '410182', 'm' || n, 'u' || n % 40, 'lead', n % 2, 'handling', n \
     FROM generate_series(1, 6000) AS n",
    "INSERT INTO node_view (county, matter, node, rule, started_us, original_us, due_us, soon_us, \
     estimated, status) SELECT '410182', 'm' || n / 4, 'n' || n % 4, 'r', n, n, n, n, 0, \
     CASE WHEN n % 10 < 2 THEN 'open' ELSE 'met' END FROM generate_series(1, 6000) AS n",
    "INSERT INTO message (county, id, dedupe, person, channel, kind, facts, made_us, after_us, \
     sent_us, tries) SELECT '410182', 'i' || n, 'd' || n, 'p' || n % 300, 'in-app', 'due', \
     repeat('x', 200), n, n, CASE WHEN n % 50 > 0 THEN n END, 0 FROM generate_series(1, 6000) AS n",
    "INSERT INTO command (county, id, sender, digest, result, at_us) SELECT '410182', 'i' || n, \
     's', repeat('d', 64), repeat('x', 100), n FROM generate_series(1, 6000) AS n",
    "INSERT INTO attachment (county, id, commitment, matter, sha256, kind, name, bytes, stored, \
     given_us) SELECT '410182', 'i' || n, 'c' || n, CASE WHEN n % 100 > 0 THEN 'm' || n / 4 END, \
     repeat('h', 64), 'image/jpeg', 'n', 1, repeat('s', 64), n FROM generate_series(1, 6000) AS n",
    "INSERT INTO identity (county, matter, sealed, phone_key) SELECT '410182', 'm' || n, \
     repeat('x', 200), 'k' || n % 900 FROM generate_series(1, 6000) AS n",
    "INSERT INTO identity_read (county, at_us, command, number, role, reason) SELECT '410182', n, \
     'c' || n, 'N' || n, 'triage', repeat('r', 64) FROM generate_series(1, 6000) AS n",
    "INSERT INTO report_code (county, code, matter) SELECT '410182', 'm' || n, 'm' || n \
     FROM generate_series(1, 6000) AS n",
    "INSERT INTO session (county, token, person, post, agent, made_us, seen_us, ends_us) \
     SELECT '410182', 't' || n, 'p' || n % 300, 'p', repeat('a', 100), n, n, n \
     FROM generate_series(1, 6000) AS n",
    "INSERT INTO throttle (county, key, count, from_us) SELECT '410182', 'k' || n, 1, n \
     FROM generate_series(1, 6000) AS n",
    "INSERT INTO unsealed (county, at_us, stream, seq) SELECT '410182', n, 'm' || n / 4, n % 4 \
     FROM generate_series(1, 6000) AS n",
    "INSERT INTO leaf (county, log, idx, stream, seq) SELECT '410182', 7, n, 'm' || n / 4, n % 4 \
     FROM generate_series(1, 6000) AS n",
    "INSERT INTO log_hash (county, log, position, hash) SELECT '410182', 7, n, repeat('h', 64) \
     FROM generate_series(1, 6000) AS n",
    "INSERT INTO checkpoint (county, log, size, at_us, note) SELECT '410182', 7, n, n, \
     repeat('x', 200) FROM generate_series(1, 6000) AS n",
    "INSERT INTO matter_gram (county, matter, number, grams) SELECT '410182', 'm' || n, n, \
     'g' || n % 700 || ' h' || n % 90 FROM generate_series(1, 60000) AS n",
    "INSERT INTO unindexed (county, matter) SELECT '410182', 'm' || n \
     FROM generate_series(1, 6000) AS n",
];
