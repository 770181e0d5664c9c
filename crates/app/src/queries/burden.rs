//! What a year has laid on each unit, against its budgets. Units, never persons.

use std::collections::BTreeMap;

use bihuan_domain::access::Role;
use bihuan_domain::ids::UnitCode;
use bihuan_domain::matter::Burden;
use bihuan_domain::playbook::model::{Budget, Duty, Text};

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// The earliest year there can be figures of.
const FIRST_YEAR: i16 = 2000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub count: i64,
    /// Of those, past a limit by a leader's leave.
    pub passed: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitBurden {
    pub unit: UnitCode,
    pub name: Text,
    pub is_village: bool,
    pub counted: BTreeMap<Burden, Counted>,
}

impl UnitBurden {
    pub fn of(&self, what: Burden) -> Counted {
        self.counted.get(&what).copied().unwrap_or_default()
    }

    fn exceeds(&self, budgets: &BTreeMap<Burden, Budget>) -> i64 {
        let excess = budgets
            .iter()
            .map(|(what, budget)| (self.of(*what).count - i64::from(budget.yearly)).max(0));
        excess.sum()
    }

    fn total(&self) -> i64 {
        self.counted.values().map(|counted| counted.count).sum()
    }
}

#[derive(Clone, Debug)]
pub struct BurdenYear {
    pub year: i16,
    pub this_year: i16,
    /// Those beyond a budget first, then those with most.
    pub units: Vec<UnitBurden>,
    /// Of the playbook in force.
    pub budgets: BTreeMap<Burden, Budget>,
    pub duties: Vec<Duty>,
    pub is_example: bool,
}

impl App {
    pub async fn burden_of_year(&self, caller: &Caller, year: Option<i16>) -> Result<BurdenYear> {
        self.require(caller, Admin::SeeFigures)?;
        if !matches!(caller.role(), Role::Supervisor | Role::Leader | Role::System) {
            return Err(Error::Forbidden);
        }
        let this_year = self.now().date().year();
        let year = year.unwrap_or(this_year).clamp(FIRST_YEAR, this_year + 1);
        let rules = self.rules();
        let playbook = &rules.in_force(self.now())?.playbook;
        let mut units: BTreeMap<String, UnitBurden> = BTreeMap::new();
        for row in self.store().burdens(self.county(), year).await? {
            let Some(what) = Burden::from_code(&row.what) else { continue };
            let code = UnitCode::new(&row.unit);
            let unit = units.entry(row.unit).or_insert_with(|| UnitBurden {
                name: rules.unit_name(code.as_str()),
                is_village: playbook.is_village(&code),
                unit: code,
                counted: BTreeMap::new(),
            });
            unit.counted.insert(what, Counted { count: row.count, passed: row.passed });
        }
        let burdens = &playbook.burdens;
        let mut units: Vec<UnitBurden> = units.into_values().collect();
        units.sort_by_key(|unit| {
            let heaviest = (unit.exceeds(&burdens.budgets), unit.total());
            (std::cmp::Reverse(heaviest), unit.unit.clone())
        });
        Ok(BurdenYear {
            year,
            this_year,
            units,
            budgets: burdens.budgets.clone(),
            duties: burdens.duties.clone(),
            is_example: burdens.example,
        })
    }
}
