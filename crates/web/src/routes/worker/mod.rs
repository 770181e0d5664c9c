//! The phone pages of grid workers and grid leaders.

mod day;
mod grid;
mod job;
mod report;

use axum::Router;
use axum::routing::get;

use super::site::Site;

pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/worker", get(day::day))
        .route("/worker/grid", get(grid::page))
        .route("/worker/grid.json", get(grid::points))
        .route("/worker/m/{number}", get(job::matter))
}

pub(crate) fn uploads() -> Router<Site> {
    Router::new()
        .route("/worker/report", get(report::page).post(report::file))
        .route("/worker/m/{number}/verify", get(job::verify_page).post(job::verify))
        .route("/worker/m/{number}/check", get(job::check_page).post(job::check))
}
