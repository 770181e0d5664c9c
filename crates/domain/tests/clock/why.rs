//! What a page is told when someone asks why a date is the date it is.

use bihuan_domain::calendar::{DayKind, Limit};
use bihuan_domain::clock::thirteen710::Digit;
use bihuan_domain::clock::{
    Cell, MoveKind, Node, StripDay, Tally, due_after_extension, due_after_resume, due_recalculated,
    due_under, why,
};
use bihuan_domain::ids::NodeCode;
use jiff::civil::{Date, date};

use crate::nodes::{lamp_repair, node};
use crate::*;

fn days(strip: &[Cell]) -> Vec<&StripDay> {
    strip
        .iter()
        .filter_map(|cell| match cell {
            Cell::Day(day) => Some(day),
            Cell::Gap(..) => None,
        })
        .collect()
}

fn day<'a>(days: &[&'a StripDay], date: Date) -> &'a StripDay {
    match days.iter().find(|day| day.date == date) {
        Some(day) => day,
        None => panic!("{date} is not in the strip"),
    }
}

/// `1 2 停 3` and so on: labels where there are any, a mark where not.
fn row(days: &[&StripDay]) -> String {
    let cells: Vec<&str> = days
        .iter()
        .map(|day| match (day.tally, &day.label) {
            (_, Some(label)) => label.as_str(),
            (Tally::Paused, None) => "停",
            (Tally::Rest, None) => "休",
            (Tally::Plain, None) => "·",
            (Tally::Counted | Tally::Ahead | Tally::Added, None) => "计",
        })
        .collect();
    cells.join(" ")
}

#[test]
fn the_repair_explains_its_date_in_one_sentence() {
    let why = why(&lamp_repair(), &calendar(), at(9, 28, 11, 30));
    assert_eq!(
        why.sentence.zh,
        "9月22日次日起算5个工作日，中间暂停1个，经批准延期2个；\
         国庆节休7天不计，10月8日、9日调休上班照计，所以是10月9日 周日。"
    );
    assert_eq!(
        why.sentence.en,
        "5 working days from the day after 22 September, 1 of them paused, 2 added with approval; \
         7 days off for National Day not counted, 8 October and 9 October worked instead and \
         counted; so it is Sunday 9 October."
    );
}

#[test]
fn the_repairs_strip_shows_every_day_and_what_it_did() {
    let why = why(&lamp_repair(), &calendar(), at(9, 28, 11, 30));
    let days = days(&why.strip);
    assert_eq!(row(&days), "· 1 休 休 2 停 3 4 5 休 休 休 休 休 休 休 +1 +2 ·");
    assert_eq!(day(&days, date(2022, 9, 28)).tally, Tally::Counted);
    assert_eq!(day(&days, date(2022, 9, 29)).tally, Tally::Ahead);
    assert_eq!(day(&days, date(2022, 10, 8)).tally, Tally::Added);
    assert_eq!(day(&days, date(2022, 10, 8)).day, DayKind::SwappedWorkday);
}

#[test]
fn the_strip_flags_the_start_today_and_every_date_there_was() {
    let why = why(&lamp_repair(), &calendar(), at(9, 28, 11, 30));
    let days = days(&why.strip);
    let flagged = |flag: fn(&StripDay) -> bool| -> Vec<Date> {
        days.iter().filter(|day| flag(day)).map(|day| day.date).collect()
    };
    assert_eq!(flagged(|day| day.is_start), [date(2022, 9, 22)]);
    assert_eq!(flagged(|day| day.is_today), [date(2022, 9, 28)]);
    assert_eq!(flagged(|day| day.is_original), [date(2022, 9, 29)]);
    assert_eq!(flagged(|day| day.is_due), [date(2022, 10, 9)]);
    assert_eq!(flagged(|day| day.was_due.is_some()), [date(2022, 9, 30)]);
    assert_eq!(day(&days, date(2022, 9, 30)).was_due, Some(MoveKind::Resumed));
}

