//! The rows below the names, each read into a draft with its problems.

use std::collections::BTreeMap;

use super::{Column, relations};
use crate::draft::{
    self, Against, Class, DayFault, Draft, Due, Field, FromMerge, Problem, ReadAs, Trouble,
    due_problems, ordinal, read_day, read_units, squeezed,
};
use crate::table_in::{Merge, Sheet, SheetRow};

pub(super) fn read(
    sheet: &Sheet,
    header_row: Option<u64>,
    columns: &[Column],
    against: &Against<'_>,
) -> (Vec<Draft>, Vec<Problem>) {
    let by_field =
        columns.iter().filter_map(|column| Some((column.taken_for?, column.at))).collect();
    let table = Table { sheet, header_row: header_row.unwrap_or(0), by_field, against };
    let mut drafts = Vec::new();
    let mut parents = Vec::new();
    let mut problems = Vec::new();
    let mut section = None;
    for row in sheet.rows.iter().filter(|row| row.number > table.header_row) {
        if is_repeated_header(row, columns) {
            continue;
        }
        let mut line = Line::new(&table, row);
        if let Some(heading) = line.section_heading() {
            section = Some(heading);
            continue;
        }
        let (mut draft, parent) = line.draft();
        draft.section.clone_from(&section);
        drafts.push(draft);
        parents.push(parent);
        problems.extend(line.problems);
    }
    let parent_column = table.by_field.get(&Field::Parent).copied();
    problems.extend(relations::join_parents(&mut drafts, &parents, parent_column));
    (drafts, problems)
}

/// Printed tables repeat their head on every page.
fn is_repeated_header(row: &SheetRow, columns: &[Column]) -> bool {
    columns.iter().any(|column| !column.heading.is_empty())
        && columns.iter().all(|column| squeezed(row.text(column.at)) == squeezed(&column.heading))
}

struct Table<'a> {
    sheet: &'a Sheet,
    header_row: u64,
    by_field: BTreeMap<Field, usize>,
    against: &'a Against<'a>,
}

struct Line<'a> {
    table: &'a Table<'a>,
    row: &'a SheetRow,
    merges: Vec<Merge>,
    problems: Vec<Problem>,
    from_merge: Vec<FromMerge>,
}

impl<'a> Line<'a> {
    fn new(table: &'a Table<'a>, row: &'a SheetRow) -> Self {
        let here = |merge: &&Merge| merge.has_row(row.number);
        let merges = table.sheet.merges.iter().filter(here).copied().collect();
        Self { table, row, merges, problems: Vec::new(), from_merge: Vec::new() }
    }

    fn add(&mut self, field: Field, trouble: Trouble) {
        let column = self.table.by_field.get(&field).copied();
        self.problems.push(Problem { row: Some(self.row.number), column, trouble });
    }

