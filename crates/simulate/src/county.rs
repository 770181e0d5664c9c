//! A county as it comes to be: founded, staffed, lived in, enlarged.

use std::sync::Arc;

use bihuan_app::{App, Caller};
use bihuan_domain::calendar::Calendar;
use bihuan_domain::ids::{CommandId, GridCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::place::Outlines;
use bihuan_domain::playbook::{Playbook, Source};

use crate::cast::{self, Administrators, Cast};
use crate::grow::{self, Shares};
use crate::plan::Planner;
use crate::play::{Files, Player};
use crate::scene::Album;
use crate::script::Script;
use crate::{Demo, Error, Figures, Result, SignIn, SteppedClock, blocks, codes, figures};

pub struct County<'a> {
    pub(crate) app: &'a App,
    pub(crate) clock: &'a SteppedClock,
    pub(crate) seed: u64,
    /// The present it is built up to.
    pub(crate) now: Instant,
    /// Founded so many days before.
    pub(crate) days: i64,
    pub(crate) script: &'static Script,
    pub(crate) playbook: Arc<Playbook>,
    pub(crate) calendar: Arc<Calendar>,
    pub(crate) cast: Cast,
    pub(crate) sign_ins: Vec<SignIn>,
    administrators: Administrators,
}

impl<'a> County<'a> {
    /// Its rules and the people of the ordinary demo, so many days before `now`.
    /// `app` must run under `clock` and hold an empty database.
    pub async fn found(
        app: &'a App,
        clock: &'a SteppedClock,
        playbook: &Source,
        seed: u64,
        now: Instant,
        days: i64,
    ) -> Result<Self> {
        clock.set(now.plus_days(-days));
        let administrators = cast::administrators(app).await?;
        let command = CommandId(app.new_id());
        let approved_by = administrators.security;
        app.apply_playbook(&Caller::system(), command, playbook, None, approved_by).await?;
        let mut sign_ins = cast::appoint(app, &administrators).await?;
        let rules = app.rules();
        let version = rules.in_force(app.now())?;
        let script = Script::of(app.county().as_str());
        let cast = Cast::hire(app, &version.playbook, &administrators, script).await?;
        sign_ins.extend(cast.sign_ins.iter().cloned());
        Ok(Self {
            app,
            clock,
            seed,
            now,
            days,
            script,
            playbook: Arc::clone(&version.playbook),
            calendar: Arc::clone(&version.calendar),
            cast,
            sign_ins,
            administrators,
        })
    }

    /// Adds grid workers, uninvited, until there are so many; `told` hears how many
    /// of how many people are added.
    pub async fn staff(
        &mut self,
        workers: usize,
        mut told: impl FnMut(usize, usize),
    ) -> Result<()> {
        let (playbook, administrators) = (&self.playbook, &self.administrators);
        self.cast.staff(self.app, playbook, administrators, workers, &mut told).await
    }

    /// The ordinary demo: what there is to open and look at.
    pub async fn live(&self) -> Result<Demo> {
        let album = Album::draw(self.seed);
        let land = blocks(&self.playbook);
        let mut planner = self.planner(&self.cast.grids, &land);
        let lives = planner.reports();
        let batches = planner.batches(self.script);
        let tracks = self.player(Files::Sent(&album)).play(&lives, &batches, self.now).await?;
        Ok(Demo {
            sign_ins: self.sign_ins.clone(),
            report_codes: codes(&lives, &tracks),
            figures: figures(&tracks, self.people()),
        })
    }

    /// Adds reports until there are more than `reports`, so many of a hundred of
    /// which are over; `told` hears how many of how many are written.
    pub async fn report(
        &self,
        reports: usize,
        over_percent: usize,
        mut told: impl FnMut(usize, usize),
    ) -> Result<Figures> {
        if self.playbook.items.is_empty() {
            return Err(Error::Incomplete("items to report"));
        }
        let (_, open) = crate::check::reported(self.app).await?;
        let to_be_open = reports * 100_usize.saturating_sub(over_percent) / 100;
        let open = to_be_open.saturating_sub(usize::try_from(open).unwrap_or_default());
        let asked = Shares::of_cases(reports, open);
        let of = asked.matters();
        let grown = grow::enlarge(self, &asked, &mut |written| told(written, of)).await?;
        Ok(Figures {
            people: self.people(),
            filed: of,
            acts: grown.acts,
            refused: grown.refused,
            ..Figures::default()
        })
    }

    /// Everything is told; the clock runs on from the present.
    pub fn go_on(self) {
        self.clock.set(self.now);
        self.clock.run_on();
    }

    pub(crate) fn planner<'b>(&'b self, grids: &'b [GridCode], land: &'b Outlines) -> Planner<'b> {
        Planner::new(&self.playbook, &self.calendar, grids, land, self.now, self.seed)
    }

    pub(crate) fn player<'b>(&'b self, files: Files<'b>) -> Player<'b> {
        Player { app: self.app, clock: self.clock, cast: &self.cast, files }
    }

    fn people(&self) -> usize {
        self.cast.count() + self.sign_ins.len() - self.cast.sign_ins.len()
    }
}
