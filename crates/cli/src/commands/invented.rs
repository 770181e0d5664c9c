//! What every county grown out of nothing needs, whether to look at or to measure.

use bihuan_app::App;
use bihuan_domain::playbook::Playbook;
use bihuan_simulate::SignIn;

use crate::failure::{Failure, Result};
use crate::say;
use crate::settings::Settings;

/// The invented county's areas, kept beside its data for a later `serve`. Areas
/// that somebody configured come first.
pub(super) fn with_blocks(settings: &Settings, app: &App, rules: &Playbook) -> Result<App> {
    if settings.get("outlines").is_some() {
        return Ok(app.clone());
    }
    let blocks = bihuan_simulate::blocks(rules);
    let path = settings.own_outlines();
    std::fs::write(&path, bihuan_documents::outlines::write(&blocks))
        .map_err(|fault| Failure::file("the invented blocks", &path, fault))?;
    Ok(app.with_outlines(blocks))
}

/// What background tasks would have done by now; each takes a slice a run.
pub(super) async fn settle(app: &App) -> Result<Vec<(&'static str, usize)>> {
    const MOST_RUNS: usize = 1_000;
    let mut sums: Vec<(&'static str, usize)> = Vec::new();
    for _ in 0..MOST_RUNS {
        let done = app.run_tasks().await?;
        let is_quiet = done.iter().all(|(task, did)| *did == 0 || *task == "remind");
        for (task, did) in done {
            match sums.iter_mut().find(|(known, _)| *known == task) {
                Some((_, sum)) => *sum += did,
                None => sums.push((task, did)),
            }
        }
        if is_quiet {
            break;
        }
    }
    Ok(sums)
}

pub(super) fn show_sign_ins(sign_ins: &[SignIn]) {
    say::line("Sign in as");
    let of = |width: fn(&SignIn) -> usize| sign_ins.iter().map(width).max().unwrap_or_default();
    let (roles, logins) = (of(|sign_in| sign_in.role.len()), of(|sign_in| sign_in.login.len()));
    for sign_in in sign_ins {
        say::line(format_args!(
            "  {:roles$}  {:logins$}  {}  {} {}",
            sign_in.role, sign_in.login, sign_in.password, sign_in.unit, sign_in.name
        ));
    }
}

pub(super) fn failure(fault: bihuan_simulate::Error) -> Failure {
    match fault {
        bihuan_simulate::Error::App(fault) => fault.into(),
        other => Failure::Broken(other.to_string()),
    }
}
