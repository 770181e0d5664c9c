//! `/admin/tasks`: what runs by itself, and running it now.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};

use super::{Asked, Sent, day, done, frame, shown};
use crate::csrf::CsrfForm;
use crate::pages::admin::Section;
use crate::pages::admin::tasks::{TaskRow, TaskState, Tasks};
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;

pub(super) fn routes() -> Router<Site> {
    Router::new().route("/admin/tasks", get(list)).route("/admin/tasks/run", post(run))
}

async fn list(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let frame = frame(&session, lang, Section::Tasks, &asked, None)?;
    let states = site.app.task_states(&session.caller).map_err(problem)?;
    let tasks = states.into_iter().map(|(code, last)| {
        let (state, did) = match last.as_ref().map(|run| &run.did) {
            None => (TaskState::Resting, lang.tr("tasks-not-run").into_owned()),
            Some(Ok(done)) => (TaskState::Resting, lang.trn("tasks-did-n", "n", *done)),
            Some(Err(fault)) => (TaskState::Failed, fault.clone()),
        };
        TaskRow {
            code: code.to_owned(),
            name: lang.code_of("task", code).into_owned(),
            what: lang.code_of("task-what", code).into_owned(),
            state,
            last: last.map(|run| day(&site, run.at)),
            did,
            next: None,
        }
    });
    Ok(shown(Tasks { tasks: tasks.collect(), frame, shell }, None))
}

async fn run(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let did = site.app.run_task_now(&session.caller, sent.one("task")).await.map_err(problem)?;
    Ok(done(Section::Tasks, "task-run", did))
}
