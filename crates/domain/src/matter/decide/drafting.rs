//! What is filed, drafted, approved and issued.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Decision;
use crate::access::{Role, may_take_in};
use crate::ids::{ItemCode, MatterId, UnitCode};
use crate::instant::Instant;
use crate::journal::Commitment;
use crate::matter::brief::{Brief, DocumentNumber};
use crate::matter::burden::{against, refused};
use crate::matter::command::Report;
use crate::matter::event::{Actor, Event};
use crate::matter::facts::Facts;
use crate::matter::kind::{Audience, Link, Stage, Step, Urgency};
use crate::matter::ledger::Ledger;
use crate::playbook::model::Regime;
use crate::refusal::{Reason, Refusal};

pub(super) fn file(
    id: MatterId,
    report: &Report,
    actor: &Actor,
    facts: &Facts<'_>,
    now: Instant,
) -> Result<Vec<Event>, Refusal> {
    let regime = facts.regime(&report.regime)?;
    may_take_in(actor.role, Step::File, regime)?;
    if let Some(item) = &report.item {
        facts.item(item)?;
    }
    facts.whereabouts(&report.whereabouts)?;
    let nothing = Brief::default();
    let brief = report.brief.as_deref().unwrap_or(&nothing);
    may_stand(brief, report.urgency, id, regime, facts, now)?;
    let filed = Event::Filed {
        number: report.number.clone(),
        regime: report.regime.clone(),
        playbook: facts.playbook.version.clone(),
        source: report.source,
        item: report.item.clone(),
        words: report.words,
        whereabouts: report.whereabouts.clone(),
        evidence: report.evidence.clone(),
        identity: report.identity,
        confidential: report.confidential,
        urgency: report.urgency,
        claimed_at: report.claimed_at,
        stage: begins(regime, brief, facts),
        brief: report.brief.clone(),
    };
    let mut ledger = Ledger::new(id, regime, facts, actor, now);
    ledger.record(filed);
    Ok(ledger.finish())
}

/// What needs approval waits for it; what has no catalogue is not triaged. The
/// parts of what was approved need no approval of their own, those of a draft
/// are approved with it. Being a part of anything else approves nothing.
fn begins(regime: &Regime, brief: &Brief, facts: &Facts<'_>) -> Stage {
    let whole = facts.other.filter(|other| brief.whole() == Some(other.id));
    let is_approved =
        whole.is_some_and(|whole| whole.regime == regime.code && whole.stage != Stage::Drafted);
    match (regime.approve_filing && !is_approved, regime.catalogue) {
        (true, _) => Stage::Drafted,
        (false, false) => Stage::Accepted,
        (false, true) => Stage::Filed,
    }
}

fn may_stand(
    brief: &Brief,
    urgency: Urgency,
    id: MatterId,
    regime: &Regime,
    facts: &Facts<'_>,
    now: Instant,
) -> Result<(), Refusal> {
    of_regime(urgency, regime)?;
    for unit in brief.lead.iter().chain(&brief.co) {
        facts.unit(unit)?;
    }
    if let Some(lead) = brief.lead.as_ref().filter(|lead| brief.co.contains(lead)) {
        return Err(Refusal::new(Reason::SameUnit).with("unit", lead));
    }
    has_date(brief.due_on, urgency, regime)?;
    not_past(brief.due_on, now)?;
    if let (Some(from), Some(due)) = (brief.from_on, brief.due_on)
        && from > due
    {
        return Err(Refusal::new(Reason::EndsBeforeItBegins).with("from", from).with("due", due));
    }
    if brief.links.iter().any(|(_, other)| *other == id) {
        return Err(Reason::LinkToItself.into());
    }
    if brief.links.iter().filter(|(link, _)| *link == Link::Parent).count() > 1 {
        return Err(Reason::AlreadyPartOfAnother.into());
    }
    Ok(())
}

pub(in crate::matter) fn has_date(
    due_on: Option<Date>,
    urgency: Urgency,
    regime: &Regime,
) -> Result<(), Refusal> {
    if due_on.is_none() && regime.nodes.iter().any(|rule| rule.needs_date(urgency)) {
        return Err(Refusal::new(Reason::DueNeeded).with("kind", urgency.code()));
    }
    Ok(())
}

fn not_past(due_on: Option<Date>, now: Instant) -> Result<(), Refusal> {
    match due_on.filter(|due| *due < now.date()) {
        Some(due) => Err(Refusal::new(Reason::DueInPast).with("due", due)),
        None => Ok(()),
    }
}

