//! Tasks, findings, inspections and papers, one or fifty at once, all or none.

use bihuan_domain::access::{may_see, may_take_in};
use bihuan_domain::ids::{MatterId, MatterNumber, RegimeCode};
use bihuan_domain::journal::{Commitment, Entry};
use bihuan_domain::matter::{
    Brief, Command, Evidence, Link, Report, Source, Step, Urgency, Whereabouts,
};
use bihuan_store::Tx;
use serde::{Deserialize, Serialize};

use super::act::Work;
use super::marked::unmarked;
use crate::compose::Composer;
use crate::context::{App, Caller, Sender};
use crate::error::{Error, Result};

/// What is drafted, its words already committed in `composed`.
#[derive(Clone)]
pub struct NewMatter {
    pub id: MatterId,
    pub regime: RegimeCode,
    pub source: Source,
    pub urgency: Urgency,
    pub words: Commitment,
    pub brief: Brief,
    pub evidence: Vec<Evidence>,
    pub composed: Composer,
    /// Taken on it at once, e.g. its dispatch.
    pub then: Vec<Command>,
}

#[derive(Clone)]
pub struct Registration {
    pub sender: Sender,
    pub caller: Caller,
    /// Wholes before their parts.
    pub matters: Vec<NewMatter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// In the order they were given.
    pub matters: Vec<(MatterId, String)>,
}

impl App {
    pub fn new_matter_id(&self) -> MatterId {
        MatterId(self.new_id())
    }

    /// Ids of one registration, in rising order: parts come after their whole.
    pub fn new_matter_ids(&self, count: usize) -> Vec<MatterId> {
        let mut ids: Vec<MatterId> = (0..count).map(|_| self.new_matter_id()).collect();
        ids.sort_unstable();
        ids
    }

    /// Whether this caller may register matters of a regime at all.
    pub fn may_file(&self, caller: &Caller, regime: &RegimeCode) -> Result<()> {
        let rules = self.rules();
        let playbook = &rules.in_force(self.now())?.playbook;
        let regime = playbook.regimes.get(regime).ok_or(Error::NotFound)?;
        may_take_in(caller.role(), Step::File, regime).map_err(|_| Error::Forbidden)
    }

    pub async fn file_matters(&self, registration: Registration) -> Result<Registered> {
        let registered = self
            .write(move |app, tx| {
                let registration = registration.clone();
                Box::pin(async move { app.file_matters_in(tx, &registration).await })
            })
            .await?;
        self.nudge();
        Ok(registered)
    }

    async fn file_matters_in(&self, tx: &mut Tx, asked: &Registration) -> Result<Registered> {
        if let Some(first) = self.answered(tx, &asked.sender, &asked.caller).await? {
            return Ok(first);
        }
        for new in &asked.matters {
            self.keep_units(tx, &new.then).await?;
        }
        let now = self.now();
        let rules = self.rules();
        let mut work = Work::new(self, &rules, asked.sender.command, now);
        let matters = self.begin_drafts(tx, &mut work, asked).await?;
        for new in &asked.matters {
            self.put_composed(tx, new.id, &new.composed);
        }
        work.check_units(tx).await?;
        if let Some(first) = asked.matters.first() {
            work.finish(tx, first.id)?;
        }
        let registered = Registered { matters };
        self.remember(tx, &asked.sender, &asked.caller, &registered, now)?;
        Ok(registered)
    }

    /// Decides a registration; the answer is each matter with its number.
    pub(super) async fn begin_drafts(
        &self,
        tx: &mut Tx,
        work: &mut Work<'_>,
        asked: &Registration,
    ) -> Result<Vec<(MatterId, String)>> {
        let playbook = &work.rules.in_force(work.now)?.playbook;
        for new in &asked.matters {
            unmarked(playbook.regimes.get(&new.regime), &new.composed)?;
        }
        self.load_others(tx, work, asked).await?;
        let prefix = playbook.number_prefix.clone();
        let mut matters = Vec::with_capacity(asked.matters.len());
        for new in &asked.matters {
            let number = self.next_number(tx, &prefix, work.now).await?;
            let whole = match new.brief.whole() {
                Some(whole) => Some(work.load(tx, whole).await?.matter),
                None => None,
            };
            work.begin(new.id);
            let actor = &asked.caller.actor;
            work.decide(new.id, &filing(new, number.clone()), actor, whole.as_ref())?;
            for (link, other) in &new.brief.links {
                let half = Command::AttachLink { link: link.other_half(), to: new.id };
                work.decide(*other, &half, actor, None)?;
            }
            for command in &new.then {
                work.take(tx, new.id, command, actor).await?;
            }
            matters.push((new.id, number));
        }
        Ok(matters)
    }

    /// What new matters are linked to and is there already: seen by whoever
    /// links to it and, of what it becomes a part, still open.
    async fn load_others(
        &self,
        tx: &mut Tx,
        work: &mut Work<'_>,
        asked: &Registration,
    ) -> Result<()> {
        let is_new = |id: &MatterId| asked.matters.iter().any(|new| new.id == *id);
        let mut links = Vec::new();
        for new in &asked.matters {
            let others = new.brief.links.iter().filter(|(_, other)| !is_new(other));
            links.extend(others.map(|(link, other)| (new.id, *link, *other)));
        }
        for (id, link, other) in links {
            let matter = work.load(tx, other).await?.matter;
            if !may_see(&asked.caller.actor, &matter, &self.rules().unit_tree) {
                return Err(Error::NotFound);
            }
            if link == Link::Parent {
                work.no_circle(tx, id, &matter).await?;
            }
        }
        Ok(())
    }

    pub(super) fn put_composed(&self, tx: &mut Tx, id: MatterId, composed: &Composer) {
        let stream = Entry::stream_of(id);
        for content in &composed.contents {
            tx.put_content(self.county(), &stream, content);
        }
        for attachment in &composed.attachments {
            let mut attachment = attachment.clone();
            attachment.matter = Some(stream.clone());
            tx.put_attachment(self.county(), &attachment);
        }
    }
}

fn filing(new: &NewMatter, number: String) -> Command {
    Command::File(Report {
        number: MatterNumber(number),
        regime: new.regime.clone(),
        source: new.source,
        item: None,
        words: new.words,
        whereabouts: Whereabouts::default(),
        evidence: new.evidence.clone(),
        identity: None,
        confidential: false,
        urgency: new.urgency,
        claimed_at: None,
        brief: Some(Box::new(new.brief.clone())),
    })
}
