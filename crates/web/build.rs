//! The bundled style sheets and scripts are made by `make assets` (npm, esbuild)
//! and embedded from `dist/`. Rust tests and tools must work without Node, so an
//! absent folder is made empty, with a warning that says what the pages lack.

use std::{env, fs, path::Path};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo speaks to a build script through the environment"
)]
fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=dist");
    println!("cargo::rerun-if-changed=i18n");
    println!("cargo::rerun-if-changed=templates");
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("dist");
    if !dist.join("manifest.json").exists() {
        fs::create_dir_all(&dist)?;
        println!(
            "cargo::warning=crates/web/dist has no manifest.json: pages will have no style sheets or scripts until `make assets` has run"
        );
    }
    Ok(())
}
