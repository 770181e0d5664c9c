//! What a table of tasks and a meeting record are both read into: drafts of
//! tasks, each with everything that is wrong or doubtful about it.
//!
//! Nothing here is a task yet, and nothing is guessed without saying so: what
//! could not be read is a [`Problem`] in its row, what was not found is empty.

mod field;
pub(crate) mod marked;
mod ordinal;
mod problem;
mod unit_names;
mod written_day;

use bihuan_domain::calendar::Calendar;
use bihuan_domain::ids::UnitCode;
use bihuan_domain::width::{half, is_invisible};
use jiff::civil::Date;

pub use field::Field;
pub use problem::{Problem, Trouble};
pub use unit_names::{KnownUnit, UnitNames};
pub use written_day::{ReadAs, WrittenDay};

pub(crate) use field::HEADINGS;
pub(crate) use ordinal::ordinal;
pub(crate) use problem::due_problems;
pub(crate) use unit_names::{read_units, units_in};
pub(crate) use written_day::{DayFault, Reading, deadlines, full_days, read_day};

/// What drafts are read against.
#[derive(Clone, Copy, Debug)]
pub struct Against<'a> {
    pub today: Date,
    pub calendar: &'a Calendar,
    pub units: &'a UnitNames,
}

/// How long a task may take, in the three classes of 13710.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    #[default]
    Ordinary,
    Major,
    Continuing,
}

/// A deadline and how it was read off what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub date: Date,
    pub written: String,
    pub read_as: ReadAs,
}

/// One task as it was brought. What could not be read is left empty and has a
/// problem with the same row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The row of the table, or the line of the record.
    pub row: u64,
    pub number: Option<String>,
    /// The row of the draft this one is part of; never in a circle.
    pub parent_row: Option<u64>,
    /// The heading over a group of rows.
    pub section: Option<String>,
    /// The task up to its first full stop.
    pub title: String,
    pub task: String,
    pub goal: Option<String>,
    pub class: Class,
    pub official: Option<String>,
    pub units: Units,
    pub person: Option<String>,
    pub due: Option<Due>,
    pub source: Option<String>,
    pub approver: Option<String>,
    pub note: Option<String>,
    /// The first row with the same task for the same unit.
    pub duplicate_of: Option<u64>,
    /// What this row has from a merged cell that begins in a row above.
    pub from_merge: Vec<FromMerge>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FromMerge {
    pub field: Field,
    pub first_row: u64,
}

/// The units of a task, as far as they are known ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units {
    pub lead: Option<UnitCode>,
    pub others: Vec<UnitCode>,
}

impl Class {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Major => "major",
            Self::Continuing => "continuing",
        }
    }

    /// `None` for a word that names no class; a blank is an ordinary task.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        let word = squeezed(word);
        let word = ["事项", "任务", "问题", "类"]
            .iter()
            .fold(word.as_str(), |word, end| word.strip_suffix(end).unwrap_or(word));
        Some(match word {
            "" | "一般" | "一般性" | "普通" | "日常" | "ordinary" | "general" => {
                Self::Ordinary
            }
            "重大" | "复杂" | "重大复杂" | "重大、复杂" | "重大(复杂)" | "重大/复杂" | "major"
            | "complex" => Self::Major,
            "持续" | "持续推进" | "长期" | "长期坚持" | "长期推进" | "常态化" | "continuing" => {
                Self::Continuing
            }
            _ => return None,
        })
    }
}

/// A deadline typed into a field of its own; `None` with the class that has
/// none. The troubles beside it do not stop it.
pub fn typed_due(
    written: &str,
    against: &Against<'_>,
) -> Result<(Option<Due>, Vec<Trouble>), Trouble> {
    let fault = |fault| match fault {
        DayFault::OtherForm => Trouble::DayUnreadable { written: beginning(written) },
        DayFault::NoSuchDay => Trouble::NoSuchDay { written: beginning(written) },
    };
    match read_day(written, against.today).map_err(fault)? {
        Reading::Continuing => Ok((None, Vec::new())),
        Reading::On(day) => {
            let troubles = due_problems(day.date, against.today, against.calendar);
            let written = written.trim().to_owned();
            Ok((Some(Due { date: day.date, written, read_as: day.read_as }), troubles))
        }
    }
}

/// Without spaces and line breaks, in half-width and lower case: what two
/// people mean by the same words.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars()
        .map(half)
        .filter(|found| !found.is_whitespace() && !is_invisible(*found))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Trimmed and without control characters; `None` when nothing is left.
pub(crate) fn written(text: &str) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|found| {
            !is_invisible(*found) && (!found.is_control() || matches!(found, '\n' | '\t'))
        })
        .collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}

/// What a person sees of a long text in a sentence about it.
pub(crate) fn beginning(text: &str) -> String {
    const MOST_CHARACTERS: usize = 40;
    text.trim().chars().take(MOST_CHARACTERS).collect()
}

/// A task in one line: up to the first full stop or line break.
pub(crate) fn title(task: &str) -> String {
    const MOST_CHARACTERS: usize = 60;
    let first = task.split(['。', '\n']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let first = first.trim();
    if first.chars().count() <= MOST_CHARACTERS {
        return first.to_owned();
    }
    first.chars().take(MOST_CHARACTERS - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_ends_at_the_first_full_stop_and_says_when_it_is_cut() {
        assert_eq!(title("开展清淤。由水利局牵头。"), "开展清淤");
        assert_eq!(title("\n开展清淤\n由水利局牵头"), "开展清淤");
        assert_eq!(title(""), "");
        let cut = title(&"清".repeat(100));
        assert_eq!((cut.chars().count(), cut.ends_with('…')), (60, true));
    }

    #[test]
    fn classes_are_read_in_the_words_of_offices() {
        for (word, class) in [
            ("", Some(Class::Ordinary)),
            ("一般事项", Some(Class::Ordinary)),
            ("普通", Some(Class::Ordinary)),
            ("重大（复杂）事项", Some(Class::Major)),
            ("复杂", Some(Class::Major)),
            ("重大复杂", Some(Class::Major)),
            (" 持续推进 ", Some(Class::Continuing)),
            ("长期任务", Some(Class::Continuing)),
            ("Major", Some(Class::Major)),
            ("紧急", None),
        ] {
            assert_eq!(Class::of_word(word), class, "{word}");
        }
    }
}
