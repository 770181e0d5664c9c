//! `bihuan doctor`

mod data;
mod machine;
mod servers;

use std::path::PathBuf;

use crate::failure::{Failure, Result};
use crate::say;
use crate::settings::Settings;

/// Check everything an operator would, and say what to do
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bihuan doctor --data /srv/county
  bihuan doctor --key-copy /media/usb               compare the second copy of the key

Each line begins with good, look or fault. `look` is yours to judge; with a fault something does \
not work or can be lost, and the exit code is 4.")]
pub(crate) struct Args {
    /// Folder of the second copy of the key
    #[arg(long, value_name = "DIR")]
    key_copy: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Good,
    Look,
    Fault,
}

/// One thing looked at: what it is, how it stands, what to do.
struct Finding {
    level: Level,
    about: &'static str,
    says: String,
}

impl Finding {
    fn good(about: &'static str, says: impl Into<String>) -> Self {
        Self { level: Level::Good, about, says: says.into() }
    }

    fn look(about: &'static str, says: impl Into<String>) -> Self {
        Self { level: Level::Look, about, says: says.into() }
    }

    fn fault(about: &'static str, says: impl Into<String>) -> Self {
        Self { level: Level::Fault, about, says: says.into() }
    }
}

pub(crate) async fn run(settings: &Settings, args: &Args) -> Result {
    let mut findings = machine::findings(settings);
    findings.extend(servers::findings(settings).await);
    findings.extend(data::findings(settings, args.key_copy.as_deref()).await);
    for finding in &findings {
        let level = match finding.level {
            Level::Good => "good ",
            Level::Look => "look ",
            Level::Fault => "fault",
        };
        say::line(format_args!("{level}  {:9}  {}", finding.about, finding.says));
    }
    match findings.iter().filter(|finding| finding.level == Level::Fault).count() {
        0 => Ok(()),
        1 => Err(Failure::Found("1 fault".to_owned())),
        count => Err(Failure::Found(format!("{count} faults"))),
    }
}
