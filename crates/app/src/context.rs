//! The application of one county, and who is asking.

use std::sync::{Arc, Mutex, RwLock};

use bihuan_domain::access::{Role, Scope, scope};
use bihuan_domain::ids::{CommandId, CountyCode, MatterId, PersonId};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::{Entry, Head};
use bihuan_domain::matter::Actor;
use bihuan_domain::place::Outlines;
use bihuan_store::engine::{Foreseen, WorkFuture};
use bihuan_store::read::Reach;
use bihuan_store::{Store, Tx};
use sha2::{Digest, Sha256};
use tokio::sync::Notify;
use uuid::{Builder, Uuid};

use crate::background::runs::TaskRuns;
use crate::commands::attempts::{Counter, Spent};
use crate::error::Result;
use crate::keys::Keys;
use crate::passwords::Passwords;
use crate::ports::{Blobs, Clock, Courier, Entropy};
use crate::rules::Rules;

/// Everything a command or query needs. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
    clock: Arc<dyn Clock>,
    outlines: Arc<Outlines>,
}

struct Inner {
    store: Store,
    county: CountyCode,
    keys: Keys,
    entropy: Arc<dyn Entropy>,
    blobs: Arc<dyn Blobs>,
    couriers: Vec<Arc<dyn Courier>>,
    rules: RwLock<Arc<Rules>>,
    /// Held while the rules are read, so that an older reading never replaces a
    /// newer one.
    reading: tokio::sync::Mutex<()>,
    nudge: Notify,
    task_runs: Mutex<TaskRuns>,
    spent: Mutex<Spent>,
    passwords: Passwords,
}

/// What the composition root puts in.
pub struct Outside {
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub blobs: Arc<dyn Blobs>,
    pub couriers: Vec<Arc<dyn Courier>>,
}

/// Someone who asks, under one post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub actor: Actor,
}

impl Caller {
    pub const fn reporter() -> Self {
        Self { actor: Actor::reporter() }
    }

    pub const fn system() -> Self {
        Self { actor: Actor::system() }
    }

    pub const fn role(&self) -> Role {
        self.actor.role
    }

    pub const fn person(&self) -> Option<PersonId> {
        self.actor.person
    }
}

/// What makes a command the same command when it is sent again: its id, who
/// sends it and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub command: CommandId,
    pub digest: String,
    /// The address it is counted against, of somebody without an account.
    pub(crate) from: Option<Counter>,
}

impl Sender {
    /// `said` is all that was sent, in its order.
    pub fn new<'a>(command: CommandId, said: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hash = Sha256::new();
        for part in said {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let digest = data_encoding::HEXLOWER.encode(&hash.finalize());
        Self { command, digest, from: None }
    }

    /// Counted against this address, once however often it is sent.
    #[must_use]
    pub fn counted_against(self, from: &str) -> Self {
        Self { from: Some(Counter::report(from)), ..self }
    }
}

