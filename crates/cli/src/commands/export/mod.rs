//! `bihuan export`

mod journal;
pub(super) mod matters;

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;

use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::wire;

/// Write matters as a table, or the journal for others to check
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bihuan export -o matters.xlsx
  bihuan export --from 2026-01-01 --to 2026-07-01 --unit urban-management -o half-year.csv
  bihuan export --open --format jsonl > open.jsonl
  bihuan export --journal journal.jsonl

No export holds who reported. Of confidential matters a table holds no words and no address. A \
journal holds all words that were not erased: keep it as you keep the data.")]
pub(crate) struct Args {
    /// [default: by the name of the output, otherwise csv]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Where to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the journal there instead: `bihuan verify FILE` checks it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "output", "open", "from"])]
    journal: Option<PathBuf>,
    /// Only matters not over yet
    #[arg(long)]
    open: bool,
    /// Filed on this day or later
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Filed before this day
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Stage, e.g. handling, closed, imported
    #[arg(long)]
    stage: Vec<String>,
    /// Class of the catalogue
    #[arg(long)]
    class: Option<String>,
    /// Lead unit
    #[arg(long)]
    unit: Option<String>,
    /// Grid, with all below it
    #[arg(long)]
    grid: Option<String>,
    /// System it was imported from
    #[arg(long)]
    origin: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Xlsx,
    Jsonl,
}

pub(crate) async fn run(settings: &Settings, args: &Args) -> Result {
    let format = args.table_format()?;
    let app = wire::open_existing(settings).await?;
    let done = match &args.journal {
        Some(path) => journal::write(&app, path).await,
        None => matters::write(&app, args, format).await,
    };
    app.store().close().await;
    done
}

impl Args {
    fn table_format(&self) -> Result<bihuan_documents::table_out::Format> {
        use bihuan_documents::table_out::Format as Table;
        let named = self.output.as_ref().and_then(|path| path.extension()?.to_str());
        match (self.format, named) {
            (Some(Format::Csv), _) | (None, Some("csv")) => Ok(Table::Csv),
            (Some(Format::Xlsx), _) | (None, Some("xlsx")) => Ok(Table::Xlsx),
            (Some(Format::Jsonl), _) | (None, Some("jsonl")) => Ok(Table::Jsonl),
            (None, None) => Ok(Table::Csv),
            (None, Some(other)) => Err(Failure::Usage(format!(
                "`.{other}` is no format of ours: --format csv, xlsx or jsonl"
            ))),
        }
    }
}
