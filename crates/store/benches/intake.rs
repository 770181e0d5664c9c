//! Durable reports accepted per second, beside a plain loop that inserts the
//! same rows in transactions of fifty into the same schema, in the same run.
//! Prints a table; asserts nothing about time.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a bench measures with the real clock")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot set itself up must stop")]

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant as Stopwatch, SystemTime, UNIX_EPOCH};

use bihuan_app::commands::{NewReport, Reporter};
use bihuan_app::context::Outside;
use bihuan_app::keys::Keys;
use bihuan_app::ports::{Blobs, Clock, Entropy, PortFault, PortFuture};
use bihuan_app::{App, Caller, Composer, Sender};
use bihuan_domain::ids::{CommandId, CountyCode, GridCode, PersonId, RegimeCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Source, Urgency};
use bihuan_domain::playbook;
use bihuan_store::Store;
use sqlx::Row;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

const REPORTS: usize = 6_000;
const CONNECTIONS: [usize; 2] = [64, 256];
const BASELINE_BATCH: usize = 50;

struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> Instant {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        Instant::from_micros(i64::try_from(since.as_micros()).unwrap())
    }
}

/// Not fit for keys; quick and never the same twice.
struct Counter(AtomicU64);

impl Entropy for Counter {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let next = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            let mixed = (next ^ (next >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            chunk.copy_from_slice(&mixed.to_le_bytes()[..chunk.len()]);
        }
    }
}

struct NoBlobs;

impl Blobs for NoBlobs {
    fn put<'a>(&'a self, _: &'a str, _: Vec<u8>) -> PortFuture<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    fn get<'a>(&'a self, name: &'a str) -> PortFuture<'a, Vec<u8>> {
        Box::pin(async move { Err(PortFault::NotFound(name.to_owned())) })
    }

    fn delete<'a>(&'a self, _: &'a str) -> PortFuture<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}

#[tokio::main]
async fn main() {
    println!("intake: {REPORTS} reports, SQLite synchronous=FULL, one process, no HTTP");
    println!("| measure | reports/s | of baseline |");
    println!("| --- | --- | --- |");
    let folder = tempfile::tempdir().unwrap();
    let filled = folder.path().join("filled.db");
    let app = county(&format!("sqlite:{}", filled.display())).await;
    file(&app, REPORTS, CONNECTIONS[0]).await;
    app.store().close().await;
    let baseline = baseline(&filled, &folder.path().join("plain.db")).await;
    println!("| plain SQL, {BASELINE_BATCH} reports a transaction | {baseline:.0} | 1.00 |");
    for connections in CONNECTIONS {
        let path = folder.path().join(format!("bihuan-{connections}.db"));
        let app = county(&format!("sqlite:{}", path.display())).await;
        let rate = file(&app, REPORTS, connections).await;
        println!("| Bihuan, {connections} at once | {rate:.0} | {:.2} |", rate / baseline);
        app.store().close().await;
    }
}

async fn county(address: &str) -> App {
    let store = Store::open(address).await.unwrap();
    let outside = Outside {
        clock: Arc::new(WallClock),
        entropy: Arc::new(Counter(AtomicU64::new(1))),
        blobs: Arc::new(NoBlobs),
        couriers: Vec::new(),
    };
    let code = CountyCode::new("410182");
    let app = App::open(store, code, Keys::derive(&[7; 32]), outside).await.unwrap();
    let command = CommandId(app.new_id());
    let approver = PersonId(app.new_id());
    app.apply_playbook(&Caller::system(), command, &xingyang(), None, approver).await.unwrap();
    app
}

fn xingyang() -> playbook::Source {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../playbooks/xingyang");
    let mut files = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    playbook::Source::new(files)
}

/// Files reports from `connections` tasks; returns reports a second.
async fn file(app: &App, reports: usize, connections: usize) -> f64 {
    let started = Stopwatch::now();
    let each = reports / connections;
    let tasks: Vec<_> = (0..connections)
        .map(|task| {
            let app = app.clone();
            tokio::spawn(async move {
                for at in 0..each {
                    app.file_report(report(&app, task * each + at)).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    per_second(each * connections, started.elapsed())
}

fn report(app: &App, at: usize) -> NewReport {
    let command = CommandId(app.new_id());
    let words = format!("人民路{at}号门前路灯不亮，晚上看不清路，请派人来修。");
    NewReport {
        sender: Sender::new(command, [words.as_str()]),
        caller: Caller::reporter(),
        regime: RegimeCode::new("grid-case"),
        source: Source::Snapshot,
        item: None,
        words,
        grid: Some(GridCode::new("01")),
        place: None,
        position: None,
        address: format!("人民路{at}号"),
        evidence: Vec::new(),
        reporter: Reporter::default(),
        confidential: false,
        urgency: Urgency::Ordinary,
        claimed_at: None,
        composed: Composer::new(app),
        then: Vec::new(),
    }
}

/// The rows the first run wrote, inserted again one by one into an empty
/// database of the same schema, fifty reports a transaction.
async fn baseline(from: &std::path::Path, into: &std::path::Path) -> f64 {
    let tables = [
        "entry",
        "unsealed",
        "content",
        "command",
        "report_code",
        "matter_view",
        "node_view",
        "unindexed",
    ];
    let source = pool(&from.display().to_string()).await;
    // A table's statement and its rows.
    type Insert = (String, Vec<Vec<Option<Cell>>>);
    let mut inserts: BTreeMap<&str, Insert> = BTreeMap::new();
    for table in tables {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT * FROM {table}")))
            .fetch_all(&source)
            .await
            .unwrap();
        let Some(first) = rows.first() else { continue };
        let width = first.columns().len();
        let places: Vec<String> = (1..=width).map(|at| format!("${at}")).collect();
        let text = format!("INSERT INTO {table} VALUES ({})", places.join(", "));
        let cells = rows.iter().map(|row| (0..width).map(|at| cell(row, at)).collect()).collect();
        inserts.insert(table, (text, cells));
    }
    let empty = Store::open(&format!("sqlite:{}", into.display())).await.unwrap();
    empty.close().await;
    let pool = pool(&into.display().to_string()).await;
    let started = Stopwatch::now();
    for batch in 0..REPORTS.div_ceil(BASELINE_BATCH) {
        let mut tx = pool.begin().await.unwrap();
        for (text, rows) in inserts.values() {
            let share = rows.len().div_ceil(REPORTS) * BASELINE_BATCH;
            for row in rows.iter().skip(batch * share).take(share) {
                let mut query = sqlx::query(sqlx::AssertSqlSafe(text.as_str().to_owned()));
                for value in row {
                    query = match value {
                        Some(Cell::Int(value)) => query.bind(*value),
                        Some(Cell::Text(value)) => query.bind(value.clone()),
                        None => query.bind(None::<String>),
                    };
                }
                query.execute(&mut *tx).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
    }
    per_second(REPORTS, started.elapsed())
}

enum Cell {
    Int(i64),
    Text(String),
}

fn cell(row: &sqlx::sqlite::SqliteRow, at: usize) -> Option<Cell> {
    if let Ok(value) = row.try_get::<Option<i64>, _>(at) {
        return value.map(Cell::Int);
    }
    row.try_get::<Option<String>, _>(at).unwrap().map(Cell::Text)
}

async fn pool(path: &str) -> sqlx::SqlitePool {
    let options = SqliteConnectOptions::from_str(&format!("sqlite://{path}"))
        .unwrap()
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap()
}

fn per_second(count: usize, took: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap()) / took.as_secs_f64()
}
