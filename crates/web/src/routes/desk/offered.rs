//! What the fields of a step choose among, for one matter.

use bihuan_domain::ids::GridCode;
use bihuan_domain::matter::{Event, EvidenceKind, Step};

use super::told::Told;
use crate::pages::desk::step::Offered;
use crate::view::day;
use crate::view::field::Choice;

/// Only what the step needs is looked up: the catalogue and the units are long.
pub(crate) fn offered(told: &Told<'_>, step: Step) -> Offered {
    let mut offered = Offered::default();
    match step {
        Step::Accept | Step::AmendClass => offered.items = items(told),
        Step::Dispatch
        | Step::Adjudicate
        | Step::Return
        | Step::RequestTransfer
        | Step::Transfer
        | Step::CoHandle
        | Step::SetObjectUnit => offered.units = units(told),
        Step::RequestVerification | Step::AmendPlace => offered.grids = grids(told),
        Step::Decline => offered.channels = channels(told),
        Step::RequestExtension => offered.nodes = nodes(told),
        Step::Submit | Step::SettleOnSpot => offered.evidence_wanted = wanted(told),
        Step::Answer => offered.photos = photos(told),
        Step::ApproveAnswer => offered.draft = draft(told),
        _ => {}
    }
    offered
}

fn items(told: &Told<'_>) -> Vec<Choice> {
    let items = told.view.playbook.items.values();
    items.map(|item| Choice::new(item.code.as_str(), told.pick(&item.name))).collect()
}

fn units(told: &Told<'_>) -> Vec<Choice> {
    let rules = told.app.rules();
    let standing = rules.units.values().filter(|unit| !unit.is_gone && unit.above.is_some());
    standing.map(|unit| Choice::new(unit.code.as_str(), told.pick(&unit.name))).collect()
}

/// The grids of the matter's own community, else the towns.
fn grids(told: &Told<'_>) -> Vec<Choice> {
    let around = told.view.matter.whereabouts.grid.as_ref().map(community);
    let grids = told.view.playbook.grids.iter().filter(|grid| match &around {
        Some(around) => grid.code.within(around),
        None => grid.level == 1,
    });
    grids.map(|grid| Choice::new(grid.code.as_str(), told.pick(&grid.name))).collect()
}

/// The first two levels of a grid code.
fn community(grid: &GridCode) -> GridCode {
    let levels: Vec<&str> = grid.as_str().splitn(3, '-').take(2).collect();
    GridCode::new(levels.join("-"))
}

fn channels(told: &Told<'_>) -> Vec<Choice> {
    let channels = told.view.playbook.channels.values();
    channels
        .map(|channel| {
            Choice::new(channel.code.as_str(), told.pick(&channel.name))
                .hint(told.pick(&channel.advice))
        })
        .collect()
}

fn nodes(told: &Told<'_>) -> Vec<Choice> {
    let Some(regime) = told.regime() else { return Vec::new() };
    let extendable = regime.nodes.iter().filter(|rule| rule.extendable);
    let open = extendable.filter_map(|rule| told.view.matter.nodes.get(&rule.code));
    open.filter(|node| node.is_open())
        .map(|node| {
            let due = told.day(node.due.due_at);
            let words = day::plain(told.lang, &due, told.view.now.date().year());
            Choice::new(node.code.as_str(), told.node_name(&node.code)).hint(words)
        })
        .collect()
}

fn wanted(told: &Told<'_>) -> Option<String> {
    let item = told.view.playbook.items.get(told.view.matter.item.as_ref()?)?;
    let missing = item.evidence.missing(told.view.matter.fresh_evidence.iter())?;
    let key = told.lang.tr("matter-evidence-wanted");
    Some(format!("{key} {}", super::matter::evidence_wanted(told, &missing)))
}

/// Photos of the handling and the check; never the reporter's own by default.
fn photos(told: &Told<'_>) -> Vec<Choice> {
    let taken = told.view.recorded.iter().flat_map(|entry| match &entry.event {
        Event::Acted { evidence, .. }
        | Event::Submitted { evidence, .. }
        | Event::Checked { evidence, .. } => evidence.as_slice(),
        _ => &[],
    });
    taken
        .filter(|evidence| evidence.kind != EvidenceKind::Document)
        .filter_map(|evidence| {
            let shot = told.shot(evidence)?;
            Some(Choice::new(evidence.content.to_string(), shot.caption))
        })
        .collect()
}

fn draft(told: &Told<'_>) -> Option<String> {
    let draft = told.view.matter.draft.as_ref()?;
    told.view.text(Some(draft.answer)).map(ToOwned::to_owned)
}
