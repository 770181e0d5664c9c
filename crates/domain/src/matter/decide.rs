//! What a command does to a matter: events, or a refusal that says why not.

mod drafting;
mod extension;
mod merge;
mod supervision;

pub(in crate::matter) use drafting::{has_date, of_regime};
pub(super) use extension::may_ask;
pub(super) use supervision::public_until;

use super::brief::Alike;
use super::command::Command;
use super::event::{Actor, Event, Evidence};
use super::facts::Facts;
use super::guard::{guard, limit_of_signing};
use super::kind::{DeclineGround, Grade, Rating, Stage, Step};
use super::ledger::Ledger;
use super::state::Matter;
use crate::access::{may_take, may_take_in};
use crate::ids::{ChannelCode, GridCode, MatterId, UnitCode};
use crate::instant::Instant;
use crate::journal::Commitment;
use crate::playbook::model::{EvidenceRule, Regime};
use crate::refusal::{Reason, Refusal};

/// A suspended matter is looked at again within a year; a stopped clock that
/// nobody looks at is a matter closed in silence. Default, not official.
const SUSPENSION_DAYS: i64 = 366;

/// The events `command` leads to. `now` is the recorded time and is never
/// earlier than the matter's last entry.
pub fn decide(
    id: MatterId,
    matter: Option<&Matter>,
    command: &Command,
    actor: &Actor,
    facts: &Facts<'_>,
    now: Instant,
) -> Result<Vec<Event>, Refusal> {
    match (matter, command) {
        (Some(_), Command::File(_) | Command::Import { .. }) => Err(Reason::AlreadyExists.into()),
        (None, Command::File(report)) => drafting::file(id, report, actor, facts, now),
        (None, Command::Import { .. }) => import(command, actor, facts),
        (None, _) => Err(Reason::NoSuchMatter.into()),
        (Some(matter), _) => act(matter, command, actor, facts, now.max(matter.last_at)),
    }
}

/// One event and no clock: what was given is not ours to count.
fn import(command: &Command, actor: &Actor, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let Command::Import { number, regime, history, item, words, whereabouts } = command else {
        return Err(Reason::NoSuchMatter.into());
    };
    may_take_in(actor.role, Step::Import, facts.regime(regime)?)?;
    if let Some(item) = item {
        facts.item(item)?;
    }
    facts.whereabouts(whereabouts)?;
    Ok(vec![Event::Imported {
        number: number.clone(),
        regime: regime.clone(),
        playbook: facts.playbook.version.clone(),
        history: history.clone(),
        item: item.clone(),
        words: *words,
        whereabouts: whereabouts.clone(),
    }])
}

fn act(
    matter: &Matter,
    command: &Command,
    actor: &Actor,
    facts: &Facts<'_>,
    now: Instant,
) -> Result<Vec<Event>, Refusal> {
    let regime = facts.regime(&matter.regime)?;
    // The two halves of a merge or a link are one act, allowed on the matter it
    // is about.
    if !is_other_half(command) {
        may_take(actor, command.step(), matter, regime, facts.units)?;
        guard(matter, command.step(), actor, regime, facts, now)?;
    }
    let mut ledger = Ledger::of(matter, regime, facts, actor, now);
    Decision { matter, regime, actor, facts, now, ledger: &mut ledger }.take(command)?;
    Ok(ledger.finish())
}

const fn is_other_half(command: &Command) -> bool {
    matches!(
        command,
        Command::AttachDuplicate { .. }
            | Command::DetachDuplicate { .. }
            | Command::AttachLink { .. }
    )
}

struct Decision<'a, 'l> {
    matter: &'a Matter,
    regime: &'a Regime,
    actor: &'a Actor,
    facts: &'a Facts<'a>,
    now: Instant,
    ledger: &'l mut Ledger<'a>,
}

