//! A seeded county: demo data made by the application's own commands on a
//! stepped clock. Nothing is written past the rules; what the demo shows, the
//! product did.
//!
//! It owns the invented people, words and photos and the plan of what happens.
//! It must not know SQL or HTTP, and reads neither clock nor chance itself.
//!
//! Doorways: [`blocks`], [`build`], [`full`], [`grow`], [`check`], [`what_if`],
//! [`SteppedClock`].

mod blocks;
mod cast;
mod chance;
mod check;
mod clock;
mod county;
mod deed;
mod drafts;
mod full;
mod grow;
mod hours;
mod plan;
mod play;
mod scene;
mod script;
mod talk;
mod whatif;
mod words;

use bihuan_app::App;
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::Source;

pub use blocks::blocks;
pub use cast::PASSWORD;
pub use chance::SeededEntropy;
pub use check::{Line, check, check_full};
pub use clock::SteppedClock;
pub use county::County;
pub use full::{Progress, Size, full};
pub use grow::{Grown, Share, Shares, grow};
pub use whatif::{Side, Statement, Stopped, UnitLine, what_if};

use play::Track;

/// The county is set up so long before the present; reports begin two days
/// later.
const DAYS_BEFORE: i64 = 62;

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    App(#[from] bihuan_app::Error),
    /// The playbook lacks something the demo's plan counts on.
    #[error("the demo lacks {0}; does the playbook still have its units and grids?")]
    Incomplete(&'static str),
}

/// An account that can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// As [`bihuan_domain::access::Role::code`].
    pub role: String,
    pub name: String,
    pub login: String,
    pub password: String,
    /// The unit's Chinese name.
    pub unit: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demo {
    pub sign_ins: Vec<SignIn>,
    /// Number and code of a few residents' reports; the first is the one with
    /// the most to show at `/t/{code}`.
    pub report_codes: Vec<(String, String)>,
    pub figures: Figures,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub people: usize,
    pub filed: usize,
    /// Tasks, findings, inspections and papers.
    pub drafted: usize,
    pub acts: usize,
    /// Acts the rules refused, as number, act and reason: none in a sound plan.
    pub refused: Vec<String>,
}

/// Builds the county up to `now`, then lets the clock run on from there. `app`
/// must run under `clock` and hold an empty database.
pub async fn build(
    app: &App,
    clock: &SteppedClock,
    playbook: &Source,
    seed: u64,
    now: Instant,
) -> Result<Demo> {
    let county = County::found(app, clock, playbook, seed, now, DAYS_BEFORE).await?;
    let demo = county.live().await?;
    county.go_on();
    Ok(demo)
}

/// Codes of residents' reports: the sample first, then the newest answered.
fn codes(lives: &[plan::Life], tracks: &[Track]) -> Vec<(String, String)> {
    const SHOWN: usize = 3;
    let code = |track: &Track| {
        track.filed.as_ref().map(|filed| (filed.number.clone(), filed.code.clone()))
    };
    let pairs = || lives.iter().zip(tracks);
    let sample = pairs().filter(|(life, _)| life.is_sample());
    let others = pairs().filter(|(life, _)| !life.is_sample() && life.is_told_to_resident());
    let newest = others.collect::<Vec<_>>().into_iter().rev();
    sample.chain(newest).filter_map(|(_, track)| code(track)).take(SHOWN).collect()
}

fn figures(tracks: &[Track], people: usize) -> Figures {
    Figures {
        people,
        filed: tracks.iter().filter(|track| track.filed.is_some()).count(),
        drafted: tracks.iter().filter(|track| track.drafted.is_some()).count(),
        acts: tracks.iter().map(|track| track.acts).sum(),
        refused: tracks.iter().flat_map(|track| track.refused.iter().cloned()).collect(),
    }
}
