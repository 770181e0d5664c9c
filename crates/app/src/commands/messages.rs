//! Messages that did not leave.

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

impl App {
    /// Puts a message back in the queue, as if it never failed.
    pub async fn send_again(&self, caller: &Caller, message: &str) -> Result<()> {
        self.require(caller, Admin::KeepRunning)?;
        let message = message.to_owned();
        let found = self
            .write(move |app, tx| {
                let message = message.clone();
                Box::pin(async move { Ok(tx.send_again(app.county(), &message, app.now()).await?) })
            })
            .await?;
        if found == 0 {
            return Err(Error::NotFound);
        }
        self.nudge();
        Ok(())
    }
}
