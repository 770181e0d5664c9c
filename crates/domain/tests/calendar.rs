//! The shipped day table against the published one, and files that are wrong.

use bihuan_domain::calendar::{Calendar, CalendarError, DayKind, HolidayYear, WorkHours};
use jiff::civil::{Date, date, time};

const TABLE: &str = include_str!("data/cn_day_table_2018_2026.csv");

fn shipped() -> Calendar {
    let periods =
        vec![(time(8, 0, 0, 0), time(12, 0, 0, 0)), (time(13, 30, 0, 0), time(17, 30, 0, 0))];
    Calendar::shipped(WorkHours { periods })
}

struct TableDay<'a> {
    date: Date,
    weekday: i8,
    is_workday: bool,
    holiday: Option<&'a str>,
}

fn table() -> Vec<TableDay<'static>> {
    TABLE.lines().skip(1).map(table_day).collect()
}

fn table_day(line: &str) -> TableDay<'_> {
    let fields: Vec<&str> = line.split(',').collect();
    let [day, weekday, is_workday, holiday] = fields[..] else { panic!("not a row: {line}") };
    let (Ok(date), Ok(weekday)) = (day.parse(), weekday.parse()) else {
        panic!("not a day: {line}")
    };
    let holiday = Some(holiday).filter(|name| !name.is_empty());
    TableDay { date, weekday, is_workday: is_workday == "1", holiday }
}

#[test]
fn every_day_from_2018_to_2026_is_as_published() {
    let calendar = shipped();
    let table = table();
    assert_eq!(table.len(), 3287);
    for day in &table {
        assert_eq!(calendar.day(day.date).is_workday(), day.is_workday, "{}", day.date);
        assert_eq!(calendar.holiday_name(day.date), day.holiday, "{}", day.date);
        assert!(calendar.knows(day.date), "{}", day.date);
    }
}

#[test]
fn every_day_from_2018_to_2026_is_of_its_kind() {
    let calendar = shipped();
    for day in table() {
        let expected = match (day.weekday >= 6, day.is_workday) {
            (true, true) => DayKind::SwappedWorkday,
            (false, true) => DayKind::Workday,
            (_, false) if day.holiday.is_some() => DayKind::Holiday,
            (_, false) => DayKind::Weekend,
        };
        assert_eq!(calendar.day(day.date), expected, "{}", day.date);
    }
}

#[test]
fn every_shipped_notice_is_loaded_with_the_address_of_its_source() {
    let notices = HolidayYear::shipped();
    let years: Vec<i16> = notices.iter().map(HolidayYear::year).collect();
    assert_eq!(years, (2018..=2026).collect::<Vec<_>>());
    assert!(notices.iter().all(|notice| !notice.papers().is_empty()));
}

#[test]
fn golden_week_is_off_and_its_weekends_are_swapped() {
    let calendar = shipped();
    assert_eq!(calendar.day(date(2022, 10, 3)), DayKind::Holiday);
    assert_eq!(calendar.day(date(2022, 10, 8)), DayKind::SwappedWorkday);
    assert_eq!(calendar.day(date(2022, 10, 15)), DayKind::Weekend);
    assert_eq!(calendar.day(date(2022, 10, 17)), DayKind::Workday);
}

#[test]
fn a_notice_may_speak_of_the_december_before_it() {
    let calendar = shipped();
    assert_eq!(calendar.day(date(2018, 12, 29)), DayKind::SwappedWorkday);
    assert_eq!(calendar.day(date(2018, 12, 31)), DayKind::Holiday);
}

#[test]
fn a_year_without_a_notice_is_monday_to_friday_and_not_known() {
    let calendar = shipped();
    let national_day = date(2027, 10, 1);
    assert_eq!(calendar.day(national_day), DayKind::Workday);
    assert_eq!(calendar.day(date(2027, 10, 2)), DayKind::Weekend);
    assert!(!calendar.knows(national_day));
    assert_eq!(calendar.last_known_year(), Some(2026));
}

