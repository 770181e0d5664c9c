//! How often something may be tried or sent. A try is counted before it is
//! judged, under all its counters in one transaction, so that many at once are
//! never judged on one and the same count. What is sent without files is counted
//! in the transaction that keeps it, once however often it is sent. What is
//! refused is counted nowhere: whoever used up a share of their own cannot use up
//! anybody else's.
//!
//! All numbers here are defaults of this program, not official.

use std::collections::BTreeMap;

use bihuan_domain::ids::PersonId;
use bihuan_domain::instant::Instant;
use bihuan_store::Tx;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::context::{App, Sender};
use crate::error::{Error, Result};

/// A window begins with its first attempt and lasts this long.
pub(crate) const WINDOW_MINUTES: i64 = 15;

/// Wrong passwords for one name from one address: a person who mistypes.
const SIGN_INS_OF_NAME_AND_ADDRESS: i64 = 8;
/// Wrong passwords from one address, whatever the names: an office shares one.
const SIGN_INS_OF_ADDRESS: i64 = 40;
/// Wrong passwords for one name, wherever from. So many that it takes a crowd of
/// addresses to lock somebody out, so few that a crowd guesses nothing.
const SIGN_INS_OF_NAME: i64 = 200;
/// Wrong old passwords of one who is signed in.
const OWN_PASSWORDS: i64 = 8;
/// Wrong codes from one address. A code has 80 bits, so this only keeps the
/// noise down; a right one opens whatever came before it.
const WRONG_CODES: i64 = 60;
/// Searches by phone of one person: more than one seat can answer calls.
const PHONE_SEARCHES: i64 = 60;
/// Reports without an account, and what is added to them, from one address: a
/// village may share one.
const REPORTS: i64 = 120;
/// Photos kept from one address for forms that are still being filled.
const DRAFTS: i64 = 400;

/// Addresses remembered as having used up their share; whoever is forgotten is
/// told so by the writer.
const SPENT_MOST: usize = 10_000;

/// What is counted, and how much of it a window lets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counter {
    pub(crate) key: String,
    most: i64,
}

impl Counter {
    /// A name can be typed as long as one likes, so a digest stands for what is
    /// counted.
    fn new(kind: &str, of: &[&str], most: i64) -> Self {
        let mut hash = Sha256::new();
        for part in of {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        Self { key: format!("{kind}:{}", HEXLOWER.encode(&hash.finalize())), most }
    }

    pub(crate) fn sign_in_from(login: &str, from: &str) -> Self {
        Self::new("sign-in-from", &[login, from], SIGN_INS_OF_NAME_AND_ADDRESS)
    }

    pub(crate) fn sign_in_at(from: &str) -> Self {
        Self::new("sign-in-at", &[from], SIGN_INS_OF_ADDRESS)
    }

    pub(crate) fn sign_in_as(login: &str) -> Self {
        Self::new("sign-in-as", &[login], SIGN_INS_OF_NAME)
    }

    pub(crate) fn own_password(person: PersonId) -> Self {
        Self::new("own-password", &[&person.to_string()], OWN_PASSWORDS)
    }

    pub(crate) fn wrong_code(from: &str) -> Self {
        Self::new("wrong-code", &[from], WRONG_CODES)
    }

    pub(crate) fn phone_search(person: PersonId) -> Self {
        Self::new("phone-search", &[&person.to_string()], PHONE_SEARCHES)
    }

    pub(crate) fn report(from: &str) -> Self {
        Self::new("report", &[from], REPORTS)
    }

    pub(crate) fn draft(from: &str) -> Self {
        Self::new("draft", &[from], DRAFTS)
    }
}

/// Keys whose share is used up, with the beginning of its window; kept in memory
/// and forgotten with it.
#[derive(Default)]
pub(crate) struct Spent(BTreeMap<String, i64>);

impl Spent {
    fn holds(&self, key: &str, now: Instant) -> bool {
        let window = WINDOW_MINUTES.unsigned_abs() * 60_000_000;
        self.0.get(key).is_some_and(|from_us| now.micros().abs_diff(*from_us) <= window)
    }

    fn note(&mut self, key: &str, from_us: i64) {
        if self.0.len() >= SPENT_MOST {
            self.0.clear();
        }
        self.0.insert(key.to_owned(), from_us);
    }
}

/// An attempt that was counted: its keys, each with the window it fell into.
#[derive(Clone, Debug)]
pub(crate) struct Attempt(Vec<(String, i64)>);

impl App {
    /// Counts a report without an account, or what is added to one, against the
    /// address it comes from, before files of it are kept. What brings none is
    /// counted where it is kept; see [`crate::Sender::counted_against`].
    pub async fn may_report(&self, from: &str) -> Result<()> {
        self.attempt(&[Counter::report(from)]).await.map(drop)
    }

