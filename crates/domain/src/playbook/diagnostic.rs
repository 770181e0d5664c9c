//! What is wrong with a playbook, where, and what to do about it.

use std::fmt;

use super::model::Text;
use super::problem::Problem;
use super::severity::Severity;
use super::source::Source;

/// One finding. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub file: String,
    pub line: usize,
    pub column: usize,
    /// Stable; listed in docs/playbook.md.
    pub code: &'static str,
    pub message: Text,
    pub hint: Text,
}

impl Diagnostic {
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// `error[limit-without-unit] categories.toml:12:20: …`, and the hint below.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, code, message, hint, .. } = self;
        let severity = self.severity.code();
        writeln!(f, "{severity}[{code}] {file}:{line}:{column}: {}", message.en)?;
        write!(f, "  {}", hint.en)
    }
}

/// A place in the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) file: usize,
    pub(super) offset: usize,
}

impl Spot {
    /// For what is missing altogether: the beginning of playbook.toml.
    pub(super) const START: Self = Self { file: usize::MAX, offset: 0 };
}

/// Collects everything that is found, so that all of it is reported at once.
pub(super) struct Findings<'s> {
    source: &'s Source,
    found: Vec<Diagnostic>,
}

impl<'s> Findings<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Self { source, found: Vec::new() }
    }

    pub(super) fn add(&mut self, spot: Spot, problem: Problem) {
        let diagnostic = self.at(spot, &problem);
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    pub(super) fn has_errors(&self) -> bool {
        self.found.iter().any(Diagnostic::is_error)
    }

    /// Where a spot is, to be named in the message about another.
    pub(super) fn place(&self, spot: Spot) -> String {
        let (file, line, _) = self.locate(spot);
        format!("{file}:{line}")
    }

    pub(super) fn sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| {
            (&a.file, a.line, a.column, a.code).cmp(&(&b.file, b.line, b.column, b.code))
        });
        self.found
    }

    fn at(&self, spot: Spot, problem: &Problem) -> Diagnostic {
        let (file, line, column) = self.locate(spot);
        let (message, hint) = problem.words();
        Diagnostic {
            severity: problem.severity(),
            file: file.to_owned(),
            line,
            column,
            code: problem.code(),
            message,
            hint,
        }
    }

    fn locate(&self, spot: Spot) -> (&'s str, usize, usize) {
        let Some((file, text)) = self.source.files.get(spot.file) else {
            return ("playbook.toml", 1, 1);
        };
        let before = text.get(..spot.offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        let column = before.get(line_start..).map_or(0, |head| head.chars().count()) + 1;
        (file, line, column)
    }
}
