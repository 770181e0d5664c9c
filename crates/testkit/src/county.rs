//! The shipped county, and the way an act becomes entries and rows.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use bihuan_domain::access::UnitTree;
use bihuan_domain::calendar::Calendar;
use bihuan_domain::ids::{CommandId, CountyCode, MatterId};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::{Alg, Entry, Head};
use bihuan_domain::matter::{Actor, Command, Facts, Matter, decide, evolve};
use bihuan_domain::place::{Outline, Outlines, Polygon, Position};
use bihuan_domain::playbook::{Playbook, Source, check};
use bihuan_domain::refusal::Refusal;
use bihuan_store::{Loaded, StoreError, Tx, project};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../playbooks/xingyang");

/// A county's rules, ready to decide by.
#[derive(Debug)]
pub struct County {
    pub code: CountyCode,
    pub playbook: Playbook,
    pub calendar: Calendar,
    pub units: UnitTree,
}

/// Something asked to be done.
#[derive(Clone, Debug)]
pub struct Act {
    pub matter: MatterId,
    pub id: CommandId,
    pub command: Command,
    pub actor: Actor,
    pub at: Instant,
}

/// Why an act was not recorded.
#[derive(Debug)]
pub enum NotDone {
    Refused(Refusal),
    Failed(StoreError),
}

impl From<StoreError> for NotDone {
    fn from(fault: StoreError) -> Self {
        Self::Failed(fault)
    }
}

impl County {
    /// The playbook shipped with the system.
    pub fn xingyang() -> Arc<Self> {
        let checked = check(&shipped())
            .unwrap_or_else(|found| panic!("the shipped playbook has errors: {found:?}"));
        let playbook = checked.playbook;
        let units = playbook.units.iter();
        let units = units.map(|unit| (unit.code.clone(), unit.above.clone(), unit.grid.clone()));
        Arc::new(Self {
            code: playbook.county.clone(),
            units: UnitTree::new(units),
            calendar: Calendar::shipped(playbook.work.clone()),
            playbook,
        })
    }

    fn facts<'a>(&'a self, other: Option<&'a Matter>) -> Facts<'a> {
        Facts {
            playbook: &self.playbook,
            calendar: &self.calendar,
            units: &self.units,
            other,
            open_parts: 0,
            over: &[],
        }
    }

    /// What the act would lead to, without recording it: the entries, and the
    /// matter after them.
    pub fn decide(
        &self,
        before: Option<&Loaded>,
        act: &Act,
        other: Option<&Matter>,
    ) -> Result<(Vec<Entry>, Loaded), Refusal> {
        let matter = before.map(|loaded| &loaded.matter);
        let at = matter.map_or(act.at, |matter| act.at.max(matter.last_at));
        let facts = self.facts(other);
        let events = decide(act.matter, matter, &act.command, &act.actor, &facts, at)?;
        let mut head = before.map(|loaded| loaded.head);
        let mut state = matter.cloned();
        let mut entries = Vec::new();
        for event in events {
            let (seq, prev) = Head::next(head.as_ref());
            let entry = Entry {
                alg: Alg::Sha256V1,
                county: self.code.clone(),
                stream: Entry::stream_of(act.matter),
                seq,
                at,
                actor: act.actor.clone(),
                command: act.id,
                prev,
                payload: serde_json::to_value(&event)
                    .unwrap_or_else(|fault| panic!("an event is not JSON: {fault}")),
            };
            let hash = entry.hash().unwrap_or_else(|fault| panic!("no canonical text: {fault}"));
            head = Some(Head { seq, hash, at });
            state = evolve(state, act.matter, at, &act.actor, &event);
            entries.push(entry);
        }
        match state.zip(head) {
            Some((matter, head)) => Ok((entries, Loaded { matter, head })),
            None => panic!("an act without events: {act:?}"),
        }
    }

    /// Takes the act within a transaction.
    pub async fn take(&self, tx: &mut Tx, act: &Act) -> Result<Loaded, NotDone> {
        let other = match &act.command {
            Command::Merge { into } => tx.matter(&self.code, *into).await?,
            _ => None,
        };
        let before = tx.matter(&self.code, act.matter).await?;
        let other = other.as_ref().map(|loaded| &loaded.matter);
        let (entries, after) =
            self.decide(before.as_ref(), act, other).map_err(NotDone::Refused)?;
        tx.append(&entries)?;
        let rows = project::rows(
            &self.code,
            &after.matter,
            &self.playbook,
            before.as_ref().map(|b| &b.matter),
        );
        tx.put_matter(&self.code, after.clone(), rows);
        Ok(after)
    }

    /// Takes the act in a transaction of its own.
    pub async fn record(
        self: &Arc<Self>,
        store: &bihuan_store::Store,
        act: &Act,
    ) -> Result<Loaded, NotDone> {
        let county = Arc::clone(self);
        let act = act.clone();
        store
            .write(move |tx| {
                let county = Arc::clone(&county);
                let act = act.clone();
                Box::pin(async move { county.take(tx, &act).await })
            })
            .await
    }
}

/// The files of the shipped playbook.
pub fn shipped() -> Source {
    let mut files = Vec::new();
    read_folder(Path::new(FOLDER), &mut files);
    Source::new(files)
}

fn read_folder(folder: &Path, files: &mut Vec<(String, String)>) {
    let listed = fs::read_dir(folder).unwrap_or_else(|f| panic!("{}: {f}", folder.display()));
    for entry in listed.flatten() {
        let path = entry.path();
        if path.is_dir() {
            read_folder(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "toml") {
            let name = path.strip_prefix(FOLDER).unwrap_or(&path);
            let text = fs::read_to_string(&path)
                .unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
            files.push((name.to_string_lossy().replace('\\', "/"), text));
        }
    }
}

/// A small square around each coded place for its grid, and one around all of
/// them for the county.
pub fn around_places(playbook: &Playbook) -> Outlines {
    const SIDE: i32 = 400;
    let positions = || playbook.places.iter().filter_map(|place| place.position);
    let grids = playbook.places.iter().filter_map(|place| {
        let at = place.position?;
        Some((place.grid.clone(), square(at, at, SIDE)))
    });
    let low = Position {
        lat_e6: positions().map(|at| at.lat_e6).min().unwrap_or_default(),
        lon_e6: positions().map(|at| at.lon_e6).min().unwrap_or_default(),
    };
    let high = Position {
        lat_e6: positions().map(|at| at.lat_e6).max().unwrap_or_default(),
        lon_e6: positions().map(|at| at.lon_e6).max().unwrap_or_default(),
    };
    Outlines::new(Some(square(low, high, 10 * SIDE)), grids.collect()).as_example()
}

fn square(low: Position, high: Position, beyond: i32) -> Outline {
    let (south, west) = (low.lat_e6 - beyond, low.lon_e6 - beyond);
    let (north, east) = (high.lat_e6 + beyond, high.lon_e6 + beyond);
    let corners = [(south, west), (south, east), (north, east), (north, west)];
    let ring = corners.map(|(lat_e6, lon_e6)| Position { lat_e6, lon_e6 }).to_vec();
    let outline = Polygon::new(ring, Vec::new()).and_then(|polygon| Outline::new(vec![polygon]));
    outline.unwrap_or_else(|fault| panic!("a square is no area: {fault}"))
}
