//! What a matter lays on units, and what stands against laying it on them.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::kind::{Burden, Stage};
use super::state::Matter;
use crate::access::Role;
use crate::ids::UnitCode;
use crate::matter::facts::Facts;
use crate::playbook::model::Playbook;
use crate::refusal::{Reason, Refusal};

/// One document, meeting, inspection or demand, and the unit that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    pub unit: UnitCode,
    pub what: Burden,
    /// The year of this day counts it.
    pub on: Date,
    /// A leader let it pass over a limit.
    pub passed: bool,
}

/// A draft lays nothing on anybody yet, and what was withdrawn no longer does.
pub fn loads(matter: &Matter, playbook: &Playbook) -> Vec<Load> {
    let mut loads = Vec::new();
    let mut add = |what: Burden, unit: &UnitCode, on: Date| {
        let passed = matter.is_passed_over(unit);
        loads.push(Load { unit: unit.clone(), what, on, passed });
    };
    if playbook.burdens.budget(Burden::Meetings).is_some() {
        for (at, units) in &matter.meetings {
            units.iter().for_each(|unit| add(Burden::Meetings, unit, at.date()));
        }
    }
    if matches!(
        matter.stage,
        Stage::Drafted | Stage::Withdrawn | Stage::Declined | Stage::Merged | Stage::Imported
    ) {
        return loads;
    }
    match playbook.burdens.of_regime(&matter.regime) {
        None | Some(Burden::Meetings) => {}
        Some(Burden::Demands) => {
            let Some(lead) = &matter.lead else { return loads };
            let given = matter.units().filter(|unit| playbook.is_village(unit));
            given.for_each(|unit| add(Burden::Demands, unit, lead.dispatched_at.date()));
        }
        Some(what) => {
            let Some(brief) = matter.brief.as_deref() else { return loads };
            let on = match what {
                Burden::Inspections => brief.due_on.or(brief.from_on),
                _ => None,
            };
            let on = on.unwrap_or_else(|| matter.filed_at.date());
            let units: BTreeSet<&UnitCode> = brief.lead.iter().chain(&brief.co).collect();
            units.into_iter().for_each(|unit| add(what, unit, on));
        }
    }
    loads
}

/// What stands against giving the matter to these units, or meeting them: what
/// was found beside the matter, and the duty list. Not where a leader passed it
/// over before.
pub(super) fn against<'u>(
    matter: &Matter,
    units: impl Iterator<Item = &'u UnitCode>,
    facts: &Facts<'_>,
) -> Vec<Refusal> {
    let is_passed =
        |refusal: &&Refusal| matter.passed_over.iter().any(|over| over.is_about(refusal));
    let mut against: Vec<Refusal> =
        facts.over.iter().filter(|refusal| !is_passed(refusal)).cloned().collect();
    let duty = matter.brief.as_deref().and_then(|brief| brief.duty());
    for unit in units {
        let is_theirs = facts.playbook.is_of_their_duties(&matter.regime, unit, duty);
        if !is_theirs && !matter.is_passed_over(unit) {
            against.push(Refusal::new(Reason::OutsideDuties).with("unit", unit));
        }
    }
    against
}

/// Only a leader passes over a limit.
pub(super) fn refused(against: &[Refusal]) -> Result<(), Refusal> {
    match against.first() {
        None => Ok(()),
        Some(first) => Err(first.clone().with("role", Role::Leader.code())),
    }
}