impl Decision<'_, '_> {
    fn take(&mut self, command: &Command) -> Result<(), Refusal> {
        match command.clone() {
            Command::File(_) | Command::Import { .. } => return Err(Reason::AlreadyExists.into()),
            Command::ApproveFiling { approve, document, reason } => {
                self.approve_filing(approve, document, reason)?;
            }
            Command::PassOver { units, reason } => self.pass_over(units, reason)?,
            Command::Redraft { words, urgency, brief } => self.redraft(words, urgency, brief)?,
            Command::Link { link, to } | Command::AttachLink { link, to } => self.link(link, to)?,
            Command::Issue { words, audiences } => self.issue(words, audiences)?,
            Command::Plan { plan, stages } => self.plan(plan, stages)?,
            Command::Confer { units, decisions } => self.confer(units, decisions)?,
            Command::Slip { colour, node, document, fields } => {
                self.slip(colour, &node, document, fields)?;
            }
            Command::SignSlip => self.ledger.record(Event::SlipSigned),
            Command::ProposeCriticism { reason } => {
                self.ledger.record(Event::CriticismProposed { reason: Some(reason) });
            }
            Command::Criticise { approve, reason } => self.criticise(approve, reason)?,
            Command::Object { reason } => self.ledger.record(Event::Objected { reason }),
            Command::Review { upheld, reason, grade } => self.review(upheld, reason, grade),
            Command::Publicise { words } => self.publicise(words)?,
            Command::Merge { into } => self.merge(into)?,
            Command::AttachDuplicate { from } => self.attach(from)?,
            Command::DetachDuplicate { from } => self.detach(from)?,
            Command::Unmerge => {
                let from = self.matter.merged_into.ok_or(Reason::NoSuchMatter)?;
                self.ledger.record(Event::Unmerged { from });
            }
            Command::Decline { ground, channel, reason } => {
                self.decline(ground, channel, reason)?;
            }
            Command::Accept { item, urgency } => {
                self.amendable(Some(&item), urgency)?;
                self.ledger.record(Event::Accepted { item, urgency });
                self.ledger.recount(self.matter.urgency);
            }
            Command::RequestVerification { grid, note } => self.ask_to_verify(grid, note)?,
            Command::Verify { holds, note, evidence } => {
                self.ledger.record(Event::Verified { holds, note, evidence });
            }
            Command::Dispatch { note: None, .. } if self.matter.confidential => {
                return Err(Reason::SummaryNeeded.into());
            }
            Command::Dispatch { lead, co, note } => self.dispatch(lead, co, false, note)?,
            Command::Adjudicate { lead, note } => self.dispatch(lead, Vec::new(), true, note)?,
            Command::UndoDispatch { reason } => {
                self.ledger.record(Event::DispatchUndone { reason });
            }
            Command::Sign => self.sign()?,
            Command::Return { reason, suggested } => self.send_back(reason, suggested)?,
            Command::RequestTransfer { reason, suggested } => {
                self.may_be_given(&suggested)?;
                self.not_the_lead(&suggested)?;
                self.ledger.record(Event::TransferRequested { reason, suggested });
            }
            Command::Transfer { approve, to, reason } => self.transfer(approve, to, reason)?,
            Command::CoHandle { unit, note } => self.invite(unit, note)?,
            Command::Act { note, evidence } => self.ledger.record(Event::Acted { note, evidence }),
            Command::RequestExtension { node, by, reason } => {
                self.request_extension(node, by, reason)?;
            }
            Command::Extend { approve, reason } => self.extend(approve, reason)?,
            Command::Suspend { reason, review_on } => {
                if review_on <= self.now.date() {
                    return Err(Reason::ReviewDateInPast.into());
                }
                let latest = self.now.plus_days(SUSPENSION_DAYS).date();
                if review_on > latest {
                    return Err(Refusal::new(Reason::SuspensionTooLong).with("latest", latest));
                }
                self.ledger.record(Event::Suspended { reason, review_on });
            }
            Command::Resume { reason } => self.ledger.record(Event::Resumed { reason }),
            Command::Submit { note, evidence, alike } => {
                self.submit(note, evidence, false, alike)?;
            }
            Command::SettleOnSpot { note, evidence } => self.submit(note, evidence, true, None)?,
            Command::Check { holds, note, evidence } => self.check(holds, note, evidence)?,
            Command::Close { note, grade } => {
                if self.regime.grades && grade.is_none() {
                    return Err(Reason::GradeNeeded.into());
                }
                self.close(note, grade.filter(|_| self.regime.grades));
            }
            Command::Rate { rating, words } => self.rate(rating, words),
            Command::Reopen { reason } => self.reopen(Some(reason), false),
            Command::Escalate { reason } => self.escalate(reason),
            Command::StrikeOff { note } => self.ledger.record(Event::StruckOff { note }),
            Command::LookBack { holds, note, evidence } => {
                self.ledger.record(Event::LookedBack { holds, note, evidence });
                if !holds {
                    self.reopen(Some(note), true);
                }
            }
            Command::Withdraw { reason } => self.ledger.record(Event::Withdrawn { reason }),
            Command::Ask { question } => self.ledger.record(Event::Asked { question }),
            Command::Supplement { words, evidence } => {
                if words.is_none() && evidence.is_empty() {
                    return Err(Reason::WordsNeeded.into());
                }
                self.ledger.record(Event::Supplemented { words, evidence });
            }
            Command::Answer { answer, photos } => self.answer(answer, photos)?,
            Command::ApproveAnswer { answer } => self.approve_answer(answer)?,
            Command::AmendClass { item, urgency, reason } => {
                self.amendable(item.as_ref(), urgency)?;
                // There, the kind decides by when it must be done.
                if !self.regime.catalogue && reason.is_none() {
                    return Err(Reason::ReasonNeeded.into());
                }
                self.ledger.record(Event::ClassAmended { item, urgency, reason });
                self.ledger.recount(self.matter.urgency);
            }
            Command::AmendPlace { whereabouts, reason } => {
                self.facts.whereabouts(&whereabouts)?;
                self.ledger.record(Event::PlaceAmended { whereabouts, reason });
            }
            Command::SetObjectUnit { unit } => self.set_object_unit(unit)?,
            Command::Instruct { words } => self.ledger.record(Event::Instructed { words }),
            Command::Urge { words } => self.ledger.record(Event::Urged { words }),
            Command::ReadIdentity { reason } => {
                self.ledger.record(Event::IdentityRead { reason });
            }
            Command::Erase { content, ground } => {
                let ground = ground.code().to_owned();
                self.ledger.record(Event::Erased { content, ground });
            }
        }
        Ok(())
    }

