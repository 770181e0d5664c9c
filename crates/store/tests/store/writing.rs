//! The write path: what is answered is committed, what refuses leaves nothing,
//! and who fails, fails alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bihuan_domain::instant::Instant;
use bihuan_store::engine::Answered;
use bihuan_store::read::MessageRow;
use bihuan_store::registers::PersonRow;
use bihuan_store::{Store, StoreError, Tx};
use bihuan_testkit::county::County;
use bihuan_testkit::engines::{self, Engine};
use bihuan_testkit::story::Story;
use tokio::task::JoinSet;

use crate::{command, county, start, write};

/// Takes a number and answers a command with it; the same command again gets
/// the first answer.
pub(crate) async fn numbered(tx: &mut Tx, id: u128) -> Result<i64, StoreError> {
    if let Some(first) = tx.answered(&county(), command(id)).await? {
        return Ok(first.result.parse().unwrap_or(-1));
    }
    let number = tx.take_numbers(&county(), "XY", 1).await?;
    let digest = "digest".to_owned();
    let answered = Answered { sender: "someone".into(), digest, result: number.to_string() };
    tx.answer(&county(), command(id), answered, start());
    Ok(number)
}

async fn numbers(store: &Store, ids: impl Iterator<Item = u128>) -> Vec<i64> {
    let mut tasks = JoinSet::new();
    for id in ids {
        let store = store.clone();
        tasks.spawn(async move { write!(store, tx => numbered(tx, id).await?).unwrap() });
    }
    let mut numbers = tasks.join_all().await;
    numbers.sort_unstable();
    numbers
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_taken_by_64_at_once_have_no_gap_and_no_twin() {
    engines::each(|database| async move {
        let expected: Vec<i64> = (1..=64).collect();
        assert_eq!(numbers(&database.store, 0..64).await, expected);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_sent_many_times_at_once_is_done_once_and_answered_alike() {
    engines::each(|database| async move {
        let numbers = numbers(&database.store, std::iter::repeat_n(7, 24)).await;
        assert_eq!(numbers, vec![1; 24]);
        assert_eq!(write!(database.store, tx => numbered(tx, 8).await?).unwrap(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_work_gives_its_number_back_and_leaves_no_row() {
    engines::each(|database| async move {
        let mut tasks = JoinSet::new();
        for id in 0..64_u128 {
            let store = database.store.clone();
            tasks.spawn(async move {
                let outcome = write!(store, tx => {
                    let number = numbered(tx, id).await?;
                    tx.put_setting(&county(), &format!("of {id}"), "written").await?;
                    if id % 3 == 0 {
                        return Err(StoreError::Busy);
                    }
                    number
                });
                (id, outcome.ok())
            });
        }
        let mut kept = Vec::new();
        for (id, number) in tasks.join_all().await {
            let setting = database.store.setting(&county(), &format!("of {id}")).await.unwrap();
            assert_eq!(setting.is_some(), number.is_some(), "{id}");
            kept.extend(number);
        }
        kept.sort_unstable();
        assert_eq!(kept, (1..=42).collect::<Vec<_>>());
    })
    .await;
}

/// Work that only reads and gathers, then refuses.
#[tokio::test(flavor = "multi_thread")]
async fn refusals_among_gathered_work_leave_the_rest_of_the_batch_alone() {
    engines::each(|database| async move {
        let mut tasks = JoinSet::new();
        for id in 0..64_u128 {
            let store = database.store.clone();
            tasks.spawn(async move {
                write!(store, tx => {
                    tx.put_report_code(&county(), &format!("code {id}"), crate::matter(id));
                    if id % 2 == 0 {
                        return Err(StoreError::Busy);
                    }
                })
                .is_ok()
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().filter(|kept| *kept).count(), 32);
        for id in 0..64_u128 {
            let found = database.store.matter_by_code(&county(), &format!("code {id}")).await;
            assert_eq!(found.unwrap().is_some(), id % 2 == 1);
        }
    })
    .await;
}

fn person(id: u128, login: &str) -> PersonRow {
    PersonRow {
        id: uuid::Uuid::from_u128(id).to_string(),
        login: login.to_owned(),
        name: "李四".to_owned(),
        phone: None,
        password: None,
        must_change: 0,
        added_us: 0,
        left_us: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn work_whose_statement_fails_fails_alone() {
    engines::each(|database| async move {
        let mut tasks = JoinSet::new();
        for id in 0..40_u128 {
            let store = database.store.clone();
            tasks.spawn(async move {
                // Every fifth wants a name that one of the others has.
                let login = if id % 5 == 0 { "same".to_owned() } else { format!("login {id}") };
                let outcome = write!(store, [login], tx => {
                    tx.put_report_code(&county(), &format!("code {id}"), crate::matter(id));
                    tx.add_person(&county(), &person(id, &login)).await?;
                });
                if let Err(fault) = &outcome {
                    assert!(fault.is_unique(), "{fault}");
                }
                (id, outcome.is_ok())
            });
        }
        let outcomes = tasks.join_all().await;
        assert_eq!(outcomes.iter().filter(|(_, done)| *done).count(), 33);
        for (id, done) in outcomes {
            let found = database.store.matter_by_code(&county(), &format!("code {id}")).await;
            assert_eq!(found.unwrap().is_some(), done, "{id}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_rows_that_must_be_new_the_second_fails_alone() {
    engines::each(|database| async move {
        let mut tasks = JoinSet::new();
        for id in 0..30_u128 {
            let store = database.store.clone();
            tasks.spawn(async move {
                let code = format!("code {}", id / 2);
                write!(store, [code], tx => tx.put_report_code(&county(), &code, crate::matter(id)))
                    .is_ok()
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().filter(|done| *done).count(), 15);
    })
    .await;
}

#[tokio::test]
async fn work_that_goes_on_after_a_failed_statement_is_not_committed() {
    engines::each(|database| async move {
        let store = &database.store;
        write!(store, tx => tx.add_person(&county(), &person(1, "first")).await?).unwrap();
        let outcome = write!(store, tx => {
            tx.put_setting(&county(), "half", "written").await?;
            tx.add_person(&county(), &person(2, "first")).await.ok();
        });
        assert!(matches!(outcome, Err(StoreError::WentOn)), "{outcome:?}");
        assert_eq!(store.setting(&county(), "half").await.unwrap(), None);
    })
    .await;
}

/// As on a full disk, where SQLite ends the transaction by itself.
#[tokio::test]
async fn nothing_is_written_after_sqlite_has_ended_the_transaction() {
    let (address, _folder) = engines::sqlite_file();
    let store = engines::open(&address).await;
    let beside = sqlx::SqlitePool::connect(&address).await.unwrap();
    let ends = "CREATE TRIGGER ends BEFORE INSERT ON person BEGIN \
                SELECT RAISE(ROLLBACK, 'no room'); END";
    sqlx::query(ends).execute(&beside).await.unwrap();
    let outcome = write!(store, tx => {
        tx.put_setting(&county(), "before", "written").await?;
        tx.add_person(&county(), &person(1, "first")).await.ok();
        tx.put_setting(&county(), "after", "written").await.ok();
    });
    assert!(matches!(outcome, Err(StoreError::WentOn)), "{outcome:?}");
    for name in ["before", "after"] {
        assert_eq!(store.setting(&county(), name).await.unwrap(), None, "{name}");
    }
    write!(store, tx => tx.put_setting(&county(), "next", "written").await?).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_panics_harms_no_other() {
    engines::each(|database| async move {
        let mut tasks = JoinSet::new();
        for id in 0..20_u128 {
            let store = database.store.clone();
            tasks.spawn(async move {
                let outcome = write!(store, tx => {
                    tx.put_setting(&county(), &format!("of {id}"), "written").await?;
                    assert_ne!(id, 11, "this one falls over on purpose");
                });
                match outcome {
                    Ok(()) => true,
                    Err(StoreError::Panicked) => false,
                    Err(other) => panic!("{other}"),
                }
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().filter(|done| *done).count(), 19);
        assert_eq!(database.store.setting(&county(), "of 11").await.unwrap(), None);
        assert!(database.store.setting(&county(), "of 12").await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_statement_sees_what_its_own_work_gathered() {
    engines::each(|database| async move {
        let message = message(1);
        write!(database.store, [message], tx => {
            tx.put_message(&county(), "once", &message);
            tx.message_sent(&county(), &message.id, start()).await?;
        })
        .unwrap();
        let waiting = database.store.messages_to_send(&county(), "mail", later(), 9).await.unwrap();
        assert_eq!(waiting, []);
    })
    .await;
}

fn later() -> Instant {
    start().plus_days(1)
}

pub(crate) fn message(id: u128) -> MessageRow {
    MessageRow {
        id: uuid::Uuid::from_u128(id).to_string(),
        person: None,
        channel: "mail".to_owned(),
        matter: None,
        kind: "due-soon".to_owned(),
        facts: "{}".to_owned(),
        made_us: 1,
        after_us: 1,
        sent_us: None,
        read_us: None,
        tries: 0,
        fault: None,
    }
}

/// On SQLite the two halves may share a batch: the erasing must still meet
/// the content.
#[tokio::test(flavor = "multi_thread")]
async fn content_put_and_erased_at_once_is_gone_whatever_the_batch() {
    engines::each(|database| async move {
        let rules = County::xingyang();
        let mut story = Story::new(rules, 5, start());
        let told = story.report();
        let stream = told.act.matter.to_string();
        let (put, erase) = (told.contents.clone(), told.contents.clone());
        let writing = write!(database.store, [put, erase, stream], tx => {
            put.iter().for_each(|content| tx.put_content(&county(), &stream, content));
            for content in &erase {
                tx.erase_content(&county(), &stream, content.commitment).await?;
            }
        });
        writing.unwrap();
        let left = database.store.contents_after(&county(), ("", ""), 99).await.unwrap();
        assert_eq!(left, []);
    })
    .await;
}

#[tokio::test]
async fn a_matter_moved_between_units_twice_in_one_transaction_keeps_the_last() {
    engines::each(|database| async move {
        let store = &database.store;
        let (rules, cast) = crate::life(store, 12, 80).await;
        let moved = cast.values().find(|loaded| loaded.matter.lead.is_some()).cloned().unwrap();
        let rules = Arc::clone(&rules);
        let first = moved.clone();
        write!(store, [first, rules], tx => {
            let mut before = first.matter.clone();
            for unit in ["county", "gov-office"] {
                let mut loaded = first.clone();
                if let Some(lead) = &mut loaded.matter.lead {
                    lead.unit = bihuan_domain::ids::UnitCode::new(unit);
                }
                loaded.matter.co.clear();
                let rows =
                    bihuan_store::project::rows(&county(), &loaded.matter, &rules.playbook, Some(&before));
                before = loaded.matter.clone();
                tx.put_matter(&county(), loaded, rows);
            }
        })
        .unwrap();
        let text = crate::projections(store, &county()).await;
        let id = moved.matter.id.to_string();
        let units: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("[\"matter_unit\"") && line.contains(&id))
            .collect();
        assert_eq!(units.len(), 1, "{units:?}");
        assert!(units[0].contains("gov-office"));
    })
    .await;
}

#[tokio::test]
async fn texts_with_a_nul_are_refused_alike_however_they_are_written_or_asked() {
    engines::each(|database| async move {
        let store = &database.store;
        let gathered = write!(store, tx => tx.put_report_code(&county(), "a\0b", crate::matter(1)));
        let direct = write!(store, tx => tx.put_setting(&county(), "name", "a\0b").await?);
        let asked = store.person_by_login(&county(), "a\0b").await.map(|_| ());
        for outcome in [gathered, direct.map(|_| ()), asked] {
            assert!(matches!(outcome, Err(StoreError::Nul)), "{outcome:?}");
        }
        assert_eq!(store.setting(&county(), "name").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_nul_in_what_changes_of_a_matter_is_refused_on_both_engines() {
    engines::each(|database| async move {
        let store = &database.store;
        let (rules, cast) = crate::life(store, 13, 40).await;
        let before = cast.into_values().next().unwrap();
        let outcome = write!(store, [before, rules], tx => {
            let mut after = before.clone();
            after.matter.number = bihuan_domain::ids::MatterNumber::new("N\0");
            let rows = bihuan_store::project::rows(
                &county(), &after.matter, &rules.playbook, Some(&before.matter),
            );
            tx.put_matter(&county(), after, rows);
        });
        assert!(matches!(outcome, Err(StoreError::Nul)), "{outcome:?}");
    })
    .await;
}

#[tokio::test]
async fn integers_beyond_the_doubles_survive_both_ways_of_writing() {
    engines::each(|database| async move {
        let store = &database.store;
        for number in [i64::MAX, i64::MIN, (1 << 53) + 1] {
            let id = format!("at {number}");
            let mut row = attachment(&id);
            row.bytes = number;
            write!(store, [row], tx => tx.put_attachment(&county(), &row)).unwrap();
            assert_eq!(store.attachment(&county(), &id).await.unwrap().unwrap().bytes, number);
        }
    })
    .await;
}

pub(crate) fn attachment(id: &str) -> bihuan_store::registers::AttachmentRow {
    bihuan_store::registers::AttachmentRow {
        id: id.to_owned(),
        commitment: None,
        matter: None,
        sha256: "00".to_owned(),
        kind: "image/jpeg".to_owned(),
        name: "灯 \"1\" \\ \u{1f526}\n.jpg".to_owned(),
        bytes: 1,
        stored: "aa".to_owned(),
        thumb: None,
        given_us: 7,
    }
}

#[tokio::test]
async fn a_row_comes_back_as_it_was_given_with_all_its_odd_letters() {
    engines::each(|database| async move {
        let row = attachment("odd");
        let given = row.clone();
        write!(database.store, [row], tx => tx.put_attachment(&county(), &row)).unwrap();
        let found = database.store.attachment(&county(), "odd").await.unwrap().unwrap();
        assert_eq!(found, given);
    })
    .await;
}

#[tokio::test]
async fn one_transaction_may_write_ten_thousand_rows_and_long_texts() {
    engines::each(|database| async move {
        let long = "很长的话".repeat(25_000);
        write!(database.store, [long], tx => {
            for id in 0..10_000_u128 {
                tx.put_report_code(&county(), &format!("{id:05}"), crate::matter(id));
            }
            for id in 0..30_u128 {
                let mut row = attachment(&id.to_string());
                row.name.clone_from(&long);
                tx.put_attachment(&county(), &row);
            }
        })
        .unwrap();
        let last = database.store.matter_by_code(&county(), "09999").await.unwrap();
        assert_eq!(last, Some(crate::matter(9_999)));
        let row = database.store.attachment(&county(), "29").await.unwrap().unwrap();
        assert_eq!(row.name.chars().count(), 100_000);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_answers_everything_that_waits_and_then_takes_nothing() {
    engines::each(|database| async move {
        let ran = Arc::new(AtomicU32::new(0));
        let mut tasks = JoinSet::new();
        for id in 0..200_u128 {
            let (store, ran) = (database.store.clone(), Arc::clone(&ran));
            tasks.spawn(async move {
                let outcome = write!(store, [ran], tx => {
                    tx.put_setting(&county(), &format!("of {id}"), "written").await?;
                    ran.fetch_add(1, Ordering::SeqCst);
                });
                match outcome {
                    Ok(()) => Some(id),
                    Err(StoreError::Stopped) => None,
                    Err(other) => panic!("{other}"),
                }
            });
        }
        while ran.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        database.store.close().await;
        let answered = tasks.join_all().await;
        assert_eq!(answered.len(), 200);
        let late = write!(database.store, tx => numbered(tx, 1).await?);
        assert!(matches!(late, Err(StoreError::Stopped)), "{late:?}");
        let again = database.reopen().await;
        for id in 0..200_u128 {
            let found = again.setting(&county(), &format!("of {id}")).await.unwrap();
            assert_eq!(found.is_some(), answered.contains(&Some(id)), "{id}");
        }
        again.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_goes_away_leaves_the_work_to_finish() {
    engines::each(|database| async move {
        let store = database.store.clone();
        let (started, mut has_started) = tokio::sync::mpsc::channel(1);
        let caller = tokio::spawn(async move {
            write!(store, [started], tx => {
                started.send(()).await.ok();
                tx.put_setting(&county(), "left", "finished").await?;
            })
        });
        has_started.recv().await.unwrap();
        caller.abort();
        caller.await.ok();
        // The writer is one: when later work is answered, the earlier is done.
        let engine = database.engine;
        while engine == Engine::Postgres
            && database.store.setting(&county(), "left").await.unwrap().is_none()
        {
            tokio::task::yield_now().await;
        }
        write!(database.store, tx => numbered(tx, 1).await?).unwrap();
        let left = database.store.setting(&county(), "left").await.unwrap();
        assert_eq!(left.as_deref(), Some("finished"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_transactions_that_lock_each_other_are_run_again_and_both_succeed() {
    engines::each(|database| async move {
        let mut tasks = JoinSet::new();
        for turn in 0..12_u32 {
            let store = database.store.clone();
            tasks.spawn(async move {
                let names = if turn % 2 == 0 { ["a", "b"] } else { ["b", "a"] };
                write!(store, tx => {
                    for name in names {
                        tx.attempt(&county(), name, start(), start()).await?;
                    }
                })
                .unwrap();
            });
        }
        tasks.join_all().await;
        for name in ["a", "b"] {
            assert_eq!(
                database.store.attempts(&county(), name, (start(), start())).await.unwrap(),
                12
            );
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_read_right_after_an_answer_is_there() {
    engines::each(|database| async move {
        for turn in 0..20 {
            let value = turn.to_string();
            let given = value.clone();
            write!(database.store, [given], tx => tx.put_setting(&county(), "turn", &given).await?)
                .unwrap();
            assert_eq!(database.store.setting(&county(), "turn").await.unwrap(), Some(value));
        }
    })
    .await;
}
