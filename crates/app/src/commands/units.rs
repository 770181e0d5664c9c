//! The organisation: adding units and merging one into another. What is refused
//! is judged within the transaction, on units that nobody else changes meanwhile.

use bihuan_domain::access::UnitTree;
use bihuan_domain::county::CountyEvent;
use bihuan_domain::ids::{CommandId, GridCode, MatterId, UnitCode};
use bihuan_domain::matter::Event;
use bihuan_domain::playbook::model::Unit;
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::Tx;
use bihuan_store::registers::UnitRow;

use super::act::Work;
use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::Result;

/// Matters handed over in one transaction at most.
const HANDED_AT_ONCE: u32 = 500;

impl App {
    pub async fn add_units(
        &self,
        caller: &Caller,
        command: CommandId,
        units: Vec<Unit>,
    ) -> Result<()> {
        self.require(caller, Admin::KeepUnits)?;
        let caller = caller.clone();
        self.write(move |app, tx| {
            let (units, caller) = (units.clone(), caller.clone());
            Box::pin(async move {
                tx.hold_units(app.county()).await?;
                let known = tx.units(app.county()).await?;
                let is_known = |unit: &&Unit| known.iter().any(|row| row.code == unit.code.0);
                if let Some(taken) = units.iter().find(is_known) {
                    return Err(Refusal::new(Reason::UnitCodeTaken)
                        .with("unit", &taken.code)
                        .into());
                }
                app.put_units(tx, &caller, command, &known, &units).await
            })
        })
        .await?;
        self.reload_rules().await
    }

    /// Adds the units a playbook names that are not there yet. Those that are
    /// stay as administrators have kept them.
    pub(super) async fn add_missing_units(
        &self,
        command: CommandId,
        units: Vec<Unit>,
    ) -> Result<()> {
        self.write(move |app, tx| {
            let mut units = units.clone();
            Box::pin(async move {
                tx.hold_units(app.county()).await?;
                let known = tx.units(app.county()).await?;
                units.retain(|unit| known.iter().all(|row| row.code != unit.code.0));
                for unit in &mut units {
                    unit.above = unit.above.take().map(|above| goes_on(&known, above));
                }
                app.put_units(tx, &Caller::system(), command, &known, &units).await
            })
        })
        .await?;
        self.reload_rules().await
    }

    async fn put_units(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        command: CommandId,
        known: &[UnitRow],
        units: &[Unit],
    ) -> Result<()> {
        check_tree(known, units)?;
        let mut events = Vec::with_capacity(units.len());
        for unit in units {
            tx.add_unit(self.county(), &row(unit)).await?;
            events.push(CountyEvent::UnitAdded {
                unit: unit.code.clone(),
                above: unit.above.clone(),
            });
        }
        self.record(tx, caller, command, &events).await
    }

    /// `from` ends: its posts and its open work go to `into` in one act.
    pub async fn merge_units(
        &self,
        caller: &Caller,
        command: CommandId,
        from: &UnitCode,
        into: &UnitCode,
    ) -> Result<usize> {
        self.require(caller, Admin::KeepUnits)?;
        let merger = Merger { from: from.clone(), into: into.clone() };
        let caller = caller.clone();
        let handed = self
            .write(move |app, tx| {
                let (merger, caller) = (merger.clone(), caller.clone());
                Box::pin(async move {
                    let county = app.county();
                    let Merger { from, into } = &merger;
                    tx.hold_units(county).await?;
                    merger.check(&tree(&tx.units(county).await?))?;
                    let handed = app.hand_over(tx, &caller, command, &merger).await?;
                    tx.merge_unit(county, from.as_str(), into.as_str(), app.now()).await?;
                    tx.move_units(county, from.as_str(), into.as_str()).await?;
                    tx.move_posts(county, from.as_str(), into.as_str()).await?;
                    let merged = CountyEvent::UnitMerged { from: from.clone(), into: into.clone() };
                    app.record(tx, &caller, command, &[merged]).await?;
                    Ok(handed)
                })
            })
            .await?;
        self.reload_rules().await?;
        Ok(handed)
    }

