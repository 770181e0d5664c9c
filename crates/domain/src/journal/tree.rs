//! The county's append-only log: a Merkle tree as RFC 6962 hashes it, kept as
//! the dense row of stored hashes `tlog_tiles` defines (position → hash).
//!
//! The sealer appends through a [`Frontier`], the few hashes at the right edge:
//! whoever keeps the rows loads [`frontier_positions`], pushes leaves in memory
//! and writes back the rows each push returns. Proofs read stored rows through
//! [`StoredHashes`]; a reader that cannot answer at once loads
//! [`inclusion_positions`] or [`consistency_positions`] first.

use std::cell::RefCell;
use std::collections::BTreeMap;

use tlog_tiles::{HashReader, tlog};

use super::entry::{GREATEST_EXACT, Hash};

/// Gives stored hashes back, in the order asked for.
pub trait StoredHashes {
    fn hashes(&self, positions: &[u64]) -> Result<Vec<Hash>, TreeFault>;
}

impl StoredHashes for BTreeMap<u64, Hash> {
    fn hashes(&self, positions: &[u64]) -> Result<Vec<Hash>, TreeFault> {
        let one = |position: &u64| self.get(position).copied();
        positions.iter().map(|p| one(p).ok_or(TreeFault::Missing { position: *p })).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeFault {
    #[error("the hash stored at position {position} is missing")]
    Missing { position: u64 },
    #[error("a tree of {size} leaves has no such leaf or earlier size as {asked}")]
    OutOfRange { size: u64, asked: u64 },
    #[error("the proof does not lead to the root")]
    WrongProof,
}

/// The right edge of a log: enough to append and to state the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    edge: BTreeMap<u64, Hash>,
}

impl Frontier {
    /// The edge of a log of `size` leaves, from its stored hashes.
    pub fn load(size: u64, stored: &impl StoredHashes) -> Result<Self, TreeFault> {
        let positions = frontier_positions(size)?;
        let hashes = stored.hashes(&positions)?;
        if hashes.len() != positions.len() {
            return Err(unanswered(&positions, &hashes));
        }
        Ok(Self { size, edge: positions.into_iter().zip(hashes).collect() })
    }

    /// Leaves so far.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Appends one leaf hash; returns the rows (position, hash) to store.
    pub fn push(&mut self, leaf: Hash) -> Result<Vec<(u64, Hash)>, TreeFault> {
        let rows = stored_hashes(self.size, leaf, &self.edge)?;
        self.size += 1;
        self.edge.extend(rows.iter().copied());
        let needed = frontier_positions(self.size)?;
        self.edge.retain(|position, _| needed.binary_search(position).is_ok());
        Ok(rows)
    }

