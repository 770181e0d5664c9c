//! One act as the journal keeps it, and the one way its bytes are written.
//!
//! An entry's hash is SHA-256 over its canonical JSON (RFC 8785). Whoever holds
//! the text can therefore check it with tools of their own. The journal does not
//! know what a payload means; it only demands that its numbers are integers that
//! every JSON reader keeps exact.

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};
use sha2::{Digest as _, Sha256};

use super::hex::spelled_in_hex;
use crate::ids::{CommandId, CountyCode, MatterId};
use crate::instant::Instant;
use crate::matter::Actor;

/// The stream of administrative acts. Every other stream is a matter's id, or
/// [`super::LogName::stream`] for the opening of a later log.
pub const COUNTY_STREAM: &str = "county";

/// JSON readers that keep numbers as doubles lose integers beyond this.
pub(super) const GREATEST_EXACT: u64 = (1 << 53) - 1;

/// SHA-256 of an entry, or of a node of the log's tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

spelled_in_hex!(Hash, "");

/// How an entry is written and hashed. Another one may follow; an entry whose
/// algorithm is not listed here cannot be checked and is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alg {
    /// RFC 8785 text, SHA-256.
    #[serde(rename = "sha256-v1")]
    Sha256V1,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub alg: Alg,
    pub county: CountyCode,
    pub stream: String,
    /// Position in the stream, from 0 without gaps.
    pub seq: u64,
    /// When it was recorded; never goes back within a stream.
    pub at: Instant,
    pub actor: Actor,
    pub command: CommandId,
    /// Hash of the entry before it in the stream; none for the first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub prev: Option<Hash>,
    /// An event of a matter or of the county.
    pub payload: Value,
}

/// An entry with the text and hashes that are stored and sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Canonical JSON.
    pub text: String,
    pub hash: Hash,
    /// RFC 6962 leaf hash of the text.
    pub leaf: Hash,
}

#[derive(Debug, thiserror::Error)]
pub enum EntryFault {
    #[error("it is not an entry: {0}")]
    NotAnEntry(#[from] serde_json::Error),
    #[error("its algorithm `{0}` is not known to this version")]
    UnknownAlg(String),
    #[error("it is not in canonical form (RFC 8785)")]
    NotCanonical,
    #[error("the number {0} is not an integer that every JSON reader keeps exact")]
    InexactNumber(String),
}

impl Entry {
    /// The stream of one matter.
    pub fn stream_of(matter: MatterId) -> String {
        matter.to_string()
    }

    /// RFC 8785 text.
    pub fn canonical(&self) -> Result<String, EntryFault> {
        refuse_inexact_numbers(&self.payload)?;
        for number in [Number::from(self.seq), Number::from(self.at.micros())] {
            refuse_inexact(&number)?;
        }
        Ok(serde_json_canonicalizer::to_string(self)?)
    }

    pub fn hash(&self) -> Result<Hash, EntryFault> {
        self.canonical().map(|text| hash_of(&text))
    }

    /// RFC 6962 leaf hash of the canonical text.
    pub fn leaf(&self) -> Result<Hash, EntryFault> {
        self.canonical().map(|text| leaf_of(&text))
    }

    /// Everything that is stored of an entry, from one writing of its text.
    pub fn write(&self) -> Result<Written, EntryFault> {
        let text = self.canonical()?;
        let (hash, leaf) = (hash_of(&text), leaf_of(&text));
        Ok(Written { text, hash, leaf })
    }

