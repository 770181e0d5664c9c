//! Carries the plan out through the application's own commands, day by day:
//! what different reports go through in a day is sent side by side, so that the
//! writer can commit many at once; each act still happens at its own moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use bihuan_app::commands::{Filed, NewReport, Submission};
use bihuan_app::{App, Composer, Sender};
use bihuan_domain::calendar::start_of_day;
use bihuan_domain::ids::{CommandId, MatterId};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::Commitment;
use bihuan_domain::matter::{Evidence, EvidenceKind};
use futures_util::future::{try_join, try_join_all};

use crate::cast::Cast;
use crate::clock::{Standing, SteppedClock};
use crate::drafts::Known;
use crate::plan::{Batch, Life, Proof, Step};
use crate::scene::{Album, Shelf, document};
use crate::{Error, Result};

/// A report or draft as far as it has been played.
#[derive(Default)]
pub(crate) struct Track {
    pub(crate) filed: Option<Filed>,
    /// Of what was drafted, its id and number.
    pub(super) drafted: Option<(MatterId, String)>,
    /// Acts taken so far.
    pub(crate) acts: usize,
    /// What the rules refused: nothing in a sound plan.
    pub(crate) refused: Vec<String>,
    pub(super) next: usize,
    pub(super) draft: Option<Commitment>,
    /// Photos of what was fixed, for the answer.
    pub(super) fixed: Vec<Commitment>,
}

pub(crate) struct Player<'a> {
    pub(crate) app: &'a App,
    pub(crate) clock: &'a SteppedClock,
    pub(crate) cast: &'a Cast,
    pub(crate) files: Files<'a>,
}

/// Where proof comes from.
#[derive(Clone, Copy)]
pub(crate) enum Files<'a> {
    /// Each is sent and kept for itself.
    Sent(&'a Album),
    /// Kept once, and committed to again and again.
    Kept(&'a Shelf),
}

/// Reports that touch each other: one and what is merged into it. Their acts
/// are taken in order of time; families go on side by side.
pub(super) struct Family<'a> {
    pub(super) members: Vec<Member<'a>>,
}

pub(super) struct Member<'a> {
    /// Its place in the plan.
    pub(super) place: usize,
    pub(super) life: &'a Life,
    pub(super) track: Track,
}

