//! A notice and the findings it covers go one way: approving it gives those that
//! are not given yet to its unit, and signing for it signs for them.

use bihuan_domain::ids::MatterId;
use bihuan_domain::matter::{Actor, Command, Link, Matter, Stage};
use bihuan_store::Tx;

use super::act::Work;
use crate::error::Result;

impl Work<'_> {
    /// What a command on a notice means for its findings, in the same
    /// transaction: none of them is given out by a notice that was refused.
    pub(super) async fn with_findings(
        &mut self,
        tx: &mut Tx,
        id: MatterId,
        command: &Command,
        actor: &Actor,
    ) -> Result<()> {
        if !matches!(command, Command::ApproveFiling { approve: true, .. } | Command::Sign) {
            return Ok(());
        }
        let notice = self.load(tx, id).await?.matter;
        for finding in notice.linked(Link::Covers) {
            let covered = self.load(tx, finding).await?.matter;
            if let Some(then) = follows(command, &notice, &covered) {
                self.decide(finding, &then, actor, None)?;
            }
        }
        Ok(())
    }
}

fn follows(command: &Command, notice: &Matter, finding: &Matter) -> Option<Command> {
    let proposed = |matter: &Matter| matter.brief.as_ref().and_then(|brief| brief.lead.clone());
    match (command, finding.stage) {
        (Command::ApproveFiling { .. }, Stage::Accepted) => {
            let unit = proposed(notice)?;
            let is_theirs = proposed(finding).is_none_or(|lead| lead == unit);
            let given = || Command::Dispatch { lead: unit, co: Vec::new(), note: None };
            is_theirs.then(given)
        }
        (Command::Sign, Stage::Dispatched) => {
            let units = notice.lead.as_ref().zip(finding.lead.as_ref());
            units.filter(|(notice, finding)| notice.unit == finding.unit).map(|_| Command::Sign)
        }
        _ => None,
    }
}
