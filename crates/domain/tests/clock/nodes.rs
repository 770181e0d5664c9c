//! What happens to one node, and how much time is left.

use bihuan_domain::calendar::Limit;
use bihuan_domain::clock::{
    MoveKind, Node, NodeStatus, Remaining, due_after_extension, due_after_resume, due_recalculated,
    due_under, earliest, remaining,
};
use bihuan_domain::ids::NodeCode;
use bihuan_domain::instant::Instant;
use jiff::civil::{datetime, time};

use crate::*;

pub(crate) fn node(limit: Limit, from: Instant) -> Node {
    let counting = next_day(limit);
    let due = due(&counting, from);
    Node::started(NodeCode::new("handle"), "grid-case.handle", counting, from, from, due)
}

/// Five working days from a signing on 2022-09-22, paused for the 27th and
/// extended by two.
pub(crate) fn lamp_repair() -> Node {
    let calendar = calendar();
    let mut node = node(Limit::WorkDays(5), at(9, 22, 9, 20));
    node.pause(at(9, 26, 16, 30), "grid-case.suspend", None);
    let due = due_after_resume(&calendar, &node, at(9, 27, 17, 45));
    node.resume(at(9, 27, 17, 45), "grid-case.suspend", due);
    let due = due_after_extension(&calendar, &node, Limit::WorkDays(2));
    node.extend(at(9, 28, 11, 5), Limit::WorkDays(2), "grid-case.extend", None, due);
    node
}

fn kinds(node: &Node) -> Vec<MoveKind> {
    node.moves.iter().map(|step| step.kind.clone()).collect()
}

#[test]
fn a_paused_and_extended_repair_is_due_on_the_swapped_sunday() {
    let node = lamp_repair();
    assert_eq!(node.original.due_at.civil(), datetime(2022, 9, 29, 17, 30, 0, 0));
    assert_eq!(node.due.due_at.civil(), datetime(2022, 10, 9, 17, 30, 0, 0));
    assert_eq!(
        kinds(&node),
        [
            MoveKind::Started,
            MoveKind::Paused,
            MoveKind::Resumed,
            MoveKind::Extended(Limit::WorkDays(2)),
        ]
    );
    let dates: Vec<i8> = node.moves.iter().map(|step| step.due.due_at.date().day()).collect();
    assert_eq!(dates, [29, 29, 30, 9]);
}

#[test]
fn pausing_twice_keeps_the_first_pause() {
    let mut node = node(Limit::WorkDays(5), at(9, 22, 9, 20));
    node.pause(at(9, 26, 9, 0), "suspend", None);
    node.pause(at(9, 27, 9, 0), "suspend", None);
    assert_eq!(node.pauses.len(), 1);
    assert_eq!(node.moves.len(), 2);
    assert!(node.is_paused());
}

#[test]
fn restarting_counts_anew_and_keeps_the_first_date() {
    let mut node = lamp_repair();
    node.meet(at(10, 8, 10, 0));
    let again = due(&node.counting, at(10, 10, 9, 0));
    let (again_at, counting) = (at(10, 10, 9, 0), node.counting);
    node.restart(again_at, again_at, counting, "grid-case.check", again);
    assert!(node.is_open());
    assert!(node.extensions.is_empty());
    assert_eq!(due_recalculated(&calendar(), &node), again);
    assert_eq!(node.original.due_at.civil(), datetime(2022, 9, 29, 17, 30, 0, 0));
}

#[test]
fn another_rule_counts_from_the_same_start_with_the_same_pauses() {
    let mut node = lamp_repair();
    let urgent = next_day(Limit::WorkDays(2));
    let due = due_under(&calendar(), &node, &urgent);
    assert_eq!(due.due_at.civil(), datetime(2022, 9, 30, 17, 30, 0, 0));
    node.tighten(at(9, 28, 12, 0), urgent, "grid-case.urgent", due);
    assert_eq!(node.rule, "grid-case.urgent");
    assert_eq!(due_recalculated(&calendar(), &node), due);
}

#[test]
fn a_new_notice_recalculates_an_open_node_and_is_named() {
    let mut node = node(Limit::WorkDays(3), at_year(2027, 9, 30, 9, 0));
    assert!(node.due.estimated);
    let notice = notice_2027();
    let title = notice.title();
    let due = due_recalculated(&calendar().with_year(notice), &node);
    node.recalculate(at_year(2026, 11, 5, 9, 0), &title, due);
    assert_eq!(node.due.due_at.civil(), datetime(2027, 10, 12, 17, 30, 0, 0));
    assert_eq!(
        kinds(&node).last(),
        Some(&MoveKind::Recalculated("国务院办公厅关于2027年部分节假日安排的通知".to_owned()))
    );
}

