//! A moment in time, and how it reads on a wall clock in China.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

/// Hours east of UTC. All of China keeps one time, without daylight saving
/// since 1991 (State Council), so a fixed offset is exact for every date here.
const CHINA_OFFSET_HOURS: i8 = 8;

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The wall-clock reading in China.
    pub fn civil(self) -> DateTime {
        let timestamp = jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        });
        Offset::constant(CHINA_OFFSET_HOURS).to_datetime(timestamp)
    }

    pub fn date(self) -> Date {
        self.civil().date()
    }

    pub fn time(self) -> Time {
        self.civil().time()
    }

    /// The moment a wall clock in China shows `civil`.
    pub fn from_civil(civil: DateTime) -> Self {
        let offset = Offset::constant(CHINA_OFFSET_HOURS);
        let micros = civil
            .to_zoned(TimeZone::fixed(offset))
            .map_or(i64::MAX, |zoned| zoned.timestamp().as_microsecond());
        Self(micros)
    }

    pub const fn plus_micros(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_micros(minutes.saturating_mul(60_000_000))
    }

    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_minutes(days.saturating_mul(24 * 60))
    }

    pub fn minutes_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).div_euclid(60_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;

    #[test]
    fn a_wall_clock_reading_comes_back_unchanged() {
        let civil = datetime(2026, 10, 1, 17, 30, 0, 0);
        assert_eq!(Instant::from_civil(civil).civil(), civil);
    }

    #[test]
    fn china_is_eight_hours_ahead_of_utc() {
        assert_eq!(Instant::from_micros(0).civil(), datetime(1970, 1, 1, 8, 0, 0, 0));
    }
}
