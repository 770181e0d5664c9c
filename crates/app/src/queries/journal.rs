//! The state of the record.

use bihuan_domain::instant::Instant;

use crate::context::App;
use crate::error::Result;

/// The last signed state of the county's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedState {
    pub at: Instant,
    pub entries: u64,
    pub note: String,
}

impl App {
    pub async fn sealed_state(&self) -> Result<Option<SealedState>> {
        let last = self.store().last_checkpoint(self.county()).await?;
        Ok(last.map(|checkpoint| SealedState {
            at: checkpoint.at,
            entries: checkpoint.size,
            note: checkpoint.note,
        }))
    }
}
