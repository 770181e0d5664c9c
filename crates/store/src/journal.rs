//! Reading the journal back, and sealing it.

use std::collections::BTreeMap;

use bihuan_domain::ids::{CountyCode, MatterId};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::tree::Frontier;
use bihuan_domain::journal::{Commitment, Entry, Hash, Head, hash_of, leaf_of};
use bihuan_domain::matter::{Actor, Event, Matter, evolve};

use crate::engine::{Loaded, Store, Tx, clean, on, on_pool, pick};
use crate::error::StoreError;

pub(crate) mod statements {
    crate::engine::statements! {
        HEAD = "SELECT seq, hash, at_us FROM entry WHERE county = $1 AND stream = $2 \
            ORDER BY seq DESC LIMIT 1";
        ENTRIES = "SELECT canonical FROM entry WHERE county = $1 AND stream = $2 ORDER BY seq";
        CONTENTS = "SELECT commitment, tag, salt, body FROM content \
            WHERE county = $1 AND stream = $2";
        LAST_LOG = "SELECT log, size FROM log WHERE county = $1 ORDER BY log DESC LIMIT 1";
        OPEN_LOG = "INSERT INTO log (county, log, size) VALUES ($1, $2, 0)";
        GROW_LOG = "UPDATE log SET size = $3 WHERE county = $1 AND log = $2";
        UNSEALED = "SELECT u.at_us, u.stream, u.seq, e.canonical FROM unsealed u \
            JOIN entry e ON e.county = u.county AND e.stream = u.stream AND e.seq = u.seq \
            WHERE u.county = $1 ORDER BY u.at_us, u.stream, u.seq LIMIT $2";
        DROP_UNSEALED = {
            sqlite: "DELETE FROM unsealed WHERE county = $1 AND (at_us, stream, seq) IN \
                (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), \
                json_extract(value, '$[2]') FROM jsonb_each($2))",
            postgres: "DELETE FROM unsealed WHERE county = $1 AND (at_us, stream, seq) IN \
                (SELECT CAST(value->>0 AS BIGINT), value->>1, CAST(value->>2 AS BIGINT) \
                FROM jsonb_array_elements($2::text::jsonb) AS rows(value))"
        };
        HASHES = {
            sqlite: "SELECT position, hash FROM log_hash WHERE county = $1 AND log = $2 \
                AND position IN (SELECT value FROM json_each($3))",
            postgres: "SELECT position, hash FROM log_hash WHERE county = $1 AND log = $2 \
                AND position IN (SELECT CAST(value AS BIGINT) \
                FROM jsonb_array_elements_text($3::text::jsonb) AS rows(value))"
        };
        LAST_CHECKPOINT = "SELECT log, size, at_us, note FROM checkpoint WHERE county = $1 \
            ORDER BY log DESC, size DESC LIMIT 1";
        CHECKPOINTS = "SELECT log, size, at_us, note FROM checkpoint WHERE county = $1 \
            ORDER BY log, size";
        LEAF_OF = "SELECT log, idx FROM leaf WHERE county = $1 AND stream = $2 AND seq = $3";
        LEAVES = "SELECT l.log, l.idx, e.canonical FROM leaf l \
            JOIN entry e ON e.county = l.county AND e.stream = l.stream AND e.seq = l.seq \
            WHERE l.county = $1 AND l.log = $2 AND l.idx >= $3 ORDER BY l.idx LIMIT $4";
        UNSEALED_AFTER = "SELECT e.canonical, u.at_us, u.stream, u.seq FROM unsealed u \
            JOIN entry e ON e.county = u.county AND e.stream = u.stream AND e.seq = u.seq \
            WHERE u.county = $1 AND (u.at_us, u.stream, u.seq) > ($2, $3, $4) \
            ORDER BY u.at_us, u.stream, u.seq LIMIT $5";
        CONTENT_AFTER = "SELECT stream, commitment, tag, salt, body FROM content \
            WHERE county = $1 AND (stream, commitment) > ($2, $3) \
            ORDER BY stream, commitment LIMIT $4";
        ERASE_CONTENT = "DELETE FROM content WHERE county = $1 AND stream = $2 \
            AND commitment = $3";
        STREAMS_AFTER = "SELECT DISTINCT stream FROM entry WHERE county = $1 AND stream > $2 \
            ORDER BY stream LIMIT $3";
        COUNTS = "SELECT CAST((SELECT COALESCE(SUM(size), 0) FROM log WHERE county = $1) AS BIGINT), \
            CAST((SELECT COUNT(*) FROM unsealed WHERE county = $1) AS BIGINT)";
    }
}
use statements as sql;

