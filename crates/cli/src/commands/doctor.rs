//! `bihuan doctor`

use crate::failure::{Failure, Result};
use crate::outside::fonts::fonts;
use crate::say;

/// Say what this machine lacks: which fonts official papers are set in
#[derive(clap::Args)]
#[command(after_help = "Example:\n  bihuan doctor\n
Exit code 4 when papers cannot be set at all.")]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args) -> Result {
    let fonts = fonts().map_err(|fault| Failure::Found(format!("papers: {fault}")))?;
    for face in fonts.faces() {
        let standing =
            if face.own { "" } else { "  stands in; the standard's face is not installed" };
        say::line(format_args!("papers  {}  {}{standing}", face.wanted, face.used));
    }
    Ok(())
}
