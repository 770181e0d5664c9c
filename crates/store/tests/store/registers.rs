//! People, sessions, attempts, messages, places, playbooks.

use bihuan_domain::ids::PersonId;
use bihuan_domain::instant::Instant;
use bihuan_store::Store;
use bihuan_store::registers::{
    Counted, HolidayRow, PersonRow, PlaceRow, PlaybookRow, PostRow, SessionRow, UnitRow,
};
use bihuan_testkit::engines;

use crate::writing::{attachment, message};
use crate::{command, county, matter, start, write};

const ONE: PersonId = PersonId(uuid::Uuid::from_u128(1));

fn person() -> PersonRow {
    PersonRow {
        id: ONE.to_string(),
        login: "zhang".to_owned(),
        name: "张三".to_owned(),
        phone: Some("13800000000".to_owned()),
        password: Some("$argon2id$".to_owned()),
        must_change: 1,
        added_us: 5,
        left_us: None,
    }
}

fn session(token: &str, ends_us: i64) -> SessionRow {
    SessionRow {
        token: token.to_owned(),
        person: ONE.to_string(),
        post: "p".to_owned(),
        agent: "test".to_owned(),
        made_us: 5,
        seen_us: 5,
        ends_us,
    }
}

fn post(id: &str, unit: &str) -> PostRow {
    PostRow {
        id: id.to_owned(),
        person: ONE.to_string(),
        role: "handler".to_owned(),
        unit: unit.to_owned(),
        grid: Some("05-012".to_owned()),
        granted_us: 6,
        revoked_us: None,
    }
}

fn place(generation: i64) -> PlaceRow {
    PlaceRow {
        id: "P1".to_owned(),
        name_zh: "索河桥".to_owned(),
        name_en: "Suohe bridge".to_owned(),
        grid: "01-001".to_owned(),
        lat_e6: Some(34_780_000),
        lon_e6: None,
        generation,
        retired_us: None,
    }
}

fn playbook(version: &str) -> PlaybookRow {
    PlaybookRow {
        version: version.to_owned(),
        hash: "00".to_owned(),
        files: "[]".to_owned(),
        from_us: 1,
        applied_us: 1,
        reverted_us: None,
    }
}

/// A row in each register, for what compares whole databases.
pub(crate) async fn fill(store: &Store) {
    write!(store, tx => {
        tx.add_person(&county(), &person()).await?;
        tx.add_session(&county(), &session("t1", 50)).await?;
        tx.put_post(&county(), &post("p1", "lighting")).await?;
        tx.put_place(&county(), &place(1)).await?;
        tx.put_playbook(&county(), &playbook("1")).await?;
        tx.put_setting(&county(), "name", "值").await?;
        tx.attempt(&county(), "login", start(), start()).await?;
        tx.save_ledger(&county(), command(1), ONE, "mine", "q=1").await?;
        tx.take_numbers(&county(), "XY", 3).await?;
        tx.put_message(&county(), "once", &message(1));
        tx.put_attachment(&county(), &attachment("a1"));
        tx.put_identity(&county(), matter(1), "sealed", Some("phone"));
        tx.put_report_code(&county(), "code", matter(1));
        let unit = UnitRow {
            code: "county".into(), name_zh: "市".into(), name_en: "City".into(), above: None,
            grid: None, merged_into: None, retired_us: None,
        };
        tx.add_unit(&county(), &unit).await?;
        tx.merge_unit(&county(), "county", "region", Instant::from_micros(9)).await?;
        let year =
            HolidayRow { year: 2027, notice: "n".into(), body: "b".into(), loaded_us: 3 };
        tx.put_holiday(&county(), &year).await?;
    })
    .unwrap();
}

