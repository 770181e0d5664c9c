//! Checks an exported journal (see [`super::Line`] for the format) with nothing
//! but the file: no server, no database, no clock.
//!
//! The file is read once, line by line. Memory grows with the number of streams
//! and of commitments, never with the length of what was said.
//!
//! By itself a sound file shows that it agrees with its own signatures. That it
//! is the journal people were shown before takes a [`Witness`] from outside.

mod contents;
mod fault;
mod sealed;
#[cfg(test)]
mod tests;
mod witness;

use std::collections::HashMap;
use std::sync::Arc;

use self::contents::{Contents, Mention};
pub use self::fault::Fault;
use self::sealed::Sealed;
use self::witness::Expected;
pub use self::witness::Witness;
use super::chain::{Head, LinkFault, check_link};
use super::export::{End, Header, Line};
use super::{Entry, LogKey, LogName, Mentions, hash_of};
use crate::ids::CountyCode;

/// Faults beyond this many are counted, not kept.
const FAULTS_KEPT: usize = 1_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub entries: u64,
    pub streams: u64,
    /// Entries in a log.
    pub sealed: u64,
    /// Contents in the file.
    pub contents: u64,
    /// Contents an entry says were lawfully erased.
    pub erased: u64,
    /// Identities committed to and kept apart from every export.
    pub apart: u64,
    /// Checkpoints that hold.
    pub checkpoints: u64,
    /// The first of them; `faults_found` counts all.
    pub faults: Vec<Fault>,
    pub faults_found: u64,
}

impl Report {
    pub const fn is_sound(&self) -> bool {
        self.faults_found == 0
    }

    fn note(&mut self, fault: Fault) {
        self.faults_found += 1;
        if self.faults.len() < FAULTS_KEPT {
            self.faults.push(fault);
        }
    }
}

/// Verifies a whole file at once; `against` takes one witness, several or none.
pub fn verify<L: AsRef<str>>(
    lines: impl IntoIterator<Item = L>,
    against: impl IntoIterator<Item = Witness>,
) -> Report {
    let mut verification = Verification::new(against);
    for line in lines {
        verification.read(line.as_ref());
    }
    verification.finish()
}

/// A verification under way, for callers that read a file piece by piece.
pub struct Verification {
    witnesses: Vec<Witness>,
    lines: u64,
    county: Option<CountyCode>,
    streams: HashMap<Arc<str>, Head>,
    contents: Contents,
    sealed: Sealed,
    expected: Expected,
    unsealed_begun: bool,
    ended: bool,
    report: Report,
}

impl Verification {
    pub fn new(against: impl IntoIterator<Item = Witness>) -> Self {
        Self {
            witnesses: against.into_iter().collect(),
            lines: 0,
            county: None,
            streams: HashMap::new(),
            contents: Contents::default(),
            sealed: Sealed::default(),
            expected: Expected::default(),
            unsealed_begun: false,
            ended: false,
            report: Report::default(),
        }
    }

    /// Takes the next line, without its line break.
    pub fn read(&mut self, text: &str) {
        match Line::parse(text) {
            Ok(line) => self.accept(line),
            Err(why) => {
                self.count();
                self.report.note(Fault::Unreadable { line: self.lines, why: why.to_string() });
            }
        }
    }

    /// Takes the next line from whoever has it and no text of it.
    pub fn accept(&mut self, line: Line) {
        self.count();
        match line {
            Line::Journal(header) => self.begin(header),
            _ if self.county.is_none() => {
                if self.lines == 1 {
                    self.report.note(Fault::NoHeader {});
                }
            }
            line => self.take(line),
        }
    }

    const fn count(&mut self) {
        self.lines += 1;
        // Whatever follows the end was added to a finished file.
        self.ended = false;
    }