    pub fn root(&self) -> Result<Hash, TreeFault> {
        root(self.size, &self.edge)
    }
}

/// Positions of the hashes a log of `size` leaves needs to go on, rising.
pub fn frontier_positions(size: u64) -> Result<Vec<u64>, TreeFault> {
    in_range(size, size)?;
    Ok(tlog::sub_tree_index(0, size, Vec::new()))
}

/// The rows (position, hash) to store when leaf number `n` is appended.
pub fn stored_hashes(
    n: u64,
    leaf: Hash,
    stored: &impl StoredHashes,
) -> Result<Vec<(u64, Hash)>, TreeFault> {
    in_range(n, n)?;
    let hashes =
        read(stored, |reader| tlog::stored_hashes_for_record_hash(n, tlog::Hash(leaf.0), reader))?;
    Ok((tlog::stored_hash_index(0, n)..).zip(hashes).collect())
}

/// The root over the first `size` leaves.
pub fn root(size: u64, stored: &impl StoredHashes) -> Result<Hash, TreeFault> {
    in_range(size, size)?;
    read(stored, |reader| tlog::tree_hash(size, reader).map(|hash| vec![hash]))?
        .first()
        .copied()
        .ok_or(TreeFault::WrongProof)
}

/// Proof that leaf `n` is in the tree of `size` leaves.
pub fn inclusion_proof(
    size: u64,
    n: u64,
    stored: &impl StoredHashes,
) -> Result<Vec<Hash>, TreeFault> {
    leaf_in_range(size, n)?;
    read(stored, |reader| tlog::prove_record(size, n, reader))
}

/// Positions [`inclusion_proof`] will read.
pub fn inclusion_positions(size: u64, n: u64) -> Result<Vec<u64>, TreeFault> {
    let wanted = Wanted::default();
    inclusion_proof(size, n, &wanted)?;
    Ok(wanted.0.into_inner())
}

pub fn check_inclusion(
    proof: &[Hash],
    size: u64,
    root: Hash,
    n: u64,
    leaf: Hash,
) -> Result<(), TreeFault> {
    leaf_in_range(size, n)?;
    let root = tlog::Hash(root.0);
    tlog::check_record(&theirs(proof), size, root, n, tlog::Hash(leaf.0))
        .map_err(|_| TreeFault::WrongProof)
}

/// Proof that the tree of `size` leaves begins with the tree of `earlier`.
pub fn consistency_proof(
    size: u64,
    earlier: u64,
    stored: &impl StoredHashes,
) -> Result<Vec<Hash>, TreeFault> {
    in_range(size, earlier)?;
    if earlier == 0 {
        return Ok(Vec::new());
    }
    read(stored, |reader| tlog::prove_tree(size, earlier, reader))
}

/// Positions [`consistency_proof`] will read.
pub fn consistency_positions(size: u64, earlier: u64) -> Result<Vec<u64>, TreeFault> {
    let wanted = Wanted::default();
    consistency_proof(size, earlier, &wanted)?;
    Ok(wanted.0.into_inner())
}

pub fn check_consistency(
    proof: &[Hash],
    size: u64,
    root: Hash,
    earlier: u64,
    earlier_root: Hash,
) -> Result<(), TreeFault> {
    in_range(size, earlier)?;
    // Every tree begins with the empty one, which has only one root.
    if earlier == 0 {
        let empty = earlier_root.0 == tlog::EMPTY_HASH.0 && proof.is_empty();
        return if empty { Ok(()) } else { Err(TreeFault::WrongProof) };
    }
    let (root, earlier_root) = (tlog::Hash(root.0), tlog::Hash(earlier_root.0));
    tlog::check_tree(&theirs(proof), size, root, earlier, earlier_root)
        .map_err(|_| TreeFault::WrongProof)
}

fn in_range(size: u64, earlier: u64) -> Result<(), TreeFault> {
    if size <= GREATEST_EXACT && earlier <= size {
        return Ok(());
    }
    Err(TreeFault::OutOfRange { size, asked: earlier })
}

fn leaf_in_range(size: u64, n: u64) -> Result<(), TreeFault> {
    in_range(size, n)?;
    if n < size { Ok(()) } else { Err(TreeFault::OutOfRange { size, asked: n }) }
}

fn theirs(hashes: &[Hash]) -> Vec<tlog::Hash> {
    hashes.iter().map(|hash| tlog::Hash(hash.0)).collect()
}

/// Lends our reader to the library, and carries our fault past its error type.
struct Lent<'a, S> {
    stored: &'a S,
    fault: RefCell<Option<TreeFault>>,
}

impl<S: StoredHashes> HashReader for Lent<'_, S> {
    fn read_hashes(&self, positions: &[u64]) -> Result<Vec<tlog::Hash>, tlog::Error> {
        let fault = match self.stored.hashes(positions) {
            // The library asserts the length.
            Ok(hashes) if hashes.len() == positions.len() => return Ok(theirs(&hashes)),
            Ok(hashes) => unanswered(positions, &hashes),
            Err(fault) => fault,
        };
        self.fault.replace(Some(fault));
        Err(tlog::Error::IndexesNotInTree)
    }
}

fn unanswered(positions: &[u64], hashes: &[Hash]) -> TreeFault {
    TreeFault::Missing { position: positions.get(hashes.len()).copied().unwrap_or_default() }
}

