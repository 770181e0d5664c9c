//! 32 bytes written as 64 lower-case hex digits, the one spelling of hashes and
//! commitments in the journal.

use data_encoding::HEXLOWER;

/// A text is not one of ours if it is not exactly 64 lower-case hex digits.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not 64 lower-case hex digits")]
pub struct NotHex;

pub(super) fn decode(text: &str) -> Result<[u8; 32], NotHex> {
    let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| NotHex)?;
    bytes.try_into().map_err(|_| NotHex)
}

pub(super) fn encode(bytes: &[u8; 32]) -> String {
    HEXLOWER.encode(bytes)
}

/// Spells a newtype over `[u8; 32]` in text and JSON, after a fixed prefix.
macro_rules! spelled_in_hex {
    ($name:ident, $prefix:literal) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($prefix)?;
                f.write_str(&$crate::journal::hex::encode(&self.0))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::journal::NotHex;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let digits = text.strip_prefix($prefix).ok_or($crate::journal::NotHex)?;
                $crate::journal::hex::decode(digits).map(Self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(super) use spelled_in_hex;

/// For `#[serde(with)]` on plain bytes.
pub(super) mod as_text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(in crate::journal) fn serialize<S: Serializer>(
        bytes: &[u8; 32],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::encode(bytes))
    }

    pub(in crate::journal) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<[u8; 32], D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        super::decode(&text).map_err(serde::de::Error::custom)
    }
}
