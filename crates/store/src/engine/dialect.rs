//! Which text a statement has on which engine, and how one body of code serves
//! both.

use crate::error::StoreError;

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

/// Expands `$body` once for each engine with `$c` the concrete connection. A
/// failure is noted in the transaction, whatever becomes of the error after;
/// nothing is run after it, since SQLite may have ended the transaction, and
/// what follows would then be kept statement by statement.
macro_rules! on {
    ($tx:expr, $c:ident => $body:expr) => {{
        $tx.may_go_on()?;
        let outcome = match &mut $tx.conn {
            $crate::engine::Conn::Sqlite(t) => {
                let $c = &mut **t;
                async { Ok::<_, $crate::error::StoreError>($body) }.await
            }
            $crate::engine::Conn::Postgres(t) => {
                let $c = &mut **t;
                async { Ok::<_, $crate::error::StoreError>($body) }.await
            }
        };
        match outcome {
            Ok(done) => done,
            Err(fault) => {
                $tx.failed(&fault);
                return Err(fault);
            }
        }
    }};
}

/// The same for a read outside any transaction.
macro_rules! on_pool {
    ($store:expr, $c:ident => $body:expr) => {
        match &$store.engine() {
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

/// Whether a value holds a character no engine is given.
pub(crate) trait Clean {
    fn has_nul(&self) -> bool;
}

impl Clean for i64 {
    fn has_nul(&self) -> bool {
        false
    }
}

impl Clean for str {
    fn has_nul(&self) -> bool {
        self.contains('\0')
    }
}

impl Clean for String {
    fn has_nul(&self) -> bool {
        self.as_str().has_nul()
    }
}

impl<T: Clean> Clean for Option<T> {
    fn has_nul(&self) -> bool {
        self.as_ref().is_some_and(Clean::has_nul)
    }
}

impl<T: Clean + ?Sized> Clean for &T {
    fn has_nul(&self) -> bool {
        (**self).has_nul()
    }
}

pub(crate) fn clean<T: Clean>(value: T) -> Result<T, StoreError> {
    if value.has_nul() { Err(StoreError::Nul) } else { Ok(value) }
}

pub(crate) use {on, on_pool, statements};