#[tokio::test]
async fn registers_give_back_what_they_were_given() {
    engines::each(|database| async move {
        let store = &database.store;
        fill(store).await;
        assert!(store.person(&county(), ONE).await.unwrap() == Some(person()));
        assert!(store.person_by_login(&county(), "zhang").await.unwrap() == Some(person()));
        assert!(store.person_by_login(&county(), "Zhang").await.unwrap().is_none());
        assert_eq!(store.posts_of(&county(), ONE).await.unwrap(), [post("p1", "lighting")]);
        assert_eq!(store.posts_in_grid(&county(), "05-012").await.unwrap().len(), 1);
        assert_eq!(store.place(&county(), "P1").await.unwrap(), Some(place(1)));
        assert_eq!(store.session(&county(), "t1").await.unwrap(), Some(session("t1", 50)));
        assert_eq!(store.playbooks(&county()).await.unwrap(), [playbook("1")]);
        assert_eq!(store.units(&county()).await.unwrap()[0].retired_us, Some(9));
        assert_eq!(store.holidays(&county()).await.unwrap()[0].year, 2027);
        assert_eq!(store.identity(&county(), matter(1)).await.unwrap().unwrap(), "sealed");
        assert_eq!(store.matters_by_phone(&county(), "phone").await.unwrap(), [matter(1)]);
        assert_eq!(store.saved_ledgers(&county(), ONE).await.unwrap()[0].query, "q=1");
        let names = store.names(&county(), &[ONE]).await.unwrap();
        assert_eq!(names, [(ONE.to_string(), "张三".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn a_place_written_again_is_the_newer_one() {
    engines::each(|database| async move {
        let store = &database.store;
        fill(store).await;
        write!(store, tx => tx.put_place(&county(), &place(2)).await?).unwrap();
        assert_eq!(store.place(&county(), "P1").await.unwrap().unwrap().generation, 2);
        assert_eq!(store.places_after(&county(), "", 9).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn sessions_end_one_by_one_by_person_and_by_age() {
    engines::each(|database| async move {
        let store = &database.store;
        write!(store, tx => {
            for (token, ends) in [("a", 10), ("b", 20), ("c", 30)] {
                tx.add_session(&county(), &session(token, ends)).await?;
            }
        })
        .unwrap();
        let before = Instant::from_micros(20);
        assert_eq!(write!(store, tx => tx.end_old_sessions(&county(), before).await?).unwrap(), 1);
        assert_eq!(write!(store, tx => tx.end_session(&county(), "b").await?).unwrap(), 1);
        assert_eq!(store.sessions_of(&county(), ONE).await.unwrap(), [session("c", 30)]);
        assert_eq!(write!(store, tx => tx.end_sessions_of(&county(), ONE).await?).unwrap(), 1);
        assert_eq!(store.session(&county(), "c").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn attempts_are_counted_within_their_window_and_begin_anew_after() {
    engines::each(|database| async move {
        let store = &database.store;
        let at = |minutes| start().plus_minutes(minutes);
        for expected in 1..=3 {
            let count = write!(store, tx => tx.attempt(&county(), "k", at(0), at(-15)).await?);
            assert_eq!(count.unwrap().count, expected);
        }
        assert_eq!(store.attempts(&county(), "k", (at(-15), at(60))).await.unwrap(), 3);
        assert_eq!(store.attempts(&county(), "k", (at(1), at(60))).await.unwrap(), 0);
        let count = write!(store, tx => tx.attempt(&county(), "k", at(20), at(5)).await?).unwrap();
        assert_eq!(count, Counted { count: 1, from_us: at(20).micros() });
        write!(store, tx => tx.forget_attempts(&county(), "k").await?).unwrap();
        assert_eq!(store.attempts(&county(), "k", (at(-15), at(60))).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn attempts_of_a_window_far_ahead_are_forgotten_those_of_one_nearer_are_not() {
    engines::each(|database| async move {
        let store = &database.store;
        let at = |minutes| start().plus_minutes(minutes);
        for (now, expected) in [(0, 1), (-15, 2), (-16, 1), (-16, 2)] {
            let since = at(now - 15);
            let count = write!(store, tx => tx.attempt(&county(), "k", at(now), since).await?);
            assert_eq!(count.unwrap().count, expected, "{now} minutes");
        }
        assert_eq!(store.attempts(&county(), "k", (at(-31), at(-1))).await.unwrap(), 2);
        assert_eq!(store.attempts(&county(), "k", (at(-50), at(-20))).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_attempt_is_taken_back_only_from_its_own_window() {
    engines::each(|database| async move {
        let store = &database.store;
        let at = |minutes| start().plus_minutes(minutes);
        let first = write!(store, tx => tx.attempt(&county(), "k", at(0), at(-15)).await?).unwrap();
        write!(store, tx => tx.attempt(&county(), "k", at(20), at(5)).await?).unwrap();
        let taken = write!(store, tx => tx.take_back(&county(), "k", first.from_us).await?);
        assert_eq!(taken.unwrap(), 0);
        assert_eq!(store.attempts(&county(), "k", (at(5), at(60))).await.unwrap(), 1);
        write!(store, tx => tx.take_back(&county(), "k", at(20).micros()).await?).unwrap();
        assert_eq!(store.attempts(&county(), "k", (at(5), at(60))).await.unwrap(), 0);
        let taken = write!(store, tx => tx.take_back(&county(), "k", at(20).micros()).await?);
        assert_eq!(taken.unwrap(), 0, "nothing is left to take back");
    })
    .await;
}

#[tokio::test]
async fn only_attempts_of_windows_that_are_over_are_forgotten_by_age() {
    engines::each(|database| async move {
        let store = &database.store;
        let at = |minutes| start().plus_minutes(minutes);
        write!(store, tx => {
            tx.attempt(&county(), "old", at(0), at(-15)).await?;
            tx.attempt(&county(), "young", at(10), at(-5)).await?;
        })
        .unwrap();
        let gone = write!(store, tx => tx.forget_old_attempts(&county(), at(5)).await?);
        assert_eq!(gone.unwrap(), 1);
        assert_eq!(store.attempts(&county(), "old", (at(-15), at(60))).await.unwrap(), 0);
        assert_eq!(store.attempts(&county(), "young", (at(-5), at(60))).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_message_of_the_same_occasion_is_sent_once_and_failures_wait() {
    engines::each(|database| async move {
        let store = &database.store;
        for id in 1..=3 {
            write!(store, tx => tx.put_message(&county(), "once", &message(id))).unwrap();
        }
        let due = store.messages_to_send(&county(), "mail", start(), 9).await.unwrap();
        assert_eq!(due, [message(1)]);
        let id = message(1).id;
        write!(store, [id], tx => {
            tx.message_failed(&county(), &id, "no route", start().plus_minutes(5)).await?
        })
        .unwrap();
        assert_eq!(store.messages_to_send(&county(), "mail", start(), 9).await.unwrap(), []);
        let later = start().plus_minutes(5);
        let due = store.messages_to_send(&county(), "mail", later, 9).await.unwrap();
        assert_eq!((due[0].tries, due[0].fault.as_deref()), (1, Some("no route")));
        write!(store, [id], tx => tx.message_sent(&county(), &id, later).await?).unwrap();
        assert_eq!(store.messages_to_send(&county(), "mail", later, 9).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_playbook_is_applied_once_and_reverted_once() {
    engines::each(|database| async move {
        let store = &database.store;
        write!(store, tx => tx.put_playbook(&county(), &playbook("1")).await?).unwrap();
        let again = write!(store, tx => tx.put_playbook(&county(), &playbook("1")).await?);
        assert!(again.unwrap_err().is_unique());
        let revert = || write_revert(store);
        assert_eq!(revert().await, 1);
        assert_eq!(revert().await, 0);
        let reverted = store.playbooks(&county()).await.unwrap()[0].reverted_us;
        assert_eq!(reverted, Some(start().micros()));
    })
    .await;
}

async fn write_revert(store: &Store) -> u64 {
    write!(store, tx => tx.revert_playbook(&county(), "1", start()).await?).unwrap()
}

#[tokio::test]
async fn someone_who_left_keeps_the_name_and_loses_the_password() {
    engines::each(|database| async move {
        let store = &database.store;
        fill(store).await;
        write!(store, tx => tx.leave(&county(), ONE, start()).await?).unwrap();
        let left = store.person(&county(), ONE).await.unwrap().unwrap();
        assert_eq!((left.password, left.left_us), (None, Some(start().micros())));
        assert_eq!(left.name, "张三");
    })
    .await;
}