/// What sealers of one county lock; no stream is called so.
const LOG_LOCK: &str = "#log";

/// One entry of a matter with what happened.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub seq: u64,
    pub at: Instant,
    pub actor: Actor,
    pub event: Event,
    pub hash: Hash,
}

/// What a commitment commits to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub commitment: Commitment,
    pub tag: String,
    pub salt: String,
    pub body: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCheckpoint {
    pub log: u64,
    pub size: u64,
    pub at: Instant,
    pub note: String,
}

/// Reads entries of one matter into events.
pub fn read_entries(texts: &[String]) -> Result<Vec<Recorded>, StoreError> {
    texts
        .iter()
        .map(|text| {
            let entry: Entry =
                serde_json::from_str(text).map_err(|fault| StoreError::row("entry", fault))?;
            let event = serde_json::from_value(entry.payload)
                .map_err(|fault| StoreError::row("entry", fault))?;
            Ok(Recorded {
                seq: entry.seq,
                at: entry.at,
                actor: entry.actor,
                event,
                hash: hash_of(text),
            })
        })
        .collect()
}

/// The state a matter's entries make.
pub fn replay(id: MatterId, texts: &[String]) -> Result<Option<Loaded>, StoreError> {
    Ok(replayed(id, &read_entries(texts)?))
}

fn replayed(id: MatterId, entries: &[Recorded]) -> Option<Loaded> {
    let mut matter: Option<Matter> = None;
    let mut head = None;
    for recorded in entries {
        matter = evolve(matter, id, recorded.at, &recorded.actor, &recorded.event);
        head = Some(Head { seq: recorded.seq, hash: recorded.hash, at: recorded.at });
    }
    matter.zip(head).map(|(matter, head)| Loaded { matter, head })
}

pub(crate) async fn head(
    tx: &mut Tx,
    county: &CountyCode,
    stream: &str,
) -> Result<Option<Head>, StoreError> {
    let row: Option<(i64, String, i64)> = on!(tx, c => {
        sqlx::query_as(pick(c, sql::HEAD)).bind(county.as_str()).bind(stream).fetch_optional(c).await?
    });
    row.map(|(seq, hash, at)| {
        let hash = hash.parse().map_err(|fault| StoreError::row("entry", fault))?;
        let seq = u64::try_from(seq).map_err(|fault| StoreError::row("entry", fault))?;
        Ok(Head { seq, hash, at: Instant::from_micros(at) })
    })
    .transpose()
}

type ContentRow = (String, String, String, String);

fn content((commitment, tag, salt, body): ContentRow) -> Result<Content, StoreError> {
    let commitment = commitment.parse().map_err(|fault| StoreError::row("content", fault))?;
    Ok(Content { commitment, tag, salt, body })
}

pub(crate) type CheckpointRow = (i64, i64, i64, String);

pub(crate) fn checkpoint((log, size, at, note): CheckpointRow) -> StoredCheckpoint {
    StoredCheckpoint {
        log: log.unsigned_abs(),
        size: size.unsigned_abs(),
        at: Instant::from_micros(at),
        note,
    }
}

impl Store {
    /// A matter and everything recorded of it, as it stands.
    pub async fn matter(
        &self,
        county: &CountyCode,
        id: MatterId,
    ) -> Result<Option<(Loaded, Vec<Recorded>)>, StoreError> {
        let texts = self.entry_texts(county, &id.to_string()).await?;
        let recorded = read_entries(&texts)?;
        Ok(replayed(id, &recorded).map(|loaded| (loaded, recorded)))
    }

