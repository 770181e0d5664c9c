//! Files what is drafted, has it approved, and carries out what follows.

use std::collections::{BTreeMap, BTreeSet};

use bihuan_app::commands::{NewMatter, Registration, Submission};
use bihuan_app::{App, Composer};
use bihuan_domain::ids::MatterId;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Brief, Command, ContentTag};

use crate::cast::Who;
use crate::plan::{Batch, Draft, Key, Step};
use crate::play::{Others, Player, Track, sender};
use crate::{Error, Result};

/// The ids of what was drafted.
pub(crate) type Known = BTreeMap<Key, MatterId>;

/// A draft on its way.
pub(super) struct Chore<'a> {
    pub(super) steps: &'a [Step],
    pub(super) track: Track,
}

impl Chore<'_> {
    /// The steps that one person takes next at one moment before `to`.
    pub(super) fn next(&self, to: Instant) -> &[Step] {
        let left = self.steps.get(self.track.next..).unwrap_or_default();
        let Some(first) = left.first().filter(|step| step.at < to) else { return &[] };
        let same = |step: &&Step| step.at == first.at && step.who == first.who;
        let count = left.iter().take_while(same).count();
        left.get(..count).unwrap_or_default()
    }
}

impl Player<'_> {
    /// All of a batch in one act, then the approval of what needs it, parts with
    /// their whole and one after the other: so papers take their numbers in the plan's order.
    pub(super) async fn draft<'b>(
        &self,
        batch: &'b Batch,
        known: &mut Known,
    ) -> Result<Vec<Chore<'b>>> {
        let app = self.at(batch.at);
        let registration = self.registration(batch, known)?;
        let registered = app.file_matters(registration).await?;
        let mut chores = Vec::new();
        for (draft, (id, number)) in batch.drafts.iter().zip(registered.matters) {
            let mut track = Track { drafted: Some((id, number)), ..Track::default() };
            if let Some(at) = batch.approved_at.filter(|_| !draft.is_part()) {
                self.approve(id, at).await?;
                track.acts += 1;
            }
            chores.push(Chore { steps: &draft.steps, track });
        }
        Ok(chores)
    }

    pub(super) fn registration(&self, batch: &Batch, known: &mut Known) -> Result<Registration> {
        let app = self.at(batch.at);
        for draft in &batch.drafts {
            known.insert(draft.key, app.new_matter_id());
        }
        let matters = batch.drafts.iter().map(|draft| matter(&app, draft, known));
        let (sender, caller) = (sender(&app), self.cast.caller(&batch.who)?);
        Ok(Registration { sender, caller, matters: matters.collect::<Result<_>>()? })
    }

    async fn approve(&self, matter: MatterId, at: Instant) -> Result<()> {
        self.at(at).act(self.approval(matter, at, "")?).await?;
        Ok(())
    }

    /// With a reason where a leader passes something over.
    pub(super) fn approval(
        &self,
        matter: MatterId,
        at: Instant,
        reason: &str,
    ) -> Result<Submission> {
        let app = self.at(at);
        let mut composed = Composer::new(&app);
        let reason = composed.optional(ContentTag::Note, reason)?;
        composed.push(Command::ApproveFiling { approve: true, document: None, reason });
        let (sender, caller) = (sender(&app), self.cast.caller(&Who::Leader)?);
        Ok(Submission { sender, caller, matter, seen: None, composed })
    }

    pub(super) async fn take_on(
        &self,
        chore: &mut Chore<'_>,
        known: &Known,
        to: Instant,
    ) -> Result<()> {
        loop {
            let steps = chore.next(to).to_vec();
            if steps.is_empty() {
                return Ok(());
            }
            chore.track.next += steps.len();
            let others = Others { root: None, known };
            self.take(&steps, &mut chore.track, others).await?;
        }
    }
}

fn matter(app: &App, draft: &Draft, known: &Known) -> Result<NewMatter> {
    let id_of = |key: &Key| {
        known.get(key).copied().ok_or(Error::Incomplete("what a draft of the demo is linked to"))
    };
    let links = draft.links.iter().map(|(link, key)| Ok((*link, id_of(key)?)));
    let mut composed = Composer::new(app);
    let fields = match &draft.paper {
        Some(paper) => {
            let fields = serde_json::to_string(&paper.fields)
                .map_err(|_| Error::Incomplete("the fields of a paper of the demo"))?;
            Some(composed.commit(ContentTag::Paper, fields))
        }
        None => None,
    };
    let note = ContentTag::Note;
    let brief = Brief {
        goal: composed.optional(note, &draft.goal)?,
        basis: composed.optional(note, &draft.basis)?,
        official: composed.optional(note, &draft.official)?,
        person: composed.optional(note, &draft.person)?,
        lead: draft.lead.clone(),
        co: draft.co.clone(),
        from_on: draft.from_on,
        due_on: draft.due_on,
        links: links.collect::<Result<BTreeSet<_>>>()?,
        template: draft.paper.as_ref().map(|paper| paper.template.clone()),
        fields,
        ..Brief::default()
    };
    Ok(NewMatter {
        id: id_of(&draft.key)?,
        regime: draft.regime.clone(),
        source: draft.source,
        urgency: draft.urgency,
        words: composed.words(ContentTag::Words, &draft.words)?,
        brief,
        evidence: Vec::new(),
        composed,
        then: Vec::new(),
    })
}
