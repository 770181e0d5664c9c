//! What happens to one node, and the dates that follow.
//!
//! The methods on [`Node`] only write down dates that were already computed, so
//! that a journal reads back the same under any later calendar. The functions
//! compute them.

use super::{Due, Move, MoveKind, Node, NodeStatus, Pause};
use crate::calendar::{Calendar, CountingRule, HolidayRule, Limit};
use crate::ids::NodeCode;
use crate::instant::Instant;
use crate::journal::Commitment;

impl Node {
    /// A node counted from `from`, written down at `at`.
    pub fn started(
        code: NodeCode,
        rule: &str,
        counting: CountingRule,
        from: Instant,
        at: Instant,
        due: Due,
    ) -> Self {
        Self::new(code, rule, counting, from, due).moved(at, MoveKind::Started, rule, None)
    }

    /// A node whose date another system gave.
    pub fn imported(
        code: NodeCode,
        rule: &str,
        counting: CountingRule,
        from: Instant,
        at: Instant,
        due: Due,
    ) -> Self {
        Self::new(code, rule, counting, from, due).moved(at, MoveKind::Imported, rule, None)
    }

    /// Pausing twice leaves the first pause as it is.
    pub fn pause(&mut self, at: Instant, rule: &str, reason: Option<Commitment>) {
        if self.is_paused() {
            return;
        }
        self.pauses.push(Pause { from: at, to: None });
        self.record(at, MoveKind::Paused, rule, reason);
    }

    pub fn resume(&mut self, at: Instant, rule: &str, due: Due) {
        self.end_pause(at);
        self.due = due;
        self.record(at, MoveKind::Resumed, rule, None);
    }

    pub fn extend(
        &mut self,
        at: Instant,
        by: Limit,
        rule: &str,
        reason: Option<Commitment>,
        due: Due,
    ) {
        self.extensions.push(by);
        self.due = due;
        self.record(at, MoveKind::Extended(by), rule, reason);
    }

    /// Opens the node again and counts anew from `from`, perhaps by another
    /// limit. Pauses and extensions of the earlier round are spent; its dates
    /// stay among the moves.
    pub fn restart(
        &mut self,
        at: Instant,
        from: Instant,
        counting: CountingRule,
        rule: &str,
        due: Due,
    ) {
        self.counting = counting;
        self.started_at = from;
        self.pauses.clear();
        self.extensions.clear();
        self.status = NodeStatus::Open;
        self.due = due;
        self.record(at, MoveKind::Restarted, rule, None);
    }

    /// What met the node was rejected: it had never really ended, and its date
    /// stands.
    pub fn go_on(&mut self) {
        self.status = NodeStatus::Open;
    }

    /// Goes on under another rule, from the same start.
    pub fn tighten(&mut self, at: Instant, counting: CountingRule, rule: &str, due: Due) {
        rule.clone_into(&mut self.rule);
        self.counting = counting;
        self.due = due;
        self.record(at, MoveKind::Tightened, rule, None);
    }

    /// A holiday notice moved the date.
    pub fn recalculate(&mut self, at: Instant, notice: &str, due: Due) {
        self.due = due;
        let rule = self.rule.clone();
        self.record(at, MoveKind::Recalculated(notice.to_owned()), &rule, None);
    }

    pub fn meet(&mut self, at: Instant) {
        self.end_pause(at);
        self.status = NodeStatus::Met(at);
    }

    pub fn drop(&mut self, at: Instant) {
        self.end_pause(at);
        self.status = NodeStatus::Dropped(at);
    }

    fn new(code: NodeCode, rule: &str, counting: CountingRule, from: Instant, due: Due) -> Self {
        Self {
            code,
            rule: rule.to_owned(),
            counting,
            started_at: from,
            pauses: Vec::new(),
            extensions: Vec::new(),
            original: due,
            due,
            status: NodeStatus::Open,
            moves: Vec::new(),
        }
    }

    fn moved(mut self, at: Instant, kind: MoveKind, rule: &str, why: Option<Commitment>) -> Self {
        self.record(at, kind, rule, why);
        self
    }

    fn record(&mut self, at: Instant, kind: MoveKind, rule: &str, reason: Option<Commitment>) {
        self.moves.push(Move { at, kind, rule: rule.to_owned(), reason, due: self.due });
    }

    fn end_pause(&mut self, at: Instant) {
        if let Some(pause) = self.pauses.last_mut().filter(|pause| pause.to.is_none()) {
            pause.to = Some(at);
        }
    }

    /// Whether the date was taken over as given and no rule of ours has
    /// replaced it since.
    pub(super) fn is_as_given(&self) -> bool {
        self.moves.iter().rev().find_map(|step| match step.kind {
            MoveKind::Imported => Some(true),
            MoveKind::Started | MoveKind::Restarted | MoveKind::Tightened => Some(false),
            _ => None,
        }) == Some(true)
    }
}

/// The date once the pause that lasts is ended at `at`.
pub fn due_after_resume(calendar: &Calendar, node: &Node, at: Instant) -> Due {
    let mut pauses = node.pauses.clone();
    if let Some(pause) = pauses.last_mut().filter(|pause| pause.to.is_none()) {
        pause.to = Some(at);
    }
    count_out(calendar, node, &pauses, &node.extensions)
}

pub fn due_after_extension(calendar: &Calendar, node: &Node, by: Limit) -> Due {
    let extensions: Vec<Limit> = node.extensions.iter().copied().chain([by]).collect();
    count_out(calendar, node, &node.pauses, &extensions)
}

/// The date counted again, for instance under a calendar that has learnt of a
/// new notice.
pub fn due_recalculated(calendar: &Calendar, node: &Node) -> Due {
    count_out(calendar, node, &node.pauses, &node.extensions)
}

/// The date under another rule, from the same start and with the same pauses
/// and extensions.
pub fn due_under(calendar: &Calendar, node: &Node, counting: &CountingRule) -> Due {
    calendar.due_with(counting, node.started_at, &node.pauses, &node.extensions)
}

/// The first to fall due. Among equals, the first named.
pub fn earliest(dues: &[Due]) -> Option<Due> {
    dues.iter().min_by_key(|due| due.due_at).copied()
}

fn count_out(calendar: &Calendar, node: &Node, pauses: &[Pause], extensions: &[Limit]) -> Due {
    if node.is_as_given() {
        let given = node.original.due_at;
        let keep = HolidayRule::Keep;
        return calendar.due_as_given(node.started_at, given, keep, pauses, extensions);
    }
    calendar.due_with(&node.counting, node.started_at, pauses, extensions)
}
