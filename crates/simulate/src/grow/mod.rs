//! Grows a county to any size. The plan is the demo's, spread over as many days as
//! the size asks for; every act is decided by the rules at its own moment, and
//! whole families of acts are written hundreds at a time.

mod families;
mod rhythm;
mod schedule;
mod shares;

use std::sync::Arc;

use bihuan_app::App;
use bihuan_app::commands::{Enacted, Past, PastAct};
use bihuan_domain::instant::Instant;
use bihuan_domain::place::Outlines;
use bihuan_domain::playbook::Source;
use futures_util::future::try_join;
use jiff::ToSpan;

use crate::chance::Dice;
use crate::county::County;
use crate::play::{Files, Player};
use crate::scene::Shelf;
use crate::{Result, SignIn, SteppedClock, blocks};

use schedule::{Plan, Schedule};

pub use shares::{Share, Shares};

/// Families written in one transaction.
const BATCH: usize = 400;
/// Matters a day in a county of this size.
const A_DAY: usize = 450;
/// At least, so that what is to be over has room; at most, so that the calendar
/// knows the years.
const DAYS: (usize, usize) = (200, 1_400);
/// What was reported later may still be open.
const OVER_AFTER_DAYS: i64 = 2;
/// The county is founded so many days before its first report.
const FOUNDED_BEFORE: i64 = 4;

/// What was grown.
#[derive(Clone, Debug)]
pub struct Grown {
    pub asked: Shares,
    pub sign_ins: Vec<SignIn>,
    pub acts: usize,
    /// Why families were not written: none in a sound plan.
    pub refused: Vec<String>,
}

/// Grows the county up to `now`, then lets the clock run on. `app` must run under
/// `clock` and hold an empty database; `told` hears how many matters are written.
pub async fn grow(
    app: &App,
    clock: &SteppedClock,
    playbook: &Source,
    seed: u64,
    matters: usize,
    now: Instant,
    mut told: impl FnMut(usize),
) -> Result<Grown> {
    let county = County::found(app, clock, playbook, seed, now, days_of(matters)).await?;
    let asked = shares(&county, matters);
    let grown = enlarge(&county, &asked, &mut told).await?;
    county.go_on();
    Ok(grown)
}

/// So many days before the present a county of this size is founded.
pub(crate) fn days_of(matters: usize) -> i64 {
    i64::try_from((matters / A_DAY).clamp(DAYS.0, DAYS.1)).unwrap_or(200) + FOUNDED_BEFORE
}

/// Writes what is asked for into a county, beside what is there: numbers of a day
/// go on where they are.
pub(crate) async fn enlarge(
    county: &County<'_>,
    asked: &Shares,
    told: &mut impl FnMut(usize),
) -> Result<Grown> {
    let (app, now, days) = (county.app, county.now, county.days - FOUNDED_BEFORE);
    let shelf = Shelf::fill(app, county.seed).await?;
    let land = blocks(&county.playbook);
    let spots = rhythm::hot_spots(&county.cast.worked());
    let planner = county.planner(&spots, &land);
    let first = now.date().saturating_sub(days.days());
    let mut dice = Dice::new(county.seed ^ 0x5eed);
    let cases = rhythm::days(first, days - OVER_AFTER_DAYS, asked.cases.over, &mut dice);
    let script = county.script;
    let mut schedule = Schedule { planner, dice, script, now, days, later: Default::default() };
    schedule.set_out(asked);

    let player = county.player(Files::Kept(&shelf));
    let sign_ins = county.sign_ins.clone();
    let mut grown = Grown { asked: *asked, sign_ins, acts: 0, refused: Vec::new() };
    let mut writing = Vec::new();
    let mut plans = Vec::new();
    let mut written = 0;
    for day in 0..=days {
        let cases = cases.get(usize::try_from(day).unwrap_or_default());
        plans.extend(schedule.plans(day, cases.copied().unwrap_or(0)));
        while plans.len() >= BATCH || (day == days && !plans.is_empty()) {
            let rest = plans.split_off(BATCH.min(plans.len()));
            let next = std::mem::replace(&mut plans, rest);
            let count = matters_of(&writing);
            // While one batch is written the next is put together.
            let (enacted, composed) =
                try_join(enact(app, std::mem::take(&mut writing)), compose(&player, &next)).await?;
            grown.take(enacted);
            written += count;
            told(written);
            writing = composed;
        }
    }
    written += matters_of(&writing);
    grown.take(enact(app, writing).await?);
    told(written);
    Ok(grown)
}

fn shares(county: &County<'_>, matters: usize) -> Shares {
    let land = Outlines::default();
    let planner = county.planner(&county.cast.grids, &land);
    let tasks = planner.has_tasks() && !county.script.meetings.is_empty();
    let has_cases = !county.playbook.items.is_empty();
    Shares::of(matters, has_cases, tasks, tasks && planner.has_inspections())
}

async fn enact(app: &App, families: Vec<Vec<Past>>) -> Result<Enacted> {
    if families.is_empty() {
        return Ok(Enacted::default());
    }
    Ok(app.enact(Arc::new(families)).await?)
}

async fn compose(player: &Player<'_>, plans: &[Plan]) -> Result<Vec<Vec<Past>>> {
    let mut families = Vec::with_capacity(plans.len());
    for plan in plans {
        families.push(match plan {
            Plan::Cases(lives) => player.lived(lives).await?,
            Plan::Drafts(batches) => player.drafted(batches).await?,
        });
    }
    Ok(families)
}

fn matters_of(families: &[Vec<Past>]) -> usize {
    let begun = families.iter().flatten().map(|past| match &past.act {
        PastAct::Report(_) => 1,
        PastAct::Register(asked) => asked.matters.len(),
        PastAct::Take(_) => 0,
    });
    begun.sum()
}

impl Grown {
    fn take(&mut self, enacted: Enacted) {
        self.acts += enacted.acts;
        self.refused.extend(enacted.refused.into_iter().map(|(_, why)| why));
    }
}
