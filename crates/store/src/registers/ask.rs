//! What is asked of the registers, outside any transaction.

use bihuan_domain::ids::{CommandId, CountyCode, MatterId, PersonId};
use bihuan_domain::instant::Instant;

use super::{
    AttachmentRow, HolidayRow, PersonRow, PlaceRow, PlaybookRow, PostRow, SavedLedgerRow,
    SessionRow, UnitRow, bind, fetch_all, fetch_one, sql,
};
use crate::engine::{Store, on_pool, pick};
use crate::error::StoreError;

impl Store {
    pub async fn units(&self, county: &CountyCode) -> Result<Vec<UnitRow>, StoreError> {
        fetch_all!(self, sql::UNITS, county.as_str())
    }

    pub async fn playbooks(&self, county: &CountyCode) -> Result<Vec<PlaybookRow>, StoreError> {
        fetch_all!(self, sql::PLAYBOOKS, county.as_str())
    }

    pub async fn holidays(&self, county: &CountyCode) -> Result<Vec<HolidayRow>, StoreError> {
        fetch_all!(self, sql::HOLIDAYS, county.as_str())
    }

    pub async fn person(
        &self,
        county: &CountyCode,
        id: PersonId,
    ) -> Result<Option<PersonRow>, StoreError> {
        fetch_one!(self, sql::PERSON, county.as_str(), id.to_string())
    }

    pub async fn person_by_login(
        &self,
        county: &CountyCode,
        login: &str,
    ) -> Result<Option<PersonRow>, StoreError> {
        fetch_one!(self, sql::PERSON_BY_LOGIN, county.as_str(), login)
    }

    pub async fn people_after(
        &self,
        county: &CountyCode,
        login: &str,
        limit: u32,
    ) -> Result<Vec<PersonRow>, StoreError> {
        fetch_all!(self, sql::PEOPLE_AFTER, county.as_str(), login, i64::from(limit))
    }

    /// Names by id.
    pub async fn names(
        &self,
        county: &CountyCode,
        people: &[PersonId],
    ) -> Result<Vec<(String, String)>, StoreError> {
        let ids = serde_json::json!(people).to_string();
        fetch_all!(self, sql::PEOPLE_NAMES, county.as_str(), &ids)
    }

    pub async fn posts_of(
        &self,
        county: &CountyCode,
        person: PersonId,
    ) -> Result<Vec<PostRow>, StoreError> {
        fetch_all!(self, sql::POSTS_OF, county.as_str(), person.to_string())
    }

    pub async fn posts_in(
        &self,
        county: &CountyCode,
        unit: &str,
        role: &str,
    ) -> Result<Vec<PostRow>, StoreError> {
        fetch_all!(self, sql::POSTS_IN, county.as_str(), unit, role)
    }

    pub async fn posts_in_grid(
        &self,
        county: &CountyCode,
        grid: &str,
    ) -> Result<Vec<PostRow>, StoreError> {
        fetch_all!(self, sql::POSTS_IN_GRID, county.as_str(), grid)
    }

    pub async fn session(
        &self,
        county: &CountyCode,
        token: &str,
    ) -> Result<Option<SessionRow>, StoreError> {
        fetch_one!(self, sql::SESSION, county.as_str(), token)
    }

    pub async fn sessions_of(
        &self,
        county: &CountyCode,
        person: PersonId,
    ) -> Result<Vec<SessionRow>, StoreError> {
        fetch_all!(self, sql::SESSIONS_OF, county.as_str(), person.to_string())
    }

    pub async fn place(
        &self,
        county: &CountyCode,
        id: &str,
    ) -> Result<Option<PlaceRow>, StoreError> {
        fetch_one!(self, sql::PLACE, county.as_str(), id)
    }

    pub async fn places_after(
        &self,
        county: &CountyCode,
        id: &str,
        limit: u32,
    ) -> Result<Vec<PlaceRow>, StoreError> {
        fetch_all!(self, sql::PLACES_AFTER, county.as_str(), id, i64::from(limit))
    }

    /// Whether this command was done before.
    pub async fn was_answered(
        &self,
        county: &CountyCode,
        id: CommandId,
    ) -> Result<bool, StoreError> {
        let id = id.to_string();
        let row: Result<Option<(String, String, String)>, StoreError> =
            fetch_one!(self, crate::engine::statements::FIND_COMMAND, county.as_str(), id);
        Ok(row?.is_some())
    }

    /// The matter a report's code opens; `code` is its keyed hash.
    pub async fn matter_by_code(
        &self,
        county: &CountyCode,
        code: &str,
    ) -> Result<Option<MatterId>, StoreError> {
        let row: Result<Option<(String,)>, StoreError> =
            fetch_one!(self, sql::MATTER_BY_CODE, county.as_str(), code);
        Ok(row?.and_then(|(id,)| id.parse().ok()))
    }

    /// The encrypted identity of a matter's reporter.
    pub async fn identity(
        &self,
        county: &CountyCode,
        matter: MatterId,
    ) -> Result<Option<String>, StoreError> {
        let row: Result<Option<(String,)>, StoreError> =
            fetch_one!(self, sql::IDENTITY, county.as_str(), matter.to_string());
        Ok(row?.map(|(sealed,)| sealed))
    }

    /// Matters whose reporter left this phone; `key` is its keyed hash.
    pub async fn matters_by_phone(
        &self,
        county: &CountyCode,
        key: &str,
    ) -> Result<Vec<MatterId>, StoreError> {
        let rows: Result<Vec<(String,)>, StoreError> =
            fetch_all!(self, sql::MATTERS_BY_PHONE, county.as_str(), key);
        Ok(rows?.into_iter().filter_map(|(id,)| id.parse().ok()).collect())
    }

    pub async fn attachment(
        &self,
        county: &CountyCode,
        id: &str,
    ) -> Result<Option<AttachmentRow>, StoreError> {
        fetch_one!(self, sql::ATTACHMENT, county.as_str(), id)
    }

    /// Rows whose id comes before this, the last first.
    pub async fn attachments_before(
        &self,
        county: &CountyCode,
        id: &str,
        limit: u32,
    ) -> Result<Vec<AttachmentRow>, StoreError> {
        fetch_all!(self, sql::ATTACHMENTS_BEFORE, county.as_str(), id, i64::from(limit))
    }

    pub async fn attachments_of(
        &self,
        county: &CountyCode,
        matter: MatterId,
    ) -> Result<Vec<AttachmentRow>, StoreError> {
        fetch_all!(self, sql::ATTACHMENTS_OF, county.as_str(), matter.to_string())
    }

    pub async fn setting(
        &self,
        county: &CountyCode,
        name: &str,
    ) -> Result<Option<String>, StoreError> {
        let row: Result<Option<(String,)>, StoreError> =
            fetch_one!(self, sql::SETTING, county.as_str(), name);
        Ok(row?.map(|(value,)| value))
    }

    pub async fn saved_ledgers(
        &self,
        county: &CountyCode,
        person: PersonId,
    ) -> Result<Vec<SavedLedgerRow>, StoreError> {
        fetch_all!(self, sql::SAVED_LEDGERS, county.as_str(), person.to_string())
    }

    /// Attempts under `key` in a window that began between these.
    pub async fn attempts(
        &self,
        county: &CountyCode,
        key: &str,
        (since, until): (Instant, Instant),
    ) -> Result<i64, StoreError> {
        let (since, until) = (since.micros(), until.micros());
        let row: Result<Option<(i64,)>, StoreError> =
            fetch_one!(self, sql::THROTTLED, county.as_str(), key, since, until);
        Ok(row?.map_or(0, |(count,)| count))
    }
}
