//! What runs by itself. Every task takes no input, looks for what there is to
//! do and does it; running it twice does it once. Tasks are woken by a nudge
//! after each command and by a timer, and can be run from the command line.

pub mod tasks;

use std::time::Duration;

use crate::context::App;
use crate::error::Result;

/// How long the tasks sleep when nothing nudges them.
const REST: Duration = Duration::from_secs(5);

impl App {
    /// Runs every task once, in order; returns how much was done by each.
    pub async fn run_tasks(&self) -> Result<Vec<(&'static str, usize)>> {
        Ok(vec![
            ("auto-sign", tasks::auto_sign(self).await?),
            ("remind", tasks::remind(self).await?),
            ("index", tasks::index(self).await?),
            ("seal", tasks::seal(self).await?),
            ("send", tasks::send(self).await?),
            ("retain", tasks::retain(self).await?),
        ])
    }

    /// Runs the tasks until `stop` is ready. A failing run is logged and tried
    /// again at the next waking.
    pub async fn run_in_background(&self, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        loop {
            if let Err(fault) = self.run_tasks().await {
                tracing::error!(%fault, "a background task failed");
            }
            tokio::select! {
                () = &mut stop => return,
                () = self.nudged() => {}
                () = tokio::time::sleep(REST) => {}
            }
        }
    }
}
