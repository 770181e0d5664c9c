//! Work that says beforehand what it will ask for is done like any other,
//! however much of it shares a transaction.

use std::collections::BTreeSet;
use std::sync::Arc;

use bihuan_domain::ids::MatterId;
use bihuan_domain::journal::commit;
use bihuan_domain::matter::{Actor, Command, ContentTag};
use bihuan_store::engine::{Answered, Foreseen, WorkFuture};
use bihuan_store::{Store, StoreError};
use bihuan_testkit::county::{Act, NotDone};
use bihuan_testkit::engines;
use tokio::task::JoinSet;

use crate::{command, county, index_all, life, projections, start};

fn foreseen(id: u128, matter: Option<MatterId>, attempt: Option<&str>) -> Option<Foreseen> {
    let attempt = attempt.map(ToOwned::to_owned);
    Some(Foreseen { county: county(), command: command(id), matter, attempt })
}

async fn counted(store: Store, id: u128) -> i64 {
    let counted = store.write_foreseen(
        foreseen(id, None, Some("k")),
        |tx| -> WorkFuture<'_, Result<i64, StoreError>> {
            Box::pin(async move { Ok(tx.attempt(&county(), "k", start(), start()).await?.count) })
        },
    );
    counted.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn attempts_foreseen_together_are_each_counted() {
    engines::each(|database| async move {
        let mut tasks = JoinSet::new();
        for id in 0..48 {
            tasks.spawn(counted(database.store.clone(), id));
        }
        let counts: BTreeSet<i64> = tasks.join_all().await.into_iter().collect();
        assert_eq!(counts, (1..=48).collect());
        assert_eq!(counted(database.store.clone(), 48).await, 49);
    })
    .await;
}

/// Answers with who asked first.
async fn first_of(store: Store, asks: u128) -> String {
    let first = store.write_foreseen(
        foreseen(7, None, None),
        move |tx| -> WorkFuture<'_, Result<String, StoreError>> {
            Box::pin(async move {
                if let Some(first) = tx.answered(&county(), command(7)).await? {
                    return Ok(first.result);
                }
                let result = asks.to_string();
                let (sender, digest) = (String::new(), String::new());
                let answered = Answered { sender, digest, result: result.clone() };
                tx.answer(&county(), command(7), answered, start());
                Ok(result)
            })
        },
    );
    first.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_foreseen_many_times_is_done_once() {
    engines::each(|database| async move {
        let mut tasks = JoinSet::new();
        for asks in 0..24 {
            tasks.spawn(first_of(database.store.clone(), asks));
        }
        let answers: BTreeSet<String> = tasks.join_all().await.into_iter().collect();
        assert_eq!(answers.len(), 1, "{answers:?}");
        assert_eq!(Some(&first_of(database.store.clone(), 99).await), answers.first());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_many_say_of_one_matter_at_once_is_all_there_and_its_rows_are_what_the_journal_says() {
    engines::each(|database| async move {
        let store = &database.store;
        let (rules, cast) = life(store, 12, 80).await;
        let said = cast.values().find(|loaded| loaded.matter.lead.is_some()).cloned().unwrap();
        let (id, before) = (said.matter.id, said.matter.entries);
        let words = commit(ContentTag::Words.code(), &[7; 32], "还在".as_bytes());
        let mut tasks = JoinSet::new();
        for nth in 0..30 {
            let (store, rules) = (store.clone(), Arc::clone(&rules));
            let command_id = 9_000 + nth;
            let act = Act {
                matter: id,
                id: command(command_id),
                command: Command::Supplement { words: Some(words), evidence: Vec::new() },
                actor: Actor::reporter(),
                at: start().plus_days(400),
            };
            tasks.spawn(async move {
                let entries = store.write_foreseen(
                    foreseen(command_id, Some(id), None),
                    move |tx| -> WorkFuture<'_, Result<u64, NotDone>> {
                        let (rules, act) = (Arc::clone(&rules), act.clone());
                        Box::pin(async move { Ok(rules.take(tx, &act).await?.matter.entries) })
                    },
                );
                entries.await.unwrap()
            });
        }
        let entries: BTreeSet<u64> = tasks.join_all().await.into_iter().collect();
        assert_eq!(entries, (before + 1..=before + 30).collect());
        index_all(store).await;
        let rows = projections(store, &county()).await;
        let playbook = Arc::new(rules.playbook.clone());
        store.rebuild(&county(), move |_| Some(Arc::clone(&playbook))).await.unwrap();
        assert_eq!(projections(store, &county()).await, rows);
    })
    .await;
}
