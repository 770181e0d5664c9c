//! Contradictions in the catalogue, and between it and the regimes.

use super::super::diagnostic::Spot;
use super::super::limit::{limit_text, rough_minutes};
use super::super::model::{NodeLimit, WorkHours};
use super::super::parse::{Draft, DraftItem, DraftRegime};
use super::super::problem::Problem;
use crate::calendar::Limit;
use crate::matter::{DeclineGround, Step, Urgency};

pub(super) fn check(draft: &mut Draft<'_>) {
    check_limits(draft);
    check_steps_for_items(draft);
    check_classes(draft);
    check_channels(draft);
    check_answers(draft);
}

fn check_limits(draft: &mut Draft<'_>) {
    let Some(work) = &draft.work else { return };
    for item in &draft.items {
        let Some(ordinary) = item.item.limits.get(&Urgency::Ordinary) else { continue };
        if let Some((urgent, spot)) = limit_of(item, Urgency::Urgent)
            && longer(urgent, *ordinary, work)
        {
            let (urgent, ordinary) = (limit_text(urgent), limit_text(*ordinary));
            draft.out.add(spot, Problem::UrgentLonger { urgent, ordinary });
        }
        if let Some((major, spot)) = limit_of(item, Urgency::Major)
            && longer(*ordinary, major, work)
        {
            let (major, ordinary) = (limit_text(major), limit_text(*ordinary));
            draft.out.add(spot, Problem::MajorShorter { major, ordinary });
        }
    }
}

fn limit_of(item: &DraftItem, urgency: Urgency) -> Option<(Limit, Spot)> {
    Some((*item.item.limits.get(&urgency)?, *item.limits.get(&urgency)?))
}

fn longer(one: Limit, other: Limit, work: &WorkHours) -> bool {
    match (rough_minutes(one, work), rough_minutes(other, work)) {
        (Some(one), Some(other)) => one > other,
        _ => false,
    }
}

fn check_steps_for_items(draft: &mut Draft<'_>) {
    if draft.regimes.is_empty() || draft.items.is_empty() {
        return;
    }
    let any = |step| draft.regimes.iter().any(|regime| regime.steps.contains_key(&step));
    let settles = any(Step::SettleOnSpot);
    let takes_evidence = any(Step::Submit) || settles;
    let uses_limits = draft
        .regimes
        .iter()
        .any(|regime| regime.regime.nodes.iter().any(|node| node.limit == NodeLimit::Item));
    for DraftItem { item, spot, .. } in &draft.items {
        let asks = item.evidence.after + item.evidence.document > 0;
        if asks && !takes_evidence {
            draft.out.add(*spot, Problem::EvidenceNowhere { item: item.code.to_string() });
        }
        if item.on_spot && !settles {
            draft.out.add(*spot, Problem::OnSpotNowhere { item: item.code.to_string() });
        }
    }
    if let Some(regime) = draft.regimes.first().filter(|_| !uses_limits) {
        draft.out.add(regime.spot, Problem::NoHandlingNode);
    }
}

fn check_classes(draft: &mut Draft<'_>) {
    for class in &draft.classes {
        if !draft.items.iter().any(|item| item.item.class == class.value.code) {
            let name = class.value.code.to_string();
            draft.out.add(class.spot, Problem::EmptyClass { class: name });
        }
    }
}

fn check_answers(draft: &mut Draft<'_>) {
    let answers = |regime: &DraftRegime| regime.steps.contains_key(&Step::Answer);
    if draft.regimes.is_empty() || draft.regimes.iter().any(answers) {
        return;
    }
    if let Some(spot) = draft.answers.first().map(|answer| answer.spot) {
        draft.out.add(spot, Problem::AnswerNowhere);
    }
}

fn check_channels(draft: &mut Draft<'_>) {
    let declines = draft.regimes.iter().find_map(|regime| regime.steps.get(&Step::Decline));
    let Some(spot) = declines.copied() else { return };
    let named = |ground: &&DeclineGround| {
        draft.channels.iter().any(|channel| channel.value.ground == **ground)
    };
    let missing = DeclineGround::ALL.iter().filter(|ground| !named(ground));
    let grounds: Vec<&str> = missing.map(|ground| ground.code()).collect();
    if !grounds.is_empty() {
        draft.out.add(spot, Problem::GroundWithoutChannel { grounds: grounds.join(", ") });
    }
}
