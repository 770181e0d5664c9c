//! What administrators keep: units, playbooks and holidays, read whole after
//! each change; people, posts, sessions and places, looked up one by one.

mod ask;
mod hold;
mod keep;
mod sql;

use sqlx::FromRow;

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

/// How many attempts a window holds, and when it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Counted {
    pub count: i64,
    pub from_us: i64,
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
pub(crate) use {bind, execute, fetch_all, fetch_one};