#[test]
fn meeting_a_paused_node_ends_its_pause() {
    let mut node = node(Limit::WorkDays(5), at(9, 22, 9, 20));
    node.pause(at(9, 26, 9, 0), "suspend", None);
    node.meet(at(9, 27, 9, 0));
    assert_eq!(node.status, NodeStatus::Met(at(9, 27, 9, 0)));
    assert!(!node.is_paused());
}

#[test]
fn a_dropped_node_is_no_longer_open() {
    let mut node = node(Limit::WorkDays(5), at(9, 22, 9, 20));
    node.drop(at(9, 23, 9, 0));
    assert_eq!(node.status, NodeStatus::Dropped(at(9, 23, 9, 0)));
}

fn imported() -> Node {
    let counting = next_day(Limit::WorkDays(5));
    let given = Due { due_at: at(9, 30, 15, 12), soon_at: at(9, 30, 14, 12), estimated: false };
    let (from, now) = (at(9, 22, 9, 20), at(9, 23, 8, 0));
    Node::imported(NodeCode::new("handle"), "grid-case.handle", counting, from, now, given)
}

#[test]
fn an_imported_date_is_not_counted_again() {
    let due = due_recalculated(&calendar(), &imported());
    assert_eq!(due.due_at, at(9, 30, 15, 12));
}

#[test]
fn an_imported_date_is_extended_and_paused_from_where_it_was() {
    let mut node = imported();
    let due = due_after_extension(&calendar(), &node, Limit::WorkDays(1));
    assert_eq!(due.due_at, at(10, 8, 17, 30));
    node.pause(at(9, 26, 9, 0), "suspend", None);
    let due = due_after_resume(&calendar(), &node, at(9, 26, 10, 0));
    assert_eq!(due.due_at, at(9, 30, 16, 12));
}

#[test]
fn an_imported_date_before_its_start_is_left_as_given() {
    let mut node = imported();
    node.original.due_at = at(9, 1, 8, 0);
    assert_eq!(due_recalculated(&calendar(), &node).due_at, at(9, 1, 8, 0));
}

#[test]
fn the_earliest_of_several_rules_wins() {
    let from = at(9, 22, 9, 20);
    let dues = [
        due(&next_day(Limit::WorkDays(5)), from),
        due(&next_day(Limit::Days(2)), from),
        due(&next_day(Limit::Months(1)), from),
    ];
    assert_eq!(earliest(&dues), Some(dues[1]));
    assert_eq!(earliest(&[]), None);
}

fn left(due_at: Instant, now: Instant) -> Remaining {
    remaining(&Due { due_at, soon_at: due_at, estimated: false }, now, &calendar())
}

#[test]
fn what_is_left_is_told_in_days_and_working_days() {
    let due_at = at(10, 9, 17, 30);
    let said = left(due_at, at(9, 28, 11, 5));
    assert_eq!(said, Remaining::Left { days: 11, work_days: 4 });
}

#[test]
fn today_and_tomorrow_are_told_with_the_hour() {
    let due_at = at(9, 29, 17, 30);
    let by = Some(time(17, 30, 0, 0));
    assert_eq!(left(due_at, at(9, 29, 8, 0)), Remaining::Today(by));
    assert_eq!(left(due_at, due_at), Remaining::Today(by));
    assert_eq!(left(due_at, at(9, 28, 23, 0)), Remaining::Tomorrow(by));
}

#[test]
fn the_end_of_a_day_is_told_without_an_hour() {
    let due_at = Instant::from_civil(end_of(2022, 9, 29));
    assert_eq!(left(due_at, at(9, 29, 8, 0)), Remaining::Today(None));
}

#[test]
fn being_late_is_told_in_whole_days_hours_or_minutes() {
    let due_at = at(9, 26, 17, 30);
    assert_eq!(left(due_at, at(9, 26, 17, 40)), Remaining::OverdueMinutes(10));
    assert_eq!(left(due_at, at(9, 27, 9, 0)), Remaining::OverdueHours(15));
    assert_eq!(left(due_at, at(9, 28, 18, 0)), Remaining::OverdueDays(2));
}
