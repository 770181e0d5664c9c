//! The key file: 32 random bytes, made on first start, readable by its owner
//! alone. Everything secret of a county follows from it, so it is never in a
//! back-up of the data, and without it identities cannot be read again.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use bihuan_app::ports::Entropy;

use crate::failure::{Failure, Result};

const FILE: &str = "county.key";
const BYTES: usize = 32;
const OTHERS: u32 = 0o077;

pub(crate) struct Master {
    pub(crate) bytes: [u8; BYTES],
    /// Where it was made just now; its owner must be told to copy it.
    pub(crate) made: Option<PathBuf>,
}

/// Reads the key, or makes one. `must_exist` is for data already written under
/// a key: another key would make identities unreadable and fork the log.
pub(crate) fn read_or_make(
    folder: &Path,
    must_exist: bool,
    entropy: &dyn Entropy,
) -> Result<Master> {
    let path = folder.join(FILE);
    match fs::metadata(&path) {
        Ok(_) => read(&path).map(|bytes| Master { bytes, made: None }),
        Err(fault) if fault.kind() != ErrorKind::NotFound => {
            Err(Failure::file("the key", &path, fault))
        }
        Err(_) if must_exist => Err(Failure::Refused(format!(
            "this data was written under a key, and {} is not there. Put the copy of the key in \
             its place, or name its folder with --keys.",
            path.display()
        ))),
        Err(_) => {
            let bytes = make(folder, &path, entropy)?;
            Ok(Master { bytes, made: Some(path) })
        }
    }
}

fn read(path: &Path) -> Result<[u8; BYTES]> {
    let fault = |fault| Failure::file("the key", path, fault);
    let mode = fs::metadata(path).map_err(fault)?.permissions().mode();
    if mode & OTHERS != 0 {
        return Err(Failure::Refused(format!(
            "{} can be read by others than its owner. Take it from them: chmod 600 {0}",
            path.display()
        )));
    }
    let bytes = fs::read(path).map_err(fault)?;
    bytes.try_into().map_err(|bytes: Vec<u8>| {
        let found = bytes.len();
        Failure::Refused(format!(
            "{} is not a key: it has {found} bytes where a key has {BYTES}. Put the copy of the \
             key in its place.",
            path.display()
        ))
    })
}

fn make(folder: &Path, path: &Path, entropy: &dyn Entropy) -> Result<[u8; BYTES]> {
    let fault = |fault| Failure::file("the key cannot be made:", path, fault);
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(fault)?;
    let mut bytes = [0; BYTES];
    entropy.fill(&mut bytes);
    let mut file =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(fault)?;
    file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(fault)?;
    // The name must last as well as the bytes: what is written under a lost key is lost.
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(fault)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::OsEntropy;

    #[test]
    fn the_key_made_once_is_read_ever_after() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("deep/keys");
        let made = read_or_make(&keys, false, &OsEntropy).unwrap();
        let read = read_or_make(&keys, true, &OsEntropy).unwrap();
        assert_eq!(made.bytes, read.bytes);
        assert_eq!((made.made, read.made), (Some(keys.join(FILE)), None));
        let mode = fs::metadata(keys.join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_key_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        read_or_make(folder.path(), false, &OsEntropy).unwrap();
        let path = folder.path().join(FILE);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let fault = read_or_make(folder.path(), false, &OsEntropy).err().unwrap();
        assert!(fault.to_string().contains("chmod 600"), "{fault}");
    }

    #[test]
    fn a_key_of_another_length_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        fs::write(&path, [1; 16]).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(read_or_make(folder.path(), false, &OsEntropy), Err(Failure::Refused(_))));
    }

    #[test]
    fn no_second_key_is_made_for_data_that_has_one() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read_or_make(folder.path(), true, &OsEntropy), Err(Failure::Refused(_))));
        assert!(!folder.path().join(FILE).exists());
    }
}
