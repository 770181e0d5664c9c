//! A clock that moves when a test says so.

use std::sync::atomic::{AtomicI64, Ordering};

use bihuan_domain::instant::Instant;
use jiff::civil::datetime;

#[derive(Debug)]
pub struct SteppedClock(AtomicI64);

impl Default for SteppedClock {
    /// A Tuesday morning between two working days.
    fn default() -> Self {
        Self::at(Instant::from_civil(datetime(2026, 9, 22, 9, 0, 0, 0)))
    }
}

impl SteppedClock {
    pub const fn at(start: Instant) -> Self {
        Self(AtomicI64::new(start.micros()))
    }

    pub fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }

    pub fn step_minutes(&self, minutes: i64) -> Instant {
        self.step_micros(minutes * 60_000_000)
    }

    pub fn step_days(&self, days: i64) -> Instant {
        self.step_minutes(days * 24 * 60)
    }

    pub fn step_micros(&self, micros: i64) -> Instant {
        self.0.fetch_add(micros, Ordering::SeqCst);
        self.now()
    }
}
