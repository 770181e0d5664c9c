//! Every address and what answers it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use bihuan_app::App;
use bihuan_documents::paper::Fonts;

use crate::assets;
use crate::crowd::{self, Most};
use crate::csp::Policy;
use crate::routes::address::TrustedProxies;
use crate::routes::site::{Site, problem};
use crate::routes::{admin, attachment, desk, kept_form, public, session, worker};

/// Files of one form together at most; each has a limit of its own below that.
const UPLOAD_LIMIT_BYTES: usize = 110 * 1024 * 1024;

/// How the pages are served.
#[derive(Clone, Debug)]
pub struct WebOptions {
    /// Over HTTPS: cookies say so, phones may give their position.
    pub secure: bool,
    /// Every page says that its data are invented.
    pub demo: bool,
    /// `https://…` as residents reach it; printed in QR codes.
    pub base_url: String,
    pub policy: Policy,
    /// Address of the base map's tiles; without one there is no pin.
    pub tiles: Option<String>,
    pub trusted_proxies: TrustedProxies,
    /// What papers are set in; without them there is no PDF.
    pub fonts: Option<Fonts>,
    /// Requests worked on at once.
    pub most: Most,
    pub leaving: Leaving,
}

/// Whether this process is about to end. A balancer in front is told so before
/// the door closes.
#[derive(Clone, Debug, Default)]
pub struct Leaving(Arc<AtomicBool>);

impl Leaving {
    pub fn announce(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_announced(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Default for WebOptions {
    fn default() -> Self {
        Self {
            secure: false,
            demo: false,
            base_url: "http://localhost".to_owned(),
            policy: Policy::page(),
            tiles: None,
            trusted_proxies: TrustedProxies::default(),
            fonts: None,
            most: Most::default(),
            leaving: Leaving::default(),
        }
    }
}

/// The whole site of one county.
pub fn router(app: App, options: WebOptions) -> Router {
    let site = Site::new(app, options);
    let keep = from_fn_with_state(site.clone(), kept_form::keep);
    let admit = from_fn_with_state(site.clone(), crowd::admit);
    let uploads = Router::new()
        .merge(worker::uploads())
        .merge(desk::uploads())
        .route_layer(keep.clone())
        .merge(public::uploads())
        .merge(admin::uploads())
        .layer(admit.clone())
        .layer(DefaultBodyLimit::max(UPLOAD_LIMIT_BYTES))
        .with_state(site.clone());
    let staff = Router::new()
        .merge(worker::routes())
        .merge(desk::routes())
        .merge(admin::routes())
        .merge(attachment::routes())
        .route_layer(keep);
    let routes = Router::new()
        .merge(public::routes())
        .merge(session::routes())
        .merge(staff)
        .layer(admit)
        // An operator asks when there is too much, too.
        .route("/readyz", get(ready))
        .with_state(site.clone())
        .route("/assets/{name}", get(assets::serve))
        .route("/sw.js", get(assets::service_worker))
        .route("/favicon.ico", get(assets::icon))
        .route("/healthz", get(|| async { "ok" }));
    site.frame.around(routes, uploads).layer(from_fn(crowd::until_written))
}

async fn ready(State(site): State<Site>) -> (StatusCode, String) {
    if site.options.leaving.is_announced() {
        return (StatusCode::SERVICE_UNAVAILABLE, "leaving\n".to_owned());
    }
    let app = site.app.clone();
    let ask = || async move { app.ready().await.map_err(problem) };
    match site.readiness.of(site.app.now(), ask).await {
        Ok(()) => (StatusCode::OK, "ready".to_owned()),
        Err(fault) => (StatusCode::SERVICE_UNAVAILABLE, format!("{}\n", fault.code())),
    }
}
