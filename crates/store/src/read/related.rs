//! What stands beside a matter: others at the same place, open ones like it,
//! how often words like these led to an item and a unit.

use bihuan_domain::ids::CountyCode;
use bihuan_domain::instant::Instant;

use crate::engine::{Store, on_pool, pick};
use crate::error::StoreError;
use crate::registers::{bind, fetch_all};

pub(crate) mod sql {
    crate::engine::statements! {
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
