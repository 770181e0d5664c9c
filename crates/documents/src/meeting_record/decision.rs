//! The unit, person and day in the words of one decision.
//!
//! Labels (`责任单位：…`) go before prose (`由…牵头`). In prose a phrase counts as
//! units only when all of it is known units; only behind 由 is an office that is
//! not known worth a question.

use bihuan_domain::width::half;
use jiff::civil::Date;

use crate::draft::{
    self, Against, Class, DayFault, Draft, Due, Field, HEADINGS, Reading, Trouble, deadlines,
    due_problems, read_day, read_units, title, units_in,
};

/// Shorter names stand in too many other words before a colon.
const LABEL_CHARACTERS: usize = 3;

/// Behind 由, before 牵头.
const PHRASE_CHARACTERS: usize = 80;

const BREAKS: [char; 9] = ['。', ',', '，', ';', ':', '\n', '(', ')', '由'];

/// How the names of offices end.
const OFFICES: [&str; 20] = [
    "局",
    "委",
    "办",
    "办公室",
    "中心",
    "镇",
    "乡",
    "街道",
    "办事处",
    "政府",
    "公司",
    "大队",
    "支队",
    "院",
    "处",
    "站",
    "所",
    "部",
    "队",
    "会",
];

/// Fills in what the words of a draft say, and answers what is wrong with it.
/// Days without a year are counted from `said_on`.
pub(super) fn read(draft: &mut Draft, said_on: Date, against: &Against<'_>) -> Vec<Trouble> {
    draft.title = title(without_labels(&draft.task));
    let (found, limit) = (draft.task.chars().count(), Field::Task.most_characters());
    if found > limit {
        return vec![Trouble::TooLong { field: Field::Task, limit, found }];
    }
    if draft.task.is_empty() {
        return vec![Trouble::Blank { field: Field::Task }];
    }
    let plain: String = draft.task.chars().map(half).collect();
    let labels = labels(&plain);
    let mut troubles = units(draft, &plain, &labels, against);
    draft.person = labels.value(Field::Person);
    draft.official = labels.value(Field::Official);
    troubles.extend(due(draft, &plain, &labels, said_on, against));
    troubles
}

/// `清理河道（责任单位：水利局）` is called 清理河道.
fn without_labels(task: &str) -> &str {
    let Some((at, bracket)) = task.char_indices().find(|(_, found)| half(*found) == '(') else {
        return task;
    };
    let inside: String = task[at + bracket.len_utf8()..].chars().map(half).collect();
    let begins = labels(&inside).0.first().is_some_and(|label| label.start == 0);
    if begins && at > 0 { &task[..at] } else { task }
}

#[derive(Debug, Default)]
struct Labels(Vec<Label>);

#[derive(Debug)]
struct Label {
    field: Field,
    start: usize,
    value: String,
}

impl Labels {
    fn value(&self, field: Field) -> Option<String> {
        let mut values = self.0.iter().filter(|label| label.field == field);
        let found = draft::written(&values.next()?.value)?;
        (found.chars().count() <= field.most_characters()).then_some(found)
    }

    /// Of every such label, since a decision may name units in two sentences.
    fn all(&self, field: Field) -> Option<String> {
        let values = self.0.iter().filter(|label| label.field == field);
        let joined = values.map(|label| label.value.as_str()).collect::<Vec<_>>().join(";");
        (!joined.is_empty()).then_some(joined)
    }
}

/// Every known name before a colon, with what follows up to the next of them or
/// the end of the phrase.
fn labels(plain: &str) -> Labels {
    let mut spots: Vec<(usize, usize, Field)> = Vec::new();
    for (colon, _) in plain.match_indices(':') {
        let before = plain[..colon].trim_end();
        let names =
            HEADINGS.iter().flat_map(|(field, names)| names.iter().map(|name| (*field, *name)));
        let longest = names
            .filter(|(_, name)| !name.is_ascii() && name.chars().count() >= LABEL_CHARACTERS)
            .filter(|(_, name)| before.ends_with(name))
            .max_by_key(|(_, name)| name.len());
        if let Some((field, name)) = longest {
            spots.push((before.len() - name.len(), colon + 1, field));
        }
    }
    let ends = spots.iter().skip(1).map(|(start, ..)| *start).chain([plain.len()]);
    let label = |((start, from, field), end): (&(usize, usize, Field), usize)| {
        let value = plain[*from..end.max(*from)].split([';', ')', '。', '\n']).next();
        let value = value.unwrap_or_default().trim().trim_end_matches([',', '、']).to_owned();
        Label { field: *field, start: *start, value }
    };
    Labels(spots.iter().zip(ends).map(label).collect())
}

