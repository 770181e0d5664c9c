//! What a command or query may answer instead of a result. A refusal is a
//! business "no"; the rest is about the caller or about something broken.

use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::StoreError;

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("not found")]
    NotFound,
    #[error("not allowed")]
    Forbidden,
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// Too many attempts; come back later.
    #[error("too many attempts, again in {seconds} seconds")]
    TooMany { seconds: u32 },
    /// The outcome is unknown or the queue is full: the same id may be sent again.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// The disk is full or may not be written: nothing of it was kept.
    #[error("nothing can be kept: {0}")]
    CannotKeep(String),
    /// What is stored is not what was written.
    #[error("stored data are damaged: {0}")]
    Damaged(String),
    /// The record speaks of a file that does not lie where files lie.
    #[error("a file is missing: {0}")]
    FileMissing(String),
    #[error("{0}")]
    Internal(String),
}

impl From<Reason> for Error {
    fn from(reason: Reason) -> Self {
        Self::Refused(reason.into())
    }
}

impl From<StoreError> for Error {
    fn from(fault: StoreError) -> Self {
        let said = fault.to_string();
        match fault {
            fault if fault.is_passing() => Self::Unavailable(said),
            fault if fault.is_unwritable() => Self::CannotKeep(said),
            fault if fault.is_damage() => Self::Damaged(said),
            _ => Self::Internal(said),
        }
    }
}
