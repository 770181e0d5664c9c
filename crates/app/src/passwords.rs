//! Hashing and checking passwords. Argon2id takes some twenty megabytes and tens
//! of milliseconds of one core for each, so only a few run at the same time,
//! apart from the threads that answer, and only so many wait for their turn.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use bihuan_domain::refusal::{Reason, Refusal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Error, Result};

pub const PASSWORD_LEAST: usize = 10;
const PASSWORD_MOST: usize = 200;
/// Passwords worked on at the same time (default, not official).
const AT_ONCE: usize = 2;
/// Passwords that may wait besides (default, not official): a few seconds' work.
const WAITING: usize = 32;
/// Stands in for the password of a name that is not known, so that an answer
/// takes the same time.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

pub(crate) struct Passwords {
    turns: Arc<Semaphore>,
    /// One for each that works or waits.
    places: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            places: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
        }
    }
}

impl Passwords {
    pub(crate) async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String> {
        self.apart(move || {
            Argon2::default()
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map(|hash| hash.to_string())
                .map_err(|fault| Error::Internal(format!("a password: {fault}")))
        })
        .await
    }

    /// Without a known password nothing is right, and it takes as long.
    pub(crate) async fn verify(&self, known: Option<String>, password: String) -> Result<bool> {
        self.apart(move || {
            let is_known = known.is_some();
            let text = known.unwrap_or_else(|| NOBODY.to_owned());
            let hash = PasswordHash::new(&text)
                .map_err(|fault| Error::Internal(format!("a stored password: {fault}")))?;
            let is_right = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
            Ok(is_known && is_right)
        })
        .await
    }

    /// The turn goes with the work: a caller who goes away does not end the work,
    /// so it must not free the turn either.
    async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = self.turn().await?;
        let working = tokio::task::spawn_blocking(move || {
            let answer = work();
            drop(turn);
            answer
        });
        working.await.map_err(|fault| Error::Internal(fault.to_string()))?
    }

    async fn turn(&self) -> Result<[OwnedSemaphorePermit; 2]> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place
            .map_err(|_| Error::Unavailable("too many passwords wait to be checked".to_owned()))?;
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|fault| Error::Internal(fault.to_string()))?;
        Ok([turn, place])
    }
}

pub(crate) fn check_password(password: &str) -> Result<()> {
    let length = password.chars().count();
    if (PASSWORD_LEAST..=PASSWORD_MOST).contains(&length) {
        return Ok(());
    }
    Err(Refusal::new(Reason::PasswordTooShort).with("least", PASSWORD_LEAST).into())
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Waker};

    use super::*;

    fn is_waiting(work: std::pin::Pin<&mut impl Future>) -> bool {
        work.poll(&mut Context::from_waker(Waker::noop())).is_pending()
    }

    #[tokio::test]
    async fn two_passwords_are_worked_on_and_further_ones_wait() {
        let passwords = Passwords::default();
        let first = passwords.turn().await.unwrap();
        let _second = passwords.turn().await.unwrap();
        let mut third = pin!(passwords.turn());
        assert!(is_waiting(third.as_mut()));
        drop(first);
        assert!(third.await.is_ok());
    }

    #[tokio::test]
    async fn past_those_that_may_wait_a_password_is_turned_away_at_once() {
        let passwords = Passwords::default();
        let mut waiting: Vec<_> =
            (0..AT_ONCE + WAITING).map(|_| Box::pin(passwords.turn())).collect();
        let mut working = Vec::new();
        for turn in &mut waiting[..AT_ONCE] {
            working.push(turn.await.unwrap());
        }
        for turn in &mut waiting[AT_ONCE..] {
            assert!(is_waiting(turn.as_mut()));
        }
        let refused = passwords.verify(None, "any".to_owned()).await;
        assert!(matches!(refused, Err(Error::Unavailable(_))));
        drop((waiting.split_off(AT_ONCE), working));
        assert!(!passwords.verify(None, "any".to_owned()).await.unwrap());
    }

    #[tokio::test]
    async fn a_caller_who_goes_away_keeps_the_turn_taken_until_the_work_is_done() {
        let passwords = Passwords::default();
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let (gone, done) = tokio::sync::oneshot::channel();
        {
            let mut work = pin!(passwords.apart(move || {
                ended.recv().ok();
                gone.send(()).ok();
                Ok(())
            }));
            assert!(is_waiting(work.as_mut()));
        }
        assert_eq!(passwords.turns.available_permits(), AT_ONCE - 1);
        end.send(()).unwrap();
        done.await.unwrap();
    }

    #[tokio::test]
    async fn only_the_password_that_was_hashed_is_right() {
        let passwords = Passwords::default();
        let hash = passwords.hash("the right one".to_owned(), [1; 16]).await.unwrap();
        assert!(passwords.verify(Some(hash.clone()), "the right one".to_owned()).await.unwrap());
        assert!(!passwords.verify(Some(hash), "another".to_owned()).await.unwrap());
    }
}
