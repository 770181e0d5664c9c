//! Something broke, as opposed to a business "no".

use sqlx::migrate::MigrateError;

// https://sqlite.org/rescode.html: the low byte says what, the rest where.
const PRIMARY: u32 = 0xff;
const BUSY: u32 = 5;
const READ_ONLY: u32 = 8;
const CORRUPT: u32 = 11;
const FULL: u32 = 13;
const OPEN: u32 = 14;
const NOT_A_DATABASE: u32 = 26;
/// `SQLITE_IOERR` of a write, of the three kinds of flushing and cutting, and of
/// the shared index of the write-ahead log.
const WRITES_FAILED: [u32; 7] = [778, 1034, 1290, 1546, 4618, 4874, 5386];

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database address {0:?} begins with neither sqlite: nor postgres:")]
    UnknownEngine(String),
    #[error("several databases may be named only where all are postgres://: SQLite is one file")]
    Mixed,
    /// Of the servers of one database.
    #[error("no PostgreSQL server takes writes: {says}")]
    NoneWrites { says: String, passing: bool },
    #[error("the database could not be prepared: {0}")]
    Migrate(#[from] MigrateError),
    #[error("{0}")]
    Sql(sqlx::Error),
    /// PostgreSQL refuses U+0000 in texts, so neither engine is given it.
    #[error("a text holds the character U+0000, which no database here keeps")]
    Nul,
    #[error("a row of {table} is written twice")]
    Duplicate { table: &'static str },
    /// Lists page and grids nest by the order of bytes.
    #[error(
        "the database must be in UTF-8 and ordered by C.UTF-8; create it with \
        createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0"
    )]
    Collation,
    #[error("a piece of work went on after one of its statements had failed")]
    WentOn,
    #[error("a piece of work fell over; nothing of it was written")]
    Panicked,
    #[error("a row of {table} cannot be read: {fault}")]
    Row { table: &'static str, fault: String },
    /// Whether the work was done is unknown; sending the same id again tells.
    #[error("the outcome is unknown; try again with the same id")]
    Unknown,
    #[error("too much work is waiting; try again shortly")]
    Busy,
    #[error("the writer has stopped")]
    Stopped,
}

impl StoreError {
    pub(crate) fn row(table: &'static str, fault: impl std::fmt::Display) -> Self {
        Self::Row { table, fault: fault.to_string() }
    }

    /// PostgreSQL gave up one of two transactions that met; running it again
    /// is right.
    pub(crate) fn is_collision(&self) -> bool {
        let Self::Sql(sqlx::Error::Database(fault)) = self else { return false };
        matches!(fault.code().as_deref(), Some("40001" | "40P01"))
    }

    /// The file is not what the database wrote: its disk failed or someone
    /// wrote over it.
    pub fn is_damage(&self) -> bool {
        matches!(self.sqlite_code(), Some(code) if matches!(code & PRIMARY, CORRUPT | NOT_A_DATABASE))
    }

    /// What was to be written could not be: the disk is full, fails, or may not
    /// be written. Nothing of it was kept, and reading goes on.
    pub fn is_unwritable(&self) -> bool {
        if let Some(code) = self.sqlite_code() {
            return matches!(code & PRIMARY, FULL | READ_ONLY) || WRITES_FAILED.contains(&code);
        }
        self.code().as_deref() == Some("53100")
    }

    /// The database cannot be reached for the moment, and may be again by
    /// itself: no file can be opened, everybody waits for the disk, or the
    /// server is down or was changed for another.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::NoneWrites { passing, .. } => *passing,
            Self::Busy
            | Self::Unknown
            | Self::Stopped
            | Self::Sql(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_)) => true,
            _ if self.is_cut_off() => true,
            _ => self.sqlite_code().is_some_and(|code| matches!(code & PRIMARY, OPEN | BUSY)),
        }
    }

    /// PostgreSQL is being stopped or started (`57P01` to `57P03`), has ended an
    /// idle session (`57P05`, `25P03`), has no connection left (`53300`), takes
    /// no writes since it follows another now (`25006`), or speaks of the
    /// connection itself (class 08).
    fn is_cut_off(&self) -> bool {
        let Some(code) = self.code() else { return false };
        let cut_off = ["57P01", "57P02", "57P03", "57P05", "25P03", "53300", "25006"];
        code.len() == 5 && (code.starts_with("08") || cut_off.contains(&&*code))
    }

    /// Its file cannot be opened, or not for writing.
    pub fn is_unopened(&self) -> bool {
        self.sqlite_code().is_some_and(|code| code & PRIMARY == OPEN)
    }

    fn code(&self) -> Option<std::borrow::Cow<'_, str>> {
        match self {
            Self::Sql(fault) | Self::Migrate(MigrateError::Execute(fault)) => {
                fault.as_database_error().and_then(|fault| fault.code())
            }
            _ => None,
        }
    }

    /// SQLite's codes are numbers, PostgreSQL's have five characters.
    fn sqlite_code(&self) -> Option<u32> {
        self.code().filter(|code| code.len() < 5).and_then(|code| code.parse().ok())
    }

    /// Such a row is there already.
    pub fn is_unique(&self) -> bool {
        if matches!(self, Self::Duplicate { .. }) {
            return true;
        }
        matches!(self, Self::Sql(sqlx::Error::Database(fault)) if fault.is_unique_violation())
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(fault: sqlx::Error) -> Self {
        match fault {
            sqlx::Error::PoolClosed => Self::Stopped,
            other => Self::Sql(other),
        }
    }
}
