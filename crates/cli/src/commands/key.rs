//! `bihuan key`

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use age::secrecy::ExposeSecret as _;

use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::{say, wire};

/// The county's key, and the pair that back-ups are encrypted for
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Go on under the key that is in place, when the old one is lost for good
    #[command(after_help = "Example:\n  bihuan key accept --data /srv/county\n
Identities kept under the lost key stay unreadable for ever; residents keep their report codes no \
longer. The county goes on in the next log of its journal. If the old key is to be found anywhere, \
put it back instead.")]
    Accept,
    /// Make the pair a back-up is encrypted for; prints the public key
    #[command(after_help = "Example:\n  bihuan key recipient /safe/backup.txt\n
Keep the file away from this machine: only it reads the back-ups. The public key goes into the \
setting backup_recipient.")]
    Recipient {
        /// Where the secret key is written; one of this name must not exist
        file: PathBuf,
    },
}

pub(crate) async fn accept(settings: &Settings) -> Result {
    let app = wire::open_under_any_key(settings).await?;
    app.accept_key().await?;
    app.store().close().await;
    say::line(format_args!(
        "county {} goes on under the key in {}",
        app.county(),
        settings.keys().display()
    ));
    Ok(())
}

pub(crate) fn recipient(file: &std::path::Path) -> Result {
    let pair = age::x25519::Identity::generate();
    let failed = |fault| Failure::file("the secret key", file, fault);
    let mut opened =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map_err(failed)?;
    writeln!(opened, "{}", pair.to_string().expose_secret())
        .and_then(|()| opened.sync_all())
        .map_err(failed)?;
    say::line(pair.to_public());
    Ok(())
}
