//! What can be wrong with a table, with a sentence that says what to do.

use bihuan_domain::playbook::model::Text;
use serde::{Deserialize, Serialize};

use crate::sentence::text;

/// Nothing of the file can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenFault {
    #[error("the file is empty")]
    Empty,
    #[error("the file has no row with column names")]
    NoHeader,
    #[error("the file is an old Excel file (.xls)")]
    OldExcel,
    #[error("the file is encoded in UTF-16")]
    Utf16,
    #[error("the file is not a table")]
    NotATable,
    #[error("the file is larger than {limit} bytes")]
    TooBig { limit: u64 },
    /// A bomb, or a workbook far beyond what anyone types.
    #[error("the file unpacks to more than {limit} bytes")]
    UnpacksTooBig { limit: u64 },
    #[error("the table has more than {limit} rows")]
    TooManyRows { limit: usize },
    #[error("the table has more than {limit} columns")]
    TooManyColumns { limit: usize },
    #[error("the table has more than {limit} merged regions")]
    TooManyMerges { limit: usize },
    #[error("the workbook has no sheet `{name}`")]
    NoSuchSheet { name: String },
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}

/// A row that was in the file and could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("row {row}: {trouble}")]
pub struct RowFault {
    pub row: u64,
    /// The last line of the row; after `row` when a quoted cell has line
    /// breaks, far after it when a quotation mark was never closed.
    pub last_line: u64,
    pub trouble: RowTrouble,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum RowTrouble {
    #[error("{found} cells where the header has {expected}")]
    Ragged { expected: usize, found: usize },
    /// A quotation mark opened here is never closed: the rest of the file went
    /// into one cell.
    #[error("a quotation mark is never closed")]
    Unclosed,
    /// Neither the file's encoding nor, in a file that is otherwise plain
    /// ASCII, any other known one.
    #[error("cell {cell} is not in the file's encoding")]
    Encoding { cell: usize },
    #[error("longer than {limit} bytes")]
    TooLong { limit: u64 },
    /// The file ends or breaks here.
    #[error("cannot be read: {0}")]
    Unreadable(String),
}

impl OpenFault {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "table-empty",
            Self::NoHeader => "table-no-header",
            Self::OldExcel => "table-old-excel",
            Self::Utf16 => "table-utf16",
            Self::NotATable => "table-not-a-table",
            Self::TooBig { .. } => "table-too-big",
            Self::UnpacksTooBig { .. } => "table-unpacks-too-big",
            Self::TooManyRows { .. } => "table-too-many-rows",
            Self::TooManyColumns { .. } => "table-too-many-columns",
            Self::TooManyMerges { .. } => "table-too-many-merges",
            Self::NoSuchSheet { .. } => "table-no-such-sheet",
            Self::Unreadable(_) => "table-unreadable",
        }
    }

    pub fn sentence(&self) -> Text {
        match self {
            Self::Empty => text("文件是空的。", "The file is empty."),
            Self::NoHeader => text(
                "没有找到列名所在的行，请在映射文件中写明 header_row。",
                "No row with column names was found; name it as header_row in the map.",
            ),
            Self::OldExcel => text(
                "这是旧版 Excel 文件（.xls），请另存为 .xlsx 或 CSV 后再导入。",
                "This is an old Excel file (.xls); save it as .xlsx or CSV and try again.",
            ),
            Self::Utf16 => text(
                "文件编码是 UTF-16，请另存为“CSV UTF-8”后再导入。",
                "The file is encoded in UTF-16; save it as \"CSV UTF-8\" and try again.",
            ),
            Self::NotATable => {
                text("文件不是 CSV 或 XLSX 表格。", "The file is neither a CSV nor an XLSX table.")
            }
            Self::TooBig { limit } => text(
                &format!("文件超过 {} MB，请拆分或改用 CSV。", limit >> 20),
                &format!("The file is larger than {} MB; split it or use CSV.", limit >> 20),
            ),
            Self::UnpacksTooBig { limit } => text(
                &format!("文件解压后超过 {} MB，请拆分或改用 CSV。", limit >> 20),
                &format!("The file unpacks to more than {} MB; split it or use CSV.", limit >> 20),
            ),
            Self::TooManyRows { limit } => text(
                &format!("表格超过 {limit} 行，请拆成几份分别导入。"),
                &format!("The table has more than {limit} rows; split it."),
            ),
            Self::TooManyColumns { limit } => text(
                &format!("表格超过 {limit} 列，请删去多余的列后再导入。"),
                &format!("The table has more than {limit} columns; delete those not needed."),
            ),
            Self::TooManyMerges { limit } => text(
                &format!("表格中合并的单元格超过 {limit} 处，请取消合并后再导入。"),
                &format!("The table has more than {limit} merged regions; unmerge them."),
            ),
            Self::NoSuchSheet { name } => text(
                &format!("工作簿中没有名为“{name}”的工作表。"),
                &format!("The workbook has no sheet named \"{name}\"."),
            ),
            Self::Unreadable(why) => {
                text(&format!("文件无法读取：{why}"), &format!("The file cannot be read: {why}"))
            }
        }
    }
}

impl RowFault {
    /// Whether nothing after this row can be read.
    pub const fn is_last(&self) -> bool {
        matches!(self.trouble, RowTrouble::TooLong { .. } | RowTrouble::Unreadable(_))
    }

    pub const fn code(&self) -> &'static str {
        match self.trouble {
            RowTrouble::Ragged { .. } => "row-ragged",
            RowTrouble::Unclosed => "row-unclosed",
            RowTrouble::Encoding { .. } => "row-encoding",
            RowTrouble::TooLong { .. } => "row-too-long",
            RowTrouble::Unreadable(_) => "row-unreadable",
        }
    }

    pub fn sentence(&self) -> Text {
        let last = self.last_line;
        match &self.trouble {
            RowTrouble::Ragged { expected, found } if last > self.row => text(
                &format!(
                    "此行到第 {last} 行为止共 {found} 格，表头为 {expected} 格；可能缺少引号。"
                ),
                &format!(
                    "This row runs to line {last} and has {found} cells where the header has \
                     {expected}; a quotation mark may be missing."
                ),
            ),
            RowTrouble::Ragged { expected, found } => text(
                &format!("此行有 {found} 格，表头为 {expected} 格。"),
                &format!("This row has {found} cells where the header has {expected}."),
            ),
            RowTrouble::Unclosed => text(
                &format!("此行的引号没有闭合，直到第 {last} 行都被当作一格；请补上引号。"),
                &format!(
                    "A quotation mark in this row is never closed, so everything up to line \
                     {last} went into one cell; close it and try again."
                ),
            ),
            RowTrouble::Encoding { cell } => text(
                &format!("第 {cell} 格的文字编码与文件不一致。"),
                &format!("Cell {cell} is not in the file's encoding."),
            ),
            RowTrouble::TooLong { limit } => text(
                &format!("此行超过 {} MB，可能缺少引号；其后的行未读取。", limit >> 20),
                &format!(
                    "This row is longer than {} MB; a quotation mark may be missing. Nothing \
                     after it was read.",
                    limit >> 20
                ),
            ),
            RowTrouble::Unreadable(why) => text(
                &format!("文件在此处损坏或不完整，其后的行未读取：{why}"),
                &format!("The file is damaged or cut off here; nothing after it was read: {why}"),
            ),
        }
    }
}
