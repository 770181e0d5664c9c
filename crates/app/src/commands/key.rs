//! Which key file the data belongs to. A node under another key would seal
//! another log and write identities the others cannot read, so it must not run.

use crate::context::App;
use crate::error::Result;

/// A county's setting: the mark of the key it was written under.
pub const KEY_MARK: &str = "key-mark";

impl App {
    /// Whether the data was written under the key in use. Data that has no key
    /// of its own yet takes this one.
    pub async fn is_own_key(&self) -> Result<bool> {
        match self.store().setting(self.county(), KEY_MARK).await? {
            Some(mark) => Ok(mark == self.keys().mark()),
            None => self.accept_key().await.map(|()| true),
        }
    }

    /// Goes on under the key in use, whatever the data was written under:
    /// identities kept under a lost key stay unreadable, and the county goes on
    /// in its next log, whose first entry says so.
    pub async fn accept_key(&self) -> Result<()> {
        self.write(|app, tx| {
            Box::pin(async move {
                tx.put_setting(app.county(), KEY_MARK, &app.keys().mark()).await?;
                Ok(())
            })
        })
        .await
    }
}
