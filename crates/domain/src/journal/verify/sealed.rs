//! Follows the county's logs leaf by leaf and checks each signed head where it
//! stands. Every leaf is in the file, so a root recomputed here is at once the
//! check of inclusion and of consistency with every earlier head.

use super::Report;
use super::fault::Fault;
use super::witness::Expected;
use crate::county::{CountyEvent, LogOpened};
use crate::journal::tree::Frontier;
use crate::journal::{Checkpoint, Entry, Leaf, LogKey, LogName, leaf_of};

#[derive(Default)]
pub(super) struct Sealed {
    keys: Vec<LogKey>,
    /// Logs before the present one: their leaves.
    past: Vec<u64>,
    frontier: Frontier,
    /// The last checkpoint of the present log.
    last: Option<String>,
    covered: u64,
}

impl Sealed {
    pub(super) fn new(keys: Vec<LogKey>) -> Self {
        Self { keys, ..Self::default() }
    }

    /// Leaves the file holds of a log.
    pub(super) fn leaves(&self, origin: &str) -> u64 {
        let number = LogName::parse(origin).map_or(0, |log| log.number);
        let past = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        match past {
            Some(past) if past == self.past.len() => self.frontier.size(),
            Some(past) => self.past.get(past).copied().unwrap_or_default(),
            None => 0,
        }
    }

    pub(super) fn push(
        &mut self,
        leaf: &Leaf,
        text: &str,
        expected: &mut Expected,
        report: &mut Report,
    ) {
        report.sealed += 1;
        if leaf.log == self.number() + 1 && leaf.leaf == 0 {
            self.open_next(&leaf.entry, report);
        }
        let origin = self.origin(&leaf.entry);
        if leaf.log != self.number() || leaf.leaf != self.frontier.size() {
            let (stream, seq) = (leaf.entry.stream.clone(), leaf.entry.seq);
            report.note(Fault::LeafOutOfPlace {
                stream,
                seq,
                origin: origin.clone(),
                leaf: leaf.leaf,
            });
        }
        if self.frontier.push(leaf_of(text)).is_err() {
            return;
        }
        let size = self.frontier.size();
        if !expected.wants_root(&origin, size) {
            return;
        }
        if let Ok(root) = self.frontier.root() {
            expected
                .meet_root(&origin, size, root)
                .into_iter()
                .for_each(|fault| report.note(fault));
        }
    }

    pub(super) fn check(&mut self, line: u64, text: &str, report: &mut Report) {
        let checkpoint = match Checkpoint::open(text, &self.keys) {
            Ok(checkpoint) => checkpoint,
            Err(fault) => return report.note(Fault::CheckpointInvalid { line, fault }),
        };
        let Checkpoint { origin, size, root } = checkpoint;
        let present = self.present_key().is_some_and(|key| key.origin() == origin);
        if !present || size != self.frontier.size() {
            return report.note(Fault::CheckpointOutOfPlace { origin, size });
        }
        if self.frontier.root() == Ok(root) {
            report.checkpoints += 1;
        } else {
            report.note(Fault::RootDiffers { origin, after: self.covered, size });
        }
        self.covered = size;
        self.last = Some(text.to_owned());
    }

    pub(super) fn finish(&self, report: &mut Report) {
        self.check_covered(report);
        // The first log may still be empty; every later one begins with its opening.
        for key in self.keys.iter().skip(self.past.len() + 1) {
            report.note(Fault::LogMissing { origin: key.origin().to_owned() });
        }
    }

    fn open_next(&mut self, entry: &Entry, report: &mut Report) {
        self.check_covered(report);
        let opened = LogOpened { log: self.number() + 1, previous: self.last.take() };
        self.past.push(self.frontier.size());
        self.frontier = Frontier::default();
        self.covered = 0;
        let says = serde_json::from_value::<CountyEvent>(entry.payload.clone());
        let origin = self.origin(entry);
        if !matches!(says, Ok(CountyEvent::LogOpened(says)) if says == opened) {
            let (stream, seq) = (entry.stream.clone(), entry.seq);
            report.note(Fault::LogNotOpened { stream, seq, origin });
        }
    }

    fn check_covered(&self, report: &mut Report) {
        let (covered, leaves) = (self.covered, self.frontier.size());
        if covered == leaves {
            return;
        }
        let origin = self.present_key().map_or_else(String::new, |key| key.origin().to_owned());
        report.note(Fault::LeavesUncovered { origin, covered, leaves });
    }

    fn number(&self) -> u64 {
        self.past.len() as u64 + 1
    }

    fn present_key(&self) -> Option<&LogKey> {
        self.keys.get(self.past.len())
    }

    fn origin(&self, entry: &Entry) -> String {
        LogName { county: entry.county.clone(), number: self.number() }.origin()
    }
}
