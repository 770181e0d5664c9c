//! A table as it was understood, row by row, with fields to put its cells right.

use std::collections::BTreeSet;

use bihuan_documents::draft::{self, Draft, Field, Trouble};
use bihuan_documents::table_in::Sheet;
use bihuan_documents::task_table::{self, Because, TaskTable};

use super::filing::urgency_of;
use super::ground::Ground;
use crate::i18n::Lang;
use crate::pages::desk::registration::table::{Column, Row};
use crate::pages::desk::registration::trouble::{column_letters, field_name, read_as, say};
use crate::pages::desk::registration::{Mend, Said};
use crate::view::field::Choice;

/// Cells put right at a time, so that the form keeps within its fields.
const MOST_MENDS: usize = 200;

pub(super) fn general(lang: Lang, table: &TaskTable) -> Vec<Said> {
    let whole = table.problems.iter().filter(|problem| problem.row.is_none());
    whole.map(|problem| said(lang, problem, None)).collect()
}

fn said(lang: Lang, problem: &draft::Problem, mend: Option<Mend>) -> Said {
    Said { is_error: problem.is_error(), words: say(lang, &problem.trouble), mend }
}

pub(super) fn columns(lang: Lang, table: &TaskTable) -> Vec<Column> {
    let fields = || Field::ALL.map(|field| Choice::new(field.code(), field_name(lang, field)));
    let column = |column: &task_table::Column| {
        let mut choices = vec![Choice::new("-", lang.tr("registration-column-unused"))];
        choices.extend(fields());
        let note = match column.because {
            Because::Heading | Because::Caller => None,
            Because::UnknownHeading => Some(lang.tr("registration-column-unknown").into_owned()),
            Because::SameAs { first } => {
                Some(lang.trn("registration-column-same", "column", column_letters(first)))
            }
        };
        Column {
            name: format!("col-{}", column.at),
            letters: column_letters(column.at),
            heading: column.heading.clone(),
            samples: column.samples.join(&lang.tr("registration-and")),
            chosen: column.taken_for.map_or("-", Field::code).to_owned(),
            choices,
            note,
        }
    };
    table.columns.iter().map(column).collect()
}

pub(super) fn rows(ground: &Ground, table: &TaskTable, sheet: &Sheet) -> Vec<Row> {
    let mut mends = Mends { table, sheet, left: MOST_MENDS, given: BTreeSet::new() };
    let known: BTreeSet<u64> = table.drafts.iter().map(|draft| draft.row).collect();
    let mut rows: Vec<Row> = Vec::new();
    let mut section = None;
    for draft in &table.drafts {
        let mut row = row(ground, table, draft);
        row.section = draft.section.clone().filter(|_| draft.section != section);
        section.clone_from(&draft.section);
        row.said = mends.said(ground.lang, draft.row);
        rows.push(row);
    }
    // A row that could not be read, or a title with something wrong in it, is
    // shown too.
    let others: BTreeSet<u64> = table.problems.iter().filter_map(|problem| problem.row).collect();
    for number in others.difference(&known) {
        rows.push(blank(*number, mends.said(ground.lang, *number)));
    }
    rows.sort_by_key(|row| row.row);
    rows
}

fn row(ground: &Ground, table: &TaskTable, draft: &Draft) -> Row {
    let lang = ground.lang;
    let labelled = |field: Field, value: &Option<String>| {
        let value = value.as_ref()?;
        Some(
            lang.say("registration-labelled")
                .with("name", field_name(lang, field))
                .with("value", value.as_str())
                .to_string(),
        )
    };
    let more = [
        labelled(Field::Goal, &draft.goal),
        labelled(Field::Source, &draft.source),
        labelled(Field::Approver, &draft.approver),
        labelled(Field::Note, &draft.note),
        (!draft.from_merge.is_empty()).then(|| {
            let names = draft.from_merge.iter().map(|from| field_name(lang, from.field));
            let names = names.collect::<Vec<_>>().join(&lang.tr("registration-and"));
            lang.trn("registration-from-merge", "fields", names)
        }),
    ];
    let people =
        [labelled(Field::Official, &draft.official), labelled(Field::Person, &draft.person)];
    let due_said = draft.due.as_ref().and_then(|due| {
        let how = read_as(lang, due.read_as)?;
        let said = lang.say("registration-read-as");
        Some(said.with("written", due.written.as_str()).with("how", how).to_string())
    });
    Row {
        row: draft.row,
        section: None,
        depth: depth(table, draft),
        task: draft.task.clone(),
        more: more.into_iter().flatten().collect(),
        lead: draft.units.lead.as_ref().map(|lead| ground.unit(lead)).unwrap_or_default(),
        co: ground.units(&draft.units.others),
        class: lang.code_of("urgency", urgency_of(draft.class).code()).into_owned(),
        due: draft.due.as_ref().map(|due| ground.day(due.date)),
        due_said,
        people: people.into_iter().flatten().collect(),
        said: Vec::new(),
    }
}

fn blank(row: u64, said: Vec<Said>) -> Row {
    Row {
        row,
        section: None,
        depth: 0,
        task: String::new(),
        more: Vec::new(),
        lead: String::new(),
        co: String::new(),
        class: String::new(),
        due: None,
        due_said: None,
        people: Vec::new(),
        said,
    }
}

/// As deep as pages indent; a tree may be deeper.
fn depth(table: &TaskTable, draft: &Draft) -> u8 {
    const DEEPEST: u8 = 4;
    let mut depth = 0;
    let mut above = draft.parent_row;
    while let Some(row) = above.filter(|_| depth < DEEPEST) {
        depth += 1;
        let parent = table.drafts.iter().find(|draft| draft.row == row);
        above = parent.and_then(|parent| parent.parent_row);
    }
    depth
}

/// Fields to put cells right, one for each cell.
struct Mends<'a> {
    table: &'a TaskTable,
    sheet: &'a Sheet,
    left: usize,
    given: BTreeSet<(u64, usize)>,
}

impl Mends<'_> {
    fn said(&mut self, lang: Lang, row: u64) -> Vec<Said> {
        let table = self.table;
        let one = |problem: &draft::Problem| {
            let mend = self.mend(lang, row, problem);
            said(lang, problem, mend)
        };
        table.problems_of(row).map(one).collect()
    }

    /// What a merged cell means, only its owner knows; a marking is no slip of
    /// the pen to be typed away.
    fn mend(&mut self, lang: Lang, row: u64, problem: &draft::Problem) -> Option<Mend> {
        let column = problem.column?;
        let can_be_mended = problem.is_error()
            && !matches!(problem.trouble, Trouble::Merged { .. } | Trouble::Classified { .. });
        if !can_be_mended || self.left == 0 || !self.given.insert((row, column)) {
            return None;
        }
        self.left -= 1;
        let field = self.table.columns.get(column).and_then(|column| column.taken_for);
        let near = match &problem.trouble {
            Trouble::UnitUnknown { nearest, .. } => nearest.clone(),
            Trouble::UnitAmbiguous { names, .. } => names.clone(),
            _ => Vec::new(),
        };
        let cells = self.sheet.rows.iter().find(|found| found.number == row);
        Some(Mend {
            name: format!("cell-{row}-{column}"),
            label: field.map_or_else(|| column_letters(column), |field| field_name(lang, field)),
            value: cells.map(|cells| cells.text(column).trim().to_owned()).unwrap_or_default(),
            near,
        })
    }
}
