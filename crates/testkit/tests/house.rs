//! The order of the house: what may depend on what, and what may lie in the tree. What ARCHITECTURE.md
//! and CONTRIBUTING.md promise about the code is checked here, so that a document cannot go stale quietly.

#![expect(clippy::unwrap_used, reason = "what cannot be read fails the test that reads it")]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// Which of our crates each crate may use. Arrows point inward only.
const ARROWS: [(&str, &[&str]); 8] = [
    ("bihuan-domain", &[]),
    ("bihuan-store", &["bihuan-domain"]),
    ("bihuan-app", &["bihuan-domain", "bihuan-store"]),
    ("bihuan-documents", &["bihuan-domain", "bihuan-app"]),
    ("bihuan-simulate", &["bihuan-domain", "bihuan-app"]),
    ("bihuan-web", &["bihuan-domain", "bihuan-app", "bihuan-documents"]),
    (
        "bihuan-cli",
        &[
            "bihuan-domain",
            "bihuan-store",
            "bihuan-app",
            "bihuan-documents",
            "bihuan-simulate",
            "bihuan-web",
        ],
    ),
    ("bihuan-testkit", &["bihuan-domain", "bihuan-store", "bihuan-app"]),
];

/// Libraries that only some crates may know, tests included; a family is its name and what follows a dash.
const KEPT: [(&str, &[&str]); 3] = [
    ("sqlx", &["bihuan-store"]),
    ("axum", &["bihuan-web", "bihuan-cli"]),
    ("askama", &["bihuan-web"]),
];

const DOCUMENTS: [&str; 4] = ["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE"];

const LONGEST_FILE: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn workspace() -> Metadata {
    MetadataCommand::new().current_dir(root()).no_deps().exec().unwrap()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file of ours below a folder; what tools write is passed over.
fn files(folder: &Path) -> Vec<PathBuf> {
    let written = [".git", "target", "node_modules", "dist", "dist.new", "results", ".bihuan"];
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if written.iter().any(|name| path.file_name() == Some(OsStr::new(name))) {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn code() -> Vec<PathBuf> {
    let kinds = ["rs", "ts", "mjs", "sh"];
    let ours = |path: &PathBuf| {
        path.extension().and_then(OsStr::to_str).is_some_and(|kind| kinds.contains(&kind))
    };
    files(&root()).into_iter().filter(ours).collect()
}

fn of_family(name: &str, family: &str) -> bool {
    name.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn arrows_outward(package: &Package) -> Vec<String> {
    let allowed = ARROWS.iter().find(|(name, _)| *name == package.name.as_str());
    let Some((_, allowed)) = allowed else {
        return vec![format!("{} is not in the plan", package.name)];
    };
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind == DependencyKind::Normal)
        .filter(|dependency| of_family(&dependency.name, "bihuan"))
        .filter(|dependency| !allowed.contains(&dependency.name.as_str()))
        .map(|dependency| format!("{} -> {}", package.name, dependency.name))
        .collect()
}

#[test]
fn no_arrow_between_our_crates_points_outward() {
    let packages = workspace().packages;
    assert_eq!(packages.len(), ARROWS.len(), "the plan knows every crate");
    let outward: Vec<String> = packages.iter().flat_map(arrows_outward).collect();
    assert!(outward.is_empty(), "{outward:#?}");
}

#[test]
fn a_library_that_belongs_to_one_crate_stays_there() {
    let mut strayed = BTreeSet::new();
    for package in workspace().packages {
        for (family, homes) in KEPT {
            let knows = package.dependencies.iter().any(|d| of_family(&d.name, family));
            if knows && !homes.contains(&package.name.as_str()) {
                strayed.insert(format!("{} -> {family}", package.name));
            }
        }
    }
    assert!(strayed.is_empty(), "{strayed:#?}");
}

#[test]
fn the_rules_know_no_runtime() {
    let packages = workspace().packages;
    let domain = packages.iter().find(|package| package.name.as_str() == "bihuan-domain").unwrap();
    let runtimes: Vec<&str> = domain
        .dependencies
        .iter()
        .filter(|d| d.kind == DependencyKind::Normal)
        .map(|d| d.name.as_str())
        .filter(|name| ["tokio", "futures-util", "async-trait", "getrandom", "rand"].contains(name))
        .collect();
    assert!(runtimes.is_empty(), "{runtimes:?}");
}

#[test]
fn no_file_of_code_grows_past_its_limit() {
    let long: Vec<String> = code()
        .iter()
        .map(|path| (path, read(path).lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(path, lines)| format!("{} has {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "split by verb or noun: {long:#?}");
}

#[test]
fn no_code_is_left_unfinished_or_switched_off() {
    // Spelled in two halves, or this file would report itself.
    let marks = [
        concat!("FIX", "ME"),
        concat!("#[ig", "nore"),
        concat!("test.sk", "ip("),
        concat!("test.on", "ly("),
        concat!("test.to", "do("),
    ];
    let found: Vec<String> = code()
        .iter()
        .filter(|path| marks.iter().any(|mark| read(path).contains(mark)))
        .map(|path| path.display().to_string())
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn nothing_made_by_others_lies_in_the_tree() {
    let made = |path: &PathBuf| {
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        name.contains(".min.") || path.components().any(|part| part.as_os_str() == "vendor")
    };
    let found: Vec<PathBuf> = files(&root()).into_iter().filter(made).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_npm_lock_names_no_download_address() {
    let lock = read(&root().join("package-lock.json"));
    assert!(lock.contains("\"integrity\""), "the lock still pins the content");
    assert!(!lock.contains("\"resolved\""));
}

#[test]
fn npm_packages_are_pinned_to_one_version() {
    let package = read(&root().join("package.json"));
    let (_, pinned) = package.split_once("\"devDependencies\"").unwrap();
    let loose: Vec<&str> = pinned.lines().filter(|line| line.contains(['^', '~', '*'])).collect();
    assert!(loose.is_empty(), "{loose:#?}");
}

/// Words in backticks that name a file or folder of this tree.
fn paths_named_in(text: &str) -> Vec<&str> {
    let tops = [".ci/", "bench/", "crates/", "docs/", "e2e/", "playbooks/", "scripts/"];
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| tops.iter().any(|top| word.starts_with(top)))
        .filter(|word| !word.contains([' ', '\n', '<', '{', '*', '…']))
        .collect()
}

#[test]
fn every_path_a_document_names_exists() {
    let root = root();
    let is_text = |path: &PathBuf| path.extension() == Some(OsStr::new("md"));
    let mut missing = Vec::new();
    for document in files(&root).into_iter().filter(is_text) {
        for named in paths_named_in(&read(&document)) {
            let path = named.split(['#', ':']).next().unwrap_or(named);
            if !root.join(path).exists() {
                missing.push(format!("{} names {named}", document.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_documents_a_newcomer_looks_for_are_there() {
    let absent: Vec<&str> =
        DOCUMENTS.into_iter().filter(|name| !root().join(name).is_file()).collect();
    assert!(absent.is_empty(), "{absent:?}");
}
