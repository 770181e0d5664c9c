//! A seeded county: demo data made by the application's own commands on a
//! stepped clock. Nothing is written past the rules; what the demo shows, the
//! product did.
//!
//! It owns the invented people, words and photos and the plan of what happens.
//! It must not know SQL or HTTP, and reads neither clock nor chance itself.
//!
//! Doorways: [`blocks`], [`build`], [`grow`], [`check`], [`SteppedClock`].

mod blocks;
mod cast;
mod chance;
mod check;
mod clock;
mod deed;
mod drafts;
mod grow;
mod hours;
mod plan;
mod play;
mod scene;
mod script;
mod talk;
mod words;

use bihuan_app::{App, Caller};
use bihuan_domain::ids::CommandId;
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::Source;

pub use blocks::blocks;
pub use cast::PASSWORD;
pub use chance::SeededEntropy;
pub use check::{Line, check};
pub use clock::SteppedClock;
pub use grow::{Grown, Share, Shares, grow};

use cast::Cast;
use plan::Planner;
use play::{Files, Player, Track};
use scene::Album;
use script::Script;

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
    clock.set(now.plus_days(-DAYS_BEFORE));
    let administrators = cast::administrators(app).await?;
    let approved_by = administrators.security;
    let command = CommandId(app.new_id());
    app.apply_playbook(&Caller::system(), command, playbook, None, approved_by).await?;
    let mut sign_ins = cast::appoint(app, &administrators).await?;
    let rules = app.rules();
    let version = rules.in_force(app.now())?;
    let script = Script::of(app.county().as_str());
    let cast = Cast::hire(app, &version.playbook, &administrators, script).await?;
    sign_ins.extend(cast.sign_ins.iter().cloned());

    let album = Album::draw(seed);
    let land = blocks(&version.playbook);
    let mut planner =
        Planner::new(&version.playbook, &version.calendar, &cast.grids, &land, now, seed);
    let lives = planner.reports();
    let batches = planner.batches(script);
    let player = Player { app, clock, cast: &cast, files: Files::Sent(&album) };
    let tracks = player.play(&lives, &batches, now).await?;
    clock.run_on();
    let people = cast.count() + sign_ins.len() - cast.sign_ins.len();
    Ok(Demo { sign_ins, report_codes: codes(&lives, &tracks), figures: figures(&tracks, people) })
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
