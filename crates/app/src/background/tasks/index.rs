//! Makes new and changed matters findable by their words.

use crate::context::App;
use crate::error::Result;

/// Matters a slice while people wait for the writer: a few milliseconds.
const SLICE: u32 = 50;
/// Matters a slice at most: nobody waits longer for one than for a slow disk.
const LONGEST: u32 = 800;

/// After a large import nobody waits for minutes: slices grow while the queue is
/// empty, since every one costs a commit, and are small again when it is not.
pub async fn index(app: &App) -> Result<usize> {
    let mut done = 0;
    let mut slice = SLICE;
    loop {
        let read = app
            .write(move |app, tx| {
                Box::pin(async move { Ok(tx.index_words(app.county(), slice).await?) })
            })
            .await?;
        done += read;
        if read < slice as usize {
            return Ok(done);
        }
        slice = if app.store().has_waiting() { SLICE } else { LONGEST.min(slice * 2) };
    }
}
