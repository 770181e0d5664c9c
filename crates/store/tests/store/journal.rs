//! The journal: chains, contents, and the log that seals them.

use bihuan_domain::journal::tree::{self, inclusion_positions};
use bihuan_domain::journal::{Entry, check_chain, hash_of, leaf_of};
use bihuan_store::Store;
use bihuan_store::journal::{Sealed, StoredCheckpoint};
use bihuan_testkit::engines;
use tokio::task::JoinSet;

use crate::{county, life, start, write};

/// Seals one slice under a note that names size and root.
async fn seal(store: &Store, limit: u32) -> Option<Sealed> {
    write!(store, tx => {
        let (log, size) = match tx.lock_log(&county()).await? {
            Some(log) => log,
            None => {
                tx.open_log(&county(), 1).await?;
                (1, 0)
            }
        };
        let sealed = tx.seal(&county(), log, size, limit).await?;
        if let Some(sealed) = &sealed {
            let note = format!("{} {}", sealed.size, sealed.root);
            let checkpoint = StoredCheckpoint { log, size: sealed.size, at: start(), note };
            tx.add_checkpoint(&county(), &checkpoint);
        }
        sealed
    })
    .unwrap()
}

pub(crate) async fn seal_all(store: &Store) -> Option<Sealed> {
    let mut last = None;
    while let Some(sealed) = seal(store, 37).await {
        last = Some(sealed);
    }
    last
}

