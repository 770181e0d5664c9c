//! What a reporter keeps: the report's code, its entry, what the entry commits
//! to, and, once sealed, the proof that the entry is in the county's log.
//!
//! Until it is sealed a receipt shows what was acknowledged but carries no
//! signature; from then on it proves *this* report against the log's key alone.

use serde::{Deserialize, Serialize};

use super::checkpoint::{Checkpoint, CheckpointFault, LogKey, LogName};
use super::entry::{Entry, EntryFault, Hash, hash_of, leaf_of};
use super::opening::{Mentions, Opening};
use super::tree;
use crate::ids::MatterNumber;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Opens the report's page; the journal does not know it.
    pub code: String,
    pub number: MatterNumber,
    /// Canonical text of the entry by which the report was filed.
    pub entry: String,
    pub openings: Vec<Opening>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seal: Option<Seal>,
}

/// A signed head of the log and the path from the entry to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// C2SP checkpoint text.
    pub checkpoint: String,
    pub leaf_index: u64,
    /// RFC 6962 audit path.
    pub proof: Vec<Hash>,
}

/// What a receipt that holds says.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceiptFacts {
    pub entry: Entry,
    pub hash: Hash,
    /// Commitments of the entry the receipt does not open, e.g. an identity.
    pub unopened: usize,
    /// None until it is sealed: nothing is proved yet.
    pub checkpoint: Option<Checkpoint>,
}

#[derive(Debug, thiserror::Error)]
pub enum ReceiptFault {
    #[error("the receipt's entry cannot be read: {0}")]
    Entry(#[from] EntryFault),
    #[error("entry {seq} of {stream}: the receipt names another number than its entry")]
    OtherNumber { stream: String, seq: u64 },
    #[error("entry {seq} of {stream}: the {tag} in the receipt is not what the entry commits to")]
    OtherContent { stream: String, seq: u64, tag: String },
    #[error("entry {seq} of {stream}: the receipt's checkpoint does not hold: {fault}")]
    Checkpoint { stream: String, seq: u64, fault: CheckpointFault },
    #[error("entry {seq} of {stream}: the receipt's checkpoint is of another county's log")]
    OtherLog { stream: String, seq: u64 },
    #[error("entry {seq} of {stream} is not in the log the receipt's checkpoint signs")]
    NotInLog { stream: String, seq: u64 },
}

impl ReceiptFault {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Entry(_) => "receipt-unreadable",
            Self::OtherNumber { .. } => "receipt-number",
            Self::OtherContent { .. } => "receipt-content",
            Self::Checkpoint { .. } => "receipt-checkpoint",
            Self::OtherLog { .. } => "receipt-other-log",
            Self::NotInLog { .. } => "receipt-not-in-log",
        }
    }
}

impl Receipt {
    /// Checks the receipt by itself, with the public keys of the county's logs.
    pub fn verify(&self, keys: &[LogKey]) -> Result<ReceiptFacts, ReceiptFault> {
        let entry = Entry::parse(&self.entry)?;
        let (stream, seq) = (entry.stream.clone(), entry.seq);
        if entry.payload["number"].as_str() != Some(self.number.as_str()) {
            return Err(ReceiptFault::OtherNumber { stream, seq });
        }
        let unopened = self.check_openings(&entry)?;
        let checkpoint = self.seal.as_ref().map(|seal| seal.check(&entry, &self.entry, keys));
        Ok(ReceiptFacts {
            hash: hash_of(&self.entry),
            unopened,
            checkpoint: checkpoint.transpose()?,
            entry,
        })
    }

    fn check_openings(&self, entry: &Entry) -> Result<usize, ReceiptFault> {
        let Mentions { mut shown, apart, .. } = Mentions::of(&entry.payload);
        shown.extend(apart);
        for opening in &self.openings {
            if !opening.holds() || !shown.contains(&opening.commitment) {
                let (stream, seq) = (entry.stream.clone(), entry.seq);
                return Err(ReceiptFault::OtherContent { stream, seq, tag: opening.tag.clone() });
            }
        }
        let opened = |commitment| self.openings.iter().any(|open| open.commitment == commitment);
        Ok(shown.into_iter().filter(|commitment| !opened(*commitment)).count())
    }
}

impl Seal {
    fn check(
        &self,
        entry: &Entry,
        text: &str,
        keys: &[LogKey],
    ) -> Result<Checkpoint, ReceiptFault> {
        let (stream, seq) = (entry.stream.clone(), entry.seq);
        let checkpoint = match Checkpoint::open(&self.checkpoint, keys) {
            Ok(checkpoint) => checkpoint,
            Err(fault) => return Err(ReceiptFault::Checkpoint { stream, seq, fault }),
        };
        if LogName::parse(&checkpoint.origin).is_none_or(|log| log.county != entry.county) {
            return Err(ReceiptFault::OtherLog { stream, seq });
        }
        let (size, root) = (checkpoint.size, checkpoint.root);
        match tree::check_inclusion(&self.proof, size, root, self.leaf_index, leaf_of(text)) {
            Ok(()) => Ok(checkpoint),
            Err(_) => Err(ReceiptFault::NotInLog { stream, seq }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CommandId, CountyCode};
    use crate::instant::Instant;
    use crate::journal::{Alg, tree::Frontier};
    use crate::matter::Actor;
    use ed25519_dalek::SigningKey;
    use serde_json::json;

    fn log() -> LogName {
        LogName { county: CountyCode::new("410182"), number: 1 }
    }

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[1; 32])
    }

