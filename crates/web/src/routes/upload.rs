//! Forms with files: fields are read as they come, photos are written anew
//! without metadata, other files are kept as they are.

use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;
use bihuan_app::Composer;
use bihuan_app::compose::File;
use bihuan_documents::{file, photo};
use bihuan_domain::matter::{Evidence, EvidenceKind};
use bihuan_domain::place::Position;
use bihuan_domain::refusal::{Reason, Refusal};

use tokio::sync::SemaphorePermit;

use super::site::{Site, problem};
use super::spool::Spooled;
use crate::csrf::CsrfMultipart;
use crate::problem::Problem;
use crate::typed::Allowance;

/// Photos of one form at most.
const MOST_FILES: usize = 12;

/// A form as it was sent, its files kept but not yet tied to anything.
pub(crate) struct Upload {
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) composer: Composer,
    /// Where the first photo says it was taken; only offered, never taken over
    /// unasked.
    pub(crate) position: Option<Position>,
    /// Why a file could not be taken; the typed fields are still here.
    pub(crate) refused: Option<Refusal>,
}

impl Upload {
    pub(crate) fn one(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }
}

/// Reads a whole form. `shows` says what photos of a field show.
pub(crate) async fn read(
    site: &Site,
    mut form: CsrfMultipart,
    shows: impl Fn(&str) -> EvidenceKind,
) -> Result<Upload, Problem> {
    let mut upload = Upload {
        fields: Vec::new(),
        evidence: Vec::new(),
        composer: Composer::new(&site.app),
        position: None,
        refused: None,
    };
    let mut allowance = Allowance::default();
    while let Some(field) = form.next_field().await.map_err(|fault| broken(&fault))? {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(file_name) = field.file_name().map(ToOwned::to_owned) else {
            let value = allowance.text(field).await?;
            upload.fields.push((name, value));
            continue;
        };
        let spooled = match Spooled::receive(field, file::MAX_BYTES).await? {
            Ok(spooled) => spooled,
            Err(refusal) => {
                upload.refused.get_or_insert(refusal);
                continue;
            }
        };
        // A file input left empty is sent as an empty file.
        if spooled.is_empty() || upload.refused.is_some() {
            continue;
        }
        if upload.evidence.len() >= MOST_FILES {
            upload.refused = Some(refused("too-many-files"));
            continue;
        }
        let kind = shows(&name);
        // Until it is stored: two files are in memory at once, be they photos or not.
        let _turn = turn(site).await?;
        match take(kind, file_name, spooled).await {
            Ok((file, position)) => {
                upload.position = upload.position.or(position);
                let kind = if file.thumb.is_some() { kind } else { EvidenceKind::Document };
                let evidence = upload.composer.attach(kind, file).await.map_err(problem)?;
                upload.evidence.push(evidence);
            }
            Err(refusal) => upload.refused = Some(refusal),
        }
    }
    Ok(upload)
}

/// A form that could not be read to its end: too much, or cut off.
pub(crate) fn broken(fault: &MultipartError) -> Problem {
    if fault.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::TooLarge
    } else {
        Problem::Malformed
    }
}

/// Waits until fewer than two files are being read.
pub(crate) async fn turn(site: &Site) -> Result<SemaphorePermit<'_>, Problem> {
    site.decoding.acquire().await.map_err(|_| Problem::Unavailable)
}

pub(crate) async fn take(
    shows: EvidenceKind,
    name: String,
    spooled: Spooled,
) -> Result<(File, Option<Position>), Refusal> {
    let taken = tokio::task::spawn_blocking(move || {
        let bytes = spooled.into_bytes().map_err(|_| refused("unavailable"))?;
        match shows {
            EvidenceKind::Document => document(name, bytes).map(|file| (file, None)),
            _ => picture(name, &bytes),
        }
    });
    taken.await.map_err(|_| refused("unavailable"))?
}

fn refused(fault: &str) -> Refusal {
    Refusal::new(Reason::FileRefused).with("fault", fault)
}

fn picture(name: String, bytes: &[u8]) -> Result<(File, Option<Position>), Refusal> {
    let prepared = photo::prepare(bytes).map_err(|fault| refused(fault.code()))?;
    let file = File {
        bytes: prepared.jpeg,
        thumb: Some(prepared.thumb),
        kind: "image/jpeg".to_owned(),
        name,
        taken_at: prepared.taken_at.map(|at| at.to_string()),
        width: Some(prepared.width),
        height: Some(prepared.height),
    };
    Ok((file, prepared.position))
}

fn document(name: String, bytes: Vec<u8>) -> Result<File, Refusal> {
    let kind = file::inspect(&name, std::io::Cursor::new(&bytes))
        .map_err(|fault| refused(fault.code()))?;
    Ok(File {
        bytes,
        thumb: None,
        kind: kind.media_type().to_owned(),
        name,
        taken_at: None,
        width: None,
        height: None,
    })
}

/// Everything that was sent, for telling a repeated form from another one.
pub(crate) fn said<'a>(
    fields: &'a [(String, String)],
    files: &'a [String],
) -> impl Iterator<Item = &'a str> {
    let inner = |name: &&(String, String)| name.0 != crate::csrf::FIELD && name.0 != "seen";
    fields
        .iter()
        .filter(inner)
        .flat_map(|(name, value)| [name.as_str(), value.as_str()])
        .chain(files.iter().map(String::as_str))
}

/// The fingerprints of an upload's files.
pub(crate) fn prints(upload: &Upload) -> Vec<String> {
    upload.composer.attachments.iter().map(|row| row.sha256.clone()).collect()
}
