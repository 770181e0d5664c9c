//! Why a row was not taken, said so that its owner can put it right.

use bihuan_domain::playbook::model::Text;

use super::moment::MomentFault;
use crate::sentence::text;
use crate::table_in::RowFault;

/// Long enough to recognise a value, short enough not to copy a whole letter
/// into a list of faults.
const SHOWN_CHARACTERS: usize = 40;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub row: u64,
    /// Without one the whole row is meant.
    pub column: Option<String>,
    /// The cell, shortened.
    pub value: String,
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    IdMissing,
    OpenedMissing,
    DateForm,
    NoSuchDay,
    YearOutOfRange,
    ClockChange,
    NotANumber,
    PositionOutOfRange,
    HalfAPosition,
    UnknownFlag,
    /// The id stands in an earlier row with other content.
    RepeatedWithOtherContent {
        first_row: u64,
    },
    /// The id came in earlier, from another file or run, with other content.
    AlreadyThereWithOtherContent,
    Row(RowFault),
    /// The rules refused it; the code is the refusal's.
    Refused {
        code: &'static str,
        sentence: Text,
    },
}

impl Rejection {
    pub fn new(row: u64, column: Option<&str>, value: &str, why: Why) -> Self {
        Self { row, column: column.map(str::to_owned), value: shorten(value), why }
    }
}

impl From<RowFault> for Rejection {
    fn from(fault: RowFault) -> Self {
        Self::new(fault.row, None, "", Why::Row(fault))
    }
}

impl From<MomentFault> for Why {
    fn from(fault: MomentFault) -> Self {
        match fault {
            MomentFault::OtherForm => Self::DateForm,
            MomentFault::NoSuchDay => Self::NoSuchDay,
            MomentFault::YearOutOfRange => Self::YearOutOfRange,
            MomentFault::ClockChange => Self::ClockChange,
        }
    }
}

impl Why {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::IdMissing => "id-missing",
            Self::OpenedMissing => "opened-missing",
            Self::DateForm => "date-form",
            Self::NoSuchDay => "no-such-day",
            Self::YearOutOfRange => "year-out-of-range",
            Self::ClockChange => "clock-change",
            Self::NotANumber => "not-a-number",
            Self::PositionOutOfRange => "position-out-of-range",
            Self::HalfAPosition => "half-a-position",
            Self::UnknownFlag => "unknown-flag",
            Self::RepeatedWithOtherContent { .. } => "repeated-with-other-content",
            Self::AlreadyThereWithOtherContent => "already-there-with-other-content",
            Self::Row(fault) => fault.code(),
            Self::Refused { code, .. } => code,
        }
    }

    pub fn sentence(&self) -> Text {
        match self {
            Self::IdMissing => text("缺少编号。", "The id is missing."),
            Self::OpenedMissing => {
                text("缺少受理（开始）时间。", "The date of opening is missing.")
            }
            Self::DateForm => text(
                "不是映射文件所写格式的日期，或没有这个时刻。",
                "Not a date in a form the map names, or no such time of day.",
            ),
            Self::NoSuchDay => text("没有这一天。", "There is no such day."),
            Self::YearOutOfRange => {
                text("年份不在 1900 至 2199 之间。", "The year is not between 1900 and 2199.")
            }
            Self::ClockChange => text(
                "当地调整夏令时，这个时刻出现两次或不存在。",
                "The clocks were changed there: this time came twice or never.",
            ),
            Self::NotANumber => text("不是数字。", "Not a number."),
            Self::PositionOutOfRange => text(
                "超出经纬度范围；坐标应为 WGS 84 度数。",
                "Outside the range of degrees; the map says WGS 84.",
            ),
            Self::HalfAPosition => {
                text("只有经度或只有纬度。", "Only one of latitude and longitude is given.")
            }
            Self::UnknownFlag => text(
                "是否超期的取值不在映射文件中。",
                "The map does not say whether this means overdue.",
            ),
            Self::RepeatedWithOtherContent { first_row } => text(
                &format!("编号与第 {first_row} 行相同而内容不同。"),
                &format!("The id stands in row {first_row} too, with other content."),
            ),
            Self::AlreadyThereWithOtherContent => text(
                "该编号以前已导入，内容不同。",
                "The id was imported before, with other content.",
            ),
            Self::Row(fault) => fault.sentence(),
            Self::Refused { sentence, .. } => sentence.clone(),
        }
    }
}

fn shorten(value: &str) -> String {
    let mut characters = value.trim().chars();
    let mut shown: String = characters.by_ref().take(SHOWN_CHARACTERS).collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}
