//! A file on its way in: on the disk, not in memory, until its turn comes, so
//! that thirty phones sending at once need no more memory than two.

use std::io::{ErrorKind, Read as _, Seek as _};

use axum::extract::multipart::Field;
use bihuan_domain::refusal::{Reason, Refusal};
use tokio::io::AsyncWriteExt as _;

use super::upload::broken;
use crate::problem::Problem;

/// Has no name in any folder: the system forgets it with the last handle.
pub(crate) struct Spooled {
    file: std::fs::File,
    bytes: u64,
}

impl Spooled {
    /// Reads one file to its end, keeping none of it once it is greater than
    /// `most` bytes: what follows it in the form must still be read.
    pub(crate) async fn receive(
        mut field: Field<'_>,
        most: u64,
    ) -> Result<Result<Self, Refusal>, Problem> {
        let mut file = tempfile::tempfile().map(tokio::fs::File::from_std);
        let mut bytes = 0;
        while let Some(chunk) = field.chunk().await.map_err(|fault| broken(&fault))? {
            bytes += chunk.len() as u64;
            // Whoever is still sending hears no answer: what cannot be kept is read all the same.
            let Ok(open) = &mut file else { continue };
            if bytes <= most
                && let Err(fault) = open.write_all(&chunk).await
            {
                file = Err(fault);
            }
        }
        if bytes > most {
            return Ok(Err(Refusal::new(Reason::FileRefused).with("fault", "too-big")));
        }
        let mut file = file.map_err(full)?;
        file.flush().await.map_err(full)?;
        Ok(Ok(Self { file: file.into_std().await, bytes }))
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// Blocks: call it where that is allowed.
    pub(crate) fn into_bytes(mut self) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.bytes).unwrap_or_default());
        self.file.rewind()?;
        self.file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// The sender is told to try again; the operator, why. Too many open files pass
/// by themselves, a full disk does not.
fn full(fault: std::io::Error) -> Problem {
    tracing::error!(%fault, "a file sent could not be kept for the moment");
    match fault.kind() {
        ErrorKind::StorageFull
        | ErrorKind::QuotaExceeded
        | ErrorKind::FileTooLarge
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::PermissionDenied => Problem::CannotKeep,
        _ => Problem::Unavailable,
    }
}