    async fn hand_over(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        command: CommandId,
        merger: &Merger,
    ) -> Result<usize> {
        let most = HANDED_AT_ONCE + 1;
        let matters = tx.open_matters_of(self.county(), merger.from.as_str(), most).await?;
        if matters.len() > HANDED_AT_ONCE as usize {
            return Err(Refusal::new(Reason::TooMuchOpenWork).with("limit", HANDED_AT_ONCE).into());
        }
        let Some(first) = matters.first().copied() else { return Ok(0) };
        let rules = self.rules();
        let mut work = Work::new(self, &rules, command, self.now());
        for id in &matters {
            hand(tx, &mut work, *id, caller, merger).await?;
        }
        work.finish(tx, first)?;
        Ok(matters.len())
    }
}

async fn hand(
    tx: &mut Tx,
    work: &mut Work<'_>,
    id: MatterId,
    caller: &Caller,
    merger: &Merger,
) -> Result<()> {
    work.load(tx, id).await?;
    let (from, into) = (merger.from.clone(), merger.into.clone());
    work.append(id, &[Event::UnitReplaced { from, into }], &caller.actor)
}

#[derive(Clone)]
struct Merger {
    from: UnitCode,
    into: UnitCode,
}

impl Merger {
    /// Refuses a unit that does not stand, and one below the unit that ends.
    fn check(&self, tree: &UnitTree) -> Result<()> {
        for unit in [&self.from, &self.into] {
            if !tree.contains(unit) {
                return Err(Refusal::new(Reason::UnknownUnit).with("unit", unit).into());
            }
        }
        if tree.within(&self.into, &self.from) {
            return Err(Refusal::new(Reason::SameUnit).with("unit", &self.into).into());
        }
        Ok(())
    }
}

/// Refuses units below one that does not stand, or in a circle.
fn check_tree(known: &[UnitRow], units: &[Unit]) -> Result<()> {
    let added = units.iter().map(|unit| (unit.code.clone(), unit.above.clone(), None));
    let tree = UnitTree::new(standing(known).chain(added));
    for above in units.iter().filter_map(|unit| unit.above.as_ref()) {
        if !tree.contains(above) {
            return Err(Refusal::new(Reason::UnknownUnit).with("unit", above).into());
        }
    }
    if let Some(unit) = units.iter().find(|unit| tree.is_above_itself(&unit.code)) {
        return Err(Refusal::new(Reason::UnitAboveItself).with("unit", &unit.code).into());
    }
    Ok(())
}

/// The units that stand, as a tree.
pub(super) fn tree(known: &[UnitRow]) -> UnitTree {
    UnitTree::new(standing(known))
}

type Place = (UnitCode, Option<UnitCode>, Option<GridCode>);

fn standing(known: &[UnitRow]) -> impl Iterator<Item = Place> {
    known.iter().filter(|row| row.retired_us.is_none()).map(|row| {
        let above = row.above.clone().map(UnitCode::new);
        (UnitCode::new(row.code.clone()), above, row.grid.clone().map(GridCode::new))
    })
}

/// The unit that goes on for one that was merged.
fn goes_on(known: &[UnitRow], unit: UnitCode) -> UnitCode {
    let mut unit = unit;
    for _ in known {
        let row = known.iter().find(|row| row.code == unit.0);
        let Some(into) = row.and_then(|row| row.merged_into.clone()) else { break };
        unit = UnitCode::new(into);
    }
    unit
}

fn row(unit: &Unit) -> UnitRow {
    UnitRow {
        code: unit.code.0.clone(),
        name_zh: unit.name.zh.clone(),
        name_en: unit.name.en.clone(),
        above: unit.above.as_ref().map(|above| above.0.clone()),
        grid: unit.grid.as_ref().map(|grid| grid.0.clone()),
        merged_into: None,
        retired_us: None,
    }
}
