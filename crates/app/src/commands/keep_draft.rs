//! A photo sent with a report that is not filed yet: kept for a day, so that a
//! form that must be mended does not lose it.

use bihuan_store::registers::AttachmentRow;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::attempts::Counter;
use crate::compose::{File, clean};
use crate::context::App;
use crate::error::{Error, Result};

impl App {
    /// Returns the draft's id, which only the sender's form learns. One address
    /// keeps only so many.
    pub async fn keep_draft(&self, file: File, from: &str) -> Result<String> {
        self.attempt(&[Counter::draft(from)]).await?;
        let id = self.new_id().to_string();
        let stored = format!("{}/draft/{id}", self.county());
        let sha256 = HEXLOWER.encode(&Sha256::digest(&file.bytes));
        let bytes = file.bytes.len() as i64;
        self.put_blob(&stored, file.bytes).await?;
        let thumb = match file.thumb {
            Some(thumb) => {
                let name = format!("{stored}-thumb");
                self.put_blob(&name, thumb).await?;
                Some(name)
            }
            None => None,
        };
        let row = AttachmentRow {
            id: id.clone(),
            commitment: None,
            matter: None,
            sha256,
            kind: file.kind,
            name: clean(&file.name),
            bytes,
            stored,
            thumb,
            given_us: self.now().micros(),
        };
        self.write(move |app, tx| {
            let row = row.clone();
            Box::pin(async move {
                tx.put_attachment(app.county(), &row);
                Ok::<(), Error>(())
            })
        })
        .await?;
        Ok(id)
    }

    async fn put_blob(&self, name: &str, bytes: Vec<u8>) -> Result<()> {
        self.blobs()
            .put(name, bytes)
            .await
            .map_err(|fault| Error::CannotKeep(format!("a file: {fault}")))
    }
}
