//! Days as offices write them, from `2026-10-31` to `10月底前`, and how each
//! was read.
//!
//! Whatever names a month, a quarter or a year and no day means its last day. A
//! day without a year is the next one to come.

mod reader;

use jiff::ToSpan;
use jiff::civil::Date;

use self::reader::{Reader, numeral};
use super::squeezed;

/// No task is older, and none plans further; what lies outside is a slip.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2199;

/// Excel's zero, for every day after February 1900.
const SERIAL_ZERO: Date = Date::constant(1899, 12, 30);

/// The first and the last serial within [`YEARS`].
const SERIALS: std::ops::RangeInclusive<i64> = 36_526..=109_574;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenDay {
    pub date: Date,
    pub read_as: ReadAs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadAs {
    /// The workbook stores it as a date.
    Stored,
    /// Excel's number of a day, 46326.
    Serial,
    /// Year, month and day are written.
    Written,
    /// The next such day.
    YearAdded,
    /// The last day of the period that is written.
    PeriodEnd,
    /// The last day of the next such period.
    PeriodEndYearAdded,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    On(WrittenDay),
    /// 长期坚持: no day, work that goes on.
    Continuing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayFault {
    OtherForm,
    /// 2026年2月30日
    NoSuchDay,
}

impl ReadAs {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Serial => "serial",
            Self::Written => "written",
            Self::YearAdded => "year-added",
            Self::PeriodEnd => "period-end",
            Self::PeriodEndYearAdded => "period-end-year-added",
        }
    }
}

/// The whole of `text` as a day.
pub(crate) fn read_day(text: &str, today: Date) -> Result<Reading, DayFault> {
    let plain = squeezed(without_time(text.trim()));
    let plain = without_weekday(&plain);
    if let Some(day) = serial(plain) {
        return Ok(Reading::On(day));
    }
    if is_continuing(plain) {
        return Ok(Reading::Continuing);
    }
    let from = ["截止到", "截至", "截止", "于", "在", "到", "至"]
        .iter()
        .find_map(|before| plain.strip_prefix(before))
        .unwrap_or(plain);
    let characters: Vec<char> = from.chars().collect();
    let (found, length) =
        Reader { characters: &characters, today }.day().ok_or(DayFault::OtherForm)?;
    let rest: String = characters[length..].iter().collect();
    let is_end = matches!(
        rest.as_str(),
        "" | "前"
            | "之前"
            | "以前"
            | "止"
            | "内"
            | "完成"
            | "前完成"
            | "之前完成"
            | "前办结"
            | "内完成"
    );
    if !is_end {
        return Err(DayFault::OtherForm);
    }
    found.map(Reading::On)
}

/// The deadlines in a sentence: days followed by 前 or the like. A day that
/// something happened on is none.
pub(crate) fn deadlines(text: &str, today: Date) -> Vec<(String, WrittenDay)> {
    let followed = |rest: &[char]| {
        ["前", "之前", "以前"]
            .iter()
            .any(|word| rest.starts_with(&word.chars().collect::<Vec<_>>()))
    };
    days(text, today)
        .filter(|(_, day, rest)| day.is_ok() && followed(rest))
        .filter_map(|(written, day, _)| Some((written, day.ok()?)))
        .collect()
}

/// The days in a text that are written with year, month and day.
pub(crate) fn full_days(text: &str, today: Date) -> Vec<Date> {
    days(text, today)
        .filter_map(|(_, day, _)| day.ok())
        .filter(|day| day.read_as == ReadAs::Written)
        .map(|day| day.date)
        .collect()
}

/// Every day in a text as written, as read, and what follows it.
fn days(
    text: &str,
    today: Date,
) -> impl Iterator<Item = (String, Result<WrittenDay, DayFault>, Vec<char>)> {
    let characters: Vec<char> = squeezed(text).chars().collect();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < characters.len() {
            let inside = at > 0 && numeral(characters[at - 1]).is_some();
            let reader = Reader { characters: &characters[at..], today };
            let found = if inside { None } else { reader.day() };
            let Some((day, length)) = found else {
                at += 1;
                continue;
            };
            let written = characters[at..at + length].iter().collect();
            at += length;
            let rest = characters.iter().skip(at).take(2).copied().collect();
            return Some((written, day, rest));
        }
        None
    })
}

/// `2026-10-31 17:30:00` without the time: a deadline is a day.
fn without_time(text: &str) -> &str {
    let Some((day, time)) = text.split_once([' ', 'T', '\u{3000}']) else { return text };
    let is_time = time.contains(':')
        && time.chars().all(|found| found.is_ascii_digit() || matches!(found, ':' | '.' | ' '));
    if is_time { day } else { text }
}

/// `10月30日（星期五）。`: the weekday is said for convenience.
fn without_weekday(plain: &str) -> &str {
    let plain = plain.trim_end_matches('。');
    match plain.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((day, inside)) if inside.starts_with("星期") || inside.starts_with('周') => day,
        _ => plain,
    }
}

fn serial(plain: &str) -> Option<WrittenDay> {
    let whole = plain.split_once('.').map_or(plain, |(whole, _)| whole);
    let number: i64 = (whole.len() <= 6).then(|| whole.parse().ok())??;
    plain.parse::<f64>().ok()?;
    if !SERIALS.contains(&number) {
        return None;
    }
    let date = SERIAL_ZERO.checked_add(number.days()).ok()?;
    Some(WrittenDay { date, read_as: ReadAs::Serial })
}

