//! Anything done to a matter that exists.

use bihuan_domain::ids::{CommandId, CountyCode, MatterId, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::{Entry, Head, Written};
use bihuan_domain::matter::{Actor, Command, Event, Facts, Link, Matter, Step, decide, evolve};
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::engine::Answered;
use bihuan_store::read::IdentityReadRow;
use bihuan_store::{Loaded, Tx, project};
use serde::{Deserialize, Serialize};

use super::beside::Beside;
use super::marked::unmarked;
use crate::compose::Composer;
use crate::context::{App, Caller, Sender};
use crate::error::{Error, Result};
use crate::rules::Rules;

/// What a person asks of one matter: one or more commands, taken together or
/// not at all.
#[derive(Clone)]
pub struct Submission {
    pub sender: Sender,
    pub caller: Caller,
    pub matter: MatterId,
    /// Entries the matter had when the person looked; refused when someone has
    /// acted since. `None` where it does not matter (adding words).
    pub seen: Option<u64>,
    pub composed: Composer,
}

/// The answer to a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acted {
    pub matter: MatterId,
    pub number: String,
    pub stage: String,
    pub entries: u64,
}

impl App {
    pub async fn act(&self, submission: Submission) -> Result<Acted> {
        let (sender, matter) = (submission.sender.clone(), submission.matter);
        let acted = self
            .write_sent(&sender, Some(matter), move |app, tx| {
                let submission = submission.clone();
                Box::pin(async move { app.act_in(tx, &submission).await })
            })
            .await?;
        self.nudge();
        Ok(acted)
    }

    async fn act_in(&self, tx: &mut Tx, submission: &Submission) -> Result<Acted> {
        if let Some(first) = self.answered(tx, &submission.sender, &submission.caller).await? {
            return Ok(first);
        }
        let now = self.now();
        let rules = self.rules();
        self.keep_units(tx, &submission.composed.commands).await?;
        let mut work = Work::new(self, &rules, submission.sender.command, now);
        // Parent before child: the matter merged into is locked first.
        for command in &submission.composed.commands {
            if let Command::Merge { into } = command {
                work.load(tx, *into).await?;
            }
        }
        let loaded = work.load(tx, submission.matter).await?;
        if let Some(seen) = submission.seen.filter(|seen| *seen != loaded.matter.entries) {
            return Err(Refusal::new(Reason::ChangedMeanwhile)
                .with("seen", seen)
                .with("now", loaded.matter.entries)
                .into());
        }
        let version = rules.version(&loaded.matter.playbook)?;
        unmarked(version.playbook.regimes.get(&loaded.matter.regime), &submission.composed)?;
        for command in &submission.composed.commands {
            let actor = &submission.caller.actor;
            work.take(tx, submission.matter, command, actor).await?;
            work.with_findings(tx, submission.matter, command, actor).await?;
            if let Command::Erase { content, .. } = command {
                let stream = Entry::stream_of(submission.matter);
                if !tx.erase_content(self.county(), &stream, *content).await? {
                    return Err(Reason::NothingToErase.into());
                }
            }
        }
        work.check_units(tx).await?;
        self.count_sent(tx, &submission.sender).await?;
        self.list_identity_reads(tx, submission, loaded.matter.number.to_string());
        self.put_composed(tx, submission.matter, &submission.composed);
        let matter = work.finish(tx, submission.matter)?;
        let acted = Acted {
            matter: matter.id,
            number: matter.number.to_string(),
            stage: matter.stage.code().to_owned(),
            entries: matter.entries,
        };
        self.remember(tx, &submission.sender, &submission.caller, &acted, now)?;
        Ok(acted)
    }

    /// Units that a matter may be given to stay until it is: taken before any
    /// matter, as a merger does.
    pub(crate) async fn keep_units(&self, tx: &mut Tx, commands: &[Command]) -> Result<()> {
        if commands.iter().any(|command| gives_units(command.step())) {
            tx.keep_units(self.county()).await?;
        }
        Ok(())
    }

    /// Who looked at an identity is listed beside the journal, so that auditors
    /// need not read all of it.
    fn list_identity_reads(&self, tx: &mut Tx, submission: &Submission, number: String) {
        let actor = &submission.caller.actor;
        for command in &submission.composed.commands {
            let Command::ReadIdentity { reason } = command else { continue };
            let row = IdentityReadRow {
                at_us: self.now().micros(),
                command: submission.sender.command.to_string(),
                number: number.clone(),
                role: actor.role.code().to_owned(),
                person: actor.person.map(|person| person.to_string()),
                unit: actor.unit.as_ref().map(ToString::to_string),
                reason: reason.to_string(),
            };
            tx.put_identity_read(self.county(), &row);
        }
    }