    /// The ground is the law's, the channel the one that law provides for it.
    /// That a report is not true is for whoever went and looked to say.
    fn decline(
        &mut self,
        ground: DeclineGround,
        channel: ChannelCode,
        reason: Commitment,
    ) -> Result<(), Refusal> {
        let Some(known) = self.facts.playbook.channels.get(&channel) else {
            return Err(Refusal::new(Reason::UnknownChannel).with("channel", channel));
        };
        if known.ground != ground {
            return Err(Refusal::new(Reason::ChannelForOtherGround).with("channel", channel));
        }
        if ground == DeclineGround::NotTrue && self.matter.verified != Some(false) {
            return Err(Reason::VerifyFirst.into());
        }
        self.ledger.record(Event::Declined { ground, channel, reason });
        Ok(())
    }

    /// Someone must be asked: the workers of the grid named or, failing that,
    /// of the grid the matter lies in.
    fn ask_to_verify(
        &mut self,
        grid: Option<GridCode>,
        note: Option<Commitment>,
    ) -> Result<(), Refusal> {
        let asked = grid.as_ref().or(self.matter.whereabouts.grid.as_ref());
        self.facts.grid(asked.ok_or(Reason::UnknownGrid)?)?;
        self.ledger.record(Event::VerificationRequested { grid, note });
        Ok(())
    }

    /// 信访工作条例 Art. 30: never to the unit complained about.
    fn may_be_given(&self, unit: &UnitCode) -> Result<(), Refusal> {
        self.facts.unit(unit)?;
        match &self.matter.object_unit {
            Some(object) if self.facts.units.within(unit, object) => {
                Err(Refusal::new(Reason::ObjectUnit).with("unit", unit))
            }
            _ => Ok(()),
        }
    }

    fn not_the_lead(&self, unit: &UnitCode) -> Result<(), Refusal> {
        match &self.matter.lead {
            Some(lead) if lead.unit == *unit => {
                Err(Refusal::new(Reason::SameUnit).with("unit", unit))
            }
            _ => Ok(()),
        }
    }