    /// The canonical texts of a stream, first to last.
    pub async fn entry_texts(
        &self,
        county: &CountyCode,
        stream: &str,
    ) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = on_pool!(self, c => {
            sqlx::query_as(pick(c, sql::ENTRIES)).bind(county.as_str()).bind(stream).fetch_all(c).await?
        });
        Ok(rows.into_iter().map(|(text,)| text).collect())
    }

    /// The contents a stream's entries commit to, those not erased.
    pub async fn contents(
        &self,
        county: &CountyCode,
        stream: &str,
    ) -> Result<BTreeMap<Commitment, Content>, StoreError> {
        let rows: Vec<ContentRow> = on_pool!(self, c => {
            sqlx::query_as(pick(c, sql::CONTENTS)).bind(county.as_str()).bind(stream).fetch_all(c).await?
        });
        rows.into_iter().map(|row| content(row).map(|c| (c.commitment, c))).collect()
    }

    /// How many entries a stream has.
    pub async fn length(&self, county: &CountyCode, stream: &str) -> Result<u64, StoreError> {
        let row: Option<(i64, String, i64)> = on_pool!(self, c => {
            sqlx::query_as(pick(c, sql::HEAD))
                .bind(county.as_str())
                .bind(clean(stream)?)
                .fetch_optional(c)
                .await?
        });
        Ok(row.map_or(0, |(seq, ..)| seq.unsigned_abs()))
    }

    pub async fn last_checkpoint(
        &self,
        county: &CountyCode,
    ) -> Result<Option<StoredCheckpoint>, StoreError> {
        let row: Option<CheckpointRow> = on_pool!(self, c => {
            sqlx::query_as(pick(c, sql::LAST_CHECKPOINT)).bind(county.as_str()).fetch_optional(c).await?
        });
        Ok(row.map(checkpoint))
    }

    pub async fn checkpoints(
        &self,
        county: &CountyCode,
    ) -> Result<Vec<StoredCheckpoint>, StoreError> {
        let rows: Vec<CheckpointRow> = on_pool!(self, c => {
            sqlx::query_as(pick(c, sql::CHECKPOINTS)).bind(county.as_str()).fetch_all(c).await?
        });
        Ok(rows.into_iter().map(checkpoint).collect())
    }

    /// Entries sealed and waiting to be.
    pub async fn entry_counts(&self, county: &CountyCode) -> Result<(u64, u64), StoreError> {
        let (sealed, waiting): (i64, i64) = on_pool!(self, c => {
            sqlx::query_as(pick(c, sql::COUNTS)).bind(county.as_str()).fetch_one(c).await?
        });
        Ok((sealed.unsigned_abs(), waiting.unsigned_abs()))
    }

    /// In which log and at which place an entry is sealed.
    pub async fn leaf_of(
        &self,
        county: &CountyCode,
        stream: &str,
        seq: u64,
    ) -> Result<Option<(u64, u64)>, StoreError> {
        let row: Option<(i64, i64)> = on_pool!(self, c => {
            sqlx::query_as(pick(c, sql::LEAF_OF))
                .bind(county.as_str())
                .bind(stream)
                .bind(seq.cast_signed())
                .fetch_optional(c)
                .await?
        });
        Ok(row.map(|(log, index)| (log.unsigned_abs(), index.unsigned_abs())))
    }

    /// Stored hashes of a log by position, for proofs.
    pub async fn log_hashes(
        &self,
        county: &CountyCode,
        log: u64,
        positions: &[u64],
    ) -> Result<BTreeMap<u64, Hash>, StoreError> {
        let ids = serde_json::json!(positions).to_string();
        let rows: Vec<(i64, String)> = on_pool!(self, c => {
            sqlx::query_as(pick(c, sql::HASHES))
                .bind(county.as_str())
                .bind(log.cast_signed())
                .bind(&ids)
                .fetch_all(c)
                .await?
        });
        hashes(rows)
    }

    /// A slice of a log's entries in sealed order, for export.
    pub async fn leaves(
        &self,
        county: &CountyCode,
        log: u64,
        from: u64,
        limit: u32,
    ) -> Result<Vec<(u64, String)>, StoreError> {
        let rows: Vec<(i64, i64, String)> = on_pool!(self, c => {
            sqlx::query_as(pick(c, sql::LEAVES))
                .bind(county.as_str())
                .bind(log.cast_signed())
                .bind(from.cast_signed())
                .bind(i64::from(limit))
                .fetch_all(c)
                .await?
        });
        Ok(rows.into_iter().map(|(_, index, text)| (index.unsigned_abs(), text)).collect())
    }

    /// A slice of the entries not yet sealed, after a given one.
    pub async fn unsealed(
        &self,
        county: &CountyCode,
        after: (i64, String, i64),
        limit: u32,
    ) -> Result<Vec<(String, (i64, String, i64))>, StoreError> {
        let rows: Vec<(String, i64, String, i64)> = on_pool!(self, c => {
            sqlx::query_as(pick(c, sql::UNSEALED_AFTER))
                .bind(county.as_str())
                .bind(after.0)
                .bind(&after.1)
                .bind(after.2)
                .bind(i64::from(limit))
                .fetch_all(c)
                .await?
        });
        Ok(rows.into_iter().map(|(text, at, stream, seq)| (text, (at, stream, seq))).collect())
    }

    /// A slice of all contents with their streams, in the order of both, after
    /// (stream, commitment); for export.
    pub async fn contents_after(
        &self,
        county: &CountyCode,
        after: (&str, &str),
        limit: u32,
    ) -> Result<Vec<(String, Content)>, StoreError> {
        type Row = (String, String, String, String, String);
        let rows: Vec<Row> = on_pool!(self, c => {
            sqlx::query_as(pick(c, sql::CONTENT_AFTER))
                .bind(county.as_str())
                .bind(after.0)
                .bind(after.1)
                .bind(i64::from(limit))
                .fetch_all(c)
                .await?
        });
        let content = |(stream, commitment, tag, salt, body): Row| {
            content((commitment, tag, salt, body)).map(|content| (stream, content))
        };
        rows.into_iter().map(content).collect()
    }

    /// A slice of all streams, for rebuilding.
    pub async fn streams_after(
        &self,
        county: &CountyCode,
        after: &str,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = on_pool!(self, c => {
            sqlx::query_as(pick(c, sql::STREAMS_AFTER))
                .bind(county.as_str())
                .bind(after)
                .bind(i64::from(limit))
                .fetch_all(c)
                .await?
        });
        Ok(rows.into_iter().map(|(stream,)| stream).collect())
    }
}

