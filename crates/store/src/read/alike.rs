//! Which matters may be the same thing: at the same place, of the same item in
//! the same grid, or sharing words that are rare of late. Ids rise with time, so
//! "of late" is a range of the index and older matters are never looked at.

use bihuan_domain::ids::CountyCode;
use bihuan_domain::instant::Instant;

use super::search::grams;
use super::select::{Select, run};
use crate::engine::{Store, on_pool, pick};
use crate::error::StoreError;
use crate::registers::{bind, fetch_all};

/// A pair of characters in this many recent matters says little.
const COMMON: i64 = 40;
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
                CROSS JOIN gram g WHERE g.county = $1 AND g.gram = w.value AND g.matter >= $3 \
                AND (SELECT COUNT(*) FROM (SELECT 1 FROM gram r WHERE r.county = $1 \
                AND r.gram = w.value AND r.matter >= $3 LIMIT $4)) < $4 \
                GROUP BY g.matter HAVING COUNT(*) >= 2 ORDER BY 2 DESC, 1 DESC LIMIT $5",
            postgres: "SELECT g.matter, CAST(COUNT(*) AS BIGINT) FROM \
                jsonb_array_elements_text($2::text::jsonb) AS w(value) \
                CROSS JOIN gram g WHERE g.county = $1 AND g.gram = w.value AND g.matter >= $3 \
                AND (SELECT COUNT(*) FROM (SELECT 1 FROM gram r WHERE r.county = $1 \
                AND r.gram = w.value AND r.matter >= $3 LIMIT $4) AS rare) < $4 \
                GROUP BY g.matter HAVING COUNT(*) >= 2 ORDER BY 2 DESC, 1 DESC LIMIT $5"
        };
        SAME_PLACE = {
            sqlite: "SELECT a.matter, b.matter FROM matter_view a JOIN matter_view b \
                ON b.county = a.county AND b.place = a.place AND b.filed_us >= $3 \
                WHERE a.county = $1 AND a.matter IN (SELECT value FROM json_each($2)) \
                AND b.is_open = 1 AND b.matter <> a.matter \
                UNION SELECT a.matter, b.matter FROM matter_view a JOIN matter_view b \
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

/// The least id a matter made at `instant` can have: the first 48 bits of a
/// UUID of version 7 are its milliseconds.
fn first_id_at(instant: Instant) -> String {
    let millis = instant.micros().div_euclid(1000).max(0);
    let digits = format!("{millis:012x}");
    format!("{}-{}", &digits[..8], &digits[8..])
}

impl Store {
    /// Recent matters that share at least two rare pairs with `words`, and how
    /// many; most first.
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
        let listed = serde_json::json!(grams).to_string();
        fetch_all!(
            self,
            sql::SHARED_WORDS,
            county.as_str(),
            &listed,
            &first_id_at(since),
            COMMON,
            MOST_ALIKE
        )
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
        let grams: Vec<String> = grams(words).into_iter().collect();
        let Some((first, rest)) = grams.split_first() else { return Ok(Vec::new()) };
        let mut select = Select::from("SELECT g.matter FROM gram g");
        let county_at = select.text(county.as_str());
        let gram_at = select.text(first);
        let since_at = select.text(first_id_at(since));
        select.filter(format!(
            "g.county = {county_at} AND g.gram = {gram_at} AND g.matter >= {since_at}"
        ));
        for gram in rest {
            let at = select.text(gram);
            select.filter(format!(
                "EXISTS (SELECT 1 FROM gram o WHERE o.county = {county_at} AND o.gram = {at} \
                 AND o.matter = g.matter)"
            ));
        }
        let most = select.int(SAID_ALIKE);
        let (text, arguments) = select.finish(&format!("ORDER BY g.matter DESC LIMIT {most}"));
        let counted = format!(
            "SELECT m.item, CAST(COUNT(*) AS BIGINT) FROM ({text}) AS said \
             JOIN matter_view m ON m.county = {county_at} AND m.matter = said.matter \
             WHERE m.item IS NOT NULL GROUP BY m.item ORDER BY 2 DESC, 1"
        );
        Ok(run!(self, (counted, arguments)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_made_later_sorts_after_the_bound_and_one_made_earlier_before_it() {
        let bound = first_id_at(Instant::from_micros(1_664_340_000_000_000));
        assert_eq!(bound, "01838264-fd00");
        assert!("01838264-fd00-7000-8000-000000000000" >= bound.as_str());
        assert!("01838264-fcff-7fff-bfff-ffffffffffff" < bound.as_str());
    }
}
