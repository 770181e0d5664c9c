//! The rules of Bihuan. This crate owns what a matter is, what may happen to
//! it, when it is due and how the record of it is kept.
//!
//! It must not know how anything is stored, served or shown: no I/O, no async,
//! no SQL, no ambient clock, no randomness. Time, ids and random bytes are
//! parameters.
//!
//! Doorways: [`matter::decide`] (what a command does), [`clock`] (why a date is
//! the date it is) and [`journal`] (how the record proves itself).

pub mod access;
pub mod calendar;
pub mod clock;
pub mod county;
pub mod ids;
pub mod instant;
pub mod journal;
pub mod marking;
pub mod matter;
pub mod paper;
pub mod place;
pub mod playbook;
pub mod refusal;
pub mod width;
