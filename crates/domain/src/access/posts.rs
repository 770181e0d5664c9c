//! Which posts go together, and which posts let their holder know who reported.
//!
//! The three administrators (三员) are parted at level 3 of GB/T 22239-2019. That
//! one person holds one such post and no other post beside it is default, not
//! official: whoever gives rights, keeps accounts or reads what was done would
//! otherwise watch over their own work.

use super::{Role, may_take_in};
use crate::matter::Step;
use crate::playbook::model::Playbook;
use crate::refusal::{Reason, Refusal};

/// Refuses a post that may not stand beside those its holder has.
pub fn may_stand_beside(
    role: Role,
    held: impl IntoIterator<Item = Role>,
) -> std::result::Result<(), Refusal> {
    let in_the_way = held.into_iter().find(|held| role.administers() || held.administers());
    match in_the_way {
        None => Ok(()),
        Some(held) => Err(Refusal::new(Reason::PostInTheWay).with("role", held.code())),
    }
}

/// Whether a playbook lets a role read who reported, in any of its regimes.
pub fn reads_identities(role: Role, playbook: &Playbook) -> bool {
    playbook.regimes.values().any(|regime| may_take_in(role, Step::ReadIdentity, regime).is_ok())
}
