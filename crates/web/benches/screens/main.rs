//! How long the server takes for each screen of a county of 100,000 matters of
//! mixed regimes, beside the same screen of a thousand in the same run and the
//! budget. Prints a table and keeps it as JSON; asserts nothing about time.
//!
//! `BIHUAN_BENCH_MATTERS` grows another size; `BIHUAN_BENCH_STATEMENTS=inbox` visits
//! the screen of that name once and prints each statement with what it took.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a bench measures with the real clock")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot set itself up must stop")]

mod county;
mod visit;

use serde_json::{Value, json};
use visit::{Taken, once, register, screens, visit};

const MATTERS: usize = 100_000;
const BASELINE: usize = 1_000;
const REGISTER_MS: f64 = 300.0;

#[tokio::main]
async fn main() {
    let asked = std::env::var("BIHUAN_BENCH_MATTERS").ok();
    let matters = asked.and_then(|asked| asked.parse().ok()).unwrap_or(MATTERS);
    if let Ok(name) = std::env::var("BIHUAN_BENCH_STATEMENTS") {
        return statements(matters, &name).await;
    }
    let (few, many) = (county::of(BASELINE).await, county::of(matters).await);
    println!("screens: {matters} matters beside {BASELINE}, SQLite, in process, milliseconds");
    println!("| screen | p50 | p95 | p95 of {BASELINE} | budget | |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let mut rows = Vec::new();
    for (small, large) in screens(&few).await.iter().zip(&screens(&many).await) {
        let (base, taken) = (visit(&few, small).await, visit(&many, large).await);
        match base.zip(taken) {
            Some((base, taken)) => rows.push(row(large.name, taken, base, large.budget)),
            None => println!("| {} | no such page | | | | |", large.name),
        }
    }
    let (base, taken) = (register(&few).await, register(&many).await);
    rows.push(row("50 tasks registered at once", taken, base, REGISTER_MS));
    few.store().close().await;
    many.store().close().await;
    keep(matters, rows);
}

async fn statements(matters: usize, name: &str) {
    let app = county::of(matters).await;
    let screens = screens(&app).await;
    let screen = screens.iter().find(|screen| screen.name == name).unwrap();
    once(&app, screen, || ()).await;
    let said = || tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).init();
    once(&app, screen, said).await;
    app.store().close().await;
}

fn row(name: &str, taken: Taken, base: Taken, budget: f64) -> Value {
    let word = if taken.p95 <= budget { "within" } else { "OVER" };
    println!(
        "| {name} | {:.1} | {:.1} | {:.1} | {budget:.0} | {word} |",
        taken.p50, taken.p95, base.p95
    );
    json!({
        "screen": name, "p50_ms": taken.p50, "p95_ms": taken.p95, "bytes": taken.bytes,
        "baseline_p50_ms": base.p50, "baseline_p95_ms": base.p95, "budget_ms": budget,
    })
}

/// By the commit measured, so that two can be compared.
fn keep(matters: usize, rows: Vec<Value>) {
    let head = std::process::Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
    let head = head.ok().and_then(|said| String::from_utf8(said.stdout).ok()).unwrap_or_default();
    let head = if head.trim().is_empty() { "unknown" } else { head.trim() };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let path = county::folder().join(format!("screens-{matters}-{head}.json"));
    let kept = json!({
        "commit": head, "matters": matters, "baseline_matters": BASELINE,
        "processors": threads, "load_after": load.trim(), "rows": rows,
    });
    std::fs::write(&path, serde_json::to_string_pretty(&kept).unwrap()).unwrap();
    println!("kept in {}", path.canonicalize().unwrap_or(path).display());
}
