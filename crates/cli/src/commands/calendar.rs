//! `bihuan calendar`

use std::path::PathBuf;

use bihuan_app::Caller;
use bihuan_domain::ids::CommandId;

use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::{say, wire};

/// Load a year's holidays
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Load a State Council holiday notice; open limits it moves are moved, each with its reason
    #[command(after_help = "The file has the form of crates/domain/data/calendar/2026.json.\n
Example:\n  bihuan calendar load 2027.json --data /srv/county")]
    Load { file: PathBuf },
}

pub(crate) async fn run(settings: &Settings, Command::Load { file }: &Command) -> Result {
    let text = std::fs::read_to_string(file)
        .map_err(|fault| Failure::Usage(format!("{}: {fault}", file.display())))?;
    let app = wire::open_existing(settings).await?;
    let loaded = app.load_calendar(&Caller::system(), CommandId(app.new_id()), &text).await;
    app.store().close().await;
    let loaded = loaded?;
    say::line(format_args!("{}: {} open limits moved", loaded.notice, loaded.moved));
    Ok(())
}
