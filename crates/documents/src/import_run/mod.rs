//! An import from the first row to the last, with nothing lost: every row read
//! is written, was already there, or is rejected with its reason.
//!
//! The caller takes a batch, writes it, and settles it with one answer a record
//! ([`ImportRun::take`], [`ImportRun::settle`]); so the writing may be
//! asynchronous, and a run is not tied to a store. [`ImportRun::drive`] does
//! both with a closure.

mod overdue;
mod rejected;

use std::collections::HashMap;
use std::io::{self, Write};

use bihuan_domain::playbook::model::Text;
use sha2::{Digest, Sha256};

pub use overdue::OverdueCheck;
pub use rejected::RejectedRows;

use crate::import_map::{Doubt, ImportMap, ImportedRecord, Rejection, Why};
use crate::table_in::{Row, RowFault};

pub const BATCH: usize = 500;

/// What became of a record at the sink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Landed {
    Written,
    /// The same id with the same content.
    AlreadyThere,
    /// The same id with other content.
    OtherContent,
    /// The rules refused it.
    Refused {
        code: &'static str,
        sentence: Text,
    },
}

/// `read` is always the sum of the other three once everything is settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub read: u64,
    pub written: u64,
    /// Also rows that repeat an earlier row of the file word for word.
    pub already_there: u64,
    pub rejected: u64,
}

/// Written (or already there), and to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubtful {
    pub row: u64,
    pub origin_id: String,
    pub doubt: Doubt,
}

/// See the module.
pub struct ImportRun<'m, W: Write> {
    map: &'m ImportMap,
    rejected_rows: RejectedRows<W>,
    seen: HashMap<Short, Seen>,
    counts: Counts,
    overdue: OverdueCheck,
    doubtful: Vec<Doubtful>,
    broken: Option<RowFault>,
}

pub struct Report<W> {
    pub counts: Counts,
    pub overdue: OverdueCheck,
    pub doubtful: Vec<Doubtful>,
    /// Where the file ended before its end; what follows was not read.
    pub broken: Option<RowFault>,
    /// The list of rejected rows, for the caller to close.
    pub rejected_rows: W,
}

#[derive(Debug, thiserror::Error)]
pub enum RunFault<E> {
    #[error("the list of rejected rows cannot be written: {0}")]
    RejectedRows(#[from] io::Error),
    #[error("{answers} answers for {records} records")]
    WrongAnswers { records: usize, answers: usize },
    #[error(transparent)]
    Sink(E),
}

/// 128 bits of a digest: ids of a million rows fit in little memory, and two
/// different texts do not meet.
type Short = [u8; 16];

struct Seen {
    row: u64,
    content: Short,
}

impl<'m, W: Write> ImportRun<'m, W> {
    /// `rejected_rows` is written only when a row is rejected.
    pub fn new(map: &'m ImportMap, rejected_rows: W) -> Self {
        Self {
            map,
            rejected_rows: RejectedRows::new(rejected_rows),
            seen: HashMap::new(),
            counts: Counts::default(),
            overdue: OverdueCheck::default(),
            doubtful: Vec::new(),
            broken: None,
        }
    }

    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// The next records, at most `limit`; none at the end. Rows that are
    /// rejected or repeat an earlier one are counted on the way.
    pub fn take(
        &mut self,
        rows: &mut impl Iterator<Item = Result<Row, RowFault>>,
        limit: usize,
    ) -> io::Result<Vec<ImportedRecord>> {
        let mut batch = Vec::new();
        while batch.len() < limit {
            let Some(row) = rows.next() else { break };
            self.counts.read += 1;
            if let Some(record) = self.record(row)? {
                batch.push(record);
            }
        }
        Ok(batch)
    }

