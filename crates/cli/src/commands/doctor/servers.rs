//! What the PostgreSQL servers of the database say of themselves.

use bihuan_store::engine::{Role, Seen, look};

use super::Finding;
use crate::settings::Settings;

pub(super) async fn findings(settings: &Settings) -> Vec<Finding> {
    match look(&settings.database()).await {
        Ok(servers) => {
            let are_several = servers.len() > 1;
            servers.iter().map(|server| finding(server, are_several)).collect()
        }
        Err(fault) => vec![Finding::fault("server", fault.to_string())],
    }
}

fn finding(server: &Seen, are_several: bool) -> Finding {
    let name = &server.name;
    match &server.role {
        Role::Writes { protects: false, .. } if server.is_used && are_several => Finding::look(
            "server",
            format!(
                "{name} takes writes and is used, but acknowledges what no other server has yet: \
                 a failover may lose it. Set synchronous_standby_names, and synchronous_commit \
                 to on"
            ),
        ),
        Role::Writes { timeline, .. } if server.is_used => {
            Finding::good("server", format!("{name} takes writes and is used, timeline {timeline}"))
        }
        Role::Writes { timeline, .. } => Finding::fault(
            "server",
            format!(
                "{name} takes writes too, timeline {timeline}, and is not used: stop it now, and \
                 make it follow the other (pg_rewind or pg_basebackup)"
            ),
        ),
        Role::Follows => Finding::good("server", format!("{name} follows")),
        Role::ReadOnly => Finding::look(
            "server",
            format!(
                "{name} is no standby but set to take no writes: default_transaction_read_only"
            ),
        ),
        Role::Silent(fault) if are_several => {
            Finding::look("server", format!("{name} does not answer: {fault}. Start it"))
        }
        Role::Silent(fault) => Finding::fault("server", format!("{name}: {fault}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::Level;

    fn seen(role: Role, is_used: bool) -> Seen {
        Seen { name: "one:5432/x".to_owned(), role, is_used }
    }

    #[test]
    fn a_server_that_protects_nothing_is_worth_a_look_where_there_are_several() {
        let unprotected = || seen(Role::Writes { timeline: 1, protects: false }, true);
        let found = finding(&unprotected(), true);
        assert_eq!(found.level, Level::Look);
        assert!(found.says.contains("synchronous_standby_names"), "{}", found.says);
        assert_eq!(finding(&unprotected(), false).level, Level::Good);
        let protected = seen(Role::Writes { timeline: 1, protects: true }, true);
        assert_eq!(finding(&protected, true).level, Level::Good);
    }

    #[test]
    fn a_second_server_that_takes_writes_is_a_fault() {
        let second = seen(Role::Writes { timeline: 1, protects: true }, false);
        assert_eq!(finding(&second, true).level, Level::Fault);
    }
}
