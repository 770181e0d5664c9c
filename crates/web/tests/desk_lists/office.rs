//! An inspection office: a supervisor who registers, a leader who approves.

use axum::http::StatusCode;
use bihuan_app::Caller;
use bihuan_domain::access::Role;
use bihuan_domain::matter::{Command, Matter};

use crate::browser::{Answer, Browser};
use crate::desk::Desk;

pub(crate) struct Office {
    pub(crate) desk: Desk,
    pub(crate) leader: Caller,
    pub(crate) browser: Browser,
}

impl Office {
    pub(crate) async fn open() -> Self {
        let desk = Desk::open().await;
        let (_, browser) = desk.joined_by("watch", Role::Supervisor, "inspection").await;
        let leader = desk.running.person("mayor", Role::Leader, "county", None).await;
        Self { desk, leader, browser }
    }

    /// Every matter that is there, by the numbers of today.
    pub(crate) async fn all(&self) -> Vec<Matter> {
        let today = self.desk.running.app.now().date();
        let day = format!("{:02}{:02}{:02}", today.year() % 100, today.month(), today.day());
        let mut found = Vec::new();
        for serial in 1.. {
            let number = format!("XY-{day}-{serial:04}");
            match self.desk.running.app.matter(&self.leader, &number).await {
                Ok(view) => found.push(view.matter),
                Err(_) => break,
            }
        }
        found
    }

    #[track_caller]
    pub(crate) fn assert_refused(answer: &Answer, sentences: &[&str]) {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.page);
        for sentence in sentences {
            assert!(answer.has(sentence), "no “{sentence}” in {}", answer.page);
        }
    }

    pub(crate) async fn approve(&self, number: &str) {
        let approve = Command::ApproveFiling { approve: true, document: None, reason: None };
        self.desk.done_by(&self.leader, number, approve).await;
    }
}

/// The form of a page as it stands, with some fields typed over.
pub(crate) fn with<'a>(
    form: &'a [(String, String)],
    typed: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| typed.iter().all(|(other, _)| other != name))
        .collect();
    fields.extend_from_slice(typed);
    fields
}
