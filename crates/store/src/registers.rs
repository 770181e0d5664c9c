//! What administrators keep: units, playbooks and holidays, read whole after
//! each change; people, posts, sessions and places, looked up one by one.

use bihuan_domain::ids::{CommandId, CountyCode, MatterId, PersonId};
use bihuan_domain::instant::Instant;
use sqlx::FromRow;

use crate::engine::{Store, Tx, on, on_pool, pick};
use crate::error::StoreError;

mod sql {
    crate::engine::statements! {
        UNITS = "SELECT code, name_zh, name_en, above, grid, merged_into, retired_us FROM unit \
            WHERE county = $1 ORDER BY code";
        PUT_UNIT = "INSERT INTO unit (county, code, name_zh, name_en, above, grid, merged_into, \
            retired_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
            ON CONFLICT (county, code) DO UPDATE SET name_zh = excluded.name_zh, \
            name_en = excluded.name_en, above = excluded.above, grid = excluded.grid, \
            merged_into = excluded.merged_into, retired_us = excluded.retired_us";
        PLAYBOOKS = "SELECT version, hash, files, from_us, applied_us, reverted_us \
            FROM playbook_version WHERE county = $1 ORDER BY applied_us, version";
        PUT_PLAYBOOK = "INSERT INTO playbook_version (county, version, hash, files, from_us, \
            applied_us) VALUES ($1, $2, $3, $4, $5, $6)";
        REVERT_PLAYBOOK = "UPDATE playbook_version SET reverted_us = $3 \
            WHERE county = $1 AND version = $2 AND reverted_us IS NULL";
        HOLIDAYS = "SELECT year, notice, body, loaded_us FROM holiday_year WHERE county = $1 \
            ORDER BY year";
        PUT_HOLIDAY = "INSERT INTO holiday_year (county, year, notice, body, loaded_us) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (county, year) DO UPDATE SET \
            notice = excluded.notice, body = excluded.body, loaded_us = excluded.loaded_us";
        PERSON = "SELECT id, login, name, phone, password, must_change, added_us, left_us \
            FROM person WHERE county = $1 AND id = $2";
        PERSON_BY_LOGIN = "SELECT id, login, name, phone, password, must_change, added_us, \
            left_us FROM person WHERE county = $1 AND login = $2";
        PEOPLE_AFTER = "SELECT id, login, name, phone, password, must_change, added_us, left_us \
            FROM person WHERE county = $1 AND login > $2 ORDER BY login LIMIT $3";
        PEOPLE_NAMES = {
            sqlite: "SELECT id, name FROM person WHERE county = $1 \
                AND id IN (SELECT value FROM json_each($2))",
            postgres: "SELECT id, name FROM person WHERE county = $1 AND id IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value))"
        };
        ADD_PERSON = "INSERT INTO person (county, id, login, name, phone, password, must_change, \
            added_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        SET_PASSWORD = "UPDATE person SET password = $3, must_change = $4 \
            WHERE county = $1 AND id = $2";
        LEAVE = "UPDATE person SET left_us = $3, password = NULL WHERE county = $1 AND id = $2";
        POSTS_OF = "SELECT id, person, role, unit, grid, granted_us, revoked_us FROM post \
            WHERE county = $1 AND person = $2 ORDER BY granted_us, id";
        POSTS_IN = "SELECT id, person, role, unit, grid, granted_us, revoked_us FROM post \
            WHERE county = $1 AND unit = $2 AND role = $3 AND revoked_us IS NULL ORDER BY id";
        POSTS_IN_GRID = "SELECT id, person, role, unit, grid, granted_us, revoked_us FROM post \
            WHERE county = $1 AND grid = $2 AND revoked_us IS NULL ORDER BY id";
        PUT_POST = "INSERT INTO post (county, id, person, role, unit, grid, granted_us) \
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        REVOKE_POST = "UPDATE post SET revoked_us = $3 \
            WHERE county = $1 AND id = $2 AND revoked_us IS NULL";
        MOVE_POSTS = "UPDATE post SET unit = $3 WHERE county = $1 AND unit = $2";
        ADD_SESSION = "INSERT INTO session (county, token, person, post, agent, made_us, seen_us, \
            ends_us) VALUES ($1, $2, $3, $4, $5, $6, $6, $7)";
        SESSION = "SELECT token, person, post, agent, made_us, seen_us, ends_us FROM session \
            WHERE county = $1 AND token = $2";
        SESSIONS_OF = "SELECT token, person, post, agent, made_us, seen_us, ends_us FROM session \
            WHERE county = $1 AND person = $2 ORDER BY made_us";
        CHOOSE_POST = "UPDATE session SET post = $3 WHERE county = $1 AND token = $2";
        END_SESSION = "DELETE FROM session WHERE county = $1 AND token = $2";
        END_SESSIONS_OF = "DELETE FROM session WHERE county = $1 AND person = $2";
        END_OLD_SESSIONS = "DELETE FROM session WHERE county = $1 AND ends_us < $2";
        THROTTLE = "INSERT INTO throttle (county, key, count, from_us) VALUES ($1, $2, 1, $3) \
            ON CONFLICT (county, key) DO UPDATE SET \
            count = CASE WHEN throttle.from_us < $4 THEN 1 ELSE throttle.count + 1 END, \
            from_us = CASE WHEN throttle.from_us < $4 THEN $3 ELSE throttle.from_us END \
            RETURNING count";
        UNTHROTTLE = "DELETE FROM throttle WHERE county = $1 AND key = $2";
        THROTTLED = "SELECT count FROM throttle WHERE county = $1 AND key = $2 AND from_us >= $3";
        PLACE = "SELECT id, name_zh, name_en, grid, lat_e6, lon_e6, generation, retired_us \
            FROM place WHERE county = $1 AND id = $2";
        PLACES_AFTER = "SELECT id, name_zh, name_en, grid, lat_e6, lon_e6, generation, retired_us \
            FROM place WHERE county = $1 AND id > $2 ORDER BY id LIMIT $3";
        PUT_PLACE = "INSERT INTO place (county, id, name_zh, name_en, grid, lat_e6, lon_e6, \
            generation, retired_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
            ON CONFLICT (county, id) DO UPDATE SET name_zh = excluded.name_zh, \
            name_en = excluded.name_en, grid = excluded.grid, lat_e6 = excluded.lat_e6, \
            lon_e6 = excluded.lon_e6, generation = excluded.generation, \
            retired_us = excluded.retired_us";
        MATTER_BY_CODE = "SELECT matter FROM report_code WHERE county = $1 AND code = $2";
        IDENTITY = "SELECT sealed FROM identity WHERE county = $1 AND matter = $2";
        MATTERS_BY_PHONE = "SELECT matter FROM identity WHERE county = $1 AND phone_key = $2 \
            ORDER BY matter DESC LIMIT 50";
        ATTACHMENT = "SELECT id, commitment, matter, sha256, kind, name, bytes, stored, thumb, \
            given_us FROM attachment WHERE county = $1 AND id = $2";
        ATTACHMENTS_OF = "SELECT id, commitment, matter, sha256, kind, name, bytes, stored, \
            thumb, given_us FROM attachment WHERE county = $1 AND matter = $2 ORDER BY id";
        SETTING = "SELECT value FROM setting WHERE county = $1 AND name = $2";
        PUT_SETTING = "INSERT INTO setting (county, name, value) VALUES ($1, $2, $3) \
            ON CONFLICT (county, name) DO UPDATE SET value = excluded.value";
        SAVED_LEDGERS = "SELECT id, name, query FROM saved_ledger WHERE county = $1 \
            AND person = $2 ORDER BY name, id";
        SAVE_LEDGER = "INSERT INTO saved_ledger (county, id, person, name, query) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (county, id) DO NOTHING";
        DROP_LEDGER = "DELETE FROM saved_ledger WHERE county = $1 AND person = $2 AND id = $3";
        FORGET_COMMANDS = "DELETE FROM command WHERE county = $1 AND at_us < $2";
    }
}

