//! `bihuan serve`

use std::future::IntoFuture as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use bihuan_app::App;
use bihuan_web::csp::Policy;
use bihuan_web::{Leaving, WebOptions};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use super::{first_start, playbook};
use crate::failure::{Failure, Result};
use crate::outside::door::{self, Patience};
use crate::outside::{certificate, fonts, metrics};
use crate::settings::{Flags, Settings};
use crate::{say, shipped, wire};

/// How long requests under way may take to end once we are asked to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(30);

/// Serve the pages, and run the background tasks
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bihuan serve --playbook xingyang               begin with the example county
  bihuan serve --data /srv/county --listen 127.0.0.1:8080
  bihuan serve --listen 0.0.0.0:8443 --tls       for phones on the local network

The first start prints one-time passwords for `admin` and `security`.")]
pub(crate) struct Args {
    #[command(flatten)]
    listening: Listening,
    /// On data without a playbook: put this one in force first
    #[arg(long, value_name = "DIR")]
    playbook: Option<PathBuf>,
}

#[derive(clap::Args)]
pub(crate) struct Listening {
    /// Address and port; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// HTTPS, with a certificate made for this machine
    #[arg(long)]
    tls: bool,
}

impl Args {
    pub(crate) fn flags(&self) -> Flags {
        self.listening.flags()
    }
}

impl Listening {
    pub(crate) fn flags(&self) -> Flags {
        let listen = self.listen.clone().map(|address| ("listen", address));
        let tls = self.tls.then(|| ("tls", "true".to_owned()));
        listen.into_iter().chain(tls).collect()
    }
}

pub(crate) async fn run(settings: &Settings, args: &Args) -> Result {
    let app = match &args.playbook {
        None => wire::open_existing(settings).await?,
        Some(folder) => begin(settings, folder).await?,
    };
    wire::with_playbook(&app)?;
    wire::with_lists(&app).await?;
    first_start::administrators(&app).await?;
    serve(settings, app, false).await
}

async fn begin(settings: &Settings, folder: &std::path::Path) -> Result<App> {
    let source = shipped::playbook(folder)?;
    let county = playbook::checked(&source)?.playbook.county;
    let app = wire::open(settings, Some(county)).await?;
    if app.rules().is_empty() {
        playbook::apply(&app, &source, None, None).await?;
    }
    Ok(app)
}

/// Serves until asked to stop; then ends requests, tasks and the store, in this
/// order, so that nothing acknowledged is lost.
pub(super) async fn serve(settings: &Settings, app: App, demo: bool) -> Result {
    let listen = settings.listen()?;
    let listener = TcpListener::bind(listen)
        .map_err(|fault| Failure::Broken(format!("cannot listen on {listen}: {fault}")))?;
    listener.set_nonblocking(true).map_err(|fault| Failure::Broken(fault.to_string()))?;
    let address = listener.local_addr().map_err(|fault| Failure::Broken(fault.to_string()))?;
    let tls = match settings.is_on("tls") {
        true => Some(certificate::read_or_make(&settings.data(), listen).await?),
        false => None,
    };
    let metrics = metrics_listener(settings).await?;
    let (stop, stopped) = oneshot::channel::<()>();
    let background = tokio::spawn({
        let app = app.clone();
        async move {
            // A sender that is gone means the same as one that spoke.
            app.run_in_background(async { drop(stopped.into_future().await) }).await;
        }
    });
    let handle = Handle::new();
    let leaving = Leaving::default();
    tokio::spawn(stop_when_asked(handle.clone(), leaving.clone(), settings.leave()));
    let shown = say_where(if tls.is_some() { "https" } else { "http" }, address);
    let mut pages = pages(&app, settings, &shown, demo, leaving)?;
    if let Some(listener) = metrics {
        pages = pages.layer(axum::middleware::from_fn(metrics::count));
        let router = metrics::router(app.clone(), metrics::install()?);
        tokio::spawn(axum::serve(listener, router).into_future());
    }
    let service = pages.into_make_service_with_connect_info::<SocketAddr>();
    say::line(format_args!("Listening on {shown}"));
    let (most, proxies, patience) =
        (door::most(), settings.trusted_proxies()?, Patience::default());
    let served = match tls {
        Some(tls) => match axum_server::from_tcp_rustls(listener, tls) {
            Ok(server) => {
                door::before(server, most, proxies, patience).handle(handle).serve(service).await
            }
            Err(fault) => Err(fault),
        },
        None => match axum_server::from_tcp(listener) {
            Ok(server) => {
                door::before(server, most, proxies, patience).handle(handle).serve(service).await
            }
            Err(fault) => Err(fault),
        },
    };
    drop(stop);
    let ended = background.await;
    app.store().close().await;
    served.map_err(|fault| Failure::Broken(format!("the server: {fault}")))?;
    ended.map_err(|fault| Failure::Broken(format!("the background tasks: {fault}")))
}

