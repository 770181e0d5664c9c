//! The grammar of written days, over characters in half-width without spaces.

use jiff::civil::Date;

use super::{DayFault, ReadAs, WrittenDay, YEARS};

/// 29 February comes every four years, over 2100 every eight.
const YEARS_TO_NEXT: i16 = 8;

pub(super) type Found = (Result<WrittenDay, DayFault>, usize);

/// Reads a day off the beginning of some characters.
pub(super) struct Reader<'a> {
    pub(super) characters: &'a [char],
    pub(super) today: Date,
}

/// What is written behind the year, if any.
enum Part {
    Day {
        month: i8,
        day: i8,
    },
    /// A period by the month and day it ends on.
    End {
        month: i8,
        day: Option<i8>,
    },
}

impl Reader<'_> {
    pub(super) fn day(&self) -> Option<Found> {
        self.eight_digits()
            .or_else(|| self.with_separators())
            .or_else(|| self.with_year())
            .or_else(|| self.without_year())
    }

    /// 20261031
    fn eight_digits(&self) -> Option<Found> {
        let count = self.characters.iter().take_while(|found| found.is_ascii_digit()).count();
        if count != 8 {
            return None;
        }
        let (number, end) = self.number(0)?;
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        Some((self.written(year.try_into().ok()?, month as i8, day as i8), end))
    }

    /// 2026-10-31, 2026.10.31, 2026/10/31; without the day the month's end.
    fn with_separators(&self) -> Option<Found> {
        let (year, at) = self.year(0)?;
        let separator = self.at(at).filter(|found| matches!(found, '-' | '.' | '/'))?;
        let (month, at) = self.small(at + 1)?;
        if self.at(at) != Some(separator) {
            return Some((self.period_end(year, month, None), at));
        }
        let (day, at) = self.small(at + 1)?;
        let at = if self.at(at) == Some('日') { at + 1 } else { at };
        Some((self.written(year, month, day), at))
    }

    fn with_year(&self) -> Option<Found> {
        let (year, is_written, at) = self.year_word()?;
        let (part, at) = self.part(at).or_else(|| self.year_end(at, is_written))?;
        let day = match part {
            Part::Day { month, day } => self.written(year, month, day),
            Part::End { month, day } => self.period_end(year, month, day),
        };
        Some((day, at))
    }

    fn without_year(&self) -> Option<Found> {
        if let Some(length) = self.word(0, &["本月底", "本月末", "月底", "月末"]) {
            return Some((self.period_end(self.today.year(), self.today.month(), None), length));
        }
        if let Some(length) = self.word(0, &["年底", "年末", "年内"]) {
            return Some((self.period_end(self.today.year(), 12, None), length));
        }
        let (part, at) = self.part(0)?;
        let (dates, read_as): (Box<dyn Fn(i16) -> Option<Date>>, _) = match part {
            Part::Day { month, day } => {
                (Box::new(move |year| Date::new(year, month, day).ok()), ReadAs::YearAdded)
            }
            Part::End { month, day } => {
                (Box::new(move |year| end_of(year, month, day)), ReadAs::PeriodEndYearAdded)
            }
        };
        let first = self.today.year();
        let next = (first..=first.saturating_add(YEARS_TO_NEXT))
            .filter_map(dates)
            .find(|date| *date >= self.today);
        Some((next.map(|date| WrittenDay { date, read_as }).ok_or(DayFault::NoSuchDay), at))
    }

    /// Whether the year is given as a number, or by where it stands from today.
    fn year_word(&self) -> Option<(i16, bool, usize)> {
        for (word, later) in [("今年", 0), ("本年度", 0), ("本年", 0), ("明年", 1)] {
            if let Some(length) = self.word(0, &[word]) {
                // 今年年底 says the year twice.
                let at = if self.at(length) == Some('年') { length + 1 } else { length };
                return Some((self.today.year().saturating_add(later), false, at));
            }
        }
        let (year, at) = self.year(0)?;
        let at = self.word(at, &["年度", "年"])?;
        Some((year, true, at))
    }

    /// 底 and the like, or nothing behind a year that is written.
    fn year_end(&self, at: usize, is_written: bool) -> Option<(Part, usize)> {
        let part = Part::End { month: 12, day: None };
        match self.word(at, &["年底", "年末", "底", "末", "内"]) {
            Some(end) => Some((part, end)),
            None => is_written.then_some((part, at)),
        }
    }

    fn part(&self, at: usize) -> Option<(Part, usize)> {
        self.quarter(at).or_else(|| self.half_year(at)).or_else(|| self.month(at))
    }

    fn month(&self, at: usize) -> Option<(Part, usize)> {
        let (month, at) = self.small(at)?;
        let at = self.word(at, &["月份", "月"])?;
        for (word, day) in
            [("底", None), ("末", None), ("上旬", Some(10)), ("中旬", Some(20)), ("下旬", None)]
        {
            if let Some(end) = self.word(at, &[word]) {
                return Some((Part::End { month, day }, end));
            }
        }
        let Some((day, end)) = self.small(at) else {
            return Some((Part::End { month, day: None }, at));
        };
        let end = self.word(end, &["日", "号"]).unwrap_or(end);
        Some((Part::Day { month, day }, end))
    }

    fn quarter(&self, at: usize) -> Option<(Part, usize)> {
        let at = self.word(at, &["第"]).unwrap_or(at);
        let (quarter, at) = self.small(at)?;
        let at = self.word(at, &["季度"])?;
        let at = self.word(at, &["末", "底", "内"]).unwrap_or(at);
        let month = match quarter {
            1..=4 => quarter * 3,
            _ => return None,
        };
        Some((Part::End { month, day: None }, at))
    }

    fn half_year(&self, at: usize) -> Option<(Part, usize)> {
        let (month, at) = match self.word(at, &["上半年"]) {
            Some(at) => (6, at),
            None => (12, self.word(at, &["下半年"])?),
        };
        let at = self.word(at, &["末", "底", "内"]).unwrap_or(at);
        Some((Part::End { month, day: None }, at))
    }

    fn written(&self, year: i16, month: i8, day: i8) -> Result<WrittenDay, DayFault> {
        let date = Date::new(year, month, day).ok().filter(|date| YEARS.contains(&date.year()));
        Ok(WrittenDay { date: date.ok_or(DayFault::NoSuchDay)?, read_as: ReadAs::Written })
    }

    fn period_end(&self, year: i16, month: i8, day: Option<i8>) -> Result<WrittenDay, DayFault> {
        let date = end_of(year, month, day).filter(|date| YEARS.contains(&date.year()));
        Ok(WrittenDay { date: date.ok_or(DayFault::NoSuchDay)?, read_as: ReadAs::PeriodEnd })
    }

    fn at(&self, at: usize) -> Option<char> {
        self.characters.get(at).copied()
    }

    /// Where the first of `words` that stands at `at` ends.
    fn word(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().find_map(|word| {
            let length = word.chars().count();
            let stands = self.characters.get(at..at + length)?.iter().copied().eq(word.chars());
            stands.then_some(at + length)
        })
    }

    fn year(&self, at: usize) -> Option<(i16, usize)> {
        let (year, end) = self.number(at)?;
        (end - at == 4).then_some((i16::try_from(year).ok()?, end))
    }

    fn small(&self, at: usize) -> Option<(i8, usize)> {
        let (number, end) = self.number(at)?;
        (end - at <= 3).then_some((i8::try_from(number).ok()?, end))
    }

    /// In digits, or in Chinese (二〇二六, 十月, 三十一).
    fn number(&self, at: usize) -> Option<(u32, usize)> {
        const MOST_CHARACTERS: usize = 8;
        let run: Vec<u32> =
            self.characters.iter().skip(at).map_while(|found| numeral(*found)).collect();
        if run.is_empty() || run.len() > MOST_CHARACTERS {
            return None;
        }
        Some((value(&run)?, at + run.len()))
    }
}

/// 10 stands for the character 十.
pub(super) fn numeral(character: char) -> Option<u32> {
    if let Some(digit) = character.to_digit(10) {
        return Some(digit);
    }
    let at = "〇一二三四五六七八九十".chars().position(|known| known == character);
    match character {
        '零' | '○' => Some(0),
        _ => at.and_then(|at| u32::try_from(at).ok()),
    }
}

fn value(run: &[u32]) -> Option<u32> {
    match run {
        [10] => Some(10),
        [10, ones] if *ones < 10 => Some(10 + ones),
        [tens, 10] if *tens < 10 => Some(tens * 10),
        [tens, 10, ones] if *tens < 10 && *ones < 10 => Some(tens * 10 + ones),
        _ if run.contains(&10) => None,
        digits => Some(digits.iter().fold(0, |sum, digit| sum * 10 + digit)),
    }
}

fn end_of(year: i16, month: i8, day: Option<i8>) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    match day {
        Some(day) => Date::new(year, month, day).ok(),
        None => Some(first.last_of_month()),
    }
}
