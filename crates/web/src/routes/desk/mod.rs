//! The desk's routes: one file a page.

mod commands;
mod handlers;
mod matter;
mod offered;
mod step;
pub(crate) mod told;

use axum::Router;

use super::site::Site;

pub(crate) fn routes() -> Router<Site> {
    Router::new().merge(handlers::routes())
}

/// Routes whose forms carry files.
pub(crate) fn uploads() -> Router<Site> {
    handlers::uploads()
}