    pub fn finish(mut self) -> Report {
        if self.county.is_none() && self.report.is_sound() {
            self.report.note(Fault::NoHeader {});
        }
        if !self.ended {
            self.report.note(Fault::Truncated {});
        }
        self.sealed.finish(&mut self.report);
        for fault in self.contents.faults() {
            self.report.note(fault);
        }
        for fault in self.expected.unmet(|origin| self.sealed.leaves(origin)) {
            self.report.note(fault);
        }
        let counts = self.contents.counts();
        self.report.contents = counts.present;
        self.report.erased = counts.erased;
        self.report.apart = counts.apart;
        self.report.streams = self.streams.len() as u64;
        self.report
    }

    fn begin(&mut self, header: Header) {
        if self.lines != 1 {
            self.report.note(Fault::SecondHeader { line: self.lines });
            return;
        }
        let keys = self.read_keys(&header);
        for witness in std::mem::take(&mut self.witnesses) {
            if let Err(fault) = self.expected.add(&witness, &keys) {
                self.report.note(fault);
            }
        }
        self.county = Some(header.county);
        self.sealed = Sealed::new(keys);
    }

    fn read_keys(&mut self, header: &Header) -> Vec<LogKey> {
        let mut keys = Vec::new();
        for (number, vkey) in (1..).zip(&header.logs) {
            let log = LogName { county: header.county.clone(), number };
            match LogKey::parse(vkey) {
                Ok(key) if key.origin() == log.origin() => keys.push(key),
                _ => {
                    self.report.note(Fault::BadKey { number });
                    break;
                }
            }
        }
        keys
    }

    fn take(&mut self, line: Line) {
        match line {
            Line::Journal(_) => {}
            Line::Sealed(leaf) => {
                if self.unsealed_begun {
                    let (stream, seq) = (leaf.entry.stream.clone(), leaf.entry.seq);
                    self.report.note(Fault::SealedAfterUnsealed { stream, seq });
                }
                let Some(text) = self.take_entry(&leaf.entry) else { return };
                self.sealed.push(&leaf, &text, &mut self.expected, &mut self.report);
            }
            Line::Unsealed(entry) => {
                self.unsealed_begun = true;
                self.take_entry(&entry);
            }
            Line::Checkpoint(text) => self.sealed.check(self.lines, &text, &mut self.report),
            Line::Content(opening) => {
                if let Err(fault) = self.contents.open(self.lines, &opening) {
                    self.report.note(fault);
                }
            }
            Line::End(End { lines }) => self.ended = lines + 1 == self.lines,
        }
    }

    /// Checks an entry against its stream; returns its canonical text.
    fn take_entry(&mut self, entry: &Entry) -> Option<String> {
        self.report.entries += 1;
        let text = match entry.canonical() {
            Ok(text) => text,
            Err(why) => {
                self.report.note(Fault::Unreadable { line: self.lines, why: why.to_string() });
                return None;
            }
        };
        if self.county.as_ref() != Some(&entry.county) {
            let (stream, seq) = (entry.stream.clone(), entry.seq);
            self.report.note(Fault::OtherCounty { stream, seq });
        }
        let (stream, head) = match self.streams.get_key_value(entry.stream.as_str()) {
            Some((stream, head)) => (Arc::clone(stream), Some(*head)),
            None => (Arc::from(entry.stream.as_str()), None),
        };
        if let Err(fault) = check_link(head.as_ref(), entry) {
            self.report.note(of_link(fault, entry));
        }
        let head = Head { seq: entry.seq, hash: hash_of(&text), at: entry.at };
        let differs = self.expected.meet_entry(&stream, head.seq, head.hash);
        differs.into_iter().for_each(|fault| self.report.note(fault));
        let mention = Mention { stream: Arc::clone(&stream), seq: entry.seq };
        self.contents.mention(&mention, Mentions::of(&entry.payload));
        self.streams.insert(stream, head);
        Some(text)
    }
}

fn of_link(fault: LinkFault, entry: &Entry) -> Fault {
    let (stream, seq) = (entry.stream.clone(), entry.seq);
    match fault {
        LinkFault::Gap { expected } => Fault::Gap { stream, seq, expected },
        LinkFault::BrokenLink => Fault::BrokenLink { stream, seq },
        LinkFault::WentBack => Fault::WentBack { stream, seq },
    }
}
