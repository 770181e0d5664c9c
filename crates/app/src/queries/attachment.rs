//! Photos and files, for those who may see them.

use bihuan_domain::ids::MatterId;
use bihuan_store::registers::AttachmentRow;

use crate::context::{App, Caller};
use crate::error::{Error, Result};
use crate::ports::PortFault;

/// How long an upload waits to become part of a report.
const DRAFT_HOURS: i64 = 24;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    pub bytes: Vec<u8>,
    /// MIME type.
    pub kind: String,
    pub name: String,
}

impl App {
    /// A photo of the report behind a code: the reporter's own, or one chosen
    /// for the answer.
    pub async fn tracked_photo(
        &self,
        code: &str,
        id: &str,
        thumb: bool,
        from: &str,
    ) -> Result<Blob> {
        let tracked = self.tracked(code, from).await?;
        let row = self.attachment_row(id).await?;
        let commitment = row.commitment.as_deref().and_then(|text| text.parse().ok());
        if !commitment.is_some_and(|one| tracked.public_photos().contains(&one)) {
            return Err(Error::NotFound);
        }
        self.blob(row, thumb).await
    }

    /// A file of a matter the caller may see.
    pub async fn attachment(&self, caller: &Caller, id: &str, thumb: bool) -> Result<Blob> {
        let row = self.attachment_row(id).await?;
        let matter: Option<MatterId> = row.matter.as_deref().and_then(|id| id.parse().ok());
        self.matter_by_id(caller, matter.ok_or(Error::NotFound)?).await?;
        self.blob(row, thumb).await
    }

    /// An upload that is not part of a report yet. Its id is known only to the
    /// form it was sent with.
    pub async fn draft(&self, id: &str, thumb: bool) -> Result<Blob> {
        let row = self.attachment_row(id).await?;
        let oldest = self.now().plus_minutes(-DRAFT_HOURS * 60).micros();
        if row.matter.is_some() || row.given_us < oldest {
            return Err(Error::NotFound);
        }
        self.blob(row, thumb).await
    }

    async fn attachment_row(&self, id: &str) -> Result<AttachmentRow> {
        self.store().attachment(self.county(), id).await?.ok_or(Error::NotFound)
    }

    async fn blob(&self, row: AttachmentRow, thumb: bool) -> Result<Blob> {
        let stored = if thumb { row.thumb.ok_or(Error::NotFound)? } else { row.stored };
        let bytes = self.blobs().get(&stored).await.map_err(|fault| match fault {
            PortFault::NotFound(_) => Error::FileMissing(stored.clone()),
            PortFault::Failed(fault) => Error::Unavailable(fault),
        })?;
        let kind = if thumb { "image/jpeg".to_owned() } else { row.kind };
        Ok(Blob { bytes, kind, name: row.name })
    }
}
