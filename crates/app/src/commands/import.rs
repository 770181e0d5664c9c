//! Taking over history from another system: one `Imported` event a matter,
//! holding the dates given. Nothing imported passes as if acted here.

use bihuan_domain::county::{CountyEvent, ImportCounts};
use bihuan_domain::ids::{CommandId, GridCode, ItemCode, MatterId, MatterNumber, RegimeCode};
use bihuan_domain::journal::{Digest, Entry};
use bihuan_domain::matter::{Command, ContentTag, History, Whereabouts};
use bihuan_domain::place::Position;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::act::Work;
use crate::access::Admin;
use crate::compose::Composer;
use crate::context::{App, Caller};
use crate::error::Result;

/// One record as the other system gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRecord {
    pub regime: RegimeCode,
    pub history: History,
    pub item: Option<ItemCode>,
    pub words: String,
    pub address: String,
    pub position: Option<Position>,
    pub grid: Option<GridCode>,
}

/// Whether each record of a batch was written or was already there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    Written,
    AlreadyThere,
    /// There with other content; carries nothing since the caller knows the row.
    Differs,
}

impl App {
    /// Imports a batch in one transaction. A record is known by its origin and its
    /// id there, so a second run finds it again.
    pub async fn import(
        &self,
        caller: &Caller,
        command: CommandId,
        records: Vec<ImportRecord>,
    ) -> Result<Vec<Imported>> {
        self.require(caller, Admin::Import)?;
        let caller = caller.clone();
        self.write(move |app, tx| {
            let (records, caller) = (records.clone(), caller.clone());
            Box::pin(async move {
                let rules = app.rules();
                let now = app.now();
                let prefix = rules.in_force(now)?.playbook.number_prefix.clone();
                let mut work = Work::new(app, &rules, command, now);
                let mut outcomes = Vec::with_capacity(records.len());
                let mut fresh = Vec::new();
                let origins: Vec<_> =
                    records.iter().map(|record| origin(&record.history)).collect();
                let there = tx.matters_of_origins(app.county(), &origins).await?;
                for (record, origin) in records.iter().zip(&origins) {
                    outcomes.push(match there.get(origin) {
                        None => {
                            fresh.push((matter_id(app, &record.history), record));
                            Imported::Written
                        }
                        Some(id) => {
                            let there = tx.matter(app.county(), *id).await?;
                            let history = there.and_then(|there| there.matter.history);
                            if history.as_ref() == Some(&record.history) {
                                Imported::AlreadyThere
                            } else {
                                Imported::Differs
                            }
                        }
                    });
                }
                let Some((first, _)) = fresh.first() else { return Ok(outcomes) };
                let first = *first;
                let count = i64::try_from(fresh.len()).unwrap_or(i64::MAX);
                let series = format!("{prefix}-I");
                let last = tx.take_numbers(app.county(), &series, count).await?;
                let mut number = last - count;
                for (id, record) in fresh {
                    number += 1;
                    let mut composer = Composer::new(app);
                    let words = composer.optional(ContentTag::Imported, &record.words)?;
                    let position = record.position.map(|position| composer.position(position));
                    let address = composer.optional(ContentTag::Address, &record.address)?;
                    let import = Command::Import {
                        number: MatterNumber(format!("{series}-{number:06}")),
                        regime: record.regime.clone(),
                        history: record.history.clone(),
                        item: record.item.clone(),
                        words,
                        whereabouts: Whereabouts {
                            grid: record.grid.clone(),
                            address,
                            position,
                            ..Whereabouts::default()
                        },
                    };
                    work.begin(id);
                    work.decide(id, &import, &caller.actor, None)?;
                    for content in &composer.contents {
                        tx.put_content(app.county(), &Entry::stream_of(id), content);
                    }
                }
                work.finish(tx, first)?;
                Ok(outcomes)
            })
        })
        .await
    }

    /// Records that an import took place, with its counts.
    pub async fn record_import(
        &self,
        caller: &Caller,
        command: CommandId,
        origin: &str,
        file: Digest,
        counts: ImportCounts,
    ) -> Result<()> {
        self.require(caller, Admin::Import)?;
        let event = CountyEvent::Imported { origin: origin.to_owned(), file, counts };
        let caller = caller.clone();
        self.write(move |app, tx| {
            let (event, caller) = (event.clone(), caller.clone());
            Box::pin(async move { app.record(tx, &caller, command, &[event]).await })
        })
        .await
    }
}

fn origin(history: &History) -> (String, String) {
    (history.origin.clone(), history.origin_id.clone())
}

/// Follows from the record alone, and like every matter's id rises with the time
/// of filing: rows filed together lie together.
fn matter_id(app: &App, history: &History) -> MatterId {
    let name = format!("{}\n{}\n{}", app.county(), history.origin, history.origin_id);
    let millis = history.opened_at.micros().div_euclid(1000).max(0);
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    bytes[6..].copy_from_slice(&Sha256::digest(name)[..10]);
    MatterId(Uuid::new_v8(bytes))
}
