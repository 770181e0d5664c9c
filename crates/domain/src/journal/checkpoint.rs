//! Signed heads of a log, in the C2SP checkpoint format inside a C2SP signed
//! note, so that tools others wrote can check them.
//!
//! A log is signed by one key from its first checkpoint to its last; the key's
//! name is the log's origin. A new key, like a restore, means the next log of
//! the county, whose first entry is a `LogOpened` naming the last checkpoint of
//! the log before. No log ever signs two trees of one size.

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use signed_note::{Note, Signer, StandardVerifier, Verifier as _, VerifierList};
use tlog_tiles::tlog;

use super::entry::Hash;
use crate::ids::CountyCode;

/// Which log: a county's first is number 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogName {
    pub county: CountyCode,
    pub number: u64,
}

impl LogName {
    /// The C2SP origin, e.g. `bihuan/410182/log-1`.
    pub fn origin(&self) -> String {
        format!("bihuan/{}/log-{}", self.county, self.number)
    }

    /// The stream that holds the one entry by which this log was opened. It has a
    /// stream of its own because acts recorded before it may be sealed after it,
    /// and leaves keep the order of their stream.
    pub fn stream(&self) -> String {
        format!("log-{}", self.number)
    }

    pub fn parse(origin: &str) -> Option<Self> {
        let (county, number) = origin.strip_prefix("bihuan/")?.split_once("/log-")?;
        let log = Self { county: CountyCode::new(county), number: number.parse().ok()? };
        (log.origin() == origin && !county.is_empty()).then_some(log)
    }
}

/// A public key as a C2SP `vkey` line: `origin+id+base64`.
#[derive(Clone)]
pub struct LogKey {
    text: String,
    verifier: StandardVerifier,
}

impl LogKey {
    pub fn new(log: &LogName, key: &VerifyingKey) -> Result<Self, CheckpointFault> {
        Self::parse(&signed_note::new_ed25519_verifier_key(&log.origin(), key))
    }

    /// Only as it is written: capital hex digits would be a second text for the
    /// same key, and a copy changed in them would pass for untouched.
    pub fn parse(vkey: &str) -> Result<Self, CheckpointFault> {
        let id = vkey.split('+').nth(1).ok_or(CheckpointFault::NotAKey)?;
        if id.bytes().any(|digit| digit.is_ascii_uppercase()) {
            return Err(CheckpointFault::NotAKey);
        }
        let verifier = StandardVerifier::new(vkey).map_err(|_| CheckpointFault::NotAKey)?;
        Ok(Self { text: vkey.to_owned(), verifier })
    }

    /// The origin of the log it signs.
    pub fn origin(&self) -> &str {
        self.verifier.name()
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl std::fmt::Debug for LogKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LogKey({})", self.text)
    }
}

impl PartialEq for LogKey {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for LogKey {}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: String,
    /// Leaves in the tree.
    pub size: u64,
    pub root: Hash,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointFault {
    #[error("the text is not a checkpoint (C2SP signed note)")]
    Malformed,
    #[error("the checkpoint is not signed by the key given for its log")]
    UnknownKey,
    #[error("the checkpoint's signature does not fit its text")]
    WrongSignature,
    #[error("the text is not a public key (C2SP vkey)")]
    NotAKey,
}

impl Checkpoint {
    /// Signs a tree head; the same tree, key and log give the same text.
    pub fn sign(
        key: &SigningKey,
        log: &LogName,
        size: u64,
        root: Hash,
    ) -> Result<String, CheckpointFault> {
        let origin = log.origin();
        let head = tlog_tiles::Checkpoint::new(&origin, size, tlog::Hash(root.0), "")
            .map_err(|_| CheckpointFault::Malformed)?;
        let mut note = Note::new(&head.to_bytes(), &[]).map_err(|_| CheckpointFault::Malformed)?;
        let public = LogKey::new(log, &key.verifying_key())?;
        note.add_sigs(&[&LogSigner { key, public }]).map_err(|_| CheckpointFault::Malformed)?;
        String::from_utf8(note.to_bytes()).map_err(|_| CheckpointFault::Malformed)
    }

    /// Reads a checkpoint and checks that the key given for its log signed it.
    /// Signatures of others (witnesses) may stand beside and are not looked at.
    pub fn open(text: &str, keys: &[LogKey]) -> Result<Self, CheckpointFault> {
        let checkpoint = Self::read_unverified(text)?;
        let key = keys.iter().find(|key| key.origin() == checkpoint.origin);
        let verifier = key.ok_or(CheckpointFault::UnknownKey)?.verifier.clone();
        let note = Note::from_bytes(text.as_bytes()).map_err(|_| CheckpointFault::Malformed)?;
        match note.verify(&VerifierList::new(vec![Box::new(verifier)])) {
            Ok(_) => Ok(checkpoint),
            Err(signed_note::NoteError::InvalidSignature { .. }) => {
                Err(CheckpointFault::WrongSignature)
            }
            Err(_) => Err(CheckpointFault::UnknownKey),
        }
    }

