//! What must not run twice at the same time runs for whoever has the turn: on
//! PostgreSQL of all nodes one, on SQLite of one process one.
//!
//! A node that dies loses its turn with its connection.

use std::sync::Arc;

use bihuan_domain::ids::CountyCode;
use sqlx::{Postgres, Transaction};
use tokio::sync::OwnedMutexGuard;

use super::open::{Store, Ways};
use super::{clean, statements as sql};
use crate::error::StoreError;

/// Held until it is dropped.
pub struct Turn(Held);

enum Held {
    Here { _guard: OwnedMutexGuard<()> },
    Everywhere(Transaction<'static, Postgres>),
}

impl Store {
    /// Takes the turn of this name; none while another has it.
    pub async fn try_turn(
        &self,
        county: &CountyCode,
        name: &str,
    ) -> Result<Option<Turn>, StoreError> {
        match self.ways() {
            Ways::Sqlite { turn, .. } => {
                let free = Arc::clone(turn).try_lock_owned().ok();
                Ok(free.map(|guard| Turn(Held::Here { _guard: guard })))
            }
            Ways::Postgres(postgres) => {
                let mut tx = postgres.pool().begin().await?;
                let (taken,): (bool,) = sqlx::query_as(sql::TAKE_TURN.postgres)
                    .bind(county.as_str())
                    .bind(clean(name)?)
                    .fetch_one(&mut *tx)
                    .await?;
                Ok(taken.then_some(Turn(Held::Everywhere(tx))))
            }
        }
    }

    /// Takes the turn of this name when whoever has it ends.
    pub async fn turn_of(&self, county: &CountyCode, name: &str) -> Result<Turn, StoreError> {
        match self.ways() {
            Ways::Sqlite { turn, .. } => {
                Ok(Turn(Held::Here { _guard: Arc::clone(turn).lock_owned().await }))
            }
            Ways::Postgres(postgres) => {
                let mut tx = postgres.pool().begin().await?;
                sqlx::query(sql::LOCK_STREAM.postgres)
                    .bind(county.as_str())
                    .bind(clean(name)?)
                    .execute(&mut *tx)
                    .await?;
                Ok(Turn(Held::Everywhere(tx)))
            }
        }
    }
}

impl Turn {
    /// Gives it to the next at once. One that is only dropped is given on when
    /// its connection is used again.
    pub async fn end(self) -> Result<(), StoreError> {
        match self.0 {
            Held::Here { .. } => Ok(()),
            Held::Everywhere(tx) => Ok(tx.rollback().await?),
        }
    }
}