/// Where Prometheus asks, if it is told to.
async fn metrics_listener(settings: &Settings) -> Result<Option<tokio::net::TcpListener>> {
    let Some(address) = settings.get("metrics") else { return Ok(None) };
    let listener = tokio::net::TcpListener::bind(address).await;
    let listener =
        listener.map_err(|fault| Failure::Broken(format!("metrics on {address}: {fault}")))?;
    if let Ok(address) = listener.local_addr() {
        say::line(format_args!("Metrics on http://{address}/metrics"));
    }
    Ok(Some(listener))
}

fn pages(
    app: &App,
    settings: &Settings,
    address: &str,
    demo: bool,
    leaving: Leaving,
) -> Result<Router> {
    let base_url = settings.get("public_url").unwrap_or(address).trim_end_matches('/').to_owned();
    let secure = base_url.starts_with("https://");
    let tiles = settings.get("tiles").map(ToOwned::to_owned);
    let policy = match tiles.as_deref().map(origin) {
        Some(host) => Policy::page().with_tiles(host),
        None => Policy::page(),
    };
    let trusted_proxies = settings.trusted_proxies()?;
    let fonts = match fonts::fonts() {
        Ok(fonts) => Some(fonts),
        Err(fault) => {
            say::note(format_args!("Papers cannot be set as PDF: {fault}"));
            None
        }
    };
    let options = WebOptions {
        secure,
        demo,
        base_url,
        policy,
        tiles,
        trusted_proxies,
        fonts,
        leaving,
        ..WebOptions::default()
    };
    Ok(bihuan_web::router(app.clone(), options))
}

/// `https://host:port` of a tile address.
fn origin(address: &str) -> &str {
    let address = address.strip_prefix("pmtiles://").unwrap_or(address);
    let host = address.find("://").map_or(0, |at| at + 3);
    let path = address[host..].find('/').map_or(address.len(), |at| host + at);
    &address[..path]
}

/// Where a browser on this machine finds us; says where phones do.
fn say_where(scheme: &str, address: SocketAddr) -> String {
    if !address.ip().is_unspecified() {
        return format!("{scheme}://{address}");
    }
    let port = address.port();
    if let Some(lan) = certificate::lan_address() {
        say::line(format_args!("On the local network: {scheme}://{}", SocketAddr::new(lan, port)));
    }
    format!("{scheme}://{}", SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port))
}

/// A balancer is told first and given time to look; asked twice we go at once.
async fn stop_when_asked(handle: Handle<SocketAddr>, leaving: Leaving, leave: Duration) {
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return;
    };
    let mut asked = async || {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    asked().await;
    leaving.announce();
    if !leave.is_zero() {
        tracing::info!("leaving: /readyz says so, requests are still taken");
        tokio::select! {
            () = asked() => {}
            () = tokio::time::sleep(leave) => {}
        }
    }
    tracing::info!("stopping: requests under way are ended first");
    handle.graceful_shutdown(Some(LAST_REQUESTS));
}
