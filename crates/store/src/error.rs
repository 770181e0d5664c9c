//! Something broke, as opposed to a business "no".

use sqlx::migrate::MigrateError;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database address {0:?} begins with neither sqlite: nor postgres:")]
    UnknownEngine(String),
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
        const CORRUPT: &str = "11";
        const NOT_A_DATABASE: &str = "26";
        let fault = match self {
            Self::Sql(fault) | Self::Migrate(MigrateError::Execute(fault)) => fault,
            _ => return false,
        };
        let code = fault.as_database_error().and_then(|fault| fault.code());
        code.is_some_and(|code| code == CORRUPT || code == NOT_A_DATABASE)
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
