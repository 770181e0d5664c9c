use axum::Router;

use super::site::Site;

pub(crate) fn routes() -> Router<Site> {
    Router::new()
}

pub(crate) fn uploads() -> Router<Site> {
    Router::new()
}