#[tokio::test]
async fn every_stream_reads_back_as_an_unbroken_chain_and_the_same_matter() {
    engines::each(|database| async move {
        let store = &database.store;
        let (_, cast) = life(store, 21, 150).await;
        for (id, loaded) in cast {
            let texts = store.entry_texts(&county(), &id.to_string()).await.unwrap();
            let entries: Vec<Entry> =
                texts.iter().map(|text| Entry::parse(text).unwrap()).collect();
            let head = check_chain(&entries).unwrap();
            assert_eq!(head, loaded.head);
            let (read, recorded) = store.matter(&county(), id).await.unwrap().unwrap();
            assert_eq!(read.matter, loaded.matter);
            assert_eq!(recorded.len() as u64, loaded.matter.entries);
            assert_eq!(recorded.last().unwrap().hash, hash_of(texts.last().unwrap()));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sealers_at_once_make_one_log_that_holds_every_entry_once() {
    engines::each(|database| async move {
        let store = &database.store;
        life(store, 22, 200).await;
        let (_, waiting) = store.entry_counts(&county()).await.unwrap();
        let mut sealers = JoinSet::new();
        for limit in [3, 10, 41, 7] {
            let store = store.clone();
            sealers.spawn(async move { while seal(&store, limit).await.is_some() {} });
        }
        sealers.join_all().await;
        let (sealed, left) = store.entry_counts(&county()).await.unwrap();
        assert_eq!((sealed, left), (waiting, 0));
        let leaves = store.leaves(&county(), 1, 0, u32::MAX).await.unwrap();
        assert_eq!(leaves.len() as u64, sealed);
        let mut frontier = tree::Frontier::default();
        let checkpoints = store.checkpoints(&county()).await.unwrap();
        for (index, text) in leaves {
            assert_eq!(index, frontier.size());
            frontier.push(leaf_of(&text)).unwrap();
            // Each checkpoint is of the one tree that these leaves make.
            if let Some(stored) = checkpoints.iter().find(|stored| stored.size == frontier.size()) {
                let root = frontier.root().unwrap();
                assert_eq!(stored.note, format!("{} {root}", frontier.size()));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_log_goes_on_after_a_restart_and_proves_old_and_new_entries() {
    engines::each(|database| async move {
        let store = &database.store;
        let (rules, cast) = life(store, 23, 60).await;
        let first = seal_all(store).await.unwrap();
        let again = database.reopen().await;
        let mut later = bihuan_testkit::story::Story::new(rules.clone(), 24, start().plus_days(9));
        let some = cast.values().find(|loaded| !loaded.matter.stage.is_over()).unwrap();
        let told = later.next(some, None).unwrap();
        bihuan_testkit::story::tell(&again, rules, told).await;
        let second = seal_all(&again).await.unwrap();
        assert_eq!(second.size, first.size + second.added);
        for id in cast.keys() {
            let stream = id.to_string();
            for (seq, text) in
                again.entry_texts(&county(), &stream).await.unwrap().iter().enumerate()
            {
                let (log, index) =
                    again.leaf_of(&county(), &stream, seq as u64).await.unwrap().unwrap();
                let positions = inclusion_positions(second.size, index).unwrap();
                let stored = again.log_hashes(&county(), log, &positions).await.unwrap();
                let proof = tree::inclusion_proof(second.size, index, &stored).unwrap();
                let leaf = leaf_of(text);
                tree::check_inclusion(&proof, second.size, second.root, index, leaf).unwrap();
            }
        }
        again.close().await;
    })
    .await;
}

#[tokio::test]
async fn within_a_stream_the_log_keeps_the_order_of_the_entries() {
    engines::each(|database| async move {
        let store = &database.store;
        let (_, cast) = life(store, 25, 150).await;
        seal_all(store).await;
        for id in cast.keys() {
            let stream = id.to_string();
            let entries = store.entry_texts(&county(), &stream).await.unwrap().len() as u64;
            let mut before = None;
            for seq in 0..entries {
                let place = store.leaf_of(&county(), &stream, seq).await.unwrap();
                assert!(place > before, "{stream} {seq}");
                before = place;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_waiting_entries_can_be_read_slice_by_slice_without_gap() {
    engines::each(|database| async move {
        let store = &database.store;
        life(store, 26, 60).await;
        let (_, waiting) = store.entry_counts(&county()).await.unwrap();
        let (mut read, mut after) = (0, (0, String::new(), 0));
        loop {
            let slice = store.unsealed(&county(), after.clone(), 7).await.unwrap();
            let Some((_, last)) = slice.last().cloned() else { break };
            read += slice.len() as u64;
            after = last;
        }
        assert_eq!(read, waiting);
    })
    .await;
}

#[tokio::test]
async fn erased_content_is_gone_with_its_random_bytes_and_the_rest_stays() {
    engines::each(|database| async move {
        let store = &database.store;
        let (_, cast) = life(store, 27, 30).await;
        let matter = &cast.values().next().unwrap().matter;
        let stream = matter.id.to_string();
        let before = store.contents(&county(), &stream).await.unwrap();
        let words = matter.words.unwrap();
        assert!(before.contains_key(&words));
        let other = "another matter".to_owned();
        let foreign = write!(store, [other], tx => {
            tx.erase_content(&county(), &other, words).await?
        });
        assert!(!foreign.unwrap(), "only the matter's own content goes");
        assert!(store.contents(&county(), &stream).await.unwrap().contains_key(&words));
        let own = write!(store, [stream], tx => tx.erase_content(&county(), &stream, words).await?);
        assert!(own.unwrap());
        let mut expected = before.clone();
        expected.remove(&words);
        assert_eq!(store.contents(&county(), &stream).await.unwrap(), expected);
    })
    .await;
}

#[tokio::test]
async fn counties_in_one_database_see_nothing_of_each_other() {
    engines::each(|database| async move {
        let store = &database.store;
        let (_, cast) = life(store, 28, 30).await;
        let other = bihuan_domain::ids::CountyCode::new("131000");
        let id = *cast.keys().next().unwrap();
        assert!(store.matter(&other, id).await.unwrap().is_none());
        assert_eq!(store.entry_counts(&other).await.unwrap(), (0, 0));
        assert_eq!(crate::projections(store, &other).await, "");
        assert_eq!(store.streams_after(&other, "", 9).await.unwrap(), Vec::<String>::new());
    })
    .await;
}