fn is_continuing(plain: &str) -> bool {
    const MOST_CHARACTERS: usize = 10;
    ["长期", "持续", "常态", "坚持长期", "continuing", "ongoing"]
        .iter()
        .any(|word| plain.starts_with(word))
        && plain.chars().count() <= MOST_CHARACTERS
        && !plain.contains(|found: char| found.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 22);

    fn on(text: &str) -> (Date, ReadAs) {
        match read_day(text, TODAY) {
            Ok(Reading::On(day)) => (day.date, day.read_as),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_day_with_its_year_reads_in_every_form() {
        for text in [
            "2027年3月5日",
            "2027 年 3 月 5 日",
            "２０２７年３月５日",
            "2027-03-05",
            "2027-3-5",
            "2027.3.5",
            "2027/03/05",
            "20270305",
            "2027-03-05 17:30:00",
            "2027年3月5日前",
            "于2027年3月5日前完成",
            "2027年3月5号",
            "二〇二七年三月五日",
            "截至2027.03.05",
            "2027年3月5日（星期五）。",
        ] {
            assert_eq!(on(text), (date(2027, 3, 5), ReadAs::Written), "{text}");
        }
        assert_eq!(on("二〇二六年十二月三十一日").0, date(2026, 12, 31));
    }

    #[test]
    fn a_number_of_excel_is_a_day() {
        assert_eq!(on("46326"), (date(2026, 10, 31), ReadAs::Serial));
        assert_eq!(on("46326.75"), (date(2026, 10, 31), ReadAs::Serial));
    }

    #[test]
    fn a_day_without_a_year_is_the_next_to_come() {
        assert_eq!(on("12月1日"), (date(2026, 12, 1), ReadAs::YearAdded));
        assert_eq!(on("11月22日"), (TODAY, ReadAs::YearAdded));
        assert_eq!(on("10月31日前"), (date(2027, 10, 31), ReadAs::YearAdded));
        assert_eq!(on("2月29日"), (date(2028, 2, 29), ReadAs::YearAdded));
    }

    #[test]
    fn a_period_ends_on_its_last_day() {
        for (text, end) in [
            ("2027年2月底", date(2027, 2, 28)),
            ("2027年2月末前", date(2027, 2, 28)),
            ("2027年2月", date(2027, 2, 28)),
            ("2027.02", date(2027, 2, 28)),
            ("2026年底", date(2026, 12, 31)),
            ("2026年年底前完成", date(2026, 12, 31)),
            ("2027年", date(2027, 12, 31)),
            ("2027年内", date(2027, 12, 31)),
            ("年底", date(2026, 12, 31)),
            ("今年年底前", date(2026, 12, 31)),
            ("明年3月底", date(2027, 3, 31)),
            ("月底前", date(2026, 11, 30)),
            ("2027年第一季度", date(2027, 3, 31)),
            ("2027年上半年", date(2027, 6, 30)),
            ("2027年3月上旬", date(2027, 3, 10)),
        ] {
            assert_eq!(on(text), (end, ReadAs::PeriodEnd), "{text}");
        }
        for (text, end) in [
            ("10月底", date(2027, 10, 31)),
            ("12月末", date(2026, 12, 31)),
            ("十二月中旬", date(2026, 12, 20)),
            ("一季度末", date(2027, 3, 31)),
        ] {
            assert_eq!(on(text), (end, ReadAs::PeriodEndYearAdded), "{text}");
        }
    }

    #[test]
    fn work_that_goes_on_has_no_day() {
        for text in ["长期坚持", "持续", "持续推进", "常态化推进", "长期"] {
            assert_eq!(read_day(text, TODAY), Ok(Reading::Continuing), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_not_made_one() {
        for text in ["2026年2月30日", "2026-13-01", "2月30日", "1026年1月1日", "13月底", "20261301"]
        {
            assert_eq!(read_day(text, TODAY), Err(DayFault::NoSuchDay), "{text}");
        }
        for text in [
            "尽快",
            "立即",
            "",
            "3个工作日内",
            "2026",
            "10.31",
            "第五季度",
            "2026年10月31日及11月5日",
            "12",
            "1e5",
            "999999999999",
            "持续到2027年3月5日第二天",
        ] {
            assert_eq!(read_day(text, TODAY), Err(DayFault::OtherForm), "{text}");
        }
    }

    #[test]
    fn only_days_something_is_due_before_are_deadlines() {
        let text =
            "会议听取了9月30日检查情况，要求水利局于12月10日前拿出方案，2027年3月底前完成清淤。";
        let found: Vec<_> =
            deadlines(text, TODAY).into_iter().map(|(written, day)| (written, day.date)).collect();
        assert_eq!(
            found,
            [
                ("12月10日".to_owned(), date(2026, 12, 10)),
                ("2027年3月底".to_owned(), date(2027, 3, 31)),
            ]
        );
    }

    /// Found by the property below: 99 quarters are more months than fit the number.
    #[test]
    fn a_quarter_no_year_has_is_no_day() {
        assert_eq!(deadlines("九九季度底前完成", TODAY), []);
        assert_eq!(deadlines("第五季度前完成", TODAY), []);
        assert_eq!(deadlines("127季度前完成", TODAY), []);
    }

    proptest::proptest! {
        #[test]
        fn any_text_reads_or_is_refused(text in "[0-9０-９年月日号底末前.\\-/ 一二十〇第季度上半下旬长期今明本]{0,30}") {
            if let Ok(Reading::On(day)) = read_day(&text, TODAY) {
                proptest::prop_assert!(YEARS.contains(&day.date.year()));
            }
            deadlines(&text, TODAY);
        }
    }
}
