//! Worked cases, each with the date a clerk would find on a wall calendar.

use bihuan_domain::calendar::{CountingRule, DayOne, HolidayRule, Limit};
use bihuan_domain::clock::thirteen710::Digit;
use bihuan_domain::instant::Instant;
use jiff::civil::{DateTime, date, datetime, time};

use crate::*;

fn when(rule: &CountingRule, from: Instant) -> DateTime {
    due(rule, from).due_at.civil()
}

#[test]
fn minutes_run_day_and_night() {
    let rule = next_day(Limit::Minutes(30));
    assert_eq!(when(&rule, at(10, 1, 23, 50)), datetime(2022, 10, 2, 0, 20, 0, 0));
}

#[test]
fn work_hours_stop_for_lunch() {
    let rule = next_day(Limit::WorkHours(4));
    assert_eq!(when(&rule, at(9, 21, 10, 0)), datetime(2022, 9, 21, 15, 30, 0, 0));
}

#[test]
fn work_hours_that_end_with_a_period_do_not_spill_into_the_next() {
    let rule = next_day(Limit::WorkHours(4));
    assert_eq!(when(&rule, at(9, 21, 8, 0)), datetime(2022, 9, 21, 12, 0, 0, 0));
}

#[test]
fn work_hours_pass_over_a_weekend() {
    let rule = next_day(Limit::WorkHours(4));
    assert_eq!(when(&rule, at(9, 23, 16, 30)), datetime(2022, 9, 26, 11, 0, 0, 0));
}

#[test]
fn work_hours_run_on_a_swapped_saturday() {
    let rule = next_day(Limit::WorkHours(2));
    assert_eq!(when(&rule, at(10, 8, 9, 0)), datetime(2022, 10, 8, 11, 0, 0, 0));
}

#[test]
fn work_hours_begun_at_night_begin_with_the_next_work_period() {
    let rule = next_day(Limit::WorkHours(1));
    assert_eq!(when(&rule, at(9, 30, 20, 0)), datetime(2022, 10, 8, 9, 0, 0, 0));
}

#[test]
fn work_days_end_when_work_ends() {
    let rule = next_day(Limit::WorkDays(5));
    assert_eq!(when(&rule, at(9, 22, 9, 20)), datetime(2022, 9, 29, 17, 30, 0, 0));
}

#[test]
fn work_days_skip_golden_week_and_count_its_swapped_weekend() {
    let rule = next_day(Limit::WorkDays(2));
    assert_eq!(when(&rule, at(9, 30, 10, 0)), datetime(2022, 10, 9, 17, 30, 0, 0));
}

#[test]
fn work_days_from_a_day_off_begin_with_the_next_working_day() {
    let saturday = at(9, 24, 10, 0);
    let monday = datetime(2022, 9, 26, 17, 30, 0, 0);
    assert_eq!(when(&next_day(Limit::WorkDays(1)), saturday), monday);
    assert_eq!(when(&same_day(Limit::WorkDays(1)), saturday), monday);
}

#[test]
fn a_working_day_that_is_over_at_the_start_is_not_day_one() {
    let rule = same_day(Limit::WorkDays(1));
    assert_eq!(when(&rule, at(9, 21, 17, 0)), datetime(2022, 9, 21, 17, 30, 0, 0));
    assert_eq!(when(&rule, at(9, 21, 17, 30)), datetime(2022, 9, 22, 17, 30, 0, 0));
}

#[test]
fn calendar_days_end_with_the_day() {
    assert_eq!(when(&next_day(Limit::Days(7)), at(9, 24, 10, 0)), end_of(2022, 10, 1));
    assert_eq!(when(&same_day(Limit::Days(7)), at(9, 24, 10, 0)), end_of(2022, 9, 30));
}

#[test]
fn a_last_day_off_moves_to_the_next_working_day_where_the_rule_says_so() {
    assert_eq!(when(&next_workday(Limit::Days(7)), at(9, 24, 10, 0)), end_of(2022, 10, 8));
    let on = next_workday(Limit::On(date(2022, 10, 2)));
    assert_eq!(when(&on, at(9, 24, 10, 0)), end_of(2022, 10, 8));
}

#[test]
fn months_are_clamped_to_the_months_end() {
    let rule = next_day(Limit::Months(1));
    assert_eq!(when(&rule, at(1, 31, 10, 0)), end_of(2022, 2, 28));
    assert_eq!(when(&rule, at_year(2024, 1, 31, 10, 0)), end_of(2024, 2, 29));
    assert_eq!(when(&next_day(Limit::Months(13)), at(1, 31, 10, 0)), end_of(2023, 2, 28));
}

