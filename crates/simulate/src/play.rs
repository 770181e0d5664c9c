//! Carries the plan out through the application's own commands, hour by hour:
//! what lies in one hour is sent together, so that the writer can commit many
//! at once; each act still happens at its own moment.

use std::sync::Arc;

use bihuan_app::background::tasks;
use bihuan_app::commands::{Filed, NewReport, Submission};
use bihuan_app::{App, Composer, Sender};
use bihuan_domain::ids::{CommandId, MatterId};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::Commitment;
use bihuan_domain::matter::{Evidence, EvidenceKind};
use futures_util::future::{join_all, try_join_all};

use crate::cast::Cast;
use crate::clock::{Standing, SteppedClock};
use crate::plan::{Life, Proof, Shot};
use crate::scene::{Album, document};
use crate::{Error, Result};

const WINDOW_MINUTES: i64 = 60;
/// Reminding, sealing and the rest run once in so many windows.
const TASKS_EVERY: i64 = 24;

/// A report as far as it has been played.
#[derive(Default)]
pub(crate) struct Track {
    pub(crate) filed: Option<Filed>,
    /// Acts taken so far.
    pub(crate) acts: usize,
    /// What the rules refused: nothing in a sound plan.
    pub(crate) refused: Vec<String>,
    next: usize,
    pub(super) draft: Option<Commitment>,
    /// Photos of what was fixed, for the answer.
    pub(super) fixed: Vec<Commitment>,
}

pub(crate) struct Player<'a> {
    pub(crate) app: &'a App,
    pub(crate) clock: &'a SteppedClock,
    pub(crate) cast: &'a Cast,
    pub(crate) album: &'a Album,
    pub(crate) lives: &'a [Life],
}

impl Player<'_> {
    /// Plays everything up to `now`; the answer is in the order of the plan.
    pub(crate) async fn play(&self, now: Instant) -> Result<Vec<Track>> {
        let mut tracks: Vec<Track> = self.lives.iter().map(|_| Track::default()).collect();
        let Some(first) = self.lives.iter().map(|life| life.filing.at).min() else {
            return Ok(tracks);
        };
        let mut from = first;
        let mut windows = 0;
        while from < now {
            let to = from.plus_minutes(WINDOW_MINUTES).min(now);
            self.clock.set(from);
            tasks::auto_sign(self.app).await?;
            if windows % TASKS_EVERY == 0 {
                self.app.run_tasks().await?;
            }
            self.file(&mut tracks, from, to).await?;
            self.act(&mut tracks, to).await?;
            windows += 1;
            from = to;
        }
        self.clock.set(now);
        self.app.run_tasks().await?;
        Ok(tracks)
    }

    /// Photos first, then the reports themselves one right after the other, so
    /// that their numbers come in the plan's order.
    async fn file(&self, tracks: &mut [Track], from: Instant, to: Instant) -> Result<()> {
        let mut due: Vec<(usize, &Life)> = self.lives.iter().enumerate().collect();
        due.retain(|(_, life)| life.filing.at >= from && life.filing.at < to);
        due.sort_by_key(|(at, life)| (life.filing.at, *at));
        let composed = due.iter().map(|(at, life)| async move {
            let report = self.report(life).await?;
            Ok::<_, Error>((*at, life.filing.at, report))
        });
        let reports = try_join_all(composed).await?;
        let filings = reports.into_iter().map(|(at, when, report)| async move {
            let filed = self.at(when).file_report(report).await?;
            Ok::<_, Error>((at, filed))
        });
        for (at, filed) in try_join_all(filings).await? {
            if let Some(track) = tracks.get_mut(at) {
                track.filed = Some(filed);
            }
        }
        Ok(())
    }

    async fn report(&self, life: &Life) -> Result<NewReport> {
        let filing = &life.filing;
        let app = self.at(filing.at);
        let mut composed = Composer::new(&app);
        let shots = filing.photo.into_iter().collect();
        let proof = Proof { shots, documents: 0 };
        let evidence = self.evidence(&mut composed, &proof).await?;
        Ok(NewReport {
            sender: sender(&app),
            caller: self.cast.caller(&filing.who)?,
            regime: filing.regime.clone(),
            source: filing.source,
            item: filing.item.clone(),
            words: filing.words.clone(),
            grid: filing.grid.clone(),
            place: filing.place.clone(),
            position: filing.position,
            address: filing.address.clone(),
            evidence,
            reporter: filing.reporter.clone(),
            confidential: filing.confidential,
            urgency: filing.urgency,
            claimed_at: None,
            composed,
            then: Vec::new(),
        })
    }

    /// Everything due before `to`: each report in its order, all at once.
    async fn act(&self, tracks: &mut [Track], to: Instant) -> Result<()> {
        let matters: Vec<Option<MatterId>> =
            tracks.iter().map(|track| track.filed.as_ref().map(|filed| filed.matter)).collect();
        let turns =
            self.lives.iter().zip(tracks.iter_mut()).filter(|(life, track)| {
                life.steps.get(track.next).is_some_and(|step| step.at < to)
            });
        let taken = turns.map(|(life, track)| self.take_turn(life, track, &matters, to));
        join_all(taken).await.into_iter().collect()
    }

    async fn take_turn(
        &self,
        life: &Life,
        track: &mut Track,
        matters: &[Option<MatterId>],
        to: Instant,
    ) -> Result<()> {
        let Some(matter) = track.filed.as_ref().map(|filed| filed.matter) else { return Ok(()) };
        while let Some(step) = life.steps.get(track.next).filter(|step| step.at < to) {
            track.next += 1;
            let app = self.at(step.at);
            let mut composed = Composer::new(&app);
            let command = self.command(step, track, &mut composed, matters).await?;
            composed.push(command);
            let submission = Submission {
                sender: sender(&app),
                caller: self.cast.caller(&step.who)?,
                matter,
                seen: None,
                composed,
            };
            match app.act(submission).await {
                Ok(_) => track.acts += 1,
                Err(bihuan_app::Error::Refused(refusal)) => {
                    let number = track.filed.as_ref().map_or("", |filed| filed.number.as_str());
                    track.refused.push(format!("{number} {:?}: {refusal}", step.deed));
                }
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(())
    }

    pub(super) async fn evidence(
        &self,
        composed: &mut Composer,
        proof: &Proof,
    ) -> Result<Vec<Evidence>> {
        let mut given = Vec::new();
        for Shot { subject, fixed, which } in &proof.shots {
            let photo = self.album.take(*subject, *fixed, *which);
            let photo = photo.ok_or(Error::Incomplete("a photo of the demo"))?;
            let kind = if *fixed { EvidenceKind::After } else { EvidenceKind::Before };
            given.push(composed.attach(kind, photo).await?);
        }
        for _ in 0..proof.documents {
            given.push(composed.attach(EvidenceKind::Document, document()).await?);
        }
        Ok(given)
    }

    /// The application at one moment.
    fn at(&self, at: Instant) -> App {
        self.app.under(Arc::new(Standing(at)))
    }
}

fn sender(app: &App) -> Sender {
    Sender::new(CommandId(app.new_id()), ["demo"])
}
