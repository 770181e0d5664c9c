//! What the data says of itself: key, database, journal, rules, back-ups.

use std::path::Path;

use bihuan_app::App;
use bihuan_app::commands::BACKED_UP;
use bihuan_app::keys::Keys;
use bihuan_domain::instant::Instant;

use super::Finding;
use crate::failure::DAMAGED;
use crate::outside::{OsEntropy, keys_dir};
use crate::settings::Settings;
use crate::wire;

/// Entries wait a few seconds to be sealed; this many mean that nothing seals.
const MANY_UNSEALED: u64 = 10_000;
/// A look at each takes some microseconds; `bihuan verify` reads all of them.
const MOST_FILES: usize = 100_000;
/// Default, not official.
const BACKUP_DAYS: i64 = 2;
const MINUTES_A_DAY: i64 = 24 * 60;

pub(super) async fn findings(settings: &Settings, key_copy: Option<&Path>) -> Vec<Finding> {
    if settings.database_file().is_some_and(|file| !file.exists()) {
        let says = format!("there is none in {} yet", settings.data().display());
        return vec![Finding::look("data", says)];
    }
    let app = match wire::open_existing(settings).await {
        Ok(app) => app,
        Err(fault) => return vec![Finding::fault("data", fault.to_string())],
    };
    let mut findings = vec![Finding::good("data", format!("county {}", app.county()))];
    findings.push(second_key(settings, key_copy));
    match of_app(settings, &app).await {
        Ok(more) => findings.extend(more),
        Err(fault) => findings.push(Finding::fault("database", fault.to_string())),
    }
    app.store().close().await;
    findings
}

fn second_key(settings: &Settings, copy: Option<&Path>) -> Finding {
    let own = settings.keys();
    let Some(copy) = copy else {
        return Finding::look(
            "key",
            format!(
                "is there a second copy of {}/county.key, in another place than the back-up? \
                 Compare it: bihuan doctor --key-copy DIR",
                own.display()
            ),
        );
    };
    let mark = |folder: &Path| {
        keys_dir::read_or_make(folder, true, &OsEntropy).map(|key| Keys::derive(&key.bytes).mark())
    };
    match (mark(&own), mark(copy)) {
        (Ok(own), Ok(copied)) if own == copied => {
            Finding::good("key", format!("the copy in {} is the county's key", copy.display()))
        }
        (Ok(_), Ok(_)) => {
            let says = format!("the key in {} is another than the county's", copy.display());
            Finding::fault("key", says)
        }
        (Err(fault), _) | (_, Err(fault)) => Finding::fault("key", fault.to_string()),
    }
}

async fn of_app(settings: &Settings, app: &App) -> bihuan_app::Result<Vec<Finding>> {
    let store = app.store();
    let damage = store.damage().await?;
    let schema = store.schema().await?;
    let database = match damage.first() {
        None => Finding::good("database", format!("readable, schema {schema}")),
        Some(first) => {
            Finding::fault("database", format!("its pages are damaged ({first}). {DAMAGED}"))
        }
    };
    let mut findings = vec![database];
    if wire::with_lists(app).await.is_err() {
        let says = "restored, but its lists were not made: bihuan verify --rebuild";
        findings.push(Finding::fault("lists", says));
    }
    findings.push(files(app).await);
    findings.extend(journal(app).await?);
    findings.extend(rules(app));
    findings.push(backups(settings, app).await?);
    Ok(findings)
}

async fn files(app: &App) -> Finding {
    let (seen, missing) = match app.missing_files(MOST_FILES).await {
        Ok(found) => found,
        Err(fault) => return Finding::fault("files", fault.to_string()),
    };
    let Some(first) = missing.first() else {
        return Finding::good("files", format!("the newest {seen} photos and files are there"));
    };
    let says = format!(
        "{} of the newest {seen} photos and files are not where they were put, the newest {first}: \
         bring them back from a back-up under the same names; bihuan verify names each",
        missing.len()
    );
    Finding::fault("files", says)
}

async fn journal(app: &App) -> bihuan_app::Result<Vec<Finding>> {
    let (sealed, waiting) = app.store().entry_counts(app.county()).await?;
    let says = format!("{sealed} entries sealed, {waiting} wait");
    let mut findings = vec![match waiting {
        ..MANY_UNSEALED => Finding::good("journal", says),
        _ => Finding::fault("journal", format!("{says}: is `bihuan serve` running? See its log")),
    }];
    let last = app.store().last_checkpoint(app.county()).await?;
    findings.extend(last.map(|last| clock(last.at, app.now())));
    Ok(findings)
}

fn clock(signed: Instant, now: Instant) -> Finding {
    if signed <= now {
        return Finding::good("clock", "it stands after the last checkpoint");
    }
    let says = format!(
        "it stands before the last checkpoint ({}): set it right. Until then acts on a matter stand \
         at the moment of the one before, and new dates are counted from the wrong time",
        signed.civil()
    );
    Finding::fault("clock", says)
}

fn rules(app: &App) -> Vec<Finding> {
    let now = app.now();
    let rules = app.rules();
    let version = match rules.in_force(now) {
        Ok(version) => version,
        Err(_) => {
            let says = "none is in force: bihuan playbook apply playbooks/xingyang";
            return vec![Finding::fault("playbook", says)];
        }
    };
    let name = &version.playbook.version;
    let mut findings = vec![Finding::good("playbook", format!("{name} is in force"))];
    let year = now.date().year();
    let last = version.calendar.last_known_year();
    findings.push(match last {
        Some(last) if last > year => Finding::good("holidays", format!("known to {last}")),
        Some(last) if last == year => Finding::look(
            "holidays",
            format!("known to {last}; next year's come by a notice: bihuan calendar load FILE"),
        ),
        _ => Finding::fault(
            "holidays",
            format!(
                "{year}'s are not known, days are counted as Monday to Friday: bihuan calendar"
            ),
        ),
    });
    findings
}

async fn backups(settings: &Settings, app: &App) -> bihuan_app::Result<Finding> {
    let taken = app.store().setting(app.county(), BACKED_UP).await?;
    let taken = taken.and_then(|taken| taken.parse().ok()).map(Instant::from_micros);
    let Some(taken) = taken else {
        return Ok(Finding::look("back-up", "none was taken with bihuan backup yet"));
    };
    let says = format!("the last is of {}", taken.civil().strftime("%Y-%m-%d %H:%M"));
    if app.now().minutes_since(taken) > BACKUP_DAYS * MINUTES_A_DAY {
        return Ok(Finding::look("back-up", format!("{says}: take one each night")));
    }
    if settings.get("backup_recipient").is_none() {
        let says = format!("{says}; not encrypted unless --recipient was given");
        return Ok(Finding::look("back-up", says));
    }
    Ok(Finding::good("back-up", says))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::Level;

    #[test]
    fn a_clock_that_was_set_back_is_a_fault_that_says_what_follows() {
        let signed = Instant::from_micros(1_668_000_000_000_000);
        let finding = clock(signed, signed.plus_minutes(-1));
        assert_eq!(finding.level, Level::Fault);
        assert!(finding.says.contains("set it right"), "{}", finding.says);
        assert_eq!(clock(signed, signed).level, Level::Good);
    }
}
