//! Which counties a database holds: the one question asked before a county is
//! known.

use bihuan_domain::ids::CountyCode;

use crate::engine::{Store, on_pool, pick};
use crate::error::StoreError;

pub(crate) mod sql {
    crate::engine::statements! {
        COUNTIES = "SELECT DISTINCT county FROM playbook_version UNION SELECT DISTINCT county FROM person \
            ORDER BY county";
    }
}

impl Store {
    /// Every county with rules or people.
    pub async fn counties(&self) -> Result<Vec<CountyCode>, StoreError> {
        let rows: Vec<(String,)> =
            on_pool!(self, c => sqlx::query_as(pick(c, sql::COUNTIES)).fetch_all(c).await?);
        Ok(rows.into_iter().map(|(county,)| CountyCode::new(county)).collect())
    }
}
