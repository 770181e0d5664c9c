//! What happened over weeks to matters that are new to the store, written in one
//! transaction: how a simulated county comes to its size. Every act is decided at
//! its own moment by the same rules as everywhere; what they refuse is not written.
//!
//! No act is remembered for a repetition: a batch that failed is enacted anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use bihuan_domain::ids::{CommandId, MatterId, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Command, slip_due};
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::Tx;

use super::act::{Submission, Work};
use super::file_matters::Registration;
use super::file_report::Filing;
use super::marked::unmarked;
use crate::context::{App, Caller};
use crate::error::{Error, Result};
use crate::rules::Rules;

/// One act and when it was taken.
#[derive(Clone)]
pub struct Past {
    pub at: Instant,
    pub act: PastAct,
}

#[derive(Clone)]
pub enum PastAct {
    Report(Box<Filing>),
    Register(Box<Registration>),
    Take(Box<Submission>),
}

/// What came of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enacted {
    pub acts: usize,
    /// Families of which nothing was written, by their place in the batch: the act
    /// refused and why.
    pub refused: Vec<(usize, String)>,
}

impl App {
    /// Each family is the acts, in order of time, on matters that touch each other
    /// and none before them. The families' first matters rise with time, or their
    /// numbers do not.
    pub async fn enact(&self, families: Arc<Vec<Vec<Past>>>) -> Result<Enacted> {
        self.write(move |app, tx| {
            let families = Arc::clone(&families);
            Box::pin(async move { app.enact_in(tx, &families).await })
        })
        .await
    }

    async fn enact_in(&self, tx: &mut Tx, families: &[Vec<Past>]) -> Result<Enacted> {
        let rules = self.rules();
        tx.keep_units(self.county()).await?;
        let mut enacted = Enacted::default();
        let mut units = BTreeSet::new();
        for (place, family) in families.iter().enumerate() {
            match self.relive(tx, &rules, family).await {
                Ok(given) => {
                    enacted.acts += family.len();
                    units.extend(given);
                }
                Err(Error::Refused(refusal)) => enacted.refused.push((place, refusal.to_string())),
                Err(fault) => return Err(fault),
            }
        }
        for unit in &units {
            if !tx.stands(self.county(), unit.as_str()).await? {
                return Err(Refusal::new(Reason::UnknownUnit).with("unit", unit).into());
            }
        }
        Ok(enacted)
    }

    /// Writes one family, or nothing of it; the answer is the units it is with.
    async fn relive(&self, tx: &mut Tx, rules: &Rules, family: &[Past]) -> Result<Vec<UnitCode>> {
        let Some(first) = family.first() else { return Ok(Vec::new()) };
        let mut work = Work::new(self, rules, first.command(), first.at);
        for past in family {
            work.turn_to(past.at, past.command());
            match &past.act {
                PastAct::Report(filing) => {
                    let number = self.next_report_number(tx, rules, past.at).await?;
                    self.begin_report(&mut work, filing, number)?;
                }
                PastAct::Register(asked) => {
                    self.begin_drafts(tx, &mut work, asked).await?;
                }
                PastAct::Take(submission) => take(tx, &mut work, submission).await?,
            }
        }
        for past in family {
            self.put_past(tx, &past.act);
        }
        let given = work.units_given().cloned().collect();
        work.finish(tx, first.matter())?;
        Ok(given)
    }

    fn put_past(&self, tx: &mut Tx, act: &PastAct) {
        match act {
            PastAct::Report(filing) => drop(self.put_filing(tx, filing)),
            PastAct::Register(asked) => {
                for new in &asked.matters {
                    self.put_composed(tx, new.id, &new.composed);
                }
            }
            PastAct::Take(submission) => {
                self.put_composed(tx, submission.matter, &submission.composed);
            }
        }
    }
}

async fn take(tx: &mut Tx, work: &mut Work<'_>, submission: &Submission) -> Result<()> {
    let (id, actor) = (submission.matter, &submission.caller.actor);
    slips(tx, work, id).await?;
    let matter = work.load(tx, id).await?.matter;
    let version = work.rules.version(&matter.playbook)?;
    unmarked(version.playbook.regimes.get(&matter.regime), &submission.composed)?;
    for command in &submission.composed.commands {
        work.take(tx, id, command, actor).await?;
        work.with_findings(tx, id, command, actor).await?;
    }
    Ok(())
}

/// The slips the task would have issued since the act before.
async fn slips(tx: &mut Tx, work: &mut Work<'_>, id: MatterId) -> Result<()> {
    loop {
        let matter = work.load(tx, id).await?.matter;
        let version = work.rules.version(&matter.playbook)?;
        let regime = version.playbook.regimes.get(&matter.regime);
        let regime = regime.filter(|regime| !regime.slips.is_empty());
        let due = regime.and_then(|regime| slip_due(&matter, regime, &version.calendar, work.now));
        let Some((colour, node)) = due else { return Ok(()) };
        let slip = Command::Slip { colour, node, document: None, fields: None };
        work.take(tx, id, &slip, &Caller::system().actor).await?;
    }
}

impl Past {
    fn command(&self) -> CommandId {
        match &self.act {
            PastAct::Report(filing) => filing.report.sender.command,
            PastAct::Register(asked) => asked.sender.command,
            PastAct::Take(submission) => submission.sender.command,
        }
    }

    fn matter(&self) -> MatterId {
        match &self.act {
            PastAct::Report(filing) => filing.matter,
            PastAct::Register(asked) => {
                asked.matters.first().map_or(MatterId(uuid::Uuid::nil()), |new| new.id)
            }
            PastAct::Take(submission) => submission.matter,
        }
    }
}
