//! Forms whose files are read here and now, and not kept as evidence.

use crate::csrf::CsrfMultipart;
use crate::problem::Problem;

/// All files of one form together.
const MOST_BYTES: usize = 20 * 1024 * 1024;
/// A playbook of many cases has dozens of files.
const MOST_FILES: usize = 500;

pub(super) struct Received {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The files of a form; an input left empty sends none.
pub(super) async fn read(mut form: CsrfMultipart) -> Result<Vec<Received>, Problem> {
    let mut files = Vec::new();
    let mut total = 0;
    while let Some(mut field) = form.next_field().await.map_err(|_| Problem::TooLarge)? {
        let Some(name) = field.file_name().map(ToOwned::to_owned) else { continue };
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(|_| Problem::TooLarge)? {
            total += chunk.len();
            if total > MOST_BYTES {
                return Err(Problem::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        if bytes.is_empty() {
            continue;
        }
        if files.len() >= MOST_FILES {
            return Err(Problem::TooLarge);
        }
        files.push(Received { name, bytes });
    }
    Ok(files)
}
