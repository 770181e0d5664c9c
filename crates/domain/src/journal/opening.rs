//! What stands behind a commitment, and which commitments a payload makes.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::commitment::{Commitment, Salt, commit};

/// The content of a commitment with the random bytes that open it. They are
/// stored, exported and erased together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    pub commitment: Commitment,
    /// What the content is, e.g. `words`.
    pub tag: String,
    #[serde(with = "super::hex::as_text")]
    pub salt: Salt,
    pub content: Content,
}

/// `{"text": …}` where the bytes are UTF-8, else `{"base64": …}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    Text(String),
    #[serde(with = "base64_text")]
    Base64(Vec<u8>),
}

impl Content {
    pub fn of(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Text(text),
            Err(not_text) => Self::Base64(not_text.into_bytes()),
        }
    }

    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Base64(bytes) => bytes,
        }
    }
}

impl Opening {
    pub fn new(tag: &str, salt: Salt, content: Vec<u8>) -> Self {
        let commitment = commit(tag, &salt, &content);
        Self { commitment, tag: tag.to_owned(), salt, content: Content::of(content) }
    }

    /// Whether the content is what was committed to.
    pub fn holds(&self) -> bool {
        commit(&self.tag, &self.salt, self.content.bytes()) == self.commitment
    }
}

/// The commitments of one payload.
///
/// A string of exactly 64 lower-case hex digits is a commitment wherever it
/// stands, so that a new kind of event needs no list kept in step. Two keys are
/// apart: below `history` stands what another system gave, which is never ours
/// to open; and `identity` commits to who reported, which no export carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Their content stands in an export until it is erased.
    pub shown: Vec<Commitment>,
    /// Their content is kept apart and must never stand in an export.
    pub apart: Vec<Commitment>,
    /// What this payload says was lawfully erased.
    pub erased: Option<Commitment>,
}

impl Mentions {
    pub fn of(payload: &Value) -> Self {
        let mut mentions = Self::default();
        let erases = matches!(payload["event"].as_str(), Some("erased" | "content-erased"));
        if let (true, Some(content)) = (erases, commitment_in(&payload["content"])) {
            mentions.erased = Some(content);
            return mentions;
        }
        mentions.collect(payload);
        mentions
    }

    fn collect(&mut self, value: &Value) {
        match value {
            Value::String(_) => self.shown.extend(commitment_in(value)),
            Value::Array(items) => items.iter().for_each(|item| self.collect(item)),
            Value::Object(fields) => {
                for (key, value) in fields {
                    match key.as_str() {
                        "history" => {}
                        "identity" => self.apart.extend(commitment_in(value)),
                        _ => self.collect(value),
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

fn commitment_in(value: &Value) -> Option<Commitment> {
    value.as_str()?.parse().ok()
}

mod base64_text {
    use super::Cow;
    use data_encoding::BASE64;
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        BASE64.decode(text.as_bytes()).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::{CountyEvent, ImportCounts};
    use crate::ids::{MatterNumber, RegimeCode};
    use crate::instant::Instant;
    use crate::journal::Digest;
    use crate::matter::{Event, Evidence, EvidenceKind, History, Source, Urgency, Whereabouts};

    fn hex(byte: u8) -> Commitment {
        Commitment([byte; 32])
    }

    fn mentions(event: &impl Serialize) -> Mentions {
        Mentions::of(&serde_json::to_value(event).unwrap())
    }

    fn history(origin_id: String) -> History {
        History {
            origin: "line".into(),
            origin_id,
            opened_at: Instant::from_micros(0),
            due_at: None,
            closed_at: None,
            class_as_given: None,
            unit_as_given: None,
            state_as_given: None,
        }
    }

    #[test]
    fn commitments_are_found_however_deep_they_stand() {
        let evidence = Evidence { kind: EvidenceKind::ALL[0], content: hex(2) };
        let acted = Event::Acted { note: hex(1), evidence: vec![evidence] };
        let Mentions { mut shown, apart, erased } = mentions(&acted);
        shown.sort();
        assert_eq!((shown, apart, erased), (vec![hex(1), hex(2)], vec![], None));
    }

    #[test]
    fn a_digest_is_no_commitment() {
        let event = CountyEvent::Imported {
            origin: "line".into(),
            file: Digest([1; 32]),
            counts: ImportCounts { read: 1, written: 1, already_there: 0, rejected: 0 },
        };
        assert_eq!(mentions(&event), Mentions::default());
    }

    #[test]
    fn what_another_system_gave_is_never_a_commitment() {
        let event = Event::Imported {
            number: MatterNumber::new("XY-1"),
            regime: RegimeCode::new("grid-case"),
            playbook: "2026.1".into(),
            history: history(hex(1).to_string()),
            item: None,
            words: Some(hex(2)),
            whereabouts: Whereabouts::default(),
        };
        assert_eq!(mentions(&event).shown, [hex(2)]);
    }

    #[test]
    fn an_identity_is_kept_apart() {
        let event = Event::Filed {
            number: MatterNumber::new("XY-1"),
            regime: RegimeCode::new("grid-case"),
            playbook: "2026.1".into(),
            source: Source::ALL[0],
            item: None,
            words: hex(2),
            whereabouts: Whereabouts { address: Some(hex(3)), ..Whereabouts::default() },
            evidence: Vec::new(),
            identity: Some(hex(1)),
            confidential: false,
            urgency: Urgency::ALL[0],
            claimed_at: None,
            stage: crate::matter::Stage::Filed,
            brief: None,
        };
        let Mentions { mut shown, apart, .. } = mentions(&event);
        shown.sort();
        assert_eq!((shown, apart), (vec![hex(2), hex(3)], vec![hex(1)]));
    }

    #[test]
    fn an_erasure_does_not_itself_ask_for_the_content() {
        let ground = "request".to_owned();
        let only = Mentions { erased: Some(hex(1)), ..Mentions::default() };
        assert_eq!(mentions(&Event::Erased { content: hex(1), ground: ground.clone() }), only);
        assert_eq!(mentions(&CountyEvent::ContentErased { content: hex(1), ground }), only);
    }

    #[test]
    fn an_opening_holds_only_for_what_was_committed() {
        let opening = Opening::new("words", [7; 32], "路灯不亮".into());
        assert!(opening.holds());
        let other = Content::Text("路灯亮了".into());
        assert!(!Opening { content: other, ..opening.clone() }.holds());
        assert!(!Opening { salt: [8; 32], ..opening }.holds());
    }

    #[test]
    fn content_that_is_no_text_comes_back_byte_for_byte() {
        let opening = Opening::new("photo", [7; 32], vec![0xff, 0xd8, 0xff]);
        let json = serde_json::to_string(&opening).unwrap();
        assert!(json.contains(r#"{"base64":"/9j/"}"#), "{json}");
        assert_eq!(serde_json::from_str::<Opening>(&json).unwrap(), opening);
    }
}
