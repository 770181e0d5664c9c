//! A unit that has not signed by its limit is taken to have signed: the clock
//! must not wait for someone to open a page.

use bihuan_domain::ids::{CommandId, MatterId};
use bihuan_domain::matter::{Command, Stage};
use bihuan_domain::playbook::model::AtLimit;

use crate::commands::Submission;
use crate::compose::Composer;
use crate::context::{App, Caller, Sender};
use crate::error::{Error, Result};

const SLICE: u32 = 100;

pub async fn auto_sign(app: &App) -> Result<usize> {
    let rules = app.rules();
    let mut nodes: Vec<&str> = rules
        .versions()
        .flat_map(|(_, version)| version.playbook.regimes.values())
        .flat_map(|regime| &regime.nodes)
        .filter(|node| node.at_limit == Some(AtLimit::Sign))
        .map(|node| node.code.as_str())
        .collect();
    nodes.sort_unstable();
    nodes.dedup();
    let mut signed = 0;
    for node in nodes {
        for matter in app.store().past_due(app.county(), node, app.now(), SLICE).await? {
            signed += usize::from(sign(app, matter).await?);
        }
    }
    Ok(signed)
}

async fn sign(app: &App, matter: MatterId) -> Result<bool> {
    let Some((loaded, _)) = app.store().matter(app.county(), matter).await? else {
        return Ok(false);
    };
    if loaded.matter.stage != Stage::Dispatched {
        return Ok(false);
    }
    let mut composed = Composer::new(app);
    composed.push(Command::Sign);
    let submission = Submission {
        sender: Sender::new(CommandId(app.new_id()), ["auto-sign"]),
        caller: Caller::system(),
        matter,
        seen: Some(loaded.matter.entries),
        composed,
    };
    match app.act(submission).await {
        Ok(_) => Ok(true),
        // Someone signed or undid it in between: nothing left to do.
        Err(Error::Refused(_)) => Ok(false),
        Err(fault) => Err(fault),
    }
}
