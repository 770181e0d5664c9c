//! What is typed into forms with files, read with a bound: such a form may carry
//! a hundred megabytes of photos, but nobody types that much.

use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::extract::multipart::Field;
use axum::http::StatusCode;

use crate::frame::FORM_LIMIT_BYTES;
use crate::problem::Problem;

/// All typed fields of one form together. A hundred thousand characters still
/// fit, so that they can be refused with the words kept.
const MOST_BYTES: usize = 1024 * 1024;
const MOST_FIELDS: usize = 500;
/// A table of tasks carries several fields a row.
pub(crate) const MOST_FIELDS_WITHOUT_FILES: usize = 8_000;

/// What a form may still say.
pub(crate) struct Allowance {
    bytes: usize,
    fields: usize,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { bytes: MOST_BYTES, fields: MOST_FIELDS }
    }
}

impl Allowance {
    /// The next field's text.
    pub(crate) async fn text(&mut self, mut field: Field<'_>) -> Result<String, Problem> {
        self.fields = self.fields.checked_sub(1).ok_or(Problem::TooLarge)?;
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(|fault| broken(fault.status()))? {
            self.bytes = self.bytes.checked_sub(chunk.len()).ok_or(Problem::TooLarge)?;
            bytes.extend_from_slice(&chunk);
        }
        legible(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// The body of a form without files. Its bound is its own: where files may be
/// sent too, the address takes far more.
pub(crate) async fn body(request: Request) -> Result<Bytes, Problem> {
    to_bytes(request.into_body(), FORM_LIMIT_BYTES).await.map_err(|_| Problem::TooLarge)
}

/// No database keeps the character U+0000, and nobody types it.
pub(crate) fn legible(text: String) -> Result<String, Problem> {
    if text.contains('\0') { Err(Problem::Malformed) } else { Ok(text) }
}

fn broken(status: StatusCode) -> Problem {
    if status == StatusCode::PAYLOAD_TOO_LARGE { Problem::TooLarge } else { Problem::Malformed }
}
