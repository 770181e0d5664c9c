//! Connections that are cut and transactions that PostgreSQL gives up: the
//! caller learns that the outcome is unknown, and the same id sent again tells.

use bihuan_store::engine::{Engine as Pool, Role, look};
use bihuan_store::{Store, StoreError};
use bihuan_testkit::cluster::{Cluster, Stop};
use bihuan_testkit::engines;

use crate::writing::numbered;
use crate::{county, write};

/// Lets the first transaction that answers a command meet this while it commits.
async fn at_first_commit(store: &Store, meets: &str) {
    let Pool::Postgres(pool) = &store.engine() else { panic!("PostgreSQL was asked for") };
    let statements = format!(
        "CREATE SEQUENCE commits; \
         CREATE FUNCTION meets() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         IF nextval('commits') = 1 THEN {meets}; END IF; RETURN NULL; END $$; \
         CREATE CONSTRAINT TRIGGER meets AFTER INSERT ON command \
         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION meets()"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(statements)).execute(pool).await.unwrap();
}

#[tokio::test]
async fn a_transaction_postgres_cannot_serialise_is_run_again() {
    engines::on_postgres(|database| async move {
        let store = &database.store;
        at_first_commit(store, "RAISE EXCEPTION USING ERRCODE = '40001'").await;
        assert_eq!(write!(store, tx => numbered(tx, 1).await?).unwrap(), 1);
        assert_eq!(write!(store, tx => numbered(tx, 2).await?).unwrap(), 2, "none was used up");
    })
    .await;
}

#[tokio::test]
async fn a_commit_that_is_cut_off_is_of_unknown_outcome_and_done_once_when_sent_again() {
    engines::on_postgres(|database| async move {
        let store = &database.store;
        at_first_commit(store, "PERFORM pg_terminate_backend(pg_backend_pid())").await;
        let fault = write!(store, tx => numbered(tx, 1).await?).unwrap_err();
        assert!(matches!(fault, StoreError::Unknown) && fault.is_passing(), "{fault}");
        assert_eq!(write!(store, tx => numbered(tx, 1).await?).unwrap(), 1);
        assert_eq!(write!(store, tx => numbered(tx, 2).await?).unwrap(), 2, "none was used up");
    })
    .await;
}

#[tokio::test]
async fn statements_that_are_cut_off_or_meet_a_read_only_server_are_passing_faults() {
    engines::on_postgres(|database| async move {
        let Pool::Postgres(pool) = &database.store.engine() else { return };
        for cut in [
            "SELECT pg_terminate_backend(pg_backend_pid())",
            "SET transaction_read_only = on; \
             INSERT INTO setting (county, name, value) VALUES ('410182', 'a', 'b')",
        ] {
            let fault = sqlx::raw_sql(cut).execute(pool).await.unwrap_err();
            let fault = StoreError::from(fault);
            assert!(fault.is_passing() && !fault.is_unwritable(), "{fault}");
        }
    })
    .await;
}

