//! Whether it is the moment for a step on this matter: everything that can be
//! said before the command's own content is known. Pages use it to list what
//! can be done now and, for the rest, why not.

use super::decide::Facts;
use super::event::Actor;
use super::kind::{Stage, Step};
use super::legal::{is_legal, legal_steps};
use super::state::Matter;
use crate::access::may_take;
use crate::instant::Instant;
use crate::playbook::model::Regime;
use crate::refusal::{Reason, Refusal};

/// One step and whether it can be taken now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub step: Step,
    pub verdict: Result<(), Refusal>,
}

/// Every step of the regime that the post may ever take on this matter, with
/// the reason where it cannot be taken now.
pub fn options(matter: &Matter, actor: &Actor, facts: &Facts<'_>, now: Instant) -> Vec<Choice> {
    let Ok(regime) = facts.regime(&matter.regime) else { return Vec::new() };
    regime
        .steps
        .keys()
        .filter(|step| !matches!(step, Step::File | Step::Import))
        .filter(|step| may_take(actor, **step, matter, regime, facts.units).is_ok())
        .map(|&step| Choice { step, verdict: guard(matter, step, actor, regime, facts, now) })
        .collect()
}

pub(super) fn guard(
    matter: &Matter,
    step: Step,
    actor: &Actor,
    regime: &Regime,
    facts: &Facts<'_>,
    now: Instant,
) -> Result<(), Refusal> {
    stage_allows(matter, step, regime)?;
    match step {
        Step::Accept => {
            if regime.verify_first.contains(&matter.source) && matter.verified.is_none() {
                return Err(Reason::VerifyFirst.into());
            }
        }
        Step::Return => may_return(matter, regime)?,
        Step::RequestTransfer if matter.transfer.is_some() => {
            return Err(Reason::TransferPending.into());
        }
        Step::Transfer => {
            let request = matter.transfer.as_ref().ok_or(Reason::NothingRequested)?;
            not_own(actor, request.person)?;
        }
        Step::RequestExtension => may_ask_for_time(matter, regime)?,
        Step::Extend => {
            let request = matter.extension.as_ref().ok_or(Reason::NothingRequested)?;
            not_own(actor, request.person)?;
        }
        Step::Suspend if matter.suspended_until.is_some() => {
            return Err(Reason::AlreadySuspended.into());
        }
        Step::Resume if matter.suspended_until.is_none() => {
            return Err(Reason::NotSuspended.into());
        }
        Step::Submit if matter.suspended_until.is_some() => return Err(Reason::Suspended.into()),
        Step::Submit | Step::SettleOnSpot if matter.item.is_none() => {
            return Err(Reason::ItemNeeded.into());
        }
        Step::SettleOnSpot => {
            let item = matter.item.as_ref().ok_or(Reason::ItemNeeded)?;
            if !facts.item(item)?.on_spot {
                return Err(Refusal::new(Reason::OnSpotNotAllowed).with("item", item));
            }
        }
        Step::Check | Step::LookBack => may_check(matter, actor)?,
        Step::Close => {
            not_a_handler(matter, actor)?;
            if regime.answer_before_closing && matter.answer.is_none() {
                return Err(Reason::AnswerNeeded.into());
            }
        }
        Step::ApproveAnswer => {
            let draft = matter.draft.as_ref().ok_or(Reason::NoAnswerDrafted)?;
            not_own(actor, draft.by)?;
        }
        Step::Rate => may_rate(matter, regime, now)?,
        Step::ReadIdentity if matter.identity.is_none() => return Err(Reason::NoIdentity.into()),
        _ => {}
    }
    Ok(())
}

fn stage_allows(matter: &Matter, step: Step, regime: &Regime) -> Result<(), Refusal> {
    if is_legal(matter.stage, step) {
        return Ok(());
    }
    if step == Step::Return && matter.stage == Stage::Handling {
        return Err(Reason::ReturnAfterSigning.into());
    }
    let legal: Vec<&str> = legal_steps(matter.stage)
        .into_iter()
        .filter(|step| regime.steps.contains_key(step))
        .map(Step::code)
        .collect();
    Err(Refusal::new(Reason::NotNow)
        .with("step", step.code())
        .with("stage", matter.stage.code())
        .with("legal", legal.join(",")))
}

fn may_return(matter: &Matter, regime: &Regime) -> Result<(), Refusal> {
    if matter.lead.as_ref().is_some_and(|lead| lead.is_final) {
        return Err(Reason::Adjudicated.into());
    }
    if matter.returns >= regime.returns {
        return Err(Reason::AlreadyReturnedOnce.into());
    }
    Ok(())
}

fn may_ask_for_time(matter: &Matter, regime: &Regime) -> Result<(), Refusal> {
    if matter.extension.is_some() {
        return Err(Reason::ExtensionPending.into());
    }
    if matter.extensions >= regime.extensions {
        return Err(Refusal::new(Reason::ExtensionsUsedUp).with("limit", regime.extensions));
    }
    if matter.suspended_until.is_some() {
        return Err(Reason::Suspended.into());
    }
    Ok(())
}

fn may_check(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    not_a_handler(matter, actor)?;
    if actor.person.is_some_and(|person| matter.past_checkers.contains(&person)) {
        return Err(Reason::AnotherCheckerNeeded.into());
    }
    Ok(())
}

/// Promise 3: the one who checks or closes is never one who handled.
fn not_a_handler(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    if actor.person.is_some_and(|person| matter.handlers.contains(&person)) {
        return Err(Reason::HandlerMayNotCheck.into());
    }
    Ok(())
}

fn not_own(actor: &Actor, asked_by: Option<crate::ids::PersonId>) -> Result<(), Refusal> {
    if actor.person.is_some() && actor.person == asked_by {
        return Err(Reason::OwnRequest.into());
    }
    Ok(())
}

/// The reporter confirms what was settled on the spot, or rates what is closed.
fn may_rate(matter: &Matter, regime: &Regime, now: Instant) -> Result<(), Refusal> {
    if matter.stage == Stage::Checking && !matter.settled_on_spot {
        return Err(Refusal::new(Reason::NotNow)
            .with("step", Step::Rate.code())
            .with("stage", matter.stage.code())
            .with("legal", ""));
    }
    if matter.rating.is_some() {
        return Err(Reason::AlreadyRated.into());
    }
    let days = i64::from(regime.rating_days);
    if matter.closed_at.is_some_and(|closed| now > closed.plus_days(days)) {
        return Err(Refusal::new(Reason::RatingClosed).with("days", days));
    }
    Ok(())
}
