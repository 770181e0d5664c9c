//! Search by words, the same on both engines; see [`crate::project`] for what a
//! matter's words are.

use std::collections::BTreeSet;

use bihuan_domain::ids::CountyCode;
use bihuan_domain::instant::Instant;

use crate::engine::{Sql, Store, on_pool, pick};
use crate::error::StoreError;
use crate::project::{grams, last_number, number_at};
use crate::registers::bind;

/// Matters whose words are looked through for one search.
const CANDIDATES: i64 = 2000;
/// Pairs of one search; more would not narrow it further.
const MOST_GRAMS: usize = 12;
const BEGINNING: Instant = Instant::from_micros(0);

pub(crate) mod sql {
    crate::engine::statements! {
        FOUND = {
            sqlite: "SELECT g.matter FROM gram_index f CROSS JOIN matter_gram g \
                ON g.county = $1 AND g.number = f.rowid WHERE f.gram_index MATCH $2 \
                AND f.rowid >= $3 AND f.rowid <= $4 ORDER BY f.rowid DESC LIMIT $5",
            postgres: "SELECT g.matter FROM matter_gram g WHERE g.county = $1 \
                AND string_to_array(g.grams, ' ') @> string_to_array($2, ' ') \
                AND g.number >= $3 AND g.number <= $4 ORDER BY g.number DESC LIMIT $5"
        };
    }
}

impl Store {
    /// Matters that hold every pair of `words`, newest first; at most 2,000 are
    /// looked at.
    pub async fn search_words(
        &self,
        county: &CountyCode,
        words: &str,
    ) -> Result<Vec<String>, StoreError> {
        let grams = grams(words).into_iter().take(MOST_GRAMS).collect();
        let rows: Vec<(String,)> =
            self.found(sql::FOUND, county, &grams, BEGINNING, CANDIDATES).await?;
        Ok(rows.into_iter().map(|(matter,)| matter).collect())
    }

    /// Runs a statement over the latest matters filed since then whose texts hold
    /// all of these pairs.
    pub(super) async fn found<T>(
        &self,
        statement: Sql,
        county: &CountyCode,
        grams: &BTreeSet<String>,
        since: Instant,
        most: i64,
    ) -> Result<Vec<T>, StoreError>
    where
        T: Send + Unpin,
        T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow>,
        T: for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
    {
        if grams.is_empty() {
            return Ok(Vec::new());
        }
        // FTS5 reads what is not quoted as its own operators.
        let asked: Vec<String> = if self.is_postgres() {
            grams.iter().cloned().collect()
        } else {
            grams.iter().map(|gram| format!("\"{gram}\"")).collect()
        };
        let (from, to) = (number_at(county, since)?, last_number(county)?);
        let asked = asked.join(" ");
        // Prepared anew each time: how PostgreSQL best goes about it depends on how
        // common the very pairs are.
        Ok(on_pool!(self, c => {
            let query = sqlx::query_as(pick(c, statement)).persistent(false);
            bind!(query, county.as_str(), &asked, from, to, most).fetch_all(c).await?
        }))
    }
}
