//! Whether what lies outside the journal is still what it commits to: the files
//! behind attachments, and the rows lists are read from.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use bihuan_domain::matter::ContentTag;

use crate::compose::AttachmentFacts;
use crate::context::App;
use crate::error::{Error, Result};
use crate::ports::PortFault;

const SLICE: u32 = 500;
/// Ids are written in digits and small letters.
const AFTER_EVERY_ID: &str = "~";

/// A file that is not what the journal commits to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// Where the blob store keeps it; the attachment's id where no row says.
    pub stored: String,
    pub is_missing: bool,
}

/// Rows of one projection, and the SHA-256 of their ordered canonical text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectionSum {
    pub rows: u64,
    pub sha256: String,
}

impl App {
    /// Reads every file a content row speaks of; returns how many, and those
    /// that are missing or altered. Files of erased contents are not asked for.
    pub async fn verify_files(&self) -> Result<(u64, Vec<FileFault>)> {
        let (mut read, mut faults) = (0, Vec::new());
        let mut after = (String::new(), String::new());
        loop {
            let from = (after.0.as_str(), after.1.as_str());
            let slice = self.store().contents_after(self.county(), from, SLICE).await?;
            let Some((stream, last)) = slice.last() else { return Ok((read, faults)) };
            after = (stream.clone(), last.commitment.to_string());
            let contents = slice.iter().map(|(_, content)| content);
            for content in contents.filter(|one| one.tag == ContentTag::Attachment.code()) {
                let facts: AttachmentFacts = serde_json::from_str(&content.body)
                    .map_err(|fault| Error::Internal(format!("an attachment: {fault}")))?;
                read += 1;
                faults.extend(self.file_fault(&facts).await?);
            }
        }
    }

    /// Looks for the files of the newest attachments without reading them;
    /// returns how many were looked for, and those that are not there.
    pub async fn missing_files(&self, most: usize) -> Result<(usize, Vec<String>)> {
        let (mut seen, mut missing) = (0, Vec::new());
        let mut before = AFTER_EVERY_ID.to_owned();
        while seen < most {
            let slice = self.store().attachments_before(self.county(), &before, SLICE).await?;
            let Some(last) = slice.last() else { break };
            before = last.id.clone();
            // What belongs to no matter yet is swept away while we look.
            let kept = slice.iter().filter(|row| row.matter.is_some());
            for name in kept.flat_map(|row| std::iter::once(&row.stored).chain(&row.thumb)) {
                seen += 1;
                match self.blobs().has(name).await {
                    Ok(true) => {}
                    Ok(false) => missing.push(name.clone()),
                    Err(fault) => return Err(Error::Unavailable(fault.to_string())),
                }
            }
        }
        Ok((seen, missing))
    }

    async fn file_fault(&self, facts: &AttachmentFacts) -> Result<Option<FileFault>> {
        let row = self.store().attachment(self.county(), &facts.id).await?;
        let Some(row) = row else {
            return Ok(Some(FileFault { stored: facts.id.clone(), is_missing: true }));
        };
        let is_missing = match self.blobs().get(&row.stored).await {
            Ok(bytes) if HEXLOWER.encode(&Sha256::digest(&bytes)) == facts.sha256 => {
                return Ok(None);
            }
            Ok(_) => false,
            Err(PortFault::NotFound(_)) => true,
            Err(PortFault::Failed(fault)) => return Err(Error::Unavailable(fault)),
        };
        Ok(Some(FileFault { stored: row.stored, is_missing }))
    }

    /// Every projection by table. Words still waiting to be indexed are indexed
    /// first: a rebuilding leaves none waiting.
    pub async fn projection_sums(&self) -> Result<BTreeMap<String, ProjectionSum>> {
        while crate::background::tasks::index(self).await? > 0 {}
        let mut sums: BTreeMap<String, (u64, Sha256)> = BTreeMap::new();
        let sum = |line: &str| {
            let table = line.split('"').nth(1).unwrap_or_default();
            let (rows, hash) = sums.entry(table.to_owned()).or_default();
            *rows += 1;
            hash.update(line.as_bytes());
            hash.update(b"\n");
        };
        self.store().dump_projections(self.county(), sum).await?;
        let finished = sums.into_iter().map(|(table, (rows, hash))| {
            (table, ProjectionSum { rows, sha256: HEXLOWER.encode(&hash.finalize()) })
        });
        Ok(finished.collect())
    }
}
