//! The file a journal leaves the house in, made to be read by tools others
//! write: JSON Lines, each line canonical JSON (RFC 8785) of one [`Line`].
//!
//! 1. `journal` comes first: format, county, and the public key of each of the
//!    county's logs in order (a key's name is its log's origin).
//! 2. For each log in order, `sealed` entries by leaf index from 0, and each
//!    `checkpoint` directly after the last leaf it covers. Entries and the
//!    checkpoint over them are sealed in one transaction, so a leaf no
//!    checkpoint covers is a fault.
//! 3. `unsealed` entries, each stream in order.
//! 4. `end` comes last and counts the lines before it, so that a download cut
//!    short does not pass.
//!
//! `content` lines may stand anywhere between the first and the last: one for
//! every commitment in a payload that was not erased, except identities.

use serde::{Deserialize, Serialize};

use super::entry::{Entry, EntryFault, canonical};
use super::opening::Opening;
use crate::ids::CountyCode;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    Journal(Header),
    Sealed(Leaf),
    /// C2SP checkpoint text.
    Checkpoint(String),
    Unsealed(Entry),
    Content(Opening),
    End(End),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    pub format: Format,
    pub county: CountyCode,
    /// C2SP vkey of log 1, log 2 and so on.
    pub logs: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    #[serde(rename = "bihuan-journal-1")]
    Journal1,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// Number of the log.
    pub log: u64,
    /// Position in that log, from 0.
    pub leaf: u64,
    pub entry: Entry,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// Lines before this one.
    pub lines: u64,
}

impl Line {
    /// The line's text, without a line break.
    pub fn write(&self) -> Result<String, EntryFault> {
        canonical(self)
    }

    /// Reads the one text `write` gives for a line; any other is refused.
    pub fn parse(text: &str) -> Result<Self, EntryFault> {
        let line: Self = serde_json::from_str(text)?;
        if line.write()? != text {
            return Err(EntryFault::NotCanonical);
        }
        Ok(line)
    }
}
