//! A small county's journal, written out the way the house would: several
//! streams, contents, erasures, checkpoints, perhaps a second log.

use ed25519_dalek::SigningKey;
use serde_json::json;

use crate::county::{CountyEvent, LogOpened};
use crate::ids::{CommandId, CountyCode, MatterNumber};
use crate::instant::Instant;
use crate::journal::tree::{Frontier, inclusion_proof};
use crate::journal::{
    Alg, Checkpoint, Commitment, End, Entry, Format, Hash, Head, Header, Leaf, Line, LogKey,
    LogName, Mentions, Opening, Receipt, Seal, leaf_of,
};
use crate::matter::Actor;

#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    /// Commits to a content.
    Act,
    /// Commits to nothing.
    Remind,
    /// Erases the stream's oldest content that is still there.
    Erase,
}

/// One thing recorded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Act {
    pub(super) stream: u8,
    pub(super) what: What,
    /// Microseconds since the one before.
    pub(super) after: u8,
    /// The sealer signs a checkpoint after it.
    pub(super) sealed: bool,
    /// After sealing, the house is restored and opens its next log.
    pub(super) restored: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Sample {
    /// In the order they were recorded.
    pub(super) entries: Vec<Entry>,
    pub(super) contents: Vec<Opening>,
    /// Beside each entry: whether a checkpoint, or a new log, follows it.
    pub(super) sealed: Vec<bool>,
    pub(super) restored: Vec<bool>,
    pub(super) key: u8,
}

/// A checkpoint of the sample and how many of its entries it covers.
pub(super) struct Covered {
    pub(super) text: String,
    pub(super) entries: usize,
}

pub(super) fn county() -> CountyCode {
    CountyCode::new("410182")
}

pub(super) fn log(number: u64) -> LogName {
    LogName { county: county(), number }
}

impl Sample {
    pub(super) fn of(acts: &[Act]) -> Self {
        let mut sample = Self {
            entries: Vec::new(),
            contents: Vec::new(),
            sealed: acts.iter().map(|act| act.sealed).collect(),
            restored: acts.iter().map(|act| act.sealed && act.restored).collect(),
            key: 1,
        };
        let mut at = 1_790_000_000_000_000;
        for (n, act) in (0_u64..).zip(acts) {
            at += i64::from(act.after);
            let stream = format!("matter-{}", act.stream);
            let payload = sample.payload(&stream, act.what, n);
            sample.entries.push(Entry {
                alg: Alg::Sha256V1,
                county: county(),
                stream,
                seq: 0,
                at: Instant::from_micros(at),
                actor: Actor::system(),
                command: CommandId(uuid::Uuid::from_u128(n.into())),
                prev: None,
                payload,
            });
        }
        sample.relink();
        sample
    }

    fn payload(&mut self, stream: &str, what: What, n: u64) -> serde_json::Value {
        if !self.entries.iter().any(|entry| entry.stream == stream) {
            let words = self.commit("words", n);
            let number = MatterNumber::new(format!("XY-{stream}"));
            let identity = Commitment([u8::try_from(n).unwrap(); 32]);
            return json!({"event": "filed", "number": number, "words": words, "identity": identity});
        }
        match (what, self.oldest_content(stream)) {
            (What::Act, _) => json!({"event": "acted", "note": self.commit("note", n)}),
            (What::Erase, Some(content)) => {
                self.contents.retain(|opening| opening.commitment != content);
                json!({"event": "erased", "content": content, "ground": "request"})
            }
            (What::Remind | What::Erase, _) => json!({"event": "reminded", "node": "sign"}),
        }
    }

    fn commit(&mut self, tag: &str, n: u64) -> Commitment {
        let salt = [u8::try_from(n).unwrap() ^ 0x5a; 32];
        let opening = Opening::new(tag, salt, format!("第{n}次：路灯不亮").into_bytes());
        self.contents.push(opening.clone());
        opening.commitment
    }

    fn oldest_content(&self, stream: &str) -> Option<Commitment> {
        let here = self.entries.iter().filter(|entry| entry.stream == stream);
        here.flat_map(|entry| Mentions::of(&entry.payload).shown)
            .find(|shown| self.contents.iter().any(|opening| opening.commitment == *shown))
    }

    /// Numbers and links every stream anew, as one who rewrites the record would.
    pub(super) fn relink(&mut self) {
        let mut heads = std::collections::BTreeMap::<String, Head>::new();
        for entry in &mut self.entries {
            (entry.seq, entry.prev) = Head::next(heads.get(&entry.stream));
            let head = Head { seq: entry.seq, hash: entry.hash().unwrap(), at: entry.at };
            heads.insert(entry.stream.clone(), head);
        }
    }

    pub(super) fn signing_key(&self, number: u64) -> SigningKey {
        SigningKey::from_bytes(&[self.key ^ u8::try_from(number << 4).unwrap(); 32])
    }

    pub(super) fn keys(&self) -> Vec<LogKey> {
        let logs = 1 + self.restored.iter().filter(|restored| **restored).count() as u64;
        let key =
            |number| LogKey::new(&log(number), &self.signing_key(number).verifying_key()).unwrap();
        (1..=logs).map(key).collect()
    }

