//! Days pass in an invented county when somebody asks for it, so that what takes
//! weeks can be shown at one sitting: slips, publicity, looking back. Only the
//! demo has this; `serve` goes by the system's clock.

use std::io::BufRead as _;
use std::sync::Arc;

use bihuan_app::ports::Clock as _;
use bihuan_app::{App, Result};
use bihuan_simulate::SteppedClock;
use tokio::sync::mpsc;

use crate::say;

/// A slip of the pen should not run the county into the next century.
const MOST_DAYS: i64 = 366;

/// Reads on a thread of its own: a read that waits for a line must not keep the
/// process from ending.
pub(super) fn begin(app: App, clock: Arc<SteppedClock>) {
    let (ask, mut asked) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(std::io::Result::ok) {
            if ask.send(line).is_err() {
                return;
            }
        }
    });
    tokio::spawn(async move {
        while let Some(line) = asked.recv().await {
            let Some(days) = days_of(&line) else {
                say::note(format_args!("a number of days from 1 to {MOST_DAYS}, please"));
                continue;
            };
            if let Err(fault) = pass(&app, &clock, days).await {
                say::note(format_args!("the tasks of a day failed: {fault}"));
            }
            say::line(format_args!("It is now {}", clock.now().civil().strftime("%Y-%m-%d %H:%M")));
        }
    });
}

fn days_of(line: &str) -> Option<i64> {
    line.trim().parse().ok().filter(|days| (1..=MOST_DAYS).contains(days))
}

/// Day by day, with what runs by itself on each: a ladder of slips is climbed
/// rung by rung.
async fn pass(app: &App, clock: &SteppedClock, days: i64) -> Result<()> {
    for _ in 0..days {
        clock.pass_days(1);
        app.run_tasks().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::days_of;

    #[test]
    fn a_line_is_a_number_of_days_within_a_year() {
        assert_eq!(days_of(" 8\r"), Some(8));
        assert_eq!(days_of("366"), Some(366));
        for line in ["", "0", "-1", "367", "eight", "8 days"] {
            assert_eq!(days_of(line), None, "{line:?}");
        }
    }
}
