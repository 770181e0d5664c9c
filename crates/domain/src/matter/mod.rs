//! The one unit of work and the one state machine. A report, a task, a finding
//! and a request differ by the regime they are filed under, not by code path.
//!
//! [`decide`] turns a command into events or a refusal; [`evolve`] turns events
//! into state. Both are pure and total.

mod command;
mod decide;
mod event;
mod evolve;
mod guard;
mod kind;
mod ledger;
mod legal;
mod state;

pub use command::{Command, Report};
pub use decide::{Facts, decide, item_limit};
pub use event::{Actor, Event, Evidence, History, Whereabouts};
pub use evolve::evolve;
pub use guard::{Choice, options};
pub use kind::*;
pub use legal::{is_legal, legal_steps};
pub use state::*;
