//! Who may see and do what. Default deny: a role may take a step only where the
//! regime names the role for it and the matter lies in the post's scope.

mod confidential;
mod part;
mod posts;
mod role;
mod scope;
mod units;

pub use confidential::{finds_confidential, may_read_confidential_identity, may_read_words, sorts};
pub use posts::{may_stand_beside, reads_identities};
pub use role::Role;
pub use scope::{Scope, may_see, may_take, may_take_in, scope};
pub use units::UnitTree;
