//! Where tests find PostgreSQL. `make test` always gives one; without it, on a developer's machine,
//! a test may do only its SQLite half, but never on a run that promised both.

const MISSING: &str = "this run promised PostgreSQL, but BIHUAN_TEST_POSTGRES names none: \
                       run it as `scripts/with-postgres.sh cargo test`";

/// Address of a server on which tests may create databases, such as
/// `postgres://bihuan@127.0.0.1:5544/postgres`.
///
/// # Panics
/// When `BIHUAN_REQUIRE_POSTGRES` or `CI` is set and there is none.
pub fn server() -> Option<String> {
    let address = std::env::var("BIHUAN_TEST_POSTGRES").ok();
    choose(address, is_promised()).unwrap_or_else(|missing| panic!("{missing}"))
}

/// Whether a test that finds no PostgreSQL must fail instead of doing less.
pub(crate) fn is_promised() -> bool {
    ["BIHUAN_REQUIRE_POSTGRES", "CI"].iter().any(|name| std::env::var_os(name).is_some())
}

fn choose(address: Option<String>, promised: bool) -> Result<Option<String>, &'static str> {
    let address = address.filter(|address| !address.is_empty());
    if promised && address.is_none() { Err(MISSING) } else { Ok(address) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_promised_postgres_fails_without_it() {
        assert_eq!(choose(None, true), Err(MISSING));
        assert_eq!(choose(Some(String::new()), true), Err(MISSING));
    }

    #[test]
    fn a_run_that_promised_nothing_may_go_without() {
        assert_eq!(choose(None, false), Ok(None));
    }

    #[test]
    fn a_named_server_is_used() {
        let address = "postgres://bihuan@127.0.0.1:5544/postgres".to_owned();
        assert_eq!(choose(Some(address.clone()), true), Ok(Some(address)));
    }
}
