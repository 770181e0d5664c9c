//! Something kept outside the house: a journal rewritten by whoever holds its
//! key agrees with itself, and only this can tell.

use super::fault::Fault;
use crate::journal::tree::Frontier;
use crate::journal::{
    Checkpoint, CheckpointFault, Entry, Hash, LogKey, Receipt, ReceiptFault, hash_of,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Witness {
    /// An earlier checkpoint's text: binds the key and every leaf it covers.
    Checkpoint(String),
    /// Binds its entry and, once sealed, all its checkpoint binds.
    Receipt(Box<Receipt>),
    /// An earlier size and root, noted without a signature: binds every leaf, but
    /// not the key.
    Head { origin: String, size: u64, root: Hash },
    /// A public key, as a C2SP vkey line.
    Key(String),
}

/// What the file must show to agree with its witnesses.
#[derive(Default)]
pub(super) struct Expected {
    heads: Vec<Checkpoint>,
    entries: Vec<ExpectedEntry>,
}

struct ExpectedEntry {
    stream: String,
    seq: u64,
    hash: Hash,
}

impl Expected {
    /// Holds a witness against the file's keys, and notes what it expects.
    pub(super) fn add(&mut self, witness: &Witness, keys: &[LogKey]) -> Result<(), Fault> {
        match witness {
            Witness::Checkpoint(text) => self.add_checkpoint(text, keys),
            Witness::Receipt(receipt) => self.add_receipt(receipt, keys),
            Witness::Key(vkey) => check_key(vkey, keys),
            Witness::Head { origin, size, root } => {
                let head = Checkpoint { origin: origin.clone(), size: *size, root: *root };
                self.add_head(head, keys)
            }
        }
    }

    fn add_checkpoint(&mut self, text: &str, keys: &[LogKey]) -> Result<(), Fault> {
        match Checkpoint::open(text, keys) {
            Ok(head) => self.add_head(head, keys),
            Err(CheckpointFault::Malformed | CheckpointFault::NotAKey) => {
                Err(Fault::WitnessUnreadable { why: CheckpointFault::Malformed.to_string() })
            }
            Err(CheckpointFault::UnknownKey | CheckpointFault::WrongSignature) => {
                Err(blame_key(text, keys))
            }
        }
    }

    fn add_receipt(&mut self, receipt: &Receipt, keys: &[LogKey]) -> Result<(), Fault> {
        if let Ok(Entry { stream, seq, .. }) = Entry::parse(&receipt.entry) {
            self.entries.push(ExpectedEntry { stream, seq, hash: hash_of(&receipt.entry) });
        }
        match (receipt.verify(keys), &receipt.seal) {
            (Ok(facts), _) => facts.checkpoint.map_or(Ok(()), |head| self.add_head(head, keys)),
            (Err(ReceiptFault::Checkpoint { fault, .. }), Some(seal))
                if fault != CheckpointFault::Malformed =>
            {
                Err(blame_key(&seal.checkpoint, keys))
            }
            (Err(fault), _) => Err(Fault::ReceiptInvalid { why: fault.to_string() }),
        }
    }

    fn add_head(&mut self, head: Checkpoint, keys: &[LogKey]) -> Result<(), Fault> {
        if !keys.iter().any(|key| key.origin() == head.origin) {
            return Err(Fault::LogUnknown { origin: head.origin });
        }
        // A file is never asked for the root of nothing: there is only one.
        if head.size == 0 {
            let same = Frontier::default().root() == Ok(head.root);
            let Checkpoint { origin, size, .. } = head;
            return if same { Ok(()) } else { Err(Fault::HistoryDiffers { origin, size }) };
        }
        self.heads.push(head);
        Ok(())
    }

    /// Whether a root is wanted of this log at this size.
    pub(super) fn wants_root(&self, origin: &str, size: u64) -> bool {
        self.heads.iter().any(|head| head.origin == origin && head.size == size)
    }

    /// Compares a root that was wanted.
    pub(super) fn meet_root(&mut self, origin: &str, size: u64, root: Hash) -> Option<Fault> {
        let here = |head: &Checkpoint| head.origin == origin && head.size == size;
        let differs = self.heads.iter().any(|head| here(head) && head.root != root);
        self.heads.retain(|head| !here(head));
        differs.then(|| Fault::HistoryDiffers { origin: origin.to_owned(), size })
    }

    /// Compares an entry, if a receipt speaks of it.
    pub(super) fn meet_entry(&mut self, stream: &str, seq: u64, hash: Hash) -> Option<Fault> {
        let here = |entry: &ExpectedEntry| entry.stream == stream && entry.seq == seq;
        let differs = self.entries.iter().any(|entry| here(entry) && entry.hash != hash);
        self.entries.retain(|entry| !here(entry));
        differs.then(|| Fault::EntryDiffers { stream: stream.to_owned(), seq })
    }

    /// What the file did not reach; `leaves` tells how far it went in a log.
    pub(super) fn unmet(self, leaves: impl Fn(&str) -> u64) -> Vec<Fault> {
        let heads = self.heads.into_iter().map(|Checkpoint { origin, size, .. }| {
            let leaves = leaves(&origin);
            Fault::LogCut { origin, size, leaves }
        });
        let entries = self
            .entries
            .into_iter()
            .map(|ExpectedEntry { stream, seq, .. }| Fault::EntryMissing { stream, seq });
        heads.chain(entries).collect()
    }
}

fn check_key(vkey: &str, keys: &[LogKey]) -> Result<(), Fault> {
    let key = LogKey::parse(vkey).map_err(|fault| unreadable(&fault))?;
    let origin = key.origin().to_owned();
    match keys.iter().find(|known| known.origin() == origin) {
        Some(known) if *known == key => Ok(()),
        Some(_) => Err(Fault::OtherKey { origin }),
        None => Err(Fault::LogUnknown { origin }),
    }
}

/// A signature the file's keys do not accept: either the file has no such log,
/// or its log has another key.
fn blame_key(text: &str, keys: &[LogKey]) -> Fault {
    match Checkpoint::read_unverified(text) {
        Err(fault) => unreadable(&fault),
        Ok(Checkpoint { origin, .. }) => {
            if keys.iter().any(|key| key.origin() == origin) {
                Fault::OtherKey { origin }
            } else {
                Fault::LogUnknown { origin }
            }
        }
    }
}

fn unreadable(fault: &CheckpointFault) -> Fault {
    Fault::WitnessUnreadable { why: fault.to_string() }
}
