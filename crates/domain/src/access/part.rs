//! What part the unit of a post has in a matter.

use super::UnitTree;
use crate::matter::{Actor, Matter};

/// Given to the post's unit or one below it.
pub(super) fn is_given(actor: &Actor, matter: &Matter, units: &UnitTree) -> bool {
    actor.unit.as_ref().is_some_and(|unit| matter.units().any(|given| units.within(given, unit)))
}

/// Given to the post's unit or one above it: the post belongs to who handles it.
pub(super) fn is_of_a_given_unit(actor: &Actor, matter: &Matter, units: &UnitTree) -> bool {
    actor.unit.as_ref().is_some_and(|unit| matter.units().any(|given| units.within(unit, given)))
}
