//! From events to state. Total: an event that cannot follow changes nothing,
//! since what is in the journal has happened.

use std::collections::{BTreeMap, BTreeSet};

use super::brief::{Criticism, Objection, PassedOver, Plan, Slip};
use super::event::{Actor, Event, Evidence};
use super::kind::{Rating, Source, Stage, Urgency};
use super::state::{
    AnswerText, Assignment, BeforeMerge, ExtensionRequest, Matter, TransferRequest,
};
use crate::clock::Node;
use crate::ids::{MatterId, NodeCode, UnitCode};
use crate::instant::Instant;

/// The state after `event`. The first event of a matter makes it; any other
/// event on nothing stays nothing.
pub fn evolve(
    state: Option<Matter>,
    id: MatterId,
    at: Instant,
    actor: &Actor,
    event: &Event,
) -> Option<Matter> {
    let mut matter = match state {
        Some(matter) => matter,
        None => born(id, at, actor, event)?,
    };
    matter.entries += 1;
    matter.last_at = at;
    matter.took_part.extend(actor.person);
    apply(&mut matter, at, actor, event);
    Some(matter)
}

fn born(id: MatterId, at: Instant, actor: &Actor, event: &Event) -> Option<Matter> {
    let (number, regime, playbook) = match event {
        Event::Filed { number, regime, playbook, .. }
        | Event::Imported { number, regime, playbook, .. } => (number, regime, playbook),
        _ => return None,
    };
    Some(Matter {
        id,
        entries: 0,
        number: number.clone(),
        regime: regime.clone(),
        playbook: playbook.clone(),
        stage: Stage::Filed,
        source: Source::Import,
        item: None,
        urgency: Urgency::Ordinary,
        whereabouts: Default::default(),
        words: None,
        confidential: false,
        identity: None,
        history: None,
        brief: None,
        drafter: None,
        document: None,
        links: BTreeSet::new(),
        filed_at: at,
        last_at: at,
        accepted_at: None,
        submitted_at: None,
        closed_at: None,
        closed_late: false,
        object_unit: None,
        lead: None,
        co: Vec::new(),
        verify_grid: None,
        returns: 0,
        suggested_unit: None,
        extension: None,
        extensions: 0,
        transfer: None,
        suspended_until: None,
        reopened: 0,
        level: 0,
        settled_on_spot: false,
        needs_triage: false,
        handlers: BTreeSet::new(),
        past_checkers: BTreeSet::new(),
        checkers: BTreeSet::new(),
        reporter_person: actor.person,
        evidence: Vec::new(),
        fresh_evidence: Vec::new(),
        question: None,
        draft: None,
        answer: None,
        rating: None,
        not_fixed: 0,
        verified: None,
        declined: None,
        merged_into: None,
        duplicates: BTreeSet::new(),
        before_merge: None,
        progress: None,
        plan: None,
        alike: None,
        grade: None,
        slips: Vec::new(),
        criticism: Criticism::None,
        meetings: Vec::new(),
        passed_over: Vec::new(),
        objection: None,
        objections: 0,
        objected_at: None,
        publicised_until: None,
        issued_to: BTreeSet::new(),
        took_part: BTreeSet::new(),
        reported: BTreeSet::new(),
        nodes: BTreeMap::new(),
    })
}

