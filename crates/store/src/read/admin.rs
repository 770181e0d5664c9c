//! The screens of administration: people with their posts, the outbox, the
//! checkpoints, who looked at identities.

use bihuan_domain::access::Role;
use bihuan_domain::ids::CountyCode;
use bihuan_domain::instant::Instant;

use super::messages::MessageRow;
use crate::engine::{Store, Tx, on, on_pool, pick};
use crate::error::StoreError;
use crate::journal::{CheckpointRow, StoredCheckpoint, checkpoint};
use crate::registers::{PersonRow, PostRow, bind, execute, fetch_all};

pub(crate) mod sql {
    crate::engine::statements! {
        // LIKE folds case on one engine only, so words are looked for by taking
        // them out.
        PEOPLE = "SELECT id, login, name, phone, password, must_change, added_us, left_us \
            FROM person WHERE county = $1 AND login > $2 \
            AND ($3 = '' OR replace(name, $3, '') <> name OR replace(login, $3, '') <> login) \
            AND ($4 = '' OR id IN (SELECT person FROM post WHERE county = $1 AND unit = $4 \
            AND revoked_us IS NULL)) ORDER BY login LIMIT $5";
        POSTS_OF_PEOPLE = {
            sqlite: "SELECT id, person, role, unit, grid, granted_us, revoked_us FROM post \
                WHERE county = $1 AND revoked_us IS NULL \
                AND person IN (SELECT value FROM json_each($2)) ORDER BY granted_us, id",
            postgres: "SELECT id, person, role, unit, grid, granted_us, revoked_us FROM post \
                WHERE county = $1 AND revoked_us IS NULL AND person IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value)) \
                ORDER BY granted_us, id"
        };
        POST = "SELECT id, person, role, unit, grid, granted_us, revoked_us FROM post \
            WHERE county = $1 AND id = $2";
        PEOPLE_BY_UNIT = "SELECT unit, CAST(COUNT(DISTINCT person) AS BIGINT) FROM post \
            WHERE county = $1 AND revoked_us IS NULL GROUP BY unit ORDER BY unit";
        HOLDERS_COUNTED = "SELECT CAST(COUNT(DISTINCT person) AS BIGINT) FROM post \
            WHERE county = $1 AND role = $2 AND revoked_us IS NULL";
        CHECKPOINTS_BEFORE = "SELECT log, size, at_us, note FROM checkpoint WHERE county = $1 \
            AND (log, size) < ($2, $3) ORDER BY log DESC, size DESC LIMIT $4";
        OPEN_NODES_FROM = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT matter FROM node_view \
            WHERE county = $1 AND status = 'open' AND due_us >= $2 LIMIT $3) AS listed";
        OUTBOX = "SELECT id, person, channel, matter, kind, facts, made_us, after_us, sent_us, \
            read_us, tries, fault FROM message WHERE county = $1 AND channel = $2 \
            AND sent_us IS NULL ORDER BY after_us, id LIMIT $3";
        SEND_AGAIN = "UPDATE message SET tries = 0, fault = NULL, after_us = $3 \
            WHERE county = $1 AND id = $2 AND sent_us IS NULL";
        IDENTITY_READS = "SELECT r.at_us, r.command, r.number, r.role, r.person, r.unit, \
            r.reason, c.body AS said FROM identity_read r \
            LEFT JOIN matter_view m ON m.county = r.county AND m.number = r.number \
            LEFT JOIN content c ON c.county = m.county AND c.stream = m.matter \
            AND c.commitment = r.reason \
            WHERE r.county = $1 AND (r.at_us, r.command) < ($2, $3) \
            ORDER BY r.at_us DESC, r.command DESC LIMIT $4";
    }
}

/// Somebody looked at a reporter's identity. The reason is a commitment.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct IdentityReadRow {
    pub at_us: i64,
    pub command: String,
    pub number: String,
    pub role: String,
    pub person: Option<String>,
    pub unit: Option<String>,
    pub reason: String,
}

/// The same with the reason's words, unless they were erased.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct IdentityReadSaid {
    #[sqlx(flatten)]
    pub row: IdentityReadRow,
    pub said: Option<String>,
}

