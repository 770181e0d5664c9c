//! `bihuan backup`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use bihuan_app::App;
use bihuan_app::commands::KEY_MARK;
use bihuan_app::ports::PortFault;
use bihuan_store::backup::{KeptFile, tables};
use serde::{Deserialize, Serialize};

use crate::failure::{Failure, Result};
use crate::outside::archive::ArchiveWriter;
use crate::settings::Settings;
use crate::{say, wire};

/// What a restore of this version reads.
pub(super) const FORMAT: u32 = 1;
pub(super) const HEAD: &str = "bihuan-backup.json";
pub(super) const END: &str = "end.json";
pub(super) const ROWS: &str = "rows/";
pub(super) const FILES: &str = "files/";
/// Bytes of rows in one member.
const PIECE: usize = 4 << 20;

/// Copy everything but the keys into one file, while people go on working
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bihuan backup --data /srv/county /backup/county-2026-11-22.tar.gz
  bihuan backup --recipient age1… /backup/county.tar.gz.age

The file holds every county of the data as it stood at one moment, with photos and files. Keys are \
never in it: keep their second copy in another place. Settings (bihuan.toml) are not in it either. \
With a recipient it is encrypted; make the pair with `bihuan key recipient FILE`.
Exit code 4 when it was written but photos or files were missing.")]
pub(crate) struct Args {
    /// The file to write; one of this name must not exist
    file: PathBuf,
    /// Public key (age1…) that can read it [default: the setting backup_recipient]
    #[arg(long, value_name = "KEY")]
    recipient: Option<String>,
}

/// The first member.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) format: u32,
    /// The newest migration of the database it was taken from.
    pub(super) schema: i64,
    pub(super) program: String,
    /// In the county's time.
    pub(super) taken_at: String,
    /// The mark of the key each county was written under.
    pub(super) keys: BTreeMap<String, String>,
}

/// The last member: what there must be.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct End {
    pub(super) tables: BTreeMap<String, Sum>,
    pub(super) files: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sum {
    pub(super) rows: u64,
    pub(super) sha256: String,
}

pub(crate) async fn run(settings: &Settings, args: &Args) -> Result {
    let recipient = args.recipient.as_deref().or(settings.get("backup_recipient"));
    let recipient = recipient.map(age::x25519::Recipient::from_str).transpose();
    let recipient = recipient
        .map_err(|fault| Failure::Usage(format!("the recipient is no age1… key: {fault}")))?;
    let app = wire::open_existing(settings).await?;
    let taken = app.now();
    let failed = |fault| Failure::file("the back-up", &args.file, fault);
    let mut archive = ArchiveWriter::create(&args.file, recipient.as_ref()).map_err(failed)?;
    let head = serde_json::to_vec_pretty(&head(&app).await?).map_err(odd)?;
    archive.add(HEAD, &head).map_err(failed)?;
    let mut rows = Rows::new(&mut archive);
    let files = app.store().take_rows(|table, line| rows.row(table, line)).await?;
    let tables = rows.finish().map_err(failed)?;
    let (kept, missing) = add_files(&app, &files, &mut archive, &args.file).await?;
    let end = End { tables, files: kept };
    archive.add(END, &serde_json::to_vec_pretty(&end).map_err(odd)?).map_err(failed)?;
    let bytes = archive.finish().map_err(failed)?;
    app.note_backup(taken).await?;
    app.store().close().await;
    let rows: u64 = end.tables.values().map(|sum| sum.rows).sum();
    say::line(format_args!(
        "{rows} rows and {kept} files in {bytes} bytes: {}",
        args.file.display()
    ));
    if recipient.is_none() {
        say::note(
            "It is not encrypted: whoever has it reads what residents wrote. See --recipient.",
        );
    }
    for stored in &missing {
        say::line(format_args!("fault[file-missing]: {stored}"));
    }
    match missing.len() {
        0 => Ok(()),
        count => Err(Failure::Found(format!("the back-up is whole but for {count} missing files"))),
    }
}

