//! Refilling the projections from the journal. Done in slices of matters, each
//! a transaction, so that people go on working meanwhile.

use std::sync::Arc;

use bihuan_domain::ids::{CountyCode, MatterId};
use bihuan_domain::playbook::model::Playbook;

use crate::backup::UNBUILT;
use crate::engine::{Store, Tx, on, pick};
use crate::error::StoreError;
use crate::registers::bind;

/// Matters of one transaction.
const SLICE: i64 = 200;
/// Comes after every matter's id.
const END: &str = "~";

pub(crate) mod sql {
    crate::engine::statements! {
        STREAMS_WITHIN = "SELECT DISTINCT stream FROM entry WHERE county = $1 AND stream > $2 \
            AND stream <= $3 ORDER BY stream LIMIT $4";
        DROP_MATTERS = "DELETE FROM matter_view WHERE county = $1 AND matter > $2 \
            AND matter <= $3";
        DROP_UNITS = "DELETE FROM matter_unit WHERE county = $1 AND matter > $2 \
            AND matter <= $3";
        DROP_LINKS = "DELETE FROM matter_link WHERE county = $1 AND matter > $2 AND matter <= $3";
        DROP_ABOUT = "DELETE FROM matter_about WHERE county = $1 AND matter > $2 \
            AND matter <= $3";
        DROP_BURDEN = "DELETE FROM burden WHERE county = $1 AND matter > $2 AND matter <= $3";
        DROP_NODES = "DELETE FROM node_view WHERE county = $1 AND matter > $2 AND matter <= $3";
        DROP_UNINDEXED = "DELETE FROM unindexed WHERE county = $1 AND matter > $2 \
            AND matter <= $3";
        // The index of words follows its rows only where they are read anew: a
        // matter without texts then loses its row.
        READ_AGAIN = "INSERT INTO unindexed (county, matter) SELECT county, matter \
            FROM matter_gram WHERE county = $1 AND matter > $2 AND matter <= $3 \
            ON CONFLICT DO NOTHING";
    }
}

impl Store {
    /// Deletes every projection of a county and writes it anew from the
    /// journal; returns the matters written. `playbook` gives a version by its
    /// name; a matter filed under one it does not know ends the rebuilding.
    pub async fn rebuild<F>(&self, county: &CountyCode, playbook: F) -> Result<u64, StoreError>
    where
        F: Fn(&str) -> Option<Arc<Playbook>> + Send + Sync + 'static,
    {
        let playbook = Arc::new(playbook);
        let mut matters = 0;
        let mut after = String::new();
        loop {
            let (county, playbook, from) = (county.clone(), Arc::clone(&playbook), after);
            let (written, last): (u64, String) = self
                .write::<_, StoreError, _>(move |tx| {
                    let (county, playbook) = (county.clone(), Arc::clone(&playbook));
                    let from = from.clone();
                    Box::pin(async move { tx.rebuild_slice(&county, &from, &*playbook).await })
                })
                .await?;
            matters += written;
            if last == END {
                break;
            }
            after = last;
        }
        while self.index_slice(county).await? > 0 {}
        let county = county.clone();
        self.write::<_, StoreError, _>(move |tx| {
            let county = county.clone();
            Box::pin(async move { tx.put_setting(&county, UNBUILT, "no").await })
        })
        .await?;
        Ok(matters)
    }

    async fn index_slice(&self, county: &CountyCode) -> Result<usize, StoreError> {
        let county = county.clone();
        self.write(move |tx| {
            let county = county.clone();
            Box::pin(async move { tx.index_words(&county, SLICE as u32).await })
        })
        .await
    }
}

impl Tx {
    /// Writes the next slice of matters; returns how many and the last stream
    /// looked at.
    async fn rebuild_slice<F>(
        &mut self,
        county: &CountyCode,
        after: &str,
        playbook: &F,
    ) -> Result<(u64, String), StoreError>
    where
        F: Fn(&str) -> Option<Arc<Playbook>>,
    {
        self.direct().await?;
        let ahead = self.streams(county, after, END, SLICE).await?;
        let last = match ahead.last() {
            Some(last) if ahead.len() as i64 == SLICE => last.clone(),
            _ => END.to_owned(),
        };
        self.drop_rows(county, after, &last).await?;
        // Listed again: what was filed since the first look was not dropped, and
        // what was filed before is here.
        let mut matters = 0;
        for stream in self.streams(county, after, &last, i64::MAX).await? {
            let Ok(id) = stream.parse::<MatterId>() else { continue };
            let Some(loaded) = self.matter(county, id).await? else { continue };
            let version = &loaded.matter.playbook;
            let rules = playbook(version).ok_or_else(|| {
                StoreError::row("playbook_version", format!("there is no version {version}"))
            })?;
            let rows = super::rows(county, &loaded.matter, &rules, None);
            self.put_matter(county, loaded, rows);
            matters += 1;
        }
        Ok((matters, last))
    }

    async fn streams(
        &mut self,
        county: &CountyCode,
        after: &str,
        last: &str,
        limit: i64,
    ) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = on!(self, c => {
            bind!(sqlx::query_as(pick(c, sql::STREAMS_WITHIN)), county.as_str(), after, last, limit)
                .fetch_all(c)
                .await?
        });
        Ok(rows.into_iter().map(|(stream,)| stream).collect())
    }

    async fn drop_rows(
        &mut self,
        county: &CountyCode,
        after: &str,
        last: &str,
    ) -> Result<(), StoreError> {
        let drops = [
            sql::DROP_MATTERS,
            sql::DROP_UNITS,
            sql::DROP_LINKS,
            sql::DROP_ABOUT,
            sql::DROP_BURDEN,
            sql::DROP_NODES,
            sql::DROP_UNINDEXED,
            sql::READ_AGAIN,
        ];
        for drop in drops {
            on!(self, c => {
                bind!(sqlx::query(pick(c, drop)), county.as_str(), after, last).execute(c).await?;
            });
        }
        Ok(())
    }
}
