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
    use serde_json::json;

    fn hex(byte: u8) -> Commitment {
        Commitment([byte; 32])
    }

    #[test]
    fn commitments_are_found_however_deep_they_stand() {
        let payload = json!({
            "event": "filed",
            "words": hex(1),
            "evidence": [{"kind": "before", "content": hex(2)}],
            "playbook": "sha256:".to_owned() + &hex(3).to_string(),
        });
        let mentions = Mentions::of(&payload);
        assert_eq!(mentions.shown.iter().collect::<std::collections::BTreeSet<_>>().len(), 2);
        assert!(mentions.shown.contains(&hex(1)) && mentions.shown.contains(&hex(2)));
    }

    #[test]
    fn what_another_system_gave_is_never_a_commitment() {
        let payload = json!({"event": "imported", "history": {"origin_id": hex(1)}});
        assert_eq!(Mentions::of(&payload), Mentions::default());
    }

    #[test]
    fn an_identity_is_kept_apart() {
        let mentions = Mentions::of(&json!({"event": "filed", "identity": hex(1)}));
        assert_eq!((mentions.shown, mentions.apart), (vec![], vec![hex(1)]));
    }

    #[test]
    fn an_erasure_does_not_itself_ask_for_the_content() {
        for event in ["erased", "content-erased"] {
            let mentions = Mentions::of(&json!({"event": event, "content": hex(1)}));
            assert_eq!((mentions.shown, mentions.erased), (vec![], Some(hex(1))));
        }
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