#[test]
fn a_fixed_date_ends_with_its_day() {
    let rule = next_day(Limit::On(date(2022, 10, 31)));
    assert_eq!(when(&rule, at(9, 24, 10, 0)), end_of(2022, 10, 31));
}

#[test]
fn a_limit_of_zero_is_due_at_its_start() {
    let from = at(9, 24, 10, 0);
    for limit in [
        Limit::Minutes(0),
        Limit::WorkHours(0),
        Limit::WorkDays(0),
        Limit::Days(0),
        Limit::Months(0),
    ] {
        assert_eq!(due(&same_day(limit), from).due_at, from, "{limit:?}");
    }
}

#[test]
fn limits_no_one_can_mean_end_at_the_horizon() {
    let from = at(9, 24, 10, 0);
    for limit in [
        Limit::Minutes(u32::MAX),
        Limit::WorkHours(u32::MAX),
        Limit::WorkDays(u32::MAX),
        Limit::Days(u32::MAX),
        Limit::Months(u32::MAX),
    ] {
        let year = when(&next_workday(limit), from).year();
        assert!((2121..=2123).contains(&year), "{limit:?} ends in {year}");
    }
}

#[test]
fn counting_at_the_end_of_time_does_not_fail() {
    for from in [Instant::from_micros(i64::MAX), Instant::from_micros(i64::MIN)] {
        for limit in [Limit::Minutes(1), Limit::WorkHours(9), Limit::WorkDays(9), Limit::Months(9)]
        {
            let due = due(&next_workday(limit), from);
            assert!(due.soon_at <= due.due_at, "{limit:?}");
        }
    }
    assert_eq!(when(&next_workday(Limit::On(jiff::civil::Date::MAX)), at(1, 1, 0, 0)).year(), 9999);
}

fn digit(digit: Digit, from: Instant) -> Option<DateTime> {
    digit.counting().map(|rule| when(&rule, from))
}

#[test]
fn thirteen710_counts_the_day_of_filing_as_day_one() {
    let from = at(9, 28, 17, 30);
    assert_eq!(digit(Digit::Day1, from), Some(end_of(2022, 9, 28)));
    assert_eq!(digit(Digit::Day3, from), Some(end_of(2022, 9, 30)));
    assert_eq!(digit(Digit::Day7, from), Some(end_of(2022, 10, 4)));
    assert_eq!(digit(Digit::Month, from), Some(end_of(2022, 10, 28)));
}

#[test]
fn thirteen710_filed_after_half_past_five_counts_from_the_next_day() {
    let from = at(9, 28, 17, 31);
    assert_eq!(digit(Digit::Day1, from), Some(end_of(2022, 9, 29)));
    assert_eq!(digit(Digit::Day3, from), Some(end_of(2022, 10, 1)));
    assert_eq!(digit(Digit::Day7, from), Some(end_of(2022, 10, 5)));
    assert_eq!(digit(Digit::Month, from), Some(end_of(2022, 10, 29)));
}

#[test]
fn thirteen710_month_from_the_end_of_january_is_clamped() {
    assert_eq!(digit(Digit::Month, at(1, 31, 9, 0)), Some(end_of(2022, 2, 28)));
    assert_eq!(digit(Digit::Month, at(1, 31, 18, 0)), Some(end_of(2022, 3, 1)));
}

#[test]
fn thirteen710_zero_has_no_date_of_its_own() {
    assert_eq!(digit(Digit::Zero, at(9, 28, 9, 0)), None);
}

#[test]
fn thirteen710_takes_seven_days_for_ordinary_and_a_month_for_major_matters() {
    let codes = |major: bool| -> Vec<&str> {
        Digit::ALL.iter().filter(|digit| digit.applies(major)).map(|digit| digit.code()).collect()
    };
    assert_eq!(codes(false), ["d1", "d3", "d7", "zero"]);
    assert_eq!(codes(true), ["d1", "d3", "month", "zero"]);
}

fn paused(limit: Limit, from: Instant, pauses: &[bihuan_domain::clock::Pause]) -> DateTime {
    calendar().due_with(&next_day(limit), from, pauses, &[]).due_at.civil()
}

#[test]
fn the_day_a_pause_begins_counts_and_the_day_it_ends_does_not() {
    let pauses = [pause(at(9, 26, 16, 30), at(9, 27, 17, 45))];
    let due = paused(Limit::WorkDays(5), at(9, 22, 9, 20), &pauses);
    assert_eq!(due, datetime(2022, 9, 30, 17, 30, 0, 0));
}

#[test]
fn a_pause_within_one_day_takes_no_day_away() {
    let pauses = [pause(at(9, 26, 9, 0), at(9, 26, 16, 0))];
    let due = paused(Limit::WorkDays(5), at(9, 22, 9, 20), &pauses);
    assert_eq!(due, datetime(2022, 9, 29, 17, 30, 0, 0));
}

