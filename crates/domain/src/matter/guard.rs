//! Whether it is the moment for a step on this matter: everything that can be
//! said before the command's own content is known. Pages use it to list what
//! can be done now and, for the rest, why not.

use super::brief::Criticism;
use super::event::Actor;
use super::facts::Facts;
use super::kind::{Stage, Step};
use super::legal::{is_legal, legal_steps};
use super::slips::objected_to;
use super::state::Matter;
use crate::access::{Role, may_take};
use crate::clock::Node;
use crate::ids::PersonId;
use crate::instant::Instant;
use crate::playbook::model::{AtLimit, NodeLimit, NodeRule, Regime};
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
        Step::Accept
            if regime.verify_first.contains(&matter.source) && matter.verified.is_none() =>
        {
            return Err(Reason::VerifyFirst.into());
        }
        Step::Sign => may_sign(matter, actor, regime, now)?,
        Step::Return => may_return(matter, regime, now)?,
        Step::UndoDispatch if is_taken_as_signed(matter, regime, now) => {
            return Err(not_now(matter, step, regime));
        }
        Step::RequestTransfer if matter.transfer.is_some() => {
            return Err(Reason::TransferPending.into());
        }
        Step::RequestTransfer => not_suspended(matter)?,
        Step::Transfer => {
            not_suspended(matter)?;
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
        Step::ApproveFiling => not_own(actor, matter.drafter)?,
        Step::Plan => may_plan(matter, regime)?,
        Step::SignSlip if matter.slips.iter().all(|slip| slip.signed_at.is_some()) => {
            return Err(Reason::NothingToSign.into());
        }
        Step::Criticise => may_criticise(matter, actor)?,
        Step::ProposeCriticism
            if matter.criticism.is_proposed() || matter.criticism.is_approved() =>
        {
            return Err(Reason::CriticismPending.into());
        }
        Step::Object => may_object(matter, regime, now)?,
        Step::Review => may_review(matter, actor)?,
        Step::Publicise if matter.publicised_until.is_some() => {
            return Err(Reason::AlreadyPublicised.into());
        }
        Step::StrikeOff => may_strike_off(matter, regime, now)?,
        Step::Submit => {
            not_suspended(matter)?;
            may_submit(matter, regime, facts, now)?;
        }
        Step::Withdraw => parts_are_over(facts)?,
        Step::SettleOnSpot => {
            let item = matter.item.as_ref().ok_or(Reason::ItemNeeded)?;
            if !facts.item(item)?.on_spot {
                return Err(Refusal::new(Reason::OnSpotNotAllowed).with("item", item));
            }
        }
        Step::Check => {
            may_confirm(matter, actor)?;
            may_check(matter, actor)?;
        }
        Step::LookBack => may_check(matter, actor)?,
        Step::Close => {
            not_a_handler(matter, actor)?;
            if regime.needs_answer(matter.source) && matter.answer.is_none() {
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
    Err(not_now(matter, step, regime))
}

fn not_now(matter: &Matter, step: Step, regime: &Regime) -> Refusal {
    let legal: Vec<&str> = legal_steps(matter.stage)
        .into_iter()
        .filter(|other| *other != step && regime.steps.contains_key(other))
        .map(Step::code)
        .collect();
    Refusal::new(Reason::NotNow)
        .with("step", step.code())
        .with("stage", matter.stage.code())
        .with("legal", legal.join(","))
}

/// When the unit is taken to have signed, if the regime says so.
pub(super) fn limit_of_signing(matter: &Matter, regime: &Regime) -> Option<Instant> {
    let signs = regime.nodes.iter().filter(|rule| rule.at_limit == Some(AtLimit::Sign));
    let open = signs.filter_map(|rule| matter.nodes.get(&rule.code)).filter(|node| node.is_open());
    open.map(|node| node.due.due_at).min()
}

/// An automatic act takes effect at its limit, even where it is recorded later.
fn is_taken_as_signed(matter: &Matter, regime: &Regime, now: Instant) -> bool {
    limit_of_signing(matter, regime).is_some_and(|limit| now > limit)
}

fn may_sign(matter: &Matter, actor: &Actor, regime: &Regime, now: Instant) -> Result<(), Refusal> {
    let limit = limit_of_signing(matter, regime);
    if actor.role == Role::System && limit.is_none_or(|limit| now < limit) {
        return Err(not_now(matter, Step::Sign, regime));
    }
    Ok(())
}

fn may_return(matter: &Matter, regime: &Regime, now: Instant) -> Result<(), Refusal> {
    if is_taken_as_signed(matter, regime, now) {
        return Err(Reason::ReturnAfterSigning.into());
    }
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
    let mut open = regime
        .nodes
        .iter()
        .filter(|rule| rule.extendable)
        .filter_map(|rule| matter.nodes.get(&rule.code))
        .filter(|node| node.is_open())
        .peekable();
    if open.peek().is_some() && !open.any(|node| may_extend(node, regime)) {
        return Err(Refusal::new(Reason::ExtensionsUsedUp).with("limit", regime.extensions));
    }
    not_suspended(matter)
}

/// Whether a node may be extended once more in this round.
pub(super) fn may_extend(node: &Node, regime: &Regime) -> bool {
    u32::try_from(node.extensions.len()).is_ok_and(|granted| granted < regime.extensions)
}

fn not_suspended(matter: &Matter) -> Result<(), Refusal> {
    if matter.suspended_until.is_some() {
        return Err(Reason::Suspended.into());
    }
    Ok(())
}

/// Promise 3: what was settled on the spot is confirmed by the reporter or by
/// the grid leader, not by a colleague.
fn may_confirm(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    if matter.settled_on_spot && actor.role != Role::GridLeader {
        return Err(Refusal::new(Reason::NotYourRole)
            .with("step", Step::Check.code())
            .with("role", actor.role.code()));
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

/// A total must add up: what was broken down is done when its parts are, and
/// what must be reported on the way was.
fn may_submit(
    matter: &Matter,
    regime: &Regime,
    facts: &Facts<'_>,
    now: Instant,
) -> Result<(), Refusal> {
    if regime.catalogue && matter.item.is_none() {
        return Err(Reason::ItemNeeded.into());
    }
    parts_are_over(facts)?;
    for rule in regime.nodes.iter().filter(|rule| rule.mandatory) {
        let node = matter.nodes.get(&rule.code).filter(|node| node.is_open());
        if let Some(node) = node {
            was_reported(matter, rule, node, now)?;
        }
    }
    Ok(())
}

fn parts_are_over(facts: &Facts<'_>) -> Result<(), Refusal> {
    if facts.open_parts > 0 {
        return Err(Refusal::new(Reason::PartsOpen).with("parts", facts.open_parts));
    }
    Ok(())
}

/// What must hold for a time is not done before that time has passed, however
/// early it was reported.
fn was_reported(
    matter: &Matter,
    rule: &NodeRule,
    node: &Node,
    now: Instant,
) -> Result<(), Refusal> {
    if !matter.reported.contains(&rule.code) {
        return Err(Refusal::new(Reason::ReportNeeded).with("node", &rule.code));
    }
    let lasts = rule.repeats && matches!(rule.limit, NodeLimit::Fixed(_));
    if lasts && now < node.started_at {
        return Err(Refusal::new(Reason::PeriodNotOver)
            .with("node", &rule.code)
            .with("until", node.started_at.date()));
    }
    Ok(())
}

/// A clock that runs to a date of the plan is moved by an extension, which
/// someone else decides, and not by another plan.
fn may_plan(matter: &Matter, regime: &Regime) -> Result<(), Refusal> {
    let runs_to_plan = |rule: &&NodeRule| {
        let of_plan = matches!(rule.limit, NodeLimit::NextStage | NodeLimit::PlanEnd);
        of_plan && matter.nodes.get(&rule.code).is_some_and(Node::is_open)
    };
    if regime.nodes.iter().any(|rule| runs_to_plan(&rule)) {
        return Err(Reason::PlannedBefore.into());
    }
    not_suspended(matter)
}

fn may_criticise(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    let Criticism::Proposed(by) = matter.criticism else {
        return Err(Reason::NothingRequested.into());
    };
    not_own(actor, by)?;
    not_a_handler(matter, actor)
}

/// 政府督查工作条例 Art. 17: within thirty days, once about the same thing.
fn may_object(matter: &Matter, regime: &Regime, now: Instant) -> Result<(), Refusal> {
    if matter.objection.is_some() {
        return Err(Reason::ObjectionPending.into());
    }
    let Some(days) = regime.objection_days else {
        return Err(Refusal::new(Reason::NotInRegime)
            .with("step", Step::Object.code())
            .with("regime", &regime.code));
    };
    let from = objected_to(matter).ok_or(Reason::NothingToObjectTo)?;
    if matter.objected_at.is_some_and(|at| from <= at) {
        return Err(Reason::ObjectedBefore.into());
    }
    if now > from.plus_days(i64::from(days)) {
        return Err(Refusal::new(Reason::ObjectionTooLate).with("days", days));
    }
    Ok(())
}

/// Art. 17 as well: whoever took part does not review.
fn may_review(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    matter.objection.as_ref().ok_or(Reason::NothingRequested)?;
    if actor.person.is_some_and(|person| matter.took_part.contains(&person)) {
        return Err(Reason::TookPart.into());
    }
    Ok(())
}

fn may_strike_off(matter: &Matter, regime: &Regime, now: Instant) -> Result<(), Refusal> {
    if matter.objection.is_some() {
        return Err(Reason::ObjectionPending.into());
    }
    if regime.publicity.is_none() {
        return Ok(());
    }
    match matter.publicised_until {
        None => Err(Reason::PublicityNeeded.into()),
        Some(until) if now <= until => {
            Err(Refusal::new(Reason::PublicityNotOver).with("until", until.date()))
        }
        Some(_) => Ok(()),
    }
}

fn not_own(actor: &Actor, asked_by: Option<PersonId>) -> Result<(), Refusal> {
    if actor.person.is_some() && actor.person == asked_by {
        return Err(Reason::OwnRequest.into());
    }
    Ok(())
}

/// The reporter confirms what was settled on the spot, or rates what is closed.
fn may_rate(matter: &Matter, regime: &Regime, now: Instant) -> Result<(), Refusal> {
    if matter.stage == Stage::Checking {
        if !matter.settled_on_spot {
            return Err(not_now(matter, Step::Rate, regime));
        }
        // A grid worker's own report: the receipt's code does not make of the
        // one who settled it a second pair of eyes.
        if matter.reporter_person.is_some_and(|person| matter.handlers.contains(&person)) {
            return Err(Reason::HandlerMayNotCheck.into());
        }
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