    /// What the text claims, without any proof.
    pub fn read_unverified(text: &str) -> Result<Self, CheckpointFault> {
        let note = Note::from_bytes(text.as_bytes()).map_err(|_| CheckpointFault::Malformed)?;
        let head = tlog_tiles::Checkpoint::from_bytes(note.text())
            .map_err(|_| CheckpointFault::Malformed)?;
        Ok(Self { origin: head.origin().to_owned(), size: head.size(), root: Hash(head.hash().0) })
    }
}

struct LogSigner<'a> {
    key: &'a SigningKey,
    public: LogKey,
}

impl Signer for LogSigner<'_> {
    fn name(&self) -> &str {
        self.public.origin()
    }

    fn key_id(&self) -> u32 {
        self.public.verifier.key_id()
    }

    fn sign(&self, text: &[u8]) -> Result<Vec<u8>, ed25519_dalek::SignatureError> {
        Ok(self.key.try_sign(text)?.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> LogName {
        LogName { county: CountyCode::new("410182"), number: 1 }
    }

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn public(seed: u8) -> LogKey {
        LogKey::new(&log(), &key(seed).verifying_key()).unwrap()
    }

    fn signed() -> String {
        Checkpoint::sign(&key(1), &log(), 7, Hash([9; 32])).unwrap()
    }

    #[test]
    fn a_checkpoint_reads_as_the_public_format_says() {
        let text = signed();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0], "bihuan/410182/log-1");
        assert_eq!(lines[1], "7");
        assert_eq!(lines[2], data_encoding::BASE64.encode(&[9; 32]));
        assert_eq!(lines[3], "");
        assert!(lines[4].starts_with("\u{2014} bihuan/410182/log-1 "), "{text}");
        assert_eq!(lines.len(), 5);
    }

    #[test]
    fn a_signed_checkpoint_opens_with_its_key() {
        let opened = Checkpoint::open(&signed(), &[public(1)]).unwrap();
        assert_eq!(
            opened,
            Checkpoint { origin: "bihuan/410182/log-1".into(), size: 7, root: Hash([9; 32]) }
        );
    }

    #[test]
    fn signing_the_same_tree_again_gives_the_same_text() {
        assert_eq!(signed(), signed());
    }

    #[test]
    fn another_key_of_the_same_name_does_not_open_it() {
        assert_eq!(Checkpoint::open(&signed(), &[public(2)]), Err(CheckpointFault::UnknownKey));
        assert_eq!(Checkpoint::open(&signed(), &[]), Err(CheckpointFault::UnknownKey));
    }

    #[test]
    fn a_key_of_another_log_does_not_open_it() {
        let other = LogName { number: 2, ..log() };
        let key = LogKey::new(&other, &key(1).verifying_key()).unwrap();
        assert_eq!(Checkpoint::open(&signed(), &[key]), Err(CheckpointFault::UnknownKey));
    }

    #[test]
    fn a_changed_size_is_not_covered_by_the_signature() {
        let text = signed().replacen("\n7\n", "\n8\n", 1);
        assert_eq!(Checkpoint::open(&text, &[public(1)]), Err(CheckpointFault::WrongSignature));
    }

    #[test]
    fn a_witness_may_add_its_own_signature() {
        let witness = LogName { county: CountyCode::new("witness"), number: 1 };
        let mut note = Note::from_bytes(signed().as_bytes()).unwrap();
        let public_of_witness = LogKey::new(&witness, &key(5).verifying_key()).unwrap();
        note.add_sigs(&[&LogSigner { key: &key(5), public: public_of_witness }]).unwrap();
        let text = String::from_utf8(note.to_bytes()).unwrap();
        assert!(Checkpoint::open(&text, &[public(1)]).is_ok());
    }

    #[test]
    fn what_is_no_checkpoint_is_refused() {
        let text = signed();
        for other in ["", "checkpoint", text.trim_end(), &text.replace("\n7\n", "\n07\n")] {
            let opened = Checkpoint::open(other, &[public(1)]);
            assert_eq!(opened, Err(CheckpointFault::Malformed), "{other}");
        }
    }

    #[test]
    fn a_public_key_reads_back_from_its_line() {
        let line = public(1).as_str().to_owned();
        assert_eq!(LogKey::parse(&line), Ok(public(1)));
        assert_eq!(LogKey::parse(&line.replace("410182", "410183")), Err(CheckpointFault::NotAKey));
    }

    #[test]
    fn an_origin_names_county_and_log() {
        assert_eq!(LogName::parse("bihuan/410182/log-1"), Some(log()));
        for other in ["bihuan/410182/log-01", "bihuan//log-1", "410182/log-1", "bihuan/410182"] {
            assert_eq!(LogName::parse(other), None);
        }
    }
}