/// What is committed here but not yet on the standby is not acknowledged: the
/// caller may not know it, and is told the same once the standby has it.
#[tokio::test(flavor = "multi_thread")]
async fn a_commit_the_standby_does_not_have_is_not_acknowledged() {
    let Some(primary) = Cluster::start() else { return };
    let standby = primary.with_standby();
    let store = engines::open(&primary.address()).await;
    standby.stop(Stop::AtOnce);
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { write!(store, tx => numbered(tx, 1).await?) }
    });
    let waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    tokio::task::block_in_place(|| primary.until(waits, "1"));
    assert!(!waiting.is_finished(), "it is acknowledged, but nobody else has it");
    primary.cut_connections();
    let fault = waiting.await.unwrap().unwrap_err();
    assert!(matches!(fault, StoreError::Unknown), "{fault}");
    standby.start_again();
    assert_eq!(write!(store, tx => numbered(tx, 1).await?).unwrap(), 1);
    assert_eq!(write!(store, tx => numbered(tx, 2).await?).unwrap(), 2, "it was done once");
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_servers_the_one_that_takes_writes_is_used_and_no_other() {
    let Some(primary) = Cluster::start() else { return };
    let standby = primary.with_standby();
    let list = format!("{}, {}", standby.address(), primary.address());
    let store = engines::open(&list).await;
    write!(store, tx => numbered(tx, 1).await?).unwrap();
    let follows = Store::open(&standby.address()).await.unwrap_err();
    assert!(follows.to_string().contains("follows another"), "{follows}");

    primary.stop(Stop::AtOnce);
    standby.promote();
    while let Err(fault) = write!(store, tx => numbered(tx, 2).await?) {
        assert!(fault.is_passing(), "{fault}");
    }
    // The old one comes back, knowing nothing of the other.
    primary.start_again();
    let seen = look(&list).await.unwrap();
    assert!(seen.iter().all(|server| matches!(server.role, Role::Writes { .. })), "{seen:?}");
    assert_eq!(seen.iter().map(|server| server.is_used).collect::<Vec<_>>(), [true, false]);
    let opened_late = engines::open(&format!("{}, {}", primary.address(), standby.address())).await;
    for store in [&store, &opened_late] {
        assert_eq!(write!(store, tx => numbered(tx, 2).await?).unwrap(), 2);
        store.close().await;
    }
    assert_eq!(primary.sql("SELECT count(*) FROM command"), "1");
    assert_eq!(standby.sql("SELECT count(*) FROM command"), "2");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_falls_silent_is_not_waited_for_once_another_takes_writes() {
    let Some(primary) = Cluster::start() else { return };
    let standby = primary.with_standby();
    let store = engines::open(&format!("{}, {}", primary.address(), standby.address())).await;
    write!(store, tx => numbered(tx, 1).await?).unwrap();
    primary.fall_silent();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { write!(store, tx => numbered(tx, 2).await?) }
    });
    standby.promote();
    // It has an open connection to the old server, and nobody will close it.
    let fault = waiting.await.unwrap().unwrap_err();
    assert!(fault.is_passing(), "{fault}");
    while let Err(fault) = write!(store, tx => numbered(tx, 2).await?) {
        assert!(fault.is_passing(), "{fault}");
    }
    assert_eq!(write!(store, tx => numbered(tx, 1).await?).unwrap(), 1);
    assert_eq!(write!(store, tx => numbered(tx, 3).await?).unwrap(), 3);
}

#[tokio::test]
async fn one_at_a_time_has_a_turn_and_whoever_ends_gives_it_on() {
    engines::each(|database| async move {
        let name = "tasks";
        let first = database.store.try_turn(&county(), name).await.unwrap().unwrap();
        let other = match database.engine {
            engines::Engine::Postgres => database.reopen().await,
            engines::Engine::Sqlite => database.store.clone(),
        };
        assert!(other.try_turn(&county(), name).await.unwrap().is_none());
        let waits = tokio::spawn({
            let other = other.clone();
            async move { other.turn_of(&county(), name).await.unwrap().end().await }
        });
        first.end().await.unwrap();
        waits.await.unwrap().unwrap();
        let held = other.try_turn(&county(), name).await.unwrap().unwrap();
        if let Pool::Postgres(pool) = &database.store.engine() {
            // As when the node that holds it dies.
            let cut = "SELECT pg_terminate_backend(pid) FROM pg_locks \
                       WHERE locktype = 'advisory' AND pid <> pg_backend_pid() AND database = \
                       (SELECT oid FROM pg_database WHERE datname = current_database())";
            sqlx::raw_sql(cut).execute(pool).await.unwrap();
            while database.store.try_turn(&county(), name).await.unwrap().is_none() {}
            assert!(held.end().await.is_err(), "whoever lost it learns so");
            other.close().await;
        }
    })
    .await;
}
