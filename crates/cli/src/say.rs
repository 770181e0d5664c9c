//! What the command line prints. A reader that closes its end early (`| head`)
//! is no failure of ours.

use std::fmt::Display;
use std::io::{self, Write as _};

use crate::failure::Failure;

pub(crate) fn line(text: impl Display) {
    let mut out = io::stdout().lock();
    // Nobody is left to be told when the reader is gone.
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Beside the output, for a person; never part of what a program reads.
pub(crate) fn note(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

pub(crate) fn error(failure: &Failure) {
    note(format_args!("bihuan: {failure}"));
}
