//! What is kept in the registers, within a transaction.

use bihuan_domain::ids::{CommandId, CountyCode, MatterId, PersonId};
use bihuan_domain::instant::Instant;

use super::{
    AttachmentRow, HolidayRow, PersonRow, PlaceRow, PlaybookRow, PostRow, SessionRow, UnitRow,
    bind, execute, sql,
};
use crate::engine::{Tx, on, pick};
use crate::error::StoreError;

impl Tx {
    pub async fn add_unit(
        &mut self,
        county: &CountyCode,
        unit: &UnitRow,
    ) -> Result<u64, StoreError> {
        execute!(
            self,
            sql::ADD_UNIT,
            county.as_str(),
            &unit.code,
            &unit.name_zh,
            &unit.name_en,
            &unit.above,
            &unit.grid
        )
    }

    /// Ends a unit; says 0 when it does not stand.
    pub async fn merge_unit(
        &mut self,
        county: &CountyCode,
        from: &str,
        into: &str,
        at: Instant,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::MERGE_UNIT, county.as_str(), from, into, at.micros())
    }

    /// Puts the units below one below another.
    pub async fn move_units(
        &mut self,
        county: &CountyCode,
        from: &str,
        into: &str,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::MOVE_UNITS, county.as_str(), from, into)
    }

    pub async fn put_playbook(
        &mut self,
        county: &CountyCode,
        playbook: &PlaybookRow,
    ) -> Result<u64, StoreError> {
        execute!(
            self,
            sql::PUT_PLAYBOOK,
            county.as_str(),
            &playbook.version,
            &playbook.hash,
            &playbook.files,
            playbook.from_us,
            playbook.applied_us
        )
    }

    pub async fn revert_playbook(
        &mut self,
        county: &CountyCode,
        version: &str,
        at: Instant,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::REVERT_PLAYBOOK, county.as_str(), version, at.micros())
    }

    pub async fn put_holiday(
        &mut self,
        county: &CountyCode,
        year: &HolidayRow,
    ) -> Result<u64, StoreError> {
        execute!(
            self,
            sql::PUT_HOLIDAY,
            county.as_str(),
            year.year,
            &year.notice,
            &year.body,
            year.loaded_us
        )
    }

    pub async fn add_person(
        &mut self,
        county: &CountyCode,
        person: &PersonRow,
    ) -> Result<u64, StoreError> {
        execute!(
            self,
            sql::ADD_PERSON,
            county.as_str(),
            &person.id,
            &person.login,
            &person.name,
            &person.phone,
            &person.password,
            person.must_change,
            person.added_us
        )
    }

    pub async fn set_password(
        &mut self,
        county: &CountyCode,
        person: PersonId,
        password: &str,
        must_change: bool,
    ) -> Result<u64, StoreError> {
        execute!(
            self,
            sql::SET_PASSWORD,
            county.as_str(),
            person.to_string(),
            password,
            i64::from(must_change)
        )
    }

    pub async fn leave(
        &mut self,
        county: &CountyCode,
        person: PersonId,
        at: Instant,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::LEAVE, county.as_str(), person.to_string(), at.micros())
    }

    pub async fn put_post(
        &mut self,
        county: &CountyCode,
        post: &PostRow,
    ) -> Result<u64, StoreError> {
        execute!(
            self,
            sql::PUT_POST,
            county.as_str(),
            &post.id,
            &post.person,
            &post.role,
            &post.unit,
            &post.grid,
            post.granted_us
        )
    }

    pub async fn revoke_post(
        &mut self,
        county: &CountyCode,
        post: &str,
        at: Instant,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::REVOKE_POST, county.as_str(), post, at.micros())
    }

    pub async fn move_posts(
        &mut self,
        county: &CountyCode,
        from: &str,
        into: &str,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::MOVE_POSTS, county.as_str(), from, into)
    }

    pub async fn add_session(
        &mut self,
        county: &CountyCode,
        session: &SessionRow,
    ) -> Result<u64, StoreError> {
        execute!(
            self,
            sql::ADD_SESSION,
            county.as_str(),
            &session.token,
            &session.person,
            &session.post,
            &session.agent,
            session.made_us,
            session.ends_us
        )
    }

    pub async fn choose_post(
        &mut self,
        county: &CountyCode,
        token: &str,
        post: &str,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::CHOOSE_POST, county.as_str(), token, post)
    }

    pub async fn end_session(
        &mut self,
        county: &CountyCode,
        token: &str,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::END_SESSION, county.as_str(), token)
    }

    pub async fn end_sessions_of(
        &mut self,
        county: &CountyCode,
        person: PersonId,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::END_SESSIONS_OF, county.as_str(), person.to_string())
    }

    pub async fn end_old_sessions(
        &mut self,
        county: &CountyCode,
        before: Instant,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::END_OLD_SESSIONS, county.as_str(), before.micros())
    }

    /// Uncounts one attempt of the window that began at `from_us`; one that is
    /// over meanwhile is left alone.
    pub async fn take_back(
        &mut self,
        county: &CountyCode,
        key: &str,
        from_us: i64,
    ) -> Result<u64, StoreError> {
        self.lock(county, key).await?;
        let taken = execute!(self, sql::TAKE_BACK, county.as_str(), key, from_us);
        self.forget_counted(county, key);
        taken
    }

    pub async fn forget_attempts(
        &mut self,
        county: &CountyCode,
        key: &str,
    ) -> Result<u64, StoreError> {
        self.lock(county, key).await?;
        let gone = execute!(self, sql::UNTHROTTLE, county.as_str(), key);
        self.forget_counted(county, key);
        gone
    }

    /// Forgets every attempt whose window began before this.
    pub async fn forget_old_attempts(
        &mut self,
        county: &CountyCode,
        before: Instant,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::FORGET_ATTEMPTS, county.as_str(), before.micros())
    }

    /// Says 0 when a place of this id is there already.
    pub async fn add_place(
        &mut self,
        county: &CountyCode,
        place: &PlaceRow,
    ) -> Result<u64, StoreError> {
        execute!(
            self,
            sql::ADD_PLACE,
            county.as_str(),
            &place.id,
            &place.name_zh,
            &place.name_en,
            &place.grid,
            place.lat_e6,
            place.lon_e6,
            place.generation,
            place.retired_us
        )
    }

    pub async fn put_place(
        &mut self,
        county: &CountyCode,
        place: &PlaceRow,
    ) -> Result<u64, StoreError> {
        execute!(
            self,
            sql::PUT_PLACE,
            county.as_str(),
            &place.id,
            &place.name_zh,
            &place.name_en,
            &place.grid,
            place.lat_e6,
            place.lon_e6,
            place.generation,
            place.retired_us
        )
    }

    pub async fn put_setting(
        &mut self,
        county: &CountyCode,
        name: &str,
        value: &str,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::PUT_SETTING, county.as_str(), name, value)
    }

    pub async fn save_ledger(
        &mut self,
        county: &CountyCode,
        id: CommandId,
        person: PersonId,
        name: &str,
        query: &str,
    ) -> Result<u64, StoreError> {
        execute!(
            self,
            sql::SAVE_LEDGER,
            county.as_str(),
            id.to_string(),
            person.to_string(),
            name,
            query
        )
    }

    /// Forgets what the person kept under this name before.
    pub async fn replace_ledger(
        &mut self,
        county: &CountyCode,
        id: CommandId,
        person: PersonId,
        name: &str,
    ) -> Result<u64, StoreError> {
        execute!(
            self,
            sql::REPLACE_LEDGER,
            county.as_str(),
            person.to_string(),
            name,
            id.to_string()
        )
    }

    pub async fn drop_ledger(
        &mut self,
        county: &CountyCode,
        person: PersonId,
        id: &str,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::DROP_LEDGER, county.as_str(), person.to_string(), id)
    }

    /// Forgets the answers to commands older than this.
    pub async fn forget_commands(
        &mut self,
        county: &CountyCode,
        before: Instant,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::FORGET_COMMANDS, county.as_str(), before.micros())
    }

    pub fn put_identity(
        &mut self,
        county: &CountyCode,
        matter: MatterId,
        sealed: &str,
        phone_key: Option<&str>,
    ) {
        self.put(
            &crate::table::IDENTITY,
            vec![
                county.as_str().into(),
                matter.to_string().into(),
                sealed.into(),
                phone_key.into(),
            ],
        );
    }

    pub fn put_report_code(&mut self, county: &CountyCode, code: &str, matter: MatterId) {
        self.put(
            &crate::table::REPORT_CODE,
            vec![county.as_str().into(), code.into(), matter.to_string().into()],
        );
    }

    pub fn put_attachment(&mut self, county: &CountyCode, row: &AttachmentRow) {
        self.put(
            &crate::table::ATTACHMENT,
            vec![
                county.as_str().into(),
                row.id.as_str().into(),
                row.commitment.as_deref().into(),
                row.matter.as_deref().into(),
                row.sha256.as_str().into(),
                row.kind.as_str().into(),
                row.name.as_str().into(),
                row.bytes.into(),
                row.stored.as_str().into(),
                row.thumb.as_deref().into(),
                row.given_us.into(),
            ],
        );
    }
}
