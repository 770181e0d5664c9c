//! What is wrong with a map, where, and what to write instead.

use std::fmt;

use bihuan_domain::playbook::model::Text;

use crate::sentence::text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Line of the map, from 1.
    pub line: usize,
    pub code: &'static str,
    pub sentence: Text,
}

impl Diagnostic {
    pub(super) fn new(line: usize, code: &'static str, zh: &str, en: &str) -> Self {
        Self { line, code, sentence: text(zh, en) }
    }

    pub(super) fn column_missing(line: usize, name: &str, there: &[String]) -> Self {
        let there = there.join(", ");
        Self::new(
            line,
            "map-column-missing",
            &format!("表中没有“{name}”列；已有：{there}。"),
            &format!("the table has no column `{name}`; it has: {there}"),
        )
    }

    pub(super) fn column_repeats(line: usize, name: &str, count: usize) -> Self {
        Self::new(
            line,
            "map-column-repeats",
            &format!("表中有 {count} 列都叫“{name}”，请改名后再导入。"),
            &format!("the table has {count} columns named `{name}`; rename them and try again"),
        )
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {} [{}]", self.line, self.sentence.en, self.code)
    }
}
