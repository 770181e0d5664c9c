//! What rows say of each other: which is part of which, and which stands there
//! twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::draft::{self, Draft, Problem, Trouble, squeezed};

/// Enough of a circle to see where it is.
const SHOWN_ROWS: usize = 10;

/// Marks every row whose task and lead unit an earlier row has.
pub(super) fn mark_duplicates(drafts: &mut [Draft]) -> Vec<Problem> {
    let mut first: BTreeMap<(String, Option<String>), u64> = BTreeMap::new();
    let mut problems = Vec::new();
    for draft in drafts.iter_mut().filter(|draft| !draft.task.is_empty()) {
        let unit = draft.units.lead.as_ref().map(|code| code.as_str().to_owned());
        let key = (bare(&draft.task), unit);
        let first_row = *first.entry(key).or_insert(draft.row);
        if first_row != draft.row {
            draft.duplicate_of = Some(first_row);
            problems.push(problem(draft.row, None, Trouble::Duplicate { first_row }));
        }
    }
    problems
}

/// Only letters, digits and characters: a full stop at the end makes no other
/// task.
fn bare(task: &str) -> String {
    squeezed(task).chars().filter(|found| found.is_alphanumeric()).collect()
}

/// Joins every draft to the one its cell names, by number or by its words, and
/// takes circles apart again.
pub(super) fn join_parents(
    drafts: &mut [Draft],
    named: &[Option<String>],
    column: Option<usize>,
) -> Vec<Problem> {
    let rows = RowsByName::of(drafts);
    let mut problems = Vec::new();
    for (draft, named) in drafts.iter_mut().zip(named) {
        let Some(named) = named else { continue };
        let written = draft::beginning(named);
        match rows.called(named) {
            [] => problems.push(problem(draft.row, column, Trouble::ParentUnknown { written })),
            [row] => draft.parent_row = Some(*row),
            several => {
                let rows = several.iter().take(SHOWN_ROWS).copied().collect();
                let trouble = Trouble::ParentAmbiguous { written, rows };
                problems.push(problem(draft.row, column, trouble));
            }
        }
    }
    for circle in circles(drafts) {
        let shown: Vec<u64> = circle.iter().take(SHOWN_ROWS).copied().collect();
        for draft in drafts.iter_mut().filter(|draft| circle.contains(&draft.row)) {
            draft.parent_row = None;
            let trouble = Trouble::ParentCircle { rows: shown.clone() };
            problems.push(problem(draft.row, column, trouble));
        }
    }
    problems
}

#[derive(Default)]
struct RowsByName {
    numbers: BTreeMap<String, Vec<u64>>,
    tasks: BTreeMap<String, Vec<u64>>,
}

impl RowsByName {
    fn of(drafts: &[Draft]) -> Self {
        let mut rows = Self::default();
        for draft in drafts {
            if let Some(number) = &draft.number {
                rows.numbers.entry(bare_number(number)).or_default().push(draft.row);
            }
            rows.tasks.entry(bare(&draft.task)).or_default().push(draft.row);
        }
        rows
    }

    fn called(&self, named: &str) -> &[u64] {
        let by_number = self.numbers.get(&bare_number(named));
        let found = by_number.or_else(|| self.tasks.get(&bare(named)));
        found.map_or(&[], Vec::as_slice)
    }
}

/// `1.`, `（1）` and `1、` are one number; `1.1` is another.
fn bare_number(number: &str) -> String {
    squeezed(number).trim_matches(['.', '、', '(', ')']).to_owned()
}

/// The rows of every circle. A draft has one parent, so that a walk upwards
/// ends outside, in rows walked before, or in a circle.
fn circles(drafts: &[Draft]) -> Vec<Vec<u64>> {
    let parents: BTreeMap<u64, u64> =
        drafts.iter().filter_map(|draft| Some((draft.row, draft.parent_row?))).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for start in parents.keys() {
        let mut walked = Vec::new();
        let mut at = *start;
        while seen.insert(at) {
            walked.push(at);
            match parents.get(&at) {
                Some(parent) => at = *parent,
                None => break,
            }
        }
        if let Some(begin) = walked.iter().position(|row| *row == at) {
            let is_back = parents.contains_key(&at);
            if is_back {
                found.push(walked.split_off(begin));
            }
        }
    }
    found
}

fn problem(row: u64, column: Option<usize>, trouble: Trouble) -> Problem {
    Problem { row: Some(row), column, trouble }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafts(parents: &[(u64, Option<u64>)]) -> Vec<Draft> {
        let draft = |&(row, parent_row)| Draft { row, parent_row, ..Draft::default() };
        parents.iter().map(draft).collect()
    }

    #[test]
    fn circles_are_found_and_what_only_leads_into_one_is_not_part_of_it() {
        let rows = drafts(&[
            (1, Some(2)),
            (2, Some(3)),
            (3, Some(2)),
            (4, None),
            (5, Some(4)),
            (6, Some(6)),
        ]);
        assert_eq!(circles(&rows), [vec![2, 3], vec![6]]);
    }

    #[test]
    fn a_tree_has_no_circle() {
        assert_eq!(
            circles(&drafts(&[(1, None), (2, Some(1)), (3, Some(2)), (4, Some(1))])),
            Vec::<Vec<u64>>::new()
        );
    }
}