    pub(super) fn lines(&self) -> Vec<Line> {
        let keys = self.keys().iter().map(|key| key.as_str().to_owned()).collect();
        let header = Header { format: Format::Journal1, county: county(), logs: keys };
        let mut lines = vec![Line::Journal(header)];
        let sealed = self.sealed_entries();
        let mut log = OpenLog::new(self, 1);
        for (n, entry) in self.entries[..sealed].iter().enumerate() {
            lines.push(log.seal(entry.clone()));
            if self.sealed[n] {
                lines.push(Line::Checkpoint(log.checkpoint()));
            }
            if self.restored[n] {
                let (next, opening) = log.reopen();
                lines.push(opening);
                log = next;
                lines.push(Line::Checkpoint(log.checkpoint()));
            }
        }
        lines.extend(self.entries[sealed..].iter().cloned().map(Line::Unsealed));
        lines.extend(self.contents.iter().cloned().map(Line::Content));
        lines.push(Line::End(End { lines: lines.len() as u64 }));
        lines
    }

    pub(super) fn text(&self) -> Vec<String> {
        self.lines().iter().map(|line| line.write().unwrap()).collect()
    }

    /// Entries up to the last checkpoint.
    pub(super) fn sealed_entries(&self) -> usize {
        self.sealed.iter().rposition(|sealed| *sealed).map_or(0, |last| last + 1)
    }

    pub(super) fn checkpoints(&self) -> Vec<Covered> {
        let mut entries = 0;
        let mut found = Vec::new();
        for line in self.lines() {
            match line {
                Line::Sealed(leaf) if !leaf.entry.stream.starts_with("log-") => entries += 1,
                Line::Checkpoint(text) => found.push(Covered { text, entries }),
                _ => {}
            }
        }
        found
    }

    /// The receipt of an entry, as it is handed out before or after sealing. Only
    /// a filed entry has a number; the receipt is what the house would give.
    pub(super) fn receipt(&self, n: usize, sealed: bool) -> Receipt {
        let entry = &self.entries[n];
        let number = MatterNumber::new(entry.payload["number"].as_str().unwrap());
        let text = entry.canonical().unwrap();
        let mentions = Mentions::of(&entry.payload);
        let is_its = |opening: &&Opening| mentions.shown.contains(&opening.commitment);
        Receipt {
            code: "ABCDEFGHJKMNPQRS".into(),
            number,
            openings: self.contents.iter().filter(is_its).cloned().collect(),
            seal: if sealed { self.seal(&text) } else { None },
            entry: text,
        }
    }

    fn seal(&self, text: &str) -> Option<Seal> {
        let (mut stored, mut frontier) = (std::collections::BTreeMap::new(), Frontier::default());
        let mut found = None;
        for line in self.lines() {
            match line {
                Line::Sealed(leaf) => {
                    if leaf.leaf == 0 {
                        (stored, frontier) = Default::default();
                    }
                    let own = leaf.entry.canonical().unwrap();
                    stored.extend(frontier.push(leaf_of(&own)).unwrap());
                    if own == text {
                        found = Some(leaf.leaf);
                    }
                }
                Line::Checkpoint(checkpoint) => {
                    let Some(leaf_index) = found else { continue };
                    let proof = inclusion_proof(frontier.size(), leaf_index, &stored).unwrap();
                    return Some(Seal { checkpoint, leaf_index, proof });
                }
                _ => {}
            }
        }
        None
    }
}

/// The log under way.
struct OpenLog<'a> {
    sample: &'a Sample,
    number: u64,
    frontier: Frontier,
    last: Option<String>,
}

impl<'a> OpenLog<'a> {
    fn new(sample: &'a Sample, number: u64) -> Self {
        Self { sample, number, frontier: Frontier::default(), last: None }
    }

    fn seal(&mut self, entry: Entry) -> Line {
        let leaf = self.frontier.size();
        self.frontier.push(entry.leaf().unwrap()).unwrap();
        Line::Sealed(Leaf { log: self.number, leaf, entry })
    }

    fn checkpoint(&mut self) -> String {
        let (size, root): (u64, Hash) = (self.frontier.size(), self.frontier.root().unwrap());
        let key = self.sample.signing_key(self.number);
        let text = Checkpoint::sign(&key, &log(self.number), size, root).unwrap();
        self.last = Some(text.clone());
        text
    }

    fn reopen(self) -> (Self, Line) {
        let number = self.number + 1;
        let opened = CountyEvent::LogOpened(LogOpened { log: number, previous: self.last });
        let mut next = Self::new(self.sample, number);
        let opening = next.seal(Entry {
            alg: Alg::Sha256V1,
            county: county(),
            stream: log(number).stream(),
            seq: 0,
            at: Instant::from_micros(1_790_000_000_000_000),
            actor: Actor::system(),
            command: CommandId(uuid::Uuid::from_u128(u128::MAX)),
            prev: None,
            payload: serde_json::to_value(opened).unwrap(),
        });
        (next, opening)
    }
}
