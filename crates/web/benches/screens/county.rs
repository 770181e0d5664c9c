//! A grown county on SQLite, kept under target/ by size, seed and schema, so that
//! the second run begins at once. Its present stands still: lamps and lists are
//! the same in every run.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant as Stopwatch;

use bihuan_app::App;
use bihuan_app::context::Outside;
use bihuan_app::keys::Keys;
use bihuan_app::ports::{Blobs, Clock, Entropy, PortFault, PortFuture};
use bihuan_domain::ids::CountyCode;
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::Digest;
use bihuan_domain::playbook::Source;
use bihuan_simulate::{SteppedClock, blocks, grow};
use bihuan_store::Store;
use jiff::civil::datetime;

const COUNTY: &str = "410182";
const SEED: u64 = 1;
/// Raised when counties are grown differently under the same schema.
const GENERATION: u32 = 1;
const SCHEMA: &str = include_str!("../../../store/schema/sqlite.sql");

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/bench")
}

/// A working Wednesday afternoon.
pub(crate) fn present() -> Instant {
    Instant::from_civil(datetime(2026, 11, 18, 15, 30, 0, 0))
}

struct Still;

impl Clock for Still {
    fn now(&self) -> Instant {
        present()
    }
}

/// Not fit for keys; quick and, from another start, never the same.
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

/// Pages name photos and do not read them.
#[derive(Default)]
struct Named(Mutex<Vec<String>>);

impl Blobs for Named {
    fn put<'a>(&'a self, name: &'a str, _: Vec<u8>) -> PortFuture<'a, ()> {
        self.0.lock().unwrap().push(name.to_owned());
        Box::pin(async { Ok(()) })
    }

    fn get<'a>(&'a self, name: &'a str) -> PortFuture<'a, Vec<u8>> {
        Box::pin(async move { Err(PortFault::NotFound(name.to_owned())) })
    }

    fn delete<'a>(&'a self, _: &'a str) -> PortFuture<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}

/// The county, opened on a copy that a run may write to.
pub(crate) async fn of(matters: usize) -> App {
    let schema = Digest::of(SCHEMA.as_bytes()).to_string();
    let name = format!("county-{matters}-{SEED}-{GENERATION}-{}.db", &schema[..8]);
    let kept = folder().join(&name);
    if !kept.exists() {
        grow_into(&kept, matters).await;
    }
    let work = folder().join(format!("work-{name}"));
    std::fs::copy(&kept, &work).unwrap();
    // The first write measured shall not wait for the copy.
    std::fs::File::open(&work).unwrap().sync_all().unwrap();
    for left in ["-wal", "-shm"] {
        drop(std::fs::remove_file(folder().join(format!("work-{name}{left}"))));
    }
    let clock = Arc::new(SteppedClock::new(Arc::new(Still)));
    let start = std::process::id();
    let app = open(&work, clock, u64::from(start)).await;
    let rules = app.rules();
    let blocks = blocks(&rules.in_force(present()).unwrap().playbook);
    app.with_outlines(blocks)
}

async fn grow_into(kept: &Path, matters: usize) {
    std::fs::create_dir_all(folder()).unwrap();
    let made = kept.with_extension("growing");
    for left in ["growing", "growing-wal", "growing-shm"] {
        drop(std::fs::remove_file(kept.with_extension(left)));
    }
    let clock = Arc::new(SteppedClock::new(Arc::new(Still)));
    let app = open(&made, Arc::clone(&clock), 0).await;
    let watch = Stopwatch::now();
    let grown = grow(&app, &clock, &shipped(), SEED, matters, present(), |_| ()).await.unwrap();
    assert!(grown.refused.is_empty(), "{:?}", grown.refused);
    let acted = watch.elapsed().as_secs_f64();
    while app.run_tasks().await.unwrap().iter().any(|(task, did)| *did > 0 && *task != "remind") {}
    app.store().close().await;
    std::fs::rename(&made, kept).unwrap();
    let all = watch.elapsed().as_secs_f64();
    eprintln!("grown: {matters} matters in {acted:.1} s, with background tasks {all:.1} s");
}

async fn open(path: &Path, clock: Arc<SteppedClock>, start: u64) -> App {
    let store = Store::open(&format!("sqlite:{}", path.display())).await.unwrap();
    let outside = Outside {
        clock,
        entropy: Arc::new(Counter(AtomicU64::new(start.wrapping_mul(0x1234_5678_9abc_def1) + 1))),
        blobs: Arc::new(Named::default()),
        couriers: Vec::new(),
    };
    App::open(store, CountyCode::new(COUNTY), Keys::derive(&[7; 32]), outside).await.unwrap()
}

fn shipped() -> Source {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../playbooks/xingyang");
    let mut files = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let name = path.strip_prefix(&folder).unwrap().display().to_string();
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    Source::new(files)
}
