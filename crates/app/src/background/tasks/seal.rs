//! Puts new entries into the county's log and signs its head.

use bihuan_domain::county::{CountyEvent, LogOpened};
use bihuan_domain::ids::CommandId;
use bihuan_domain::journal::{Checkpoint, LogKey, LogName};
use bihuan_store::Tx;
use bihuan_store::backup::ENDED_LOG;
use bihuan_store::journal::StoredCheckpoint;

use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// Entries a slice while people wait for the writer.
const SLICE: u32 = 1000;
/// Entries a slice at most.
const LONGEST: u32 = 8000;
const FIRST_LOG: u64 = 1;

/// After much was written at once slices grow while the queue is empty, as they do
/// for the index of words.
pub async fn seal(app: &App) -> Result<usize> {
    if !may_grow(app).await? {
        open_next_log(app).await?;
    }
    let mut sealed = 0;
    let mut slice = SLICE;
    loop {
        let added = app
            .write(move |app, tx| Box::pin(async move { seal_slice(app, tx, slice).await }))
            .await?;
        sealed += added;
        if added < slice as usize {
            return Ok(sealed);
        }
        slice = if app.store().has_waiting() { SLICE } else { LONGEST.min(slice * 2) };
    }
}

/// Leaves and the checkpoint over them go in one transaction, so that no leaf
/// is ever without one.
async fn seal_slice(app: &App, tx: &mut Tx, slice: u32) -> Result<usize> {
    let county = app.county();
    let (log, size) = match tx.lock_log(county).await? {
        Some(log) => log,
        None => {
            tx.open_log(county, FIRST_LOG).await?;
            (FIRST_LOG, 0)
        }
    };
    let Some(sealed) = tx.seal(county, log, size, slice).await? else { return Ok(0) };
    let name = LogName { county: county.clone(), number: log };
    if size == 0 {
        // Checkpoints name their key but do not hold it; later ones may be signed under another.
        tx.put_setting(county, &key_setting(log), own_key(app, log)?.as_str()).await?;
    }
    let note = Checkpoint::sign(app.keys().signing(), &name, sealed.size, sealed.root)
        .map_err(|fault| Error::Internal(fault.to_string()))?;
    let checkpoint = StoredCheckpoint { log, size: sealed.size, at: app.now(), note };
    tx.add_checkpoint(county, &checkpoint);
    Ok(usize::try_from(sealed.added).unwrap_or(usize::MAX))
}

/// Whether the last log goes on: it was signed with the key in use, since one
/// log has one key, and it did not come out of a back-up, after which it may
/// have grown elsewhere. Otherwise the county goes on in its next log.
async fn may_grow(app: &App) -> Result<bool> {
    let Some(last) = app.store().last_checkpoint(app.county()).await? else { return Ok(true) };
    let ended = app.store().setting(app.county(), ENDED_LOG).await?;
    if ended.is_some_and(|log| log == last.log.to_string()) {
        return Ok(false);
    }
    Ok(Checkpoint::open(&last.note, &[own_key(app, last.log)?]).is_ok())
}

/// The public key in use, as the key of a log.
fn own_key(app: &App, log: u64) -> Result<LogKey> {
    let name = LogName { county: app.county().clone(), number: log };
    LogKey::new(&name, &app.keys().signing().verifying_key())
        .map_err(|fault| Error::Internal(fault.to_string()))
}

fn key_setting(log: u64) -> String {
    format!("log-key-{log}")
}

impl App {
    /// The public key a log is or will be signed with, as a C2SP vkey.
    pub async fn log_key(&self, log: u64) -> Result<String> {
        match self.store().setting(self.county(), &key_setting(log)).await? {
            Some(key) => Ok(key),
            None => own_key(self, log).map(|key| key.as_str().to_owned()),
        }
    }
}

/// After a restore or under a new key the county's next log is opened; its
/// first leaf names the last known checkpoint. A log never forks.
async fn open_next_log(app: &App) -> Result<u64> {
    let previous = app.store().last_checkpoint(app.county()).await?;
    let command = CommandId(app.new_id());
    app.write(move |app, tx| {
        let previous = previous.clone();
        Box::pin(async move {
            let county = app.county();
            let log = tx.lock_log(county).await?.map_or(FIRST_LOG, |(log, _)| log + 1);
            tx.open_log(county, log).await?;
            let opened = CountyEvent::LogOpened(LogOpened {
                log,
                previous: previous.map(|checkpoint| checkpoint.note),
            });
            let payload = serde_json::to_value(&opened)
                .map_err(|fault| Error::Internal(fault.to_string()))?;
            let name = LogName { county: county.clone(), number: log };
            let actor = Caller::system().actor;
            let entry = app.entry(name.stream(), None, app.now(), &actor, command, payload);
            tx.append_first(&entry)?;
            Ok(log)
        })
    })
    .await
}