    /// Turns away what is sent from an address that is known to have used up its
    /// share, unless it was answered before, so that a flood keeps no writer busy.
    pub(crate) async fn may_send(&self, sender: &Sender) -> Result<()> {
        let Some(counter) = &sender.from else { return Ok(()) };
        if !self.spent().holds(&counter.key, self.now()) {
            return Ok(());
        }
        if self.was_answered(sender.command).await? { Ok(()) } else { Err(too_many()) }
    }

    /// Counts what is sent together with what is kept of it. Taken last: on
    /// PostgreSQL others from the same address wait until this one ends.
    pub(super) async fn count_sent(&self, tx: &mut Tx, sender: &Sender) -> Result<()> {
        match &sender.from {
            Some(counter) => self.count_in(tx, counter).await.map(drop),
            None => Ok(()),
        }
    }

    /// Counts one attempt under every counter, or refuses it and counts it under
    /// none.
    pub(crate) async fn attempt(&self, counters: &[Counter]) -> Result<Attempt> {
        self.turn_away(counters).await?;
        let counters = counters.to_vec();
        self.write(move |app, tx| {
            let counters = counters.clone();
            Box::pin(async move {
                let mut windows = Vec::with_capacity(counters.len());
                for counter in counters {
                    // Where one refuses, what the others counted is rolled back.
                    let from_us = app.count_in(tx, &counter).await?;
                    windows.push((counter.key, from_us));
                }
                Ok(Attempt(windows))
            })
        })
        .await
    }

    /// Counts one attempt together with what is attempted; says when its window
    /// began. It must be refused together with it.
    pub(super) async fn count_in(&self, tx: &mut Tx, counter: &Counter) -> Result<i64> {
        let now = self.now();
        let since = now.plus_minutes(-WINDOW_MINUTES);
        let counted = tx.attempt(self.county(), &counter.key, now, since).await?;
        if counted.count > counter.most {
            self.spent().note(&counter.key, counted.from_us);
            return Err(too_many());
        }
        Ok(counted.from_us)
    }

    /// A flood that is over its share already is turned away by reading, so that
    /// it does not keep the writer busy. The count that decides is the writer's.
    async fn turn_away(&self, counters: &[Counter]) -> Result<()> {
        let now = self.now();
        let window = (now.plus_minutes(-WINDOW_MINUTES), now.plus_minutes(WINDOW_MINUTES));
        for counter in counters {
            let counted = self.store().attempts(self.county(), &counter.key, window).await?;
            if counted >= counter.most {
                return Err(too_many());
            }
        }
        Ok(())
    }

    /// Uncounts what this attempt counted and nothing else.
    pub(crate) async fn uncount(&self, attempt: &Attempt) -> Result<()> {
        let attempt = attempt.clone();
        self.write(move |app, tx| {
            let attempt = attempt.clone();
            Box::pin(async move { app.uncount_in(tx, &attempt).await })
        })
        .await
    }

    pub(crate) async fn uncount_in(&self, tx: &mut Tx, attempt: &Attempt) -> Result<()> {
        for (key, window) in &attempt.0 {
            tx.take_back(self.county(), key, *window).await?;
        }
        Ok(())
    }

    pub(crate) async fn forget_in(&self, tx: &mut Tx, counter: &Counter) -> Result<()> {
        tx.forget_attempts(self.county(), &counter.key).await?;
        Ok(())
    }
}

const fn too_many() -> Error {
    Error::TooMany { seconds: 60 * WINDOW_MINUTES as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_apart_has_a_key_of_its_own() {
        let keys = [
            Counter::sign_in_from("a", "bc"),
            Counter::sign_in_from("ab", "c"),
            Counter::sign_in_at("a"),
            Counter::sign_in_as("a"),
            Counter::wrong_code("a"),
            Counter::report("a"),
            Counter::draft("a"),
        ]
        .map(|counter| counter.key);
        let apart: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(apart.len(), keys.len(), "{keys:?}");
    }

    #[test]
    fn a_name_without_end_makes_no_key_without_end() {
        assert!(Counter::sign_in_as(&"n".repeat(100_000)).key.len() < 100);
    }
}
