//! What holds for every start, limit, pause and extension.

use bihuan_domain::calendar::{CountingRule, DayOne, HolidayRule, Limit};
use bihuan_domain::clock::{Cell, Node, Pause, StripDay, Tally, due_recalculated, why};
use bihuan_domain::ids::NodeCode;
use bihuan_domain::instant::Instant;
use jiff::civil::{Date, Time};
use proptest::prelude::*;

use crate::{at_year, calendar};

/// A minute between 2018 and 2028: known years and unknown ones.
fn moments() -> impl Strategy<Value = Instant> {
    let first = at_year(2018, 1, 1, 0, 0);
    (0..10 * 365 * 24 * 60_i64).prop_map(move |minutes| first.plus_minutes(minutes))
}

fn limits() -> impl Strategy<Value = Limit> {
    prop_oneof![
        (0..20_000_u32).prop_map(Limit::Minutes),
        (0..200_u32).prop_map(Limit::WorkHours),
        (0..60_u32).prop_map(Limit::WorkDays),
        (0..90_u32).prop_map(Limit::Days),
        (0..14_u32).prop_map(Limit::Months),
    ]
}

fn any_limits() -> impl Strategy<Value = Limit> {
    prop_oneof![4 => limits(), 1 => moments().prop_map(|at| Limit::On(at.date()))]
}

fn day_ones() -> impl Strategy<Value = DayOne> {
    prop_oneof![
        Just(DayOne::SameDay),
        Just(DayOne::NextDay),
        (0..24_i8, 0..60_i8)
            .prop_map(|(hour, minute)| DayOne::SameDayUntil(Time::constant(hour, minute, 0, 0))),
    ]
}

fn holiday_rules() -> impl Strategy<Value = HolidayRule> {
    prop_oneof![Just(HolidayRule::Keep), Just(HolidayRule::NextWorkday)]
}

fn rules(limits: impl Strategy<Value = Limit>) -> impl Strategy<Value = CountingRule> {
    (limits, day_ones(), holiday_rules()).prop_map(|(limit, day_one, holiday)| CountingRule {
        limit,
        day_one,
        holiday,
    })
}

/// Up to three pauses that begin within a month of `from`.
fn pauses() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((0..43_200_i64, 0..20_000_i64), 0..3)
}

fn placed(from: Instant, pauses: &[(i64, i64)]) -> Vec<Pause> {
    let place = |&(after, length): &(i64, i64)| {
        let begin = from.plus_minutes(after);
        Pause { from: begin, to: Some(begin.plus_minutes(length)) }
    };
    pauses.iter().map(place).collect()
}

fn one_more(limit: Limit) -> Limit {
    match limit {
        Limit::Minutes(n) => Limit::Minutes(n + 1),
        Limit::WorkHours(n) => Limit::WorkHours(n + 1),
        Limit::WorkDays(n) => Limit::WorkDays(n + 1),
        Limit::Days(n) => Limit::Days(n + 1),
        Limit::Months(n) => Limit::Months(n + 1),
        Limit::On(date) => Limit::On(date.tomorrow().unwrap_or(Date::MAX)),
    }
}

