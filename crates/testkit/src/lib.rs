//! For tests only: both engines, a clock that is set by hand, chance from a
//! seed, and the shipped county with matters in every state.
//!
//! Doorways: [`engines::each`] runs one body on both databases;
//! [`county::County`] decides and records as the system does.

pub mod app;
pub mod chance;
pub mod clock;
pub mod cluster;
pub mod county;
pub mod engines;
pub mod golden;
pub mod postgres;
pub mod story;
