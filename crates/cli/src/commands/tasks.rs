//! `bihuan tasks`

use crate::failure::Result;
use crate::settings::Settings;
use crate::{say, wire};

/// Run the background tasks by hand
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Run every task once: sign, remind, index, seal, send, retain
    #[command(after_help = "Example:\n  bihuan tasks run --data /srv/county")]
    Run,
}

pub(crate) async fn run(settings: &Settings, Command::Run: &Command) -> Result {
    let app = wire::open_existing(settings).await?;
    for (task, count) in app.run_tasks().await? {
        say::line(format_args!("{task:9} {count}"));
    }
    app.store().close().await;
    Ok(())
}
