//! The binary from outside: what it prints, what it leaves, how it ends.

#![expect(clippy::unwrap_used, reason = "a step that cannot be taken is a failed test")]

mod backup;
mod bad_day;
mod begun;
mod doctor;
mod import;
mod journal;
mod killed;
mod load;
mod package;
mod people;
mod playbook;
mod postgres;
mod postgres_bad_day;
mod serve;
mod serving;
mod settings;
mod two_nodes;
mod whatif;
