//! Papers: drafted, approved by somebody else, numbered without a gap, sent,
//! void, verified; and bulletins counted as of a moment. Each test runs on both
//! engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up has failed")]

mod bulletins;
mod notices;
mod slips;

use std::collections::BTreeMap;

use bihuan_app::commands::{NewMatter, PaperDraft, Registration, Submission};
use bihuan_app::{Caller, Composer, Error, Sender};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{MatterId, PaperCode, RegimeCode, UnitCode};
use bihuan_domain::matter::{Brief, Command, ContentTag, Source, Urgency};
use bihuan_domain::playbook::model::FieldValue;
use bihuan_domain::refusal::Reason;
use bihuan_testkit::app::Running;
use jiff::ToSpan;

pub(crate) const UNIT: &str = "municipal-works";
pub(crate) const NOTICE: &str = "rectification-notice";

/// Runs a test on each engine, with the office that writes papers.
#[macro_export]
macro_rules! office {
    ($office:ident => $body:block) => {
        bihuan_testkit::engines::each(|database| async move {
            let $office = $crate::Office::over(database.store.clone()).await;
            $body
        })
        .await
    };
}

pub(crate) struct Office {
    pub(crate) running: Running,
    pub(crate) supervisor: Caller,
    pub(crate) leader: Caller,
    /// Signs for the unit.
    pub(crate) unit: Caller,
    pub(crate) other_unit: Caller,
}

pub(crate) fn reason<T: std::fmt::Debug>(result: Result<T, Error>) -> Reason {
    match result {
        Err(Error::Refused(refusal)) => refusal.reason,
        other => panic!("not refused: {other:?}"),
    }
}

impl Office {
    pub(crate) async fn over(store: bihuan_store::Store) -> Self {
        let running = Running::over(store).await;
        Self {
            supervisor: running.person("supervisor", Role::Supervisor, "county", None).await,
            leader: running.person("leader", Role::Leader, "county", None).await,
            unit: running.person("unit", Role::UnitHead, UNIT, None).await,
            other_unit: running.person("other", Role::UnitHead, "lighting", None).await,
            running,
        }
    }

    pub(crate) fn sender(&self) -> Sender {
        Sender::new(self.running.command(), ["test"])
    }

    /// The fields of a template as its samples have them.
    pub(crate) fn values(&self, template: &str) -> BTreeMap<String, FieldValue> {
        let templates = self.running.app.paper_templates().unwrap();
        let template = templates.iter().find(|one| one.code.as_str() == template).unwrap();
        template.samples()
    }

    pub(crate) fn draft(&self, template: &str) -> PaperDraft {
        PaperDraft {
            template: PaperCode::new(template),
            values: self.values(template),
            findings: Vec::new(),
            counted: None,
            over: String::new(),
        }
    }

    pub(crate) async fn drafted(&self, draft: PaperDraft) -> String {
        self.running.app.draft_paper(self.sender(), &self.supervisor, draft).await.unwrap()
    }

    pub(crate) async fn id(&self, number: &str) -> MatterId {
        self.running.app.matter(&Caller::system(), number).await.unwrap().matter.id
    }

    pub(crate) async fn take(
        &self,
        who: &Caller,
        number: &str,
        command: Command,
    ) -> Result<(), Error> {
        let app = &self.running.app;
        let mut composed = Composer::new(app);
        composed.push(command);
        let submission = Submission {
            sender: self.sender(),
            caller: who.clone(),
            matter: self.id(number).await,
            seen: None,
            composed,
        };
        app.act(submission).await.map(drop)
    }

    pub(crate) async fn approve(&self, who: &Caller, number: &str) -> Result<(), Error> {
        let approve = Command::ApproveFiling { approve: true, document: None, reason: None };
        self.take(who, number, approve).await
    }

    pub(crate) async fn dispatch(&self, number: &str) -> Result<(), Error> {
        let lead = UnitCode::new(UNIT);
        let dispatch = Command::Dispatch { lead, co: Vec::new(), note: None };
        self.take(&self.supervisor, number, dispatch).await
    }

    /// What a paper's number is, as it is written.
    pub(crate) async fn document(&self, number: &str) -> Option<String> {
        let facts = self.running.app.paper(&self.supervisor, number).await.unwrap();
        facts.document.map(|document| document.to_string())
    }

    /// A matter of a regime, for a unit.
    pub(crate) async fn filed(&self, regime: &str, kind: Urgency, unit: &str) -> String {
        let app = &self.running.app;
        let mut composed = Composer::new(app);
        let words = composed.words(ContentTag::Words, "井盖破损，未围挡").unwrap();
        let due_on = app.now().date().saturating_add(20.days());
        let brief =
            Brief { lead: Some(UnitCode::new(unit)), due_on: Some(due_on), ..Brief::default() };
        let new = NewMatter {
            id: app.new_matter_id(),
            regime: RegimeCode::new(regime),
            source: Source::Inspection,
            urgency: kind,
            words,
            brief,
            evidence: Vec::new(),
            composed,
            then: Vec::new(),
        };
        let registration = Registration {
            sender: self.sender(),
            caller: self.supervisor.clone(),
            matters: vec![new],
        };
        let registered = app.file_matters(registration).await.unwrap();
        registered.matters[0].1.clone()
    }

    pub(crate) async fn finding(&self, unit: &str) -> String {
        self.filed("rectification", Urgency::ByDate, unit).await
    }
}
