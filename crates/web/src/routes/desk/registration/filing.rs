//! From tasks as a page understood them to the registration of them all.

use std::collections::BTreeSet;

use bihuan_app::commands::{NewMatter, Registered, Registration, Session};
use bihuan_app::error::Result;
use bihuan_app::{App, Composer, Sender};
use bihuan_documents::draft::Class;
use bihuan_domain::ids::{MatterId, RegimeCode, UnitCode};
use bihuan_domain::matter::{Brief, ContentTag, Link, Source, Urgency};
use bihuan_domain::playbook::model::DUTY;
use jiff::civil::Date;

use super::REGIME;
use super::sent::Sent;
use crate::routes::site::{Site, command_id};
use crate::routes::upload::said;

/// What a task may come of; the first is the usual one.
pub(super) const SOURCES: [Source; 3] = [Source::Meeting, Source::Paper, Source::LeaderNote];

pub(super) fn source_of(code: &str) -> Option<Source> {
    Source::from_code(code).filter(|source| SOURCES.contains(source))
}

pub(super) const fn urgency_of(class: Class) -> Urgency {
    match class {
        Class::Ordinary => Urgency::Ordinary,
        Class::Major => Urgency::Major,
        Class::Continuing => Urgency::Continuing,
    }
}

pub(super) struct Task {
    pub(super) words: String,
    pub(super) goal: Option<String>,
    pub(super) urgency: Urgency,
    pub(super) source: Source,
    pub(super) basis: Option<String>,
    pub(super) approver: Option<String>,
    pub(super) official: Option<String>,
    pub(super) person: Option<String>,
    /// The line of the villages' duty list it falls under.
    pub(super) duty: Option<String>,
    pub(super) lead: Option<UnitCode>,
    pub(super) co: BTreeSet<UnitCode>,
    pub(super) due: Option<Date>,
    pub(super) whole: Whole,
}

/// What a task is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    Nothing,
    /// One that is there already.
    Matter(MatterId),
    /// One of the same registration, before this one.
    Task(usize),
}

impl Task {
    pub(super) fn new(words: impl Into<String>, source: Source) -> Self {
        Self {
            words: words.into(),
            goal: None,
            urgency: Urgency::Ordinary,
            source,
            basis: None,
            approver: None,
            official: None,
            person: None,
            duty: None,
            lead: None,
            co: BTreeSet::new(),
            due: None,
            whole: Whole::Nothing,
        }
    }

    /// A heading over its parts: its time is that of the last of them.
    pub(super) fn over(words: impl Into<String>, source: Source, last: Option<Date>) -> Self {
        let urgency = if last.is_some() { Urgency::Ordinary } else { Urgency::Continuing };
        Self { due: last, urgency, ..Self::new(words, source) }
    }
}

/// Registers all or none. The same form sent again is answered as the first.
pub(super) async fn file(
    site: &Site,
    session: &Session,
    sent: &Sent,
    tasks: &[Task],
) -> Result<Registered> {
    let command = command_id(&site.app, sent.one("command"));
    let ids = site.app.new_matter_ids(tasks.len());
    let matters = ids.iter().zip(tasks).map(|(id, task)| matter(&site.app, *id, task, &ids));
    let registration = Registration {
        sender: Sender::new(command, said(&sent.fields, &[])),
        caller: session.caller.clone(),
        matters: matters.collect::<Result<_>>()?,
    };
    site.app.file_matters(registration).await
}

fn matter(app: &App, id: MatterId, task: &Task, ids: &[MatterId]) -> Result<NewMatter> {
    let mut composed = Composer::new(app);
    let words = composed.words(ContentTag::Words, &task.words)?;
    let mut note =
        |text: &Option<String>| composed.optional(ContentTag::Note, text.as_deref().unwrap_or(""));
    let whole = match task.whole {
        Whole::Nothing => None,
        Whole::Matter(id) => Some(id),
        Whole::Task(at) => ids.get(at).copied(),
    };
    let brief = Brief {
        goal: note(&task.goal)?,
        basis: note(&task.basis)?,
        approver: note(&task.approver)?,
        official: note(&task.official)?,
        person: note(&task.person)?,
        lead: task.lead.clone(),
        co: task.co.clone(),
        due_on: task.due,
        codes: task.duty.iter().map(|duty| (DUTY.to_owned(), duty.clone())).collect(),
        links: whole.map(|whole| (Link::Parent, whole)).into_iter().collect(),
        ..Brief::default()
    };
    Ok(NewMatter {
        id,
        regime: RegimeCode::new(REGIME),
        source: task.source,
        urgency: task.urgency,
        words,
        brief,
        evidence: Vec::new(),
        composed,
        then: Vec::new(),
    })
}
