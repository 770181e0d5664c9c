//! The servers of one PostgreSQL database. Of several, one takes writes and the
//! others follow it; which one that is may change at any time.
//!
//! Invariant: a server that follows is never used, nor one whose timeline is
//! older than one seen before: after a failover the old one would take writes
//! that nobody else has.

use std::str::FromStr;
use std::time::Duration;

use futures_util::future::join_all;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};

use crate::error::StoreError;

/// How long one server may take to say what it is.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long to wait at opening until one takes writes, and how long between.
const WAIT: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(200);

const SQLITE: &str = "sqlite:";
const BEGINNINGS: [&str; 3] = [SQLITE, "postgres:", "postgresql:"];

/// A timeline begins with each promotion; its number stands first in the name
/// of a file of the write-ahead log, and there at once.
const ROLE: &str = "SELECT CASE WHEN pg_is_in_recovery() THEN NULL \
    ELSE pg_walfile_name(pg_current_wal_lsn()) END, \
    current_setting('transaction_read_only') = 'on', \
    current_setting('synchronous_standby_names') <> '' \
    AND current_setting('synchronous_commit') NOT IN ('off', 'local')";

/// The addresses a setting names. A comma parts two of them only where another
/// address follows, since passwords and paths may hold one.
pub fn addresses(list: &str) -> Result<Vec<&str>, StoreError> {
    let mut found = Vec::new();
    let mut begun = 0;
    for (comma, _) in list.match_indices(',') {
        if is_address(list[comma + 1..].trim_start()) {
            found.push(list[begun..comma].trim());
            begun = comma + 1;
        }
    }
    found.push(list[begun..].trim());
    if let Some(other) = found.iter().find(|address| !is_address(address)) {
        return Err(StoreError::UnknownEngine((*other).to_owned()));
    }
    if found.len() > 1 && found.iter().any(|address| address.starts_with(SQLITE)) {
        return Err(StoreError::Mixed);
    }
    Ok(found)
}

fn is_address(text: &str) -> bool {
    BEGINNINGS.iter().any(|beginning| text.starts_with(beginning))
}

/// What a server is at the moment.
#[derive(Debug)]
pub enum Role {
    /// `protects`: what it acknowledges is on another server too.
    Writes {
        timeline: u32,
        protects: bool,
    },
    Follows,
    /// No standby, but set to take no writes.
    ReadOnly,
    Silent(StoreError),
}

impl Role {
    /// Whether waiting may help.
    fn may_change(&self) -> bool {
        match self {
            Self::Follows => true,
            Self::Silent(fault) => fault.is_passing(),
            Self::Writes { .. } | Self::ReadOnly => false,
        }
    }

    fn says(&self) -> String {
        match self {
            Self::Writes { timeline, .. } => format!("takes writes, timeline {timeline}"),
            Self::Follows => "follows another".to_owned(),
            Self::ReadOnly => "is set to take no writes".to_owned(),
            Self::Silent(fault) => fault.to_string(),
        }
    }
}

struct Server {
    options: PgConnectOptions,
    /// Kept open, so that asking costs one round trip.
    line: Option<PgConnection>,
}

impl Server {
    fn at(address: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(address)?.application_name("bihuan");
        Ok(Self { options, line: None })
    }

    /// Without its password.
    fn name(&self) -> String {
        let database = self.options.get_database().unwrap_or_default();
        format!("{}:{}/{database}", self.options.get_host(), self.options.get_port())
    }

    async fn role(&mut self) -> Role {
        match tokio::time::timeout(PATIENCE, self.ask()).await {
            Ok(Ok(role)) => role,
            Ok(Err(fault)) => Role::Silent(fault.into()),
            Err(_) => Role::Silent(sqlx::Error::PoolTimedOut.into()),
        }
    }

    async fn ask(&mut self) -> Result<Role, sqlx::Error> {
        let mut line = match self.line.take() {
            Some(line) => line,
            None => self.options.connect().await?,
        };
        let (file, read_only, protects): (Option<String>, bool, bool) =
            sqlx::query_as(ROLE).fetch_one(&mut line).await?;
        self.line = Some(line);
        let Some(file) = file else { return Ok(Role::Follows) };
        if read_only {
            return Ok(Role::ReadOnly);
        }
        let timeline = file.get(..8).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let timeline = timeline
            .ok_or_else(|| sqlx::Error::Protocol(format!("{file} begins with no timeline")))?;
        Ok(Role::Writes { timeline, protects })
    }
}

/// The one to use: where it stands in the list, and its timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) at: usize,
    pub(super) timeline: u32,
}

/// Of two that take writes, the one that was promoted last. Two alike are two
/// that nobody joined; then the first.
fn choose(roles: &[Role], least: u32) -> Option<Chosen> {
    let writes = roles.iter().enumerate().filter_map(|(at, role)| match role {
        Role::Writes { timeline, .. } if *timeline >= least => {
            Some(Chosen { at, timeline: *timeline })
        }
        _ => None,
    });
    writes.rev().max_by_key(|chosen| chosen.timeline)
}