pub(crate) fn statements() -> &'static [(&'static str, crate::engine::Sql)] {
    sql::ALL
}

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct UnitRow {
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub above: Option<String>,
    pub grid: Option<String>,
    pub merged_into: Option<String>,
    pub retired_us: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PlaybookRow {
    pub version: String,
    pub hash: String,
    /// JSON array of [path, text].
    pub files: String,
    pub from_us: i64,
    pub applied_us: i64,
    pub reverted_us: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct HolidayRow {
    pub year: i64,
    pub notice: String,
    pub body: String,
    pub loaded_us: i64,
}

#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct PersonRow {
    pub id: String,
    pub login: String,
    pub name: String,
    pub phone: Option<String>,
    /// Argon2id in PHC form; none for people who were never given one.
    pub password: Option<String>,
    pub must_change: i64,
    pub added_us: i64,
    pub left_us: Option<i64>,
}

impl std::fmt::Debug for PersonRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonRow").field("id", &self.id).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PostRow {
    pub id: String,
    pub person: String,
    pub role: String,
    pub unit: String,
    pub grid: Option<String>,
    pub granted_us: i64,
    pub revoked_us: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct SessionRow {
    pub token: String,
    pub person: String,
    pub post: String,
    pub agent: String,
    pub made_us: i64,
    pub seen_us: i64,
    pub ends_us: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PlaceRow {
    pub id: String,
    pub name_zh: String,
    pub name_en: String,
    pub grid: String,
    pub lat_e6: Option<i64>,
    pub lon_e6: Option<i64>,
    pub generation: i64,
    pub retired_us: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct AttachmentRow {
    pub id: String,
    pub commitment: Option<String>,
    pub matter: Option<String>,
    pub sha256: String,
    pub kind: String,
    pub name: String,
    pub bytes: i64,
    /// Where the blob store keeps it.
    pub stored: String,
    pub thumb: Option<String>,
    pub given_us: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct SavedLedgerRow {
    pub id: String,
    pub name: String,
    pub query: String,
}

/// Binds each argument in turn.
macro_rules! bind {
    ($query:expr $(, $argument:expr)*) => {
        $query$(.bind($crate::engine::clean($argument)?))*
    };
}

macro_rules! fetch_all {
    ($store:expr, $sql:expr $(, $argument:expr)*) => {
        Ok(on_pool!($store, c => {
            bind!(sqlx::query_as(pick(c, $sql)) $(, $argument)*).fetch_all(c).await?
        }))
    };
}

macro_rules! fetch_one {
    ($store:expr, $sql:expr $(, $argument:expr)*) => {
        Ok(on_pool!($store, c => {
            bind!(sqlx::query_as(pick(c, $sql)) $(, $argument)*).fetch_optional(c).await?
        }))
    };
}

/// Writes at once, within the transaction; returns the rows touched.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $argument:expr)*) => {{
        $tx.direct().await?;
        Ok(on!($tx, c => {
            bind!(sqlx::query(pick(c, $sql)) $(, $argument)*).execute(c).await?.rows_affected()
        }))
    }};
}
pub(crate) use {bind, execute, fetch_all};

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

    /// Attempts under `key` since `since`.
    pub async fn attempts(
        &self,
        county: &CountyCode,
        key: &str,
        since: Instant,
    ) -> Result<i64, StoreError> {
        let row: Result<Option<(i64,)>, StoreError> =
            fetch_one!(self, sql::THROTTLED, county.as_str(), key, since.micros());
        Ok(row?.map_or(0, |(count,)| count))
    }
}

impl Tx {
    pub async fn put_unit(
        &mut self,
        county: &CountyCode,
        unit: &UnitRow,
    ) -> Result<u64, StoreError> {
        execute!(
            self,
            sql::PUT_UNIT,
            county.as_str(),
            &unit.code,
            &unit.name_zh,
            &unit.name_en,
            &unit.above,
            &unit.grid,
            &unit.merged_into,
            unit.retired_us
        )
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

    /// Counts one attempt under `key`; attempts before `since` are forgotten.
    pub async fn attempt(
        &mut self,
        county: &CountyCode,
        key: &str,
        now: Instant,
        since: Instant,
    ) -> Result<i64, StoreError> {
        self.direct().await?;
        let (count,): (i64,) = on!(self, c => {
            bind!(sqlx::query_as(pick(c, sql::THROTTLE)), county.as_str(), key, now.micros(), since.micros())
                .fetch_one(c)
                .await?
        });
        Ok(count)
    }

    pub async fn forget_attempts(
        &mut self,
        county: &CountyCode,
        key: &str,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::UNTHROTTLE, county.as_str(), key)
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
