//! What a command decides by: read within its transaction, and held so that it
//! is still so when the command is committed. Taken in this order, so that no
//! two wait for each other: units, people, places, then matters and streams.

use bihuan_domain::access::Role;
use bihuan_domain::ids::{CountyCode, MatterId, PersonId};

use super::{PersonRow, PlaceRow, PostRow, UnitRow, bind, sql};
use crate::engine::{Tx, on, pick};
use crate::error::StoreError;

const UNITS: &str = "register:units";
const PEOPLE: &str = "register:people";
const PLACES: &str = "register:places";
const BURDEN: &str = "burden";

/// Reads within the transaction what was written in it before.
macro_rules! read {
    ($tx:expr, $sql:expr $(, $argument:expr)*) => {{
        $tx.direct().await?;
        on!($tx, c => {
            bind!(sqlx::query_as(pick(c, $sql)) $(, $argument)*).fetch_all(c).await?
        })
    }};
}

impl Tx {
    /// For changing the units: nobody else changes or relies on them until this
    /// transaction ends.
    pub async fn hold_units(&mut self, county: &CountyCode) -> Result<(), StoreError> {
        self.lock(county, UNITS).await
    }

    /// For relying on the units: they stay as they are until this transaction
    /// ends. Others may rely on them too.
    pub async fn keep_units(&mut self, county: &CountyCode) -> Result<(), StoreError> {
        self.lock_shared(county, UNITS).await
    }

    pub async fn units(&mut self, county: &CountyCode) -> Result<Vec<UnitRow>, StoreError> {
        Ok(read!(self, sql::UNITS, county.as_str()))
    }

    /// Whether a unit is known and not merged into another.
    pub async fn stands(&mut self, county: &CountyCode, unit: &str) -> Result<bool, StoreError> {
        let rows: Vec<(String,)> = read!(self, sql::UNIT_STANDS, county.as_str(), unit);
        Ok(!rows.is_empty())
    }

    /// Open matters a unit leads or co-handles, at most `limit`.
    pub async fn open_matters_of(
        &mut self,
        county: &CountyCode,
        unit: &str,
        limit: u32,
    ) -> Result<Vec<MatterId>, StoreError> {
        let rows: Vec<(String,)> =
            read!(self, sql::OPEN_MATTERS_OF, county.as_str(), unit, i64::from(limit));
        Ok(rows.into_iter().filter_map(|(id,)| id.parse().ok()).collect())
    }

    /// Nobody else adds people, lets them leave or gives and takes posts until
    /// this transaction ends.
    pub async fn hold_people(&mut self, county: &CountyCode) -> Result<(), StoreError> {
        self.lock(county, PEOPLE).await
    }

    pub async fn person(
        &mut self,
        county: &CountyCode,
        id: PersonId,
    ) -> Result<Option<PersonRow>, StoreError> {
        let rows: Vec<PersonRow> = read!(self, sql::PERSON, county.as_str(), id.to_string());
        Ok(rows.into_iter().next())
    }

    /// The posts a person holds now.
    pub async fn posts_of(
        &mut self,
        county: &CountyCode,
        person: PersonId,
    ) -> Result<Vec<PostRow>, StoreError> {
        let rows: Vec<PostRow> = read!(self, sql::POSTS_OF, county.as_str(), person.to_string());
        Ok(rows.into_iter().filter(|post| post.revoked_us.is_none()).collect())
    }

    /// People who hold a post of this role now and can sign in.
    pub async fn holders(
        &mut self,
        county: &CountyCode,
        role: Role,
    ) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = read!(self, sql::HOLDERS, county.as_str(), role.code());
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Nobody else adds to what a year lays on units, where it has a limit, until
    /// this transaction ends.
    pub async fn hold_burden(&mut self, county: &CountyCode) -> Result<(), StoreError> {
        self.lock(county, BURDEN).await
    }

    /// A place, which nobody else changes until this transaction ends.
    pub async fn hold_place(
        &mut self,
        county: &CountyCode,
        id: &str,
    ) -> Result<Option<PlaceRow>, StoreError> {
        self.lock(county, PLACES).await?;
        let rows: Vec<PlaceRow> = read!(self, sql::PLACE, county.as_str(), id);
        Ok(rows.into_iter().next())
    }
}
