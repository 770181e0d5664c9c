//! The outbox: messages to people, in the application and outside it. They
//! carry numbers and links, never a resident's words or identity.

use bihuan_domain::ids::{CountyCode, PersonId};
use bihuan_domain::instant::Instant;

use crate::engine::{Store, Tx, on, on_pool, pick};
use crate::error::StoreError;
use crate::registers::{bind, execute, fetch_all};

pub(crate) mod sql {
    crate::engine::statements! {
        FOR_PERSON = "SELECT id, person, channel, matter, kind, facts, made_us, after_us, \
            sent_us, read_us, tries, fault FROM message WHERE county = $1 AND person = $2 \
            ORDER BY made_us DESC, id DESC LIMIT $3";
        TO_SEND = "SELECT id, person, channel, matter, kind, facts, made_us, after_us, sent_us, \
            read_us, tries, fault FROM message WHERE county = $1 AND channel = $2 \
            AND sent_us IS NULL AND after_us <= $3 ORDER BY after_us, id LIMIT $4";
        SENT = "UPDATE message SET sent_us = $3, fault = NULL WHERE county = $1 AND id = $2";
        FAILED = "UPDATE message SET tries = tries + 1, fault = $3, after_us = $4 \
            WHERE county = $1 AND id = $2";
        // SQLite would read every message of the county instead.
        READ = {
            sqlite: "UPDATE message INDEXED BY message_person_idx SET read_us = $3 \
                WHERE county = $1 AND person = $2 AND read_us IS NULL",
            postgres: "UPDATE message SET read_us = $3 WHERE county = $1 AND person = $2 \
                AND read_us IS NULL"
        };
    }
}

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MessageRow {
    pub id: String,
    pub person: Option<String>,
    /// `in-app`, `mail` or `http`.
    pub channel: String,
    pub matter: Option<String>,
    pub kind: String,
    /// JSON: number, node, dates.
    pub facts: String,
    pub made_us: i64,
    /// Not before this moment (quiet hours, later tries).
    pub after_us: i64,
    pub sent_us: Option<i64>,
    pub read_us: Option<i64>,
    pub tries: i64,
    pub fault: Option<String>,
}

impl Store {
    pub async fn messages_for(
        &self,
        county: &CountyCode,
        person: PersonId,
        limit: u32,
    ) -> Result<Vec<MessageRow>, StoreError> {
        fetch_all!(self, sql::FOR_PERSON, county.as_str(), person.to_string(), i64::from(limit))
    }

    pub async fn messages_to_send(
        &self,
        county: &CountyCode,
        channel: &str,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<MessageRow>, StoreError> {
        fetch_all!(self, sql::TO_SEND, county.as_str(), channel, now.micros(), i64::from(limit))
    }
}

impl Tx {
    /// Queues a message; a second one with the same `dedupe` is dropped.
    pub fn put_message(&mut self, county: &CountyCode, dedupe: &str, message: &MessageRow) {
        self.put(
            &crate::table::MESSAGE,
            vec![
                county.as_str().into(),
                message.id.as_str().into(),
                dedupe.into(),
                message.person.as_deref().into(),
                message.channel.as_str().into(),
                message.matter.as_deref().into(),
                message.kind.as_str().into(),
                message.facts.as_str().into(),
                message.made_us.into(),
                message.after_us.into(),
                message.tries.into(),
            ],
        );
    }

    pub async fn message_sent(
        &mut self,
        county: &CountyCode,
        id: &str,
        at: Instant,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::SENT, county.as_str(), id, at.micros())
    }

    pub async fn message_failed(
        &mut self,
        county: &CountyCode,
        id: &str,
        fault: &str,
        again_at: Instant,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::FAILED, county.as_str(), id, fault, again_at.micros())
    }

    pub async fn messages_read(
        &mut self,
        county: &CountyCode,
        person: PersonId,
        at: Instant,
    ) -> Result<u64, StoreError> {
        execute!(self, sql::READ, county.as_str(), person.to_string(), at.micros())
    }
}
