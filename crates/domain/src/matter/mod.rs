//! The one unit of work and the one state machine. A report, a task, a finding
//! and a request differ by the regime they are filed under, not by code path.
//!
//! [`decide`] turns a command into events or a refusal; [`evolve`] turns events
//! into state. Both are pure and total.

mod brief;
mod burden;
mod command;
mod decide;
mod event;
mod evolve;
mod facts;
mod guard;
mod kind;
mod ledger;
mod legal;
mod slips;
mod state;
mod triggers;
mod whatif;

pub use brief::{
    Alike, Brief, Criticism, DocumentNumber, NotADocumentNumber, Objection, PassedOver, Plan, Slip,
};
pub use burden::{Load, loads};
pub use command::{Command, Report};
pub use decide::decide;
pub use event::{Actor, Event, Evidence, History, Whereabouts};
pub use evolve::evolve;
pub use facts::Facts;
pub use guard::{Choice, options};
pub use kind::*;
pub use ledger::{item_limit, recalculated};
pub use legal::{is_legal, legal_steps};
pub use slips::slip_due;
pub use state::*;
pub use whatif::{Course, Obstacle, Past, Rulebook, Turn, WhatIf, what_if};