    /// One answer for each record of a batch, in its order.
    pub fn settle<E>(
        &mut self,
        batch: &[ImportedRecord],
        answers: Vec<Landed>,
    ) -> Result<(), RunFault<E>> {
        if answers.len() != batch.len() {
            return Err(RunFault::WrongAnswers { records: batch.len(), answers: answers.len() });
        }
        for (record, landed) in batch.iter().zip(answers) {
            match landed {
                Landed::Written => self.counts.written += 1,
                Landed::AlreadyThere => self.counts.already_there += 1,
                Landed::OtherContent => {
                    self.reject(&record.origin_id, record.row, Why::AlreadyThereWithOtherContent)?;
                    continue;
                }
                Landed::Refused { code, sentence } => {
                    let why = Why::Refused { code, sentence };
                    self.reject(&record.origin_id, record.row, why)?;
                    continue;
                }
            }
            self.note(record);
        }
        Ok(())
    }

    /// Takes and settles until the rows end; `progress` hears of every batch.
    pub fn drive<E>(
        mut self,
        mut rows: impl Iterator<Item = Result<Row, RowFault>>,
        mut sink: impl FnMut(&[ImportedRecord]) -> Result<Vec<Landed>, E>,
        mut progress: impl FnMut(Counts),
    ) -> Result<Report<W>, RunFault<E>> {
        loop {
            let batch = self.take(&mut rows, BATCH)?;
            if batch.is_empty() {
                return Ok(self.finish()?);
            }
            let answers = sink(&batch).map_err(RunFault::Sink)?;
            self.settle(&batch, answers)?;
            progress(self.counts);
        }
    }

    pub fn finish(self) -> io::Result<Report<W>> {
        Ok(Report {
            counts: self.counts,
            overdue: self.overdue,
            doubtful: self.doubtful,
            broken: self.broken,
            rejected_rows: self.rejected_rows.finish()?,
        })
    }

    fn record(&mut self, row: Result<Row, RowFault>) -> io::Result<Option<ImportedRecord>> {
        let row = match row {
            Ok(row) => row,
            Err(fault) => {
                if fault.is_last() {
                    self.broken = Some(fault.clone());
                }
                self.reject_all("", &[fault.into()])?;
                return Ok(None);
            }
        };
        let record = match self.map.row(&row) {
            Ok(record) => record,
            Err(rejections) => {
                let id = self.map.id_as_given(&row).unwrap_or_default();
                self.reject_all(id, &rejections)?;
                return Ok(None);
            }
        };
        let content = short(&record.digest());
        let id = short(&Sha256::digest(&record.origin_id));
        match self.seen.get(&id) {
            Some(seen) if seen.content == content => {
                self.counts.already_there += 1;
                Ok(None)
            }
            Some(seen) => {
                let why = Why::RepeatedWithOtherContent { first_row: seen.row };
                self.reject(&record.origin_id, record.row, why)?;
                Ok(None)
            }
            None => {
                self.seen.insert(id, Seen { row: record.row, content });
                Ok(Some(record))
            }
        }
    }

    fn note(&mut self, record: &ImportedRecord) {
        self.overdue.note(record);
        for doubt in &record.doubts {
            let (row, origin_id) = (record.row, record.origin_id.clone());
            self.doubtful.push(Doubtful { row, origin_id, doubt: *doubt });
        }
    }

    fn reject(&mut self, origin_id: &str, row: u64, why: Why) -> io::Result<()> {
        let column = self.map.id_column();
        self.reject_all(origin_id, &[Rejection::new(row, column, origin_id, why)])
    }

    /// One row, for one or more reasons.
    fn reject_all(&mut self, origin_id: &str, rejections: &[Rejection]) -> io::Result<()> {
        self.counts.rejected += 1;
        for rejection in rejections {
            self.rejected_rows.write(origin_id, rejection)?;
        }
        Ok(())
    }
}

fn short(digest: &[u8]) -> Short {
    let mut short = Short::default();
    for (to, from) in short.iter_mut().zip(digest) {
        *to = *from;
    }
    short
}
