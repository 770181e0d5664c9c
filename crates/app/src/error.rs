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
        match fault {
            StoreError::Busy | StoreError::Unknown | StoreError::Stopped => {
                Self::Unavailable(fault.to_string())
            }
            other => Self::Internal(other.to_string()),
        }
    }
}