#[test]
fn days_off_inside_a_pause_are_not_made_up_for() {
    let pauses = [pause(at(9, 23, 16, 0), at(9, 26, 10, 0))];
    let from = at(9, 22, 9, 20);
    assert_eq!(paused(Limit::WorkDays(5), from, &pauses), datetime(2022, 9, 30, 17, 30, 0, 0));
    assert_eq!(paused(Limit::Days(5), from, &pauses), end_of(2022, 9, 30));
}

#[test]
fn a_limit_does_not_end_inside_a_pause_but_on_the_first_counted_day_after() {
    let pauses = [pause(at(9, 29, 16, 0), at(10, 8, 9, 0))];
    let from = at(9, 22, 9, 20);
    assert_eq!(paused(Limit::WorkDays(5), from, &pauses), datetime(2022, 10, 9, 17, 30, 0, 0));
    assert_eq!(paused(Limit::Days(7), from, &pauses), end_of(2022, 10, 9));
}

#[test]
fn two_pauses_ending_on_one_day_take_it_away_once() {
    let pauses =
        [pause(at(9, 26, 16, 30), at(9, 27, 9, 0)), pause(at(9, 27, 8, 30), at(9, 27, 17, 45))];
    let due = paused(Limit::WorkDays(5), at(9, 22, 9, 20), &pauses);
    assert_eq!(due, datetime(2022, 9, 30, 17, 30, 0, 0));
}

#[test]
fn minutes_and_work_hours_inside_a_pause_are_not_counted() {
    let pauses = [pause(at(9, 21, 11, 0), at(9, 21, 14, 30))];
    let from = at(9, 21, 10, 0);
    assert_eq!(paused(Limit::Minutes(120), from, &pauses), datetime(2022, 9, 21, 15, 30, 0, 0));
    assert_eq!(paused(Limit::WorkHours(2), from, &pauses), datetime(2022, 9, 21, 15, 30, 0, 0));
}

#[test]
fn paused_days_lengthen_a_month() {
    let pauses = [pause(at(9, 26, 16, 30), at(9, 28, 9, 0))];
    assert_eq!(paused(Limit::Months(1), at(9, 22, 9, 0), &pauses), end_of(2022, 10, 24));
}

#[test]
fn a_fixed_date_is_not_moved_by_a_pause() {
    let pauses = [pause(at(9, 26, 16, 30), at(9, 28, 9, 0))];
    let limit = Limit::On(date(2022, 9, 30));
    assert_eq!(paused(limit, at(9, 22, 9, 0), &pauses), end_of(2022, 9, 30));
}

#[test]
fn a_pause_that_lasts_takes_nothing_away_yet() {
    let lasting = [bihuan_domain::clock::Pause { from: at(9, 26, 9, 0), to: None }];
    let from = at(9, 22, 9, 20);
    assert_eq!(paused(Limit::WorkDays(5), from, &lasting), paused(Limit::WorkDays(5), from, &[]));
}

fn extended(limit: Limit, by: &[Limit]) -> DateTime {
    calendar().due_with(&next_day(limit), at(9, 22, 9, 20), &[], by).due_at.civil()
}

#[test]
fn an_extension_is_counted_in_its_own_unit_from_the_date_it_extends() {
    let base = Limit::WorkDays(5);
    let until = |by: Limit| extended(base, &[by]);
    assert_eq!(until(Limit::WorkDays(2)), datetime(2022, 10, 8, 17, 30, 0, 0));
    assert_eq!(until(Limit::Days(2)), end_of(2022, 10, 1));
    assert_eq!(until(Limit::Months(1)), end_of(2022, 10, 29));
    assert_eq!(until(Limit::Minutes(90)), datetime(2022, 9, 29, 19, 0, 0, 0));
    assert_eq!(until(Limit::WorkHours(2)), datetime(2022, 9, 30, 10, 0, 0, 0));
    assert_eq!(until(Limit::On(date(2022, 10, 20))), end_of(2022, 10, 20));
}

#[test]
fn extensions_follow_one_another() {
    let by = [Limit::WorkDays(1), Limit::WorkDays(1)];
    assert_eq!(extended(Limit::WorkDays(5), &by), extended(Limit::WorkDays(7), &[]));
}

#[test]
fn an_extension_to_an_earlier_date_extends_nothing() {
    let by = [Limit::On(date(2022, 9, 24))];
    assert_eq!(extended(Limit::WorkDays(5), &by), extended(Limit::WorkDays(5), &[]));
}

