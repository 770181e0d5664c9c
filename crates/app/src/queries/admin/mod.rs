//! What the three administrators look at. Each query asks first whether the post
//! may; nothing here shows a reporter's identity.

mod organisation;
mod people;
mod places;
mod playbook;
mod record;

pub use organisation::{Merging, UnitLine};
pub use people::{Leaving, OpenWork, PeoplePage, PersonLine, PostLine, WouldLeave};
pub use places::{PlaceLine, PlacesPage};
pub use playbook::{Examined, PlaybookState, VersionLine};
pub use record::{CheckpointLine, IdentityLook, JournalState, Outgoing, YearLine};

/// Rows of one page.
const PAGE: u32 = 50;
/// A count goes no further than this.
const MOST: i64 = 10_000;
