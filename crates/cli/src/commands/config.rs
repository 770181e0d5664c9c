//! `bihuan config`

use crate::failure::Result;
use crate::say;
use crate::settings::Settings;

pub(crate) fn run(settings: &Settings) -> Result {
    let rows = settings.shown();
    let names = rows.iter().map(|row| row.0.len()).max().unwrap_or_default();
    let values = rows.iter().map(|row| row.1.chars().count()).max().unwrap_or_default();
    for (name, value, origin) in rows {
        say::line(format_args!("{name:names$}  {value:values$}  {origin}"));
    }
    Ok(())
}
