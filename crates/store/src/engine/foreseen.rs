//! What pieces of work ask for first. Known beforehand, a batch asks for all of
//! it with one statement a table, instead of one a piece.

use std::collections::{BTreeMap, HashMap};

use bihuan_domain::ids::{CommandId, CountyCode, MatterId};
use bihuan_domain::journal::Entry;

use super::pending::Answered;
use super::statements as sql;
use super::tx::Tx;
use super::{on, pick};
use crate::error::StoreError;
use crate::registers::Counted;

/// What one piece of work will surely ask for.
#[derive(Clone, Debug)]
pub struct Foreseen {
    pub county: CountyCode,
    /// Whether it was answered before.
    pub command: CommandId,
    /// The matter it is about.
    pub matter: Option<MatterId>,
    /// The key it counts attempts under.
    pub attempt: Option<String>,
}

type Known<T> = HashMap<(CountyCode, String), T>;

/// What was read beforehand, as it stood when the transaction began. What the
/// transaction has since changed is known from what it gathered, which is asked
/// first.
#[derive(Default)]
pub(super) struct Read {
    answered: Known<Option<Answered>>,
    streams: Known<Vec<String>>,
    counted: Known<Option<Counted>>,
}

impl Read {
    /// The outer `None`: not read.
    pub(super) fn answered(&self, county: &CountyCode, id: CommandId) -> Option<&Option<Answered>> {
        self.answered.get(&(county.clone(), id.to_string()))
    }

    pub(super) fn stream(&self, county: &CountyCode, stream: &str) -> Option<&Vec<String>> {
        self.streams.get(&(county.clone(), stream.to_owned()))
    }

    pub(super) fn counted(&self, key: &(CountyCode, String)) -> Option<&Option<Counted>> {
        self.counted.get(key)
    }

    pub(super) fn forget_counted(&mut self, key: &(CountyCode, String)) {
        self.counted.remove(key);
    }
}

/// What is asked of one county, by table.
#[derive(Default)]
struct Asked {
    commands: Vec<String>,
    streams: Vec<String>,
    attempts: Vec<String>,
}

impl Tx {
    pub(super) async fn foresee<'a>(
        &mut self,
        work: impl Iterator<Item = &'a Foreseen>,
    ) -> Result<(), StoreError> {
        for (county, asked) in by_county(work) {
            self.foresee_commands(county, asked.commands).await?;
            self.foresee_streams(county, asked.streams).await?;
            self.foresee_attempts(county, asked.attempts).await?;
        }
        Ok(())
    }

    async fn foresee_commands(
        &mut self,
        county: &CountyCode,
        ids: Vec<String>,
    ) -> Result<(), StoreError> {
        let found: Vec<(String, String, String, String)> = on!(self, c => {
            sqlx::query_as(pick(c, sql::FIND_COMMANDS))
                .bind(county.as_str())
                .bind(serde_json::json!(ids).to_string())
                .fetch_all(c)
                .await?
        });
        let answered = &mut self.read.answered;
        answered.extend(ids.into_iter().map(|id| ((county.clone(), id), None)));
        for (id, sender, digest, result) in found {
            let first = Answered { sender, digest, result };
            answered.insert((county.clone(), id), Some(first));
        }
        Ok(())
    }

    async fn foresee_streams(
        &mut self,
        county: &CountyCode,
        names: Vec<String>,
    ) -> Result<(), StoreError> {
        if names.is_empty() {
            return Ok(());
        }
        let found: Vec<(String, String)> = on!(self, c => {
            sqlx::query_as(pick(c, sql::LOAD_STREAMS))
                .bind(county.as_str())
                .bind(serde_json::json!(names).to_string())
                .fetch_all(c)
                .await?
        });
        let streams = &mut self.read.streams;
        streams.extend(names.into_iter().map(|name| ((county.clone(), name), Vec::new())));
        for (name, canonical) in found {
            streams.entry((county.clone(), name)).or_default().push(canonical);
        }
        Ok(())
    }

    async fn foresee_attempts(
        &mut self,
        county: &CountyCode,
        keys: Vec<String>,
    ) -> Result<(), StoreError> {
        if keys.is_empty() {
            return Ok(());
        }
        let found: Vec<(String, i64, i64)> = on!(self, c => {
            sqlx::query_as(pick(c, sql::ATTEMPTS_COUNTED))
                .bind(county.as_str())
                .bind(serde_json::json!(keys).to_string())
                .fetch_all(c)
                .await?
        });
        let counted = &mut self.read.counted;
        counted.extend(keys.into_iter().map(|key| ((county.clone(), key), None)));
        for (key, count, from_us) in found {
            counted.insert((county.clone(), key), Some(Counted { count, from_us }));
        }
        Ok(())
    }
}

fn by_county<'a>(work: impl Iterator<Item = &'a Foreseen>) -> BTreeMap<&'a CountyCode, Asked> {
    let mut by_county: BTreeMap<&CountyCode, Asked> = BTreeMap::new();
    for one in work {
        let asked = by_county.entry(&one.county).or_default();
        asked.commands.push(one.command.to_string());
        asked.streams.extend(one.matter.map(Entry::stream_of));
        asked.attempts.extend(one.attempt.clone());
    }
    by_county
}
