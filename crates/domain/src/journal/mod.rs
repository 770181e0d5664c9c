//! How the record proves itself: commitments, one hash chain a matter, one
//! Merkle log a county, signed checkpoints, receipts, and a verifier that needs
//! no server.

mod chain;
mod checkpoint;
mod commitment;
mod entry;
mod hex;
pub mod tree;

pub use chain::{ChainFault, Head, check_chain, check_link};
pub use checkpoint::{Checkpoint, CheckpointFault, LogKey, LogName};
pub use commitment::{Commitment, Digest, Salt, commit};
pub use entry::{Alg, COUNTY_STREAM, Entry, EntryFault, Hash, Written, hash_of, leaf_of};
pub use hex::NotHex;