#[test]
fn a_long_rest_has_the_holidays_name() {
    let why = why(&lamp_repair(), &calendar(), at(9, 28, 11, 30));
    let [rest] = &why.rests[..] else { panic!("not one rest: {:?}", why.rests) };
    assert_eq!((rest.from, rest.to, rest.days), (date(2022, 10, 1), date(2022, 10, 7), 7));
    assert_eq!((rest.name.zh.as_str(), rest.name.en.as_str()), ("国庆节", "National Day"));
}

#[test]
fn the_table_lists_every_move_in_words() {
    let why = why(&lamp_repair(), &calendar(), at(9, 28, 11, 30));
    let said: Vec<_> =
        why.moves.iter().map(|line| (line.what.zh.as_str(), line.moved_it)).collect();
    assert_eq!(
        said,
        [
            ("开始计时，5个工作日", true),
            ("暂停计时", false),
            ("恢复计时", true),
            ("延期2个工作日", true),
        ]
    );
    assert_eq!(why.moves[3].what.en, "Extended by 2 working days");
    assert_eq!(why.moves[3].rule, "grid-case.extend");
}

#[test]
fn a_pause_that_lasts_is_told_with_the_date_before_it() {
    let mut node = node(Limit::WorkDays(5), at(9, 22, 9, 20));
    node.pause(at(9, 26, 16, 30), "suspend", None);
    let why = why(&node, &calendar(), at(9, 28, 9, 0));
    assert_eq!(
        why.sentence.zh,
        "9月22日次日起算5个工作日，现在暂停，恢复后重新计算，暂停前的时限是9月29日 周四。"
    );
    let days = days(&why.strip);
    assert_eq!(day(&days, date(2022, 9, 26)).tally, Tally::Counted);
    assert_eq!(day(&days, date(2022, 9, 27)).tally, Tally::Paused);
    assert_eq!(day(&days, date(2022, 9, 28)).tally, Tally::Paused);
}

#[test]
fn a_last_day_that_ended_inside_a_pause_is_shown_as_paused() {
    let mut node = node(Limit::WorkDays(5), at(9, 22, 9, 20));
    node.pause(at(9, 29, 16, 0), "suspend", None);
    let due = due_after_resume(&calendar(), &node, at(10, 8, 9, 0));
    node.resume(at(10, 8, 9, 0), "suspend", due);
    let why = why(&node, &calendar(), at(10, 8, 10, 0));
    let days = days(&why.strip);
    assert_eq!(row(&days), "· 1 休 休 2 3 4 停 停 休 休 休 休 休 休 休 停 5 ·");
    assert!(day(&days, date(2022, 10, 9)).is_due);
}

#[test]
fn an_estimate_says_which_years_notice_is_missing() {
    let why = why(
        &node(Limit::WorkDays(10), at_year(2026, 12, 28, 9, 0)),
        &calendar(),
        at_year(2026, 12, 29, 9, 0),
    );
    assert_eq!(why.unknown_year, Some(2027));
    assert!(why.sentence.zh.ends_with("2027年的放假安排还没有录入，按周一至周五估算。"));
    assert!(why.sentence.en.contains("The holiday notice for 2027 is not loaded yet"));
}

#[test]
fn a_date_inside_known_years_says_nothing_of_estimates() {
    let why = why(&lamp_repair(), &calendar(), at(9, 28, 11, 30));
    assert_eq!(why.unknown_year, None);
    assert!(!why.sentence.zh.contains("估算"));
}

#[test]
fn a_closed_estimate_stays_and_is_not_explained_by_a_later_notice() {
    let mut node = node(Limit::WorkDays(3), at_year(2027, 9, 30, 9, 0));
    node.meet(at_year(2027, 10, 1, 9, 0));
    let later = calendar().with_year(notice_2027());
    let why = why(&node, &later, at_year(2027, 10, 12, 9, 0));
    assert_eq!(
        why.sentence.zh,
        "9月30日次日起算3个工作日，所以是10月5日 周二。\
         定这个日期时放假安排还没有录入，是按周一至周五估算的。"
    );
}

