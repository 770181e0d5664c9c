//! `bihuan simulate`

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bihuan_app::ports::Clock as _;
use bihuan_simulate::{Grown, SteppedClock};
use indicatif::{ProgressBar, ProgressStyle};

use super::invented::{failure, settle, show_sign_ins, with_blocks};
use super::playbook;
use crate::failure::{Failure, Result};
use crate::outside::SystemClock;
use crate::settings::Settings;
use crate::wire::open_at;
use crate::{say, shipped};

/// Grow an invented county to any size, for trying out and measuring
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bihuan simulate --matters 100000 --data big
  bihuan simulate zaoqiang --matters 5000 --seed 7 --data tasks-only

Every act is decided by the rules at its own moment, so `bihuan verify` holds afterwards. One matter \
in a hundred is still open; most come from a few towns, more in summer and after storms.")]
pub(crate) struct Args {
    /// Folder of a playbook, or the name of one that comes with bihuan
    #[arg(value_name = "COUNTY", default_value = "xingyang")]
    playbook: PathBuf,
    /// How many matters of all regimes together
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(40..))]
    matters: u32,
    /// Another seed, another history
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) async fn run(settings: &Settings, args: &Args) -> Result {
    let source = shipped::playbook(&args.playbook)?;
    let rules = playbook::checked(&source)?.playbook;
    let clock = Arc::new(SteppedClock::new(Arc::new(SystemClock)));
    let (app, _) = open_at(settings, Some(rules.county.clone()), Arc::clone(&clock) as _).await?;
    if !app.rules().is_empty() {
        return Err(Failure::Refused(format!(
            "there is a county in {} already; a county is grown from nothing",
            settings.data().display()
        )));
    }
    let app = with_blocks(settings, &app, &rules)?;
    let matters = usize::try_from(args.matters).unwrap_or(usize::MAX);
    let progress = bar(u64::from(args.matters));
    let told = |written: usize| progress.set_position(written as u64);
    let grown =
        bihuan_simulate::grow(&app, &clock, &source, args.seed, matters, SystemClock.now(), told)
            .await
            .map_err(failure);
    progress.finish_and_clear();
    let done = match grown {
        Ok(grown) => show(&grown, &settle(&app).await?),
        Err(failure) => Err(failure),
    };
    app.store().close().await;
    done
}

fn bar(matters: u64) -> ProgressBar {
    let progress = ProgressBar::new(matters);
    let style = "{bar:30} {percent:>3}% {elapsed_precise} {human_pos} of {human_len} matters";
    if let Ok(style) = ProgressStyle::with_template(style) {
        progress.set_style(style);
    }
    progress.enable_steady_tick(Duration::from_millis(200));
    progress
}

fn show(grown: &Grown, tasks: &[(&'static str, usize)]) -> Result {
    for (regime, share) in grown.asked.by_regime() {
        say::line(format_args!("{regime}: {} over, {} open", share.over, share.open));
    }
    let did = tasks.iter().filter(|(_, did)| *did > 0);
    let did: Vec<String> = did.map(|(task, did)| format!("{task} {did}")).collect();
    say::line(format_args!("{} acts; background tasks: {}", grown.acts, did.join(", ")));
    show_sign_ins(&grown.sign_ins);
    if grown.refused.is_empty() {
        return Ok(());
    }
    for refused in &grown.refused {
        say::note(format_args!("refused: {refused}"));
    }
    Err(Failure::Found(format!("{} families were refused by the rules", grown.refused.len())))
}
