//! What Prometheus reads, at an address of its own that residents do not reach.
//! Routes are counted by their pattern: no number, code or word of a matter is
//! ever a label.

use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bihuan_app::App;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::failure::{Failure, Result};
use crate::wire;

const REQUESTS: &str = "bihuan_http_request_seconds";
/// Around the budgets of pages: most answer within 50 ms, none should take 1 s.
const BUCKETS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Begins to count, for the whole process.
pub(crate) fn install() -> Result<PrometheusHandle> {
    let broken = |fault: metrics_exporter_prometheus::BuildError| {
        Failure::Broken(format!("metrics: {fault}"))
    };
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(REQUESTS.to_owned()), &BUCKETS)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(broken)?;
    metrics::describe_histogram!(REQUESTS, "Requests by route and status, and how long they took");
    metrics::describe_gauge!("bihuan_journal_entries", "Entries of the journal by state");
    metrics::describe_gauge!("bihuan_task_ran_timestamp_seconds", "When a task last ran");
    metrics::describe_gauge!("bihuan_task_failing", "1 while a task's last run failed");
    metrics::gauge!("bihuan_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    Ok(handle)
}

/// Around every route of the pages.
pub(crate) async fn count(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let method = request.method().to_string();
    let response = next.run(request).await;
    let route = route.unwrap_or_else(|| "none".to_owned());
    let status = response.status().as_u16().to_string();
    metrics::histogram!(REQUESTS, "method" => method, "route" => route, "status" => status)
        .record(begun.elapsed().as_secs_f64());
    response
}

pub(crate) fn router(app: App, handle: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(page)).with_state((app, handle))
}

async fn page(State((app, handle)): State<(App, PrometheusHandle)>) -> Response {
    // What cannot be read now is not shown as it once was: the old figure would pass as today's.
    if let Err(fault) = look(&app).await {
        tracing::warn!(%fault, "metrics");
        return axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    handle.run_upkeep();
    ([(header::CONTENT_TYPE, TEXT)], handle.render()).into_response()
}

async fn look(app: &App) -> bihuan_app::Result<()> {
    let (sealed, waiting) = app.store().entry_counts(app.county()).await?;
    for (state, count) in [("sealed", sealed), ("waiting", waiting)] {
        metrics::gauge!("bihuan_journal_entries", "state" => state).set(count as f64);
    }
    for (task, run) in app.task_states(&wire::caller())? {
        let Some(run) = run else { continue };
        let at = run.at.micros() as f64 / 1e6;
        metrics::gauge!("bihuan_task_ran_timestamp_seconds", "task" => task).set(at);
        let failing = if run.did.is_err() { 1.0 } else { 0.0 };
        metrics::gauge!("bihuan_task_failing", "task" => task).set(failing);
    }
    Ok(())
}
