//! What a year has laid on units.

use bihuan_domain::ids::CountyCode;

use crate::engine::{Store, Tx, on, on_pool, pick};
use crate::error::StoreError;
use crate::registers::{bind, fetch_all};

pub(crate) mod sql {
    crate::engine::statements! {
        BURDENS = "SELECT unit, what, CAST(COUNT(*) AS BIGINT) AS count, \
            CAST(SUM(passed) AS BIGINT) AS passed FROM burden \
            WHERE county = $1 AND year = $2 GROUP BY what, unit ORDER BY what, unit";
        BURDENS_OF = {
            sqlite: "SELECT b.unit, b.what, CAST(COUNT(*) AS BIGINT) AS count, \
                CAST(SUM(b.passed) AS BIGINT) AS passed FROM json_each($4) AS u \
                CROSS JOIN burden b ON b.county = $1 AND b.year = $2 AND b.what = $3 \
                AND b.unit = u.value AND b.matter <> $5 GROUP BY b.what, b.unit",
            postgres: "SELECT b.unit, b.what, CAST(COUNT(*) AS BIGINT) AS count, \
                CAST(SUM(b.passed) AS BIGINT) AS passed \
                FROM jsonb_array_elements_text($4::text::jsonb) AS u(value) \
                JOIN burden b ON b.county = $1 AND b.year = $2 AND b.what = $3 \
                AND b.unit = u.value AND b.matter <> $5 GROUP BY b.what, b.unit"
        };
    }
}

/// One unit's documents, meetings, inspections or demands of a year.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BurdenRow {
    pub unit: String,
    pub what: String,
    pub count: i64,
    /// Of those, past a limit by a leader's leave.
    pub passed: i64,
}

/// Whose burden of one kind is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BurdenOf {
    pub year: i16,
    pub what: &'static str,
    pub units: Vec<String>,
    /// Not what this matter itself lays on them.
    pub but: Option<String>,
}

impl BurdenOf {
    fn lists(&self) -> (String, String) {
        (serde_json::json!(self.units).to_string(), self.but.clone().unwrap_or_default())
    }
}

impl Store {
    /// All that a year has laid on anybody.
    pub async fn burdens(
        &self,
        county: &CountyCode,
        year: i16,
    ) -> Result<Vec<BurdenRow>, StoreError> {
        fetch_all!(self, sql::BURDENS, county.as_str(), i64::from(year))
    }

    pub async fn burdens_of(
        &self,
        county: &CountyCode,
        of: &BurdenOf,
    ) -> Result<Vec<BurdenRow>, StoreError> {
        let (units, but) = of.lists();
        fetch_all!(
            self,
            sql::BURDENS_OF,
            county.as_str(),
            i64::from(of.year),
            of.what,
            &units,
            &but
        )
    }
}

impl Tx {
    /// As [`Store::burdens_of`], with what this transaction has written.
    pub async fn burdens_of(
        &mut self,
        county: &CountyCode,
        of: &BurdenOf,
    ) -> Result<Vec<BurdenRow>, StoreError> {
        self.direct().await?;
        let (units, but) = of.lists();
        let rows = on!(self, c => {
            bind!(
                sqlx::query_as(pick(c, sql::BURDENS_OF)),
                county.as_str(),
                i64::from(of.year),
                of.what,
                &units,
                &but
            )
            .fetch_all(c)
            .await?
        });
        Ok(rows)
    }
}
