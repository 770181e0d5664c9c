//! A back-up is taken while people work and brought back on an empty machine.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use bihuan_store::scratch;
use bihuan_testkit::{engines, postgres};

use crate::begun::Place;
use crate::import::{IMPORT, with_table};
use crate::serving::{Resident, Serving};

pub(crate) const PHOTO: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/pictures/track.png"));

/// A county with imported matters, sealed.
fn county(place: Place) -> Place {
    let place = with_table(place.begin());
    place.good(&IMPORT);
    place.good(&["tasks", "run"]);
    place
}

/// Where the key's copy lies and the back-up with it.
fn carry(from: &Place, to: &Place) {
    std::fs::create_dir(to.path("bihuan-data.keys")).unwrap();
    let copy = |name: &str| std::fs::copy(from.path(name), to.path(name)).unwrap();
    copy("bihuan-data.keys/county.key");
    copy("county.backup");
}

fn checkpoint(place: &Place) -> String {
    place.good(&["export", "--journal", "journal.jsonl"]);
    let text = place.read("journal.jsonl");
    let mut lines =
        text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    lines.find_map(|line| line["checkpoint"].as_str().map(str::to_owned)).unwrap()
}

#[test]
fn a_back_up_taken_under_load_is_restored_and_verified_on_an_empty_machine() {
    let place = Place::empty();
    place.good(&["playbook", "apply", "xingyang"]);
    let serving = Serving::to_residents(&place);
    let (server, stop) = (serving.address(), AtomicBool::new(false));
    let first = Resident::new(&server, 1).unwrap();
    let codes: Vec<String> = (1..=20).map(|command| first.report(command).unwrap()).collect();
    thread::scope(|scope| {
        for number in 2..=5_u8 {
            let (server, stop) = (&server, &stop);
            scope.spawn(move || {
                let resident = Resident::new(server, number).unwrap();
                for act in 1..u128::MAX {
                    resident.report((u128::from(number) << 32) | act).unwrap();
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                }
            });
        }
        place.good(&["backup", "county.backup"]);
        stop.store(true, Ordering::Relaxed);
    });
    assert_eq!(serving.stop(), Some(0));

    let elsewhere = Place::empty();
    carry(&place, &elsewhere);
    let said = elsewhere.good(&["restore", "county.backup"]);
    assert!(said.ends_with("sound\n"), "{said}");
    assert!(elsewhere.good(&["verify", "--rebuild"]).contains(" 0 differed"));
    let serving = Serving::to_residents(&elsewhere);
    let resident = Resident::new(&serving.address(), 9).unwrap();
    for code in &codes {
        assert!(resident.finds(code), "{code} was acknowledged before the back-up");
    }
    assert_eq!(resident.report(1).as_ref(), codes.first(), "sent again, it is the same report");
    assert_eq!(serving.stop(), Some(0));
}

#[test]
fn a_restored_county_goes_on_in_its_next_log_and_never_forks_the_old() {
    let place = county(Place::empty());
    place.good(&["backup", "county.backup"]);
    let elsewhere = Place::empty();
    carry(&place, &elsewhere);
    elsewhere.good(&["restore", "county.backup"]);
    let old = checkpoint(&elsewhere);
    // Both go on; the original in its log, the restored in the next.
    for place in [&place, &elsewhere] {
        place.good(&["person", "reset-password", "admin"]);
        place.good(&["tasks", "run"]);
        place.write("old.txt", &old);
        place.good(&["verify", "--against", "old.txt"]);
    }
    let logs = |place: &Place| {
        place.good(&["export", "--journal", "journal.jsonl"]);
        let head: serde_json::Value =
            serde_json::from_str(place.read("journal.jsonl").lines().next().unwrap()).unwrap();
        head["journal"]["logs"].as_array().unwrap().len()
    };
    assert_eq!((logs(&place), logs(&elsewhere)), (1, 2));
}

#[test]
fn what_a_recipient_was_named_for_only_the_recipient_reads() {
    let place = county(Place::empty());
    let recipient = place.good(&["key", "recipient", "secret.txt"]);
    place.good(&["backup", "--recipient", recipient.trim(), "county.backup"]);
    let bytes = std::fs::read(place.path("county.backup")).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    let elsewhere = Place::empty();
    carry(&place, &elsewhere);
    assert!(elsewhere.ends(3, &["restore", "county.backup"]).contains("--identity"));
    elsewhere.good(&["key", "recipient", "other.txt"]);
    elsewhere.ends(3, &["restore", "county.backup", "--identity", "other.txt"]);
    std::fs::copy(place.path("secret.txt"), elsewhere.path("secret.txt")).unwrap();
    let said = elsewhere.good(&["restore", "county.backup", "--identity", "secret.txt"]);
    assert!(said.ends_with("sound\n"), "{said}");
    place.ends(2, &["backup", "--recipient", "nobody", "other.backup"]);
    assert!(!Path::exists(&place.path("other.backup")));
}

