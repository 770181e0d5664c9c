//! One transaction. What commands append is gathered and written with one
//! statement a table; what a later command of the same batch must see of it
//! (matters, commands answered, numbers given) is kept in memory.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;
use sqlx::{AssertSqlSafe, Postgres, Sqlite, Transaction};

use bihuan_domain::ids::{CommandId, CountyCode, MatterId};
use bihuan_domain::journal::{Entry, Head};
use bihuan_domain::matter::Matter;

use super::statements as sql;
use super::{on, pick};
use crate::error::StoreError;
use crate::table::{self, Row, Table};

pub(crate) enum Conn {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A matter as its entries made it, and the last of them.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub matter: Matter,
    pub head: Head,
}

/// The stored first answer to a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub sender: String,
    pub digest: String,
    pub result: String,
}

type Rows = BTreeMap<&'static str, BTreeMap<String, Row>>;

/// What one piece of work has appended and not yet decided to keep.
#[derive(Default)]
struct Pending {
    rows: Rows,
    matters: HashMap<(CountyCode, MatterId), Loaded>,
    heads: HashMap<(CountyCode, String), Option<Head>>,
    answered: HashMap<(CountyCode, CommandId), Answered>,
    replaced_units: BTreeSet<(String, String)>,
}

pub struct Tx {
    pub(crate) conn: Conn,
    kept: Pending,
    pending: Pending,
    direct: bool,
    fault: Option<StoreError>,
}

impl Tx {
    pub(super) fn sqlite(tx: Transaction<'static, Sqlite>) -> Self {
        Self::over(Conn::Sqlite(tx))
    }

    pub(super) fn postgres(tx: Transaction<'static, Postgres>) -> Self {
        Self::over(Conn::Postgres(tx))
    }

