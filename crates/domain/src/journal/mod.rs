//! How the record proves itself: commitments, one hash chain a matter, one
//! Merkle log a county, signed checkpoints, receipts, and a verifier that needs
//! no server.

mod chain;
mod checkpoint;
mod commitment;
mod entry;
mod export;
mod hex;
mod opening;
mod receipt;
pub mod tree;
mod verify;

pub use chain::{ChainFault, Head, LinkFault, check_chain, check_link};
pub use checkpoint::{Checkpoint, CheckpointFault, LogKey, LogName};
pub use commitment::{Commitment, Digest, Salt, commit};
pub use entry::{Alg, COUNTY_STREAM, Entry, EntryFault, Hash, Written, hash_of, leaf_of};
pub use export::{End, Format, Header, Leaf, Line};
pub use hex::NotHex;
pub use opening::{Content, Mentions, Opening};
pub use receipt::{Receipt, ReceiptFacts, ReceiptFault, Seal};
pub use verify::{Fault, Report, Verification, Witness, verify};
