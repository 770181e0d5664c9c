//! Entries hold no words, names or photo hashes in the clear, only commitments
//! to them: so content can lawfully be erased while the record still stands.

use std::fmt;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Random bytes that keep a commitment from being guessed. They are stored with
/// the content and erased with it.
pub type Salt = [u8; 32];

/// SHA-256 over (tag, salt, content), written as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commitment(pub [u8; 32]);

/// Commits to `content` under `tag` (what the content is, e.g. `words`). Each
/// part is preceded by its length, so that no two inputs read alike.
pub fn commit(tag: &str, salt: &Salt, content: &[u8]) -> Commitment {
    let mut hash = Sha256::new();
    for part in [tag.as_bytes(), salt.as_slice(), content] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    Commitment(hash.finalize().into())
}

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Commitment({self})")
    }
}

impl std::str::FromStr for Commitment {
    type Err = NotACommitment;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| NotACommitment)?;
        bytes.try_into().map(Self).map_err(|_| NotACommitment)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("not 64 lower-case hex digits")]
pub struct NotACommitment;

impl Serialize for Commitment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Commitment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
