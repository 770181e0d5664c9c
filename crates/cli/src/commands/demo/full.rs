//! The demo at the size its county's article tells of. It takes minutes, so it says
//! on the error output what it is at.

use std::time::Duration;

use bihuan_app::App;
use bihuan_app::ports::Clock as _;
use bihuan_domain::playbook::{Playbook, Source};
use bihuan_simulate::{Demo, Line, Progress, Size, SteppedClock};
use indicatif::{ProgressBar, ProgressStyle};

use crate::commands::invented::{failure, settle};
use crate::failure::{Failure, Result};
use crate::outside::SystemClock;

const TICK: Duration = Duration::from_millis(200);

pub(super) fn size_of(rules: &Playbook) -> Result<Size> {
    Size::of(rules.county.as_str()).ok_or_else(|| {
        Failure::Usage(format!(
            "no article tells the full size of {}; --full is for xingyang, and bihuan simulate \
             grows any county",
            rules.county
        ))
    })
}

pub(super) async fn build(
    app: &App,
    clock: &SteppedClock,
    source: &Source,
    seed: u64,
    size: &Size,
) -> Result<Demo> {
    let mut shown = Shown::new();
    let told = |progress| shown.tell(progress);
    let now = SystemClock.now();
    let built = bihuan_simulate::full(app, clock, source, seed, now, size, told).await;
    shown.waits_for("sealing the journal, indexing words");
    let settled = match built {
        Ok(demo) => settle(app).await.map(|_| demo),
        Err(fault) => Err(failure(fault)),
    };
    shown.bar.finish_and_clear();
    settled
}

pub(super) async fn check(app: &App, size: &Size) -> Result<Vec<Line>> {
    let shown = Shown::new();
    shown.waits_for("counting, verifying the journal");
    let lines = bihuan_simulate::check_full(app, size).await.map_err(failure);
    shown.bar.finish_and_clear();
    lines
}

struct Shown {
    bar: ProgressBar,
}

impl Shown {
    fn new() -> Self {
        let bar = ProgressBar::no_length();
        bar.enable_steady_tick(TICK);
        Self { bar }
    }

    fn tell(&mut self, progress: Progress) {
        match progress {
            Progress::People { added, of } => self.counts("grid workers", added, of),
            Progress::Weeks => self.waits_for("the last nine weeks, day by day"),
            Progress::Reports { written, of } => self.counts("reports", written, of),
        }
    }

    fn counts(&self, what: &'static str, done: usize, of: usize) {
        let style = "{bar:30} {percent:>3}% {elapsed_precise} {human_pos} of {human_len} {msg}";
        self.style(style, what);
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
    }

    fn waits_for(&self, what: &'static str) {
        self.style("{spinner} {elapsed_precise} {msg}", what);
    }

    /// A new part begins: what was shown of the one before stays no longer.
    fn style(&self, template: &str, what: &'static str) {
        if self.bar.message() == what {
            return;
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        self.bar.set_message(what);
    }
}
