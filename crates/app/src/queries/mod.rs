//! What the screens ask. Each query answers only what the one who asks may see.

pub mod admin;
mod attachment;
pub mod cockpit;
mod export;
mod grid;
pub mod inbox;
mod journal;
pub mod ledger;
pub mod line;
pub mod map;
mod matter;
mod nearby;
mod public;
pub mod rates;
mod receipt;
pub mod register;
pub mod search;
mod stops;
mod stored;
mod track;
mod waiting;
pub mod worker;
pub mod worklist;

pub use attachment::Blob;
pub use bihuan_store::journal::Recorded;
pub use bihuan_store::read::{Filed, MatterRow, Period};
pub use bihuan_store::registers::PlaceRow;
pub use export::LineSink;
pub use grid::OwnGrid;
pub use journal::SealedState;
pub use matter::{MatterView, SameThing, is_told};
pub use nearby::{OpenNearby, Spot};
pub use public::{FixedLately, Rates, TownFigures};
pub use stored::{FileFault, ProjectionSum};
pub use track::Tracked;
pub use waiting::Waits;
