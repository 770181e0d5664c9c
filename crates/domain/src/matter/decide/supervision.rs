//! Chasing what was promised: plans, joint meetings, slips, criticism, reviews,
//! and making an end public before it is struck off.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Decision;
use crate::calendar::{Calendar, CountingRule, DayOne, HolidayRule};
use crate::clock::Due;
use crate::ids::{NodeCode, UnitCode};
use crate::instant::Instant;
use crate::journal::Commitment;
use crate::matter::brief::DocumentNumber;
use crate::matter::event::Event;
use crate::matter::kind::{Grade, SlipColour};
use crate::matter::slips::{is_owed, next_slip};
use crate::playbook::model::Regime;
use crate::refusal::{Reason, Refusal};

impl Decision<'_, '_> {
    pub(super) fn plan(&mut self, plan: Commitment, stages: Vec<Date>) -> Result<(), Refusal> {
        let Some(first) = stages.first() else { return Err(Reason::PlanNeedsDates.into()) };
        if *first < self.now.date() {
            return Err(Refusal::new(Reason::DueInPast).with("due", first));
        }
        if !stages.is_sorted_by(|earlier, later| earlier < later) {
            return Err(Reason::PlanOutOfOrder.into());
        }
        self.ledger.record(Event::Planned { plan, stages });
        Ok(())
    }

    pub(super) fn confer(
        &mut self,
        units: BTreeSet<UnitCode>,
        decisions: Commitment,
    ) -> Result<(), Refusal> {
        if units.is_empty() {
            return Err(Refusal::new(Reason::FieldNeeded).with("field", "units"));
        }
        for unit in &units {
            self.may_be_given(unit)?;
        }
        self.within_limits(std::iter::empty())?;
        self.ledger.record(Event::Conferred { units, decisions });
        Ok(())
    }

    /// About a date that has passed. What proposes criticism proposes it: the
    /// decision is someone else's (政府督查工作条例 Art. 21).
    pub(super) fn slip(
        &mut self,
        colour: SlipColour,
        code: &NodeCode,
        document: Option<DocumentNumber>,
        fields: Option<Commitment>,
    ) -> Result<(), Refusal> {
        let unknown = || Refusal::new(Reason::UnknownNode).with("node", code);
        let rule = self.regime.node(code).ok_or_else(unknown)?;
        let node = self.matter.nodes.get(code).filter(|node| node.is_open());
        let node = node.ok_or_else(|| Refusal::new(Reason::NodeNotOpen).with("node", code))?;
        if !rule.is_owed_by_the_unit() || !is_owed(node, self.now) {
            return Err(Refusal::new(Reason::NotOverdue).with("node", code));
        }
        if self.matter.was_slipped(colour, node) {
            return Err(Refusal::new(Reason::SlippedBefore).with("colour", colour.code()));
        }
        let next = next_slip(self.matter, self.regime, node);
        let Some(rule) = next.filter(|rule| rule.colour == colour) else {
            let next = next.map_or("", |rule| rule.colour.code());
            return Err(Refusal::new(Reason::SlipOutOfTurn).with("next", next));
        };
        let due_at = node.due.due_at;
        let node = code.clone();
        self.ledger.record(Event::SlipIssued { colour, node, due_at, document, fields });
        if rule.proposes_criticism
            && !self.matter.criticism.is_proposed()
            && !self.matter.criticism.is_approved()
        {
            self.ledger.record(Event::CriticismProposed { reason: None });
        }
        Ok(())
    }

    pub(super) fn criticise(
        &mut self,
        approve: bool,
        reason: Option<Commitment>,
    ) -> Result<(), Refusal> {
        if !approve && reason.is_none() {
            return Err(Reason::ReasonNeeded.into());
        }
        self.ledger.record(Event::CriticismDecided { approved: approve, reason });
        Ok(())
    }

    /// Only where the unit is right may its grade be another.
    pub(super) fn review(&mut self, upheld: bool, reason: Commitment, grade: Option<Grade>) {
        let grade = grade.filter(|_| upheld && self.matter.grade.is_some());
        self.ledger.record(Event::Reviewed { upheld, reason, grade });
    }

    pub(super) fn publicise(&mut self, words: Commitment) -> Result<(), Refusal> {
        let until = public_until(self.regime, self.facts.calendar, self.now)?;
        self.ledger.record(Event::Publicised { words, until });
        Ok(())
    }
}

/// Until when anyone may object to what is made public now.
pub(in crate::matter) fn public_until(
    regime: &Regime,
    calendar: &Calendar,
    now: Instant,
) -> Result<Due, Refusal> {
    let Some(limit) = regime.publicity else {
        return Err(Refusal::new(Reason::NotInRegime).with("regime", &regime.code));
    };
    let counting =
        CountingRule { limit, day_one: DayOne::NextDay, holiday: HolidayRule::NextWorkday };
    Ok(calendar.due(&counting, now))
}
