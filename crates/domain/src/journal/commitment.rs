//! Entries hold no words, names or photo hashes in the clear, only commitments
//! to them: so content can lawfully be erased while the record still stands.
//!
//! A commitment is told from any other text by its spelling: a string of exactly
//! 64 lower-case hex digits anywhere in a payload is one. What is public and is
//! hashed only to name it (a playbook, an imported file) is a [`Digest`] and
//! carries a prefix, so that the two are never mistaken for each other.

use sha2::{Digest as _, Sha256};

use super::hex::spelled_in_hex;

/// Random bytes that keep a commitment from being guessed. They are stored with
/// the content and erased with it.
pub type Salt = [u8; 32];

/// SHA-256 over (tag, salt, content), written as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commitment(pub [u8; 32]);

spelled_in_hex!(Commitment, "");

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

/// SHA-256 of something that is no secret, written `sha256:` and 64 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

spelled_in_hex!(Digest, "sha256:");

impl Digest {
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_binds_its_tag_its_salt_and_its_content() {
        let first = commit("words", &[1; 32], b"lamp");
        assert_ne!(first, commit("note", &[1; 32], b"lamp"));
        assert_ne!(first, commit("words", &[2; 32], b"lamp"));
        assert_ne!(first, commit("words", &[1; 32], b"lamps"));
        assert_eq!(first, commit("words", &[1; 32], b"lamp"));
    }

    #[test]
    fn a_commitment_reads_back_only_from_lower_case_digits() {
        let text = commit("words", &[1; 32], b"lamp").to_string();
        assert_eq!(text.parse(), Ok(commit("words", &[1; 32], b"lamp")));
        assert_eq!(text.to_uppercase().parse::<Commitment>(), Err(super::super::NotHex));
        assert_eq!(text[1..].parse::<Commitment>(), Err(super::super::NotHex));
    }

    #[test]
    fn a_digest_is_never_spelled_like_a_commitment() {
        let text = Digest::of(b"playbook").to_string();
        assert!(text.parse::<Commitment>().is_err());
        assert_eq!(text.parse(), Ok(Digest::of(b"playbook")));
    }
}
