//! The binary: the one place where the clock, chance, the environment, the disk
//! and the network enter.
//!
//! Start reading at [`wire`] (how an application is put together), [`settings`]
//! (where its settings come from) and [`commands`] (one file a command).

mod args;
mod commands;
mod failure;
mod outside;
mod say;
mod settings;
mod shipped;
mod wire;

use std::process::ExitCode;

use clap::Parser as _;

/// Many threads take and give back small pieces, and what is free returns to the
/// system; see `docs/adr/0010-full-speed.md`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match commands::run(args::Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::error(&failure);
            failure.exit_code()
        }
    }
}
