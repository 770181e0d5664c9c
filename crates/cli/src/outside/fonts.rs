//! Where this machine keeps fonts: the system's folders and those of whoever
//! runs the program.

use std::path::PathBuf;

use bihuan_documents::paper::{FontError, Fonts};

pub(crate) fn fonts() -> Result<Fonts, FontError> {
    let mut folders = Fonts::system_folders();
    folders.extend(own_folders());
    Fonts::in_folders(&folders)
}

fn own_folders() -> Vec<PathBuf> {
    let under = [
        ("HOME", ".local/share/fonts"),
        ("HOME", ".fonts"),
        ("HOME", "Library/Fonts"),
        ("LOCALAPPDATA", "Microsoft\\Windows\\Fonts"),
    ];
    let folder =
        |(name, rest): (&str, &str)| Some(PathBuf::from(std::env::var_os(name)?).join(rest));
    under.into_iter().filter_map(folder).collect()
}
