//! `/supervision/new`, `/supervision/table` and `/supervision/record`: supervised
//! tasks by a form, by a table, by a meeting record.
//!
//! Between what is read and what is registered the server keeps nothing: the
//! preview carries it in its form, and it is read again when it comes back.

mod filing;
mod ground;
mod one;
mod record;
mod sent;
mod table;
mod table_rows;

use axum::Router;
use bihuan_app::Error;
use bihuan_app::commands::Session;
use bihuan_domain::ids::RegimeCode;
use bihuan_domain::refusal::Refusal;

use crate::problem::Problem;
use crate::routes::site::{Site, problem};
use crate::shell::Shell;
use crate::view::state::Refused;

const REGIME: &str = "supervised-task";

pub(super) fn routes() -> Router<Site> {
    one::routes().merge(table::routes())
}

pub(super) fn uploads() -> Router<Site> {
    table::uploads().merge(record::uploads())
}

/// Asked before anything of a form is looked at.
fn may_register(site: &Site, session: &Session) -> Result<(), Problem> {
    site.app.may_file(&session.caller, &RegimeCode::new(REGIME)).map_err(problem)
}

/// A refusal is shown on the page it was made on; the rest is not the form's.
fn refusal_of(error: Error) -> Result<Refusal, Problem> {
    match error {
        Error::Refused(refusal) => Ok(refusal),
        other => Err(problem(other)),
    }
}

fn not_registered(shell: &Shell, next: String) -> Refused {
    Refused { title: shell.tr("registration-refused").into_owned(), next, link: None }
}
