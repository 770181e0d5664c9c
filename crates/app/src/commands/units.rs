//! The organisation: adding units and merging one into another.

use bihuan_domain::county::CountyEvent;
use bihuan_domain::ids::{CommandId, UnitCode};
use bihuan_domain::matter::Event;
use bihuan_domain::playbook::model::Unit;
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::read::{Filter, Order, Reach};
use bihuan_store::registers::UnitRow;

use super::act::Work;
use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

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
        let rules = self.rules();
        if let Some(known) = units.iter().find(|unit| rules.units.contains_key(&unit.code)) {
            return Err(Refusal::new(Reason::UnitCodeTaken).with("unit", &known.code).into());
        }
        let caller = caller.clone();
        self.write(move |app, tx| {
            let (units, caller) = (units.clone(), caller.clone());
            Box::pin(async move {
                let mut events = Vec::with_capacity(units.len());
                for unit in &units {
                    tx.put_unit(app.county(), &row(unit)).await?;
                    events.push(CountyEvent::UnitAdded {
                        unit: unit.code.clone(),
                        above: unit.above.clone(),
                    });
                }
                app.record(tx, &caller, command, &events).await
            })
        })
        .await?;
        self.reload_rules().await
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
        let rules = self.rules();
        for unit in [from, into] {
            if !rules.unit_tree.contains(unit) {
                return Err(Refusal::new(Reason::UnknownUnit).with("unit", unit).into());
            }
        }
        if rules.unit_tree.within(into, from) {
            return Err(Refusal::new(Reason::SameUnit).with("unit", into).into());
        }
        let filter =
            Filter { units: Some(vec![from.0.clone()]), open: Some(true), ..Filter::default() };
        let open = self
            .store()
            .matters(self.county(), &Reach::County, &filter, Order::Due, None, HANDED_AT_ONCE)
            .await?;
        if open.next.is_some() {
            return Err(Refusal::new(Reason::TooMuchOpenWork).with("limit", HANDED_AT_ONCE).into());
        }
        let matters: Vec<_> = open.rows.iter().filter_map(|row| row.matter.parse().ok()).collect();
        let handed = matters.len();
        let (caller, from, into) = (caller.clone(), from.clone(), into.clone());
        self.write(move |app, tx| {
            let (matters, caller) = (matters.clone(), caller.clone());
            let (from, into) = (from.clone(), into.clone());
            Box::pin(async move {
                let rules = app.rules();
                let mut work = Work::new(app, &rules, command, app.now());
                for id in &matters {
                    work.load(tx, *id).await?;
                    let handed = Event::UnitReplaced { from: from.clone(), into: into.clone() };
                    work.append(*id, &[handed], &caller.actor)?;
                }
                if let Some(first) = matters.first() {
                    work.finish(tx, *first)?;
                }
                let old = rules.units.get(&from).ok_or(Error::NotFound)?;
                let mut gone = row(&Unit {
                    code: old.code.clone(),
                    name: old.name.clone(),
                    above: old.above.clone(),
                    grid: None,
                });
                gone.merged_into = Some(into.0.clone());
                gone.retired_us = Some(app.now().micros());
                tx.put_unit(app.county(), &gone).await?;
                for below in rules.units.values() {
                    if below.above.as_ref() == Some(&from) && !below.is_gone {
                        let moved = row(&Unit {
                            code: below.code.clone(),
                            name: below.name.clone(),
                            above: Some(into.clone()),
                            grid: below.grid.clone(),
                        });
                        tx.put_unit(app.county(), &moved).await?;
                    }
                }
                tx.move_posts(app.county(), &from.0, &into.0).await?;
                let merged = CountyEvent::UnitMerged { from: from.clone(), into: into.clone() };
                app.record(tx, &caller, command, &[merged]).await
            })
        })
        .await?;
        self.reload_rules().await?;
        Ok(handed)
    }
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