impl Player<'_> {
    /// Plays everything up to `now`; the answer is in the order of the plan,
    /// reports before drafts.
    pub(crate) async fn play(
        &self,
        lives: &[Life],
        batches: &[Batch],
        now: Instant,
    ) -> Result<Vec<Track>> {
        let mut families = families(lives);
        let mut chores = Vec::new();
        let mut known = Known::new();
        let begins = lives.iter().map(|life| life.filing.at);
        let first = begins.chain(batches.iter().map(|batch| batch.at)).min().unwrap_or(now);
        let mut from = start_of_day(first.date());
        while from < now {
            let to = from.plus_days(1).min(now);
            for batch in batches.iter().filter(|batch| (from..to).contains(&batch.at)) {
                chores.extend(self.draft(batch, &mut known).await?);
            }
            self.file(&mut families, from, to).await?;
            let reported = families.iter_mut().map(|family| self.take_turn(family, to));
            let drafted = chores.iter_mut().map(|chore| self.take_on(chore, &known, to));
            try_join(try_join_all(reported), try_join_all(drafted)).await?;
            self.clock.set(to);
            self.app.run_tasks().await?;
            from = to;
        }
        let mut members: Vec<Member<'_>> =
            families.into_iter().flat_map(|family| family.members).collect();
        members.sort_by_key(|member| member.place);
        let tracks = members.into_iter().map(|member| member.track);
        Ok(tracks.chain(chores.into_iter().map(|chore| chore.track)).collect())
    }

    /// Photos first, then the reports themselves one right after the other, so
    /// that their numbers come in the plan's order.
    async fn file(&self, families: &mut [Family<'_>], from: Instant, to: Instant) -> Result<()> {
        let members = families.iter_mut().flat_map(|family| &mut family.members);
        let mut due: Vec<&mut Member<'_>> =
            members.filter(|member| (from..to).contains(&member.life.filing.at)).collect();
        due.sort_by_key(|member| (member.life.filing.at, member.place));
        let reports = try_join_all(due.iter().map(|member| self.report(member.life))).await?;
        let filings = reports.into_iter().zip(&due).map(|(report, member)| {
            let app = self.at(member.life.filing.at);
            async move { app.file_report(report).await }
        });
        let filed = try_join_all(filings).await?;
        for (member, filed) in due.iter_mut().zip(filed) {
            member.track.filed = Some(filed);
        }
        Ok(())
    }

    pub(super) async fn report(&self, life: &Life) -> Result<NewReport> {
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

    /// Everything a family does before `to`.
    async fn take_turn(&self, family: &mut Family<'_>, to: Instant) -> Result<()> {
        let known = Known::new();
        while let Some((which, step)) = family.next(to) {
            let root = family.members.first().and_then(|member| member.track.matter());
            let Some(member) = family.members.get_mut(which) else { return Ok(()) };
            member.track.next += 1;
            let others = Others { root, known: &known };
            self.take(std::slice::from_ref(step), &mut member.track, others).await?;
        }
        Ok(())
    }

    /// What one person does at one moment is one act.
    pub(super) async fn take(
        &self,
        steps: &[Step],
        track: &mut Track,
        others: Others<'_>,
    ) -> Result<()> {
        let Some(first) = steps.first() else { return Ok(()) };
        let Some(submission) = self.submission(steps, track, others).await? else { return Ok(()) };
        let app = self.at(first.at);
        match app.act(submission).await {
            Ok(_) => track.acts += steps.len(),
            Err(bihuan_app::Error::Refused(refusal)) => {
                let number = track.number();
                track.refused.push(format!("{number} {:?}: {refusal}", first.deed));
            }
            Err(fault) => return Err(fault.into()),
        }
        Ok(())
    }

    pub(super) async fn submission(
        &self,
        steps: &[Step],
        track: &mut Track,
        others: Others<'_>,
    ) -> Result<Option<Submission>> {
        let (Some(first), Some(matter)) = (steps.first(), track.matter()) else { return Ok(None) };
        let app = self.at(first.at);
        let mut composed = Composer::new(&app);
        for step in steps {
            let command = self.command(step, track, &mut composed, others).await?;
            composed.push(command);
        }
        let (sender, caller) = (sender(&app), self.cast.caller(&first.who)?);
        Ok(Some(Submission { sender, caller, matter, seen: None, composed }))
    }

    pub(super) async fn evidence(
        &self,
        composed: &mut Composer,
        proof: &Proof,
    ) -> Result<Vec<Evidence>> {
        let mut given = Vec::new();
        for shot in &proof.shots {
            let kind = if shot.fixed { EvidenceKind::After } else { EvidenceKind::Before };
            given.push(match self.files {
                Files::Sent(album) => {
                    let photo = album.take(shot.subject, shot.fixed, shot.which);
                    let photo = photo.ok_or(Error::Incomplete("a photo of the demo"))?;
                    composed.attach(kind, photo).await?
                }
                Files::Kept(shelf) => composed.attach_kept(kind, shelf.photo(shot)?)?,
            });
        }
        for _ in 0..proof.documents {
            given.push(match self.files {
                Files::Sent(_) => composed.attach(EvidenceKind::Document, document()).await?,
                Files::Kept(shelf) => {
                    composed.attach_kept(EvidenceKind::Document, &shelf.document)?
                }
            });
        }
        Ok(given)
    }

    /// The application at one moment.
    pub(super) fn at(&self, at: Instant) -> App {
        self.app.under(Arc::new(Standing(at)))
    }
}

/// Matters that one may be about beside itself.
#[derive(Clone, Copy)]
pub(super) struct Others<'a> {
    /// What it is merged into.
    pub(super) root: Option<MatterId>,
    pub(super) known: &'a Known,
}

impl Track {
    pub(super) fn matter(&self) -> Option<MatterId> {
        let drafted = self.drafted.as_ref().map(|(matter, _)| *matter);
        self.filed.as_ref().map(|filed| filed.matter).or(drafted)
    }

    fn number(&self) -> &str {
        let drafted = self.drafted.as_ref().map(|(_, number)| number.as_str());
        self.filed.as_ref().map(|filed| filed.number.as_str()).or(drafted).unwrap_or_default()
    }
}

impl<'a> Family<'a> {
    /// The member whose turn it is, and its step; the one merged into stands
    /// first, so among equals it acts first.
    pub(super) fn next(&self, to: Instant) -> Option<(usize, &'a Step)> {
        let steps = self.members.iter().enumerate().filter_map(|(which, member)| {
            let life: &'a Life = member.life;
            life.steps.get(member.track.next).map(|step| (which, step))
        });
        steps.filter(|(_, step)| step.at < to).min_by_key(|(_, step)| step.at)
    }
}

fn families(lives: &[Life]) -> Vec<Family<'_>> {
    let member = |place: usize, life| Member { place, life, track: Track::default() };
    let mut families: BTreeMap<usize, Family<'_>> = BTreeMap::new();
    // Whoever is merged into comes before what is merged into it.
    for (place, life) in lives.iter().enumerate() {
        let root = life.merged_into().unwrap_or(place);
        let family = families.entry(root).or_insert_with(|| Family { members: Vec::new() });
        family.members.push(member(place, life));
    }
    families.into_values().collect()
}

pub(super) fn sender(app: &App) -> Sender {
    Sender::new(CommandId(app.new_id()), ["demo"])
}
