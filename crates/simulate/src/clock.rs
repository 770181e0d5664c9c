//! Time in the demo: set while the county is built, running on afterwards.

use std::sync::{Arc, Mutex, PoisonError};

use bihuan_app::ports::Clock;
use bihuan_domain::instant::Instant;

/// Shows what it was set to; once it runs on, what has passed on the real clock
/// since is added.
pub struct SteppedClock {
    real: Arc<dyn Clock>,
    state: Mutex<State>,
}

#[derive(Clone, Copy)]
struct State {
    shows: Instant,
    /// What the real clock showed when this one began to run.
    running_since: Option<Instant>,
}

impl SteppedClock {
    /// Stands still until [`Self::run_on`].
    pub fn new(real: Arc<dyn Clock>) -> Self {
        let shows = real.now();
        Self { real, state: Mutex::new(State { shows, running_since: None }) }
    }

    /// Stops it and makes it show `at`.
    pub fn set(&self, at: Instant) {
        self.change(|_| State { shows: at, running_since: None });
    }

    /// Lets it run from what it shows, at the real clock's pace.
    pub fn run_on(&self) {
        let shows = self.now();
        let since = self.real.now();
        self.change(|_| State { shows, running_since: Some(since) });
    }

    /// Jumps ahead by whole days, and keeps running if it ran.
    pub fn pass_days(&self, days: i64) {
        self.change(|state| State { shows: state.shows.plus_days(days), ..state });
    }

    fn change(&self, change: impl FnOnce(State) -> State) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = change(*state);
    }
}

impl Clock for SteppedClock {
    fn now(&self) -> Instant {
        let state = *self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(since) = state.running_since else { return state.shows };
        // A real clock that is set back must not turn the demo's back.
        let passed = (self.real.now().micros() - since.micros()).max(0);
        state.shows.plus_micros(passed)
    }
}

/// A clock that always shows the same moment: when one act happens.
pub(crate) struct Standing(pub(crate) Instant);

impl Clock for Standing {
    fn now(&self) -> Instant {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Real(Mutex<Instant>);

    impl Clock for Real {
        fn now(&self) -> Instant {
            *self.0.lock().unwrap()
        }
    }

    fn clocks() -> (Arc<Real>, SteppedClock) {
        let real = Arc::new(Real(Mutex::new(Instant::from_micros(1_000))));
        (real.clone(), SteppedClock::new(real))
    }

    #[test]
    fn it_stands_at_what_it_was_set_to() {
        let (real, clock) = clocks();
        clock.set(Instant::from_micros(50));
        *real.0.lock().unwrap() = Instant::from_micros(9_000);
        assert_eq!(clock.now(), Instant::from_micros(50));
    }

    #[test]
    fn it_runs_on_at_the_pace_of_the_real_clock() {
        let (real, clock) = clocks();
        clock.set(Instant::from_micros(50));
        clock.run_on();
        *real.0.lock().unwrap() = Instant::from_micros(1_700);
        assert_eq!(clock.now(), Instant::from_micros(750));
    }

    #[test]
    fn days_that_pass_are_added_to_what_it_shows() {
        const DAY: i64 = 24 * 3_600 * 1_000_000;
        let (real, clock) = clocks();
        clock.set(Instant::from_micros(50));
        clock.pass_days(2);
        assert_eq!(clock.now(), Instant::from_micros(2 * DAY + 50));
        clock.run_on();
        clock.pass_days(1);
        *real.0.lock().unwrap() = Instant::from_micros(1_700);
        assert_eq!(clock.now(), Instant::from_micros(3 * DAY + 750));
    }

    #[test]
    fn it_does_not_go_back_when_the_real_clock_does() {
        let (real, clock) = clocks();
        clock.run_on();
        *real.0.lock().unwrap() = Instant::from_micros(10);
        assert_eq!(clock.now(), Instant::from_micros(1_000));
    }
}