    /// The first answer to this command; a conflict if it was another's or said
    /// something else.
    pub(crate) async fn answered<T: for<'de> Deserialize<'de>>(
        &self,
        tx: &mut Tx,
        sender: &Sender,
        caller: &Caller,
    ) -> Result<Option<T>> {
        let Some(first) = tx.answered(self.county(), sender.command).await? else {
            return Ok(None);
        };
        if first.sender != sender_name(caller) || first.digest != sender.digest {
            return Err(Reason::CommandIdReused.into());
        }
        serde_json::from_str(&first.result)
            .map(Some)
            .map_err(|fault| Error::Internal(format!("a stored answer: {fault}")))
    }

    pub(crate) fn remember<T: Serialize>(
        &self,
        tx: &mut Tx,
        sender: &Sender,
        caller: &Caller,
        answer: &T,
        now: Instant,
    ) -> Result<()> {
        let result = serde_json::to_string(answer)
            .map_err(|fault| Error::Internal(format!("an answer: {fault}")))?;
        let answered =
            Answered { sender: sender_name(caller), digest: sender.digest.clone(), result };
        tx.answer(self.county(), sender.command, answered, now);
        Ok(())
    }
}

fn sender_name(caller: &Caller) -> String {
    caller.actor.person.map_or_else(|| caller.actor.role.code().to_owned(), |id| id.to_string())
}

const fn gives_units(step: Step) -> bool {
    matches!(
        step,
        Step::Dispatch
            | Step::ApproveFiling
            | Step::Adjudicate
            | Step::Transfer
            | Step::CoHandle
            | Step::SetObjectUnit
    )
}

/// Matters changed together in one transaction.
pub(crate) struct Work<'a> {
    pub(super) app: &'a App,
    pub(super) rules: &'a Rules,
    command: CommandId,
    pub(super) now: Instant,
    matters: Vec<Changed>,
}

struct Changed {
    /// As it was loaded; none where it is new.
    before: Option<Box<Matter>>,
    loaded: Option<Loaded>,
    id: MatterId,
    /// Units it was with before.
    units: Vec<UnitCode>,
    entries: Vec<(Entry, Written)>,
}

impl<'a> Work<'a> {
    pub(crate) fn new(app: &'a App, rules: &'a Rules, command: CommandId, now: Instant) -> Self {
        Self { app, rules, command, now, matters: Vec::new() }
    }

    pub(crate) async fn load(&mut self, tx: &mut Tx, id: MatterId) -> Result<Loaded> {
        if let Some(changed) = self.matters.iter().find(|changed| changed.id == id) {
            return changed.loaded.clone().ok_or(Error::NotFound);
        }
        let loaded = tx.matter(self.app.county(), id).await?.ok_or(Error::NotFound)?;
        self.matters.push(Changed {
            before: Some(Box::new(loaded.matter.clone())),
            units: loaded.matter.units().chain(&loaded.matter.object_unit).cloned().collect(),
            loaded: Some(loaded.clone()),
            id,
            entries: Vec::new(),
        });
        Ok(loaded)
    }

    /// What follows is decided at another moment, for another command.
    pub(super) const fn turn_to(&mut self, now: Instant, command: CommandId) {
        self.now = now;
        self.command = command;
    }

    /// The parts of a matter begun in this work that are not over: others cannot
    /// know of it yet, so all its parts are here too.
    pub(super) fn open_parts_begun(&self, id: MatterId) -> Option<usize> {
        let matter = |id: MatterId| {
            let changed = self.matters.iter().find(|changed| changed.id == id)?;
            changed.loaded.as_ref().filter(|_| changed.before.is_none())
        };
        let parts = matter(id)?.matter.linked(Link::Child);
        let over = parts.map(|part| matter(part).map(|part| part.matter.stage.is_over()));
        over.map(|over| over.map(|over| usize::from(!over))).sum()
    }

    /// Units this work gives matters to that did not have them.
    pub(super) fn units_given(&self) -> impl Iterator<Item = &UnitCode> {
        self.matters.iter().flat_map(|changed| {
            let matter = changed.loaded.iter().map(|loaded| &loaded.matter);
            let with = matter.flat_map(|matter| matter.units().chain(&matter.object_unit));
            with.filter(|unit| !changed.units.contains(unit))
        })
    }

    /// Begins a matter that does not exist yet.
    pub(crate) fn begin(&mut self, id: MatterId) {
        let (units, entries) = (Vec::new(), Vec::new());
        self.matters.push(Changed { before: None, loaded: None, id, units, entries });
    }

