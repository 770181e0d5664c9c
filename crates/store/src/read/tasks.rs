//! What background tasks look for.

use bihuan_domain::ids::{CountyCode, MatterId};
use bihuan_domain::instant::Instant;

use crate::engine::{Store, Tx, on, on_pool, pick};
use crate::error::StoreError;
use crate::registers::{AttachmentRow, bind, execute, fetch_all};

pub(crate) mod sql {
    crate::engine::statements! {
        NODES_PAST_DUE = "SELECT matter FROM node_view WHERE county = $1 AND status = 'open' \
            AND node = $2 AND due_us < $3 ORDER BY due_us, matter LIMIT $4";
        UNSLIPPED = "SELECT matter FROM node_view WHERE county = $1 AND status = 'open' \
            AND node = $2 AND due_us < $3 AND slip < $4 ORDER BY due_us, matter LIMIT $5";
        OPEN_NODES_AFTER = "SELECT matter, node FROM node_view WHERE county = $1 \
            AND status IN ('open', 'paused') AND (matter, node) > ($2, $3) \
            ORDER BY matter, node LIMIT $4";
        SOON = "SELECT n.matter, n.node, n.due_us, m.lead_unit, m.stage, m.number \
            FROM node_view n JOIN matter_view m ON m.county = n.county AND m.matter = n.matter \
            WHERE n.county = $1 AND n.status = 'open' AND n.due_us >= $2 AND n.due_us < $3 \
            AND n.soon_us <= $4 ORDER BY n.due_us, n.matter LIMIT $5";
        LOOSE_ATTACHMENTS = "SELECT id, commitment, matter, sha256, kind, name, bytes, stored, \
            thumb, given_us FROM attachment WHERE county = $1 AND matter IS NULL \
            AND given_us < $2 ORDER BY given_us LIMIT $3";
        DROP_LOOSE = "DELETE FROM attachment WHERE county = $1 AND id = $2 AND matter IS NULL";
    }
}

/// A node someone should be reminded of.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SoonRow {
    pub matter: String,
    pub node: String,
    pub due_us: i64,
    pub lead_unit: Option<String>,
    pub stage: String,
    pub number: String,
}

impl Store {
    /// Matters whose open node of this code was due before `now`.
    pub async fn past_due(
        &self,
        county: &CountyCode,
        node: &str,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<MatterId>, StoreError> {
        let rows: Result<Vec<(String,)>, StoreError> = fetch_all!(
            self,
            sql::NODES_PAST_DUE,
            county.as_str(),
            node,
            now.micros(),
            i64::from(limit)
        );
        Ok(rows?.into_iter().filter_map(|(id,)| id.parse().ok()).collect())
    }

    /// Matters whose open node of this code was due before `before` and has had
    /// no slip of this rank (1 blue, 2 orange, 3 red) about it.
    pub async fn unslipped(
        &self,
        county: &CountyCode,
        node: &str,
        before: Instant,
        rank: i64,
        limit: u32,
    ) -> Result<Vec<MatterId>, StoreError> {
        let rows: Result<Vec<(String,)>, StoreError> = fetch_all!(
            self,
            sql::UNSLIPPED,
            county.as_str(),
            node,
            before.micros(),
            rank,
            i64::from(limit)
        );
        Ok(rows?.into_iter().filter_map(|(id,)| id.parse().ok()).collect())
    }

    /// Matters with open nodes, a slice after (matter, node).
    pub async fn open_nodes_after(
        &self,
        county: &CountyCode,
        after: (&str, &str),
        limit: u32,
    ) -> Result<Vec<(String, String)>, StoreError> {
        fetch_all!(self, sql::OPEN_NODES_AFTER, county.as_str(), after.0, after.1, i64::from(limit))
    }

    /// Open nodes that are due soon and fall due in [from, to).
    pub async fn due_soon(
        &self,
        county: &CountyCode,
        from: Instant,
        to: Instant,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<SoonRow>, StoreError> {
        fetch_all!(
            self,
            sql::SOON,
            county.as_str(),
            from.micros(),
            to.micros(),
            now.micros(),
            i64::from(limit)
        )
    }

    /// Uploads that never became part of a matter.
    pub async fn loose_attachments(
        &self,
        county: &CountyCode,
        before: Instant,
        limit: u32,
    ) -> Result<Vec<AttachmentRow>, StoreError> {
        fetch_all!(self, sql::LOOSE_ATTACHMENTS, county.as_str(), before.micros(), i64::from(limit))
    }
}

impl Tx {
    /// Forgets an upload that never became part of a matter.
    pub async fn drop_loose_attachment(
        &mut self,
        county: &CountyCode,
        id: &str,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::DROP_LOOSE, county.as_str(), id)
    }
}
