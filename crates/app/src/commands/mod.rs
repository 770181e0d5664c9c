//! One file a verb. Every command goes the same way: authorise, load, decide,
//! append, acknowledge.

mod act;
mod approval;
pub(crate) mod attempts;
mod beside;
mod calendar;
mod county;
mod draft_paper;
mod enact;
mod erase;
mod file_matters;
mod file_report;
mod import;
mod keep_draft;
mod keeping;
pub(crate) mod leave;
mod ledger;
mod limits;
mod marked;
mod messages;
mod notice;
mod people;
mod places;
mod playbook;
mod posts;
mod proposal;
pub(crate) mod session;
mod slip_paper;
mod units;
mod withdrawal;

pub use act::{Acted, Submission};
pub use calendar::LoadedYear;
pub(crate) use draft_paper::fill;
pub use draft_paper::{PaperDraft, PaperFields, Preview};
pub use enact::{Enacted, Past, PastAct};
pub use erase::Erasable;
pub use file_matters::{NewMatter, Registered, Registration};
pub use file_report::{Filed, Filing, NewReport, Reporter};
pub use import::{ImportRecord, Imported};
pub use keeping::{BACKED_UP, KEY_MARK};
pub use ledger::LEDGER_NAME_MOST;
pub use limits::Weight;
pub use people::NewPerson;
pub use places::{NewPlace, Sign};
pub use playbook::Applied;
pub use posts::NewPost;
pub use proposal::{Proposal, Proposed};
pub use session::{Session, SignedIn};

pub use crate::passwords::PASSWORD_LEAST;
