//! `bihuan completions`

use clap_complete::Shell;

use crate::failure::{Failure, Result};

/// Write a script that completes commands in a shell
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bihuan completions bash > ~/.local/share/bash-completion/completions/bihuan
  bihuan completions zsh > ~/.zfunc/_bihuan")]
pub(crate) struct Args {
    shell: Shell,
}

/// `command` is what the words of the command line can be.
pub(crate) fn run(args: &Args, mut command: clap::Command) -> Result {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "bihuan", &mut script);
    let text = String::from_utf8(script)
        .map_err(|fault| Failure::Broken(format!("the script: {fault}")))?;
    crate::say::line(text.trim_end());
    Ok(())
}
