//! What the server takes in over HTTP, client and server on the same machine, then
//! whole lives in a county that has grown. Prints a table; asserts nothing about
//! time. What a plain loop writes on this machine stands in the table of `intake`,
//! which `make bench` prints first.
//!
//! `BIHUAN_BENCH_MATTERS` grows the county to another size,
//! `BIHUAN_BENCH_SHAPE=1` holds each rate of the day's shape for a minute.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot set itself up must stop")]

mod client;
mod intake;
mod lifecycles;
mod postgres;
mod server;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use lifecycles::{Cast, Lived};
use server::Server;

const REPORTS: usize = 20_000;
const CONNECTIONS: [usize; 2] = [64, 256];
const MATTERS: usize = 10_000;
const WHOLE_SECONDS: u64 = 20;
/// Lives a second through a day, ten times over.
const SHAPE: [f64; 7] = [10.0, 150.0, 10.0, 250.0, 20.0, 350.0, 100.0];
const HELD_SECONDS: u64 = 60;

#[tokio::main]
async fn main() {
    println!("traffic: {REPORTS} reports over HTTP, SQLite synchronous=FULL");
    println!("| measure | a second | p50 ms | p99 ms | server's processor ms each |");
    println!("| --- | --- | --- | --- | --- |");
    for connections in CONNECTIONS {
        reported(connections).await;
    }
    lives().await;
    postgres::on_one_node_and_two().await;
}

async fn reported(connections: usize) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--playbook", "xingyang"]);
    let idle = server.memory();
    let before = server.processor_seconds();
    let taken = intake::file(&[&server.address], REPORTS, connections).await;
    let each = millis_each(server.processor_seconds() - before, REPORTS);
    reports_row(&format!("reports, {connections} connections"), taken, each);
    println!(
        "| its memory, MB | {:.0} idle ({:.0} its own), {:.0} at most | | | |",
        idle.now,
        idle.own,
        server.memory().highest
    );
    server.stop();
}

/// In a county grown once and kept; each run adds its own lives to it.
async fn lives() {
    let asked = std::env::var("BIHUAN_BENCH_MATTERS").ok();
    let matters = asked.and_then(|asked| asked.parse().ok()).unwrap_or(MATTERS);
    let data = grown(matters);
    let server = Server::start(&data, &[]);
    println!(
        "| start, {matters} matters | {:.2} s to listen, {:.0} MB ({:.0} its own) | | | |",
        server.started_in.as_secs_f64(),
        server.memory().now,
        server.memory().own
    );
    let mut cast = Cast::assemble(&[&server.address]).await;
    cast.live(None, 2).await;
    let before = server.processor_seconds();
    let lived = cast.live(None, WHOLE_SECONDS).await;
    let each = millis_each(server.processor_seconds() - before, lived.lives);
    row(&format!("whole lives, {matters} matters stored"), lived, &format!("{each:.2}"));
    if std::env::var_os("BIHUAN_BENCH_SHAPE").is_some() {
        for rate in SHAPE {
            let lived = cast.live(Some(rate), HELD_SECONDS).await;
            row(&format!("{rate:.0} lives a second, held {HELD_SECONDS} s"), lived, "");
        }
    }
    let memory = server.memory();
    println!(
        "| its memory, MB | {:.0} now its own, {:.0} at most | | | |",
        memory.own, memory.highest
    );
    server.stop();
}

fn reports_row(name: &str, taken: intake::Taken, each: f64) {
    println!("| {name} | {:.0} | {:.1} | {:.1} | {each:.2} |", taken.rate, taken.p50, taken.p99);
}

fn row(name: &str, lived: Lived, each: &str) {
    println!(
        "| {name} | {:.0} of {}, {} broke off | {:.1} | {:.1} | {each} |",
        lived.rate, lived.lives, lived.errors, lived.p50, lived.p99
    );
}

fn grown(matters: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/bench");
    std::fs::create_dir_all(&folder).unwrap();
    let data = folder.join(format!("data-{matters}"));
    if !data.exists() {
        let mut grow = Command::new(env!("CARGO_BIN_EXE_bihuan"));
        grow.args(["simulate", "--matters", &matters.to_string(), "--data"]).arg(&data);
        assert!(grow.status().unwrap().success());
    }
    data
}

fn words(at: usize) -> String {
    format!("人民路{at}号门前路灯不亮，晚上看不清路，请派人来修。")
}

fn address(at: usize) -> String {
    format!("人民路{at}号")
}

fn millis_each(seconds: f64, count: usize) -> f64 {
    seconds * 1000.0 / f64::from(u32::try_from(count.max(1)).unwrap())
}

fn per_second(count: usize, took: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap()) / took.as_secs_f64()
}
