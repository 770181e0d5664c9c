//! The desk's routes: one file a page.

mod batch;
mod burden;
mod cockpit;
mod commands;
mod handlers;
mod inbox;
mod inspect;
mod inspections;
mod ledger;
mod listed;
mod map;
mod matter;
mod minimap;
mod offered;
mod papers;
mod rates;
mod receipt;
mod register;
mod registration;
mod search;
mod step;
mod tasks;
pub(crate) mod told;
mod worklist;

use axum::Router;

use super::site::Site;

pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .merge(handlers::routes())
        .merge(inbox::routes())
        .merge(worklist::routes())
        .merge(search::routes())
        .merge(register::routes())
        .merge(registration::routes())
        .merge(cockpit::routes())
        .merge(ledger::routes())
        .merge(map::routes())
        .merge(rates::routes())
        .merge(burden::routes())
        .merge(inspect::routes())
        .merge(inspections::routes())
        .merge(tasks::routes())
        .merge(papers::routes())
}

/// Routes whose forms carry files.
pub(crate) fn uploads() -> Router<Site> {
    handlers::uploads().merge(registration::uploads())
}
