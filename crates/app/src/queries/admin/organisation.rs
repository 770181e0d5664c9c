//! The tree of units, and what a merger would hand over.

use std::collections::BTreeMap;

use bihuan_domain::ids::{GridCode, UnitCode};
use bihuan_domain::playbook::model::Text;

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// A unit in its place in the tree, parents before children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLine {
    pub code: UnitCode,
    pub name: Text,
    pub depth: u8,
    pub grid: Option<GridCode>,
    pub people: i64,
    pub open: i64,
    /// Merged into another; kept for what it did.
    pub merged_into: Option<Text>,
    pub is_gone: bool,
}

/// What goes over in a merger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merging {
    pub name: Text,
    pub open: i64,
    pub people: i64,
}

impl App {
    pub async fn units(&self, caller: &Caller) -> Result<Vec<UnitLine>> {
        self.require(caller, Admin::KeepUnits)?;
        let people: BTreeMap<String, i64> =
            self.store().people_by_unit(self.county()).await?.into_iter().collect();
        let rows = self.store().units(self.county()).await?;
        let merged: BTreeMap<String, String> =
            rows.into_iter().filter_map(|row| Some((row.code, row.merged_into?))).collect();
        let rules = self.rules();
        let mut below: BTreeMap<Option<&UnitCode>, Vec<&UnitCode>> = BTreeMap::new();
        for unit in rules.units.values() {
            // A unit whose superior is not known stands at the root.
            let above = unit.above.as_ref().filter(|above| rules.units.contains_key(above));
            below.entry(above).or_default().push(&unit.code);
        }
        let mut lines = Vec::new();
        let mut waiting: Vec<(&UnitCode, u8)> =
            below.get(&None).into_iter().flatten().rev().map(|code| (*code, 0)).collect();
        while let Some((code, depth)) = waiting.pop() {
            let Some(unit) = rules.units.get(code) else { continue };
            let under = below.get(&Some(code)).into_iter().flatten().rev();
            waiting.extend(under.map(|code| (*code, depth.saturating_add(1))));
            lines.push(UnitLine {
                name: unit.name.clone(),
                depth,
                grid: unit.grid.clone(),
                people: people.get(code.as_str()).copied().unwrap_or_default(),
                open: self.open_in(code).await?,
                merged_into: merged.get(code.as_str()).map(|into| rules.unit_name(into)),
                is_gone: unit.is_gone,
                code: code.clone(),
            });
        }
        Ok(lines)
    }

    pub async fn merging(&self, caller: &Caller, from: &UnitCode) -> Result<Merging> {
        self.require(caller, Admin::KeepUnits)?;
        let rules = self.rules();
        let unit = rules.units.get(from).filter(|unit| !unit.is_gone).ok_or(Error::NotFound)?;
        let people = self.store().people_by_unit(self.county()).await?;
        let people = people.into_iter().find(|(unit, _)| unit == from.as_str());
        Ok(Merging {
            name: unit.name.clone(),
            open: self.open_in(from).await?,
            people: people.map_or(0, |(_, count)| count),
        })
    }
}
