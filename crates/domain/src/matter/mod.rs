//! The one unit of work and the one state machine. A report, a task, a finding
//! and a request differ by the regime they are filed under, not by code path.
//!
//! [`decide`] turns a command into events or a refusal; [`evolve`] turns events
//! into state. Both are pure and total.

mod command;
mod event;
mod kind;
mod state;

pub use command::Command;
pub use event::{Actor, Event};
pub use kind::*;
pub use state::*;