fn read<S: StoredHashes>(
    stored: &S,
    work: impl FnOnce(&Lent<'_, S>) -> Result<Vec<tlog::Hash>, tlog::Error>,
) -> Result<Vec<Hash>, TreeFault> {
    let lent = Lent { stored, fault: RefCell::new(None) };
    match work(&lent) {
        Ok(hashes) => Ok(hashes.into_iter().map(|hash| Hash(hash.0)).collect()),
        Err(_) => Err(lent.fault.into_inner().unwrap_or(TreeFault::WrongProof)),
    }
}

/// Answers with nothing of use and notes what was asked: which positions a proof
/// reads does not depend on the hashes found there.
#[derive(Default)]
struct Wanted(RefCell<Vec<u64>>);

impl StoredHashes for Wanted {
    fn hashes(&self, positions: &[u64]) -> Result<Vec<Hash>, TreeFault> {
        self.0.borrow_mut().extend(positions);
        Ok(vec![Hash([0; 32]); positions.len()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;

    /// The eight inputs of the reference tests for RFC 6962 trees, and the roots
    /// over the first one, two … eight of them.
    const INPUTS: [&str; 8] = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn leaf(text: &str) -> Hash {
        Hash(tlog::record_hash(text.as_bytes()).0)
    }

    fn log(size: u64) -> (BTreeMap<u64, Hash>, Vec<Hash>, Vec<Hash>) {
        let (mut stored, mut leaves, mut roots) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut frontier = Frontier::default();
        roots.push(frontier.root().unwrap());
        for n in 0..size {
            leaves.push(leaf(&n.to_string()));
            stored.extend(frontier.push(leaves[leaves.len() - 1]).unwrap());
            roots.push(frontier.root().unwrap());
        }
        (stored, leaves, roots)
    }

    #[test]
    fn roots_are_those_of_the_reference_tests() {
        let mut frontier = Frontier::default();
        for (input, root) in INPUTS.iter().zip(ROOTS) {
            let input = HEXLOWER.decode(input.as_bytes()).unwrap();
            frontier.push(Hash(tlog::record_hash(&input).0)).unwrap();
            assert_eq!(frontier.root().unwrap().to_string(), root);
        }
    }

    #[test]
    fn the_root_of_nothing_is_the_hash_of_nothing() {
        assert_eq!(
            Frontier::default().root().unwrap().to_string(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn every_leaf_is_proved_in_every_later_tree_and_nowhere_else() {
        let (stored, leaves, roots) = log(21);
        for size in 1..=21_u64 {
            let root = roots[size as usize];
            for n in 0..size {
                let mut proof = inclusion_proof(size, n, &stored).unwrap();
                let leaf = leaves[n as usize];
                assert_eq!(check_inclusion(&proof, size, root, n, leaf), Ok(()));
                assert!(check_inclusion(&proof, size, root, n, Hash([1; 32])).is_err());
                assert!(check_inclusion(&proof, size, roots[size as usize - 1], n, leaf).is_err());
                if let Some(hash) = proof.first_mut() {
                    hash.0[0] ^= 1;
                    assert!(check_inclusion(&proof, size, root, n, leaf).is_err());
                }
            }
        }
    }

    #[test]
    fn every_earlier_tree_is_proved_to_be_the_beginning_of_a_later() {
        let (stored, _, roots) = log(21);
        for size in 0..=21_u64 {
            for earlier in 0..=size {
                let proof = consistency_proof(size, earlier, &stored).unwrap();
                let (root, old) = (roots[size as usize], roots[earlier as usize]);
                assert_eq!(check_consistency(&proof, size, root, earlier, old), Ok(()));
                let wrong = Hash([1; 32]);
                assert!(check_consistency(&proof, size, root, earlier, wrong).is_err());
                if earlier > 0 {
                    assert!(check_consistency(&proof, size, wrong, earlier, old).is_err());
                }
            }
        }
    }

    #[test]
    fn a_frontier_loaded_from_stored_hashes_goes_on_like_the_first() {
        let (stored, leaves, roots) = log(21);
        for size in 0..21_u64 {
            let mut frontier = Frontier::load(size, &stored).unwrap();
            assert_eq!(frontier.root().unwrap(), roots[size as usize]);
            let rows = frontier.push(leaves[size as usize]).unwrap();
            assert!(rows.iter().all(|(position, hash)| stored[position] == *hash));
            assert_eq!(frontier.root().unwrap(), roots[size as usize + 1]);
        }
    }

    #[test]
    fn rows_fill_the_table_without_gap_or_overlap() {
        let mut frontier = Frontier::default();
        let mut next = 0;
        for n in 0..40_u64 {
            for (position, _) in frontier.push(leaf(&n.to_string())).unwrap() {
                assert_eq!(position, next);
                next += 1;
            }
        }
    }

    #[test]
    fn the_positions_told_beforehand_suffice_for_the_proof() {
        let (stored, ..) = log(21);
        let only = |positions: Vec<u64>| -> BTreeMap<u64, Hash> {
            positions.into_iter().map(|position| (position, stored[&position])).collect()
        };
        for n in 0..20 {
            let few = only(inclusion_positions(21, n).unwrap());
            assert_eq!(inclusion_proof(21, n, &few), inclusion_proof(21, n, &stored));
            let few = only(consistency_positions(21, n).unwrap());
            assert_eq!(consistency_proof(21, n, &few), consistency_proof(21, n, &stored));
        }
    }

    #[test]
    fn a_missing_stored_hash_is_named() {
        let (mut stored, ..) = log(8);
        stored.remove(&0);
        assert_eq!(inclusion_proof(8, 1, &stored), Err(TreeFault::Missing { position: 0 }));
    }

    #[test]
    fn a_reader_that_answers_too_little_is_refused() {
        struct Short;
        impl StoredHashes for Short {
            fn hashes(&self, _: &[u64]) -> Result<Vec<Hash>, TreeFault> {
                Ok(Vec::new())
            }
        }
        assert!(matches!(root(3, &Short), Err(TreeFault::Missing { .. })));
        assert!(matches!(Frontier::load(3, &Short), Err(TreeFault::Missing { .. })));
    }

    #[test]
    fn a_leaf_or_size_out_of_range_is_refused_rather_than_computed() {
        let (stored, _, roots) = log(3);
        assert_eq!(
            inclusion_proof(3, 3, &stored),
            Err(TreeFault::OutOfRange { size: 3, asked: 3 })
        );
        assert!(consistency_proof(3, 4, &stored).is_err());
        assert!(check_inclusion(&[], u64::MAX, roots[3], 0, roots[3]).is_err());
        assert!(frontier_positions(u64::MAX).is_err());
    }
}
