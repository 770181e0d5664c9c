//! Units, people and posts: who may change them, and what holds when several
//! change them at once. Each test runs on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up has failed")]

mod at_once;
mod three;

use bihuan_app::commands::NewPost;
use bihuan_app::{App, Caller, Error};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{PersonId, UnitCode};
use bihuan_domain::refusal::Reason;
use bihuan_testkit::app::Running;

pub(crate) fn post(role: Role, unit: &str) -> NewPost {
    NewPost { role, unit: UnitCode::new(unit), grid: None }
}

pub(crate) fn reason<T: std::fmt::Debug>(result: Result<T, Error>) -> Reason {
    match result {
        Err(Error::Refused(refusal)) => refusal.reason,
        other => panic!("not refused: {other:?}"),
    }
}

pub(crate) fn is_forbidden<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Forbidden))
}

/// The roles a person holds now.
pub(crate) async fn roles(app: &App, person: PersonId) -> Vec<Role> {
    let person = app.person(&Caller::system(), person).await.unwrap();
    let mut roles: Vec<Role> = person.posts.iter().map(|post| post.role).collect();
    roles.sort_unstable();
    roles
}

pub(crate) async fn post_of(app: &App, person: PersonId) -> String {
    app.person(&Caller::system(), person).await.unwrap().posts[0].id.clone()
}

/// The three administrators.
pub(crate) struct Three {
    pub(crate) system: Caller,
    pub(crate) security: Caller,
    pub(crate) auditor: Caller,
}

impl Three {
    pub(crate) async fn of(running: &Running) -> Self {
        Self {
            system: running.person("sys", Role::SystemAdmin, "county", None).await,
            security: running.person("sec", Role::SecurityAdmin, "county", None).await,
            auditor: running.person("aud", Role::Auditor, "county", None).await,
        }
    }
}

pub(crate) fn id(caller: &Caller) -> PersonId {
    caller.person().unwrap()
}
