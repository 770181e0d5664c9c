//! Which matters may be the same thing: at the same place, of the same item in
//! the same grid, or sharing words that are rare of late. The numbers of the words
//! rise with time, so "of late" is a range of the index and older matters are
//! never looked at.

use bihuan_domain::ids::CountyCode;
use bihuan_domain::instant::Instant;

use crate::engine::{Store, on_pool, pick};
use crate::error::StoreError;
use crate::project::{grams, last_number, number_at};
use crate::registers::{bind, fetch_all};

/// A pair of characters in this many recent matters says little.
const COMMON: i64 = 40;
/// Matters that make up what is said of late, at most.
const LATEST: i64 = 4000;
/// Pairs of one message looked at.
const MOST_GRAMS: usize = 120;
/// Matters that may be the same, before anything else is asked of them.
const MOST_ALIKE: i64 = 20;
/// Other matters at the places of one page of a list.
const MOST_PAIRS: i64 = 500;
/// Recent matters with the same words whose items are counted.
const SAID_ALIKE: i64 = 300;

pub(crate) mod sql {
    crate::engine::statements! {
        SHARED_WORDS = {
            sqlite: "SELECT g.matter, CAST(COUNT(*) AS BIGINT) FROM json_each($2) AS w \
                CROSS JOIN gram_index f CROSS JOIN matter_gram g \
                ON g.county = $1 AND g.number = f.rowid WHERE f.gram_index MATCH w.value \
                AND f.rowid >= $3 AND f.rowid <= $4 AND (SELECT COUNT(*) FROM \
                (SELECT 1 FROM gram_index r WHERE r.gram_index MATCH w.value \
                AND r.rowid >= $3 AND r.rowid <= $4 LIMIT $5)) < $5 \
                GROUP BY g.matter HAVING COUNT(*) >= 2 ORDER BY 2 DESC, 1 DESC LIMIT $6",
            // GIN knows no order: it would read a pair's matters of all times for
            // each of a hundred pairs. The latest few thousand rows are read once.
            postgres: "WITH said AS (SELECT l.matter, g.value FROM matter_gram l \
                CROSS JOIN LATERAL unnest(string_to_array(l.grams, ' ')) AS g(value) \
                WHERE l.county = $1 AND l.number >= $3 AND l.number <= $4 AND g.value IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS w(value))), \
                rare AS (SELECT value FROM said GROUP BY value HAVING COUNT(*) < $5) \
                SELECT said.matter, CAST(COUNT(*) AS BIGINT) FROM said \
                JOIN rare ON rare.value = said.value \
                GROUP BY said.matter HAVING COUNT(*) >= 2 ORDER BY 2 DESC, 1 DESC LIMIT $6"
        };
        BEFORE_LATEST = "SELECT number FROM matter_gram WHERE county = $1 AND number <= $2 \
            ORDER BY number DESC LIMIT 1 OFFSET $3";
        SAID_ITEMS = {
            sqlite: "SELECT m.item, CAST(COUNT(*) AS BIGINT) FROM (SELECT g.matter \
                FROM gram_index f CROSS JOIN matter_gram g \
                ON g.county = $1 AND g.number = f.rowid WHERE f.gram_index MATCH $2 \
                AND f.rowid >= $3 AND f.rowid <= $4 ORDER BY f.rowid DESC LIMIT $5) AS said \
                CROSS JOIN matter_view m ON m.county = $1 AND m.matter = said.matter \
                WHERE m.item IS NOT NULL GROUP BY m.item ORDER BY 2 DESC, 1",
            postgres: "SELECT m.item, CAST(COUNT(*) AS BIGINT) FROM (SELECT g.matter \
                FROM matter_gram g WHERE g.county = $1 \
                AND string_to_array(g.grams, ' ') @> string_to_array($2, ' ') \
                AND g.number >= $3 AND g.number <= $4 ORDER BY g.number DESC LIMIT $5) AS said \
                JOIN matter_view m ON m.county = $1 AND m.matter = said.matter \
                WHERE m.item IS NOT NULL GROUP BY m.item ORDER BY 2 DESC, 1"
        };
        SAME_PLACE = {
            sqlite: "SELECT a.matter, b.matter FROM matter_view a \
                CROSS JOIN matter_view b INDEXED BY matter_view_open_place_idx \
                ON b.county = a.county AND b.place = a.place AND b.filed_us >= $3 \
                WHERE a.county = $1 AND a.matter IN (SELECT value FROM json_each($2)) \
                AND b.is_open = 1 AND b.matter <> a.matter \
                UNION SELECT a.matter, b.matter FROM matter_view a \
                CROSS JOIN matter_view b INDEXED BY matter_view_open_grid_idx \
                ON b.county = a.county AND b.grid = a.grid AND b.filed_us >= $3 \
                WHERE a.county = $1 AND a.matter IN (SELECT value FROM json_each($2)) \
                AND b.item = a.item AND b.is_open = 1 AND b.matter <> a.matter \
                ORDER BY 1, 2 LIMIT $4",
            postgres: "SELECT a.matter, b.matter FROM matter_view a JOIN matter_view b \
                ON b.county = a.county AND b.place = a.place AND b.filed_us >= $3 \
                WHERE a.county = $1 AND a.matter IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value)) \
                AND b.is_open = 1 AND b.matter <> a.matter \
                UNION SELECT a.matter, b.matter FROM matter_view a JOIN matter_view b \
                ON b.county = a.county AND b.grid = a.grid AND b.filed_us >= $3 \
                WHERE a.county = $1 AND a.matter IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value)) \
                AND b.item = a.item AND b.is_open = 1 AND b.matter <> a.matter \
                ORDER BY 1, 2 LIMIT $4"
        };
    }
}

impl Store {
    /// Of the latest 4,000 matters filed since then, those that share at least two
    /// rare pairs with `words`, and how many; most first.
    pub async fn sharing_words(
        &self,
        county: &CountyCode,
        words: &str,
        since: Instant,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let grams: Vec<String> = grams(words).into_iter().take(MOST_GRAMS).collect();
        if grams.len() < 2 {
            return Ok(Vec::new());
        }
        // FTS5 reads figures that are not quoted as a mistake.
        let asked: Vec<String> = if self.is_postgres() {
            grams
        } else {
            grams.iter().map(|gram| format!("\"{gram}\"")).collect()
        };
        let listed = serde_json::json!(asked).to_string();
        let to = last_number(county)?;
        let before: Result<Vec<(i64,)>, StoreError> =
            fetch_all!(self, sql::BEFORE_LATEST, county.as_str(), to, LATEST);
        let before = before?.first().map_or(i64::MIN, |(number,)| *number);
        let from = number_at(county, since)?.max(before.saturating_add(1));
        fetch_all!(self, sql::SHARED_WORDS, county.as_str(), &listed, from, to, COMMON, MOST_ALIKE)
    }

    /// For each of these matters, the other open ones filed since then at the
    /// same place, or of the same item in the same grid.
    pub async fn at_the_same_place(
        &self,
        county: &CountyCode,
        matters: &[String],
        since: Instant,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let listed = serde_json::json!(matters).to_string();
        fetch_all!(self, sql::SAME_PLACE, county.as_str(), &listed, since.micros(), MOST_PAIRS)
    }

    /// Under which items recent matters with all of these words were filed, most
    /// first; looks at the latest 300.
    pub async fn items_of_words(
        &self,
        county: &CountyCode,
        words: &str,
        since: Instant,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        self.found(sql::SAID_ITEMS, county, &grams(words), since, SAID_ALIKE).await
    }
}
