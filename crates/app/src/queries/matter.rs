//! One matter with everything recorded of it, for those who may see it.

use std::collections::BTreeMap;
use std::sync::Arc;

use bihuan_domain::access::{may_read_words, may_see};
use bihuan_domain::calendar::Calendar;
use bihuan_domain::ids::{CommandId, MatterId, PersonId};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::Commitment;
use bihuan_domain::matter::{Choice, ContentTag, Event, Facts, Link, Matter, Step, options};
use bihuan_domain::place::Position;
use bihuan_domain::playbook::model::Playbook;
use bihuan_store::journal::{Content, Recorded};
use bihuan_store::read::{Filter, MatterRow, Order};

use crate::compose::AttachmentFacts;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// Matters shown beside one at most.
const BESIDE: u32 = 10;
const LINKED: usize = 100;

pub struct MatterView {
    pub matter: Matter,
    pub recorded: Vec<Recorded>,
    pub contents: BTreeMap<Commitment, Content>,
    /// Names of the people who acted, by id.
    pub names: BTreeMap<PersonId, String>,
    /// What may be done now, and why the rest may not.
    pub choices: Vec<Choice>,
    pub playbook: Arc<Playbook>,
    pub calendar: Arc<Calendar>,
    pub now: Instant,
    /// Entries already in the sealed log.
    pub sealed: usize,
    pub same: Vec<SameThing>,
    /// What it belongs to, was broken down into, covers or came of.
    pub linked: Vec<Linked>,
    /// The reporter asked for confidentiality, and the caller does not read the
    /// report's own words.
    pub words_are_kept: bool,
}

/// Another report of the same thing, merged into this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameThing {
    pub row: MatterRow,
    /// Whether the one who asks may open it.
    pub may_open: bool,
}

/// Another matter and what it is to this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    pub link: Link,
    pub row: MatterRow,
    pub may_open: bool,
}

impl MatterView {
    /// The text behind a commitment; none once erased.
    pub fn text(&self, of: Option<Commitment>) -> Option<&str> {
        self.contents.get(&of?).map(|content| content.body.as_str())
    }

    pub fn attachment(&self, of: Commitment) -> Option<AttachmentFacts> {
        let content = self.contents.get(&of)?;
        if content.tag != ContentTag::Attachment.code() {
            return None;
        }
        serde_json::from_str(&content.body).ok()
    }

    pub fn words(&self) -> &str {
        self.text(self.matter.words).unwrap_or_default()
    }

    pub fn address(&self) -> Option<&str> {
        self.text(self.matter.whereabouts.address)
    }

    pub fn position(&self) -> Option<Position> {
        serde_json::from_str(self.text(self.matter.whereabouts.position)?).ok()
    }

    pub fn may(&self, step: Step) -> bool {
        self.choices.iter().any(|choice| choice.step == step && choice.verdict.is_ok())
    }
}

impl App {
    /// The matter with this number, if the caller may see it. One that exists
    /// but is hidden answers the same as one that does not.
    pub async fn matter(&self, caller: &Caller, number: &str) -> Result<MatterView> {
        let id = self.store().matter_by_number(self.county(), number).await?;
        self.matter_by_id(caller, id.ok_or(Error::NotFound)?).await
    }

    pub async fn matter_by_id(&self, caller: &Caller, id: MatterId) -> Result<MatterView> {
        let found = self.store().matter(self.county(), id).await?;
        let (loaded, recorded) = found.ok_or(Error::NotFound)?;
        let matter = loaded.matter;
        let rules = self.rules();
        if !may_see(&caller.actor, &matter, &rules.unit_tree) {
            return Err(Error::NotFound);
        }
        let version = rules.version(&matter.playbook)?;
        let now = self.now();
        let facts = Facts {
            playbook: &version.playbook,
            calendar: &version.calendar,
            units: &rules.unit_tree,
            other: None,
            open_parts: 0,
            over: &[],
        };
        let choices = options(&matter, &caller.actor, &facts, now);
        let mut contents = self.store().contents(self.county(), &id.to_string()).await?;
        let words_are_kept = !may_read_words(&caller.actor, &matter, &rules.unit_tree);
        if words_are_kept {
            contents.retain(|_, content| content.tag != ContentTag::Words.code());
        }
        let names = self.names_of(&recorded).await?;
        let sealed = self.sealed_entries(id, matter.entries).await?;
        let same = self.same_things(caller, id).await?;
        let linked = self.linked(caller, &matter).await?;
        Ok(MatterView {
            matter,
            recorded,
            contents,
            names,
            choices,
            playbook: Arc::clone(&version.playbook),
            calendar: Arc::clone(&version.calendar),
            now,
            sealed,
            same,
            linked,
            words_are_kept,
        })
    }

