//! What can be wrong or doubtful about a draft, with the facts a sentence for a
//! person needs and no sentence.

use bihuan_domain::calendar::{Calendar, DayKind};
use bihuan_domain::playbook::Severity;
use jiff::civil::Date;

use super::Field;
use crate::table_in::RowFault;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The row of the table or the line of the record; `None` for the
    /// whole.
    pub row: Option<u64>,
    /// From 0, as [`crate::task_table::Column::at`].
    pub column: Option<usize>,
    pub trouble: Trouble,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No row with names of columns.
    HeaderMissing,
    ColumnMissing {
        field: Field,
    },
    /// The caller gave two columns the same meaning.
    ColumnTwice {
        field: Field,
        first: usize,
    },
    /// The table has no such column.
    NoSuchColumn {
        field: Field,
    },
    RowUnreadable(RowFault),
    Blank {
        field: Field,
    },
    TooLong {
        field: Field,
        limit: usize,
        found: usize,
    },
    /// 密级标志: stops the whole form (《保守国家秘密法》).
    Classified {
        found: String,
    },
    /// One cell over several tasks or deadlines.
    Merged {
        field: Field,
        first_row: u64,
        last_row: u64,
    },
    ClassUnknown {
        written: String,
    },
    UnitUnknown {
        written: String,
        nearest: Vec<String>,
    },
    UnitAmbiguous {
        written: String,
        names: Vec<String>,
    },
    TooManyUnits {
        limit: usize,
    },
    DayUnreadable {
        written: String,
    },
    NoSuchDay {
        written: String,
    },
    DuePast {
        date: Date,
    },
    /// The same task for the same unit as an earlier row.
    Duplicate {
        first_row: u64,
    },
    ParentUnknown {
        written: String,
    },
    ParentAmbiguous {
        written: String,
        rows: Vec<u64>,
    },
    /// The rows that are each part of the next, and the last of the first.
    ParentCircle {
        rows: Vec<u64>,
    },

    /// A record without a numbered paragraph.
    NoDecision,

    /// 绝密, 机密 or 秘密 alone.
    BareWord {
        word: String,
    },
    /// `holiday` where the State Council's notice names the day.
    DueDayOff {
        date: Date,
        holiday: Option<String>,
    },
    /// No notice for that year is known yet, so days off are only weekends.
    DueYearUnknown {
        year: i16,
    },
    SeveralLeadUnits {
        taken: String,
        others: Vec<String>,
    },
    UnitTwice {
        written: String,
    },
    /// The deadline says that the task goes on; the class said otherwise.
    ClassByDue {
        written: String,
    },
    /// A merged cell that was not repeated, so that this row has none.
    MergedNotTaken {
        field: Field,
        first_row: u64,
        last_row: u64,
    },
    /// Several deadlines in one decision; the first was taken.
    SeveralDays {
        taken: String,
        others: Vec<String>,
    },
    /// A decision that does not say it, or not in words that are known.
    NotFound {
        field: Field,
    },
    /// The word processor numbers this paragraph itself, in a way that is not
    /// known here.
    AutoNumbered,
}

impl Trouble {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::HeaderMissing => "draft-header-missing",
            Self::ColumnMissing { .. } => "draft-column-missing",
            Self::ColumnTwice { .. } => "draft-column-twice",
            Self::NoSuchColumn { .. } => "draft-no-such-column",
            Self::RowUnreadable(_) => "draft-row-unreadable",
            Self::Blank { .. } => "draft-blank",
            Self::TooLong { .. } => "draft-too-long",
            Self::Classified { .. } => "draft-classified",
            Self::Merged { .. } => "draft-merged",
            Self::ClassUnknown { .. } => "draft-class-unknown",
            Self::UnitUnknown { .. } => "draft-unit-unknown",
            Self::UnitAmbiguous { .. } => "draft-unit-ambiguous",
            Self::TooManyUnits { .. } => "draft-too-many-units",
            Self::DayUnreadable { .. } => "draft-day-unreadable",
            Self::NoSuchDay { .. } => "draft-no-such-day",
            Self::DuePast { .. } => "draft-due-past",
            Self::Duplicate { .. } => "draft-duplicate",
            Self::ParentUnknown { .. } => "draft-parent-unknown",
            Self::ParentAmbiguous { .. } => "draft-parent-ambiguous",
            Self::ParentCircle { .. } => "draft-parent-circle",
            Self::NoDecision => "draft-no-decision",
            Self::BareWord { .. } => "draft-bare-word",
            Self::DueDayOff { .. } => "draft-due-day-off",
            Self::DueYearUnknown { .. } => "draft-due-year-unknown",
            Self::SeveralLeadUnits { .. } => "draft-several-lead-units",
            Self::UnitTwice { .. } => "draft-unit-twice",
            Self::ClassByDue { .. } => "draft-class-by-due",
            Self::MergedNotTaken { .. } => "draft-merged-not-taken",
            Self::SeveralDays { .. } => "draft-several-days",
            Self::NotFound { .. } => "draft-not-found",
            Self::AutoNumbered => "draft-auto-numbered",
        }
    }

    pub const fn severity(&self) -> Severity {
        match self {
            Self::BareWord { .. }
            | Self::DueDayOff { .. }
            | Self::DueYearUnknown { .. }
            | Self::SeveralLeadUnits { .. }
            | Self::UnitTwice { .. }
            | Self::ClassByDue { .. }
            | Self::MergedNotTaken { .. }
            | Self::SeveralDays { .. }
            | Self::NotFound { .. }
            | Self::AutoNumbered => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl Problem {
    pub const fn is_error(&self) -> bool {
        matches!(self.trouble.severity(), Severity::Error)
    }
}

/// What is to be said about a deadline on `date`.
pub(crate) fn due_problems(date: Date, today: Date, calendar: &Calendar) -> Vec<Trouble> {
    if date < today {
        return vec![Trouble::DuePast { date }];
    }
    let mut troubles = Vec::new();
    if matches!(calendar.day(date), DayKind::Weekend | DayKind::Holiday) {
        let holiday = calendar.holiday_name(date).map(str::to_owned);
        troubles.push(Trouble::DueDayOff { date, holiday });
    } else if !calendar.knows(date) {
        troubles.push(Trouble::DueYearUnknown { year: date.year() });
    }
    troubles
}
