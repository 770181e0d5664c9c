//! A table of tasks, as offices keep them, read into drafts: the names of its
//! columns are found, said and may be overruled; every row is read whole and
//! all that is wrong with it comes out at once.
//!
//! A row that is there is a draft, a section heading or a problem; none
//! disappears.

mod columns;
mod relations;
mod rows;

use std::collections::BTreeMap;

pub use self::columns::{Because, Column};
use crate::draft::{Against, Draft, Field, Problem, Trouble, marked};
use crate::table_in::{OpenFault, Sheet, SheetLimits, SheetRow};

/// Tasks in one sheet. A year's plan of a county has fewer; more would not be
/// read by the person who files them.
pub const MAX_TASKS: usize = 500;

/// With titles, heads and section headings.
pub const LIMITS: SheetLimits =
    SheetLimits { bytes: 8 << 20, unpacked: 64 << 20, rows: MAX_TASKS + 100, columns: 60 };

/// What the person says the table means; empty, it is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The row with the names of the columns.
    pub header_row: Option<u64>,
    /// By column; `None` for one that is not to be used.
    pub columns: BTreeMap<usize, Option<Field>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskTable {
    pub header_row: Option<u64>,
    pub columns: Vec<Column>,
    pub drafts: Vec<Draft>,
    /// From the top down, those of the whole table first.
    pub problems: Vec<Problem>,
}

/// A CSV or XLSX file.
pub fn read(
    bytes: &[u8],
    against: &Against<'_>,
    mapping: &Mapping,
) -> Result<TaskTable, OpenFault> {
    of_sheet(&sheet(bytes)?, against, mapping)
}

/// The same in two steps, for whoever shows the sheet before it is read again.
pub fn sheet(bytes: &[u8]) -> Result<Sheet, OpenFault> {
    Sheet::read(bytes, &LIMITS)
}

pub fn pasted_sheet(text: &str) -> Result<Sheet, OpenFault> {
    Sheet::of_pasted(text, &LIMITS)
}

/// Text copied out of a spreadsheet or a document.
pub fn read_pasted(
    text: &str,
    against: &Against<'_>,
    mapping: &Mapping,
) -> Result<TaskTable, OpenFault> {
    of_sheet(&pasted_sheet(text)?, against, mapping)
}

impl TaskTable {
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.is_error())
    }

    pub fn warnings(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| !problem.is_error())
    }

    pub fn problems_of(&self, row: u64) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(move |problem| problem.row == Some(row))
    }

    /// The first classification marking, which stops the whole form.
    pub fn marking(&self) -> Option<&str> {
        self.problems.iter().find_map(|problem| match &problem.trouble {
            Trouble::Classified { found } => Some(found.as_str()),
            _ => None,
        })
    }
}

pub fn of_sheet(
    sheet: &Sheet,
    against: &Against<'_>,
    mapping: &Mapping,
) -> Result<TaskTable, OpenFault> {
    let header = columns::find_header(sheet, mapping);
    let (columns, mut problems) = columns::take(sheet, header.as_ref(), mapping);
    problems.extend(sheet.faults.iter().map(|fault| Problem {
        row: Some(fault.row),
        column: None,
        trouble: Trouble::RowUnreadable(fault.clone()),
    }));
    problems.extend(sheet.rows.iter().flat_map(markings));
    let header_row = header.map(|header| header.row);
    let mut drafts = Vec::new();
    let can_be_read = columns.iter().any(|column| column.taken_for == Some(Field::Task));
    if can_be_read {
        let (read, troubles) = rows::read(sheet, header_row, &columns, against);
        drafts = read;
        problems.extend(troubles);
    }
    if drafts.len() > MAX_TASKS {
        return Err(OpenFault::TooManyRows { limit: MAX_TASKS });
    }
    problems.extend(relations::mark_duplicates(&mut drafts));
    problems.sort_by_key(|problem| (problem.row, problem.column));
    Ok(TaskTable { header_row, columns, drafts, problems })
}

/// In titles and in columns that are not used too: the file as a whole must not
/// come in.
fn markings(row: &SheetRow) -> impl Iterator<Item = Problem> {
    row.cells.iter().enumerate().filter_map(|(column, cell)| {
        let trouble = marked::trouble(&cell.text)?;
        Some(Problem { row: Some(row.number), column: Some(column), trouble })
    })
}