    fn keys() -> Vec<LogKey> {
        vec![LogKey::new(&log(), &key().verifying_key()).unwrap()]
    }

    /// A report sealed as the second of three leaves.
    fn receipt() -> Receipt {
        let words = Opening::new("words", [7; 32], "路灯不亮".into());
        let identity = Opening::new("identity", [8; 32], "13800000000".into());
        let entry = Entry {
            alg: Alg::Sha256V1,
            county: log().county,
            stream: "matter-1".into(),
            seq: 0,
            at: Instant::from_micros(1_790_000_000_000_000),
            actor: Actor::reporter(),
            command: CommandId(uuid::Uuid::nil()),
            prev: None,
            payload: json!({
                "event": "filed",
                "number": "XY-220921-0316",
                "words": words.commitment,
                "identity": identity.commitment,
            }),
        };
        let text = entry.canonical().unwrap();
        let (mut stored, mut frontier) = (std::collections::BTreeMap::new(), Frontier::default());
        for leaf in [Hash([1; 32]), leaf_of(&text), Hash([3; 32])] {
            stored.extend(frontier.push(leaf).unwrap());
        }
        let root = frontier.root().unwrap();
        Receipt {
            code: "ABCDEFGHJKMNPQRS".into(),
            number: MatterNumber::new("XY-220921-0316"),
            entry: text,
            openings: vec![words],
            seal: Some(Seal {
                checkpoint: Checkpoint::sign(&key(), &log(), 3, root).unwrap(),
                leaf_index: 1,
                proof: tree::inclusion_proof(3, 1, &stored).unwrap(),
            }),
        }
    }

    fn code(receipt: &Receipt) -> &'static str {
        receipt.verify(&keys()).unwrap_err().code()
    }

    #[test]
    fn a_sealed_receipt_proves_its_report() {
        let facts = receipt().verify(&keys()).unwrap();
        assert_eq!(facts.entry.stream, "matter-1");
        assert_eq!(facts.checkpoint.unwrap().size, 3);
        assert_eq!(facts.unopened, 1);
    }

    #[test]
    fn a_receipt_not_yet_sealed_holds_but_proves_nothing() {
        let facts = Receipt { seal: None, ..receipt() }.verify(&[]).unwrap();
        assert_eq!(facts.checkpoint, None);
    }

    #[test]
    fn a_receipt_comes_back_from_json_unchanged() {
        let json = serde_json::to_string(&receipt()).unwrap();
        assert_eq!(serde_json::from_str::<Receipt>(&json).unwrap(), receipt());
    }

    #[test]
    fn other_words_than_those_committed_are_refused() {
        let mut other = receipt();
        other.openings[0] = Opening::new("words", [7; 32], "路灯亮了".into());
        assert_eq!(code(&other), "receipt-content");
        let mut other = receipt();
        other.openings[0].tag = "note".into();
        assert_eq!(code(&other), "receipt-content");
    }

    #[test]
    fn another_number_than_the_entrys_is_refused() {
        let other = Receipt { number: MatterNumber::new("XY-220921-0317"), ..receipt() };
        assert_eq!(code(&other), "receipt-number");
    }

    #[test]
    fn a_changed_entry_is_not_in_the_log() {
        let other = Receipt { entry: receipt().entry.replace("matter-1", "matter-2"), ..receipt() };
        assert_eq!(code(&other), "receipt-not-in-log");
        let other = Receipt { entry: receipt().entry.replace(',', ", "), ..receipt() };
        assert_eq!(code(&other), "receipt-unreadable");
    }

    #[test]
    fn a_proof_for_another_place_is_refused() {
        for leaf_index in [0, 2, 3] {
            let mut other = receipt();
            other.seal.as_mut().unwrap().leaf_index = leaf_index;
            assert_eq!(code(&other), "receipt-not-in-log");
        }
    }

    #[test]
    fn a_checkpoint_of_another_key_is_refused() {
        let stranger = SigningKey::from_bytes(&[2; 32]).verifying_key();
        let keys = [LogKey::new(&log(), &stranger).unwrap()];
        assert_eq!(receipt().verify(&keys).unwrap_err().code(), "receipt-checkpoint");
    }

    #[test]
    fn a_checkpoint_of_another_countys_log_is_refused() {
        let other_log = LogName { county: CountyCode::new("410100"), number: 1 };
        let mut other = receipt();
        let seal = other.seal.as_mut().unwrap();
        let root = Checkpoint::read_unverified(&seal.checkpoint).unwrap().root;
        seal.checkpoint = Checkpoint::sign(&key(), &other_log, 3, root).unwrap();
        let keys = [LogKey::new(&other_log, &key().verifying_key()).unwrap()];
        assert_eq!(other.verify(&keys).unwrap_err().code(), "receipt-other-log");
    }
}
