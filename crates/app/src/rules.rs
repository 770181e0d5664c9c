//! The rules in force, read whole and kept in memory: playbook versions,
//! holidays, the tree of units. Replaced as a whole when any of them changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use bihuan_domain::access::UnitTree;
use bihuan_domain::calendar::{Calendar, HolidayYear};
use bihuan_domain::ids::{CountyCode, GridCode, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::COUNTY_STREAM;
use bihuan_domain::playbook::model::{Grid, Playbook, Text};
use bihuan_domain::playbook::{Source, check};
use bihuan_store::Store;

use crate::error::{Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitName {
    pub code: UnitCode,
    pub name: Text,
    pub above: Option<UnitCode>,
    pub grid: Option<GridCode>,
    /// Merged into another or retired: keeps its name in old matters.
    pub is_gone: bool,
}

/// A playbook version and from when new matters are filed under it.
#[derive(Clone, Debug)]
pub struct Version {
    pub playbook: Arc<Playbook>,
    pub calendar: Arc<Calendar>,
    pub from: Instant,
    pub hash: String,
    pub reverted: bool,
    /// It was in force from the moment it was applied.
    held_at_once: bool,
    grids: Arc<BTreeMap<GridCode, usize>>,
}

#[derive(Clone, Debug, Default)]
pub struct Rules {
    versions: BTreeMap<String, Version>,
    pub holidays: Vec<HolidayYear>,
    /// How long the county's stream was before these were read: whatever changes
    /// them is recorded there, by this process or by another.
    read_at: u64,
    pub unit_tree: Arc<UnitTree>,
    pub units: BTreeMap<UnitCode, UnitName>,
}

impl Rules {
    pub async fn load(store: &Store, county: &CountyCode) -> Result<Self> {
        let read_at = store.length(county, COUNTY_STREAM).await?;
        let mut rules = Self { holidays: HolidayYear::shipped(), read_at, ..Self::default() };
        for row in store.holidays(county).await? {
            let year = HolidayYear::parse(&row.body)
                .map_err(|fault| Error::Internal(format!("holidays of {}: {fault}", row.year)))?;
            rules.holidays.retain(|known| known.year() != year.year());
            rules.holidays.push(year);
        }
        for row in store.playbooks(county).await? {
            let files: Vec<(String, String)> = serde_json::from_str(&row.files)
                .map_err(|fault| Error::Internal(format!("playbook {}: {fault}", row.version)))?;
            let checked = check(&Source::new(files)).map_err(|_| {
                Error::Internal(format!("playbook {} no longer passes its check", row.version))
            })?;
            let mut version = Version::new(
                checked.playbook,
                &rules.holidays,
                Instant::from_micros(row.from_us),
                row.hash,
                row.reverted_us.is_some(),
            );
            version.held_at_once = row.from_us <= row.applied_us;
            rules.versions.insert(row.version, version);
        }
        rules.take_units(store.units(county).await?);
        Ok(rules)
    }

    fn take_units(&mut self, rows: Vec<bihuan_store::registers::UnitRow>) {
        for row in rows {
            let unit = UnitName {
                code: UnitCode::new(row.code),
                name: Text { zh: row.name_zh, en: row.name_en },
                above: row.above.map(UnitCode::new),
                grid: row.grid.map(GridCode::new),
                is_gone: row.retired_us.is_some(),
            };
            self.units.insert(unit.code.clone(), unit);
        }
        let standing = self.units.values().filter(|unit| !unit.is_gone);
        self.unit_tree = Arc::new(UnitTree::new(
            standing.map(|unit| (unit.code.clone(), unit.above.clone(), unit.grid.clone())),
        ));
    }

    pub(crate) const fn read_at(&self) -> u64 {
        self.read_at
    }

    /// The version new matters are filed under at `now`. A clock that was set
    /// back behind a county's first does not leave it without rules.
    pub fn in_force(&self, now: Instant) -> Result<&Version> {
        let standing = || self.versions.values().filter(|version| !version.reverted);
        let by_clock = standing().filter(|version| version.from <= now);
        let held = || standing().filter(|version| version.held_at_once);
        by_clock
            .max_by_key(|version| version.from)
            .or_else(|| held().min_by_key(|version| version.from))
            .ok_or_else(|| Error::Internal("no playbook is in force".to_owned()))
    }

    /// The version that is in force again when `current` is taken back.
    pub fn before(&self, current: &str, now: Instant) -> Option<String> {
        self.versions
            .iter()
            .filter(|(name, version)| *name != current && !version.reverted && version.from <= now)
            .max_by_key(|(_, version)| version.from)
            .map(|(name, _)| name.clone())
    }

    /// The version a matter keeps. One that is not known was put in force by
    /// another process a moment ago.
    pub fn version(&self, version: &str) -> Result<&Version> {
        self.versions
            .get(version)
            .ok_or_else(|| Error::Unavailable(format!("playbook {version} is not known yet")))
    }

    /// Whether no playbook was ever applied: the first may be applied alone.
    pub fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }

    pub fn versions(&self) -> impl Iterator<Item = (&String, &Version)> {
        self.versions.iter()
    }

    pub fn unit_name(&self, code: &str) -> Text {
        self.units.get(&UnitCode::new(code)).map_or_else(
            || Text { zh: code.to_owned(), en: code.to_owned() },
            |unit| unit.name.clone(),
        )
    }
}

impl Version {
    fn new(
        playbook: Playbook,
        holidays: &[HolidayYear],
        from: Instant,
        hash: String,
        reverted: bool,
    ) -> Self {
        let calendar = Calendar::new(holidays.to_vec(), playbook.work.clone());
        let grids =
            playbook.grids.iter().enumerate().map(|(at, grid)| (grid.code.clone(), at)).collect();
        Self {
            playbook: Arc::new(playbook),
            calendar: Arc::new(calendar),
            from,
            hash,
            reverted,
            held_at_once: false,
            grids: Arc::new(grids),
        }
    }

    pub fn grid(&self, code: &GridCode) -> Option<&Grid> {
        self.grids.get(code).and_then(|at| self.playbook.grids.get(*at))
    }
}
