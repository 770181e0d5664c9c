//! What keeps the data: the key file it belongs to, and its back-ups. A node
//! under another key would seal another log and write identities the others
//! cannot read, so it must not run.

use bihuan_domain::instant::Instant;

use crate::context::App;
use crate::error::Result;

/// A county's setting: the mark of the key it was written under.
pub const KEY_MARK: &str = "key-mark";
/// A county's setting: when its last back-up was taken, in microseconds.
pub const BACKED_UP: &str = "backed-up-us";
/// A county's setting: when a balancer last asked whether matters can be taken.
const ASKED: &str = "asked-us";

impl App {
    /// Whether the data was written under the key in use. Data that has no key
    /// of its own yet takes this one.
    pub async fn is_own_key(&self) -> Result<bool> {
        match self.store().setting(self.county(), KEY_MARK).await? {
            Some(mark) => Ok(mark == self.keys().mark()),
            None => self.accept_key().await.map(|()| true),
        }
    }

    /// Remembers that a back-up as of `taken` is whole.
    pub async fn note_backup(&self, taken: Instant) -> Result<()> {
        self.write(move |app, tx| {
            Box::pin(async move {
                tx.put_setting(app.county(), BACKED_UP, &taken.micros().to_string()).await?;
                Ok(())
            })
        })
        .await
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

    /// Whether the database answers and takes writes. Asked by writing: a full
    /// disk still begins and ends transactions that write nothing.
    pub async fn ready(&self) -> Result<()> {
        self.write(|app, tx| {
            Box::pin(async move {
                tx.put_setting(app.county(), ASKED, &app.now().micros().to_string()).await?;
                Ok(())
            })
        })
        .await?;
        self.store().schema().await?;
        Ok(())
    }
}
