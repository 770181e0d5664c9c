//! A county's history under other rules: rates and workloads of each unit as
//! they were and as they would have been.
//!
//! Nothing is written. Matters are replayed one by one and forgotten; what is
//! kept are sums, and of each unit how many matters it had open at the end of
//! each day. Units are counted, never persons.

mod statement;
mod tally;

pub use statement::{Side, Statement, Stopped, UnitLine};

use bihuan_app::queries::{Period, Recorded};
use bihuan_app::{App, Caller, Rules};
use bihuan_domain::calendar::Calendar;
use bihuan_domain::ids::MatterId;
use bihuan_domain::matter::{Event, Past, Rulebook, WhatIf, what_if as replayed};
use bihuan_domain::playbook::Playbook;

use crate::Result;
use tally::Tally;

/// Counts matters closed, given and open in the period under `playbook` beside
/// the rules each was filed under.
pub async fn what_if(
    app: &App,
    caller: &Caller,
    playbook: &Playbook,
    period: Period,
) -> Result<Statement> {
    let (rules, now) = (app.rules(), app.now());
    let calendar = Calendar::new(rules.holidays.clone(), playbook.work.clone());
    let would = Rulebook { playbook, calendar: &calendar };
    let mut tally = Tally::new(period, now);
    let imported = app
        .histories(caller, period, |id, recorded| {
            let was = filed_under(&rules, recorded)?;
            if let Some(what_if) = replay(id, recorded, was, would, &rules, now) {
                tally.add(&what_if);
            }
            Ok(())
        })
        .await?;
    Ok(tally.statement(&rules, playbook, imported))
}

fn replay(
    id: MatterId,
    recorded: &[Recorded],
    was: Rulebook<'_>,
    would: Rulebook<'_>,
    rules: &Rules,
    now: bihuan_domain::instant::Instant,
) -> Option<WhatIf> {
    let past: Vec<Past<'_>> =
        recorded.iter().map(|entry| (entry.at, &entry.actor, &entry.event)).collect();
    replayed(id, &past, was, would, &rules.unit_tree, now)
}

/// The version the matter keeps.
fn filed_under<'a>(rules: &'a Rules, recorded: &[Recorded]) -> bihuan_app::Result<Rulebook<'a>> {
    let version = recorded.iter().find_map(|entry| match &entry.event {
        Event::Filed { playbook, .. } => Some(playbook.as_str()),
        _ => None,
    });
    let version = rules.version(version.unwrap_or_default())?;
    Ok(Rulebook { playbook: &version.playbook, calendar: &version.calendar })
}
