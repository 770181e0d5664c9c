//! Which row holds the names of the columns, and what each column is taken for.

use std::collections::{BTreeMap, BTreeSet};

use super::Mapping;
use crate::draft::{Field, HEADINGS, Problem, Trouble, squeezed};
use crate::table_in::{Sheet, SheetRow};

/// Titles, units and dates above the names take a few rows, never so many.
const HEAD_ROWS: usize = 20;

/// Longer is a sentence, not the name of a column.
const HEADING_CHARACTERS: usize = 16;

/// Cells shown of each column, so that a person sees what is in it.
const SAMPLES: usize = 3;
const SAMPLE_CHARACTERS: usize = 30;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// From 0.
    pub at: usize,
    /// As it stands in the table; may be empty.
    pub heading: String,
    /// `None` when the column is not used.
    pub taken_for: Option<Field>,
    pub because: Because,
    pub samples: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// Its heading says so.
    Heading,
    /// The caller says so.
    Caller,
    /// Its heading says nothing known.
    UnknownHeading,
    /// Another column says the same.
    SameAs { first: usize },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) row: u64,
    headings: Vec<String>,
}

/// The row in which most columns are known by their names. Of two alike the
/// upper, unless the lower is the second line of a head whose names are merged
/// down into it.
pub(super) fn find_header(sheet: &Sheet, mapping: &Mapping) -> Option<Header> {
    if let Some(wanted) = mapping.header_row {
        let row = sheet.rows.iter().find(|row| row.number == wanted)?;
        let headings = headings(sheet, row).into_iter().map(|(heading, _)| heading).collect();
        return Some(Header { row: wanted, headings });
    }
    let mut best: Option<(usize, Header)> = None;
    for row in sheet.rows.iter().take(HEAD_ROWS) {
        let found = headings(sheet, row);
        let known: BTreeSet<Field> = found.iter().filter_map(|(text, _)| field_of(text)).collect();
        let goes_on = found.iter().any(|(text, merged)| *merged && field_of(text).is_some());
        let is_better = match &best {
            None => known.len() > 1 || is_lone_task(row),
            Some((most, _)) => known.len() > *most || (known.len() == *most && goes_on),
        };
        if is_better {
            let headings = found.into_iter().map(|(heading, _)| heading).collect();
            best = Some((known.len(), Header { row: row.number, headings }));
        }
    }
    best.map(|(_, header)| header)
}

/// A list of nothing but tasks has one column.
fn is_lone_task(row: &SheetRow) -> bool {
    row.cells.iter().filter(|cell| !cell.is_blank()).count() == 1
        && row.cells.iter().any(|cell| exact_field(&plain(&cell.text)) == Some(Field::Task))
}

/// Each cell of a row as a heading, and whether it reaches down from above.
fn headings(sheet: &Sheet, row: &SheetRow) -> Vec<(String, bool)> {
    (0..width(sheet))
        .map(|column| match row.text(column).trim() {
            "" => match from_above(sheet, row.number, column) {
                Some(text) => (text, true),
                None => (String::new(), false),
            },
            text => (text.to_owned(), false),
        })
        .collect()
}

fn from_above(sheet: &Sheet, row: u64, column: usize) -> Option<String> {
    let merge = sheet.merges.iter().find(|merge| {
        merge.has_row(row) && merge.first_row < row && merge.first_column == column
    })?;
    let first = sheet.rows.iter().find(|above| above.number == merge.first_row)?;
    Some(first.text(column).trim().to_owned())
}

fn width(sheet: &Sheet) -> usize {
    sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
}

/// What every column is taken for, and what is wrong with that as a whole.
pub(super) fn take(
    sheet: &Sheet,
    header: Option<&Header>,
    mapping: &Mapping,
) -> (Vec<Column>, Vec<Problem>) {
    let width = width(sheet);
    let mut troubles = Vec::new();
    let by_caller = mapping.columns.values().any(Option::is_some);
    if header.is_none() && !by_caller {
        troubles.push(Trouble::HeaderMissing);
    }
    let mut taken = by_mapping(mapping, width, &mut troubles);
    let named: Vec<&str> =
        header.map_or_else(Vec::new, |header| header.headings.iter().map(String::as_str).collect());
    // Exact names first: `任务完成情况` must not take the place of `任务`.
    for exact in [true, false] {
        for (at, heading) in named.iter().enumerate() {
            if mapping.columns.contains_key(&at) || taken.values().any(|(of, _)| *of == at) {
                continue;
            }
            let field = if exact { exact_field(&plain(heading)) } else { field_of(heading) };
            if let Some(field) = field {
                taken.entry(field).or_insert((at, Because::Heading));
            }
        }
    }
    if header.is_some() || by_caller {
        for field in [Field::Task, Field::LeadUnit] {
            if !taken.contains_key(&field) {
                troubles.push(Trouble::ColumnMissing { field });
            }
        }
    }
    let columns = (0..width)
        .map(|at| {
            let heading = named.get(at).copied().unwrap_or_default();
            let (taken_for, because) = meaning(at, heading, &taken, mapping);
            let samples = samples(sheet, header, at);
            Column { at, heading: heading.to_owned(), taken_for, because, samples }
        })
        .collect();
    let problem = |trouble| Problem { row: None, column: None, trouble };
    (columns, troubles.into_iter().map(problem).collect())
}

