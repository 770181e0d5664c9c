//! `bihuan demo`

mod days;
mod full;

use std::path::PathBuf;
use std::sync::Arc;

use bihuan_app::App;
use bihuan_app::ports::Clock as _;
use bihuan_simulate::{Demo, SteppedClock};

use super::invented::{failure, show_sign_ins, with_blocks};
use super::{playbook, serve};
use crate::failure::{Failure, Result};
use crate::outside::SystemClock;
use crate::settings::{Flags, Settings};
use crate::wire::open_at;
use crate::{say, shipped};

/// The lamp post the printed sign belongs to.
const SIGN: &str = "LD-0417";

/// Build an invented county through the rules themselves, and serve it
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bihuan demo
  bihuan demo zaoqiang                            a county meeting and a rectification campaign
  bihuan demo --tls --listen 0.0.0.0:8443         for phones on the local network
  bihuan demo --check                             count what it promises, serve nothing
  bihuan demo --full --check --data county        at the size its article tells of
  bihuan demo --let-days-pass                     type 8 and Enter: eight days later
  bihuan demo --data my-demo                      keep it; `bihuan serve --data my-demo` goes on")]
pub(crate) struct Args {
    /// Folder of a playbook, or the name of one that comes with bihuan
    #[arg(value_name = "COUNTY", default_value = "xingyang")]
    playbook: PathBuf,
    /// Count everything the demo promises and end; exit code 4 when a figure does not hold
    #[arg(long)]
    check: bool,
    /// As large as the county's article says: every grid worker, uninvited, and a year of reports;
    /// takes minutes and some 5 GB
    #[arg(long)]
    full: bool,
    /// Another seed, another history
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// While it serves, each line on standard input is a number of days to let pass
    #[arg(long, conflicts_with = "check")]
    let_days_pass: bool,
    #[command(flatten)]
    listening: serve::Listening,
}

impl Args {
    pub(crate) fn flags(&self) -> Flags {
        self.listening.flags()
    }
}

pub(crate) async fn run(settings: &Settings, args: &Args) -> Result {
    let source = shipped::playbook(&args.playbook)?;
    let rules = playbook::checked(&source)?.playbook;
    let size = if args.full { Some(full::size_of(&rules)?) } else { None };
    // Gone when the demo ends, unless a folder was named.
    let passing = match settings.is_built_in("data") {
        true => Some(tempfile::tempdir().map_err(|fault| Failure::Broken(fault.to_string()))?),
        false => None,
    };
    let settings = match &passing {
        Some(folder) => settings.in_folder(folder.path().join("county")),
        None => settings.clone(),
    };
    let clock = Arc::new(SteppedClock::new(Arc::new(SystemClock)));
    let (app, _) = open_at(&settings, Some(rules.county.clone()), Arc::clone(&clock) as _).await?;
    if !app.rules().is_empty() {
        return Err(Failure::Refused(format!(
            "there is a county in {0} already; bihuan serve --data {0} serves it",
            settings.data().display()
        )));
    }
    let app = with_blocks(&settings, &app, &rules)?;
    let demo = match &size {
        Some(size) => full::build(&app, &clock, &source, args.seed, size).await?,
        None => {
            let now = SystemClock.now();
            let built = bihuan_simulate::build(&app, &clock, &source, args.seed, now).await;
            let demo = built.map_err(failure)?;
            app.run_tasks().await?;
            demo
        }
    };
    if args.check {
        let lines = match &size {
            Some(size) => full::check(&app, size).await,
            None => bihuan_simulate::check(&app).await.map_err(failure),
        };
        app.store().close().await;
        return show_check(&lines?);
    }
    show(&demo);
    show_sign(&app).await;
    if args.let_days_pass {
        days::begin(app.clone(), clock);
    }
    serve::serve(&settings, app, true).await
}

fn show(demo: &Demo) {
    let figures = &demo.figures;
    say::line(format_args!(
        "An invented county: {} people, {} reports, {} tasks, findings and papers, {} acts.",
        figures.people, figures.filed, figures.drafted, figures.acts
    ));
    for refused in &figures.refused {
        say::note(format_args!("refused: {refused}"));
    }
    show_sign_ins(&demo.sign_ins);
    for (number, code) in &demo.report_codes {
        say::line(format_args!("A resident's report: {number}, /t/{code}"));
    }
}

/// The address on a lamp post's sign, for those who have no camera at hand.
async fn show_sign(app: &App) {
    let places = app.store().places_after(app.county(), "", 1000).await.unwrap_or_default();
    if let Some(place) = places.iter().find(|place| place.id == SIGN) {
        let code = app.place_code(place);
        say::line(format_args!("The sign on {} ({SIGN}): /p/{code}", place.name_zh));
    }
}

/// Each figure as the article has it, as counted, and whether it holds.
fn show_check(lines: &[bihuan_simulate::Line]) -> Result {
    say::line("figure: article / counted / holds");
    for line in lines {
        let holds = if line.holds { "holds" } else { "DOES NOT HOLD" };
        say::line(format_args!("{}: {} / {} / {holds}", line.what, line.article, line.counted));
    }
    let failing = lines.iter().filter(|line| !line.holds).count();
    if failing == 0 {
        return Ok(());
    }
    Err(Failure::Found(format!("{failing} of {} figures do not hold", lines.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(holds: bool) -> bihuan_simulate::Line {
        let (article, counted) = ("99%".to_owned(), "98.20%".to_owned());
        bihuan_simulate::Line { what: "办结率".to_owned(), article, counted, holds }
    }

    #[test]
    fn one_figure_that_does_not_hold_fails_the_check() {
        show_check(&[line(true), line(true)]).unwrap();
        let failure = show_check(&[line(true), line(false)]).unwrap_err();
        assert!(matches!(failure, Failure::Found(_)));
        assert_eq!(failure.to_string(), "1 of 2 figures do not hold");
    }
}
