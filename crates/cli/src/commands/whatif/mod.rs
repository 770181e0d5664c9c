//! `bihuan whatif`

mod table;
mod text;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use bihuan_app::queries::Period;
use bihuan_app::{App, Error};
use bihuan_documents::table_out::Format as Table;
use bihuan_domain::calendar::start_of_day;
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::Playbook;
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_simulate::{Statement, what_if};
use clap::ValueEnum;
use jiff::civil::Date;

use super::invented::failure;
use super::playbook;
use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::{shipped, wire};

/// Replay the county's history under other rules: rates and workloads as they would have been
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bihuan whatif --playbook my-county --data /srv/county
  bihuan whatif --playbook my-county --from 2026-01-01 --to 2026-07-01 -o half-year.xlsx

What people did stays as it was and when it was. Anew come dates, who is late, when a unit is taken \
to have signed, whether more time is given, and the unit the list names where the list was followed. \
An act the new rules refuse ends the replay of its matter; such matters are counted apart. Reports of \
residents and of the grid are counted, as in the rates by unit. Nothing is written to the data.

Exit code 4 when the playbook has errors.")]
pub(crate) struct Args {
    /// Folder of the playbook to try, or the name of one that comes with bihuan
    #[arg(long, value_name = "NEW")]
    playbook: PathBuf,
    /// Closed, given or open on this day or later [default: the first]
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// Closed, given or open before this day [default: tomorrow]
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// [default: by the name of the output, otherwise text]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Where to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
    Xlsx,
}

pub(crate) async fn run(settings: &Settings, args: &Args) -> Result {
    let format = args.format()?;
    if let (Some(from), Some(to)) = (args.from, args.to)
        && from >= to
    {
        return Err(Failure::Usage(format!("no day lies from {from} to before {to}")));
    }
    let tried = playbook::checked(&shipped::playbook(&args.playbook)?)?.playbook;
    let app = wire::open_existing(settings).await?;
    let statement = count(&app, args, &tried).await;
    let made_at = app.now();
    app.store().close().await;
    let statement = statement?;
    let mut out = sink(args.output.as_deref())?;
    let written = match format {
        Format::Text => out.write_all(text::of(&statement).as_bytes()),
        Format::Json => out.write_all(table::json(&statement).as_bytes()),
        Format::Csv => table::write(&statement, Table::Csv, made_at, &mut out),
        Format::Xlsx => table::write(&statement, Table::Xlsx, made_at, &mut out),
    };
    match (written.and_then(|()| out.flush()), &args.output) {
        // A reader that closes its end early is no failure of ours.
        (Ok(()), _) | (Err(_), None) => Ok(()),
        (Err(fault), Some(path)) => Err(Failure::file("the statement", path, fault)),
    }
}

async fn count(app: &App, args: &Args, tried: &Playbook) -> Result<Statement> {
    wire::with_playbook(app)?;
    wire::with_lists(app).await?;
    if tried.county != *app.county() {
        let refusal = Refusal::new(Reason::PlaybookOfAnother).with("county", &tried.county);
        return Err(Error::from(refusal).into());
    }
    let tomorrow = start_of_day(app.now().plus_days(1).date());
    let period = Period {
        from: args.from.map_or(Instant::from_micros(0), start_of_day),
        to: args.to.map_or(tomorrow, start_of_day),
    };
    what_if(app, &wire::caller(), tried, period).await.map_err(failure)
}

fn sink(output: Option<&Path>) -> Result<Box<dyn Write + Send>> {
    Ok(match output {
        Some(path) => Box::new(BufWriter::new(
            File::create(path).map_err(|fault| Failure::file("the statement", path, fault))?,
        )),
        None => Box::new(BufWriter::new(io::stdout())),
    })
}

impl Args {
    fn format(&self) -> Result<Format> {
        let named = self.output.as_ref().and_then(|path| path.extension()?.to_str());
        match (self.format, named) {
            (Some(format), _) => Ok(format),
            (None, None | Some("txt")) => Ok(Format::Text),
            (None, Some("json")) => Ok(Format::Json),
            (None, Some("csv")) => Ok(Format::Csv),
            (None, Some("xlsx")) => Ok(Format::Xlsx),
            (None, Some(other)) => Err(Failure::Usage(format!(
                "`.{other}` is no format of ours: --format text, json, csv or xlsx"
            ))),
        }
    }
}