type Taken = BTreeMap<Field, (usize, Because)>;

fn by_mapping(mapping: &Mapping, width: usize, troubles: &mut Vec<Trouble>) -> Taken {
    let mut taken = Taken::new();
    for (at, field) in &mapping.columns {
        let Some(field) = *field else { continue };
        if *at >= width {
            troubles.push(Trouble::NoSuchColumn { field });
            continue;
        }
        if let Some((first, _)) = taken.get(&field) {
            troubles.push(Trouble::ColumnTwice { field, first: *first });
            continue;
        }
        taken.insert(field, (*at, Because::Caller));
    }
    taken
}

fn meaning(at: usize, heading: &str, taken: &Taken, mapping: &Mapping) -> (Option<Field>, Because) {
    if let Some((field, (_, because))) = taken.iter().find(|(_, (of, _))| *of == at) {
        return (Some(*field), *because);
    }
    let claimed = match mapping.columns.get(&at) {
        Some(None) => return (None, Because::Caller),
        Some(Some(field)) => Some(*field),
        None => field_of(heading),
    };
    match claimed.and_then(|field| taken.get(&field)) {
        Some((first, _)) => (None, Because::SameAs { first: *first }),
        None => (None, Because::UnknownHeading),
    }
}

fn samples(sheet: &Sheet, header: Option<&Header>, column: usize) -> Vec<String> {
    let after = header.map_or(0, |header| header.row);
    sheet
        .rows
        .iter()
        .filter(|row| row.number > after)
        .map(|row| row.text(column).trim())
        .filter(|text| !text.is_empty())
        .take(SAMPLES)
        .map(|text| text.chars().take(SAMPLE_CHARACTERS).collect())
        .collect()
}

/// By its whole name, or by how it ends: `2026年重点工作任务`, `县直责任单位`.
fn field_of(heading: &str) -> Option<Field> {
    let plain = plain(heading);
    if plain.chars().count() > HEADING_CHARACTERS {
        return None;
    }
    exact_field(&plain).or_else(|| {
        let names =
            HEADINGS.iter().flat_map(|(field, names)| names.iter().map(|name| (*field, *name)));
        names
            // One character, or a word of English, ends too many other words.
            .filter(|(_, name)| name.chars().count() > 1 && !name.is_ascii())
            .filter(|(_, name)| plain.ends_with(name))
            .max_by_key(|(_, name)| name.len())
            .map(|(field, _)| field)
    })
}

fn exact_field(plain: &str) -> Option<Field> {
    HEADINGS.iter().find(|(_, names)| names.contains(&plain)).map(|(field, _)| *field)
}

/// Without spaces, marks and what stands in brackets: `完成时限（月底）*`.
fn plain(heading: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for found in squeezed(heading).chars() {
        match found {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            ':' | '*' | '★' | '_' => {}
            _ if depth == 0 => kept.push(found),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_with_their_brackets_spaces_and_what_stands_before() {
        for (heading, field) in [
            ("事项内容", Some(Field::Task)),
            ("工 作\n任 务", Some(Field::Task)),
            ("2026年重点工作任务", Some(Field::Task)),
            ("完成时限（月底前）", Some(Field::Due)),
            ("*完成时限：", Some(Field::Due)),
            ("市级牵头领导", Some(Field::Official)),
            ("县直责任单位", Some(Field::LeadUnit)),
            ("配合责任单位", Some(Field::CoUnits)),
            ("牵头单位责任人", Some(Field::Person)),
            ("上级序号", Some(Field::Parent)),
            ("Lead Unit", Some(Field::LeadUnit)),
            ("DUE", Some(Field::Due)),
            ("目前进展", None),
            ("任务完成情况", None),
            ("residue", None),
            ("", None),
            ("按照县委县政府要求认真抓好落实的各项工作任务", None),
        ] {
            assert_eq!(field_of(heading), field, "{heading}");
        }
    }
}
