//! Search by words: every matter's texts as pairs of neighbouring characters,
//! alike on both engines and erasable with the matter's contents.

use std::collections::BTreeSet;

use bihuan_domain::ids::CountyCode;
use bihuan_domain::matter::ContentTag;

use super::select::{Select, run};
use crate::engine::{Store, Tx, on, on_pool, pick};
use crate::error::StoreError;
use crate::registers::{bind, execute};
use crate::table;

/// Matters whose words are looked through for one search.
const CANDIDATES: i64 = 2000;
/// Pairs of one search; more would not narrow it further.
const MOST_GRAMS: usize = 12;

pub(crate) mod sql {
    crate::engine::statements! {
        WAITING = "SELECT matter FROM unindexed WHERE county = $1 ORDER BY matter LIMIT $2";
        TEXTS = {
            sqlite: "SELECT stream, tag, body FROM content WHERE county = $1 \
                AND stream IN (SELECT value FROM json_each($2))",
            postgres: "SELECT stream, tag, body FROM content WHERE county = $1 AND stream IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value))"
        };
        CLEAR_GRAMS = {
            sqlite: "DELETE FROM gram WHERE county = $1 \
                AND matter IN (SELECT value FROM json_each($2))",
            postgres: "DELETE FROM gram WHERE county = $1 AND matter IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value))"
        };
        INDEXED = {
            sqlite: "DELETE FROM unindexed WHERE county = $1 \
                AND matter IN (SELECT value FROM json_each($2))",
            postgres: "DELETE FROM unindexed WHERE county = $1 AND matter IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value))"
        };
    }
}

/// Folds case and width, drops what is neither letter nor figure.
fn fold(text: &str) -> Vec<Vec<char>> {
    let mut runs = vec![Vec::new()];
    for letter in text.chars().flat_map(char::to_lowercase) {
        let letter = match letter {
            // Full-width forms stand 0xFEE0 above the ASCII they imitate.
            '\u{ff01}'..='\u{ff5e}' => {
                char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter).to_ascii_lowercase()
            }
            other => other,
        };
        if letter.is_alphanumeric() {
            if let Some(run) = runs.last_mut() {
                run.push(letter);
            }
        } else if runs.last().is_some_and(|run| !run.is_empty()) {
            runs.push(Vec::new());
        }
    }
    runs
}

/// The pairs of neighbouring characters in `text`; a character that stands
/// alone is a pair with nothing.
pub fn grams(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for run in fold(text) {
        if let [alone] = run.as_slice() {
            all.insert(alone.to_string());
        }
        for pair in run.windows(2) {
            all.insert(pair.iter().collect());
        }
    }
    all
}

/// Texts that are searched. Identities are elsewhere and never are.
fn is_searched(tag: &str) -> bool {
    [
        ContentTag::Words,
        ContentTag::Note,
        ContentTag::Answer,
        ContentTag::Address,
        ContentTag::Imported,
    ]
    .iter()
    .any(|searched| searched.code() == tag)
}

impl Store {
    /// Matters that hold every pair of `words`, newest first; at most 2,000 are
    /// looked at.
    pub async fn search_words(
        &self,
        county: &CountyCode,
        words: &str,
    ) -> Result<Vec<String>, StoreError> {
        let grams: Vec<String> = grams(words).into_iter().take(MOST_GRAMS).collect();
        let Some((first, rest)) = grams.split_first() else { return Ok(Vec::new()) };
        let mut select = Select::from("SELECT g.matter FROM gram g");
        let county_at = select.text(county.as_str());
        let gram_at = select.text(first);
        select.filter(format!("g.county = {county_at} AND g.gram = {gram_at}"));
        for gram in rest {
            let at = select.text(gram);
            select.filter(format!(
                "EXISTS (SELECT 1 FROM gram o WHERE o.county = {county_at} AND o.gram = {at} \
                 AND o.matter = g.matter)"
            ));
        }
        let most = select.int(CANDIDATES);
        let tail = format!("ORDER BY g.matter DESC LIMIT {most}");
        let rows: Vec<(String,)> = run!(self, select.finish(&tail));
        Ok(rows.into_iter().map(|(matter,)| matter).collect())
    }
}

impl Tx {
    /// Reads the texts of some waiting matters into the search table; returns
    /// how many.
    pub async fn index_words(
        &mut self,
        county: &CountyCode,
        limit: u32,
    ) -> Result<usize, StoreError> {
        self.direct().await?;
        let waiting: Vec<(String,)> = on!(self, c => {
            bind!(sqlx::query_as(pick(c, sql::WAITING)), county.as_str(), i64::from(limit))
                .fetch_all(c)
                .await?
        });
        if waiting.is_empty() {
            return Ok(0);
        }
        let matters: Vec<&str> = waiting.iter().map(|(matter,)| matter.as_str()).collect();
        let ids = serde_json::json!(matters).to_string();
        let texts: Vec<(String, String, String)> = on!(self, c => {
            bind!(sqlx::query_as(pick(c, sql::TEXTS)), county.as_str(), &ids).fetch_all(c).await?
        });
        let cleared: Result<u64, StoreError> =
            execute!(self, sql::CLEAR_GRAMS, county.as_str(), &ids);
        cleared?;
        for (matter, tag, body) in &texts {
            if !is_searched(tag) {
                continue;
            }
            for gram in grams(body) {
                self.put(
                    &table::GRAM,
                    vec![county.as_str().into(), gram.into(), matter.as_str().into()],
                );
            }
        }
        let done: Result<u64, StoreError> = execute!(self, sql::INDEXED, county.as_str(), &ids);
        done?;
        Ok(waiting.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_characters_make_pairs_and_punctuation_parts_them() {
        let grams = grams("路灯，ＡＢ1");
        let expected = ["路灯", "ab", "b1"];
        assert_eq!(grams, expected.iter().map(ToString::to_string).collect());
    }

    #[test]
    fn a_character_alone_can_be_found() {
        assert!(grams("井 盖").contains("井"));
    }
}
