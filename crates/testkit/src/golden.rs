//! Files that hold what the code says today; `BIHUAN_GOLDEN=write` writes them.

use std::env;
use std::fs;
use std::path::Path;

/// Compares `text` with the file, or writes it there.
pub fn check(path: &Path, text: &str) {
    if env::var("BIHUAN_GOLDEN").is_ok_and(|value| value == "write") {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        }
        fs::write(path, text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        return;
    }
    let golden = fs::read_to_string(path)
        .unwrap_or_else(|fault| panic!("{}: {fault}; make golden writes it", path.display()));
    if golden == text {
        return;
    }
    let differs = golden.lines().zip(text.lines()).position(|(old, new)| old != new);
    let line = differs.unwrap_or_else(|| golden.lines().count().min(text.lines().count()));
    panic!(
        "{} differs from line {}:\n- {}\n+ {}\nmake golden writes it anew",
        path.display(),
        line + 1,
        golden.lines().nth(line).unwrap_or("(nothing)"),
        text.lines().nth(line).unwrap_or("(nothing)"),
    );
}
