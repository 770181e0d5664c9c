//! The same commands with the data on PostgreSQL.

use bihuan_store::scratch;
use bihuan_testkit::{engines, postgres};

use crate::begun::Place;
use crate::import::{IMPORT, with_table};

fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

/// What a county that imported a table says of itself.
fn story(place: Place) -> [String; 4] {
    let place = with_table(place.begin());
    let first = place.good(&IMPORT);
    let second = place.good(&IMPORT);
    let table = place.good(&["export"]);
    place.good(&["tasks", "run"]);
    place.good(&["export", "--journal", "journal.jsonl"]);
    assert!(place.good(&["verify", "journal.jsonl"]).ends_with("sound\n"));
    [first, second, table, place.good(&["verify", "--rebuild"])]
}

#[test]
fn importing_exporting_and_verifying_tell_the_same_as_on_sqlite() {
    let Some(server) = postgres::server() else { return };
    let name = engines::database_name();
    let address = wait(scratch::create(&server, &name)).unwrap();
    let here = story(Place::on(&address));
    wait(scratch::drop(&server, &name)).unwrap();
    assert_eq!(here, story(Place::empty()));
}
