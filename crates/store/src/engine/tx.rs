//! One transaction. What commands append is gathered and written with one
//! statement a table; what a later command of the same batch must see of it
//! (matters, commands answered, numbers given) is kept in memory.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, Postgres, Sqlite, SqlitePool, Transaction};

use bihuan_domain::ids::{CommandId, CountyCode, MatterId};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::{Entry, Head, Written};

use super::foreseen::Read;
use super::pending::{Answered, Loaded, Pending, Rows};
use super::statements as sql;
use super::{clean, on, pick};
use crate::error::StoreError;
use crate::registers::Counted;
use crate::table::{self, Row, Table};

pub(crate) enum Conn {
    /// In a transaction that is counted by SQLite alone: it ends one by itself
    /// when its disk is full or fails. sqlx would go on counting it as open, and
    /// refuse every later one long after there is room again.
    Sqlite(PoolConnection<Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// How the current piece of work stands with the database.
#[derive(Default)]
struct Piece {
    /// It has run statements of its own, within a savepoint on SQLite.
    direct: bool,
    /// A statement failed: nothing of it may be committed.
    failed: bool,
    /// PostgreSQL ended it in favour of another; running it again is right.
    collided: bool,
    /// A row that may not be written, found when it was put.
    fault: Option<StoreError>,
}

pub struct Tx {
    pub(crate) conn: Conn,
    pub(super) read: Read,
    kept: Pending,
    pending: Pending,
    piece: Piece,
}

impl Tx {
    /// Begins by taking the one right to write.
    pub(super) async fn begin_sqlite(pool: &SqlitePool) -> Result<Self, StoreError> {
        const BEGIN: &str = "BEGIN IMMEDIATE";
        let mut conn = pool.acquire().await?;
        if let Err(fault) = sqlx::query(BEGIN).execute(&mut *conn).await {
            // One that was left open, by work that fell over, is ended first.
            if sqlx::query("ROLLBACK").execute(&mut *conn).await.is_err() {
                return Err(fault.into());
            }
            sqlx::query(BEGIN).execute(&mut *conn).await?;
        }
        Ok(Self::over(Conn::Sqlite(conn)))
    }

    pub(super) fn postgres(tx: Transaction<'static, Postgres>) -> Self {
        Self::over(Conn::Postgres(tx))
    }

    fn over(conn: Conn) -> Self {
        Self {
            conn,
            read: Read::default(),
            kept: Pending::default(),
            pending: Pending::default(),
            piece: Piece::default(),
        }
    }

    /// The matter as it stands, with what this batch has appended; locked
    /// against others until the transaction ends.
    pub async fn matter(
        &mut self,
        county: &CountyCode,
        id: MatterId,
    ) -> Result<Option<Loaded>, StoreError> {
        let key = (county.clone(), id);
        let stream = id.to_string();
        let known = self.known_head(county, &stream);
        let loaded = self.pending.matters.get(&key).or_else(|| self.kept.matters.get(&key));
        if let Some(loaded) = loaded.filter(|l| known.is_none_or(|head| head == l.head)) {
            return Ok(Some(loaded.clone()));
        }
        let loaded = match self.read.stream(county, &stream).filter(|_| known.is_none()) {
            Some(entries) => crate::journal::replay(id, entries)?,
            None => {
                if known.is_some() {
                    // Entries were appended without their matter being put: read them.
                    self.direct().await?;
                }
                self.lock(county, &stream).await?;
                crate::journal::replay(id, &self.stream(county, &stream).await?)?
            }
        };
        if let Some(loaded) = &loaded {
            self.pending.matters.insert(key, loaded.clone());
        }
        Ok(loaded)
    }

    /// Where a stream ends; none while it is empty.
    pub async fn head(
        &mut self,
        county: &CountyCode,
        stream: &str,
    ) -> Result<Option<Head>, StoreError> {
        if let Some(head) = self.known_head(county, stream) {
            return Ok(Some(head));
        }
        self.lock(county, stream).await?;
        crate::journal::head(self, county, stream).await
    }

    fn known_head(&self, county: &CountyCode, stream: &str) -> Option<Head> {
        let key = (county.clone(), stream.to_owned());
        self.pending.heads.get(&key).or_else(|| self.kept.heads.get(&key)).copied()
    }

    /// Appends entries to a stream and remembers its new head.
    pub fn append(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        entries.iter().try_for_each(|entry| {
            self.append_written(entry, write(entry)?);
            Ok(())
        })
    }

    /// Appends an entry whose text is there already: writing it is most of the work.
    pub fn append_written(&mut self, entry: &Entry, written: Written) {
        self.append_one(entry, written, entry.at.micros());
    }

    /// Appends one entry and lets it be sealed before all that wait.
    pub fn append_first(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.append_one(entry, write(entry)?, 0);
        Ok(())
    }

    fn append_one(&mut self, entry: &Entry, written: Written, waits_since: i64) {
        let (county, stream) = (entry.county.as_str(), entry.stream.as_str());
        self.put(
            &table::ENTRY,
            vec![
                county.into(),
                stream.into(),
                entry.seq.into(),
                entry.at.micros().into(),
                written.hash.to_string().into(),
                entry.command.to_string().into(),
                written.text.into(),
            ],
        );
        let waiting = vec![county.into(), waits_since.into(), stream.into(), entry.seq.into()];
        self.put(&table::UNSEALED, waiting);
        let head = Head { seq: entry.seq, hash: written.hash, at: entry.at };
        self.pending.heads.insert((entry.county.clone(), entry.stream.clone()), head);
    }

    /// Remembers a matter's new state and writes its projections.
    pub fn put_matter(&mut self, county: &CountyCode, loaded: Loaded, rows: crate::project::Rows) {
        let key = (county.clone(), loaded.matter.id);
        if rows.replaced {
            self.pending.forget_units(county, loaded.matter.id);
            self.pending.replaced.insert(key.clone());
        }
        match rows.changed {
            Some((row, columns)) if self.changes_columns() => {
                if has_nul(&row) {
                    self.piece.fault.get_or_insert(StoreError::Nul);
                }
                self.pending.rows.change(row, columns);
            }
            Some((row, _)) => self.put(&table::MATTER_VIEW, row),
            None => {}
        }
        for (table, row) in rows.rows {
            self.put(table, row);
        }
        self.pending.matters.insert(key, loaded);
    }

    /// PostgreSQL writes a changed row in all its indexes anyway.
    const fn changes_columns(&self) -> bool {
        matches!(self.conn, Conn::Sqlite(_))
    }

    /// Gathers a row. A row that may not be written fails the piece of work
    /// when it ends.
    pub(crate) fn put(&mut self, table: &'static Table, row: Row) {
        let again = table.conflict == table::Conflict::Fail && self.kept.rows.holds(table, &row);
        let outcome = if has_nul(&row) {
            Err(StoreError::Nul)
        } else if again {
            Err(StoreError::Duplicate { table: table.name })
        } else {
            self.pending.rows.put(table, row)
        };
        if let Err(fault) = outcome {
            self.piece.fault.get_or_insert(fault);
        }
    }

    /// The first answer to a command, if it was given before.
    pub async fn answered(
        &mut self,
        county: &CountyCode,
        id: CommandId,
    ) -> Result<Option<Answered>, StoreError> {
        let key = (county.clone(), id);
        if let Some(answered) =
            self.pending.answered.get(&key).or_else(|| self.kept.answered.get(&key))
        {
            return Ok(Some(answered.clone()));
        }
        if let Some(read) = self.read.answered(county, id) {
            return Ok(read.clone());
        }
        let row: Option<(String, String, String)> = on!(self, c => {
            sqlx::query_as(pick(c, sql::FIND_COMMAND))
                .bind(county.as_str())
                .bind(id.to_string())
                .fetch_optional(c)
                .await?
        });
        Ok(row.map(|(sender, digest, result)| Answered { sender, digest, result }))
    }

    pub fn answer(&mut self, county: &CountyCode, id: CommandId, answered: Answered, at: Instant) {
        self.put(
            &table::COMMAND,
            vec![
                county.as_str().into(),
                id.to_string().into(),
                answered.sender.as_str().into(),
                answered.digest.as_str().into(),
                answered.result.as_str().into(),
                at.micros().into(),
            ],
        );
        self.pending.answered.insert((county.clone(), id), answered);
    }

    /// Reserves `count` numbers of a series; returns the last of them. Work
    /// that is then refused gives them back. On PostgreSQL others of the
    /// series wait until this work ends, so take them last.
    pub async fn take_numbers(
        &mut self,
        county: &CountyCode,
        series: &str,
        count: i64,
    ) -> Result<i64, StoreError> {
        if matches!(self.conn, Conn::Postgres(_)) {
            let (last,): (i64,) = on!(self, c => {
                sqlx::query_as(pick(c, sql::NEXT_NUMBER))
                    .bind(county.as_str())
                    .bind(clean(series)?)
                    .bind(count)
                    .fetch_one(c)
                    .await?
            });
            return Ok(last);
        }
        let last = self.last_number(county, series).await? + count;
        self.put(&table::NUMBER_COUNTER, vec![county.as_str().into(), series.into(), last.into()]);
        self.pending.counters.insert((county.clone(), series.to_owned()), last);
        Ok(last)
    }

    async fn last_number(&mut self, county: &CountyCode, series: &str) -> Result<i64, StoreError> {
        let key = (county.clone(), series.to_owned());
        let known = self.pending.counters.get(&key).or_else(|| self.kept.counters.get(&key));
        if let Some(last) = known {
            return Ok(*last);
        }
        let row: Option<(i64,)> = on!(self, c => {
            sqlx::query_as(pick(c, sql::LAST_NUMBER))
                .bind(county.as_str())
                .bind(clean(series)?)
                .fetch_optional(c)
                .await?
        });
        Ok(row.map_or(0, |(last,)| last))
    }

    /// Counts one attempt under `key`; attempts before `since` are forgotten, and
    /// those as far in the future: a clock that was set back shuts nobody out.
    pub async fn attempt(
        &mut self,
        county: &CountyCode,
        key: &str,
        now: Instant,
        since: Instant,
    ) -> Result<Counted, StoreError> {
        let (now, since) = (now.micros(), since.micros());
        let before = self.counted(county, clean(key)?).await?;
        let window = since..=2 * now - since;
        let counted = match before.filter(|before| window.contains(&before.from_us)) {
            Some(before) => Counted { count: before.count + 1, ..before },
            None => Counted { count: 1, from_us: now },
        };
        let Counted { count, from_us } = counted;
        self.put(
            &table::THROTTLE,
            vec![county.as_str().into(), key.into(), count.into(), from_us.into()],
        );
        self.pending.counted.insert((county.clone(), key.to_owned()), counted);
        Ok(counted)
    }

    async fn counted(
        &mut self,
        county: &CountyCode,
        key: &str,
    ) -> Result<Option<Counted>, StoreError> {
        let known = (county.clone(), key.to_owned());
        let gathered = self.pending.counted.get(&known).or_else(|| self.kept.counted.get(&known));
        if let Some(counted) = gathered {
            return Ok(Some(*counted));
        }
        if let Some(read) = self.read.counted(&known) {
            return Ok(*read);
        }
        self.lock(county, key).await?;
        Ok(on!(self, c => {
            sqlx::query_as(pick(c, sql::COUNTED))
                .bind(county.as_str())
                .bind(key)
                .fetch_optional(c)
                .await?
        }))
    }

    /// A statement changes the count behind what is remembered of it.
    pub(crate) fn forget_counted(&mut self, county: &CountyCode, key: &str) {
        let key = (county.clone(), key.to_owned());
        self.pending.counted.remove(&key);
        self.kept.counted.remove(&key);
        self.read.forget_counted(&key);
    }

    /// Holds a name against other transactions until this one ends. On SQLite
    /// there are no others.
    pub(crate) async fn lock(&mut self, county: &CountyCode, name: &str) -> Result<(), StoreError> {
        self.take_lock(county, name, sql::LOCK_STREAM).await
    }

    /// Holds a name against those who [`Self::lock`] it, not against others who
    /// share it.
    pub(crate) async fn lock_shared(
        &mut self,
        county: &CountyCode,
        name: &str,
    ) -> Result<(), StoreError> {
        self.take_lock(county, name, sql::LOCK_SHARED).await
    }

    async fn take_lock(
        &mut self,
        county: &CountyCode,
        name: &str,
        lock: super::Sql,
    ) -> Result<(), StoreError> {
        if matches!(self.conn, Conn::Sqlite(_)) {
            return Ok(());
        }
        on!(self, c => {
            sqlx::query(pick(c, lock))
                .bind(county.as_str())
                .bind(name)
                .execute(c)
                .await?;
        });
        Ok(())
    }

    async fn stream(
        &mut self,
        county: &CountyCode,
        stream: &str,
    ) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = on!(self, c => {
            sqlx::query_as(pick(c, sql::LOAD_STREAM))
                .bind(county.as_str())
                .bind(stream)
                .fetch_all(c)
                .await?
        });
        Ok(rows.into_iter().map(|(canonical,)| canonical).collect())
    }

    /// Called before a statement of the work's own: what was gathered so far is
    /// written, so that the statement sees it, and on SQLite a savepoint parts
    /// this work from the rest of its batch.
    pub(crate) async fn direct(&mut self) -> Result<(), StoreError> {
        self.may_go_on()?;
        self.flush_kept().await?;
        if !self.piece.direct {
            self.savepoint("SAVEPOINT piece").await?;
            self.piece.direct = true;
        }
        let (rows, replaced) = self.pending.take_rows();
        self.write_rows(rows, replaced).await
    }

    async fn savepoint(&mut self, statement: &'static str) -> Result<(), StoreError> {
        if let Conn::Sqlite(tx) = &mut self.conn {
            sqlx::query(statement).execute(&mut **tx).await?;
        }
        Ok(())
    }

    pub(crate) fn failed(&mut self, fault: &StoreError) {
        self.piece.failed = true;
        self.piece.collided |= fault.is_collision();
    }

    pub(super) const fn take_fault(&mut self) -> Option<StoreError> {
        self.piece.fault.take()
    }

    pub(crate) const fn may_go_on(&self) -> Result<(), StoreError> {
        if self.piece.failed { Err(StoreError::WentOn) } else { Ok(()) }
    }

    pub(super) const fn has_failed(&self) -> bool {
        self.piece.failed
    }

    /// Whether undoing this piece of work leaves the others of its batch alone.
    pub(super) const fn is_apart(&self) -> bool {
        self.piece.direct
    }

    pub(super) const fn has_collided(&self) -> bool {
        self.piece.collided
    }

    /// Accepts what the last piece of work appended.
    pub(super) async fn keep(&mut self) -> Result<(), StoreError> {
        if self.piece.direct {
            self.savepoint("RELEASE piece").await?;
        }
        self.piece = Piece::default();
        self.kept.extend(std::mem::take(&mut self.pending));
        Ok(())
    }

    /// Undoes the last piece of work and nothing else.
    pub(super) async fn forget(&mut self) -> Result<(), StoreError> {
        self.pending = Pending::default();
        if std::mem::take(&mut self.piece).direct {
            self.savepoint("ROLLBACK TO piece").await?;
            self.savepoint("RELEASE piece").await?;
        }
        Ok(())
    }

    /// Writes what was kept, one statement a table.
    pub(super) async fn flush_kept(&mut self) -> Result<(), StoreError> {
        let (rows, replaced) = self.kept.take_rows();
        self.write_rows(rows, replaced).await
    }

    async fn write_rows(
        &mut self,
        rows: Rows,
        replaced: BTreeSet<(CountyCode, MatterId)>,
    ) -> Result<(), StoreError> {
        self.clear_units(replaced).await?;
        for table in table::ALL {
            for chunk in rows.chunks(table).inspect_err(|fault| self.failed(fault))? {
                on!(self, c => {
                    let statement = AssertSqlSafe(table.insert_sql(postgres(c)));
                    sqlx::query(statement).bind(chunk).execute(c).await?;
                });
            }
        }
        for (columns, changed) in rows.changes().inspect_err(|fault| self.failed(fault))? {
            on!(self, c => {
                let statement = AssertSqlSafe(table::MATTER_VIEW.update_sql(columns));
                sqlx::query(statement).bind(changed).execute(c).await?;
            });
        }
        Ok(())
    }

    /// Units a matter no longer has leave their work lists.
    async fn clear_units(
        &mut self,
        matters: BTreeSet<(CountyCode, MatterId)>,
    ) -> Result<(), StoreError> {
        let mut by_county: BTreeMap<CountyCode, Vec<MatterId>> = BTreeMap::new();
        for (county, matter) in matters {
            by_county.entry(county).or_default().push(matter);
        }
        for (county, matters) in by_county {
            let ids = serde_json::json!(matters).to_string();
            for clear in crate::project::CLEARED {
                on!(self, c => {
                    sqlx::query(pick(c, clear))
                        .bind(county.as_str())
                        .bind(&ids)
                        .execute(c)
                        .await?;
                });
            }
        }
        Ok(())
    }

    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self.conn {
            Conn::Sqlite(mut conn) => {
                let committed = sqlx::query("COMMIT").execute(&mut *conn).await;
                if committed.is_err() {
                    // It may be open still; then nobody else could write.
                    sqlx::query("ROLLBACK").execute(&mut *conn).await.ok();
                }
                committed?;
            }
            Conn::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    pub(super) async fn rollback(self) {
        match self.conn {
            // It cannot where SQLite did so by itself.
            Conn::Sqlite(mut conn) => {
                sqlx::query("ROLLBACK").execute(&mut *conn).await.ok();
            }
            // A connection that cannot roll back is dropped by the pool.
            Conn::Postgres(tx) => {
                tx.rollback().await.ok();
            }
        }
    }
}

fn write(entry: &Entry) -> Result<Written, StoreError> {
    entry.write().map_err(|fault| StoreError::row("entry", fault))
}

fn postgres<C: super::dialect::Dialect>(_: &C) -> bool {
    C::POSTGRES
}

fn has_nul(row: &Row) -> bool {
    row.iter().filter_map(serde_json::Value::as_str).any(|text| text.contains('\0'))
}
