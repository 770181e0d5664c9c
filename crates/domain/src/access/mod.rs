//! Who may see and do what. Default deny: a role may take a step only where the
//! regime names the role for it and the matter lies in the role's scope.

mod role;
mod units;

pub use role::Role;
pub use units::UnitTree;
