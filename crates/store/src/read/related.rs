//! What stands beside a matter: others at the same place, open ones like it,
//! how often words like these led to an item and a unit, what was taken over from
//! elsewhere.

use std::collections::BTreeMap;

use bihuan_domain::ids::{CountyCode, MatterId};
use bihuan_domain::instant::Instant;

use crate::engine::{Store, Tx, on, on_pool, pick};
use crate::error::StoreError;
use crate::registers::{bind, fetch_all};

pub(crate) mod sql {
    crate::engine::statements! {
        OF_ORIGINS = {
            sqlite: "SELECT m.origin, m.origin_id, m.matter FROM json_each($2) AS o \
                CROSS JOIN matter_view m ON m.county = $1 \
                AND m.origin = json_extract(o.value, '$[0]') \
                AND m.origin_id = json_extract(o.value, '$[1]') AND m.origin IS NOT NULL",
            postgres: "SELECT m.origin, m.origin_id, m.matter FROM \
                jsonb_array_elements($2::text::jsonb) AS o(value) \
                JOIN matter_view m ON m.county = $1 AND m.origin = o.value->>0 \
                AND m.origin_id = o.value->>1 AND m.origin IS NOT NULL"
        };
        ITEM_UNITS = "SELECT lead_unit, CAST(COUNT(*) AS BIGINT), CAST(SUM(returns) AS BIGINT) \
            FROM (SELECT lead_unit, returns FROM matter_view WHERE county = $1 AND class = $2 \
            AND filed_us >= $4 AND item = $3 AND lead_unit IS NOT NULL \
            ORDER BY filed_us DESC LIMIT 500) AS recent GROUP BY lead_unit ORDER BY 2 DESC, 1";
    }
}

impl Store {
    /// Which units recent matters of an item went to: unit, matters, returns.
    /// Looks at the latest 500.
    pub async fn item_units(
        &self,
        county: &CountyCode,
        class: &str,
        item: &str,
        since: Instant,
    ) -> Result<Vec<(String, i64, i64)>, StoreError> {
        fetch_all!(self, sql::ITEM_UNITS, county.as_str(), class, item, since.micros())
    }
}

impl Tx {
    /// Which of these (origin, id there) were taken over, and as which matters.
    pub async fn matters_of_origins(
        &mut self,
        county: &CountyCode,
        origins: &[(String, String)],
    ) -> Result<BTreeMap<(String, String), MatterId>, StoreError> {
        self.direct().await?;
        let asked = serde_json::json!(origins).to_string();
        let rows: Vec<(String, String, String)> = on!(self, c => {
            bind!(sqlx::query_as(pick(c, sql::OF_ORIGINS)), county.as_str(), &asked)
                .fetch_all(c)
                .await?
        });
        let found = rows.into_iter().map(|(origin, id, matter)| {
            let matter = matter.parse().map_err(|fault| StoreError::row("matter_view", fault))?;
            Ok(((origin, id), matter))
        });
        found.collect()
    }
}
