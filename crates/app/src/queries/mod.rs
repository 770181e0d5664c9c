//! What the screens ask. Each query answers only what the one who asks may see.

pub mod inbox;
mod journal;
pub mod line;
mod matter;
pub mod register;
pub mod search;
pub mod worklist;

pub use bihuan_store::journal::Recorded;
pub use bihuan_store::read::MatterRow;
pub use journal::SealedState;
pub use matter::{MatterView, SameThing, is_told};
