//! One file a task.

mod auto_sign;
mod index;
mod remind;
mod retain;
mod seal;
mod send;
mod slip;

pub use auto_sign::auto_sign;
pub use index::index;
pub use remind::remind;
pub use retain::retain;
pub use seal::seal;
pub(crate) use send::TRIES;
pub use send::{QUIET_FROM, QUIET_TO, send};
pub use slip::slip;