    async fn names_of(&self, recorded: &[Recorded]) -> Result<BTreeMap<PersonId, String>> {
        let mut people: Vec<PersonId> =
            recorded.iter().filter_map(|entry| entry.actor.person).collect();
        people.sort_unstable();
        people.dedup();
        let names = self.store().names(self.county(), &people).await?;
        Ok(names.into_iter().filter_map(|(id, name)| Some((id.parse().ok()?, name))).collect())
    }

    /// Entries are sealed in the order of their stream, so looking backwards for
    /// the last sealed one tells how many are.
    async fn sealed_entries(&self, id: MatterId, entries: u64) -> Result<usize> {
        let stream = id.to_string();
        for seq in (0..entries).rev() {
            if self.store().leaf_of(self.county(), &stream, seq).await?.is_some() {
                return Ok(usize::try_from(seq + 1).unwrap_or(usize::MAX));
            }
        }
        Ok(0)
    }

    /// Those first that it is part of. A long list of parts is cut: the tree
    /// shows all.
    async fn linked(&self, caller: &Caller, matter: &Matter) -> Result<Vec<Linked>> {
        if matter.links.is_empty() {
            return Ok(Vec::new());
        }
        let ids = matter.links.iter().take(LINKED).map(|(_, other)| other.to_string()).collect();
        let filter = Filter { matters: Some(ids), ..Filter::default() };
        let most = u32::try_from(LINKED).unwrap_or(u32::MAX);
        let everything = bihuan_store::read::Reach::County;
        let store = self.store();
        let all =
            store.matters(self.county(), &everything, &filter, Order::Oldest, None, most).await?;
        let visible = Filter { not_about: self.own_units(caller), ..filter };
        let reach = self.reach(caller);
        let mine =
            store.matters(self.county(), &reach, &visible, Order::Oldest, None, most).await?;
        let mut linked = Vec::new();
        for mut row in all.rows {
            let of = matter.links.iter().filter(|(_, other)| other.to_string() == row.matter);
            let may_open = mine.rows.iter().any(|own| own.matter == row.matter);
            // A link is no way round: what may not be opened says its number alone,
            // what was told in confidence its words to whoever sorts.
            if !may_open || row.confidential != 0 {
                row.words = None;
            }
            linked.extend(of.map(|(link, _)| Linked { link: *link, row: row.clone(), may_open }));
        }
        linked.sort_by_key(|one| one.link);
        Ok(linked)
    }

    async fn same_things(&self, caller: &Caller, id: MatterId) -> Result<Vec<SameThing>> {
        let filter = Filter { merged_into: Some(id.to_string()), ..Filter::default() };
        let everything = bihuan_store::read::Reach::County;
        let page = self
            .store()
            .matters(self.county(), &everything, &filter, Order::FiledOfFew, None, BESIDE)
            .await?;
        if page.rows.is_empty() {
            return Ok(Vec::new());
        }
        let visible = Filter { not_about: self.own_units(caller), ..filter };
        let reach = self.reach(caller);
        let mine = self
            .store()
            .matters(self.county(), &reach, &visible, Order::FiledOfFew, None, BESIDE)
            .await?;
        Ok(page
            .rows
            .into_iter()
            .map(|row| SameThing {
                may_open: mine.rows.iter().any(|own| own.matter == row.matter),
                row,
            })
            .collect())
    }

    /// The identity a reporter left. Reading it takes a reason and is recorded
    /// before it is shown; the step is the regime's to grant. Asked twice it is
    /// read twice: the first answer to a repeated command would show it again
    /// unrecorded, perhaps to one whose post was taken away.
    pub async fn read_identity(
        &self,
        caller: &Caller,
        number: &str,
        reason: &str,
    ) -> Result<crate::commands::Reporter> {
        let view = self.matter(caller, number).await?;
        let mut composed = crate::compose::Composer::new(self);
        let reason = composed.words(ContentTag::Note, reason)?;
        composed.push(bihuan_domain::matter::Command::ReadIdentity { reason });
        let matter = view.matter.id;
        let sender = crate::context::Sender::new(CommandId(self.new_id()), ["read-identity"]);
        self.act(crate::commands::Submission {
            sender,
            caller: caller.clone(),
            matter,
            seen: None,
            composed,
        })
        .await?;
        let sealed = self.store().identity(self.county(), matter).await?.ok_or(Error::NotFound)?;
        let plain = self.keys().open_identity(&sealed, &matter.to_string())?;
        let unreadable = |fault: serde_json::Error| Error::Internal(format!("identity: {fault}"));
        let outer: serde_json::Value = serde_json::from_str(&plain).map_err(unreadable)?;
        let inner = outer["reporter"].as_str().unwrap_or_default();
        serde_json::from_str(inner).map_err(unreadable)
    }
}

/// Whether an event belongs in the timeline people read: clock events are told
/// under "why this date", and who looked at an identity only to auditors.
pub fn is_told(event: &Event) -> bool {
    event.step().is_some_and(|step| step != Step::ReadIdentity)
}
