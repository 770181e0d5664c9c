//! `bihuan import`

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use bihuan_app::commands::{ImportRecord, Imported};
use bihuan_app::{App, Error};
use bihuan_documents::import_map::{ImportMap, ImportedRecord};
use bihuan_documents::import_run::{BATCH, Counts, ImportRun, Landed, Report, RunFault};
use bihuan_documents::table_in::Rows;
use bihuan_domain::county::ImportCounts;
use bihuan_domain::ids::{CommandId, RegimeCode};
use bihuan_domain::journal::Digest;
use bihuan_domain::playbook::model::Text;
use bihuan_web::i18n::Lang;
use indicatif::{ProgressBar, ProgressStyle};

use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::{say, wire};

/// Doubtful rows shown by number; all are counted.
const SHOWN: usize = 10;

/// Take over another system's records, none lost
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bihuan import samples/stlouis_2018_01.csv --map maps/stlouis.toml
  bihuan import cases.csv.gz --map maps/boston.toml --dry-run
  bihuan import 台账.xlsx --map my-map.toml --rejected rejected.csv

Every row read is written, was already there, or is rejected with its reason; running it again
adds nothing. Exit code 1 when the file ends before its end.")]
pub(crate) struct Args {
    /// CSV, gzipped CSV or XLSX
    file: PathBuf,
    /// Which column is what; see maps/
    #[arg(long, value_name = "MAP.toml")]
    map: PathBuf,
    /// Read and check everything, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write rejected rows there, with row, column and reason
    #[arg(long, value_name = "FILE")]
    rejected: Option<PathBuf>,
    /// Regime the records are filed under
    #[arg(long, default_value = "grid-case")]
    regime: String,
}

pub(crate) async fn run(settings: &Settings, args: &Args) -> Result {
    let map = read_map(&args.map)?;
    let (rows, progress) = open_table(&args.file, &map)?;
    let rejected = Rejected::new(args.rejected.clone());
    let run = ImportRun::new(&map, rejected);
    if args.dry_run {
        let written =
            |batch: &[ImportedRecord]| Ok::<_, Failure>(vec![Landed::Written; batch.len()]);
        let report = run.drive(rows, written, |counts| tell(&progress, counts)).map_err(fault)?;
        progress.finish_and_clear();
        say::line("Dry run: nothing was written; records already there count as written.");
        return show(&map, &report);
    }
    let app = wire::open_existing(settings).await?;
    let regime = RegimeCode::new(&args.regime);
    let written = write_all(&app, regime, run, rows, &progress).await;
    let report = match written {
        Ok(report) => record(&app, &report, &args.file, &map.origin).await.map(|()| report),
        Err(failure) => Err(failure),
    };
    app.store().close().await;
    progress.finish_and_clear();
    show(&map, &report?)
}

async fn write_all(
    app: &App,
    regime: RegimeCode,
    mut run: ImportRun<'_, Rejected>,
    mut rows: Rows,
    progress: &ProgressBar,
) -> Result<Report<Rejected>> {
    wire::with_playbook(app)?;
    let broken = |fault: io::Error| Failure::Broken(format!("the list of rejected rows: {fault}"));
    loop {
        let batch = run.take(&mut rows, BATCH).map_err(broken)?;
        if batch.is_empty() {
            break;
        }
        let landed = write(app, &regime, &batch).await?;
        run.settle::<Failure>(&batch, landed).map_err(fault)?;
        tell(progress, run.counts());
    }
    run.finish().map_err(broken)
}