async fn head(app: &App) -> Result<Head> {
    let mut keys = BTreeMap::new();
    for county in app.store().counties().await? {
        let mark = app.store().setting(&county, KEY_MARK).await?;
        // Data of before marks has the key it was opened with.
        keys.insert(county.to_string(), mark.unwrap_or_else(|| app.keys().mark()));
    }
    Ok(Head {
        format: FORMAT,
        schema: app.store().schema().await?,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        taken_at: format!("{}+08:00", app.now().civil()),
        keys,
    })
}

/// Rows go out in pieces, each a member that names its table's columns first.
struct Rows<'a> {
    archive: &'a mut ArchiveWriter,
    columns: BTreeMap<&'static str, Vec<&'static str>>,
    table: &'static str,
    piece: String,
    pieces: u32,
    sums: Sums,
}

impl<'a> Rows<'a> {
    fn new(archive: &'a mut ArchiveWriter) -> Self {
        let (piece, sums) = (String::new(), Sums::default());
        Self { archive, columns: tables().collect(), table: "", piece, pieces: 0, sums }
    }

    fn row(&mut self, table: &'static str, line: &str) -> std::io::Result<()> {
        if table != self.table || self.piece.len() > PIECE {
            self.flush()?;
            self.table = table;
            let columns = self.columns.get(table).map(|columns| serde_json::json!(columns));
            self.piece.push_str(&columns.unwrap_or_default().to_string());
            self.piece.push('\n');
        }
        self.piece.push_str(line);
        self.piece.push('\n');
        self.sums.add(table, line);
        Ok(())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        self.pieces += 1;
        let name = format!("{ROWS}{:06}-{}.jsonl", self.pieces, self.table);
        self.archive.add(&name, self.piece.as_bytes())?;
        self.piece.clear();
        Ok(())
    }

    fn finish(mut self) -> std::io::Result<BTreeMap<String, Sum>> {
        self.flush()?;
        Ok(self.sums.finish())
    }
}

/// Counts and hashes by table, on both ways.
#[derive(Default)]
pub(super) struct Sums(BTreeMap<String, (u64, sha2::Sha256)>);

impl Sums {
    pub(super) fn add(&mut self, table: &str, line: &str) {
        use sha2::Digest as _;
        if !self.0.contains_key(table) {
            self.0.insert(table.to_owned(), (0, sha2::Sha256::new()));
        }
        if let Some((rows, hash)) = self.0.get_mut(table) {
            *rows += 1;
            hash.update(line.as_bytes());
            hash.update(b"\n");
        }
    }

    pub(super) fn finish(self) -> BTreeMap<String, Sum> {
        use sha2::Digest as _;
        let sum = |(rows, hash): (u64, sha2::Sha256)| {
            let sha256 = data_encoding::HEXLOWER.encode(&hash.finalize());
            Sum { rows, sha256 }
        };
        self.0.into_iter().map(|(table, found)| (table, sum(found))).collect()
    }
}

/// Returns how many files went in, and which should have been there.
async fn add_files(
    app: &App,
    files: &[KeptFile],
    archive: &mut ArchiveWriter,
    path: &Path,
) -> Result<(u64, Vec<String>)> {
    let (mut kept, mut missing) = (0, Vec::new());
    for file in files {
        match app.blobs().get(&file.stored).await {
            Ok(bytes) => {
                archive
                    .add(&format!("{FILES}{}", file.stored), &bytes)
                    .map_err(|fault| Failure::file("the back-up", path, fault))?;
                kept += 1;
            }
            // What came with a form nobody finished is cleared away meanwhile.
            Err(PortFault::NotFound(_)) if file.is_loose => {}
            Err(PortFault::NotFound(_)) => missing.push(file.stored.clone()),
            Err(PortFault::Failed(fault)) => return Err(Failure::Broken(fault)),
        }
    }
    Ok((kept, missing))
}

pub(super) fn odd(fault: serde_json::Error) -> Failure {
    Failure::Broken(format!("the back-up: {fault}"))
}
