//! Tasks registered one or many at once, and what an approval brings with it.
//! Each test runs on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up has failed")]

mod approval;
mod filing;
mod limits;

use std::collections::BTreeSet;

use bihuan_app::commands::{NewMatter, Registered, Registration, Submission};
use bihuan_app::{Caller, Composer, Error, Sender};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{MatterId, RegimeCode, UnitCode};
use bihuan_domain::matter::{Brief, Command, ContentTag, Link, Matter, Source, Urgency};
use bihuan_domain::refusal::Reason;
use bihuan_store::Store;
use bihuan_testkit::app::Running;

/// Runs a test on each engine with an inspection office.
macro_rules! office {
    ($office:ident => $body:block) => {
        bihuan_testkit::engines::each(|database| async move {
            let $office = crate::Office::over(database.store.clone()).await;
            $body
        })
        .await
    };
}
pub(crate) use office;

pub(crate) struct Office {
    pub(crate) running: Running,
    pub(crate) supervisor: Caller,
    pub(crate) leader: Caller,
}

/// A task as a test words it.
pub(crate) struct Task<'a> {
    pub(crate) words: &'a str,
    pub(crate) lead: Option<&'a str>,
    pub(crate) part_of: Option<MatterId>,
}

pub(crate) const fn task(words: &str) -> Task<'_> {
    Task { words, lead: None, part_of: None }
}

impl<'a> Task<'a> {
    pub(crate) const fn by(self, unit: &'a str) -> Self {
        Self { lead: Some(unit), ..self }
    }

    pub(crate) const fn part_of(self, whole: MatterId) -> Self {
        Self { part_of: Some(whole), ..self }
    }
}

impl Office {
    pub(crate) async fn over(store: Store) -> Self {
        let running = Running::over(store).await;
        let supervisor = running.person("watch", Role::Supervisor, "inspection", None).await;
        let leader = running.person("mayor", Role::Leader, "county", None).await;
        Self { running, supervisor, leader }
    }

    pub(crate) fn ids(&self, count: usize) -> Vec<MatterId> {
        self.running.app.new_matter_ids(count)
    }

    pub(crate) async fn file(
        &self,
        by: &Caller,
        tasks: Vec<(MatterId, Task<'_>)>,
    ) -> Result<Registered, Error> {
        self.file_with(by, tasks, |brief| brief).await
    }

    /// With more said of each.
    pub(crate) async fn file_with(
        &self,
        by: &Caller,
        tasks: Vec<(MatterId, Task<'_>)>,
        more: impl Fn(Brief) -> Brief,
    ) -> Result<Registered, Error> {
        let sender = Sender::new(self.running.command(), ["tasks"]);
        let matters = tasks.into_iter().map(|(id, task)| {
            let matter = self.matter(id, &task);
            NewMatter { brief: more(matter.brief.clone()), ..matter }
        });
        let matters = matters.collect();
        let asked = Registration { sender, caller: by.clone(), matters };
        self.running.app.file_matters(asked).await
    }

    fn matter(&self, id: MatterId, task: &Task<'_>) -> NewMatter {
        let mut composed = Composer::new(&self.running.app);
        let words = composed.words(ContentTag::Words, task.words).unwrap();
        NewMatter {
            id,
            regime: RegimeCode::new("supervised-task"),
            source: Source::Meeting,
            urgency: Urgency::Ordinary,
            words,
            brief: Brief {
                lead: task.lead.map(UnitCode::new),
                links: task.part_of.map(|whole| (Link::Parent, whole)).into_iter().collect(),
                co: BTreeSet::new(),
                ..Brief::default()
            },
            evidence: Vec::new(),
            composed,
            then: Vec::new(),
        }
    }

    pub(crate) async fn act(
        &self,
        by: &Caller,
        matter: MatterId,
        command: Command,
    ) -> Result<(), Error> {
        let mut composed = Composer::new(&self.running.app);
        composed.push(command);
        self.submit(by, matter, composed).await
    }

    pub(crate) async fn submit(
        &self,
        by: &Caller,
        matter: MatterId,
        composed: Composer,
    ) -> Result<(), Error> {
        let sender = Sender::new(self.running.command(), ["act"]);
        let caller = by.clone();
        let asked = Submission { sender, caller, matter, seen: None, composed };
        self.running.app.act(asked).await.map(drop)
    }

    pub(crate) async fn approve(&self, matter: MatterId) -> Result<(), Error> {
        self.act(&self.leader, matter, approval()).await
    }

    pub(crate) async fn matter_of(&self, id: MatterId) -> Matter {
        self.running.app.matter_by_id(&self.supervisor, id).await.unwrap().matter
    }

    pub(crate) async fn stage(&self, id: MatterId) -> &'static str {
        self.matter_of(id).await.stage.code()
    }

    /// Matters in the store, whoever may see them.
    pub(crate) async fn exists(&self, id: MatterId) -> bool {
        self.running.app.matter_by_id(&self.supervisor, id).await.is_ok()
    }
}

pub(crate) const fn approval() -> Command {
    Command::ApproveFiling { approve: true, document: None, reason: None }
}

pub(crate) fn reason<T: std::fmt::Debug>(result: Result<T, Error>) -> Reason {
    match result {
        Err(Error::Refused(refusal)) => refusal.reason,
        other => panic!("not refused: {other:?}"),
    }
}