#[test]
fn a_restore_overwrites_nothing_and_takes_no_back_up_that_is_not_whole() {
    let place = county(Place::empty());
    place.good(&["backup", "county.backup"]);
    let taken = place.ends(1, &["backup", "county.backup"]);
    assert!(taken.contains("such a file already"), "{taken}");
    assert!(place.ends(3, &["restore", "county.backup"]).contains("nothing is overwritten"));

    let elsewhere = Place::empty();
    carry(&place, &elsewhere);
    let whole = std::fs::read(place.path("county.backup")).unwrap();
    let mut edited = whole.clone();
    edited[whole.len() / 2] ^= 1;
    for spoiled in [&whole[..whole.len() * 2 / 3], &edited, b"no archive", b""] {
        elsewhere.write("spoiled.backup", spoiled);
        elsewhere.ends(3, &["restore", "spoiled.backup"]);
        elsewhere.ends(3, &["export"]);
    }
    elsewhere.good(&["restore", "county.backup"]);
}

#[test]
fn without_its_own_key_nothing_is_restored() {
    let place = county(Place::empty());
    place.good(&["backup", "county.backup"]);
    let elsewhere = Place::empty();
    carry(&place, &elsewhere);
    elsewhere.write("bihuan-data.keys/county.key", [7; 32]);
    let said = elsewhere.ends(3, &["restore", "county.backup"]);
    assert!(said.contains("another key"), "{said}");
    std::fs::remove_file(elsewhere.path("bihuan-data.keys/county.key")).unwrap();
    elsewhere.ends(3, &["restore", "county.backup"]);
    let key = std::fs::read(place.path("bihuan-data.keys/county.key")).unwrap();
    let backup = std::fs::read(place.path("county.backup")).unwrap();
    let mut plain = Vec::new();
    let mut tar = flate2::read::GzDecoder::new(backup.as_slice());
    std::io::Read::read_to_end(&mut tar, &mut plain).unwrap();
    assert!(!plain.windows(key.len()).any(|part| part == key), "the key is not in a back-up");
}

#[test]
fn photos_are_in_a_back_up_and_one_that_is_gone_is_named() {
    let place = Place::empty();
    place.good(&["playbook", "apply", "xingyang"]);
    let serving = Serving::to_residents(&place);
    Resident::new(&serving.address(), 1).unwrap().report_with(1, PHOTO).unwrap();
    assert_eq!(serving.stop(), Some(0));
    place.good(&["backup", "county.backup"]);
    let elsewhere = Place::empty();
    carry(&place, &elsewhere);
    let said = elsewhere.good(&["restore", "county.backup"]);
    assert!(said.contains("\n1 files compared"), "{said}");

    std::fs::remove_dir_all(elsewhere.path("bihuan-data/blobs")).unwrap();
    std::fs::remove_file(elsewhere.path("county.backup")).unwrap();
    let said = elsewhere.ends(4, &["backup", "county.backup"]);
    assert!(said.contains("fault[file-missing]"), "{said}");
    let without = Place::empty();
    carry(&elsewhere, &without);
    assert!(without.ends(4, &["restore", "county.backup"]).contains("fault[file-missing]"));
    assert_eq!(without.good(&["export"]), place.good(&["export"]));
}

#[test]
fn a_county_moves_between_the_engines_with_equal_heads() {
    let Some(server) = postgres::server() else { return };
    let wait = |work| {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
    };
    let name = engines::database_name();
    let address: Result<String, _> = wait(scratch::create(&server, &name));
    let small = county(Place::empty());
    small.good(&["backup", "county.backup"]);
    let grown = Place::on(&address.unwrap());
    carry(&small, &grown);
    let said = grown.good(&["restore", "county.backup"]);
    assert!(said.ends_with("sound\n"), "{said}");
    assert_eq!(checkpoint(&grown), checkpoint(&small));
    assert_eq!(grown.good(&["export"]), small.good(&["export"]));

    let back = Place::empty();
    std::fs::remove_file(grown.path("county.backup")).unwrap();
    grown.good(&["backup", "county.backup"]);
    carry(&grown, &back);
    back.good(&["restore", "county.backup"]);
    assert_eq!(checkpoint(&back), checkpoint(&small));
    assert_eq!(back.good(&["export"]), small.good(&["export"]));
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(scratch::drop(&server, &name))
        .unwrap();
}
