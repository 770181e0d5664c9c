//! Which acts of the past other rules would have refused.
//!
//! Only what the rules decide is asked: whether the step exists, whether it was
//! its moment, what it had to bring. An act counts as refused where the other
//! rules refuse it and its own did not; by which post it was taken is left
//! aside, since another post would have taken it.

use crate::instant::Instant;
use crate::matter::decide::{evidence_wanted, has_date, of_regime};
use crate::matter::event::{Actor, Event};
use crate::matter::facts::Facts;
use crate::matter::guard::guard;
use crate::matter::kind::{Stage, Step};
use crate::matter::state::Matter;
use crate::playbook::model::Regime;
use crate::refusal::{Reason, Refusal};

/// Why a matter cannot be replayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The other rules know no such regime.
    NoSuchRegime,
    /// It would have waited for an approval, or for a triage, that never came.
    BeginsOtherwise,
    Refused {
        step: Step,
        refusal: Refusal,
    },
}

/// A matter just before an act, and the rules it is under.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) facts: &'a Facts<'a>,
    pub(super) regime: &'a Regime,
    pub(super) matter: Option<&'a Matter>,
}

type Check = fn(&Event, Step, &Actor, Instant, Side<'_>) -> Result<(), Refusal>;

const CHECKS: [Check; 3] = [exists, is_its_moment, brings_enough];

pub(super) fn obstacle(
    event: &Event,
    actor: &Actor,
    now: Instant,
    was: Side<'_>,
    would: Side<'_>,
) -> Option<Obstacle> {
    if let Event::Filed { stage, .. } = event
        && begins_otherwise(*stage, was.regime, would.regime)
    {
        return Some(Obstacle::BeginsOtherwise);
    }
    // More time is given or it is not, and slips follow the dates: neither is an
    // act that could have been another.
    if matches!(
        event,
        Event::ExtensionRequested { .. }
            | Event::ExtensionDecided { .. }
            | Event::SlipIssued { .. }
            | Event::SlipSigned
    ) {
        return None;
    }
    let step = event.step()?;
    CHECKS.into_iter().find_map(|check| {
        let refusal = check(event, step, actor, now, would).err()?;
        check(event, step, actor, now, was).ok()?;
        Some(Obstacle::Refused { step, refusal })
    })
}

/// A draft that needs no approval may still wait for the one it was given.
fn begins_otherwise(stage: Stage, was: &Regime, would: &Regime) -> bool {
    let waits_now = would.approve_filing && !was.approve_filing && stage != Stage::Drafted;
    waits_now || was.catalogue != would.catalogue
}

fn exists(_: &Event, step: Step, _: &Actor, _: Instant, side: Side<'_>) -> Result<(), Refusal> {
    if side.regime.steps.contains_key(&step) {
        return Ok(());
    }
    Err(Refusal::new(Reason::NotInRegime)
        .with("step", step.code())
        .with("regime", &side.regime.code))
}

fn is_its_moment(
    _: &Event,
    step: Step,
    actor: &Actor,
    now: Instant,
    side: Side<'_>,
) -> Result<(), Refusal> {
    let Some(matter) = side.matter else { return Ok(()) };
    // Whenever a unit signs, at the limit it is taken to have.
    if step == Step::Sign {
        return Ok(());
    }
    guard(matter, step, actor, side.regime, side.facts, now)
}

fn brings_enough(
    event: &Event,
    _: Step,
    _: &Actor,
    _: Instant,
    side: Side<'_>,
) -> Result<(), Refusal> {
    let Side { facts, regime, matter } = side;
    match event {
        Event::Filed { item, urgency, brief, .. } => {
            let due_on = brief.as_ref().and_then(|brief| brief.due_on);
            item.iter().try_for_each(|item| facts.item(item).map(drop))?;
            of_regime(*urgency, regime)?;
            has_date(due_on, *urgency, regime)
        }
        Event::Accepted { item, urgency } => {
            facts.item(item)?;
            of_regime(*urgency, regime)
        }
        Event::ClassAmended { item, urgency, .. } => {
            item.iter().try_for_each(|item| facts.item(item).map(drop))?;
            of_regime(*urgency, regime)
        }
        Event::Declined { channel, .. } if !facts.playbook.channels.contains_key(channel) => {
            Err(Refusal::new(Reason::UnknownChannel).with("channel", channel))
        }
        Event::Submitted { evidence, on_the_spot, alike, .. } => {
            let Some(matter) = matter else { return Ok(()) };
            if regime.alike && alike.is_none() {
                return Err(Reason::AlikeNeeded.into());
            }
            let wanted = evidence_wanted(matter, regime, facts, *on_the_spot)?;
            let missing = wanted.missing(matter.fresh_evidence.iter().chain(evidence));
            missing.map_or(Ok(()), |missing| {
                let refusal = Refusal::new(Reason::EvidenceNeeded).with("missing", missing);
                Err(match &matter.item {
                    Some(item) => refusal.with("item", item),
                    None => refusal,
                })
            })
        }
        Event::Checked { note: None, .. } if regime.check_note => {
            Err(Reason::CheckNoteNeeded.into())
        }
        Event::Closed { grade: None, .. } if regime.grades => Err(Reason::GradeNeeded.into()),
        _ => Ok(()),
    }
}
