//! How grave a finding is.

/// Ordered from harmless to fatal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The playbook can be put in force all the same.
    Warning,
    Error,
}

impl Severity {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
