//! `bihuan restore`

use std::io;
use std::path::{Path, PathBuf};

use bihuan_app::keys::Keys;
use bihuan_app::ports::Blobs as _;
use bihuan_store::StoreError;
use bihuan_store::backup::Restoring;

use super::backup::{END, End, FILES, FORMAT, HEAD, Head, ROWS, Sums, odd};
use super::verify;
use crate::failure::{Failure, Result};
use crate::outside::{KeptBlobs, OsEntropy, archive, keys_dir};
use crate::say;
use crate::settings::Settings;

/// Bring a back-up back into an empty place, and verify it
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bihuan restore /backup/county.tar.gz --data /srv/county --keys /srv/county.keys
  bihuan restore county.tar.gz.age --identity /root/backup.txt --database postgres://…

The place must be empty, on either engine: nothing is overwritten. Put the copy of the key file in \
its place first. Rows are restored all or not at all; then lists are made anew from the journal and \
everything is verified. The county goes on in the next log of its journal. People sign in again.")]
pub(crate) struct Args {
    /// What `bihuan backup` wrote
    file: PathBuf,
    /// File with the secret key of the recipient it was encrypted for
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
}

pub(crate) async fn run(settings: &Settings, args: &Args) -> Result {
    let unreadable = |fault: io::Error| {
        Failure::Refused(format!("{}: it cannot be read: {fault}", args.file.display()))
    };
    let mut archive = archive::open(&args.file, args.identity.as_deref()).map_err(unreadable)?;
    let mut members = archive.entries().map_err(unreadable)?;
    let head = match members.next() {
        Some(first) => head(&mut first.map_err(unreadable)?, &args.file)?,
        None => return Err(not_ours(&args.file)),
    };
    fits(&head, settings)?;
    let data = settings.data();
    std::fs::create_dir_all(&data).map_err(|f| Failure::file("the data folder", &data, f))?;
    let Some(restoring) = Restoring::begin(&settings.database()).await? else {
        return Err(Failure::Refused(
            "there is a county here already, and nothing is overwritten. Name an empty place with \
             --data or --database."
                .to_owned(),
        ));
    };
    let mut arriving = Arriving {
        restoring,
        blobs: KeptBlobs::open(settings)?,
        sums: Sums::default(),
        files: 0,
        expected: None,
    };
    for member in members {
        let mut member = member.map_err(unreadable)?;
        let name = member.path().map_err(unreadable)?.to_string_lossy().into_owned();
        let bytes = archive::bytes_of(&mut member).map_err(unreadable)?;
        arriving.take(&name, bytes).await?;
    }
    let files = arriving.files;
    let rows = arriving.finish(&args.file).await?;
    say::line(format_args!("{rows} rows and {files} files restored, as of {}", head.taken_at));
    verify::restored(settings, head.keys.keys()).await
}

fn head(member: &mut impl io::Read, file: &Path) -> Result<Head> {
    let bytes = archive::bytes_of(member).map_err(|_| not_ours(file))?;
    serde_json::from_slice(&bytes).map_err(|_| not_ours(file))
}

fn not_ours(file: &Path) -> Failure {
    Failure::Refused(format!(
        "{}: it is no back-up of Bihuan ({HEAD} is not in it)",
        file.display()
    ))
}

/// Whether this program can read it and this key belongs to it; found out
/// before anything is written.
fn fits(head: &Head, settings: &Settings) -> Result {
    if head.format > FORMAT || head.schema > bihuan_store::backup::newest_schema() {
        let (program, own) = (&head.program, env!("CARGO_PKG_VERSION"));
        return Err(Failure::Refused(format!(
            "the back-up is from a later version ({program}; this is {own}). Install that version \
             or a later one, then restore."
        )));
    }
    let master = keys_dir::read_or_make(&settings.keys(), true, &OsEntropy)?;
    let mark = Keys::derive(&master.bytes).mark();
    match head.keys.iter().find(|(_, of_county)| **of_county != mark) {
        None => Ok(()),
        Some((county, _)) => Err(Failure::Refused(format!(
            "county {county} was written under another key than the one in {}. Put the copy of \
             its key there; without it identities cannot be read.",
            settings.keys().display()
        ))),
    }
}

/// A back-up on its way in.
struct Arriving {
    restoring: Restoring,
    blobs: KeptBlobs,
    sums: Sums,
    files: u64,
    expected: Option<End>,
}

impl Arriving {
    async fn take(&mut self, name: &str, bytes: Vec<u8>) -> Result {
        if let Some(stored) = name.strip_prefix(FILES) {
            self.files += 1;
            return self.blobs.put(stored, bytes).await.map_err(|f| Failure::Broken(f.to_string()));
        }
        if name == END {
            self.expected = Some(serde_json::from_slice(&bytes).map_err(odd)?);
            return Ok(());
        }
        if name.starts_with(ROWS) {
            return self.rows(name, bytes).await;
        }
        Err(Failure::Refused(format!("the back-up holds {name}, which is not of a back-up")))
    }

    async fn rows(&mut self, name: &str, bytes: Vec<u8>) -> Result {
        let table = name.split_once('-').map_or("", |(_, rest)| rest.trim_end_matches(".jsonl"));
        let text = String::from_utf8(bytes)
            .map_err(|fault| Failure::Refused(format!("{name} of the back-up: {fault}")))?;
        let mut lines = text.lines();
        let columns: Vec<String> =
            serde_json::from_str(lines.next().unwrap_or_default()).map_err(odd)?;
        self.restoring.table(table, &columns).await.map_err(damaged)?;
        for line in lines {
            self.sums.add(table, line);
            self.restoring.row(line).await.map_err(damaged)?;
        }
        Ok(())
    }

    /// Nothing lasts unless all that was taken arrived.
    async fn finish(self, file: &Path) -> Result<u64> {
        let found = End { tables: self.sums.finish(), files: self.files };
        let rows = found.tables.values().map(|sum| sum.rows).sum();
        if self.expected.as_ref() != Some(&found) {
            let why = if self.expected.is_some() { "not what was taken" } else { "cut off" };
            return Err(Failure::Refused(format!(
                "{}: the back-up is {why}; nothing was restored",
                file.display()
            )));
        }
        self.restoring.commit().await.map_err(damaged)?;
        Ok(rows)
    }
}

/// A row no engine takes was not written by a back-up.
fn damaged(fault: StoreError) -> Failure {
    match fault {
        StoreError::Row { .. } | StoreError::Nul => {
            Failure::Refused(format!("the back-up is damaged, nothing was restored: {fault}"))
        }
        other => other.into(),
    }
}