fn apply(matter: &mut Matter, at: Instant, actor: &Actor, event: &Event) {
    match event {
        Event::Filed {
            source,
            item,
            words,
            whereabouts,
            evidence,
            identity,
            confidential,
            urgency,
            stage,
            brief,
            ..
        } => {
            matter.stage = *stage;
            if *stage == Stage::Drafted {
                matter.drafter = actor.person;
            }
            if *stage == Stage::Accepted {
                matter.accepted_at = Some(at);
            }
            if let Some(brief) = brief {
                matter.links = brief.links.clone();
            }
            matter.brief.clone_from(brief);
            matter.source = *source;
            matter.item.clone_from(item);
            matter.words = Some(*words);
            matter.whereabouts = whereabouts.clone();
            matter.identity = *identity;
            matter.confidential = *confidential;
            matter.urgency = *urgency;
            matter.evidence.extend_from_slice(evidence);
        }
        Event::Imported { history, item, words, whereabouts, .. } => {
            matter.stage = Stage::Imported;
            matter.filed_at = history.opened_at;
            matter.closed_at = history.closed_at;
            matter.closed_late = history.is_late();
            matter.history = Some(history.clone());
            matter.item.clone_from(item);
            matter.words = *words;
            matter.whereabouts = whereabouts.clone();
        }
        Event::FilingDecided { approved: true, document, .. } => {
            matter.stage = Stage::Accepted;
            matter.filed_at = at;
            matter.accepted_at = Some(at);
            matter.document.clone_from(document);
        }
        Event::FilingDecided { approved: false, .. } => {}
        Event::Redrafted { words, urgency, brief } => {
            matter.words = Some(*words);
            matter.urgency = *urgency;
            matter.drafter = actor.person;
            matter.links.extend(brief.links.iter().copied());
            matter.brief = Some(brief.clone());
        }
        Event::Linked { link, to } => drop(matter.links.insert((*link, *to))),
        Event::Merged { into } => {
            let open = matter.nodes.values().filter(|node| node.is_open());
            let open = open.map(|node| node.code.clone()).collect();
            matter.before_merge = Some(BeforeMerge { stage: matter.stage, open });
            matter.stage = Stage::Merged;
            matter.merged_into = Some(*into);
        }
        Event::Unmerged { .. } => {
            matter.stage = matter.before_merge.take().map_or(Stage::Filed, |before| before.stage);
            matter.merged_into = None;
        }
        Event::DuplicateAttached { from } => {
            matter.duplicates.insert(*from);
        }
        Event::DuplicateDetached { from } => {
            matter.duplicates.remove(from);
        }
        Event::Declined { ground, channel, .. } => {
            matter.stage = Stage::Declined;
            matter.declined = Some((*ground, channel.clone()));
            matter.needs_triage = false;
        }
        Event::Accepted { item, urgency } => {
            matter.stage = Stage::Accepted;
            matter.item = Some(item.clone());
            matter.urgency = *urgency;
            matter.accepted_at = Some(at);
            matter.needs_triage = false;
        }
        Event::VerificationRequested { grid, .. } => {
            matter.stage = Stage::Verifying;
            matter.verify_grid = grid.clone().or_else(|| matter.whereabouts.grid.clone());
        }
        Event::Verified { holds, evidence, .. } => {
            matter.stage = Stage::Filed;
            matter.verified = Some(*holds);
            matter.evidence.extend_from_slice(evidence);
        }
        Event::Dispatched { lead, co, final_, .. } => {
            matter.stage = Stage::Dispatched;
            matter.lead = Some(Assignment {
                unit: lead.clone(),
                dispatched_at: at,
                signed_at: None,
                is_final: *final_,
            });
            for unit in co {
                invite(matter, unit);
            }
            matter.co.retain(|unit| unit != lead);
            matter.suggested_unit = None;
            matter.needs_triage = false;
            matter.transfer = None;
            matter.extension = None;
        }
        Event::DispatchUndone { .. } => {
            matter.stage = Stage::Accepted;
            matter.lead = None;
            matter.co.clear();
        }
        Event::Signed { effective_at, .. } => {
            matter.stage = Stage::Handling;
            if let Some(lead) = &mut matter.lead {
                lead.signed_at = Some(effective_at.unwrap_or(at));
            }
            handled(matter, actor);
        }
        Event::Returned { suggested, .. } => {
            matter.stage = Stage::Returned;
            matter.returns += 1;
            matter.suggested_unit.clone_from(suggested);
            handled(matter, actor);
        }
        Event::TransferRequested { reason, suggested } => {
            handled(matter, actor);
            matter.transfer = Some(TransferRequest {
                suggested: suggested.clone(),
                reason: *reason,
                person: actor.person,
            });
        }
        Event::TransferDecided { .. } => matter.transfer = None,
        Event::CoHandlerInvited { unit, .. } => invite(matter, unit),
        Event::Planned { plan, stages } => {
            matter.plan = Some(Plan { words: *plan, stages: stages.clone(), at });
            handled(matter, actor);
        }
        Event::Acted { note, evidence } => {
            matter.progress = Some((*note, at));
            give(matter, evidence);
            handled(matter, actor);
        }
        Event::ExtensionRequested { node, by, reason } => {
            handled(matter, actor);
            matter.extension = Some(ExtensionRequest {
                node: node.clone(),
                by: *by,
                reason: *reason,
                person: actor.person,
            });
        }
        Event::ExtensionDecided { approved, .. } => {
            matter.extension = None;
            matter.extensions += u32::from(*approved);
        }
        Event::Suspended { review_on, .. } => matter.suspended_until = Some(*review_on),
        Event::Resumed { .. } => matter.suspended_until = None,
        Event::Submitted { note, evidence, on_the_spot, alike } => {
            matter.progress = Some((*note, at));
            matter.alike = *alike;
            matter.stage = Stage::Checking;
            matter.submitted_at = Some(at);
            matter.settled_on_spot = *on_the_spot;
            matter.rating = None;
            matter.transfer = None;
            if *on_the_spot {
                matter.verified.get_or_insert(true);
            }
            give(matter, evidence);
            handled(matter, actor);
        }
        Event::Checked { holds, evidence, .. } => {
            matter.evidence.extend_from_slice(evidence);
            if *holds {
                matter.stage = Stage::Checked;
                matter.checkers.extend(actor.person);
            } else {
                back_to_work(matter);
            }
        }
        Event::Publicised { until, .. } => matter.publicised_until = Some(until.due_at),
        Event::Issued { audiences, .. } => {
            matter.stage = Stage::Closed;
            matter.closed_at = Some(at);
            matter.issued_to.clone_from(audiences);
        }
        Event::Closed { late, grade, .. } => {
            matter.grade = *grade;
            matter.stage = Stage::Closed;
            matter.closed_at = Some(at);
            matter.closed_late = *late;
            matter.rating = None;
            matter.question = None;
        }
        Event::Rated { rating, .. } => {
            matter.rating = Some(*rating);
            match rating {
                // The reporter confirms what was settled on the spot.
                Rating::Fixed if matter.stage == Stage::Checking => matter.stage = Stage::Checked,
                Rating::Fixed => {}
                Rating::Partly => matter.needs_triage = true,
                Rating::NotFixed => matter.not_fixed += 1,
            }
        }
        Event::Reopened { another_checker, .. } => {
            back_to_work(matter);
            matter.reopened += 1;
            matter.closed_at = None;
            matter.closed_late = false;
            matter.needs_triage = false;
            matter.declined = None;
            matter.extension = None;
            matter.grade = None;
            matter.plan = None;
            matter.alike = None;
            matter.publicised_until = None;
            matter.reported.clear();
            if *another_checker {
                matter.past_checkers.append(&mut matter.checkers);
            }
        }
        Event::Escalated { level, .. } => {
            matter.level = *level;
            matter.stage = Stage::Accepted;
            matter.accepted_at.get_or_insert(at);
            matter.lead = None;
            matter.co.clear();
            matter.transfer = None;
            matter.extension = None;
            matter.needs_triage = true;
        }
        Event::StruckOff { .. } => {
            matter.stage = Stage::StruckOff;
            matter.needs_triage = false;
        }
        Event::LookedBack { evidence, .. } => matter.evidence.extend_from_slice(evidence),
        Event::Withdrawn { .. } => {
            matter.stage = Stage::Withdrawn;
            matter.suspended_until = None;
            matter.needs_triage = false;
        }
        Event::Asked { question } => matter.question = Some(*question),
        Event::Supplemented { evidence, .. } => {
            matter.question = None;
            matter.evidence.extend_from_slice(evidence);
        }
        Event::AnswerDrafted { answer, photos } => {
            matter.draft =
                Some(AnswerText { answer: *answer, photos: photos.clone(), by: actor.person });
        }
        Event::AnswerApproved { answer, photos } => {
            let by = matter.draft.take().and_then(|draft| draft.by);
            matter.answer = Some(AnswerText { answer: *answer, photos: photos.clone(), by });
        }
        Event::ClassAmended { item, urgency, .. } => {
            if item.is_some() {
                matter.item.clone_from(item);
            }
            matter.urgency = *urgency;
        }
        Event::PlaceAmended { whereabouts, .. } => matter.whereabouts = whereabouts.clone(),
        Event::ObjectUnitSet { unit } => matter.object_unit.clone_from(unit),
        Event::UnitReplaced { from, into } => replace_unit(matter, from, into),
        Event::SlipIssued { colour, node, due_at, document, fields } => matter.slips.push(Slip {
            colour: *colour,
            node: node.clone(),
            due_at: *due_at,
            issued_at: at,
            signed_at: None,
            document: document.clone(),
            fields: *fields,
        }),
        Event::SlipSigned => {
            for slip in matter.slips.iter_mut().filter(|slip| slip.signed_at.is_none()) {
                slip.signed_at = Some(at);
            }
            handled(matter, actor);
        }
        Event::CriticismProposed { .. } => matter.criticism = Criticism::Proposed(actor.person),
        Event::CriticismDecided { approved, .. } => {
            matter.criticism =
                if *approved { Criticism::Approved(at) } else { Criticism::Refused(at) };
        }
        Event::Objected { reason } => {
            matter.objection = Some(Objection { reason: *reason, at, by: actor.person });
            matter.objections += 1;
            matter.objected_at = Some(at);
            handled(matter, actor);
        }
        Event::Reviewed { upheld, grade, .. } => {
            matter.objection = None;
            if *upheld && (matter.criticism.is_proposed() || matter.criticism.is_approved()) {
                matter.criticism = Criticism::Withdrawn(at);
            }
            matter.grade = grade.or(matter.grade);
        }
        Event::Conferred { units, .. } => matter.meetings.push((at, units.clone())),
        Event::PassedOver { units, reason } => matter.passed_over.push(PassedOver {
            units: units.clone(),
            reason: *reason,
            at,
            by: actor.person,
        }),
        Event::Instructed { .. }
        | Event::Urged { .. }
        | Event::IdentityRead { .. }
        | Event::Erased { .. }
        | Event::Reminded { .. } => {}
        Event::ClockStarted { node, counting, rule, from, due } => {
            let started = Node::started(node.clone(), rule, *counting, *from, at, *due);
            matter.nodes.insert(node.clone(), started);
        }
        Event::ClockPaused { node, rule, reason } => {
            on(matter, node, |node| node.pause(at, rule, *reason));
        }
        Event::ClockResumed { node, rule, due } => {
            on(matter, node, |node| node.resume(at, rule, *due));
        }
        Event::ClockExtended { node, by, rule, reason, due } => {
            on(matter, node, |node| node.extend(at, *by, rule, *reason, *due));
        }
        Event::ClockRestarted { node, counting, rule, from, due } => {
            on(matter, node, |node| node.restart(at, *from, *counting, rule, *due));
        }
        Event::ClockContinued { node } => on(matter, node, Node::go_on),
        Event::ClockTightened { node, counting, rule, due } => {
            on(matter, node, |node| node.tighten(at, *counting, rule, *due));
        }
        Event::ClockRecalculated { node, notice, due } => {
            on(matter, node, |node| node.recalculate(at, notice, *due));
        }
        Event::ClockMet { node, effective_at } => {
            matter.reported.insert(node.clone());
            on(matter, node, |node| node.meet(effective_at.unwrap_or(at)));
        }
        Event::ClockDropped { node } => on(matter, node, |node| node.drop(at)),
    }
}

