//! Whether matters can be read and taken now, for a balancer in front. That is
//! found out by writing, and anybody may ask: so one asks at a time, and what
//! was found holds for a second.

use std::time::Duration;

use bihuan_domain::instant::Instant;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::problem::Problem;

/// How long what was found holds; a default, not official.
const HOLDS_MICROS: i64 = 1_000_000;
/// A county that does not answer for so long is unavailable; a default, not
/// official.
const WAITS: Duration = Duration::from_secs(5);

/// Nothing, or what is in the way.
type Found = Result<(), Problem>;

#[derive(Clone)]
pub(crate) struct Readiness {
    known: watch::Sender<Known>,
    waits: Duration,
}

#[derive(Default)]
struct Known {
    is_asked: bool,
    last: Option<(Instant, Found)>,
}

impl Default for Readiness {
    fn default() -> Self {
        Self { known: watch::Sender::default(), waits: WAITS }
    }
}

impl Readiness {
    /// What was found last, or what is found now.
    pub(crate) async fn of<A>(&self, now: Instant, ask: impl FnOnce() -> A) -> Found
    where
        A: Future<Output = Found> + Send + 'static,
    {
        let mut news = self.known.subscribe();
        if self.must_ask(now) {
            let (asked, known) = (ask(), self.known.clone());
            // On its own: whoever asked may go away, the others wait for it.
            tokio::spawn(async move {
                let last = Some((now, asked.await));
                known.send_replace(Known { is_asked: false, last });
            });
        }
        match timeout(self.waits, news.wait_for(|known| !known.is_asked)).await {
            Ok(Ok(known)) => {
                known.last.as_ref().map_or(Err(Problem::Unavailable), |(_, found)| found.clone())
            }
            _ => Err(Problem::Unavailable),
        }
    }

    /// True for the one who is to ask.
    fn must_ask(&self, now: Instant) -> bool {
        self.known.send_if_modified(|known| {
            // A clock that was set back would make it hold for as long.
            let age = known.last.as_ref().map(|(at, _)| (now.micros() - at.micros()).abs());
            let holds = age.is_some_and(|age| age < HOLDS_MICROS);
            let must = !known.is_asked && !holds;
            known.is_asked |= must;
            must
        })
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::future::{pending, ready};

    use super::*;

    fn at(micros: i64) -> Instant {
        Instant::from_micros(micros)
    }

    #[tokio::test]
    async fn what_was_found_holds_for_a_second_whichever_way_the_clock_goes() {
        let (readiness, asked) = (Readiness::default(), Cell::new(0));
        let ask = async |micros, found: Found| {
            let count = || {
                asked.set(asked.get() + 1);
                ready(found)
            };
            readiness.of(at(micros), count).await
        };
        assert_eq!(ask(0, Ok(())).await, Ok(()));
        assert_eq!(ask(999_999, Err(Problem::CannotKeep)).await, Ok(()));
        assert_eq!(asked.get(), 1);
        assert_eq!(ask(1_000_000, Err(Problem::CannotKeep)).await, Err(Problem::CannotKeep));
        assert_eq!(ask(-500_000, Ok(())).await, Ok(()));
        assert_eq!(asked.get(), 3);
    }

    #[tokio::test]
    async fn while_one_asks_in_vain_nobody_asks_again_and_all_hear_that_it_is_unavailable() {
        let readiness = Readiness { waits: Duration::from_millis(10), ..Readiness::default() };
        for micros in [0, 5_000_000] {
            let never = || {
                assert_eq!(micros, 0, "asked again");
                pending()
            };
            assert_eq!(readiness.of(at(micros), never).await, Err(Problem::Unavailable));
        }
    }
}
