//! Keeps, for every commitment, whether an entry makes it, whether its content
//! is in the file and whether an entry erases it. Order does not matter: content
//! may stand before or after the entry that commits to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fault::Fault;
use crate::journal::{Commitment, Mentions, Opening};

/// Which entry.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) stream: Arc<str>,
    pub(super) seq: u64,
}

#[derive(Default)]
pub(super) struct Contents(BTreeMap<Commitment, Known>);

#[derive(Default)]
struct Known {
    made_by: Option<Mention>,
    apart: bool,
    present: bool,
    erased_by: Option<Mention>,
}

pub(super) struct Counts {
    pub(super) present: u64,
    pub(super) erased: u64,
    pub(super) apart: u64,
}

impl Contents {
    pub(super) fn mention(&mut self, entry: &Mention, mentions: Mentions) {
        for commitment in mentions.shown {
            let known = self.0.entry(commitment).or_default();
            known.made_by.get_or_insert_with(|| entry.clone());
        }
        for commitment in mentions.apart {
            let known = self.0.entry(commitment).or_default();
            known.apart = true;
            known.made_by.get_or_insert_with(|| entry.clone());
        }
        if let Some(commitment) = mentions.erased {
            let known = self.0.entry(commitment).or_default();
            known.erased_by.get_or_insert_with(|| entry.clone());
        }
    }

    /// Takes one content line.
    pub(super) fn open(&mut self, line: u64, opening: &Opening) -> Result<(), Fault> {
        let content = opening.commitment;
        let known = self.0.entry(content).or_default();
        if known.present {
            return Err(Fault::ContentTwice { line, content });
        }
        known.present = true;
        if opening.holds() { Ok(()) } else { Err(Fault::ContentChanged { line, content }) }
    }

    pub(super) fn counts(&self) -> Counts {
        let count =
            |what: fn(&Known) -> bool| self.0.values().filter(|known| what(known)).count() as u64;
        Counts {
            present: count(|known| known.present),
            erased: count(|known| known.erased_by.is_some()),
            apart: count(|known| known.apart && known.erased_by.is_none()),
        }
    }

    pub(super) fn faults(&self) -> impl Iterator<Item = Fault> {
        self.0.iter().filter_map(|(content, known)| known.fault(*content))
    }
}

impl Known {
    fn fault(&self, content: Commitment) -> Option<Fault> {
        let name = |entry: &Mention| (entry.stream.to_string(), entry.seq);
        let Some((stream, seq)) = self.made_by.as_ref().map(name) else {
            return Some(match self.erased_by.as_ref().map(name) {
                Some((stream, seq)) => Fault::ErasedUnknown { stream, seq, content },
                None => Fault::ContentUnknown { content },
            });
        };
        if self.present && self.apart {
            return Some(Fault::IdentityShown { stream, seq, content });
        }
        if let (true, Some((stream, seq))) = (self.present, self.erased_by.as_ref().map(name)) {
            return Some(Fault::ContentNotErased { stream, seq, content });
        }
        let accounted = self.present || self.apart || self.erased_by.is_some();
        (!accounted).then_some(Fault::ContentMissing { stream, seq, content })
    }
}
