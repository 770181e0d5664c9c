//! The two halves of a merge. They are one act: whoever may take the first on
//! the duplicate also writes the second into the matter that goes on.

use super::Decision;
use crate::access::{Role, may_see};
use crate::ids::MatterId;
use crate::matter::event::Event;
use crate::matter::kind::Stage;
use crate::matter::state::Matter;
use crate::refusal::{Reason, Refusal};

impl Decision<'_, '_> {
    pub(super) fn merge(&mut self, into: MatterId) -> Result<(), Refusal> {
        if into == self.matter.id {
            return Err(Reason::MergeIntoItself.into());
        }
        let other =
            self.facts.other.filter(|other| other.id == into).ok_or(Reason::NoSuchMatter)?;
        // Reporters are shown class, place and state of what is open near them and
        // say which it is; triage can undo it.
        let was_shown = self.actor.role == Role::Reporter;
        if !was_shown && !may_see(self.actor, other, self.facts.units) {
            return Err(Reason::NotYours.into());
        }
        may_take_in_duplicates(other)?;
        self.ledger.record(Event::Merged { into });
        Ok(())
    }

    pub(super) fn attach(&mut self, from: MatterId) -> Result<(), Refusal> {
        if from == self.matter.id {
            return Err(Reason::MergeIntoItself.into());
        }
        may_take_in_duplicates(self.matter)?;
        self.ledger.record(Event::DuplicateAttached { from });
        Ok(())
    }

    pub(super) fn detach(&mut self, from: MatterId) -> Result<(), Refusal> {
        if !self.matter.duplicates.contains(&from) {
            return Err(Reason::NoSuchMatter.into());
        }
        self.ledger.record(Event::DuplicateDetached { from });
        Ok(())
    }
}

fn may_take_in_duplicates(target: &Matter) -> Result<(), Refusal> {
    if target.stage == Stage::Merged {
        return Err(Reason::MergeTargetMerged.into());
    }
    if target.stage.is_over() {
        return Err(Refusal::new(Reason::MergeTargetOver).with("stage", target.stage.code()));
    }
    Ok(())
}
