//! Removes what is kept only for a while: uploads that never became part of a
//! matter, answers to commands, sessions that ended.

use crate::context::App;
use crate::error::{Error, Result};
use crate::ports::PortFault;

/// A phone may resend for this long (architecture: 30 days).
const ANSWER_DAYS: i64 = 30;

pub async fn retain(app: &App) -> Result<usize> {
    app.write(|app, tx| {
        Box::pin(async move {
            let now = app.now();
            let answers = tx.forget_commands(app.county(), now.plus_days(-ANSWER_DAYS)).await?;
            let sessions = tx.end_old_sessions(app.county(), now).await?;
            Ok(usize::try_from(answers + sessions).unwrap_or(usize::MAX))
        })
    })
    .await
}

/// Deletes a blob; one that is gone already is as good.
pub async fn delete_blob(app: &App, name: &str) -> Result<()> {
    match app.blobs().delete(name).await {
        Ok(()) | Err(PortFault::NotFound(_)) => Ok(()),
        Err(PortFault::Failed(fault)) => Err(Error::Internal(fault)),
    }
}