    fn over(conn: Conn) -> Self {
        Self {
            conn,
            kept: Pending::default(),
            pending: Pending::default(),
            direct: false,
            fault: None,
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
        if let Some(loaded) = self.pending.matters.get(&key).or_else(|| self.kept.matters.get(&key))
        {
            return Ok(Some(loaded.clone()));
        }
        let stream = id.to_string();
        self.lock(county, &stream).await?;
        let entries = self.stream(county, &stream).await?;
        let loaded = crate::journal::replay(id, &entries)?;
        if let Some(loaded) = &loaded {
            self.kept.matters.insert(key, loaded.clone());
        }
        Ok(loaded)
    }

    /// Where a stream ends; none while it is empty.
    pub async fn head(
        &mut self,
        county: &CountyCode,
        stream: &str,
    ) -> Result<Option<Head>, StoreError> {
        let key = (county.clone(), stream.to_owned());
        if let Some(head) = self.pending.heads.get(&key).or_else(|| self.kept.heads.get(&key)) {
            return Ok(*head);
        }
        self.lock(county, stream).await?;
        crate::journal::head(self, county, stream).await
    }

    /// Appends entries to a stream and remembers its new head.
    pub fn append(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        for entry in entries {
            let written = entry.write().map_err(|fault| StoreError::row("entry", fault))?;
            let at = entry.at.micros();
            self.put(
                &table::ENTRY,
                vec![
                    entry.county.as_str().into(),
                    entry.stream.as_str().into(),
                    entry.seq.into(),
                    at.into(),
                    written.hash.to_string().into(),
                    entry.command.to_string().into(),
                    written.text.into(),
                ],
            );
            self.put(
                &table::UNSEALED,
                vec![
                    entry.county.as_str().into(),
                    at.into(),
                    entry.stream.as_str().into(),
                    entry.seq.into(),
                ],
            );
            let head = Head { seq: entry.seq, hash: written.hash, at: entry.at };
            self.pending.heads.insert((entry.county.clone(), entry.stream.clone()), Some(head));
        }
        Ok(())
    }

    /// Appends one entry and lets it be sealed before all that wait.
    pub fn append_first(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.append(std::slice::from_ref(entry))?;
        let written = [entry.county.as_str(), entry.stream.as_str()];
        if let Some(rows) = self.pending.rows.get_mut(table::UNSEALED.name) {
            for row in rows.values_mut().filter(|row| row[0] == written[0] && row[2] == written[1])
            {
                row[1] = 0.into();
            }
        }
        Ok(())
    }

    /// Remembers a matter's new state and writes its projections.
    pub fn put_matter(&mut self, county: &CountyCode, loaded: Loaded, rows: crate::project::Rows) {
        let matter = loaded.matter.id;
        if !rows.is_new {
            self.pending.replaced_units.insert((county.as_str().to_owned(), matter.to_string()));
        }
        for (table, row) in rows.rows {
            self.put(table, row);
        }
        self.pending.matters.insert((county.clone(), matter), loaded);
    }

    pub(crate) fn put(&mut self, table: &'static Table, row: Row) {
        let key = table.key_of(&row);
        self.pending.rows.entry(table.name).or_default().insert(key, row);
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
        let row: Option<(String, String, String)> = on!(self, c => {
            sqlx::query_as(pick(c, sql::FIND_COMMAND))
                .bind(county.as_str())
                .bind(id.to_string())
                .fetch_optional(c)
                .await?
        });
        Ok(row.map(|(sender, digest, result)| Answered { sender, digest, result }))
    }

    pub fn answer(
        &mut self,
        county: &CountyCode,
        id: CommandId,
        answered: Answered,
        at: bihuan_domain::instant::Instant,
    ) {
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

    /// Reserves `count` numbers of a series; returns the last of them. Numbers
    /// of work that is then refused are lost, which is why they are taken last.
    pub async fn take_numbers(
        &mut self,
        county: &CountyCode,
        series: &str,
        count: i64,
    ) -> Result<i64, StoreError> {
        let (last,): (i64,) = on!(self, c => {
            sqlx::query_as(pick(c, sql::NEXT_NUMBER))
                .bind(county.as_str())
                .bind(series)
                .bind(count)
                .fetch_one(c)
                .await?
        });
        Ok(last)
    }

    async fn lock(&mut self, county: &CountyCode, stream: &str) -> Result<(), StoreError> {
        if matches!(self.conn, Conn::Sqlite(_)) {
            return Ok(());
        }
        on!(self, c => {
            sqlx::query(pick(c, sql::LOCK_STREAM))
                .bind(county.as_str())
                .bind(stream)
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

    /// Says that this work writes rows itself rather than through [`Self::put`],
    /// so that a refusal after it must undo them.
    pub(crate) fn direct(&mut self) {
        self.direct = true;
    }

    pub(super) const fn wrote_directly(&self) -> bool {
        self.direct
    }

    pub(super) const fn take_fault(&mut self) -> Option<StoreError> {
        self.fault.take()
    }

    /// Accepts what the last piece of work appended.
    pub(super) fn keep(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        for (table, rows) in pending.rows {
            self.kept.rows.entry(table).or_default().extend(rows);
        }
        self.kept.matters.extend(pending.matters);
        self.kept.heads.extend(pending.heads);
        self.kept.answered.extend(pending.answered);
        self.kept.replaced_units.extend(pending.replaced_units);
    }

    pub(super) fn forget(&mut self) {
        self.pending = Pending::default();
    }

    /// Writes what was gathered, one statement a table.
    pub(super) async fn flush(&mut self) -> Result<(), StoreError> {
        let replaced = std::mem::take(&mut self.kept.replaced_units);
        if !replaced.is_empty() {
            self.clear_units(replaced).await?;
        }
        let rows = std::mem::take(&mut self.kept.rows);
        for table in table::ALL {
            let Some(rows) = rows.get(table.name) else { continue };
            let values: Vec<Value> = rows.values().cloned().map(Value::Array).collect();
            let text = Value::Array(values).to_string();
            on!(self, c => {
                let statement = AssertSqlSafe(table.insert_sql(postgres(c)));
                sqlx::query(statement).bind(text).execute(c).await?;
            });
        }
        Ok(())
    }

    /// Units a matter no longer has leave their work lists.
    async fn clear_units(&mut self, matters: BTreeSet<(String, String)>) -> Result<(), StoreError> {
        let mut by_county: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (county, matter) in matters {
            by_county.entry(county).or_default().push(matter);
        }
        for (county, matters) in by_county {
            let ids = serde_json::json!(matters).to_string();
            on!(self, c => {
                sqlx::query(pick(c, crate::project::statements::CLEAR_UNITS))
                    .bind(&county)
                    .bind(&ids)
                    .execute(c)
                    .await?;
            });
        }
        Ok(())
    }

    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self.conn {
            Conn::Sqlite(tx) => tx.commit().await?,
            Conn::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    pub(super) async fn rollback(self) {
        // A connection that cannot roll back is dropped by the pool.
        match self.conn {
            Conn::Sqlite(tx) => tx.rollback().await.ok(),
            Conn::Postgres(tx) => tx.rollback().await.ok(),
        };
    }
}

fn postgres<C: super::dialect::Dialect>(_: &C) -> bool {
    C::POSTGRES
}