proptest! {
    #[test]
    fn a_date_is_never_before_its_start(rule in rules(limits()), from in moments(), p in pauses()) {
        let due = calendar().due_with(&rule, from, &placed(from, &p), &[]);
        prop_assert!(due.due_at >= from);
    }

    #[test]
    fn a_later_start_is_never_due_earlier(
        rule in rules(any_limits()), from in moments(), minutes in 0..10_000_i64,
    ) {
        let calendar = calendar();
        let later = calendar.due(&rule, from.plus_minutes(minutes));
        prop_assert!(later.due_at >= calendar.due(&rule, from).due_at);
    }

    #[test]
    fn a_longer_limit_is_never_due_earlier(
        rule in rules(any_limits()), from in moments(), p in pauses(),
    ) {
        let calendar = calendar();
        let pauses = placed(from, &p);
        let longer = CountingRule { limit: one_more(rule.limit), ..rule };
        let due = calendar.due_with(&rule, from, &pauses, &[]);
        prop_assert!(calendar.due_with(&longer, from, &pauses, &[]).due_at >= due.due_at);
    }

    #[test]
    fn a_pause_never_makes_a_date_earlier(
        rule in rules(any_limits()), from in moments(), p in pauses(),
        by in prop::collection::vec(any_limits(), 0..2), more in (0..43_200_i64, 0..20_000_i64),
    ) {
        let calendar = calendar();
        let mut pauses = placed(from, &p);
        let before = calendar.due_with(&rule, from, &pauses, &by);
        pauses.extend(placed(from, &[more]));
        prop_assert!(calendar.due_with(&rule, from, &pauses, &by).due_at >= before.due_at);
    }

    #[test]
    fn an_empty_pause_changes_nothing(
        rule in rules(any_limits()), from in moments(), after in 0..43_200_i64,
    ) {
        let calendar = calendar();
        let empty = placed(from, &[(after, 0)]);
        prop_assert_eq!(calendar.due_with(&rule, from, &empty, &[]), calendar.due(&rule, from));
    }

    #[test]
    fn an_extension_never_makes_a_date_earlier(
        rule in rules(any_limits()), from in moments(), p in pauses(), by in any_limits(),
    ) {
        let calendar = calendar();
        let pauses = placed(from, &p);
        let due = calendar.due_with(&rule, from, &pauses, &[]);
        prop_assert!(calendar.due_with(&rule, from, &pauses, &[by]).due_at >= due.due_at);
    }

    #[test]
    fn due_soon_comes_before_due_and_after_the_start(
        rule in rules(limits()), from in moments(), p in pauses(), by in any_limits(),
    ) {
        let due = calendar().due_with(&rule, from, &placed(from, &p), &[by]);
        prop_assert!(due.soon_at <= due.due_at);
        prop_assert!(due.soon_at >= from);
    }

    #[test]
    fn working_days_and_hours_end_on_a_working_day(
        limit in prop_oneof![(1..60_u32).prop_map(Limit::WorkDays), (1..200_u32).prop_map(Limit::WorkHours)],
        day_one in day_ones(), from in moments(), p in pauses(),
    ) {
        let calendar = calendar();
        let rule = CountingRule { limit, day_one, holiday: HolidayRule::Keep };
        let due = calendar.due_with(&rule, from, &placed(from, &p), &[]);
        prop_assert!(calendar.day(due.due_at.date()).is_workday());
    }

    #[test]
    fn the_next_working_day_rule_never_ends_on_a_day_off(
        limit in (1..90_u32).prop_map(Limit::Days), from in moments(), p in pauses(),
    ) {
        let calendar = calendar();
        let rule = CountingRule { limit, day_one: DayOne::NextDay, holiday: HolidayRule::NextWorkday };
        let due = calendar.due_with(&rule, from, &placed(from, &p), &[]);
        prop_assert!(calendar.day(due.due_at.date()).is_workday());
    }

    #[test]
    fn no_limit_ends_inside_a_pause(
        rule in rules(limits()), from in moments(), p in pauses(),
    ) {
        let pauses = placed(from, &p);
        let due = calendar().due_with(&rule, from, &pauses, &[]);
        let inside =
            |p: &Pause| p.from < due.due_at && p.to.is_some_and(|to| due.due_at < to);
        prop_assert!(!pauses.iter().any(inside));
    }

    #[test]
    fn working_days_are_as_many_as_were_asked_for(n in 1..60_u32, from in moments()) {
        let calendar = calendar();
        let rule = CountingRule {
            limit: Limit::WorkDays(n), day_one: DayOne::NextDay, holiday: HolidayRule::Keep,
        };
        let last = calendar.due(&rule, from).due_at.date();
        let after = from.date().tomorrow().into_iter();
        let counted = after
            .flat_map(|first| first.series(jiff::Span::new().days(1)))
            .take_while(|date| *date <= last)
            .filter(|date| calendar.is_workday(*date))
            .count();
        prop_assert_eq!(u32::try_from(counted), Ok(n));
    }

    #[test]
    fn the_strip_numbers_exactly_the_days_of_the_limit(
        limit in prop_oneof![(1..40_u32).prop_map(Limit::WorkDays), (1..40_u32).prop_map(Limit::Days)],
        day_one in day_ones(), holiday in holiday_rules(), from in moments(), p in pauses(),
    ) {
        let node = paused_node(CountingRule { limit, day_one, holiday }, from, &p, &[]);
        let shown = shown(&node, node.due.due_at);
        let numbered = shown.iter().filter(|day| day.label.is_some()).count();
        // A long strip leaves days out, so only a whole one can be counted.
        let whole = shown.windows(2).all(|pair| pair[0].date.tomorrow().ok() == Some(pair[1].date));
        prop_assume!(whole);
        let (Limit::WorkDays(n) | Limit::Days(n)) = limit else { unreachable!() };
        prop_assert_eq!(u32::try_from(numbered), Ok(n));
    }

    #[test]
    fn the_strip_shows_the_date_once_and_counts_up_to_it(
        rule in rules(limits()), from in moments(), p in pauses(),
        by in prop::collection::vec(limits(), 0..2), now in moments(),
    ) {
        let node = paused_node(rule, from, &p, &by);
        let shown = shown(&node, now);
        prop_assert_eq!(shown.iter().filter(|day| day.is_due).count(), 1);
        let due = node.due.due_at.date();
        let counted = |day: &&StripDay| {
            matches!(day.tally, Tally::Counted | Tally::Ahead | Tally::Added)
        };
        prop_assert!(shown.iter().filter(counted).all(|day| day.date <= due));
    }
}

proptest! {
    // A strip between two moments ages apart is long; a few dozen do.
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_moment_can_be_explained(
        micros in any::<i64>(), now in any::<i64>(), rule in rules(any_limits()),
    ) {
        let node = paused_node(rule, Instant::from_micros(micros), &[], &[]);
        let why = why(&node, &calendar(), Instant::from_micros(now));
        prop_assert!(why.sentence.zh.ends_with('。'));
    }
}

fn paused_node(
    counting: CountingRule,
    from: Instant,
    pauses: &[(i64, i64)],
    extensions: &[Limit],
) -> Node {
    let calendar = calendar();
    let due = calendar.due(&counting, from);
    let mut node = Node::started(NodeCode::new("handle"), "rule", counting, from, from, due);
    node.pauses = placed(from, pauses);
    node.extensions = extensions.to_vec();
    node.due = due_recalculated(&calendar, &node);
    node
}

fn shown(node: &Node, now: Instant) -> Vec<StripDay> {
    let day = |cell| match cell {
        Cell::Day(day) => Some(day),
        Cell::Gap(..) => None,
    };
    why(node, &calendar(), now).strip.into_iter().filter_map(day).collect()
}