impl App {
    pub async fn open(
        store: Store,
        county: CountyCode,
        keys: Keys,
        outside: Outside,
    ) -> Result<Self> {
        let rules = Rules::load(&store, &county).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                store,
                county,
                keys,
                entropy: outside.entropy,
                blobs: outside.blobs,
                couriers: outside.couriers,
                rules: RwLock::new(Arc::new(rules)),
                reading: tokio::sync::Mutex::default(),
                nudge: Notify::new(),
                task_runs: Mutex::default(),
                spent: Mutex::default(),
                passwords: Passwords::default(),
            }),
            clock: outside.clock,
            outlines: Arc::default(),
        })
    }

    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    pub fn county(&self) -> &CountyCode {
        &self.inner.county
    }

    pub fn keys(&self) -> &Keys {
        &self.inner.keys
    }

    pub fn blobs(&self) -> &dyn Blobs {
        self.inner.blobs.as_ref()
    }

    pub fn couriers(&self) -> &[Arc<dyn Courier>] {
        &self.inner.couriers
    }

    /// The same application under another clock: what a simulated county does
    /// at several moments can be asked for at once.
    #[must_use]
    pub fn under(&self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self.clone() }
    }

    /// The same application knowing whose place a position is.
    #[must_use]
    pub fn with_outlines(&self, outlines: Outlines) -> Self {
        Self { outlines: Arc::new(outlines), ..self.clone() }
    }

    /// The drawn areas of the county; empty where it has drawn none.
    pub fn outlines(&self) -> &Outlines {
        &self.outlines
    }

    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.inner.entropy.fill(&mut bytes);
        bytes
    }

    /// A UUID of version 7, so that keys rise with time.
    pub fn new_id(&self) -> Uuid {
        let millis = self.now().micros().div_euclid(1000).unsigned_abs();
        Builder::from_unix_timestamp_millis(millis, &self.random()).into_uuid()
    }

    pub fn rules(&self) -> Arc<Rules> {
        match self.inner.rules.read() {
            Ok(rules) => Arc::clone(&rules),
            // A writer only swaps a pointer, so what a poisoned lock holds is whole.
            Err(poisoned) => Arc::clone(&poisoned.into_inner()),
        }
    }

    /// Reads the rules again after one of them changed.
    pub async fn reload_rules(&self) -> Result<()> {
        let _reading = self.inner.reading.lock().await;
        let rules = Arc::new(Rules::load(self.store(), self.county()).await?);
        match self.inner.rules.write() {
            Ok(mut held) => *held = rules,
            Err(poisoned) => *poisoned.into_inner() = rules,
        }
        Ok(())
    }

    /// Runs `work` in one transaction; see [`Store::write`].
    pub(crate) async fn write<T, W>(&self, work: W) -> Result<T>
    where
        T: Send + 'static,
        W: for<'a> Fn(&'a Self, &'a mut Tx) -> WorkFuture<'a, Result<T>> + Send + Sync + 'static,
    {
        self.write_foreseen(None, work).await
    }

    /// The same for what was sent about a matter; a new one has none yet.
    pub(crate) async fn write_sent<T, W>(
        &self,
        sender: &Sender,
        matter: Option<MatterId>,
        work: W,
    ) -> Result<T>
    where
        T: Send + 'static,
        W: for<'a> Fn(&'a Self, &'a mut Tx) -> WorkFuture<'a, Result<T>> + Send + Sync + 'static,
    {
        self.may_send(sender).await?;
        let foreseen = Foreseen {
            county: self.county().clone(),
            command: sender.command,
            matter,
            attempt: sender.from.as_ref().map(|counter| counter.key.clone()),
        };
        self.write_foreseen(Some(foreseen), work).await
    }

    async fn write_foreseen<T, W>(&self, foreseen: Option<Foreseen>, work: W) -> Result<T>
    where
        T: Send + 'static,
        W: for<'a> Fn(&'a Self, &'a mut Tx) -> WorkFuture<'a, Result<T>> + Send + Sync + 'static,
    {
        let app = self.clone();
        let work = Arc::new(work);
        self.store()
            .write_foreseen(foreseen, move |tx| {
                let app = app.clone();
                let work = Arc::clone(&work);
                Box::pin(async move { work(&app, tx).await })
            })
            .await
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.inner.passwords
    }

    pub(crate) fn spent(&self) -> std::sync::MutexGuard<'_, Spent> {
        // What a poisoned lock holds is whole: writers only put one value in.
        self.inner.spent.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(crate) fn task_runs(&self) -> std::sync::MutexGuard<'_, TaskRuns> {
        // What a poisoned lock holds is whole: writers only put one value in.
        self.inner.task_runs.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Wakes the background tasks: something was appended.
    pub(crate) fn nudge(&self) {
        self.inner.nudge.notify_one();
    }

    pub(crate) async fn nudged(&self) {
        self.inner.nudge.notified().await;
    }

    /// What a caller's lists may show.
    pub fn reach(&self, caller: &Caller) -> Reach {
        let rules = self.rules();
        let subtree = |unit: &bihuan_domain::ids::UnitCode| {
            rules.unit_tree.subtree(unit).into_iter().map(|unit| unit.0).collect()
        };
        match scope(&caller.actor, &rules.unit_tree) {
            Scope::County => Reach::County,
            Scope::Grid(grid) => Reach::Grid(grid.0),
            Scope::Unit(unit) => Reach::Units(subtree(&unit)),
            Scope::Town { unit, grid } => Reach::Town { units: subtree(&unit), grid: grid.0 },
            Scope::Nothing => Reach::Nothing,
        }
    }

    /// Units whose matters a caller must not see because they are about them.
    pub fn own_units(&self, caller: &Caller) -> Vec<String> {
        let rules = self.rules();
        let mut units = Vec::new();
        let mut at = caller.actor.unit.clone();
        while let Some(unit) = at {
            if units.contains(&unit.0) {
                break;
            }
            at = rules.unit_tree.above(&unit).cloned();
            units.push(unit.0);
        }
        units
    }

    /// An entry that follows `head` in `stream`.
    pub(crate) fn entry(
        &self,
        stream: String,
        head: Option<&Head>,
        at: Instant,
        actor: &Actor,
        command: CommandId,
        payload: serde_json::Value,
    ) -> Entry {
        let (seq, prev) = Head::next(head);
        let at = head.map_or(at, |head| at.max(head.at));
        Entry {
            alg: bihuan_domain::journal::Alg::Sha256V1,
            county: self.county().clone(),
            stream,
            seq,
            at,
            actor: actor.clone(),
            command,
            prev,
            payload,
        }
    }
}
