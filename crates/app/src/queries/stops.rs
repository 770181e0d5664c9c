//! The nodes of a matter's regime in their order, as the matter has met them.

use std::collections::BTreeSet;

use bihuan_domain::clock::{Due, Lamp};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::Urgency;
use bihuan_domain::playbook::model::{Regime, Text};
use bihuan_store::read::NodeRow;

/// A node of the matter's regime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    pub name: Text,
    pub state: StopState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopState {
    NotBegun,
    Met,
    Parked,
    Running(Lamp),
}

/// What waits for an open node is still to come, even where it was met once: a
/// check that failed is met again when the handling is.
pub(super) fn stops(
    regime: &Regime,
    urgency: Urgency,
    begun: &[NodeRow],
    now: Instant,
) -> Vec<Stop> {
    let has = |code: &str| begun.iter().find(|row| row.node == code);
    let mut awaited = BTreeSet::new();
    let mut stops = Vec::new();
    for rule in regime.nodes.iter().filter(|rule| rule.applies(urgency)) {
        let row = has(rule.code.as_str());
        if row.is_none() && is_aside(rule.code.as_str()) {
            continue;
        }
        let state = match row.map_or(StopState::NotBegun, |row| state(row, now)) {
            StopState::Met if awaited.contains(&rule.starts) => StopState::NotBegun,
            state => state,
        };
        if state != StopState::Met {
            awaited.insert(rule.met_by);
        }
        stops.push(Stop { name: rule.name.clone(), state });
    }
    stops
}

/// Nodes many matters never have are shown once they began.
fn is_aside(code: &str) -> bool {
    matches!(code, "verify" | "accept" | "look-back")
}

fn state(row: &NodeRow, now: Instant) -> StopState {
    match row.status.as_str() {
        "open" => {
            let due = Due {
                due_at: Instant::from_micros(row.due_us),
                soon_at: Instant::from_micros(row.soon_us),
                estimated: row.estimated != 0,
            };
            StopState::Running(due.lamp(now))
        }
        "paused" => StopState::Parked,
        _ => StopState::Met,
    }
}

#[cfg(test)]
mod tests {
    use bihuan_domain::playbook::{Source, check, template};

    use super::*;

    fn row(node: &str, status: &str) -> NodeRow {
        NodeRow {
            matter: String::new(),
            node: node.to_owned(),
            rule: String::new(),
            started_us: 0,
            original_us: 10,
            due_us: 10,
            soon_us: 8,
            estimated: 0,
            status: status.to_owned(),
            ended_us: (status != "open").then_some(5),
        }
    }

    #[test]
    fn what_follows_a_node_that_opened_again_is_still_to_come() {
        let playbook = check(&Source::new(template("410182", "示例"))).unwrap().playbook;
        let regime = playbook.regimes.values().next().unwrap();
        let begun = [("triage", "met"), ("sign", "met"), ("handle", "open"), ("check", "met")]
            .map(|(node, status)| row(node, status));
        let states: Vec<StopState> =
            stops(regime, Urgency::Ordinary, &begun, Instant::from_micros(1))
                .into_iter()
                .map(|stop| stop.state)
                .collect();
        let running = StopState::Running(Lamp::OnTrack);
        assert_eq!(states, [StopState::Met, StopState::Met, running, StopState::NotBegun]);
    }
}