fn units(draft: &mut Draft, plain: &str, labels: &Labels, against: &Against<'_>) -> Vec<Trouble> {
    let said = in_prose(plain, against);
    let lead = labels.all(Field::LeadUnit).or(said.lead);
    let others = labels.all(Field::CoUnits).or(said.others);
    let (units, troubles) = read_units(
        against.units,
        lead.as_deref().unwrap_or_default(),
        others.as_deref().unwrap_or_default(),
    );
    draft.units = units;
    troubles.into_iter().map(|(_, trouble)| trouble).collect()
}

/// Phrases that name units, as they stand in a sentence.
#[derive(Default)]
struct Said {
    lead: Option<String>,
    others: Option<String>,
}

fn in_prose(plain: &str, against: &Against<'_>) -> Said {
    let mut said = Said::default();
    for word in ["牵头", "负责"] {
        if let Some((lead, with)) = before_word(plain, word, true, against) {
            said.lead = Some(lead);
            said.others = with;
            break;
        }
    }
    let helping = ["配合", "协助", "协同"]
        .iter()
        .find_map(|word| before_word(plain, word, false, against))
        .map(|(units, _)| units);
    said.others = match (said.others, helping) {
        (Some(with), Some(helping)) => Some(format!("{with};{helping}")),
        (with, helping) => with.or(helping),
    };
    said
}

/// The units right before a word, and those joined to them by 会同.
fn before_word(
    plain: &str,
    word: &str,
    asks: bool,
    against: &Against<'_>,
) -> Option<(String, Option<String>)> {
    for (at, _) in plain.match_indices(word) {
        let before = &plain[..at];
        let from = before.rfind(BREAKS).unwrap_or(0);
        let is_told = before[from..].starts_with('由');
        let clause = before[from..].trim_start_matches(BREAKS).trim();
        let clause = ["具体", "共同", "分别", "主要", "积极", "为"]
            .iter()
            .fold(clause, |clause, end| clause.strip_suffix(end).unwrap_or(clause).trim_end());
        if clause.is_empty() || clause.chars().count() > PHRASE_CHARACTERS {
            continue;
        }
        let joined = ["会同", "联合"].iter().find_map(|word| clause.split_once(word));
        let (lead, with) = joined.map_or((clause, None), |(lead, with)| (lead, Some(with)));
        let is_units = units_in(against.units, lead).is_some();
        let is_office = asks && is_told && OFFICES.iter().any(|end| lead.ends_with(end));
        if is_units || is_office {
            return Some((lead.to_owned(), with.map(str::to_owned)));
        }
    }
    None
}

fn due(
    draft: &mut Draft,
    plain: &str,
    labels: &Labels,
    said_on: Date,
    against: &Against<'_>,
) -> Vec<Trouble> {
    if let Some(written) = labels.value(Field::Due) {
        return labelled_due(draft, written, said_on, against);
    }
    let mut found = deadlines(plain, said_on);
    found.dedup_by_key(|(_, day)| day.date);
    let mut days = found.into_iter();
    let Some((written, day)) = days.next() else { return Vec::new() };
    let others: Vec<String> = days.map(|(written, _)| written).collect();
    let mut troubles = due_problems(day.date, against.today, against.calendar);
    if !others.is_empty() {
        troubles.push(Trouble::SeveralDays { taken: written.clone(), others });
    }
    draft.due = Some(Due { date: day.date, written, read_as: day.read_as });
    troubles
}

fn labelled_due(
    draft: &mut Draft,
    written: String,
    said_on: Date,
    against: &Against<'_>,
) -> Vec<Trouble> {
    match read_day(&written, said_on) {
        Ok(Reading::On(day)) => {
            draft.due = Some(Due { date: day.date, written, read_as: day.read_as });
            due_problems(day.date, against.today, against.calendar)
        }
        Ok(Reading::Continuing) => {
            draft.class = Class::Continuing;
            Vec::new()
        }
        Err(DayFault::OtherForm) => {
            vec![Trouble::DayUnreadable { written: draft::beginning(&written) }]
        }
        Err(DayFault::NoSuchDay) => {
            vec![Trouble::NoSuchDay { written: draft::beginning(&written) }]
        }
    }
}
