//! What it changes that a reporter asked for confidentiality (GB/T 33358: such
//! a ticket is kept confidential; 信访工作条例 Art. 30, 46). Who reported is kept
//! from handling units in any case; here their own words are too, since words
//! tell who wrote them. The unit works from what the desk tells it.

use super::part::is_of_a_given_unit;
use super::{Role, UnitTree};
use crate::matter::{Actor, Matter};

/// Whether the reporter's own words are for this post to read. Of a confidential
/// matter they are for the desks that sort it, unless they belong to a unit that
/// handles it.
pub fn may_read_words(actor: &Actor, matter: &Matter, units: &UnitTree) -> bool {
    if !matter.confidential || actor.role == Role::System {
        return true;
    }
    if actor.person.is_some() && actor.person == matter.reporter_person {
        return true;
    }
    sorts(actor.role) && !is_of_a_given_unit(actor, matter, units)
}

/// Roles that sort what comes in and so must read it.
pub const fn sorts(role: Role) -> bool {
    matches!(role, Role::Triage | Role::Dispatcher)
}

/// Roles that find confidential matters by searching: those through whose hands
/// they go. Others see them counted and in lists, without words.
pub const fn finds_confidential(role: Role) -> bool {
    matches!(role, Role::Triage | Role::Dispatcher | Role::Handler | Role::UnitHead)
}

/// Reading who reported takes a higher post than the one that reads all day.
pub const fn may_read_confidential_identity(role: Role) -> bool {
    matches!(role, Role::Dispatcher | Role::Supervisor | Role::Leader)
}
