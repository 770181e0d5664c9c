//! What the screens ask. Each query answers only what the one who asks may see.

mod matter;

pub use matter::{MatterView, SameThing, is_told};
