//! The pool of connections to the PostgreSQL server that takes writes, changed
//! for another when another takes them.
//!
//! A pool that belongs to a machine which is gone is not mended but replaced:
//! its connections may wait for answers that never come.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{Executor as _, PgPool};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::servers::{Chosen, Servers};
use crate::error::StoreError;

const CONNECTIONS: u32 = 16;
/// How long somebody waits for a connection before being told to try again;
/// a restarted server is often back by then.
const WAIT: Duration = Duration::from_secs(5);
/// How often the servers of a list are asked what they are.
const EVERY: Duration = Duration::from_secs(1);

/// A node that is gone without a word is noticed in half a minute instead of
/// two hours: it may hold locks others wait for.
const KEEP_ALIVE: &str = "SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; \
    SET tcp_keepalives_count = 3";

#[derive(Debug)]
pub(super) struct Postgres {
    pool: watch::Sender<PgPool>,
    /// Only where there is more than one server.
    watch: Option<JoinHandle<()>>,
}

impl Postgres {
    pub(super) async fn open(addresses: &str) -> Result<Self, StoreError> {
        let mut servers = Servers::of(addresses)?;
        let chosen = servers.await_one().await?;
        let Some(options) = servers.options(chosen) else { return Err(StoreError::Stopped) };
        let pool = watch::Sender::new(connections(options));
        if !servers.are_several() {
            servers.close().await;
            return Ok(Self { pool, watch: None });
        }
        let watch = tokio::spawn(follow(servers, chosen, pool.clone()));
        Ok(Self { pool, watch: Some(watch) })
    }

    pub(super) fn pool(&self) -> PgPool {
        self.pool.borrow().clone()
    }

    /// The pool, and the news that another took its place.
    pub(super) fn news(&self) -> watch::Receiver<PgPool> {
        self.pool.subscribe()
    }

    pub(super) async fn close(&self) {
        self.stop_watching();
        self.pool().close().await;
    }

    fn stop_watching(&self) {
        if let Some(watch) = &self.watch {
            watch.abort();
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop_watching();
    }
}

fn connections(options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(WAIT)
        .after_connect(|connection, _| Box::pin(takes_writes(connection)))
        .connect_lazy_with(options)
}

/// A server may come back as one that follows. A pool that is told so tries
/// again until it has waited long enough.
async fn takes_writes(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    connection.execute(KEEP_ALIVE).await?;
    let (follows,): (bool,) =
        sqlx::query_as("SELECT pg_is_in_recovery()").fetch_one(connection).await?;
    match follows {
        true => Err(sqlx::Error::Protocol("this server follows another now".to_owned())),
        false => Ok(()),
    }
}

async fn follow(mut servers: Servers, mut chosen: Chosen, pool: watch::Sender<PgPool>) {
    loop {
        tokio::time::sleep(EVERY).await;
        let Some(now) = servers.chosen(chosen.timeline).await else { continue };
        let moved = now.at != chosen.at;
        chosen = now;
        let Some(options) = servers.options(now).filter(|_| moved) else { continue };
        tracing::warn!(server = servers.name(now), "another PostgreSQL server takes writes now");
        let old = pool.send_replace(connections(options.clone()));
        // Who waits for a connection already gets one to the new server.
        old.set_connect_options(options);
        // This waits for every connection to be given back, be it for ever.
        tokio::spawn(async move { old.close().await });
    }
}
