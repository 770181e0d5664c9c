//! What an approval brings with it: the parts drafted with a whole are approved
//! in the same transaction, and where whoever approves may dispatch, each goes
//! to the unit it names.
//!
//! A part the approver drafted stays a draft: nobody approves their own.

use bihuan_domain::access::may_take_in;
use bihuan_domain::ids::MatterId;
use bihuan_domain::matter::{Actor, Command, Link, Matter, Stage, Step};
use bihuan_store::Tx;

use super::act::Work;
use crate::error::{Error, Result};

impl Work<'_> {
    pub(super) async fn after_approval(
        &mut self,
        tx: &mut Tx,
        id: MatterId,
        actor: &Actor,
    ) -> Result<()> {
        let mut approved = vec![id];
        let mut at = 0;
        while let Some(whole) = approved.get(at).copied() {
            at += 1;
            let whole = self.load(tx, whole).await?.matter;
            for part in whole.linked(Link::Child) {
                let matter = self.load(tx, part).await?.matter;
                if is_approved_with(&matter, &whole, actor)
                    && self.approve_part(tx, part, actor).await?
                {
                    approved.push(part);
                }
            }
        }
        for id in approved {
            self.hand_out(tx, id, actor).await?;
        }
        Ok(())
    }

    /// What only a leader's reason lets pass stays a draft, to be approved on its
    /// own page.
    async fn approve_part(&mut self, tx: &mut Tx, part: MatterId, actor: &Actor) -> Result<bool> {
        let approve = Command::ApproveFiling { approve: true, document: None, reason: None };
        let beside = self.beside(tx, part, &approve, actor).await?;
        match self.events(part, &approve, actor, None, &beside) {
            Ok(events) => {
                self.append(part, &events, actor)?;
                Ok(true)
            }
            Err(Error::Refused(refusal)) if refusal.reason.may_be_passed_over() => Ok(false),
            Err(fault) => Err(fault),
        }
    }

    /// Papers are sent out by their own steps, with their number.
    async fn hand_out(&mut self, tx: &mut Tx, id: MatterId, actor: &Actor) -> Result<()> {
        let matter = self.load(tx, id).await?.matter;
        let Some(brief) = matter.brief.filter(|brief| brief.template.is_none()) else {
            return Ok(());
        };
        let Some(lead) = brief.lead else { return Ok(()) };
        let version = self.rules.version(&matter.playbook)?;
        let regime = version.playbook.regimes.get(&matter.regime);
        let may =
            regime.is_some_and(|regime| may_take_in(actor.role, Step::Dispatch, regime).is_ok());
        if !may {
            return Ok(());
        }
        let co = brief.co.into_iter().collect();
        self.decide(id, &Command::Dispatch { lead, co, note: None }, actor, None)
    }
}

/// A paper takes a number of its own, so it is approved on its own page.
fn is_approved_with(part: &Matter, whole: &Matter, actor: &Actor) -> bool {
    let is_paper = part.brief.as_ref().is_some_and(|brief| brief.template.is_some());
    part.stage == Stage::Drafted
        && part.regime == whole.regime
        && part.drafter != actor.person
        && !is_paper
}