    /// Reads an entry back. The text must be the very one `canonical` writes, so
    /// that no two texts stand for one entry.
    pub fn parse(text: &str) -> Result<Self, EntryFault> {
        let entry: Self = serde_json::from_str(text).map_err(|error| blame_alg(text, error))?;
        if entry.canonical()? != text {
            return Err(EntryFault::NotCanonical);
        }
        Ok(entry)
    }
}

/// An unknown algorithm is the one failure whose remedy is a newer version.
fn blame_alg(text: &str, error: serde_json::Error) -> EntryFault {
    #[derive(Deserialize)]
    struct OnlyAlg {
        alg: String,
    }
    let known = |alg: &str| serde_json::from_value::<Alg>(Value::from(alg)).is_ok();
    match serde_json::from_str::<OnlyAlg>(text) {
        Ok(OnlyAlg { alg }) if !known(&alg) => EntryFault::UnknownAlg(alg),
        _ => EntryFault::NotAnEntry(error),
    }
}

/// SHA-256 over the canonical text of an entry.
pub fn hash_of(text: &str) -> Hash {
    Hash(Sha256::digest(text.as_bytes()).into())
}

/// RFC 6962 leaf hash over the canonical text of an entry.
pub fn leaf_of(text: &str) -> Hash {
    Hash(tlog_tiles::record_hash(text.as_bytes()).0)
}

/// RFC 8785 text of anything whose numbers are exact integers.
pub(super) fn canonical<T: Serialize>(value: &T) -> Result<String, EntryFault> {
    let value = serde_json::to_value(value)?;
    refuse_inexact_numbers(&value)?;
    Ok(serde_json_canonicalizer::to_string(&value)?)
}

fn refuse_inexact_numbers(value: &Value) -> Result<(), EntryFault> {
    match value {
        Value::Number(number) => refuse_inexact(number),
        Value::Array(items) => items.iter().try_for_each(refuse_inexact_numbers),
        Value::Object(fields) => fields.values().try_for_each(refuse_inexact_numbers),
        _ => Ok(()),
    }
}

fn refuse_inexact(number: &Number) -> Result<(), EntryFault> {
    let size = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
    if size.is_some_and(|size| size <= GREATEST_EXACT) {
        return Ok(());
    }
    Err(EntryFault::InexactNumber(number.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry(payload: Value) -> Entry {
        Entry {
            alg: Alg::Sha256V1,
            county: CountyCode::new("410182"),
            stream: COUNTY_STREAM.into(),
            seq: 0,
            at: Instant::from_micros(1_790_000_000_000_000),
            actor: Actor::system(),
            command: CommandId(uuid::Uuid::nil()),
            prev: None,
            payload,
        }
    }

    #[test]
    fn an_entry_is_written_with_sorted_keys_and_no_spaces() {
        let text = entry(json!({"event": "closed", "a": [1, -2]})).canonical().unwrap();
        assert_eq!(
            text,
            concat!(
                r#"{"actor":{"role":"system"},"alg":"sha256-v1","at":1790000000000000,"#,
                r#""command":"00000000-0000-0000-0000-000000000000","county":"410182","#,
                r#""payload":{"a":[1,-2],"event":"closed"},"seq":0,"stream":"county"}"#,
            )
        );
    }

    #[test]
    fn an_entry_comes_back_from_its_text_unchanged() {
        let mut entry = entry(json!({"event": "closed", "note": "灯\u{20ac}\n\"\\"}));
        entry.seq = 1;
        entry.prev = Some(Hash([7; 32]));
        let text = entry.canonical().unwrap();
        assert_eq!(Entry::parse(&text).unwrap(), entry);
    }

    #[test]
    fn a_text_that_is_not_canonical_is_refused() {
        let text = entry(json!({"event": "closed"})).canonical().unwrap();
        for other in [
            text.replace(":", ": "),
            text.replace("closed", "\\u0063losed"),
            text.replace(r#""seq":0"#, r#""prev":null,"seq":0"#),
            text.replace(r#"{"role""#, r#"{"colour":"red","role""#),
            text.replace(r#""event""#, r#""event":"opened","event""#),
        ] {
            assert_ne!(other, text);
            assert!(matches!(Entry::parse(&other), Err(EntryFault::NotCanonical)), "{other}");
        }
    }

    #[test]
    fn an_unknown_field_or_algorithm_is_refused() {
        let text = entry(json!({})).canonical().unwrap();
        let field = text.replace(r#""seq""#, r#""extra":1,"seq""#);
        assert!(matches!(Entry::parse(&field), Err(EntryFault::NotAnEntry(_))));
        let alg = text.replace("sha256-v1", "sm3-v1");
        assert!(matches!(Entry::parse(&alg), Err(EntryFault::UnknownAlg(alg)) if alg == "sm3-v1"));
    }

    #[test]
    fn numbers_that_a_reader_may_round_are_refused() {
        for number in [json!(0.5), json!(1e3), json!(1_u64 << 53), json!(-(1_i64 << 53))] {
            let refused = entry(json!({"deep": [{"n": number}]})).canonical();
            assert!(matches!(refused, Err(EntryFault::InexactNumber(_))), "{number}");
        }
        assert!(entry(json!({"n": GREATEST_EXACT})).canonical().is_ok());
        assert!(Entry { seq: 1 << 53, ..entry(json!({})) }.canonical().is_err());
    }

    /// RFC 8785, 3.2.3: the sorting example (its keys, by UTF-16 code units).
    #[test]
    fn keys_are_sorted_by_utf16_code_units() {
        let value = json!({
            "\u{20ac}": "Euro Sign",
            "\r": "Carriage Return",
            "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One",
            "\u{1f600}": "Emoji: Grinning Face",
            "\u{80}": "Control",
            "\u{f6}": "Latin Small Letter O With Diaeresis",
        });
        let text = canonical(&value).unwrap();
        let order = [
            "Carriage Return",
            "One",
            "Control",
            "Latin Small Letter O With Diaeresis",
            "Euro Sign",
            "Emoji: Grinning Face",
            "Hebrew Letter Dalet With Dagesh",
        ];
        let positions: Vec<_> = order.iter().map(|name| text.find(name).unwrap()).collect();
        assert!(positions.is_sorted(), "{text}");
    }

    /// RFC 8785, 3.2.2.2: the string of its sample object.
    #[test]
    fn strings_are_escaped_as_the_standard_shows() {
        let text = canonical(&json!({"string": "\u{20ac}$\u{f}\nA'B\"\\\\\"/"})).unwrap();
        assert_eq!(text, "{\"string\":\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    #[test]
    fn the_leaf_is_not_the_hash() {
        let written = entry(json!({})).write().unwrap();
        assert_eq!(written.hash, hash_of(&written.text));
        let mut prefixed = vec![0];
        prefixed.extend(written.text.as_bytes());
        assert_eq!(written.leaf, Hash(Sha256::digest(&prefixed).into()));
        assert_ne!(written.leaf, written.hash);
    }
}
