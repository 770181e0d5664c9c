//! What only the whole can tell: names nothing declares, sections missing,
//! contradictions between parts. Ends with a compiled playbook or with every
//! finding.

mod area;
mod burden;
mod catalogue;
mod paper;
mod regime;

use super::diagnostic::{Diagnostic, Spot};
use super::model::Playbook;
use super::parse::{Draft, Kind};
use super::problem::Problem;
use super::source::Source;
use super::{Checked, nearest};

pub(super) fn compile(source: &Source) -> Result<Checked, Vec<Diagnostic>> {
    let mut draft = Draft::read(source);
    area::generate_grids(&mut draft);
    if !draft.incomplete {
        draft.resolve();
        check_sections(&mut draft);
        area::check(&mut draft);
        catalogue::check(&mut draft);
        paper::check(&mut draft);
        burden::check(&mut draft);
        check_cases(&mut draft);
    }
    regime::check(&mut draft);
    finish(draft, source)
}

fn check_sections(draft: &mut Draft<'_>) {
    if !draft.sections.contains_key("playbook") {
        draft.out.add(Spot::START, Problem::NoPlaybook);
    }
    if !draft.sections.contains_key("work") {
        draft.out.add(Spot::START, Problem::NoWorkHours);
    }
    if draft.regimes.is_empty() && !draft.declares_any(Kind::Regime) {
        draft.out.add(Spot::START, Problem::NoRegime);
    }
}

/// A case may only name nodes its regime has.
fn check_cases(draft: &mut Draft<'_>) {
    for case in &draft.cases {
        if case.due.is_empty() && case.unit.is_none() {
            draft.out.add(case.spot, Problem::CaseExpectsNothing { case: case.name.clone() });
        }
        let found = draft.regimes.iter().find(|regime| regime.regime.code == case.regime);
        let Some(regime) = found else { continue };
        let nodes: Vec<&str> = regime.regime.nodes.iter().map(|node| node.code.as_str()).collect();
        for due in &case.due {
            let name = due.node.as_str();
            if !nodes.contains(&name) {
                let near = nearest::nearest(name, nodes.iter().map(|node| (*node, *node)));
                draft.out.add(due.spot, Problem::UnknownNode { name: name.to_owned(), near });
            }
        }
    }
}

fn finish(draft: Draft<'_>, source: &Source) -> Result<Checked, Vec<Diagnostic>> {
    let failed = draft.out.has_errors();
    let findings = draft.out.sorted();
    let (Some(head), Some(work), false) = (draft.head, draft.work, failed) else {
        return Err(findings);
    };
    let playbook = Playbook {
        county: head.county,
        name: head.name,
        version: head.version,
        in_force_from: head.in_force_from,
        number_prefix: head.number_prefix,
        work,
        regimes: draft
            .regimes
            .into_iter()
            .map(|draft| (draft.regime.code.clone(), draft.regime))
            .collect(),
        classes: draft.classes.into_iter().map(|class| class.value).collect(),
        items: draft.items.into_iter().map(|draft| (draft.item.code.clone(), draft.item)).collect(),
        channels: draft
            .channels
            .into_iter()
            .map(|channel| (channel.value.code.clone(), channel.value))
            .collect(),
        answers: draft.answers.into_iter().map(|answer| answer.value).collect(),
        burdens: draft.burdens,
        papers: draft.papers.into_iter().map(|paper| paper.value).collect(),
        units: draft.units.into_iter().map(|unit| unit.value).collect(),
        grids: draft.grids.into_iter().map(|grid| grid.value).collect(),
        places: draft.places.into_iter().map(|place| place.value).collect(),
        official: head.official,
    };
    let source = source.clone();
    Ok(Checked { playbook, cases: draft.cases, warnings: findings, source })
}