    /// One cell alone in its row, either merged across the table or numbered
    /// like a heading in another column than the task's.
    fn section_heading(&self) -> Option<String> {
        let mut filled = self.row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank());
        let (at, cell) = filled.next()?;
        if filled.next().is_some() {
            return None;
        }
        let task = *self.table.by_field.get(&Field::Task)?;
        let across = self.merges.iter().any(|merge| {
            merge.first_row == merge.last_row
                && merge.first_column == at
                && merge.last_column > at
                && merge.has_column(task)
        });
        let numbered = at != task && ordinal(&cell.text).is_some_and(|found| found.level < 3);
        if across || numbered { draft::written(&cell.text) } else { None }
    }

    /// The draft and what stands in its column for the parent.
    fn draft(&mut self) -> (Draft, Option<String>) {
        let number = self.text(Field::Number);
        let parent = self.text(Field::Parent);
        let task = self.task();
        let (due, goes_on) = self.due();
        let class = self.class(goes_on);
        let units = self.units();
        let draft = Draft {
            row: self.row.number,
            number,
            title: draft::title(&task),
            task,
            goal: self.text(Field::Goal),
            class,
            official: self.text(Field::Official),
            units,
            person: self.text(Field::Person),
            due,
            source: self.text(Field::Source),
            approver: self.text(Field::Approver),
            note: self.text(Field::Note),
            from_merge: std::mem::take(&mut self.from_merge),
            ..Draft::default()
        };
        (draft, parent)
    }

    fn task(&mut self) -> String {
        let before = self.problems.len();
        let task = self.text(Field::Task).unwrap_or_default();
        if task.is_empty() && self.problems.len() == before {
            self.add(Field::Task, Trouble::Blank { field: Field::Task });
        }
        task
    }

    fn class(&mut self, goes_on: Option<String>) -> Class {
        let word = self.text(Field::Class).unwrap_or_default();
        let Some(class) = Class::of_word(&word) else {
            self.add(Field::Class, Trouble::ClassUnknown { written: draft::beginning(&word) });
            return Class::default();
        };
        let Some(written) = goes_on else { return class };
        if !word.is_empty() && class != Class::Continuing {
            self.add(Field::Class, Trouble::ClassByDue { written });
        }
        Class::Continuing
    }

    fn units(&mut self) -> draft::Units {
        let before = self.problems.len();
        let lead = self.text(Field::LeadUnit).unwrap_or_default();
        let others = self.text(Field::CoUnits).unwrap_or_default();
        let (units, troubles) = read_units(self.table.against.units, &lead, &others);
        for (field, trouble) in troubles {
            self.add(field, trouble);
        }
        let has_column = self.table.by_field.contains_key(&Field::LeadUnit);
        if has_column && lead.is_empty() && self.problems.len() == before {
            self.add(Field::LeadUnit, Trouble::Blank { field: Field::LeadUnit });
        }
        units
    }

    /// The deadline, or the words that say there is none.
    fn due(&mut self) -> (Option<Due>, Option<String>) {
        let Some(written) = self.text(Field::Due) else { return (None, None) };
        let against = self.table.against;
        let day = match read_day(&written, against.today) {
            Ok(draft::Reading::On(day)) => day,
            Ok(draft::Reading::Continuing) => return (None, Some(written)),
            Err(fault) => {
                let written = draft::beginning(&written);
                self.add(
                    Field::Due,
                    match fault {
                        DayFault::OtherForm => Trouble::DayUnreadable { written },
                        DayFault::NoSuchDay => Trouble::NoSuchDay { written },
                    },
                );
                return (None, None);
            }
        };
        for trouble in due_problems(day.date, against.today, against.calendar) {
            self.add(Field::Due, trouble);
        }
        let at = self.table.by_field.get(&Field::Due).copied().unwrap_or_default();
        let is_stored = self.row.cells.get(at).is_some_and(|cell| cell.is_date);
        let read_as = if is_stored { ReadAs::Stored } else { day.read_as };
        (Some(Due { date: day.date, written, read_as }), None)
    }

    /// The text of a field; one that is too long is a problem and left out.
    fn text(&mut self, field: Field) -> Option<String> {
        let at = *self.table.by_field.get(&field)?;
        let text = draft::written(&self.cell(field, at))?;
        let (found, limit) = (text.chars().count(), field.most_characters());
        if found > limit {
            self.add(field, Trouble::TooLong { field, limit, found });
            return None;
        }
        Some(text)
    }

    /// What stands in a cell, by the rules for merged ones.
    fn cell(&mut self, field: Field, at: usize) -> String {
        let own = || self.row.text(at).to_owned();
        let Some(merge) = self.merges.iter().find(|merge| merge.has_column(at)).copied() else {
            return own();
        };
        let Merge { first_row, last_row, .. } = merge;
        let is_corner = first_row == self.row.number && merge.first_column == at;
        let goes_down = first_row != last_row;
        let is_lost = field.must_not_be_merged() && (goes_down || !is_corner);
        if is_lost {
            self.add(field, Trouble::Merged { field, first_row, last_row });
            return String::new();
        }
        if is_corner {
            return own();
        }
        // Merged only across: what it says is said of the column to the left.
        if !goes_down {
            return String::new();
        }
        let is_column = merge.first_column == at && merge.last_column == at;
        if field.may_be_repeated() && is_column && first_row > self.table.header_row {
            self.from_merge.push(FromMerge { field, first_row });
            return self.corner(first_row, at);
        }
        if merge.first_column == at {
            self.add(field, Trouble::MergedNotTaken { field, first_row, last_row });
        }
        String::new()
    }

    fn corner(&self, first_row: u64, at: usize) -> String {
        let rows = &self.table.sheet.rows;
        let found = rows.binary_search_by_key(&first_row, |row| row.number);
        found.map_or_else(|_| String::new(), |index| rows[index].text(at).to_owned())
    }
}