fn replace_unit(matter: &mut Matter, from: &UnitCode, into: &UnitCode) {
    if let Some(lead) = matter.lead.as_mut().filter(|lead| lead.unit == *from) {
        lead.unit.clone_from(into);
    }
    if matter.co.contains(from) {
        matter.co.retain(|unit| unit != from);
        invite(matter, into);
    }
    if let Some(lead) = &matter.lead {
        let lead = lead.unit.clone();
        matter.co.retain(|unit| *unit != lead);
    }
    let sets = matter.meetings.iter_mut().map(|(_, units)| units);
    for units in sets.chain(matter.passed_over.iter_mut().map(|over| &mut over.units)) {
        if units.remove(from) {
            units.insert(into.clone());
        }
    }
    let request = matter.transfer.as_mut().map(|request| &mut request.suggested);
    let named = [matter.object_unit.as_mut(), matter.suggested_unit.as_mut(), request];
    for unit in named.into_iter().flatten().filter(|unit| *unit == from) {
        unit.clone_from(into);
    }
}

fn on(matter: &mut Matter, code: &NodeCode, change: impl FnOnce(&mut Node)) {
    if let Some(node) = matter.nodes.get_mut(code) {
        change(node);
    }
}

/// The handling goes on: with the unit that leads or, where none does, with
/// whoever accepts or dispatches.
fn back_to_work(matter: &mut Matter) {
    matter.stage = match (&matter.lead, matter.accepted_at) {
        (Some(_), _) => Stage::Handling,
        (None, Some(_)) => Stage::Accepted,
        (None, None) => Stage::Filed,
    };
    matter.submitted_at = None;
    matter.settled_on_spot = false;
    matter.fresh_evidence.clear();
    // It told the reporter of a result that was not one.
    matter.draft = None;
    matter.answer = None;
}

fn give(matter: &mut Matter, evidence: &[Evidence]) {
    matter.evidence.extend_from_slice(evidence);
    matter.fresh_evidence.extend_from_slice(evidence);
}

fn handled(matter: &mut Matter, actor: &Actor) {
    matter.handlers.extend(actor.person);
}

fn invite(matter: &mut Matter, unit: &UnitCode) {
    if !matter.co.contains(unit) {
        matter.co.push(unit.clone());
    }
}
