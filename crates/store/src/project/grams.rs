//! The words of matters, made ready to be found: every text as pairs of
//! neighbouring characters, one row a matter, and the engine's own inverted index
//! over those rows.
//!
//! A row is a function of the matter's texts alone but for its number, which
//! orders matters by the time they were filed and stays once given. The index
//! holds exactly what the rows say: both change in one transaction, by what
//! differs, so that re-reading a matter nothing was said about costs nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use bihuan_domain::ids::CountyCode;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::ContentTag;

use crate::engine::{Tx, on, pick};
use crate::error::StoreError;
use crate::registers::{bind, execute};
use crate::table;

/// The lower part of a number: seconds, enough for 34,000 years.
const SECONDS_BITS: u32 = 40;
/// What those who number matters of one county lock; no stream is called so.
const NUMBER_LOCK: &str = "#grams";

pub(crate) mod sql {
    crate::engine::statements! {
        WAITING = "SELECT u.matter, m.filed_us FROM unindexed u \
            LEFT JOIN matter_view m ON m.county = u.county AND m.matter = u.matter \
            WHERE u.county = $1 ORDER BY u.matter LIMIT $2";
        TEXTS = {
            sqlite: "SELECT stream, tag, body FROM content WHERE county = $1 \
                AND stream IN (SELECT value FROM json_each($2))",
            postgres: "SELECT stream, tag, body FROM content WHERE county = $1 AND stream IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value))"
        };
        GRAMS_OF = {
            sqlite: "SELECT matter, number, grams FROM matter_gram WHERE county = $1 \
                AND matter IN (SELECT value FROM json_each($2))",
            postgres: "SELECT matter, number, grams FROM matter_gram WHERE county = $1 AND matter \
                IN (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value))"
        };
        NUMBERS_TAKEN = {
            sqlite: "SELECT number FROM matter_gram WHERE county = $1 \
                AND number IN (SELECT value FROM json_each($2))",
            postgres: "SELECT number FROM matter_gram WHERE county = $1 AND number IN (SELECT \
                CAST(value AS BIGINT) FROM jsonb_array_elements_text($2::text::jsonb) \
                AS rows(value))"
        };
        DROP_EMPTY = {
            sqlite: "DELETE FROM matter_gram WHERE county = $1 \
                AND matter IN (SELECT value FROM json_each($2))",
            postgres: "DELETE FROM matter_gram WHERE county = $1 AND matter IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value))"
        };
        INDEXED = {
            sqlite: "DELETE FROM unindexed WHERE county = $1 \
                AND matter IN (SELECT value FROM json_each($2))",
            postgres: "DELETE FROM unindexed WHERE county = $1 AND matter IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value))"
        };
        // PostgreSQL keeps its index itself. Joined with the rows, nothing but a
        // number of this county can enter the index.
        UNFIND = {
            sqlite: "INSERT INTO gram_index (gram_index, rowid, grams) \
                SELECT 'delete', g.number, json_extract(value, '$[1]') FROM json_each($2) \
                CROSS JOIN matter_gram g ON g.county = $1 \
                AND g.number = json_extract(value, '$[0]')",
            postgres: "SELECT 1 AS county WHERE $1 <> '' AND $2 <> ''"
        };
        FIND = {
            sqlite: "INSERT INTO gram_index (rowid, grams) \
                SELECT g.number, json_extract(value, '$[1]') FROM json_each($2) \
                CROSS JOIN matter_gram g ON g.county = $1 \
                AND g.number = json_extract(value, '$[0]')",
            postgres: "SELECT 1 AS county WHERE $1 <> '' AND $2 <> ''"
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
/// alone is a pair with nothing. Small letters and figures only: SQLite's
/// `ascii` tokenizer parts them at the blanks between them and nowhere else.
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

/// The least number a matter of the county filed at `instant` can have. SQLite's
/// index has one space of numbers for all counties: each has a part of its own.
pub(crate) fn number_at(county: &CountyCode, instant: Instant) -> Result<i64, StoreError> {
    let code: u32 =
        county.as_str().parse().ok().filter(|code| *code < 1_000_000).ok_or_else(|| {
            StoreError::row("matter_gram", format!("{county} is no county's code"))
        })?;
    let seconds = instant.micros().div_euclid(1_000_000).clamp(0, (1 << SECONDS_BITS) - 1);
    Ok((i64::from(code) << SECONDS_BITS) + seconds)
}

/// The greatest number of the county.
pub(crate) fn last_number(county: &CountyCode) -> Result<i64, StoreError> {
    number_at(county, Instant::from_micros(i64::MAX))
}

/// A matter to be read, and when it was filed; never, if no list holds it.
type Waiting = (String, Option<i64>);

/// A matter's pairs as they stand in the index and as they should.
struct Spoken {
    matter: String,
    number: i64,
    before: BTreeSet<String>,
    after: BTreeSet<String>,
}

impl Spoken {
    fn difference(&self, of: &BTreeSet<String>, from: &BTreeSet<String>) -> Option<Value> {
        let pairs: Vec<&str> = of.difference(from).map(String::as_str).collect();
        (!pairs.is_empty()).then(|| serde_json::json!([self.number, pairs.join(" ")]))
    }

    fn lost(&self) -> Option<Value> {
        self.difference(&self.before, &self.after)
    }

    fn gained(&self) -> Option<Value> {
        self.difference(&self.after, &self.before)
    }
}

fn joined(grams: &BTreeSet<String>) -> String {
    grams.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}

impl Tx {
    /// Makes some waiting matters findable by what their texts say now; returns
    /// how many.
    pub async fn index_words(
        &mut self,
        county: &CountyCode,
        limit: u32,
    ) -> Result<usize, StoreError> {
        self.direct().await?;
        self.lock(county, NUMBER_LOCK).await?;
        let waiting: Vec<Waiting> = on!(self, c => {
            bind!(sqlx::query_as(pick(c, sql::WAITING)), county.as_str(), i64::from(limit))
                .fetch_all(c)
                .await?
        });
        if waiting.is_empty() {
            return Ok(0);
        }
        let matters: Vec<&str> = waiting.iter().map(|(matter, _)| matter.as_str()).collect();
        let ids = serde_json::json!(matters).to_string();
        let spoken = self.spoken(county, &waiting, &ids).await?;
        self.put_grams(county, &spoken).await?;
        let done: Result<u64, StoreError> = execute!(self, sql::INDEXED, county.as_str(), &ids);
        done?;
        Ok(waiting.len())
    }

    async fn spoken(
        &mut self,
        county: &CountyCode,
        waiting: &[Waiting],
        ids: &str,
    ) -> Result<Vec<Spoken>, StoreError> {
        let texts: Vec<(String, String, String)> = on!(self, c => {
            bind!(sqlx::query_as(pick(c, sql::TEXTS)), county.as_str(), ids).fetch_all(c).await?
        });
        let listed =
            waiting.iter().filter_map(|(matter, filed)| Some((matter.as_str(), (*filed)?)));
        let listed: BTreeMap<&str, i64> = listed.collect();
        let mut after: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (matter, tag, body) in texts {
            if is_searched(&tag) && listed.contains_key(matter.as_str()) {
                after.entry(matter).or_default().append(&mut grams(&body));
            }
        }
        after.retain(|_, grams| !grams.is_empty());
        let rows: Vec<(String, i64, String)> = on!(self, c => {
            bind!(sqlx::query_as(pick(c, sql::GRAMS_OF)), county.as_str(), ids).fetch_all(c).await?
        });
        let mut spoken = Vec::with_capacity(waiting.len());
        for (matter, number, before) in rows {
            let after = after.remove(&matter).unwrap_or_default();
            let before = before.split(' ').map(str::to_owned).collect();
            spoken.push(Spoken { matter, number, before, after });
        }
        let filed = after.keys().filter_map(|matter| listed.get(matter.as_str()));
        let wanted = filed
            .map(|filed| number_at(county, Instant::from_micros(*filed)))
            .collect::<Result<Vec<_>, _>>()?;
        let numbers = self.free_numbers(county, wanted).await?;
        for ((matter, after), number) in after.into_iter().zip(numbers) {
            spoken.push(Spoken { matter, number, before: BTreeSet::new(), after });
        }
        // The index takes rising numbers best.
        spoken.sort_unstable_by_key(|one| one.number);
        Ok(spoken)
    }

    /// A number for each wanted one: itself, or a later one nobody has. Matters
    /// filed in the same second step aside, further with every round, so that a
    /// file of a million rows under one date takes twenty rounds.
    async fn free_numbers(
        &mut self,
        county: &CountyCode,
        mut wanted: Vec<i64>,
    ) -> Result<Vec<i64>, StoreError> {
        let mut settled = BTreeSet::new();
        let mut open: Vec<usize> = (0..wanted.len()).collect();
        let mut step = 1;
        while !open.is_empty() {
            for at in &open {
                while !settled.insert(wanted[*at]) {
                    wanted[*at] += 1;
                }
            }
            let asked: Vec<i64> = open.iter().map(|at| wanted[*at]).collect();
            let asked = serde_json::json!(asked).to_string();
            let taken: Vec<(i64,)> = on!(self, c => {
                bind!(sqlx::query_as(pick(c, sql::NUMBERS_TAKEN)), county.as_str(), &asked)
                    .fetch_all(c)
                    .await?
            });
            let taken: BTreeSet<i64> = taken.into_iter().map(|(number,)| number).collect();
            open.retain(|at| taken.contains(&wanted[*at]));
            for at in &open {
                wanted[*at] += step;
            }
            step *= 2;
        }
        Ok(wanted)
    }

    async fn put_grams(
        &mut self,
        county: &CountyCode,
        spoken: &[Spoken],
    ) -> Result<(), StoreError> {
        let lost: Vec<Value> = spoken.iter().filter_map(Spoken::lost).collect();
        let gained: Vec<Value> = spoken.iter().filter_map(Spoken::gained).collect();
        // What is taken out must still have its row, what is added must have it.
        self.tell_index(county, sql::UNFIND, lost).await?;
        let mut silent = Vec::new();
        for one in spoken.iter().filter(|one| one.before != one.after) {
            if one.after.is_empty() {
                silent.push(one.matter.as_str());
                continue;
            }
            let (matter, grams) = (one.matter.as_str(), joined(&one.after));
            self.put(
                &table::MATTER_GRAM,
                vec![county.as_str().into(), matter.into(), one.number.into(), grams.into()],
            );
        }
        if !silent.is_empty() {
            let silent = serde_json::json!(silent).to_string();
            let dropped: Result<u64, StoreError> =
                execute!(self, sql::DROP_EMPTY, county.as_str(), &silent);
            dropped?;
        }
        self.tell_index(county, sql::FIND, gained).await
    }

    async fn tell_index(
        &mut self,
        county: &CountyCode,
        told: crate::engine::Sql,
        pairs: Vec<Value>,
    ) -> Result<(), StoreError> {
        if pairs.is_empty() {
            return Ok(());
        }
        let pairs = Value::Array(pairs).to_string();
        let done: Result<u64, StoreError> = execute!(self, told, county.as_str(), &pairs);
        done.map(|_| ())
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

    #[test]
    fn numbers_rise_with_time_within_their_countys_part() {
        let (one, next) = (CountyCode::new("410182"), CountyCode::new("410183"));
        let at = |county, seconds: i64| {
            number_at(county, Instant::from_micros(seconds * 1_000_000)).unwrap()
        };
        assert_eq!(at(&one, 61) - at(&one, 60), 1);
        assert_eq!(at(&one, -5), at(&one, 0));
        assert!(last_number(&one).unwrap() < at(&next, -5));
        assert!(number_at(&CountyCode::new("#log"), Instant::from_micros(0)).is_err());
    }
}
