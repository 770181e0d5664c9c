//! What became of the tasks since this process began.

use std::collections::BTreeMap;

use bihuan_domain::instant::Instant;

/// What the last run of a task came to: how much it did, or what is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRun {
    pub at: Instant,
    pub did: std::result::Result<usize, String>,
}

pub(crate) type TaskRuns = BTreeMap<&'static str, TaskRun>;