    fn dispatch(
        &mut self,
        lead: UnitCode,
        co: Vec<UnitCode>,
        final_: bool,
        note: Option<Commitment>,
    ) -> Result<(), Refusal> {
        for unit in std::iter::once(&lead).chain(&co) {
            self.may_be_given(unit)?;
        }
        if co.contains(&lead) {
            return Err(Refusal::new(Reason::SameUnit).with("unit", &lead));
        }
        self.within_limits(std::iter::once(&lead).chain(&co))?;
        self.ledger.record(Event::Dispatched { lead, co, final_, note });
        Ok(())
    }

    /// At the limit the unit is taken to have signed, whenever that is written
    /// down and by whomever: signing late gains no time.
    fn sign(&mut self) -> Result<(), Refusal> {
        let Some(lead) = &self.matter.lead else { return Err(Reason::NotYours.into()) };
        let limit = limit_of_signing(self.matter, self.regime);
        self.ledger.record(Event::Signed {
            unit: lead.unit.clone(),
            automatic: self.actor.person.is_none(),
            effective_at: limit.filter(|limit| *limit < self.now),
        });
        if self.regime.close_on_sign {
            self.close(None, None);
        }
        Ok(())
    }

    fn send_back(
        &mut self,
        reason: Commitment,
        suggested: Option<UnitCode>,
    ) -> Result<(), Refusal> {
        let Some(lead) = &self.matter.lead else { return Err(Reason::NotYours.into()) };
        if let Some(unit) = &suggested {
            self.may_be_given(unit)?;
            self.not_the_lead(unit)?;
        }
        self.ledger.record(Event::Returned { unit: lead.unit.clone(), reason, suggested });
        Ok(())
    }

    fn transfer(
        &mut self,
        approve: bool,
        to: Option<UnitCode>,
        reason: Option<Commitment>,
    ) -> Result<(), Refusal> {
        let request = self.matter.transfer.as_ref().ok_or(Reason::NothingRequested)?;
        if !approve {
            if reason.is_none() {
                return Err(Reason::ReasonNeeded.into());
            }
            self.ledger.record(Event::TransferDecided { approved: false, reason });
            return Ok(());
        }
        let lead = to.unwrap_or_else(|| request.suggested.clone());
        self.not_the_lead(&lead)?;
        self.may_be_given(&lead)?;
        self.ledger.record(Event::TransferDecided { approved: true, reason });
        self.dispatch(lead, Vec::new(), false, None)
    }

    fn invite(&mut self, unit: UnitCode, note: Option<Commitment>) -> Result<(), Refusal> {
        self.may_be_given(&unit)?;
        self.not_the_lead(&unit)?;
        if self.matter.co.contains(&unit) {
            return Err(Refusal::new(Reason::AlreadyCoHandling).with("unit", unit));
        }
        self.within_limits(std::iter::once(&unit))?;
        self.ledger.record(Event::CoHandlerInvited { unit, note });
        Ok(())
    }

    fn submit(
        &mut self,
        note: Commitment,
        evidence: Vec<Evidence>,
        on_the_spot: bool,
        alike: Option<Alike>,
    ) -> Result<(), Refusal> {
        let wanted = evidence_wanted(self.matter, self.regime, self.facts, on_the_spot)?;
        let given = self.matter.fresh_evidence.iter().chain(&evidence);
        if let Some(missing) = wanted.missing(given) {
            let refusal = Refusal::new(Reason::EvidenceNeeded).with("missing", missing);
            return Err(match &self.matter.item {
                Some(item) => refusal.with("item", item),
                None => refusal,
            });
        }
        if self.regime.alike && alike.is_none() {
            return Err(Reason::AlikeNeeded.into());
        }
        self.ledger.record(Event::Submitted { note, evidence, on_the_spot, alike });
        Ok(())
    }

    fn check(
        &mut self,
        holds: bool,
        note: Option<Commitment>,
        evidence: Vec<Evidence>,
    ) -> Result<(), Refusal> {
        if self.regime.check_note && note.is_none() {
            return Err(Reason::CheckNoteNeeded.into());
        }
        self.ledger.record(Event::Checked { holds, note, evidence });
        if !holds {
            self.ledger.go_on_after_rejection(self.matter.submitted_at);
            return Ok(());
        }
        if self.regime.close_on_check && self.is_answered() {
            self.close(None, None);
        }
        Ok(())
    }