pub(in crate::matter) fn of_regime(urgency: Urgency, regime: &Regime) -> Result<(), Refusal> {
    if regime.kinds.contains(&urgency) {
        return Ok(());
    }
    let kinds: Vec<&str> = regime.kinds.iter().map(|kind| kind.code()).collect();
    Err(Refusal::new(Reason::KindNotInRegime)
        .with("kind", urgency.code())
        .with("kinds", kinds.join(",")))
}

impl Decision<'_, '_> {
    /// Passing over a limit is a leader's decision and has a reason
    /// (政府督查工作条例 Art. 15: no repeated inspections).
    pub(super) fn approve_filing(
        &mut self,
        approve: bool,
        document: Option<DocumentNumber>,
        reason: Option<Commitment>,
    ) -> Result<(), Refusal> {
        if !approve && reason.is_none() {
            return Err(Reason::ReasonNeeded.into());
        }
        if approve {
            not_past(self.due_on(), self.now)?;
        }
        let against = if approve { self.against_the_draft() } else { Vec::new() };
        let mut reason = reason;
        if !against.is_empty() {
            let by_leader = reason.take().filter(|_| self.actor.role == Role::Leader);
            let Some(reason) = by_leader else { return refused(&against) };
            let units = against.iter().filter_map(|refusal| refusal.facts.get("unit"));
            let units = units.map(UnitCode::new).collect();
            self.ledger.record(Event::PassedOver { units, reason });
        }
        let document = document.filter(|_| approve);
        self.ledger.record(Event::FilingDecided { approved: approve, document, reason });
        Ok(())
    }

    fn against_the_draft(&self) -> Vec<Refusal> {
        let brief = self.matter.brief.as_deref();
        let units = brief.into_iter().flat_map(|brief| brief.lead.iter().chain(&brief.co));
        against(self.matter, units, self.facts)
    }

    /// Whoever gives it to these units does so within their year and duties, or
    /// after a leader let it pass.
    pub(super) fn within_limits<'u>(
        &self,
        units: impl Iterator<Item = &'u UnitCode>,
    ) -> Result<(), Refusal> {
        refused(&against(self.matter, units, self.facts))
    }

    pub(super) fn pass_over(
        &mut self,
        units: BTreeSet<UnitCode>,
        reason: Commitment,
    ) -> Result<(), Refusal> {
        if units.is_empty() {
            return Err(Refusal::new(Reason::FieldNeeded).with("field", "units"));
        }
        for unit in &units {
            self.facts.unit(unit)?;
        }
        self.ledger.record(Event::PassedOver { units, reason });
        Ok(())
    }

    fn due_on(&self) -> Option<Date> {
        self.matter.brief.as_ref().and_then(|brief| brief.due_on)
    }

    /// Links have their other half elsewhere and are made by linking.
    pub(super) fn redraft(
        &mut self,
        words: Commitment,
        urgency: Urgency,
        mut brief: Box<Brief>,
    ) -> Result<(), Refusal> {
        brief.links.clone_from(&self.matter.links);
        may_stand(&brief, urgency, self.matter.id, self.regime, self.facts, self.now)?;
        self.ledger.record(Event::Redrafted { words, urgency, brief });
        Ok(())
    }

    pub(super) fn link(&mut self, link: Link, to: MatterId) -> Result<(), Refusal> {
        if to == self.matter.id {
            return Err(Reason::LinkToItself.into());
        }
        if self.matter.links.contains(&(link, to)) {
            return Err(Reason::AlreadyLinked.into());
        }
        let has_parent = self.matter.linked(Link::Parent).next().is_some();
        if link == Link::Parent && has_parent {
            return Err(Reason::AlreadyPartOfAnother.into());
        }
        self.ledger.record(Event::Linked { link, to });
        Ok(())
    }

    pub(super) fn issue(
        &mut self,
        words: Option<Commitment>,
        audiences: BTreeSet<Audience>,
    ) -> Result<(), Refusal> {
        if audiences.is_empty() {
            return Err(Reason::AudienceNeeded.into());
        }
        self.ledger.record(Event::Issued { words, audiences });
        Ok(())
    }

    /// The catalogue's matters are told by their item, the others by their kind.
    pub(super) fn amendable(
        &self,
        item: Option<&ItemCode>,
        urgency: Urgency,
    ) -> Result<(), Refusal> {
        of_regime(urgency, self.regime)?;
        has_date(self.due_on(), urgency, self.regime)?;
        match item {
            Some(item) => self.facts.item(item).map(drop),
            None if self.regime.catalogue => Err(Reason::ItemNeeded.into()),
            None => Ok(()),
        }
    }
}
