//! A meeting record (会议纪要) read into drafts: its numbered paragraphs are the
//! decisions, nested as they are numbered, each with the unit, person and day
//! its words give.
//!
//! What the words do not give stays empty and is said; every paragraph is a
//! draft, part of one, or listed as what it was taken for.

mod closing;
mod decision;
mod docx;
mod fault;
mod head;
mod numbering;
mod plain;

pub use self::fault::RecordFault;
pub use self::head::Head;
use crate::draft::{Against, Class, Draft, Field, Problem, Trouble, marked, ordinal, written};

/// Numbered paragraphs in one record.
pub const MAX_DECISIONS: usize = 500;

/// A record is a few pages; pictures in a document weigh more than its text.
const MAX_BYTES: u64 = 20 << 20;
const MAX_TEXT_BYTES: u64 = 2 << 20;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingRecord {
    pub head: Head,
    /// [`Draft::row`] is the number of the line.
    pub drafts: Vec<Draft>,
    pub others: Vec<Other>,
    /// From the top down, those of the whole record first.
    pub problems: Vec<Problem>,
}

/// A paragraph that is no decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    pub row: u64,
    pub text: String,
    pub taken_for: Taken,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Before the first number.
    Preamble,
    /// 出席, 列席, 记录 and what follows them.
    Closing,
}

/// What a file says, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    pub text: String,
    /// Lines whose number the word processor keeps to itself.
    pub lost_numbers: Vec<u64>,
}

/// A DOCX document or a plain text file.
pub fn read(bytes: &[u8], against: &Against<'_>) -> Result<MeetingRecord, RecordFault> {
    of_text(&lines(bytes)?, against)
}

/// The same in two steps, for whoever shows the text before it is read again.
pub fn lines(bytes: &[u8]) -> Result<Lines, RecordFault> {
    if bytes.is_empty() {
        return Err(RecordFault::Empty);
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(RecordFault::TooBig { limit: MAX_BYTES });
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(RecordFault::OldWord);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Ok(Lines { text: plain::text_of(bytes)?, lost_numbers: Vec::new() });
    }
    let mut written = Vec::new();
    let mut lost_numbers = Vec::new();
    for paragraph in docx::paragraphs(bytes)? {
        if paragraph.lost_number {
            lost_numbers.push(written.len() as u64 + 1);
        }
        written.extend(paragraph.text.lines().map(str::to_owned));
    }
    Ok(Lines { text: written.join("\n"), lost_numbers })
}

pub fn of_text(lines: &Lines, against: &Against<'_>) -> Result<MeetingRecord, RecordFault> {
    let mut record = read_pasted(&lines.text, against)?;
    let lost = lines.lost_numbers.iter();
    record.problems.extend(lost.map(|row| problem(Some(*row), Trouble::AutoNumbered)));
    record.problems.sort_by_key(|problem| problem.row);
    Ok(record)
}

pub fn read_pasted(text: &str, against: &Against<'_>) -> Result<MeetingRecord, RecordFault> {
    let lines: Vec<_> = text.lines().map(str::to_owned).collect();
    of_lines(&lines, against)
}

impl MeetingRecord {
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

fn of_lines(lines: &[String], against: &Against<'_>) -> Result<MeetingRecord, RecordFault> {
    let bytes: usize = lines.iter().map(String::len).sum();
    if bytes as u64 > MAX_TEXT_BYTES {
        return Err(RecordFault::TooBig { limit: MAX_TEXT_BYTES });
    }
    let mut outline = Outline::default();
    for (row, text) in (1..).zip(lines) {
        if let Some(text) = written(text) {
            outline.take(row, text)?;
        }
    }
    if outline.drafts.is_empty() && outline.others.is_empty() {
        return Err(RecordFault::Empty);
    }
    let preamble = outline.others.iter().filter(|other| other.taken_for == Taken::Preamble);
    let head = Head::of(preamble.map(|other| other.text.as_str()), against.today);
    let mut problems = markings(lines);
    if outline.drafts.is_empty() {
        problems.push(problem(None, Trouble::NoDecision));
    }
    // `10月底前` in a record means the October after the meeting.
    let said_on = head.date.unwrap_or(against.today);
    let mut drafts = outline.drafts;
    for draft in &mut drafts {
        let troubles = decision::read(draft, said_on, against);
        problems.extend(troubles.into_iter().map(|trouble| problem(Some(draft.row), trouble)));
    }
    problems.extend(not_found(&drafts));
    problems.sort_by_key(|problem| problem.row);
    Ok(MeetingRecord { head, drafts, others: outline.others, problems })
}

/// The paragraphs put in their places, one after the other.
#[derive(Default)]
struct Outline {
    drafts: Vec<Draft>,
    others: Vec<Other>,
    /// The numbers the next paragraph stands below, outermost first.
    above: Vec<(u8, u64)>,
    closed: bool,
}

impl Outline {
    fn take(&mut self, row: u64, text: String) -> Result<(), RecordFault> {
        let number = ordinal(&text);
        // Enclosures are numbered too, but not with the outermost numbers.
        if number.as_ref().is_some_and(|number| number.level == 1) {
            self.closed = false;
        } else if !self.drafts.is_empty() && closing::begins(&text) {
            self.closed = true;
        }
        if self.closed {
            self.others.push(Other { row, text, taken_for: Taken::Closing });
            return Ok(());
        }
        let Some(number) = number else {
            match self.drafts.last_mut() {
                Some(draft) => {
                    draft.task.push('\n');
                    draft.task.push_str(&text);
                }
                None => self.others.push(Other { row, text, taken_for: Taken::Preamble }),
            }
            return Ok(());
        };
        if self.drafts.len() == MAX_DECISIONS {
            return Err(RecordFault::TooManyDecisions { limit: MAX_DECISIONS });
        }
        while self.above.last().is_some_and(|(level, _)| *level >= number.level) {
            self.above.pop();
        }
        let parent_row = self.above.last().map(|(_, row)| *row);
        self.above.push((number.level, row));
        self.drafts.push(Draft {
            row,
            number: Some(number.written),
            parent_row,
            task: number.rest,
            ..Draft::default()
        });
        Ok(())
    }
}

/// Only decisions that are not divided further need a unit and a day.
fn not_found(drafts: &[Draft]) -> Vec<Problem> {
    let is_divided = |row: u64| drafts.iter().any(|draft| draft.parent_row == Some(row));
    let mut problems = Vec::new();
    for draft in drafts.iter().filter(|draft| !is_divided(draft.row)) {
        if draft.units.lead.is_none() {
            problems.push(problem(Some(draft.row), Trouble::NotFound { field: Field::LeadUnit }));
        }
        let needs_day = draft.class != Class::Continuing;
        if draft.due.is_none() && needs_day {
            problems.push(problem(Some(draft.row), Trouble::NotFound { field: Field::Due }));
        }
    }
    problems
}

fn markings(lines: &[String]) -> Vec<Problem> {
    let found = |(row, text): (u64, &String)| Some(problem(Some(row), marked::trouble(text)?));
    (1..).zip(lines).filter_map(found).collect()
}

fn problem(row: Option<u64>, trouble: Trouble) -> Problem {
    Problem { row, column: None, trouble }
}
