//! What became of a report, for the person who holds its code. Nothing here
//! tells who reported, who acted, or what colleagues wrote to each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use bihuan_domain::access::Role;
use bihuan_domain::calendar::Calendar;
use bihuan_domain::ids::MatterId;
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::Commitment;
use bihuan_domain::matter::{
    Actor, Choice, ContentTag, Event, Evidence, Facts, Matter, Step, options,
};
use bihuan_domain::place::ReportCode;
use bihuan_domain::playbook::model::Playbook;
use bihuan_store::journal::{Content, Recorded};

use crate::compose::AttachmentFacts;
use crate::context::App;
use crate::error::{Error, Result};

pub struct Tracked {
    pub code: ReportCode,
    /// The report itself.
    pub matter: Matter,
    /// Where it goes on: itself, or what it was merged into.
    pub goes_on: Matter,
    /// What happened to the report, then to the matter it goes on in.
    pub recorded: Vec<Recorded>,
    pub contents: BTreeMap<Commitment, Content>,
    pub choices: Vec<Choice>,
    pub playbook: Arc<Playbook>,
    pub calendar: Arc<Calendar>,
    pub now: Instant,
    /// Entries under the checkpoint that seals the report; none until sealed.
    pub sealed: Option<u64>,
}

impl Tracked {
    pub fn may(&self, step: Step) -> bool {
        self.choices.iter().any(|choice| choice.step == step && choice.verdict.is_ok())
    }

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

    /// What the reporter gave, and what was chosen for the answer. A merged
    /// report shows nothing another reporter gave.
    pub fn public_photos(&self) -> Vec<Commitment> {
        let own = self.recorded.iter().filter(|entry| entry.actor.role == Role::Reporter);
        let given = own.flat_map(|entry| match &entry.event {
            Event::Filed { evidence, .. } | Event::Supplemented { evidence, .. } => {
                evidence.as_slice()
            }
            _ => &[],
        });
        let chosen = self
            .goes_on
            .shown_answer()
            .into_iter()
            .flat_map(|answer| answer.photos.iter().copied());
        given.map(|evidence: &Evidence| evidence.content).chain(chosen).collect()
    }
}

impl App {
    pub async fn tracked(&self, typed: &str, from: &str) -> Result<Tracked> {
        let (code, id) = self.open_code(typed, from).await?;
        let (matter, mut recorded) = self.report_of(id).await?;
        let stream = id.to_string();
        let mut contents = self.store().contents(self.county(), &stream).await?;
        let goes_on = match matter.merged_into {
            None => matter.clone(),
            Some(into) => {
                let (target, theirs) = self.report_of(into).await?;
                let known = self.store().contents(self.county(), &into.to_string()).await?;
                contents.extend(answer_contents(&target, known));
                let since = recorded.last().map(|entry| entry.at);
                recorded.extend(theirs.into_iter().filter(|entry| is_progress(entry, since)));
                target
            }
        };
        let rules = self.rules();
        let version = rules.version(&goes_on.playbook)?;
        let now = self.now();
        let facts = Facts {
            playbook: &version.playbook,
            calendar: &version.calendar,
            units: &rules.unit_tree,
            other: None,
            open_parts: 0,
            over: &[],
        };
        Ok(Tracked {
            code,
            choices: options(&matter, &Actor::reporter(), &facts, now),
            matter,
            goes_on,
            recorded,
            contents,
            playbook: Arc::clone(&version.playbook),
            calendar: Arc::clone(&version.calendar),
            now,
            sealed: self.sealed_under(id).await?,
        })
    }

    async fn report_of(&self, id: MatterId) -> Result<(Matter, Vec<Recorded>)> {
        let found = self.store().matter(self.county(), id).await?;
        let (loaded, recorded) = found.ok_or(Error::NotFound)?;
        Ok((loaded.matter, recorded))
    }
}

/// Of the matter merged into, only the answer and its photos are for others'
/// eyes; the words of its own reporter are not.
fn answer_contents(
    target: &Matter,
    mut known: BTreeMap<Commitment, Content>,
) -> BTreeMap<Commitment, Content> {
    let chosen: Vec<Commitment> = target
        .shown_answer()
        .into_iter()
        .flat_map(|answer| answer.photos.iter().copied().chain([answer.answer]))
        .collect();
    known.retain(|commitment, _| chosen.contains(commitment));
    known
}

/// What others did to the matter merged into, since then.
fn is_progress(entry: &Recorded, since: Option<Instant>) -> bool {
    entry.actor.role != Role::Reporter
        && since.is_none_or(|since| entry.at >= since)
        && !matches!(entry.event, Event::DuplicateAttached { .. } | Event::DuplicateDetached { .. })
}