fn hashes(rows: Vec<(i64, String)>) -> Result<BTreeMap<u64, Hash>, StoreError> {
    rows.into_iter()
        .map(|(position, hash)| {
            let hash = hash.parse().map_err(|fault| StoreError::row("log_hash", fault))?;
            Ok((position.unsigned_abs(), hash))
        })
        .collect()
}

/// What one run of the sealer did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub log: u64,
    pub size: u64,
    pub root: Hash,
    pub added: u64,
}

impl Tx {
    /// The county's newest log and its size, locked; none before the first.
    pub async fn lock_log(
        &mut self,
        county: &CountyCode,
    ) -> Result<Option<(u64, u64)>, StoreError> {
        self.direct().await?;
        // A row cannot be locked before it is there: two sealers of a new county
        // meet at the name instead.
        self.lock(county, LOG_LOCK).await?;
        let row: Option<(i64, i64)> = on!(self, c => {
            sqlx::query_as(pick(c, sql::LAST_LOG)).bind(county.as_str()).fetch_optional(c).await?
        });
        Ok(row.map(|(log, size)| (log.unsigned_abs(), size.unsigned_abs())))
    }

    pub async fn open_log(&mut self, county: &CountyCode, log: u64) -> Result<(), StoreError> {
        self.direct().await?;
        on!(self, c => {
            sqlx::query(pick(c, sql::OPEN_LOG)).bind(county.as_str()).bind(log.cast_signed()).execute(c).await?;
        });
        Ok(())
    }

