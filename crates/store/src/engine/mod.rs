//! Two databases, one behaviour. On SQLite one writer takes work from a bounded
//! queue and commits many pieces in one transaction; on PostgreSQL each piece
//! has a transaction of its own.
//!
//! Invariants: a caller is answered only after its own commit; work that
//! refuses has written nothing; work may be run more than once before it is
//! answered, so it must only act through [`Tx`].

mod dialect;
mod foreseen;
mod open;
mod pending;
mod postgres;
mod servers;
mod turn;
mod tx;
mod write;
mod writer;

pub use dialect::Sql;
pub(crate) use dialect::{clean, on, on_pool, pick, statements};
pub use foreseen::Foreseen;
pub use open::{Engine, Store};
pub use pending::{Answered, Loaded};
pub(crate) use servers::Servers;
pub use servers::{Role, Seen, addresses, look};
pub use turn::Turn;
pub(crate) use tx::Conn;
pub use tx::Tx;
pub use writer::WorkFuture;

pub(crate) mod statements {
    super::statements! {
        FIND_COMMAND = "SELECT sender, digest, result FROM command WHERE county = $1 AND id = $2";
        FIND_COMMANDS = {
            sqlite: "SELECT id, sender, digest, result FROM command WHERE county = $1 \
                AND id IN (SELECT value FROM json_each($2))",
            postgres: "SELECT id, sender, digest, result FROM command WHERE county = $1 \
                AND id = ANY (ARRAY (SELECT jsonb_array_elements_text($2::text::jsonb)))"
        };
        LOAD_STREAMS = {
            sqlite: "SELECT stream, canonical FROM entry WHERE county = $1 \
                AND stream IN (SELECT value FROM json_each($2)) ORDER BY stream, seq",
            postgres: "SELECT stream, canonical FROM entry WHERE county = $1 \
                AND stream = ANY (ARRAY (SELECT jsonb_array_elements_text($2::text::jsonb))) \
                ORDER BY stream, seq"
        };
        COUNTED = "SELECT count, from_us FROM throttle WHERE county = $1 AND key = $2";
        ATTEMPTS_COUNTED = {
            sqlite: "SELECT key, count, from_us FROM throttle WHERE county = $1 \
                AND key IN (SELECT value FROM json_each($2))",
            postgres: "SELECT key, count, from_us FROM throttle WHERE county = $1 \
                AND key = ANY (ARRAY (SELECT jsonb_array_elements_text($2::text::jsonb)))"
        };
        LOAD_STREAM = "SELECT canonical FROM entry WHERE county = $1 AND stream = $2 ORDER BY seq";
        LOCK_SHARED = {
            sqlite: "SELECT 1 WHERE $1 <> '' AND $2 <> ''",
            postgres: "SELECT pg_advisory_xact_lock_shared(hashtextextended($1 || '/' || $2, 0))"
        };
        LOCK_STREAM = {
            sqlite: "SELECT 1 WHERE $1 <> '' AND $2 <> ''",
            postgres: "SELECT pg_advisory_xact_lock(hashtextextended($1 || '/' || $2, 0))"
        };
        TAKE_TURN = {
            sqlite: "SELECT $1 <> '' AND $2 <> ''",
            postgres: "SELECT pg_try_advisory_xact_lock(hashtextextended($1 || '/' || $2, 0))"
        };
        LAST_NUMBER = "SELECT last FROM number_counter WHERE county = $1 AND series = $2";
        NEXT_NUMBER = "INSERT INTO number_counter (county, series, last) VALUES ($1, $2, $3) \
            ON CONFLICT (county, series) DO UPDATE SET last = number_counter.last + excluded.last \
            RETURNING last";
    }
}
