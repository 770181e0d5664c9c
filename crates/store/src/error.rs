//! Something broke, as opposed to a business "no".

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database address {0:?} begins with neither sqlite: nor postgres:")]
    UnknownEngine(String),
    #[error("the database could not be prepared: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("{0}")]
    Sql(#[from] sqlx::Error),
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

    /// A unique constraint of this name was hit.
    pub fn is_unique(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(fault)) if fault.is_unique_violation())
    }
}
