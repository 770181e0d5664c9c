//! Contradictions inside one regime.

use std::collections::BTreeSet;

use super::super::diagnostic::Spot;
use super::super::model::{AtLimit, EvidenceRule, NodeLimit, NodeRule, Trigger};
use super::super::parse::{Draft, DraftRegime};
use super::super::problem::Problem;
use crate::access::Role;
use crate::matter::{Step, Urgency};

/// A step that makes no sense unless the other exists too.
const NEEDS: [(Step, Step); 18] = [
    (Step::ApproveFiling, Step::Redraft),
    (Step::Slip, Step::SignSlip),
    (Step::ProposeCriticism, Step::Criticise),
    (Step::Object, Step::Review),
    (Step::Merge, Step::Unmerge),
    (Step::RequestVerification, Step::Verify),
    (Step::Accept, Step::Dispatch),
    (Step::Dispatch, Step::Sign),
    (Step::Sign, Step::Submit),
    (Step::Return, Step::Adjudicate),
    (Step::RequestTransfer, Step::Transfer),
    (Step::RequestExtension, Step::Extend),
    (Step::Suspend, Step::Resume),
    (Step::Submit, Step::Check),
    (Step::SettleOnSpot, Step::Check),
    (Step::Check, Step::Close),
    (Step::Ask, Step::Supplement),
    (Step::ApproveAnswer, Step::Answer),
];

pub(super) fn check(draft: &mut Draft<'_>) {
    let regimes = std::mem::take(&mut draft.regimes);
    for regime in &regimes {
        check_steps(regime, draft);
        check_settings(regime, draft);
        check_checker(regime, draft);
        check_slips(regime, draft);
        for (node, spot) in regime.regime.nodes.iter().zip(&regime.nodes) {
            check_node(node, *spot, regime, draft);
        }
        check_overlaps(regime, draft);
    }
    draft.regimes = regimes;
}

fn check_steps(regime: &DraftRegime, draft: &mut Draft<'_>) {
    if !regime.steps.contains_key(&Step::File) && !regime.steps.contains_key(&Step::Import) {
        let needs = Step::File.code().to_owned();
        draft
            .out
            .add(regime.spot, Problem::SettingNeedsStep { setting: "steps".to_owned(), needs });
    }
    for (step, needs) in NEEDS {
        let Some(spot) = regime.steps.get(&step) else { continue };
        let closes_itself = needs == Step::Close && regime.regime.close_on_check
            || needs == Step::Submit && regime.regime.close_on_sign;
        if !regime.steps.contains_key(&needs) && !closes_itself {
            let (step, needs) = (step.code().to_owned(), needs.code().to_owned());
            draft.out.add(*spot, Problem::StepNeedsStep { step, needs });
        }
    }
}

fn check_settings(regime: &DraftRegime, draft: &mut Draft<'_>) {
    let rules = &regime.regime;
    let verifies = !rules.verify_first.is_empty();
    let wanted = [
        ("answer_before_closing", !rules.answer_before_closing.is_empty(), Step::Answer),
        ("answer_approval", rules.answer_approval, Step::ApproveAnswer),
        ("verify_first", verifies, Step::RequestVerification),
        ("returns", rules.returns > 0, Step::Return),
        ("extensions", rules.extensions > 0, Step::RequestExtension),
        ("look_back_days", rules.look_back_days.is_some(), Step::LookBack),
        ("approve_filing", rules.approve_filing, Step::ApproveFiling),
        ("close_on_sign", rules.close_on_sign, Step::Sign),
        ("grades", rules.grades, Step::Close),
        ("publicity", rules.publicity.is_some(), Step::Publicise),
        ("objection_days", rules.objection_days.is_some(), Step::Object),
        ("slip", !rules.slips.is_empty(), Step::Slip),
        (
            "proposes_criticism",
            rules.slips.iter().any(|slip| slip.proposes_criticism),
            Step::Criticise,
        ),
        ("apart_days", rules.apart_days.is_some(), Step::ApproveFiling),
        ("extension_until", rules.extension_until.is_some(), Step::RequestExtension),
        ("check_note", rules.check_note, Step::Check),
        ("alike", rules.alike, Step::Submit),
        ("evidence", rules.evidence != EvidenceRule::default(), Step::Submit),
    ];
    for (setting, set, step) in wanted {
        if set && !regime.steps.contains_key(&step) {
            let (setting, needs) = (setting.to_owned(), step.code().to_owned());
            draft.out.add(regime.spot, Problem::SettingNeedsStep { setting, needs });
        }
    }
    let allowed = [
        (Step::Return, "returns", rules.returns),
        (Step::RequestExtension, "extensions", rules.extensions),
        (Step::Rate, "rating_days", rules.rating_days),
    ];
    for (step, setting, times) in allowed {
        if let Some(spot) = regime.steps.get(&step).filter(|_| times == 0) {
            let (step, setting) = (step.code().to_owned(), setting.to_owned());
            draft.out.add(*spot, Problem::StepNeverAllowed { step, setting });
        }
    }
    if rules.extensions > 0 && rules.extension_percent == 0 {
        draft.out.add(regime.spot, Problem::ExtensionOfNothing);
    }
    if rules.extensions > 0 && !rules.nodes.iter().any(|node| node.extendable) {
        draft.out.add(regime.spot, Problem::NothingToExtend);
    }
    if let Some(spot) = regime.steps.get(&Step::Suspend)
        && !rules.nodes.iter().any(|node| node.pausable)
    {
        draft.out.add(*spot, Problem::NothingToPause);
    }
}