/// One batch in one transaction; if the rules refuse a record, one by one, so
/// that only that one is rejected.
async fn write(app: &App, regime: &RegimeCode, batch: &[ImportedRecord]) -> Result<Vec<Landed>> {
    match import(app, regime, batch).await {
        Ok(landed) => Ok(landed),
        Err(Error::Refused(_)) => {
            let mut landed = Vec::with_capacity(batch.len());
            for record in batch {
                landed.push(match import(app, regime, std::slice::from_ref(record)).await {
                    Ok(landed) => landed.into_iter().next().unwrap_or(Landed::Written),
                    Err(Error::Refused(refusal)) => Landed::Refused {
                        code: refusal.reason.code(),
                        sentence: Text {
                            zh: Lang::Zh.refusal(&refusal),
                            en: Lang::En.refusal(&refusal),
                        },
                    },
                    Err(fault) => return Err(fault.into()),
                });
            }
            Ok(landed)
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn import(
    app: &App,
    regime: &RegimeCode,
    batch: &[ImportedRecord],
) -> std::result::Result<Vec<Landed>, Error> {
    let records = batch.iter().map(|record| import_record(regime, record)).collect();
    let outcomes = app.import(&wire::caller(), CommandId(app.new_id()), records).await?;
    let landed = outcomes.into_iter().map(|outcome| match outcome {
        Imported::Written => Landed::Written,
        Imported::AlreadyThere => Landed::AlreadyThere,
        Imported::Differs => Landed::OtherContent,
    });
    Ok(landed.collect())
}

fn import_record(regime: &RegimeCode, record: &ImportedRecord) -> ImportRecord {
    ImportRecord {
        regime: regime.clone(),
        history: record.history(),
        item: record.item.clone(),
        words: words(record),
        address: record.address.clone().unwrap_or_default(),
        position: record.position,
        grid: None,
    }
}

/// The words, and below them the columns the map keeps as they are.
fn words(record: &ImportedRecord) -> String {
    let kept = record.extra.iter().map(|(column, value)| format!("{column}: {value}"));
    record.words.iter().cloned().chain(kept).collect::<Vec<_>>().join("\n")
}

/// That the import took place stands in the journal beside what it wrote.
async fn record(app: &App, report: &Report<Rejected>, file: &Path, origin: &str) -> Result {
    let Counts { read, written, already_there, rejected } = report.counts;
    if written == 0 {
        return Ok(());
    }
    let bytes = std::fs::read(file).map_err(|fault| Failure::file("the file", file, fault))?;
    let counts = ImportCounts { read, written, already_there, rejected };
    let command = CommandId(app.new_id());
    app.record_import(&wire::caller(), command, origin, Digest::of(&bytes), counts).await?;
    app.run_tasks().await?;
    Ok(())
}

fn read_map(path: &Path) -> Result<ImportMap> {
    let text = std::fs::read_to_string(path)
        .map_err(|fault| Failure::Usage(format!("{}: {fault}", path.display())))?;
    ImportMap::parse(&text).map_err(|diagnostics| {
        let lines = diagnostics.iter().map(|fault| format!("\n  {}: {fault}", path.display()));
        Failure::Usage(format!("the map cannot be used:{}", lines.collect::<String>()))
    })
}

/// The rows, and a bar that moves with the bytes read of the file.
fn open_table(path: &Path, map: &ImportMap) -> Result<(Rows, ProgressBar)> {
    let unreadable = |fault: io::Error| Failure::Usage(format!("{}: {fault}", path.display()));
    let file = File::open(path).map_err(unreadable)?;
    let progress = ProgressBar::new(file.metadata().map_err(unreadable)?.len());
    let style = "{bar:30} {percent:>3}% {elapsed_precise} {msg}";
    if let Ok(style) = ProgressStyle::with_template(style) {
        progress.set_style(style);
    }
    progress.enable_steady_tick(Duration::from_millis(200));
    let rows = Rows::open(progress.wrap_read(file), &map.table)
        .map_err(|fault| Failure::Usage(format!("{}: {}", path.display(), fault.sentence().en)))?;
    map.check(rows.columns()).map_err(|diagnostics| {
        let lines = diagnostics.iter().map(|fault| format!("\n  {fault}"));
        let lines: String = lines.collect();
        Failure::Usage(format!("the map does not fit {}:{lines}", path.display()))
    })?;
    Ok((rows, progress))
}

fn tell(progress: &ProgressBar, counts: Counts) {
    progress.set_message(format!("{} read, {} rejected", counts.read, counts.rejected));
}

fn show(map: &ImportMap, report: &Report<Rejected>) -> Result {
    let Counts { read, written, already_there, rejected } = report.counts;
    say::line(format_args!("{} ({})", map.name.en, map.origin));
    if let Some(credit) = &map.credit {
        say::line(format_args!("  {credit}"));
    }
    say::line(format_args!(
        "  read {read} = written {written} + already there {already_there} + rejected {rejected}"
    ));
    if map.has_overdue_flag() {
        let check = &report.overdue;
        say::line(format_args!(
            "  overdue: of {} closed with a target, {} have a flag; ours equals it in {}, differs in {}",
            check.closed_with_target,
            check.compared(),
            check.agreeing,
            check.disagreeing
        ));
        if !check.disagreeing_rows.is_empty() {
            say::line(format_args!("    differs in rows {:?}", check.disagreeing_rows));
        }
    }
    if !report.doubtful.is_empty() {
        say::line(format_args!("  doubtful, written as given: {}", report.doubtful.len()));
        for doubtful in report.doubtful.iter().take(SHOWN) {
            let (row, id, doubt) = (doubtful.row, &doubtful.origin_id, doubtful.doubt.code());
            say::line(format_args!("    row {row}, {id}: {doubt}"));
        }
    }
    report.rejected_rows.tell(rejected);
    match &report.broken {
        Some(fault) => Err(Failure::Broken(format!("the file breaks off: {fault}"))),
        None => Ok(()),
    }
}

fn fault(fault: RunFault<Failure>) -> Failure {
    match fault {
        RunFault::Sink(failure) => failure,
        other => Failure::Broken(other.to_string()),
    }
}

/// Where rejected rows go: nowhere, or a file that is made with the first one.
struct Rejected {
    path: Option<PathBuf>,
    file: Option<File>,
}

impl Rejected {
    const fn new(path: Option<PathBuf>) -> Self {
        Self { path, file: None }
    }

    fn tell(&self, rejected: u64) {
        match &self.path {
            _ if rejected == 0 => {}
            Some(path) => say::line(format_args!("  rejected rows: {}", path.display())),
            None => say::line("  --rejected FILE lists the rejected rows with their reasons"),
        }
    }
}

impl Write for Rejected {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(path) = &self.path else { return Ok(bytes.len()) };
        match &mut self.file {
            Some(file) => file.write(bytes),
            None => self.file.insert(File::create(path)?).write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}
