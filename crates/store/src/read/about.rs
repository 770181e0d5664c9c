//! Units that plans and papers name, and the parts of a matter.

use bihuan_domain::ids::{CountyCode, MatterId};

use crate::engine::{Store, Tx, on, on_pool, pick};
use crate::error::StoreError;
use crate::registers::{bind, fetch_all};

pub(crate) mod sql {
    crate::engine::statements! {
        ABOUT = {
            sqlite: "SELECT a.unit, m.number, a.from_on, a.due_on, a.matter \
                FROM json_each($3) AS u CROSS JOIN matter_about a ON a.county = $1 \
                AND a.regime = $2 AND a.unit = u.value AND a.due_on >= $4 \
                JOIN matter_view m ON m.county = a.county AND m.matter = a.matter \
                WHERE a.from_on <= $5 AND a.stage NOT IN ('withdrawn', 'declined') \
                AND a.matter <> $6 ORDER BY a.due_on, a.matter, a.unit",
            postgres: "SELECT a.unit, m.number, a.from_on, a.due_on, a.matter \
                FROM jsonb_array_elements_text($3::text::jsonb) AS u(value) \
                JOIN matter_about a ON a.county = $1 \
                AND a.regime = $2 AND a.unit = u.value AND a.due_on >= $4 \
                JOIN matter_view m ON m.county = a.county AND m.matter = a.matter \
                WHERE a.from_on <= $5 AND a.stage NOT IN ('withdrawn', 'declined') \
                AND a.matter <> $6 ORDER BY a.due_on, a.matter, a.unit"
        };
        ABOUT_ALL = "SELECT a.unit, m.number, a.from_on, a.due_on, a.matter, m.stage \
            FROM matter_about a JOIN matter_view m ON m.county = a.county AND m.matter = a.matter \
            WHERE a.county = $1 AND a.regime = $2 AND a.due_on >= $3 AND a.due_on <= $4 \
            AND a.stage NOT IN ('withdrawn', 'declined') ORDER BY a.due_on, a.matter, a.unit \
            LIMIT $5";
        OPEN_PARTS = "SELECT CAST(COUNT(*) AS BIGINT) FROM matter_view WHERE county = $1 \
            AND parent = $2 AND parent IS NOT NULL AND is_open = 1";
    }
}

/// Which naming of units is asked for. Dates are `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub regime: String,
    pub units: Vec<String>,
    pub from_on: String,
    pub to_on: String,
    /// Not what this matter itself names.
    pub but: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AboutRow {
    pub unit: String,
    pub number: String,
    pub from_on: String,
    pub due_on: String,
    pub matter: String,
}

/// The same with the stage of what names the unit.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedRow {
    pub unit: String,
    pub number: String,
    pub from_on: String,
    pub due_on: String,
    pub matter: String,
    pub stage: String,
}

impl About {
    fn lists(&self) -> (String, String) {
        (serde_json::json!(self.units).to_string(), self.but.clone().unwrap_or_default())
    }
}

impl Store {
    /// Plans or papers that name one of these units in these days.
    pub async fn about(
        &self,
        county: &CountyCode,
        about: &About,
    ) -> Result<Vec<AboutRow>, StoreError> {
        let (units, but) = about.lists();
        fetch_all!(
            self,
            sql::ABOUT,
            county.as_str(),
            &about.regime,
            &units,
            &about.from_on,
            &about.to_on,
            &but
        )
    }
}

impl Store {
    /// All namings whose last day lies within these, both included, at most so
    /// many of them.
    pub async fn named_within(
        &self,
        county: &CountyCode,
        regime: &str,
        days: (&str, &str),
        most: u32,
    ) -> Result<Vec<NamedRow>, StoreError> {
        fetch_all!(self, sql::ABOUT_ALL, county.as_str(), regime, days.0, days.1, i64::from(most))
    }
}

impl Tx {
    /// As [`Store::about`], with what this transaction has written.
    pub async fn about(
        &mut self,
        county: &CountyCode,
        about: &About,
    ) -> Result<Vec<AboutRow>, StoreError> {
        self.direct().await?;
        let (units, but) = about.lists();
        let rows = on!(self, c => {
            bind!(
                sqlx::query_as(pick(c, sql::ABOUT)),
                county.as_str(),
                &about.regime,
                &units,
                &about.from_on,
                &about.to_on,
                &but
            )
            .fetch_all(c)
            .await?
        });
        Ok(rows)
    }

    /// How many parts of a matter are not over.
    pub async fn open_parts(
        &mut self,
        county: &CountyCode,
        matter: MatterId,
    ) -> Result<usize, StoreError> {
        self.direct().await?;
        let id = matter.to_string();
        let (count,): (i64,) = on!(self, c => {
            bind!(sqlx::query_as(pick(c, sql::OPEN_PARTS)), county.as_str(), &id)
                .fetch_one(c)
                .await?
        });
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }
}
