//! Issues the slips a regime's ladder calls for (督办单), and tells the unit.

use bihuan_domain::calendar::Limit;
use bihuan_domain::ids::{CommandId, MatterId};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Command, SlipColour, slip_due};
use bihuan_domain::playbook::model::{NodeRule, Regime, SlipRule};

use super::remind;
use crate::commands::Submission;
use crate::compose::Composer;
use crate::context::{App, Caller, Sender};
use crate::error::{Error, Result};

const SLICE: u32 = 200;

pub async fn slip(app: &App) -> Result<usize> {
    let mut issued = 0;
    for (node, rule) in ladder(app) {
        let rank = rule.colour as i64 + 1;
        let before = late_since(&rule, app.now());
        let late = app.store().unslipped(app.county(), &node, before, rank, SLICE).await?;
        for matter in late {
            issued += usize::from(issue(app, matter).await?);
        }
    }
    Ok(issued)
}

/// Every node a unit owes with every slip of its regime, in all versions in use.
fn ladder(app: &App) -> Vec<(String, SlipRule)> {
    let rules = app.rules();
    let regimes = rules.versions().flat_map(|(_, version)| version.playbook.regimes.values());
    let mut ladder: Vec<(String, SlipRule)> = regimes.flat_map(steps).collect();
    ladder.sort_by(|one, other| (one.1.colour, &one.0).cmp(&(other.1.colour, &other.0)));
    ladder.dedup();
    ladder
}

fn steps(regime: &Regime) -> impl Iterator<Item = (String, SlipRule)> {
    let owed = regime.nodes.iter().filter(|rule| rule.is_owed_by_the_unit());
    owed.flat_map(|node: &NodeRule| regime.slips.iter().map(|slip| (node.code.to_string(), *slip)))
}

/// Dates before this may have their slip; the rules say whether they do.
fn late_since(rule: &SlipRule, now: Instant) -> Instant {
    match rule.after {
        Some(Limit::Days(days) | Limit::WorkDays(days)) => now.plus_days(-i64::from(days)),
        _ => now,
    }
}

async fn issue(app: &App, matter: MatterId) -> Result<bool> {
    let Some((loaded, _)) = app.store().matter(app.county(), matter).await? else {
        return Ok(false);
    };
    let Some((colour, node)) = due(app, &loaded.matter)? else { return Ok(false) };
    let mut composed = Composer::new(app);
    composed.push(Command::Slip { colour, node: node.clone(), document: None, fields: None });
    let submission = Submission {
        sender: Sender::new(CommandId(app.new_id()), ["slip"]),
        caller: Caller::system(),
        matter,
        seen: Some(loaded.matter.entries),
        composed,
    };
    match app.act(submission).await {
        Ok(_) => {
            let due_us = loaded.matter.nodes.get(&node).map(|node| node.due.due_at.micros());
            remind::tell_of_slip(app, &loaded.matter, &node, due_us.unwrap_or_default(), colour)
                .await?;
            Ok(true)
        }
        // Someone acted in between: looked at again at the next run.
        Err(Error::Refused(_)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

fn due(
    app: &App,
    matter: &bihuan_domain::matter::Matter,
) -> Result<Option<(SlipColour, bihuan_domain::ids::NodeCode)>> {
    let rules = app.rules();
    let version = rules.version(&matter.playbook)?;
    let Some(regime) = version.playbook.regimes.get(&matter.regime) else { return Ok(None) };
    Ok(slip_due(matter, regime, &version.calendar, app.now()))
}
