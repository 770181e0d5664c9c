//! How many matters stand where.

use bihuan_domain::ids::CountyCode;

use super::list::Filter;
use super::reach::Reach;
use super::select::{Finished, Select, run};
use crate::engine::{Store, on_pool};
use crate::error::StoreError;

impl Store {
    /// Matters by stage; each is counted once.
    pub async fn stage_counts(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        Ok(run!(self, self.by_stage(county, reach, filter)))
    }

    pub(super) fn by_stage(&self, county: &CountyCode, reach: &Reach, filter: &Filter) -> Finished {
        let mut select =
            Select::from("SELECT m.stage, CAST(COUNT(*) AS BIGINT) FROM matter_view m");
        self.narrow(&mut select, county, reach, filter);
        select.finish("GROUP BY m.stage ORDER BY m.stage")
    }
}
