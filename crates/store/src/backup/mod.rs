//! Everything durable as rows of text, the same from either engine: what a
//! back-up holds and a restore writes.
//!
//! Projections are not among it, since the journal makes them anew, nor are
//! sessions and throttles: whoever held a session signs in again.

mod tables;
mod taking;
mod writing;

pub use taking::KeptFile;
pub use writing::{ENDED_LOG, Restoring, UNBUILT};

/// The number of the newest migration this program knows.
pub fn newest_schema() -> i64 {
    sqlx::migrate!("./migrations/sqlite").iter().map(|one| one.version).max().unwrap_or_default()
}

/// The tables of a back-up with their columns, in the order they are written.
pub fn tables() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    tables::durable()
        .map(|table| (table.name, table.columns.iter().map(|(column, _)| *column).collect()))
}
