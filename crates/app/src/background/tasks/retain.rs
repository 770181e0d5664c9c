//! Removes what is kept only for a while: uploads that never became part of a
//! matter, answers to commands, sessions that ended, attempts that no longer count.

use crate::commands::attempts::WINDOW_MINUTES;
use crate::context::App;
use crate::error::{Error, Result};
use crate::ports::PortFault;

/// A phone may resend for this long (architecture: 30 days).
const ANSWER_DAYS: i64 = 30;
/// A form that is being filled may wait this long with its photos.
const UPLOAD_DAYS: i64 = 1;
const SLICE: u32 = 100;

pub async fn retain(app: &App) -> Result<usize> {
    let uploads = drop_uploads(app).await?;
    let rows: u64 = app
        .write(|app, tx| {
            Box::pin(async move {
                let now = app.now();
                let answers = tx.forget_commands(app.county(), now.plus_days(-ANSWER_DAYS)).await?;
                let sessions = tx.end_old_sessions(app.county(), now).await?;
                let over = now.plus_minutes(-WINDOW_MINUTES);
                let attempts = tx.forget_old_attempts(app.county(), over).await?;
                Ok(answers + sessions + attempts)
            })
        })
        .await?;
    Ok(uploads + usize::try_from(rows).unwrap_or(usize::MAX))
}

/// The files first, then the row that names them: what is left half done is
/// done again.
async fn drop_uploads(app: &App) -> Result<usize> {
    let before = app.now().plus_days(-UPLOAD_DAYS);
    let loose = app.store().loose_attachments(app.county(), before, SLICE).await?;
    for upload in &loose {
        for name in std::iter::once(&upload.stored).chain(&upload.thumb) {
            delete_blob(app, name).await?;
        }
        let id = upload.id.clone();
        app.write(move |app, tx| {
            let id = id.clone();
            Box::pin(async move {
                tx.drop_loose_attachment(app.county(), &id).await?;
                Ok(())
            })
        })
        .await?;
    }
    Ok(loose.len())
}

/// Deletes a blob; one that is gone already is as good.
async fn delete_blob(app: &App, name: &str) -> Result<()> {
    match app.blobs().delete(name).await {
        Ok(()) | Err(PortFault::NotFound(_)) => Ok(()),
        Err(PortFault::Failed(fault)) => Err(Error::Internal(fault)),
    }
}
