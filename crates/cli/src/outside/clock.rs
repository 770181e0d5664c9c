use bihuan_app::ports::Clock;
use bihuan_domain::instant::Instant;

/// The system's clock. Journals never go back even if it does: entries take the
/// later of it and their stream's last moment.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let micros = since.map_or(0, |since| since.as_micros());
        Instant::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
    }
}
