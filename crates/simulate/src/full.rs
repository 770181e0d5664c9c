//! A county at the size its article tells of: the ordinary demo to look at, its
//! grid workers, and the reports of a year.

use bihuan_app::App;
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::Source;

use crate::county::County;
use crate::grow;
use crate::script::Script;
use crate::{Demo, Result, SteppedClock};

/// What an article says of a county's size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub workers: usize,
    /// At least.
    pub reports: usize,
    /// Of a hundred reports that were accepted, to the digits printed.
    pub closed_percent: usize,
}

impl Size {
    /// None where no article tells it.
    pub fn of(county: &str) -> Option<Self> {
        Script::of(county).article.size
    }
}

/// What is being done, and how far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    People {
        added: usize,
        of: usize,
    },
    /// The weeks of the ordinary demo.
    Weeks,
    Reports {
        written: usize,
        of: usize,
    },
}

/// Builds the county up to `now`, then lets the clock run on. People come first,
/// since the county's own journal never goes back in time; what is reported goes
/// into journals of its own, so the year may follow the weeks at its end.
pub async fn full(
    app: &App,
    clock: &SteppedClock,
    playbook: &Source,
    seed: u64,
    now: Instant,
    size: &Size,
    mut told: impl FnMut(Progress),
) -> Result<Demo> {
    let days = grow::days_of(size.reports);
    let mut county = County::found(app, clock, playbook, seed, now, days).await?;
    county.staff(size.workers, |added, of| told(Progress::People { added, of })).await?;
    told(Progress::Weeks);
    let mut demo = county.live().await?;
    let mut on = |written, of| told(Progress::Reports { written, of });
    let more = county.report(size.reports, size.closed_percent, &mut on).await?;
    county.go_on();
    demo.figures.filed += more.filed;
    demo.figures.acts += more.acts;
    demo.figures.refused.extend(more.refused);
    Ok(demo)
}
