//! What the fields of a step choose among, for one matter.

use bihuan_domain::access::Role;
use bihuan_domain::ids::GridCode;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Event, EvidenceKind, Step};
use bihuan_domain::playbook::model::Blank;

use super::burden;
use super::told::Told;
use crate::i18n::Lang;
use crate::pages::desk::step::{Offered, Redraft};
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
        | Step::Confer
        | Step::PassOver
        | Step::SetObjectUnit => offered.units = units(told),
        Step::Redraft => {
            offered.units = units(told);
            offered.redraft = redraft(told);
            offered.duties =
                burden::duties(told.lang, &told.view.playbook, &told.view.matter.regime);
        }
        Step::Slip => offered.nodes = late_nodes(told),
        Step::RequestVerification | Step::AmendPlace => offered.grids = grids(told),
        Step::Decline => offered.channels = channels(told),
        Step::RequestExtension => offered.nodes = nodes(told),
        Step::Submit | Step::SettleOnSpot => offered.evidence_wanted = wanted(told),
        Step::Answer => {
            offered.photos = photos(told);
            offered.answer = draft(told).or_else(|| suggested(told)).unwrap_or_default();
        }
        Step::ApproveAnswer => offered.draft = draft(told),
        _ => {}
    }
    offered.kinds = kinds(told);
    told.view.matter.urgency.code().clone_into(&mut offered.kind);
    if let Some(regime) = told.regime() {
        offered.has_items = regime.catalogue;
        offered.grades = regime.grades;
        offered.alike = regime.alike;
    }
    offered.is_confidential = told.view.matter.confidential;
    if answer_is_due(told, step) {
        offered.answers = true;
        offered.answer = suggested(told).unwrap_or_default();
    }
    offered
}

/// Whether the form of `step` asks for the answer too: the reporter waits for
/// one, and whoever takes the step may write it.
pub(crate) fn answer_is_due(told: &Told<'_>, step: Step) -> bool {
    let matter = &told.view.matter;
    let Some(regime) = told.regime() else { return false };
    if !regime.needs_answer(matter.source) || matter.answer.is_some() || matter.draft.is_some() {
        return false;
    }
    match step {
        Step::Submit => told.view.may(Step::Answer),
        // With approval by another the same form cannot close.
        Step::Close => told.view.may(Step::Answer) && !regime.answer_approval,
        // A grid worker answers for what they settle, which is not yet.
        Step::SettleOnSpot => {
            regime.steps.get(&Step::Answer).is_some_and(|rule| rule.by.contains(&Role::GridWorker))
        }
        _ => false,
    }
}

/// The county's words for this item, with what is known of the matter.
fn suggested(told: &Told<'_>) -> Option<String> {
    let matter = &told.view.matter;
    let item = told.view.playbook.items.get(matter.item.as_ref()?)?;
    let wording = told.view.playbook.answer_wording(item)?;
    let template = match told.lang {
        Lang::Zh => &wording.zh,
        Lang::En => &wording.en,
    };
    let year = told.view.now.date().year();
    let date = |at: Instant| day::date_words(told.lang, at.date(), year);
    Some(template.fill(|blank| match blank {
        Blank::Item => told.pick(&item.name),
        Blank::Closing => told.pick(&item.closing),
        Blank::Place => place(told),
        Blank::Unit => {
            matter.lead.as_ref().map_or_else(String::new, |lead| told.unit(lead.unit.as_str()))
        }
        Blank::Number => matter.number.to_string(),
        Blank::FiledOn => date(matter.filed_at),
        Blank::Today => date(told.view.now),
        Blank::RatingDays => {
            told.regime().map_or_else(String::new, |regime| regime.rating_days.to_string())
        }
    }))
}

fn place(told: &Told<'_>) -> String {
    let coded = told.view.matter.whereabouts.place.as_ref().and_then(|id| {
        let mut places = told.view.playbook.places.iter();
        places.find(|place| place.id == *id).map(|place| told.pick(&place.name))
    });
    let address = told.view.address().map(ToOwned::to_owned);
    address.or(coded).or_else(|| told.grid_path()).unwrap_or_default()
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

fn kinds(told: &Told<'_>) -> Vec<Choice> {
    let kinds = told.regime().into_iter().flat_map(|regime| &regime.kinds);
    kinds.map(|kind| Choice::new(kind.code(), told.lang.code_of("urgency", kind.code()))).collect()
}

/// What the unit owes and is late with.
fn late_nodes(told: &Told<'_>) -> Vec<Choice> {
    let Some(regime) = told.regime() else { return Vec::new() };
    let owed = regime.nodes.iter().filter(|rule| rule.is_owed_by_the_unit());
    let open = owed.filter_map(|rule| told.view.matter.nodes.get(&rule.code));
    open.filter(|node| node.is_open() && told.view.now > node.due.due_at)
        .map(|node| {
            let words =
                day::plain(told.lang, &told.day(node.due.due_at), told.view.now.date().year());
            Choice::new(node.code.as_str(), told.node_name(&node.code)).hint(words)
        })
        .collect()
}

/// The draft as it stands, to be corrected.
fn redraft(told: &Told<'_>) -> Redraft {
    let Some(brief) = told.view.matter.brief.as_deref() else { return Redraft::default() };
    let text = |of| told.view.text(of).unwrap_or_default().to_owned();
    let date = |of: Option<jiff::civil::Date>| of.map_or_else(String::new, |date| date.to_string());
    Redraft {
        words: told.view.words().to_owned(),
        goal: text(brief.goal),
        basis: text(brief.basis),
        official: text(brief.official),
        person: text(brief.person),
        lead: brief.lead.as_ref().map_or_else(String::new, ToString::to_string),
        co: brief.co.iter().map(ToString::to_string).collect(),
        from_on: date(brief.from_on),
        due_on: date(brief.due_on),
        duty: brief.duty().unwrap_or_default().to_owned(),
    }
}

fn wanted(told: &Told<'_>) -> Option<String> {
    let regime = told.regime()?;
    let rule = match &told.view.matter.item {
        _ if !regime.catalogue => regime.evidence,
        item => told.view.playbook.items.get(item.as_ref()?)?.evidence,
    };
    let missing = rule.missing(told.view.matter.fresh_evidence.iter())?;
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