    /// Decides one command and, for a merge, its other half.
    pub(crate) async fn take(
        &mut self,
        tx: &mut Tx,
        id: MatterId,
        command: &Command,
        actor: &Actor,
    ) -> Result<()> {
        let (other, half) = match command {
            Command::Merge { into } => (Some(*into), Some(Command::AttachDuplicate { from: id })),
            Command::Unmerge => {
                let from = self.load(tx, id).await?.matter.merged_into;
                (from, Some(Command::DetachDuplicate { from: id }))
            }
            Command::Link { link, to } => {
                self.may_be_linked(tx, id, *link, *to, actor).await?;
                (Some(*to), Some(Command::AttachLink { link: link.other_half(), to: id }))
            }
            _ => (None, None),
        };
        let beside = self.beside(tx, id, command, actor).await?;
        let numbered = self.numbered(tx, id, command, actor, &beside).await?;
        let command = numbered.as_ref().unwrap_or(command);
        let other_state = match other {
            Some(other) => Some(self.load(tx, other).await?.matter),
            None => None,
        };
        self.decide_beside(id, command, actor, other_state.as_ref(), &beside)?;
        if let (Some(other), Some(half)) = (other, half) {
            self.decide(other, &half, actor, None)?;
        }
        if matches!(command, Command::ApproveFiling { approve: true, .. }) {
            self.after_approval(tx, id, actor).await?;
        }
        Ok(())
    }

    pub(crate) fn decide(
        &mut self,
        id: MatterId,
        command: &Command,
        actor: &Actor,
        other: Option<&Matter>,
    ) -> Result<()> {
        self.decide_beside(id, command, actor, other, &Beside::default())
    }

    fn decide_beside(
        &mut self,
        id: MatterId,
        command: &Command,
        actor: &Actor,
        other: Option<&Matter>,
        beside: &Beside,
    ) -> Result<()> {
        let events = self.events(id, command, actor, other, beside)?;
        self.append(id, &events, actor)
    }

    /// What the command would lead to.
    pub(super) fn events(
        &mut self,
        id: MatterId,
        command: &Command,
        actor: &Actor,
        other: Option<&Matter>,
        beside: &Beside,
    ) -> Result<Vec<Event>> {
        let changed = self.changed(id)?;
        let state = changed.loaded.as_ref().map(|loaded| loaded.matter.clone());
        let version = match &state {
            Some(matter) => self.rules.version(&matter.playbook)?,
            None => self.rules.in_force(self.now)?,
        };
        let facts = Facts {
            playbook: &version.playbook,
            calendar: &version.calendar,
            units: &self.rules.unit_tree,
            other,
            open_parts: beside.open_parts,
            over: &beside.over,
        };
        Ok(decide(id, state.as_ref(), command, actor, &facts, self.now)?)
    }

    /// Appends what happened to a matter.
    pub(crate) fn append(&mut self, id: MatterId, events: &[Event], actor: &Actor) -> Result<()> {
        let (app, now, command) = (self.app, self.now, self.command);
        let changed = self.changed(id)?;
        for event in events {
            let payload = serde_json::to_value(event)
                .map_err(|fault| Error::Internal(format!("an event: {fault}")))?;
            let head = changed.loaded.as_ref().map(|loaded| loaded.head);
            let stream = Entry::stream_of(id);
            let entry = app.entry(stream, head.as_ref(), now, actor, command, payload);
            let written = entry.write().map_err(|fault| Error::Internal(fault.to_string()))?;
            let head = Head { seq: entry.seq, hash: written.hash, at: entry.at };
            let state = changed.loaded.take().map(|loaded| loaded.matter);
            let matter = evolve(state, id, entry.at, actor, event)
                .ok_or_else(|| Error::Internal("an event on no matter".to_owned()))?;
            changed.loaded = Some(Loaded { matter, head });
            changed.entries.push((entry, written));
        }
        Ok(())
    }

    /// Refuses a unit given a matter if it was merged into another meanwhile:
    /// the rules in memory may not know yet.
    pub(crate) async fn check_units(&self, tx: &mut Tx) -> Result<()> {
        for unit in self.units_given() {
            if !tx.stands(self.app.county(), unit.as_str()).await? {
                return Err(Refusal::new(Reason::UnknownUnit).with("unit", unit).into());
            }
        }
        Ok(())
    }

    fn changed(&mut self, id: MatterId) -> Result<&mut Changed> {
        // Of the many matters of an import it is the last that is asked for.
        self.matters
            .iter_mut()
            .rfind(|changed| changed.id == id)
            .ok_or_else(|| Error::Internal("a matter was not loaded".to_owned()))
    }

    /// Writes every changed matter; returns the state of `id`.
    pub(crate) fn finish(self, tx: &mut Tx, id: MatterId) -> Result<Matter> {
        let county: CountyCode = self.app.county().clone();
        let mut result = None;
        for changed in self.matters {
            let Some(loaded) = changed.loaded else { continue };
            if changed.id == id {
                result = Some(loaded.matter.clone());
            }
            if changed.entries.is_empty() {
                continue;
            }
            let version = self.rules.version(&loaded.matter.playbook)?;
            let before = changed.before.as_deref();
            let rows = project::rows(&county, &loaded.matter, &version.playbook, before);
            for (entry, written) in changed.entries {
                tx.append_written(&entry, written);
            }
            tx.put_matter(&county, loaded, rows);
        }
        result.ok_or(Error::NotFound)
    }
}
