//! How the record proves itself: commitments, one hash chain a matter, one
//! Merkle log a county, signed checkpoints, receipts, and a verifier that needs
//! no server.

mod commitment;

pub use commitment::{Commitment, Salt, commit};
