//! The only crate that knows SQL. It owns the two databases, the journal's
//! rows, the projections made from them and the registers administrators keep.
//!
//! It must not know who may do what, nor how anything is shown: it appends what
//! it is given and answers what it is asked.
//!
//! Doorways: [`engine`] (one writer on SQLite, one transaction a command on
//! PostgreSQL), [`project`] (from a matter to its rows), [`read`] (one file a
//! screen).

pub mod backup;
pub mod engine;
pub mod error;
pub mod journal;
pub mod project;
pub mod read;
pub mod registers;
pub mod scratch;
mod table;

pub use engine::{Loaded, Store, Tx};
pub use error::StoreError;

/// Every statement with a fixed text and every bulk insert, for the test that
/// prepares them on both engines.
pub fn statements() -> Vec<(&'static str, engine::Sql)> {
    let mut all = Vec::new();
    all.extend_from_slice(engine::statements::ALL);
    all.extend_from_slice(journal::statements::ALL);
    all.extend_from_slice(registers::statements());
    all.extend_from_slice(read::statements().as_slice());
    all.extend(table::ALL.iter().map(|table| (table.name, table.sql())));
    all
}
