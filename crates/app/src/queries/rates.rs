//! Rates by unit for a period. Units are compared, never people; a rate is its
//! two numbers, and the total is counted over the same rows.

use std::collections::BTreeMap;

use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::model::Text;
use bihuan_store::read::{By, Filter, Period, Reach};

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::Result;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitFigures {
    /// None where no unit was given the matters.
    pub unit: Option<String>,
    pub name: Option<Text>,
    pub open: i64,
    pub overdue: i64,
    pub closed: i64,
    pub on_time: i64,
    pub rated: i64,
    pub fixed: i64,
    pub reopened: i64,
}

pub struct UnitRates {
    /// The most overdue first: where help is needed, not who is best.
    pub units: Vec<UnitFigures>,
    pub total: UnitFigures,
    pub now: Instant,
}

impl UnitFigures {
    fn add(&mut self, other: &Self) {
        self.open += other.open;
        self.overdue += other.overdue;
        self.closed += other.closed;
        self.on_time += other.on_time;
        self.rated += other.rated;
        self.fixed += other.fixed;
        self.reopened += other.reopened;
    }
}

impl App {
    /// Whether the caller may take the rates away as a file.
    pub fn may_export_rates(&self, caller: &Caller) -> Result<()> {
        self.require(caller, Admin::Export)
    }

    /// `from` and `to` bound when matters were closed: [from, to).
    pub async fn unit_rates(
        &self,
        caller: &Caller,
        from: Instant,
        to: Instant,
        class: Option<String>,
    ) -> Result<UnitRates> {
        self.require(caller, Admin::SeeFigures)?;
        let now = self.now();
        let reach = self.reach(caller);
        let filter = self.of_catalogue(Filter { class, ..self.not_own(caller) });
        let mut units: BTreeMap<Option<String>, UnitFigures> = BTreeMap::new();
        for row in self.store().open_by_unit(self.county(), &reach, &filter, now).await? {
            let unit = units.entry(row.unit).or_default();
            unit.open = row.open;
            unit.overdue = row.overdue;
        }
        let period = Period { from, to };
        let by = By::LeadUnit;
        for row in self.store().rates(self.county(), &reach, &filter, period, by).await? {
            let unit = units.entry(row.of).or_default();
            unit.closed = row.closed;
            unit.on_time = row.on_time;
            unit.rated = row.rated;
            unit.fixed = row.fixed;
            unit.reopened = row.reopened;
        }
        if let Reach::Units(own) = &reach {
            // Another unit's figures would hold only what both handle.
            units.retain(|unit, _| unit.as_ref().is_some_and(|unit| own.contains(unit)));
        }
        let rules = self.rules();
        let mut units: Vec<UnitFigures> = units
            .into_iter()
            .map(|(unit, figures)| UnitFigures {
                name: unit.as_deref().map(|unit| rules.unit_name(unit)),
                unit,
                ..figures
            })
            .collect();
        units.sort_by(|a, b| b.overdue.cmp(&a.overdue).then_with(|| a.unit.cmp(&b.unit)));
        let mut total = UnitFigures::default();
        for unit in &units {
            total.add(unit);
        }
        Ok(UnitRates { units, total, now })
    }
}
