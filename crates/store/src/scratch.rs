//! Empty databases on a PostgreSQL server, made for one use and dropped after:
//! tests, and trying a back-up out.

use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use crate::error::StoreError;

/// Creates an empty database on `server` in place of one of the same name;
/// returns its address.
pub async fn create(server: &str, name: &str) -> Result<String, StoreError> {
    let name = plain(name)?;
    drop(server, name).await?;
    run(
        server,
        format!(
            "CREATE DATABASE {name} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0 \
             STRATEGY file_copy"
        ),
    )
    .await?;
    let options = PgConnectOptions::from_str(server)?.database(name);
    Ok(options.to_url_lossy().to_string())
}

pub async fn drop(server: &str, name: &str) -> Result<(), StoreError> {
    let name = plain(name)?;
    run(server, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await
}

/// Names are not arguments of a statement, so only plain ones are let in.
fn plain(name: &str) -> Result<&str, StoreError> {
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    if !name.is_empty() && name.chars().all(|letter| letter == '_' || is_plain(letter)) {
        return Ok(name);
    }
    Err(StoreError::UnknownEngine(name.to_owned()))
}

async fn run(server: &str, statement: String) -> Result<(), StoreError> {
    let mut connection = PgConnection::connect(server).await?;
    sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_could_end_the_statement_is_refused() {
        assert!(plain("bihuan_test_1").is_ok());
        assert!(plain("a; DROP DATABASE b").is_err());
        assert!(plain("").is_err());
    }
}