#[test]
fn a_pause_during_an_extension_counts_as_well() {
    let pauses = [pause(at(9, 29, 18, 0), at(9, 30, 12, 0))];
    let by = [Limit::WorkDays(1)];
    let due = calendar().due_with(&next_day(Limit::WorkDays(5)), at(9, 22, 9, 20), &pauses, &by);
    assert_eq!(due.due_at.civil(), datetime(2022, 10, 8, 17, 30, 0, 0));
}

fn soon(rule: &CountingRule, from: Instant) -> DateTime {
    due(rule, from).soon_at.civil()
}

#[test]
fn the_last_quarter_is_measured_in_the_limits_own_time() {
    let from = at(9, 21, 10, 0);
    // Ten of the forty hours of five working days.
    assert_eq!(soon(&next_day(Limit::WorkDays(5)), from), datetime(2022, 9, 27, 15, 30, 0, 0));
    // Two of eight work hours.
    assert_eq!(soon(&next_day(Limit::WorkHours(8)), from), datetime(2022, 9, 22, 8, 0, 0, 0));
    // A day of four.
    assert_eq!(
        soon(&next_day(Limit::Days(4)), at(9, 25, 10, 0)),
        datetime(2022, 9, 29, 0, 0, 0, 0)
    );
}

#[test]
fn what_falls_due_on_a_sunday_night_is_due_soon_before_the_weekend() {
    let rule = next_day(Limit::Days(4));
    assert_eq!(when(&rule, at(9, 21, 10, 0)), end_of(2022, 9, 25));
    assert_eq!(soon(&rule, at(9, 21, 10, 0)), datetime(2022, 9, 23, 16, 30, 0, 0));
}

#[test]
fn due_soon_is_at_least_one_work_hour() {
    // A quarter of one day would be 18:00, when no one is at work any more.
    let rule = same_day(Limit::Days(1));
    assert_eq!(soon(&rule, at(9, 21, 9, 0)), datetime(2022, 9, 21, 16, 30, 0, 0));
    // Of two work hours a quarter is half an hour.
    let rule = next_day(Limit::WorkHours(2));
    assert_eq!(soon(&rule, at(9, 21, 9, 0)), datetime(2022, 9, 21, 10, 0, 0, 0));
}

#[test]
fn due_soon_never_begins_before_the_start() {
    let from = at(9, 21, 9, 0);
    assert_eq!(due(&next_day(Limit::Minutes(30)), from).soon_at, from);
}

#[test]
fn counting_working_days_into_an_unknown_year_is_an_estimate() {
    let from = at_year(2026, 12, 28, 9, 0);
    assert!(due(&next_day(Limit::WorkDays(10)), from).estimated);
    assert!(!due(&next_day(Limit::WorkDays(2)), from).estimated);
    assert!(due(&next_day(Limit::WorkHours(80)), from).estimated);
    assert!(due(&next_workday(Limit::Days(10)), from).estimated);
}

#[test]
fn an_extension_into_an_unknown_year_is_an_estimate() {
    let from = at_year(2026, 12, 28, 9, 0);
    let by = [Limit::WorkDays(10)];
    assert!(calendar().due_with(&next_day(Limit::WorkDays(2)), from, &[], &by).estimated);
}

#[test]
fn what_does_not_ask_for_days_off_is_no_estimate() {
    let from = at_year(2026, 12, 28, 9, 0);
    for limit in [Limit::Minutes(20_000), Limit::Days(10), Limit::On(date(2027, 5, 1))] {
        assert!(!due(&next_day(limit), from).estimated, "{limit:?}");
    }
}

#[test]
fn a_new_notice_moves_an_estimated_date() {
    let rule = next_day(Limit::WorkDays(3));
    let from = at_year(2027, 9, 30, 9, 0);
    assert_eq!(when(&rule, from), datetime(2027, 10, 5, 17, 30, 0, 0));
    let known = calendar().with_year(notice_2027()).due(&rule, from);
    assert_eq!(known.due_at.civil(), datetime(2027, 10, 12, 17, 30, 0, 0));
    assert!(!known.estimated);
}

#[test]
fn the_cut_off_hour_itself_is_still_the_same_day() {
    let rule = |limit| CountingRule {
        limit,
        day_one: DayOne::SameDayUntil(time(17, 0, 0, 0)),
        holiday: HolidayRule::Keep,
    };
    assert_eq!(when(&rule(Limit::Days(1)), at(9, 21, 17, 0)), end_of(2022, 9, 21));
    assert_eq!(when(&rule(Limit::Days(1)), at(9, 21, 17, 1)), end_of(2022, 9, 22));
    assert_eq!(
        when(&rule(Limit::WorkDays(1)), at(9, 21, 17, 1)),
        datetime(2022, 9, 22, 17, 30, 0, 0)
    );
}
