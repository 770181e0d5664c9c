//! A database of every earlier release opens, with its data. `fixtures/` holds
//! one SQLite file and one PostgreSQL dump a release, `v<version>.db` and
//! `v<version>.sql`; there are none until the first release.

use std::fs;
use std::path::{Path, PathBuf};

use bihuan_store::Store;
use bihuan_testkit::engines;

use crate::{county, index_all, life, projections};

fn fixtures(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let Ok(files) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == kind))
        .collect();
    found.sort();
    found
}

#[test]
fn every_release_has_left_a_database_of_each_engine() {
    let versions = |kind: &str| -> Vec<_> {
        fixtures(kind).iter().map(|path| path.file_stem().unwrap().to_owned()).collect()
    };
    assert_eq!(versions("db"), versions("sql"));
    // 0.1.0 is not released: the first release adds the first pair.
    assert_eq!(versions("db").is_empty(), env!("CARGO_PKG_VERSION") == "0.1.0");
}

#[tokio::test]
async fn a_database_file_of_every_release_opens_and_reads_back() {
    for fixture in fixtures("db") {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("bihuan.db");
        fs::copy(&fixture, &copy).unwrap();
        let store = Store::open(&format!("sqlite:{}", copy.display())).await.unwrap();
        assert!(reads_back(&store).await > 0, "{}", fixture.display());
        store.close().await;
    }
}

async fn reads_back(store: &Store) -> usize {
    let streams = store.streams_after(&county(), "", u32::MAX).await.unwrap();
    let mut matters = 0;
    for id in streams.iter().filter_map(|stream| stream.parse().ok()) {
        assert!(store.matter(&county(), id).await.unwrap().is_some());
        matters += 1;
    }
    matters
}

#[tokio::test]
async fn a_database_of_this_version_opens_again_unchanged() {
    engines::each(|database| async move {
        let (_, cast) = life(&database.store, 41, 60).await;
        index_all(&database.store).await;
        let before = projections(&database.store, &county()).await;
        database.store.close().await;
        let again = database.reopen().await;
        assert_eq!(reads_back(&again).await, cast.len());
        assert_eq!(projections(&again, &county()).await, before);
        again.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_sqlite_file_can_be_read_while_it_is_fresh_and_again_without_its_log() {
    let (address, _folder) = engines::sqlite_file();
    let store = engines::open(&address).await;
    assert_eq!(store.units(&county()).await.unwrap(), []);
    store.close().await;
    let path = address.trim_start_matches("sqlite:");
    assert!(!Path::new(&format!("{path}-wal")).exists(), "closing leaves one file");
    let again = engines::open(&address).await;
    assert_eq!(again.units(&county()).await.unwrap(), []);
    again.close().await;
}
