//! Which text a statement has on which engine, and how one body of code serves
//! both.

/// A statement's text on each engine; mostly the same.
#[derive(Clone, Copy, Debug)]
pub struct Sql {
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

pub(crate) trait Dialect {
    const POSTGRES: bool;
}

impl Dialect for sqlx::SqliteConnection {
    const POSTGRES: bool = false;
}

impl Dialect for sqlx::PgConnection {
    const POSTGRES: bool = true;
}

impl Dialect for sqlx::SqlitePool {
    const POSTGRES: bool = false;
}

impl Dialect for sqlx::PgPool {
    const POSTGRES: bool = true;
}

pub(crate) fn pick<C: Dialect>(_: &C, sql: Sql) -> &'static str {
    if C::POSTGRES { sql.postgres } else { sql.sqlite }
}

/// Names statements and lists them, so that a test can prepare each on both
/// engines.
macro_rules! statements {
    ($($name:ident = $body:tt;)*) => {
        $(pub(crate) const $name: $crate::engine::Sql = $crate::engine::statements!(@one $body);)*
        pub(crate) const ALL: &[(&str, $crate::engine::Sql)] = &[$((stringify!($name), $name)),*];
    };
    (@one { sqlite: $sqlite:expr, postgres: $postgres:expr }) => {
        $crate::engine::Sql { sqlite: $sqlite, postgres: $postgres }
    };
    (@one $text:expr) => { $crate::engine::Sql { sqlite: $text, postgres: $text } };
}

/// Expands `$body` once for each engine with `$c` the concrete connection.
macro_rules! on {
    ($tx:expr, $c:ident => $body:expr) => {
        match &mut $tx.conn {
            $crate::engine::Conn::Sqlite(t) => {
                let $c = &mut **t;
                $body
            }
            $crate::engine::Conn::Postgres(t) => {
                let $c = &mut **t;
                $body
            }
        }
    };
}

/// The same for a read outside any transaction.
macro_rules! on_pool {
    ($store:expr, $c:ident => $body:expr) => {
        match $store.engine() {
            $crate::engine::Engine::Sqlite(pool) => {
                let $c = pool;
                $body
            }
            $crate::engine::Engine::Postgres(pool) => {
                let $c = pool;
                $body
            }
        }
    };
}

pub(crate) use {on, on_pool, statements};
