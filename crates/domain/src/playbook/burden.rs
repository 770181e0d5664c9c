//! 为基层减负: how much a year may lay on one unit, and what villages answer for.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Playbook, Text};
use crate::ids::{RegimeCode, UnitCode};
use crate::matter::{Brief, Burden};

/// Key of a task's line of the duty list among the codes of its brief.
pub const DUTY: &str = "duty";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Burdens {
    /// What is not here is counted nowhere and has no limit.
    pub budgets: BTreeMap<Burden, Budget>,
    /// 村级职责清单. Without one, villages may be given anything.
    pub duties: Vec<Duty>,
    /// Figures and list are ours and not the county's own.
    pub example: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Times a year one unit may have it.
    pub yearly: u32,
    /// Regimes whose matters are counted; none for meetings, which are held
    /// about matters of any.
    pub regimes: BTreeSet<RegimeCode>,
    /// The rule it follows, or that there is none.
    pub basis: Text,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    pub code: String,
    pub name: Text,
}

impl Burdens {
    pub fn budget(&self, what: Burden) -> Option<&Budget> {
        self.budgets.get(&what)
    }

    /// What a matter of this regime is for the units it goes to.
    pub fn of_regime(&self, regime: &RegimeCode) -> Option<Burden> {
        let mut budgets = self.budgets.iter();
        budgets.find(|(_, budget)| budget.regimes.contains(regime)).map(|(what, _)| *what)
    }

    pub fn duty(&self, code: &str) -> Option<&Duty> {
        self.duties.iter().find(|duty| duty.code == code)
    }
}

impl Playbook {
    pub fn is_village(&self, unit: &UnitCode) -> bool {
        self.unit(unit).is_some_and(|unit| unit.village)
    }

    /// Whether a matter may go to a unit as far as the duties of villages go:
    /// what is demanded of a village stands in its list.
    pub fn is_of_their_duties(
        &self,
        regime: &RegimeCode,
        unit: &UnitCode,
        duty: Option<&str>,
    ) -> bool {
        self.burdens.duties.is_empty()
            || self.burdens.of_regime(regime) != Some(Burden::Demands)
            || !self.is_village(unit)
            || duty.is_some_and(|code| self.burdens.duty(code).is_some())
    }
}

impl Brief {
    /// The line of the duty list it falls under, as its drafter says.
    pub fn duty(&self) -> Option<&str> {
        self.codes.get(DUTY).map(String::as_str)
    }
}