pub(crate) struct Servers(Vec<Server>);

impl Servers {
    pub(crate) fn of(list: &str) -> Result<Self, StoreError> {
        let servers = addresses(list)?.into_iter().map(Server::at).collect::<Result<_, _>>()?;
        Ok(Self(servers))
    }

    /// How to reach the one that takes writes, for work that is done once.
    pub(crate) async fn one_that_writes(list: &str) -> Result<PgConnectOptions, StoreError> {
        let mut servers = Self::of(list)?;
        let chosen = servers.await_one().await?;
        let options = servers.options(chosen).ok_or(StoreError::Stopped);
        servers.close().await;
        options
    }

    pub(super) const fn are_several(&self) -> bool {
        self.0.len() > 1
    }

    pub(super) fn name(&self, chosen: Chosen) -> String {
        self.0.get(chosen.at).map(Server::name).unwrap_or_default()
    }

    pub(super) fn options(&self, chosen: Chosen) -> Option<PgConnectOptions> {
        self.0.get(chosen.at).map(|server| server.options.clone())
    }

    async fn roles(&mut self) -> Vec<Role> {
        join_all(self.0.iter_mut().map(Server::role)).await
    }

    /// The one to use now, never one older than `least`.
    pub(super) async fn chosen(&mut self, least: u32) -> Option<Chosen> {
        choose(&self.roles().await, least)
    }

    /// Waits a while for one that takes writes.
    pub(super) async fn await_one(&mut self) -> Result<Chosen, StoreError> {
        let mut roles = Vec::new();
        let asking = async {
            loop {
                roles = self.roles().await;
                let chosen = choose(&roles, 0);
                if chosen.is_some() || !roles.iter().any(Role::may_change) {
                    return chosen;
                }
                tokio::time::sleep(PAUSE).await;
            }
        };
        let chosen = tokio::time::timeout(WAIT, asking).await;
        chosen.ok().flatten().ok_or_else(|| self.none_writes(&roles))
    }

    fn none_writes(&self, roles: &[Role]) -> StoreError {
        let says = |(server, role): (&Server, &Role)| format!("{} {}", server.name(), role.says());
        let says: Vec<_> = self.0.iter().zip(roles).map(says).collect();
        StoreError::NoneWrites {
            says: says.join("; "),
            passing: roles.iter().any(Role::may_change),
        }
    }

    pub(crate) async fn close(self) {
        for line in self.0.into_iter().filter_map(|server| server.line) {
            line.close().await.ok();
        }
    }
}

/// One server of a list, for whoever looks after them.
#[derive(Debug)]
pub struct Seen {
    pub name: String,
    pub role: Role,
    pub is_used: bool,
}

/// Asks every server of a list what it is; empty for SQLite.
pub async fn look(list: &str) -> Result<Vec<Seen>, StoreError> {
    if list.starts_with(SQLITE) {
        return Ok(Vec::new());
    }
    let mut servers = Servers::of(list)?;
    let roles = servers.roles().await;
    let used = choose(&roles, 0).map(|chosen| chosen.at);
    let names: Vec<_> = servers.0.iter().map(Server::name).collect();
    servers.close().await;
    let seen = names.into_iter().zip(roles).enumerate();
    Ok(seen.map(|(at, (name, role))| Seen { name, role, is_used: used == Some(at) }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_parted_where_another_begins_and_nowhere_else() {
        let list = "postgres://a:one,two@h/x, postgresql://b@k/x,postgres://c/x";
        let parted = ["postgres://a:one,two@h/x", "postgresql://b@k/x", "postgres://c/x"];
        assert_eq!(addresses(list).unwrap(), parted);
        assert_eq!(addresses("sqlite:/srv/a,b.db").unwrap(), ["sqlite:/srv/a,b.db"]);
    }

    #[test]
    fn sqlite_is_no_part_of_a_list_and_other_engines_are_not_known() {
        for list in ["sqlite:x, postgres://a/x", "postgres://a/x,sqlite:x"] {
            assert!(matches!(addresses(list), Err(StoreError::Mixed)), "{list}");
        }
        for list in ["mysql://a/x", "", "mysql://a/x,postgres://a/x"] {
            assert!(matches!(addresses(list), Err(StoreError::UnknownEngine(_))), "{list}");
        }
    }

    fn writes(timeline: u32) -> Role {
        Role::Writes { timeline, protects: true }
    }

    #[test]
    fn the_one_promoted_last_is_used_and_none_older_than_one_seen_before() {
        let chosen = |roles: &[Role], least| choose(roles, least).map(|chosen| chosen.at);
        assert_eq!(chosen(&[Role::Follows, writes(1)], 0), Some(1));
        assert_eq!(chosen(&[writes(1), writes(2)], 0), Some(1));
        assert_eq!(chosen(&[writes(2), writes(2)], 0), Some(0));
        assert_eq!(chosen(&[writes(1), Role::Follows], 2), None);
        assert_eq!(chosen(&[Role::ReadOnly, Role::Follows], 0), None);
    }
}
