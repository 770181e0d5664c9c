//! An empty county on a temporary database, with chance and time in hand.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use bihuan_app::App;
use bihuan_app::context::Outside;
use bihuan_app::keys::Keys;
use bihuan_app::ports::{Blobs, Clock, PortFault, PortFuture};
use bihuan_domain::ids::CountyCode;
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::Source;
use bihuan_simulate::{SeededEntropy, SteppedClock};
use bihuan_store::Store;
use tempfile::TempDir;

pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) clock: Arc<SteppedClock>,
    _folder: Option<TempDir>,
}

impl House {
    pub(crate) async fn open(county: &str, now: Instant) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite:{}", folder.path().join("county.db").display());
        let house = Self::over(Store::open(&address).await.unwrap(), county, now).await;
        Self { _folder: Some(folder), ..house }
    }

    /// Over an empty database that a test has made.
    pub(crate) async fn over(store: Store, county: &str, now: Instant) -> Self {
        let clock = Arc::new(SteppedClock::new(Arc::new(Still(now))));
        let outside = Outside {
            clock: clock.clone(),
            entropy: Arc::new(SeededEntropy::new(1)),
            blobs: Arc::new(Memory::default()),
            couriers: Vec::new(),
        };
        let keys = Keys::derive(&[7; 32]);
        let app = App::open(store, CountyCode::new(county), keys, outside).await.unwrap();
        Self { app, clock, _folder: None }
    }
}

/// Stands in for the real clock.
pub(crate) struct Still(pub(crate) Instant);

impl Clock for Still {
    fn now(&self) -> Instant {
        self.0
    }
}

#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

impl Blobs for Memory {
    fn put<'a>(&'a self, name: &'a str, bytes: Vec<u8>) -> PortFuture<'a, ()> {
        self.0.lock().unwrap().insert(name.to_owned(), bytes);
        Box::pin(async { Ok(()) })
    }

    fn get<'a>(&'a self, name: &'a str) -> PortFuture<'a, Vec<u8>> {
        let found = self.0.lock().unwrap().get(name).cloned();
        Box::pin(async move { found.ok_or_else(|| PortFault::NotFound(name.to_owned())) })
    }

    fn delete<'a>(&'a self, name: &'a str) -> PortFuture<'a, ()> {
        self.0.lock().unwrap().remove(name);
        Box::pin(async { Ok(()) })
    }
}

/// A playbook as it is shipped.
pub(crate) fn shipped(name: &str) -> Source {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../playbooks").join(name);
    let mut files = Vec::new();
    read(&folder, &folder, &mut files);
    Source::new(files)
}

fn read(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(root, &path, files);
        } else if path.extension().is_some_and(|kind| kind == "toml") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}
