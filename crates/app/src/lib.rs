//! What the system does: commands that change something, queries that answer a
//! screen, and tasks that run by themselves.
//!
//! It owns who may do what and in which order things happen (authorise, load,
//! decide, append, acknowledge). It must not know SQL, HTTP or HTML; what lies
//! outside the process it reaches through [`ports`].
//!
//! Doorways: [`App`], [`commands`], [`queries`].

pub mod access;
pub mod background;
pub mod commands;
pub mod compose;
pub mod context;
pub mod error;
pub mod keys;
mod locate;
mod passwords;
pub mod ports;
pub mod queries;
mod rules;

pub use compose::Composer;
pub use context::{App, Caller, Sender};
pub use error::{Error, Result};
pub use rules::{Rules, UnitName};