#[test]
fn a_later_notice_is_taken_in_without_a_release() {
    let notice = notice(2027, r#"{"name":"国庆节","date":"2027-10-01","isOffDay":true}"#);
    let calendar = match notice {
        Ok(notice) => shipped().with_year(notice),
        Err(error) => panic!("{error}"),
    };
    assert_eq!(calendar.day(date(2027, 10, 1)), DayKind::Holiday);
    assert!(calendar.knows(date(2027, 10, 1)));
}

#[test]
fn work_periods_out_of_order_and_overlapping_are_joined() {
    let periods = vec![
        (time(13, 0, 0, 0), time(17, 0, 0, 0)),
        (time(8, 0, 0, 0), time(12, 0, 0, 0)),
        (time(11, 0, 0, 0), time(12, 30, 0, 0)),
        (time(19, 0, 0, 0), time(18, 0, 0, 0)),
    ];
    let calendar = Calendar::shipped(WorkHours { periods });
    let read = |at: bihuan_domain::instant::Instant| at.time();
    let found: Vec<_> =
        calendar.work_periods(date(2022, 9, 21)).map(|(from, to)| (read(from), read(to))).collect();
    assert_eq!(
        found,
        [(time(8, 0, 0, 0), time(12, 30, 0, 0)), (time(13, 0, 0, 0), time(17, 0, 0, 0)),]
    );
}

#[test]
fn a_day_off_has_no_work_periods() {
    assert_eq!(shipped().work_periods(date(2022, 10, 1)).count(), 0);
}

#[test]
fn without_work_periods_work_ends_with_the_day() {
    let calendar = Calendar::shipped(WorkHours { periods: Vec::new() });
    let end = calendar.end_of_work(date(2022, 9, 21)).civil();
    assert_eq!(end, date(2022, 9, 21).at(23, 59, 59, 999_999_000));
}

const DAY_OFF: &str = r#"{"name":"元旦","date":"2027-01-01","isOffDay":true}"#;

fn notice(year: i64, days: &str) -> Result<HolidayYear, CalendarError> {
    HolidayYear::parse(&format!(r#"{{"year":{year},"papers":[],"days":[{days}]}}"#))
}

/// The sentence a wrong file is answered with.
fn wrong(year: i64, days: &str) -> String {
    notice(year, days).map_or_else(|error| error.to_string(), |_| "nothing wrong".to_owned())
}

#[test]
fn a_file_that_is_not_json_is_refused() {
    let said = HolidayYear::parse("2027年放假安排").map_err(|error| error.to_string());
    assert!(said.is_err_and(|said| said.starts_with("the file is not a holiday notice in JSON")));
}

#[test]
fn a_file_without_days_is_refused_naming_the_field() {
    let said = HolidayYear::parse(r#"{"year":2027}"#).map_err(|error| error.to_string());
    assert!(said.is_err_and(|said| said.contains("`days`")));
}

#[test]
fn a_year_no_notice_can_be_for_is_refused() {
    assert_eq!(
        wrong(20270, DAY_OFF),
        "the file says it is for 20270, which is not a year between 2000 and 2199"
    );
}

#[test]
fn a_date_given_twice_is_refused() {
    let days = format!("{DAY_OFF},{DAY_OFF}");
    assert_eq!(wrong(2027, &days), "the notice for 2027 names 2027-01-01 twice");
}

#[test]
fn a_date_of_another_year_is_refused() {
    assert_eq!(
        wrong(2028, DAY_OFF),
        "the notice for 2028 names 2027-01-01, which is neither in 2028 nor in the December before"
    );
}

#[test]
fn a_date_that_does_not_exist_is_refused() {
    let days = r#"{"name":"春节","date":"2027-02-30","isOffDay":true}"#;
    assert_eq!(
        wrong(2027, days),
        "the notice for 2027 gives \"2027-02-30\" as a date; dates are written 2026-10-01"
    );
}

#[test]
fn a_day_without_a_name_is_refused() {
    let days = r#"{"name":" ","date":"2027-01-01","isOffDay":true}"#;
    assert_eq!(wrong(2027, days), "the notice for 2027 gives no name for 2027-01-01");
}

#[test]
fn a_notice_without_any_day_off_is_refused() {
    assert_eq!(wrong(2027, ""), "the notice for 2027 names no day off");
}

#[test]
fn a_file_saved_with_a_byte_order_mark_is_read() {
    let text = format!("\u{feff}{{\"year\":2027,\"days\":[{DAY_OFF}]}}");
    assert_eq!(HolidayYear::parse(&text).map(|notice| notice.year()), Ok(2027));
}
