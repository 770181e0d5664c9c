//! How a command ends when it does not end well. The exit codes are part of the
//! interface and listed in docs/operating.md.

use std::path::Path;
use std::process::ExitCode;

use bihuan_app::Error;
use bihuan_store::StoreError;
use bihuan_web::i18n::Lang;

pub(crate) type Result<T = ()> = std::result::Result<T, Failure>;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Something is broken: a disk, a database, the network, ourselves.
    #[error("{0}")]
    Broken(String),
    /// The command, an argument or a setting cannot be meant so.
    #[error("{0}")]
    Usage(String),
    /// The rules say no.
    #[error("{0}")]
    Refused(String),
    /// The check that was asked for found something.
    #[error("{0}")]
    Found(String),
}

impl Failure {
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Broken(_) => 1,
            Self::Usage(_) => 2,
            Self::Refused(_) => 3,
            Self::Found(_) => 4,
        })
    }

    pub(crate) fn file(what: &str, path: &Path, fault: impl std::fmt::Display) -> Self {
        Self::Broken(format!("{what} {}: {fault}", path.display()))
    }
}

/// What to do about a damaged database.
pub(crate) const DAMAGED: &str = "Stop serving, keep the file, and restore the last back-up \
    elsewhere: bihuan restore";

/// What to do about a folder or disk that takes nothing.
const UNWRITABLE: &str = "Make room, give the data folder to the user bihuan runs as, or mount it \
    for writing; bihuan doctor says which";

impl From<Error> for Failure {
    fn from(fault: Error) -> Self {
        match fault {
            Error::Refused(refusal) => Self::Refused(Lang::En.refusal(&refusal)),
            Error::Forbidden => Self::Refused("this is not allowed".to_owned()),
            Error::NotFound => Self::Refused("there is no such thing".to_owned()),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(fault: StoreError) -> Self {
        if fault.is_damage() {
            return Self::Broken(format!("the database is damaged: {fault}. {DAMAGED}"));
        }
        if fault.is_unwritable() || fault.is_unopened() {
            return Self::Broken(format!("the database cannot be written: {fault}. {UNWRITABLE}"));
        }
        Self::Broken(format!("the database: {fault}"))
    }
}