fn check_slips(regime: &DraftRegime, draft: &mut Draft<'_>) {
    let slips = &regime.regime.slips;
    let twice =
        slips.iter().zip(slips.iter().skip(1)).find(|(one, next)| one.colour == next.colour);
    if let Some((slip, _)) = twice {
        let colour = slip.colour.code().to_owned();
        draft.out.add(regime.spot, Problem::SlipTwice { colour });
    }
}

/// Handler and checker are always two persons, so at least one role that checks
/// must not be a role that handles.
fn check_checker(regime: &DraftRegime, draft: &mut Draft<'_>) {
    let roles = |step| {
        let rule = regime.regime.steps.get(&step);
        rule.map(|rule| rule.by.clone()).unwrap_or_default()
    };
    let handlers: BTreeSet<Role> = &roles(Step::Submit) | &roles(Step::SettleOnSpot);
    let checkers = roles(Step::Check);
    if checkers.is_empty() || !checkers.is_subset(&handlers) {
        return;
    }
    let Some(spot) = regime.steps.get(&Step::Check) else { return };
    let names: Vec<&str> = checkers.iter().map(|role| role.code()).collect();
    draft.out.add(*spot, Problem::CheckerIsHandler { roles: names.join(", ") });
}

fn check_node(node: &NodeRule, spot: Spot, regime: &DraftRegime, draft: &mut Draft<'_>) {
    let name = node.code.to_string();
    if node.met_by.rank() <= node.starts.rank() {
        let (starts, ends) = (node.starts.code().to_owned(), node.met_by.code().to_owned());
        draft.out.add(spot, Problem::NodeEndsFirst { node: name.clone(), starts, ends });
    }
    for kind in node.only.difference(&regime.regime.kinds) {
        let (node, kind) = (name.clone(), kind.code().to_owned());
        draft.out.add(spot, Problem::KindNotOfRegime { node, kind });
    }
    check_dates(node, spot, regime, draft);
    for trigger in [node.starts, node.met_by].into_iter().chain(node.or_met_by) {
        check_trigger(trigger, spot, regime, draft);
    }
    if node.limit == NodeLimit::Item && node.starts.rank() < Trigger::Accepted.rank() {
        let starts = node.starts.code().to_owned();
        draft.out.add(spot, Problem::ItemLimitTooEarly { node: name.clone(), starts });
    }
    let system_signs =
        regime.regime.steps.get(&Step::Sign).is_some_and(|rule| rule.by.contains(&Role::System));
    let signs = node.met_by == Trigger::Signed && system_signs;
    if node.at_limit == Some(AtLimit::Sign) && !signs {
        draft.out.add(spot, Problem::AutoSignImpossible { node: name });
    }
}

/// Ends and dates that cannot come.
fn check_dates(node: &NodeRule, spot: Spot, regime: &DraftRegime, draft: &mut Draft<'_>) {
    let name = node.code.to_string();
    if node.or_met_by == Some(node.met_by) {
        draft.out.add(spot, Problem::SameEndTwice { node: name.clone() });
    }
    if node.mandatory && node.met_by.rank() >= Trigger::Submitted.rank() {
        draft.out.add(spot, Problem::NeverSubmitted { node: name.clone() });
    }
    if node.repeats && node.met_by != Trigger::Acted {
        draft.out.add(spot, Problem::RepeatsWithoutReport { node: name.clone() });
    }
    let of_plan = matches!(node.limit, NodeLimit::NextStage | NodeLimit::PlanEnd);
    if of_plan && node.starts.rank() < Trigger::Planned.rank() {
        let starts = node.starts.code().to_owned();
        draft.out.add(spot, Problem::PlanLimitTooEarly { node: name.clone(), starts });
    }
    let takes_given = |other: &NodeRule| other.limit == NodeLimit::Given;
    if node.unless_given && !regime.regime.nodes.iter().any(takes_given) {
        draft.out.add(spot, Problem::GivenNowhere { node: name });
    }
}

fn check_trigger(trigger: Trigger, spot: Spot, regime: &DraftRegime, draft: &mut Draft<'_>) {
    if trigger.steps().iter().any(|step| regime.steps.contains_key(step)) {
        return;
    }
    let steps: Vec<&str> = trigger.steps().iter().map(|step| step.code()).collect();
    let (trigger, steps) = (trigger.code().to_owned(), steps.join(" / "));
    draft.out.add(spot, Problem::TriggerWithoutStep { trigger, steps });
}

/// Two limits for the same stretch contradict each other. 13710's nodes do not:
/// day 3 and day 7 end with different acts or are kept apart by urgency, and of
/// several nodes met by progress each waits for a report of its own.
fn check_overlaps(regime: &DraftRegime, draft: &mut Draft<'_>) {
    let nodes: Vec<_> = regime.regime.nodes.iter().zip(&regime.nodes).collect();
    for (index, (node, spot)) in nodes.iter().enumerate() {
        let earlier = nodes.iter().take(index).find(|(other, _)| {
            let same = other.starts == node.starts
                && other.met_by == node.met_by
                && node.met_by != Trigger::Acted;
            // A date that was given stands instead of the other's.
            let instead = |given: &NodeRule, other: &NodeRule| {
                given.limit == NodeLimit::Given && other.unless_given
            };
            let apart = instead(node, other) || instead(other, node);
            same && !apart
                && Urgency::ALL
                    .iter()
                    .any(|urgency| other.applies(*urgency) && node.applies(*urgency))
        });
        if let Some((other, _)) = earlier {
            let (node, other) = (node.code.to_string(), other.code.to_string());
            draft.out.add(**spot, Problem::NodesOverlap { node, other });
        }
    }
}
