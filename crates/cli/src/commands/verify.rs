//! `bihuan verify`

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use bihuan_app::App;
use bihuan_app::queries::{LineSink, ProjectionSum};
use bihuan_domain::journal::{Line, Report, Verification, Witness};

use super::export::matters;
use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::{say, wire};

/// Check the journal: every link, every content, every signature
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bihuan verify --data /srv/county
  bihuan verify journal.jsonl                     needs no server and no key
  bihuan verify journal.jsonl --against receipt.json --against checkpoint.txt
  bihuan verify --rebuild --data /srv/county

A file agrees with itself even if whoever holds the key wrote it anew; what shows that is \
something kept outside, given with --against. Exit code 4 when there is any fault.")]
pub(crate) struct Args {
    /// A journal exported with `bihuan export --journal` [default: the data itself]
    pub(crate) file: Option<PathBuf>,
    /// A checkpoint, a receipt (JSON) or a public key kept outside; may be repeated
    #[arg(long, value_name = "FILE")]
    against: Vec<PathBuf>,
    /// Throw away what lists are read from and make it again from the journal
    #[arg(long, conflicts_with = "file")]
    rebuild: bool,
}

/// A file, with nothing but the file.
pub(crate) fn file(args: &Args) -> Result {
    let Some(path) = &args.file else { return Ok(()) };
    let mut verification = Verification::new(witnesses(&args.against)?);
    let file =
        File::open(path).map_err(|fault| Failure::Usage(format!("{}: {fault}", path.display())))?;
    for line in BufReader::new(file).lines() {
        let line = line.map_err(|fault| Failure::Found(format!("{}: {fault}", path.display())))?;
        verification.read(&line);
    }
    sound(show(&verification.finish()))
}

/// The last word, when nothing was found by anything.
fn sound(done: Result) -> Result {
    if done.is_ok() {
        say::line("sound");
    }
    done
}

/// The data, as an export of it would be.
pub(crate) async fn data(settings: &Settings, args: &Args) -> Result {
    let mut verified = Verified(Verification::new(witnesses(&args.against)?));
    let app = wire::open_existing(settings).await?;
    let mut done = app
        .export_journal(&wire::caller(), &mut verified)
        .await
        .map_err(Failure::from)
        .and_then(|()| show(&verified.0.finish()));
    let files = files(&app).await;
    done = done.and(files);
    if done.is_ok() && args.rebuild {
        done = rebuild(&app).await;
    }
    app.store().close().await;
    sound(done)
}

/// What a restore brought, county by county: lists made anew, then everything.
pub(super) async fn restored(
    settings: &Settings,
    counties: impl Iterator<Item = &String>,
) -> Result {
    for county in counties {
        let settings = settings.of_county(county)?;
        let app = wire::open(&settings, None).await?;
        let rules = app.rules();
        let version =
            move |name: &str| rules.version(name).ok().map(|found| found.playbook.clone());
        let made = app.store().rebuild(app.county(), version).await?;
        say::line(format_args!("county {county}: lists of {made} matters made anew"));
        let mut verified = Verified(Verification::new(Vec::new()));
        app.export_journal(&wire::caller(), &mut verified).await?;
        let done = show(&verified.0.finish()).and(files(&app).await);
        app.store().close().await;
        done?;
    }
    sound(Ok(()))
}

struct Verified(Verification);

impl LineSink for Verified {
    fn line(&mut self, text: &str) -> bihuan_app::Result<()> {
        self.0.read(text);
        Ok(())
    }

    fn take(&mut self, line: Line) -> bihuan_app::Result<()> {
        self.0.accept(line);
        Ok(())
    }
}

/// Photos and files lie beside the database; the journal commits to their
/// hashes.
async fn files(app: &App) -> Result {
    let (read, faults) = app.verify_files().await?;
    say::line(format_args!("{read} files compared with the hashes the journal commits to"));
    for fault in &faults {
        let kind = if fault.is_missing { "file-missing" } else { "file-altered" };
        say::line(format_args!("fault[{kind}]: {}", fault.stored));
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::Found(format!("{} files are missing or altered", faults.len())))
}

/// What lists are read from must be what the journal says. People may work
/// meanwhile; then what they did shows as a difference.
async fn rebuild(app: &App) -> Result {
    let before = matters::all(app).await?;
    let sums = app.projection_sums().await?;
    let rules = app.rules();
    let version = move |name: &str| rules.version(name).ok().map(|found| found.playbook.clone());
    let made = app.store().rebuild(app.county(), version).await?;
    let after = matters::all(app).await?;
    let differing = before.iter().filter(|(id, row)| after.get(*id) != Some(*row)).count()
        + after.keys().filter(|id| !before.contains_key(*id)).count();
    say::line(format_args!("rebuilt {made} matters from the journal; {differing} differed before"));
    let rebuilt = app.projection_sums().await?;
    let tables: BTreeSet<&String> = sums.keys().chain(rebuilt.keys()).collect();
    let other: Vec<&str> = tables
        .into_iter()
        .filter(|table| sums.get(*table) != rebuilt.get(*table))
        .map(String::as_str)
        .collect();
    for table in &other {
        let rows =
            |sums: &BTreeMap<String, ProjectionSum>| sums.get(*table).map_or(0, |sum| sum.rows);
        let (had, has) = (rows(&sums), rows(&rebuilt));
        say::line(format_args!(
            "fault[projection]: {table} had {had} rows, the journal says {has}"
        ));
    }
    if !other.is_empty() && differing == 0 {
        return Err(Failure::Found(format!("{} are not what the journal says", other.join(", "))));
    }
    if differing > 0 {
        return Err(Failure::Found(format!("{differing} matters were not what the journal says")));
    }
    Ok(())
}

fn witnesses(paths: &[PathBuf]) -> Result<Vec<Witness>> {
    paths.iter().map(|path| witness(path)).collect()
}

/// Told apart by their form: a receipt is JSON, a key one line, a checkpoint
/// several.
fn witness(path: &Path) -> Result<Witness> {
    let wrong = |why: String| Failure::Usage(format!("{}: {why}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|fault| wrong(fault.to_string()))?;
    if text.trim_start().starts_with('{') {
        let receipt = serde_json::from_str(&text)
            .map_err(|fault| wrong(format!("it is not a receipt: {fault}")))?;
        return Ok(Witness::Receipt(Box::new(receipt)));
    }
    if text.trim().lines().count() == 1 {
        return Ok(Witness::Key(text.trim().to_owned()));
    }
    Ok(Witness::Checkpoint(text))
}

fn show(report: &Report) -> Result {
    say::line(format_args!(
        "{} entries in {} streams, {} of them sealed under {} checkpoints",
        report.entries, report.streams, report.sealed, report.checkpoints
    ));
    say::line(format_args!(
        "{} contents hold, {} were lawfully erased, {} identities are kept apart",
        report.contents, report.erased, report.apart
    ));
    for fault in &report.faults {
        say::line(format_args!("fault[{}]: {fault}", fault.code()));
    }
    if report.is_sound() {
        return Ok(());
    }
    Err(Failure::Found(format!("the journal has {} faults", report.faults_found)))
}