#[test]
fn a_recalculated_date_names_the_notice_in_the_table() {
    let mut node = node(Limit::WorkDays(3), at_year(2027, 9, 30, 9, 0));
    let notice = notice_2027();
    let title = notice.title();
    let later = calendar().with_year(notice);
    let due = due_recalculated(&later, &node);
    node.recalculate(at_year(2026, 11, 5, 9, 0), &title, due);
    let why = why(&node, &later, at_year(2027, 9, 30, 10, 0));
    assert_eq!(why.moves[1].what.zh, "按国务院办公厅关于2027年部分节假日安排的通知重算");
    assert!(why.sentence.zh.contains("国庆节休7天不计"));
}

fn thirteen710(digit: Digit, from: Instant) -> Node {
    let Some(rule) = digit.counting() else { panic!("{digit:?} has no date") };
    let due = due(&rule, from);
    Node::started(NodeCode::new(digit.code()), "13710", rule, from, from, due)
}

#[test]
fn day_seven_counts_days_off_too() {
    let why = why(&thirteen710(Digit::Day7, at(9, 28, 9, 0)), &calendar(), at(9, 29, 9, 0));
    assert_eq!(row(&days(&why.strip)), "1 2 3 4 5 6 7 休");
    assert_eq!(why.sentence.zh, "9月28日当日起算7天，所以是10月4日 周二。");
    assert_eq!(
        why.sentence.en,
        "7 days from 28 September, that day included; so it is Tuesday 4 October."
    );
}

#[test]
fn filing_after_hours_is_told_with_the_hour() {
    let why = why(&thirteen710(Digit::Day3, at(9, 21, 18, 5)), &calendar(), at(9, 22, 9, 0));
    assert_eq!(why.sentence.zh, "9月21日 周三 18:05已过17:30，次日起算3天，所以是9月24日 周六。");
    assert_eq!(row(&days(&why.strip)), "· 1 2 3 休");
}

#[test]
fn work_hours_are_told_with_the_hour_and_have_no_numbers() {
    let why = why(&node(Limit::WorkHours(4), at(9, 23, 16, 30)), &calendar(), at(9, 23, 17, 0));
    assert_eq!(
        why.sentence.zh,
        "9月23日 周五 16:30起算4个工作时，只计上班时间，所以是9月26日 周一 11:00。"
    );
    assert_eq!(row(&days(&why.strip)), "计 休 休 计 ·");
}

#[test]
fn whole_hours_of_minutes_are_told_as_hours() {
    let why = why(&node(Limit::Minutes(120), at(9, 23, 16, 30)), &calendar(), at(9, 23, 17, 0));
    assert_eq!(
        why.sentence.en,
        "2 hours from Friday 23 September 16:30, counted day and night; \
         so it is Friday 23 September 18:30."
    );
}

#[test]
fn a_fixed_date_is_told_as_fixed() {
    let node = node(Limit::On(date(2023, 1, 31)), at(9, 23, 16, 30));
    let why = why(&node, &calendar(), at(9, 24, 9, 0));
    assert_eq!(why.sentence.zh, "规定的日期是2023年1月31日，所以是2023年1月31日 周二。");
}

#[test]
fn an_imported_date_is_told_as_given() {
    let given = Due { due_at: at(9, 30, 15, 12), soon_at: at(9, 30, 14, 12), estimated: false };
    let counting = next_day(Limit::WorkDays(5));
    let from = at(9, 22, 9, 20);
    let node = Node::imported(NodeCode::new("handle"), "rule", counting, from, from, given);
    let why = why(&node, &calendar(), at(9, 24, 9, 0));
    assert_eq!(
        why.sentence.zh,
        "9月22日 周四 09:20开始，时限沿用原系统给定的，所以是9月30日 周五 15:12。"
    );
    assert!(days(&why.strip).iter().all(|day| day.label.is_none()));
}

#[test]
fn a_date_of_another_year_is_told_with_its_year() {
    let node = node(Limit::Months(6), at(9, 22, 9, 0));
    let why = why(&node, &calendar(), at(9, 24, 9, 0));
    assert_eq!(why.sentence.zh, "9月22日次日起算6个月，所以是2023年3月22日 周三。");
}

