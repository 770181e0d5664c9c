//! The journal as a file that anyone can check; see `domain::journal::Line` for
//! its form.
//!
//! It is read in slices while people go on working. What waits to be sealed is
//! read first and the log after it, so an entry that is sealed meanwhile is
//! found in the log, and nothing stands between two slices unseen.

use std::collections::{BTreeMap, BTreeSet};

use bihuan_domain::access::Role;
use bihuan_domain::journal::{
    Commitment, Content, End, Entry, Format, Header, Leaf, Line, Mentions, Opening,
};
use bihuan_store::journal::StoredCheckpoint;
use data_encoding::HEXLOWER;
use tokio::task::JoinHandle;

use crate::context::{App, Caller};
use crate::error::{Error, Result};

const SLICE: u32 = 1000;
const FIRST_LOG: u64 = 1;

/// Takes one line after the other, without line breaks.
pub trait LineSink: Send {
    fn line(&mut self, text: &str) -> Result<()>;

    /// For those who need no text: the next line instead of it.
    fn take(&mut self, line: Line) -> Result<()> {
        let text = line.write().map_err(|fault| Error::Internal(fault.to_string()))?;
        self.line(&text)
    }
}

impl App {
    /// Writes the whole journal with its contents, identities excepted. For the
    /// command line alone: it holds every resident's words.
    pub async fn export_journal(&self, caller: &Caller, sink: &mut dyn LineSink) -> Result<()> {
        if caller.role() != Role::System {
            return Err(Error::Forbidden);
        }
        let mut out = Export { sink, lines: 0, mentions: Mentioned::default() };
        let mut waiting = self.waiting().await?;
        let checkpoints = self.store().checkpoints(self.county()).await?;
        let last = checkpoints.last().map_or(FIRST_LOG, |checkpoint| checkpoint.log);
        let mut logs = Vec::new();
        for log in FIRST_LOG..=last {
            logs.push(self.log_key(log).await?);
        }
        let header = Header { format: Format::Journal1, county: self.county().clone(), logs };
        out.write(Line::Journal(header))?;
        for log in FIRST_LOG..=last {
            let covering = checkpoints.iter().filter(|checkpoint| checkpoint.log == log);
            self.export_log(log, &covering.collect::<Vec<_>>(), &mut out, &mut waiting).await?;
        }
        for (_, entry) in waiting {
            out.mentions.note(&entry);
            out.write(Line::Unsealed(entry))?;
        }
        self.export_contents(&mut out).await?;
        let lines = out.lines;
        out.write(Line::End(End { lines }))
    }

    /// Entries not yet sealed, in the order they will be.
    async fn waiting(&self) -> Result<Waiting> {
        let mut waiting = Waiting::new();
        let mut after = (i64::MIN, String::new(), 0);
        loop {
            let slice = self.store().unsealed(self.county(), after.clone(), SLICE).await?;
            let Some((_, last)) = slice.last().cloned() else { return Ok(waiting) };
            for (text, key) in slice {
                waiting.insert(key, read(&text)?);
            }
            after = last;
        }
    }

    async fn export_log(
        &self,
        log: u64,
        checkpoints: &[&StoredCheckpoint],
        out: &mut Export<'_>,
        waiting: &mut Waiting,
    ) -> Result<()> {
        let covered = checkpoints.last().map_or(0, |checkpoint| checkpoint.size);
        let mut checkpoints = checkpoints.iter().peekable();
        let mut next = 0;
        let mut ahead = self.leaves_from(log, next);
        while next < covered {
            let slice = ahead.await.map_err(|fault| Error::Internal(fault.to_string()))??;
            let Some((last, _)) = slice.last() else {
                let county = self.county();
                return Err(Error::Internal(format!("log {log} of {county} has no leaf {next}")));
            };
            // While this slice is written the next is read.
            ahead = self.leaves_from(log, last + 1);
            for (leaf, entry) in slice.into_iter().take_while(|(leaf, _)| *leaf < covered) {
                waiting.remove(&key(&entry));
                out.mentions.note(&entry);
                out.write(Line::Sealed(Leaf { log, leaf, entry }))?;
                next = leaf + 1;
                while let Some(checkpoint) = checkpoints.next_if(|found| found.size <= next) {
                    out.write(Line::Checkpoint(checkpoint.note.clone()))?;
                }
            }
        }
        Ok(())
    }

    fn leaves_from(&self, log: u64, from: u64) -> JoinHandle<Result<Vec<(u64, Entry)>>> {
        let app = self.clone();
        tokio::spawn(async move {
            let slice = app.store().leaves(app.county(), log, from, SLICE).await?;
            slice.into_iter().map(|(leaf, text)| Ok((leaf, read(&text)?))).collect()
        })
    }

    /// Contents the entries written speak of; what came after them is left out.
    async fn export_contents(&self, out: &mut Export<'_>) -> Result<()> {
        let mut after = (String::new(), String::new());
        loop {
            let from = (after.0.as_str(), after.1.as_str());
            let slice = self.store().contents_after(self.county(), from, SLICE).await?;
            let Some((stream, last)) = slice.last() else { return Ok(()) };
            after = (stream.clone(), last.commitment.to_string());
            for (_, content) in slice {
                if !out.mentions.shown.contains(&content.commitment) {
                    continue;
                }
                let salt = HEXLOWER
                    .decode(content.salt.as_bytes())
                    .ok()
                    .and_then(|salt| salt.try_into().ok())
                    .ok_or_else(|| {
                        let commitment = content.commitment;
                        Error::Internal(format!("the salt of {commitment} cannot be read"))
                    })?;
                out.write(Line::Content(Opening {
                    commitment: content.commitment,
                    tag: content.tag,
                    salt,
                    content: Content::Text(content.body),
                }))?;
            }
        }
    }
}

type Key = (i64, String, i64);
type Waiting = BTreeMap<Key, Entry>;

struct Export<'a> {
    sink: &'a mut dyn LineSink,
    lines: u64,
    mentions: Mentioned,
}

impl Export<'_> {
    fn write(&mut self, line: Line) -> Result<()> {
        self.lines += 1;
        self.sink.take(line)
    }
}

#[derive(Default)]
struct Mentioned {
    shown: BTreeSet<Commitment>,
}

impl Mentioned {
    fn note(&mut self, entry: &Entry) {
        self.shown.extend(Mentions::of(&entry.payload).shown);
    }
}

fn key(entry: &Entry) -> Key {
    (entry.at.micros(), entry.stream.clone(), entry.seq.cast_signed())
}

fn read(text: &str) -> Result<Entry> {
    Entry::parse(text).map_err(|fault| Error::Internal(format!("an entry of the journal: {fault}")))
}
