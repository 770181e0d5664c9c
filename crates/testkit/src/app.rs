//! The application on a temporary SQLite file or a database given, with the shipped playbook in
//! force, a clock that is set by hand, chance from a seed and files in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bihuan_app::commands::{NewPerson, NewPost};
use bihuan_app::context::Outside;
use bihuan_app::keys::Keys;
use bihuan_app::ports::{Blobs, Clock, Entropy, PortFault, PortFuture};
use bihuan_app::{App, Caller};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{CommandId, CountyCode, GridCode, PersonId, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::Actor;
use bihuan_domain::playbook::Source;
use bihuan_store::Store;
use tempfile::TempDir;

use crate::chance::Chance;
use crate::clock::SteppedClock;
use crate::{county, engines};

/// The county of the shipped playbook.
const COUNTY: &str = "410182";
/// Long enough, and the same for everybody.
pub const PASSWORD: &str = "a-password-for-tests";

pub struct Running {
    pub app: App,
    pub clock: Arc<SteppedClock>,
    _folder: Option<TempDir>,
}

struct HandClock(Arc<SteppedClock>);

impl Clock for HandClock {
    fn now(&self) -> Instant {
        self.0.now()
    }
}

struct Seeded(Mutex<Chance>);

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        let mut chance = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for part in bytes.chunks_mut(8) {
            part.copy_from_slice(&chance.number().to_be_bytes()[..part.len()]);
        }
    }
}

#[derive(Default)]
struct InMemory(Mutex<BTreeMap<String, Vec<u8>>>);

impl InMemory {
    fn files(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Blobs for InMemory {
    fn put<'a>(&'a self, name: &'a str, bytes: Vec<u8>) -> PortFuture<'a, ()> {
        self.files().insert(name.to_owned(), bytes);
        Box::pin(async { Ok(()) })
    }

    fn get<'a>(&'a self, name: &'a str) -> PortFuture<'a, Vec<u8>> {
        let found = self.files().get(name).cloned();
        Box::pin(async move { found.ok_or_else(|| PortFault::NotFound(name.to_owned())) })
    }

    fn delete<'a>(&'a self, name: &'a str) -> PortFuture<'a, ()> {
        self.files().remove(name);
        Box::pin(async { Ok(()) })
    }
}

impl Running {
    /// The county begins on a Tuesday at nine.
    pub async fn start() -> Self {
        let (address, folder) = engines::sqlite_file();
        let store = engines::open(&address).await;
        Self { _folder: Some(folder), ..Self::over(store).await }
    }

    /// The same over an empty database of a test's own.
    pub async fn over(store: Store) -> Self {
        let clock = Arc::new(SteppedClock::default());
        let outside = Outside {
            clock: Arc::new(HandClock(Arc::clone(&clock))),
            entropy: Arc::new(Seeded(Mutex::new(Chance::seeded(1)))),
            blobs: Arc::new(InMemory::default()),
            couriers: Vec::new(),
        };
        let source = county::shipped();
        let code = CountyCode::new(COUNTY);
        let keys = Keys::derive(&[7; 32]);
        let app = App::open(store, code, keys, outside)
            .await
            .unwrap_or_else(|fault| panic!("the application does not open: {fault}"));
        let running = Self { app, clock, _folder: None };
        running.apply(&source).await;
        running
    }

    async fn apply(&self, source: &Source) {
        let approver = PersonId(self.app.new_id());
        let command = self.command();
        let applied =
            self.app.apply_playbook(&Caller::system(), command, source, None, approver).await;
        if let Err(fault) = applied {
            panic!("the shipped playbook is not applied: {fault}");
        }
    }

    pub fn command(&self) -> CommandId {
        CommandId(self.app.new_id())
    }

    /// Someone with one post, who can sign in under `login`.
    pub async fn person(&self, login: &str, role: Role, unit: &str, grid: Option<&str>) -> Caller {
        let unit = UnitCode::new(unit);
        let grid = grid.map(GridCode::new);
        let post = NewPost { role, unit: unit.clone(), grid: grid.clone() };
        let person = NewPerson {
            login: login.to_owned(),
            name: login.to_owned(),
            phone: None,
            password: Some(PASSWORD.to_owned()),
            must_change: false,
            posts: vec![post],
        };
        let added = self.app.add_people(&Caller::system(), self.command(), vec![person]).await;
        let ids = added.unwrap_or_else(|fault| panic!("{login} is not added: {fault}"));
        Caller { actor: Actor { role, person: ids.first().copied(), unit: Some(unit), grid } }
    }

    /// Runs every background task once: words are indexed, entries sealed.
    pub async fn rest(&self) {
        if let Err(fault) = self.app.run_tasks().await {
            panic!("a background task failed: {fault}");
        }
    }
}
