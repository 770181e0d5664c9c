//! Each stream is a hash chain: an entry names the hash of the one before it, so
//! that nothing can be put in, taken out or changed without all that follows.

use super::entry::{Entry, EntryFault, Hash};
use crate::instant::Instant;

/// The last entry of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub seq: u64,
    pub hash: Hash,
    pub at: Instant,
}

impl Head {
    /// The `seq` and `prev` of the entry that follows `head`.
    pub fn next(head: Option<&Self>) -> (u64, Option<Hash>) {
        head.map_or((0, None), |head| (head.seq + 1, Some(head.hash)))
    }
}

/// Why an entry does not follow another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    #[error("entry {expected} should stand here")]
    Gap { expected: u64 },
    #[error("it does not name the entry before it")]
    BrokenLink,
    #[error("it is dated before the entry it follows")]
    WentBack,
}

#[derive(Debug, thiserror::Error)]
pub enum ChainFault {
    #[error("a chain has at least one entry")]
    Empty,
    #[error("entry {seq} of {stream}: {fault}")]
    Unreadable { stream: String, seq: u64, fault: EntryFault },
    #[error("entry {seq} of {stream}: {fault}")]
    Link { stream: String, seq: u64, fault: LinkFault },
    #[error("entry {seq} of {stream} belongs to another county or stream than the first")]
    Foreign { stream: String, seq: u64 },
}

/// Checks one stream from its first entry: `seq` without gaps, every link, time
/// that never goes back, one county.
pub fn check_chain<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Result<Head, ChainFault> {
    let mut entries = entries.into_iter().peekable();
    let first = *entries.peek().ok_or(ChainFault::Empty)?;
    let mut head = None;
    for entry in entries {
        let (stream, seq) = (entry.stream.clone(), entry.seq);
        if entry.county != first.county || entry.stream != first.stream {
            return Err(ChainFault::Foreign { stream, seq });
        }
        if let Err(fault) = check_link(head.as_ref(), entry) {
            return Err(ChainFault::Link { stream, seq, fault });
        }
        match entry.hash() {
            Ok(hash) => head = Some(Head { seq, hash, at: entry.at }),
            Err(fault) => return Err(ChainFault::Unreadable { stream, seq, fault }),
        }
    }
    head.ok_or(ChainFault::Empty)
}

/// Checks that `entry` follows `head`, the end of the same stream.
pub fn check_link(head: Option<&Head>, entry: &Entry) -> Result<(), LinkFault> {
    let (expected, prev) = Head::next(head);
    if entry.seq != expected {
        return Err(LinkFault::Gap { expected });
    }
    if entry.prev != prev {
        return Err(LinkFault::BrokenLink);
    }
    if head.is_some_and(|head| entry.at < head.at) {
        return Err(LinkFault::WentBack);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CommandId, CountyCode};
    use crate::journal::{Alg, COUNTY_STREAM};
    use crate::matter::Actor;

    fn chain(length: u64) -> Vec<Entry> {
        let mut head = None;
        (0..length)
            .map(|n| {
                let (seq, prev) = Head::next(head.as_ref());
                let entry = Entry {
                    alg: Alg::Sha256V1,
                    county: CountyCode::new("410182"),
                    stream: COUNTY_STREAM.into(),
                    seq,
                    at: Instant::from_micros(n.cast_signed() / 2),
                    actor: Actor::system(),
                    command: CommandId(uuid::Uuid::from_u128(n.into())),
                    prev,
                    payload: serde_json::json!({ "n": n }),
                };
                head = Some(Head { seq, hash: entry.hash().unwrap(), at: entry.at });
                entry
            })
            .collect()
    }

    fn link_fault(chain: &[Entry]) -> (u64, LinkFault) {
        match check_chain(chain) {
            Err(ChainFault::Link { seq, fault, .. }) => (seq, fault),
            other => panic!("not a fault of a link: {other:?}"),
        }
    }

    #[test]
    fn an_untouched_chain_leads_to_its_last_entry() {
        let chain = chain(5);
        let head = check_chain(&chain).unwrap();
        assert_eq!((head.seq, head.hash), (4, chain[4].hash().unwrap()));
    }

    #[test]
    fn an_empty_chain_has_no_head() {
        assert!(matches!(check_chain(&[]), Err(ChainFault::Empty)));
    }

    #[test]
    fn a_missing_entry_is_named_by_the_one_that_should_stand_there() {
        let mut chain = chain(5);
        chain.remove(2);
        let fault = check_chain(&chain).unwrap_err();
        assert_eq!(fault.to_string(), "entry 3 of county: entry 2 should stand here");
    }

    #[test]
    fn a_changed_entry_breaks_the_link_of_the_next() {
        let mut chain = chain(5);
        chain[2].payload = serde_json::json!({"n": 99});
        assert_eq!(link_fault(&chain), (3, LinkFault::BrokenLink));
    }

    #[test]
    fn a_first_entry_that_names_a_predecessor_is_refused() {
        let mut chain = chain(1);
        chain[0].prev = Some(Hash([0; 32]));
        assert_eq!(link_fault(&chain), (0, LinkFault::BrokenLink));
    }

    #[test]
    fn time_may_stand_still_but_not_go_back() {
        let mut chain = chain(3);
        chain[1].at = Instant::from_micros(7);
        chain[2].prev = Some(chain[1].hash().unwrap());
        assert_eq!(link_fault(&chain), (2, LinkFault::WentBack));
    }

    #[test]
    fn an_entry_of_another_county_or_stream_is_refused() {
        for change in [
            |entry: &mut Entry| entry.county = CountyCode::new("410100"),
            |entry: &mut Entry| entry.stream = "elsewhere".into(),
        ] {
            let mut chain = chain(3);
            change(&mut chain[2]);
            assert!(matches!(check_chain(&chain), Err(ChainFault::Foreign { seq: 2, .. })));
        }
    }
}
