//! What may be typed. Each command's own arguments stand with the command.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

use crate::commands::{
    backup, calendar, completions, demo, doctor, export, import, key, person, playbook, restore,
    serve, simulate, tasks, verify, whatif,
};
use crate::settings::Flags;

const AFTER_HELP: &str = "\
Settings come from bihuan.toml, then BIHUAN_* in the environment, then flags; `bihuan config` \
shows each value and where it came from.

Exit codes: 0 done, 1 something is broken, 2 wrong usage or setting, 3 refused by the rules, \
4 a check found faults.";

/// 闭环 Bihuan: a county's matters, from the report to the verified closing.
#[derive(Parser)]
#[command(name = "bihuan", version, after_help = AFTER_HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(ClapArgs)]
pub(crate) struct Common {
    /// Settings file [default: ./bihuan.toml, if there is one]
    #[arg(long, global = true, value_name = "FILE", env = "BIHUAN_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Folder with everything but the keys [default: bihuan-data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<String>,
    /// postgres:// address, instead of a SQLite file in the data folder
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// Folder of the key file [default: the data folder's name and ".keys"]
    #[arg(long, global = true, value_name = "DIR")]
    keys: Option<String>,
    /// Six digits of the county, where the data holds several or none yet
    #[arg(long, global = true, value_name = "CODE")]
    county: Option<String>,
}

impl Common {
    /// What the flags set, by the settings' names.
    pub(crate) fn flags(&self) -> Flags {
        let given = [
            ("data", &self.data),
            ("database", &self.database),
            ("keys", &self.keys),
            ("county", &self.county),
        ];
        given.into_iter().filter_map(|(name, text)| Some((name, text.clone()?))).collect()
    }
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Serve(serve::Args),
    Demo(demo::Args),
    Simulate(simulate::Args),
    Import(import::Args),
    Export(export::Args),
    Verify(verify::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    #[command(subcommand)]
    Key(key::Command),
    #[command(subcommand)]
    Playbook(playbook::Command),
    Whatif(whatif::Args),
    #[command(subcommand)]
    Calendar(calendar::Command),
    #[command(subcommand)]
    Person(person::Command),
    #[command(subcommand)]
    Tasks(tasks::Command),
    /// Show every setting, its value and where it came from
    #[command(after_help = "Examples:\n  bihuan config\n  BIHUAN_LISTEN=0.0.0.0:80 bihuan config")]
    Config,
    Doctor(doctor::Args),
    Completions(completions::Args),
}