    fn is_answered(&self) -> bool {
        self.matter.answer.is_some() || !self.regime.needs_answer(self.matter.source)
    }

    fn close(&mut self, note: Option<Commitment>, grade: Option<Grade>) {
        let late = self.ledger.was_late();
        self.ledger.record(Event::Closed { note, late, grade });
    }

    /// Promise 3: the first "not fixed" reopens with another checker, the
    /// second goes one level up, "partly" goes to triage. What was settled on
    /// the spot and is not confirmed was never closed, and is to be handled.
    fn rate(&mut self, rating: Rating, words: Option<Commitment>) {
        let on_the_spot = self.matter.stage == Stage::Checking;
        self.ledger.record(Event::Rated { rating, words });
        match rating {
            Rating::Fixed if on_the_spot && self.is_answered() => self.close(None, None),
            Rating::Partly if on_the_spot => self.reopen(words, true),
            Rating::Fixed | Rating::Partly => {}
            Rating::NotFixed => {
                self.reopen(words, true);
                if self.matter.not_fixed >= 1 {
                    self.go_up(words);
                }
            }
        }
    }

    fn reopen(&mut self, reason: Option<Commitment>, another_checker: bool) {
        self.ledger.record(Event::Reopened { reason, another_checker });
    }

    /// Takes the matter from whoever has it, one level up, to be given anew.
    fn escalate(&mut self, reason: Commitment) {
        if self.matter.suspended_until.is_some() {
            self.ledger.record(Event::Resumed { reason: Some(reason) });
        }
        if self.matter.stage.is_over() {
            self.reopen(Some(reason), true);
        }
        self.go_up(Some(reason));
    }

    fn go_up(&mut self, reason: Option<Commitment>) {
        let level = self.matter.level.saturating_add(1);
        self.ledger.record(Event::Escalated { level, reason });
    }

    fn answer(&mut self, answer: Commitment, photos: Vec<Commitment>) -> Result<(), Refusal> {
        let given =
            |photo: &Commitment| self.matter.evidence.iter().any(|one| one.content == *photo);
        if !photos.iter().all(given) {
            return Err(Reason::PhotoNotGiven.into());
        }
        self.ledger.record(Event::AnswerDrafted { answer, photos: photos.clone() });
        if !self.regime.answer_approval {
            self.ledger.record(Event::AnswerApproved { answer, photos });
        }
        Ok(())
    }

    fn approve_answer(&mut self, answer: Commitment) -> Result<(), Refusal> {
        let draft = self.matter.draft.as_ref().ok_or(Reason::NoAnswerDrafted)?;
        if draft.answer != answer {
            return Err(Reason::AnswerChanged.into());
        }
        self.ledger.record(Event::AnswerApproved { answer, photos: draft.photos.clone() });
        Ok(())
    }

    fn set_object_unit(&mut self, unit: Option<UnitCode>) -> Result<(), Refusal> {
        if let Some(object) = &unit {
            self.facts.unit(object)?;
            if let Some(given) =
                self.matter.units().find(|given| self.facts.units.within(given, object))
            {
                return Err(Refusal::new(Reason::ObjectUnit).with("unit", given));
            }
        }
        self.ledger.record(Event::ObjectUnitSet { unit });
        Ok(())
    }
}

/// What the handling must prove: the item says so or, where there is no
/// catalogue, the regime.
pub(super) fn evidence_wanted(
    matter: &Matter,
    regime: &Regime,
    facts: &Facts<'_>,
    on_the_spot: bool,
) -> Result<EvidenceRule, Refusal> {
    if !regime.catalogue {
        return Ok(regime.evidence);
    }
    let item = facts.item(matter.item.as_ref().ok_or(Reason::ItemNeeded)?)?;
    if on_the_spot && !item.on_spot {
        return Err(Refusal::new(Reason::OnSpotNotAllowed).with("item", &item.code));
    }
    Ok(item.evidence)
}
