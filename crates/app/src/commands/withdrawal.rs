//! What was broken down is not withdrawn from under its parts: those that are
//! drafts still go with it, those a unit was given must be ended first.

use bihuan_domain::ids::MatterId;
use bihuan_domain::matter::{Actor, Command, Link, Stage};
use bihuan_store::Tx;

use super::act::Work;
use crate::error::Result;

impl Work<'_> {
    /// Withdraws the drafted parts, and counts the parts that are still open.
    pub(super) async fn withdraw_drafted_parts(
        &mut self,
        tx: &mut Tx,
        whole: MatterId,
        actor: &Actor,
    ) -> Result<usize> {
        let mut open = 0;
        let mut wholes = vec![whole];
        while let Some(whole) = wholes.pop() {
            let whole = self.load(tx, whole).await?.matter;
            for part in whole.linked(Link::Child) {
                let stage = self.load(tx, part).await?.matter.stage;
                if stage == Stage::Drafted {
                    self.decide(part, &Command::Withdraw { reason: None }, actor, None)?;
                } else if !stage.is_over() {
                    open += 1;
                }
                wholes.push(part);
            }
        }
        Ok(open)
    }
}
