//! Files that stand for what was decided, renewed by `make golden`.

use std::fs;
use std::path::Path;

/// Compares `text` with the file kept for it.
#[track_caller]
pub(crate) fn stands(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if is_writing() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        return;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "{name} changed, look at it and run `make golden`:\n{text}");
}

#[expect(clippy::disallowed_methods, reason = "a test is told to renew files by its environment")]
fn is_writing() -> bool {
    std::env::var("BIHUAN_GOLDEN").is_ok_and(|value| value == "write")
}
