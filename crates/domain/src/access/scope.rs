//! Whether a matter lies in the reach of a post.

use super::confidential::may_read_confidential_identity;
use super::part::{is_given, is_of_a_given_unit};
use super::{Role, UnitTree};
use crate::ids::{GridCode, UnitCode};
use crate::matter::{Actor, Link, Matter, Step};
use crate::playbook::model::Regime;
use crate::refusal::{Reason, Refusal};

/// The matters a post reaches: what lists are filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    County,
    /// Matters in this grid or below it.
    Grid(GridCode),
    /// Matters led or co-handled by this unit or one below it.
    Unit(UnitCode),
    /// Both of the above: a town sees what happens in it and what it was given.
    Town {
        unit: UnitCode,
        grid: GridCode,
    },
    Nothing,
}

/// What a post reaches. Grid posts reach their grid, handling posts their
/// unit, desk posts of a town their town, of the county everything.
/// Administrators reach no matters.
pub fn scope(actor: &Actor, units: &UnitTree) -> Scope {
    match actor.role {
        Role::System => Scope::County,
        Role::GridWorker | Role::GridLeader => {
            actor.grid.clone().map_or(Scope::Nothing, Scope::Grid)
        }
        Role::Handler | Role::UnitHead => unit_scope(actor.unit.as_ref(), units),
        Role::Triage | Role::Dispatcher | Role::Supervisor | Role::Leader => {
            let Some(unit) = &actor.unit else { return Scope::Nothing };
            match units.grid_of(unit) {
                Some(grid) => Scope::Town { unit: unit.clone(), grid: grid.clone() },
                None => Scope::County,
            }
        }
        Role::Reporter | Role::Auditor | Role::SecurityAdmin | Role::SystemAdmin => Scope::Nothing,
    }
}

fn unit_scope(unit: Option<&UnitCode>, units: &UnitTree) -> Scope {
    let Some(unit) = unit else { return Scope::Nothing };
    match units.grid_of(unit) {
        Some(grid) if units.governs(unit, grid) => {
            Scope::Town { unit: unit.clone(), grid: grid.clone() }
        }
        _ => Scope::Unit(unit.clone()),
    }
}

/// Whether a post may look at a matter at all. A unit that a report is about
/// never sees it (信访工作条例 Art. 30).
pub fn may_see(actor: &Actor, matter: &Matter, units: &UnitTree) -> bool {
    if is_object(actor, matter, units) {
        return false;
    }
    let in_grid = |grid: &GridCode| {
        matter.whereabouts.grid.as_ref().is_some_and(|at| at.within(grid))
            || matter.verify_grid.as_ref().is_some_and(|at| at.within(grid))
    };
    let is_own = actor.person.is_some() && actor.person == matter.reporter_person;
    let in_unit = |unit: &UnitCode| matter.units().any(|given| units.within(given, unit));
    match scope(actor, units) {
        Scope::County => true,
        Scope::Grid(grid) => in_grid(&grid) || is_own,
        Scope::Unit(unit) => in_unit(&unit) || is_own,
        Scope::Town { unit, grid } => in_grid(&grid) || in_unit(&unit) || is_own,
        Scope::Nothing => false,
    }
}

fn is_object(actor: &Actor, matter: &Matter, units: &UnitTree) -> bool {
    match (&matter.object_unit, &actor.unit) {
        (Some(object), Some(unit)) => units.within(unit, object),
        _ => false,
    }
}

/// Whether `actor` may take `step` on `matter` under `regime`, leaving aside
/// whether it is the moment for it.
pub fn may_take(
    actor: &Actor,
    step: Step,
    matter: &Matter,
    regime: &Regime,
    units: &UnitTree,
) -> Result<(), Refusal> {
    may_take_in(actor.role, step, regime)?;
    // The reporter is known by the receipt's code, which opens one matter only.
    if matches!(actor.role, Role::Reporter | Role::System) {
        return Ok(());
    }
    // Erasing needs the commitment, not a look at the matter. Whoever acts for
    // an office is a person: without one, nothing tells handler and checker apart.
    if step == Step::ReadIdentity
        && matter.confidential
        && !may_read_confidential_identity(actor.role)
    {
        return Err(Refusal::new(Reason::NotYourRole)
            .with("step", step.code())
            .with("role", actor.role.code()));
    }
    let sees = step == Step::Erase || may_see(actor, matter, units);
    if actor.person.is_none() || !sees || !is_theirs(actor, step, matter, units) {
        return Err(Reason::NotYours.into());
    }
    Ok(())
}

/// What holds beyond seeing a matter.
fn is_theirs(actor: &Actor, step: Step, matter: &Matter, units: &UnitTree) -> bool {
    match actor.role {
        // A town sees all that happens in it, but handles what it was given.
        // A unit that breaks down what it was given gives out the parts it wrote.
        Role::UnitHead if step == Step::Dispatch => {
            let is_part = matter.linked(Link::Parent).next().is_some();
            is_part && actor.person == matter.reporter_person
        }
        Role::Handler | Role::UnitHead => {
            if is_the_lead_units(step) {
                is_lead(actor, matter, units)
            } else {
                is_given(actor, matter, units)
            }
        }
        // Only the own report is withdrawn, not a neighbour's.
        Role::GridWorker if step == Step::Withdraw => actor.person == matter.reporter_person,
        // Told by whoever did it: a grid worker answers for what they settled.
        Role::GridWorker if step == Step::Answer => {
            actor.person.is_some_and(|person| matter.handlers.contains(&person))
        }
        // Promise 6: a desk of the very unit that handles it is no way round.
        _ if step == Step::ReadIdentity => !is_of_a_given_unit(actor, matter, units),
        _ => true,
    }
}

/// Whether the regime has the step and names the role for it.
pub fn may_take_in(role: Role, step: Step, regime: &Regime) -> Result<(), Refusal> {
    let Some(rule) = regime.steps.get(&step) else {
        return Err(Refusal::new(Reason::NotInRegime)
            .with("step", step.code())
            .with("regime", &regime.code));
    };
    if !rule.by.contains(&role) || never(role, step) {
        return Err(Refusal::new(Reason::NotYourRole)
            .with("step", step.code())
            .with("role", role.code()));
    }
    Ok(())
}

/// What no playbook can allow: promise 6, handling units never get to know who
/// reported.
const fn never(role: Role, step: Step) -> bool {
    matches!((role, step), (Role::Handler | Role::UnitHead, Step::ReadIdentity))
}

/// Steps that only the lead unit may take; co-handlers may add progress.
const fn is_the_lead_units(step: Step) -> bool {
    matches!(
        step,
        Step::Sign
            | Step::Return
            | Step::RequestTransfer
            | Step::CoHandle
            | Step::Plan
            | Step::SignSlip
            | Step::Object
            | Step::RequestExtension
            | Step::Extend
            | Step::Suspend
            | Step::Resume
            | Step::Submit
            | Step::Answer
            | Step::ApproveAnswer
    )
}

fn is_lead(actor: &Actor, matter: &Matter, units: &UnitTree) -> bool {
    match (&matter.lead, &actor.unit) {
        (Some(lead), Some(unit)) => units.within(&lead.unit, unit),
        _ => false,
    }
}