impl Store {
    /// A slice of people after a login: those whose name or login holds `words`
    /// and who hold a post in `unit`; empty asks for all.
    pub async fn people(
        &self,
        county: &CountyCode,
        after: &str,
        words: &str,
        unit: &str,
        limit: u32,
    ) -> Result<Vec<PersonRow>, StoreError> {
        fetch_all!(self, sql::PEOPLE, county.as_str(), after, words, unit, i64::from(limit))
    }

    /// The posts these people hold now.
    pub async fn posts_of_people(
        &self,
        county: &CountyCode,
        people: &[String],
    ) -> Result<Vec<PostRow>, StoreError> {
        let ids = serde_json::json!(people).to_string();
        fetch_all!(self, sql::POSTS_OF_PEOPLE, county.as_str(), &ids)
    }

    pub async fn post(&self, county: &CountyCode, id: &str) -> Result<Option<PostRow>, StoreError> {
        let rows: Result<Vec<PostRow>, StoreError> =
            fetch_all!(self, sql::POST, county.as_str(), id);
        Ok(rows?.into_iter().next())
    }

    /// How many people hold a post in each unit.
    pub async fn people_by_unit(
        &self,
        county: &CountyCode,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        fetch_all!(self, sql::PEOPLE_BY_UNIT, county.as_str())
    }

    /// How many people hold a post of this kind, whether they can sign in or not.
    pub async fn holders_counted(
        &self,
        county: &CountyCode,
        role: Role,
    ) -> Result<i64, StoreError> {
        let rows: Result<Vec<(i64,)>, StoreError> =
            fetch_all!(self, sql::HOLDERS_COUNTED, county.as_str(), role.code());
        Ok(rows?.first().map_or(0, |(count,)| *count))
    }

    /// Checkpoints before (log, size), newest first.
    pub async fn checkpoints_before(
        &self,
        county: &CountyCode,
        before: (u64, u64),
        limit: u32,
    ) -> Result<Vec<StoredCheckpoint>, StoreError> {
        let rows: Result<Vec<CheckpointRow>, StoreError> = fetch_all!(
            self,
            sql::CHECKPOINTS_BEFORE,
            county.as_str(),
            before.0.cast_signed(),
            before.1.cast_signed(),
            i64::from(limit)
        );
        Ok(rows?.into_iter().map(checkpoint).collect())
    }

    /// Open nodes that fall due at `from` or later, counting at most `most`.
    pub async fn open_nodes_from(
        &self,
        county: &CountyCode,
        from: Instant,
        most: i64,
    ) -> Result<i64, StoreError> {
        let rows: Result<Vec<(i64,)>, StoreError> =
            fetch_all!(self, sql::OPEN_NODES_FROM, county.as_str(), from.micros(), most);
        Ok(rows?.first().map_or(0, |(count,)| *count))
    }

    /// Messages of a channel that have not left yet.
    pub async fn outbox(
        &self,
        county: &CountyCode,
        channel: &str,
        limit: u32,
    ) -> Result<Vec<MessageRow>, StoreError> {
        fetch_all!(self, sql::OUTBOX, county.as_str(), channel, i64::from(limit))
    }

    /// Who looked at identities before (moment, command), newest first.
    pub async fn identity_reads(
        &self,
        county: &CountyCode,
        before: (i64, &str),
        limit: u32,
    ) -> Result<Vec<IdentityReadSaid>, StoreError> {
        fetch_all!(self, sql::IDENTITY_READS, county.as_str(), before.0, before.1, i64::from(limit))
    }
}

impl Tx {
    pub fn put_identity_read(&mut self, county: &CountyCode, row: &IdentityReadRow) {
        self.put(
            &crate::table::IDENTITY_READ,
            vec![
                county.as_str().into(),
                row.at_us.into(),
                row.command.as_str().into(),
                row.number.as_str().into(),
                row.role.as_str().into(),
                row.person.as_deref().into(),
                row.unit.as_deref().into(),
                row.reason.as_str().into(),
            ],
        );
    }

    /// Tries a message again at `at`, as if it never failed.
    pub async fn send_again(
        &mut self,
        county: &CountyCode,
        id: &str,
        at: Instant,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::SEND_AGAIN, county.as_str(), id, at.micros())
    }
}
