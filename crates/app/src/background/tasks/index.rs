//! Makes new and changed matters findable by their words.

use crate::context::App;
use crate::error::Result;

/// Matters a slice; small, so that people waiting for the writer go first.
const SLICE: u32 = 50;

pub async fn index(app: &App) -> Result<usize> {
    let mut done = 0;
    loop {
        let read = app
            .write(|app, tx| {
                Box::pin(async move { Ok(tx.index_words(app.county(), SLICE).await?) })
            })
            .await?;
        done += read;
        if read < SLICE as usize {
            return Ok(done);
        }
    }
}