    /// Moves at most `limit` unsealed entries, in order, into the log.
    pub async fn seal(
        &mut self,
        county: &CountyCode,
        log: u64,
        size: u64,
        limit: u32,
    ) -> Result<Option<Sealed>, StoreError> {
        self.direct().await?;
        let rows: Vec<(i64, String, i64, String)> = on!(self, c => {
            sqlx::query_as(pick(c, sql::UNSEALED))
                .bind(county.as_str())
                .bind(i64::from(limit))
                .fetch_all(c)
                .await?
        });
        if rows.is_empty() {
            return Ok(None);
        }
        let mut frontier = self.frontier(county, log, size).await?;
        for (_, stream, seq, text) in &rows {
            let index = frontier.size();
            let stored =
                frontier.push(leaf_of(text)).map_err(|f| StoreError::row("log_hash", f))?;
            self.put(
                &crate::table::LEAF,
                vec![
                    county.as_str().into(),
                    log.into(),
                    index.into(),
                    stream.as_str().into(),
                    (*seq).into(),
                ],
            );
            for (position, hash) in stored {
                self.put(
                    &crate::table::LOG_HASH,
                    vec![
                        county.as_str().into(),
                        log.into(),
                        position.into(),
                        hash.to_string().into(),
                    ],
                );
            }
        }
        let keys: Vec<_> = rows.iter().map(|(at, stream, seq, _)| (at, stream, seq)).collect();
        let keys = serde_json::json!(keys).to_string();
        let size = frontier.size();
        on!(self, c => {
            sqlx::query(pick(c, sql::DROP_UNSEALED)).bind(county.as_str()).bind(&keys).execute(&mut *c).await?;
            sqlx::query(pick(c, sql::GROW_LOG))
                .bind(county.as_str())
                .bind(log.cast_signed())
                .bind(size.cast_signed())
                .execute(&mut *c)
                .await?;
        });
        let root = frontier.root().map_err(|fault| StoreError::row("log_hash", fault))?;
        Ok(Some(Sealed { log, size, root, added: rows.len() as u64 }))
    }

    async fn frontier(
        &mut self,
        county: &CountyCode,
        log: u64,
        size: u64,
    ) -> Result<Frontier, StoreError> {
        let positions = bihuan_domain::journal::tree::frontier_positions(size)
            .map_err(|fault| StoreError::row("log_hash", fault))?;
        let ids = serde_json::json!(positions).to_string();
        let rows: Vec<(i64, String)> = on!(self, c => {
            sqlx::query_as(pick(c, sql::HASHES))
                .bind(county.as_str())
                .bind(log.cast_signed())
                .bind(&ids)
                .fetch_all(c)
                .await?
        });
        Frontier::load(size, &hashes(rows)?).map_err(|fault| StoreError::row("log_hash", fault))
    }

    pub fn add_checkpoint(&mut self, county: &CountyCode, checkpoint: &StoredCheckpoint) {
        self.put(
            &crate::table::CHECKPOINT,
            vec![
                county.as_str().into(),
                checkpoint.log.into(),
                checkpoint.size.into(),
                checkpoint.at.micros().into(),
                checkpoint.note.as_str().into(),
            ],
        );
    }

    pub fn put_content(&mut self, county: &CountyCode, stream: &str, content: &Content) {
        self.put(
            &crate::table::CONTENT,
            vec![
                county.as_str().into(),
                stream.into(),
                content.commitment.to_string().into(),
                content.tag.as_str().into(),
                content.salt.as_str().into(),
                content.body.as_str().into(),
            ],
        );
    }

    /// Erases content and its random bytes together, if it is this stream's;
    /// answers whether there was any.
    pub async fn erase_content(
        &mut self,
        county: &CountyCode,
        stream: &str,
        commitment: Commitment,
    ) -> Result<bool, StoreError> {
        self.direct().await?;
        let erased = on!(self, c => {
            sqlx::query(pick(c, sql::ERASE_CONTENT))
                .bind(county.as_str())
                .bind(stream)
                .bind(commitment.to_string())
                .execute(c)
                .await?
                .rows_affected()
        });
        Ok(erased > 0)
    }
}