#[test]
fn a_last_day_off_that_moved_is_shown_as_rest() {
    let counting = next_workday(Limit::Days(3));
    let from = at(9, 28, 9, 0);
    let due = due(&counting, from);
    let node = Node::started(NodeCode::new("handle"), "rule", counting, from, from, due);
    let why = why(&node, &calendar(), at(9, 28, 10, 0));
    assert_eq!(row(&days(&why.strip)), "· 1 2 3 休 休 休 休 休 休 · ·");
    assert!(why.sentence.zh.contains("顺延"), "{}", why.sentence.zh);
}

#[test]
fn a_long_strip_keeps_the_days_around_those_that_matter() {
    let node = node(Limit::Months(12), at(9, 22, 9, 0));
    let why = why(&node, &calendar(), at_year(2023, 2, 1, 9, 0));
    assert_eq!(why.strip.iter().filter(|cell| matches!(cell, Cell::Gap(..))).count(), 2);
    let days = days(&why.strip);
    assert!(days.len() < 20);
    assert!(day(&days, date(2022, 9, 22)).is_start);
    assert!(day(&days, date(2023, 2, 1)).is_today);
    assert!(day(&days, date(2023, 9, 22)).is_due);
}

#[test]
fn an_overdue_node_shows_today_after_its_date() {
    let why = why(&node(Limit::WorkDays(1), at(9, 21, 9, 0)), &calendar(), at(9, 26, 9, 0));
    assert_eq!(row(&days(&why.strip)), "· 1 · 休 休 ·");
    assert!(day(&days(&why.strip), date(2022, 9, 26)).is_today);
}

#[test]
fn another_rule_is_said_to_be_earlier_only_when_it_is() {
    let calendar = calendar();
    let mut node = node(Limit::WorkDays(5), at(9, 22, 9, 20));
    for limit in [Limit::WorkDays(2), Limit::WorkDays(4)] {
        let counting = next_day(limit);
        let due = due_under(&calendar, &node, &counting);
        node.tighten(at(9, 22, 10, 0), counting, "rule", due);
    }
    let why = why(&node, &calendar, at(9, 23, 9, 0));
    let said: Vec<_> = why.moves.iter().map(|line| line.what.zh.as_str()).collect();
    assert_eq!(said, ["开始计时", "改按更早到期的规定", "改按另一时限"]);
}

#[test]
fn a_restarted_node_is_explained_from_its_new_start() {
    let mut node = lamp_repair();
    node.meet(at(10, 8, 10, 0));
    let again = due(&node.counting, at(10, 10, 9, 0));
    let (again_at, counting) = (at(10, 10, 9, 0), node.counting);
    node.restart(again_at, again_at, counting, "grid-case.check", again);
    let why = why(&node, &calendar(), at(10, 10, 10, 0));
    assert_eq!(why.sentence.zh, "10月10日次日起算5个工作日，所以是10月17日 周一。");
    assert_eq!(row(&days(&why.strip)), "· 1 2 3 4 休 休 5 ·");
}

#[test]
fn a_met_node_counts_no_days_after_it_was_met() {
    let mut node = node(Limit::WorkDays(5), at(9, 22, 9, 20));
    node.meet(at(9, 26, 10, 0));
    let why = why(&node, &calendar(), at(9, 28, 9, 0));
    let days = days(&why.strip);
    assert_eq!(day(&days, date(2022, 9, 26)).tally, Tally::Counted);
    assert_eq!(day(&days, date(2022, 9, 27)).tally, Tally::Ahead);
}

#[test]
fn an_extension_to_a_date_is_shown_day_by_day() {
    let calendar = calendar();
    let mut node = node(Limit::WorkDays(1), at(9, 22, 9, 20));
    let by = Limit::On(date(2022, 9, 26));
    let due = due_after_extension(&calendar, &node, by);
    node.extend(at(9, 23, 9, 0), by, "extend", None, due);
    let why = why(&node, &calendar, at(9, 23, 10, 0));
    assert_eq!(
        why.sentence.zh,
        "9月22日次日起算1个工作日，经批准延至9月26日，所以是9月26日 周一。"
    );
    assert_eq!(row(&days(&why.strip)), "· 1 +1 +2 +3 ·");
}
