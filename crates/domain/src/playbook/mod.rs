//! A county's regimes, catalogue, units and clocks, written as TOML and
//! compiled into the types of [`model`].
//!
//! [`check`] reads all files, reports everything that is wrong at once, and
//! only a playbook without errors comes out of it. The language is described in
//! docs/playbook.md.

mod burden;
mod case;
mod check;
mod diagnostic;
mod diff;
mod grids;
mod limit;
pub mod model;
mod nearest;
mod paper;
mod parse;
mod problem;
mod rehearsal;
mod severity;
mod source;
mod suggest;
mod template;
mod wording;

pub use self::case::{Case, CaseAct, CaseDue, CaseEvent, CaseTime};
pub use self::diagnostic::Diagnostic;
pub use self::diff::{Change, ChangeKind, diff};
pub use self::limit::{limit_from_text, limit_text, limit_words};
pub use self::model::Playbook;
pub use self::nearest::nearest_names;
pub use self::paper::{FillProblem, Filled};
pub use self::problem::CODES;
pub use self::rehearsal::{CaseDate, CaseResult, run_cases};
pub use self::severity::Severity;
pub use self::source::{Source, hash};
pub use self::suggest::{Suggestion, suggest};
pub use self::template::template;

/// A playbook without errors, its worked cases, and what is doubtful about it.
#[derive(Clone, Debug)]
pub struct Checked {
    pub playbook: Playbook,
    pub cases: Vec<Case>,
    pub warnings: Vec<Diagnostic>,
    /// What it was compiled from, so that a failing case can name its line.
    source: Source,
}

/// Compiles a playbook, or answers all its errors and warnings in the order of
/// the files.
pub fn check(source: &Source) -> Result<Checked, Vec<Diagnostic>> {
    check::compile(source)
}
