//! The journal as a file.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use bihuan_app::queries::LineSink;
use bihuan_app::{App, Error};

use crate::failure::{Failure, Result};
use crate::{say, wire};

struct Lines {
    out: BufWriter<File>,
    written: u64,
}

impl LineSink for Lines {
    fn line(&mut self, text: &str) -> bihuan_app::Result<()> {
        self.written += 1;
        writeln!(self.out, "{text}").map_err(|fault| Error::Internal(fault.to_string()))
    }
}

/// Under its name only once whole, so that nobody takes half a journal for one.
pub(super) async fn write(app: &App, path: &Path) -> Result {
    let fault = |fault| Failure::file("the journal", path, fault);
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let file = File::create(&partial).map_err(fault)?;
    let mut lines = Lines { out: BufWriter::new(file), written: 0 };
    app.export_journal(&wire::caller(), &mut lines).await?;
    let file = lines.out.into_inner().map_err(|failed| fault(failed.into_error()))?;
    file.sync_all().map_err(fault)?;
    std::fs::rename(&partial, path).map_err(fault)?;
    say::note(format_args!("{}: {} lines", path.display(), lines.written));
    Ok(())
}
