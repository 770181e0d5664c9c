//! Playbooks as they lie on a disk, or the ones that come inside the binary.

use std::path::Path;

use bihuan_domain::playbook::Source;
use include_dir::{Dir, include_dir};

use crate::failure::{Failure, Result};

static PLAYBOOKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../playbooks");

/// The playbook in a folder, or the shipped one of that name.
pub(crate) fn playbook(folder_or_name: &Path) -> Result<Source> {
    if folder_or_name.is_dir() {
        return folder(folder_or_name);
    }
    match PLAYBOOKS.get_dir(folder_or_name) {
        Some(shipped) => Ok(Source::new(embedded(shipped, shipped.path()))),
        None => {
            let known: Vec<_> =
                PLAYBOOKS.dirs().map(|dir| dir.path().display().to_string()).collect();
            Err(Failure::Usage(format!(
                "{} is no folder, and no playbook that comes with bihuan ({})",
                folder_or_name.display(),
                known.join(", ")
            )))
        }
    }
}

fn folder(folder: &Path) -> Result<Source> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files)?;
    if files.is_empty() {
        return Err(Failure::Usage(format!("{} holds no .toml file", folder.display())));
    }
    Ok(Source::new(files))
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> Result {
    let fault = |fault| Failure::file("the playbook", folder, fault);
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|kind| kind == "toml") {
            let text =
                std::fs::read_to_string(&path).map_err(|f| Failure::file("the file", &path, f))?;
            files.push((name(root, &path), text));
        }
    }
    Ok(())
}

fn embedded(dir: &Dir<'_>, root: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = dir
        .files()
        .filter(|file| file.path().extension().is_some_and(|kind| kind == "toml"))
        .filter_map(|file| Some((name(root, file.path()), file.contents_utf8()?.to_owned())))
        .collect();
    for inner in dir.dirs() {
        files.extend(embedded(inner, root));
    }
    files
}

/// Relative to the playbook, with `/` on every system.
fn name(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_playbook_is_the_one_in_the_repository() {
        let shipped = playbook(Path::new("xingyang")).unwrap();
        let folder =
            playbook(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../playbooks/xingyang"));
        assert_eq!(shipped, folder.unwrap());
        assert!(shipped.files.iter().any(|(path, _)| path.starts_with("cases/")));
    }
}
