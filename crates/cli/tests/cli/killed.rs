//! The server killed while residents report: what was acknowledged is there,
//! what was not can be sent again, and nothing is there twice.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::begun::Place;
use crate::serving::{Resident, Serving};

const RESIDENTS: u8 = 6;

/// How often; more with `make torture`.
fn rounds() -> u32 {
    let asked = std::env::var("BIHUAN_TORTURE_ROUNDS").ok();
    asked.map_or(10, |rounds| rounds.parse().unwrap())
}

/// Reports until the server is gone; acknowledged codes by their command.
fn report_until_killed(server: &str, number: u8, round: u32, acks: &AtomicU32) -> Acknowledged {
    let mut told = BTreeMap::new();
    let Some(resident) = Resident::new(server, number) else { return told };
    for act in 1.. {
        let command = (u128::from(round) << 64) | (u128::from(number) << 32) | act;
        let code = resident.report(command);
        let goes_on = code.is_some();
        acks.fetch_add(u32::from(goes_on), Ordering::Relaxed);
        told.insert(command, code);
        if !goes_on {
            return told;
        }
    }
    told
}

type Acknowledged = BTreeMap<u128, Option<String>>;

#[test]
fn what_was_acknowledged_outlasts_every_kill_and_is_there_once() {
    let place = Place::empty();
    place.good(&["playbook", "apply", "xingyang"]);
    let told = Mutex::new(Acknowledged::new());
    for round in 1..=rounds() {
        let serving = Serving::to_residents(&place);
        let (server, acks) = (serving.address(), AtomicU32::new(0));
        thread::scope(|scope| {
            for number in 1..=RESIDENTS {
                let (server, acks, told) = (&server, &acks, &told);
                scope.spawn(move || {
                    let mut new = report_until_killed(server, number, round, acks);
                    told.lock().unwrap().append(&mut new);
                });
            }
            // Another moment each round, but always in the middle of the work.
            let begun = Instant::now();
            while acks.load(Ordering::Relaxed) < 3 + round * 7 % 40 {
                assert!(begun.elapsed() < Duration::from_secs(60), "nobody is answered");
                thread::yield_now();
            }
            serving.kill();
        });
    }
    let told = told.into_inner().unwrap();
    assert!(told.values().any(Option::is_none), "somebody was not answered");

    let serving = Serving::to_residents(&place);
    let resident = Resident::new(&serving.address(), 200).unwrap();
    for (command, code) in &told {
        if let Some(code) = code {
            assert!(resident.finds(code), "{command:x} was acknowledged");
        }
        let by_whom = u8::try_from(command >> 32 & 0xff).unwrap();
        let sender = Resident::new(&serving.address(), by_whom).unwrap();
        let again = sender.report(*command).unwrap();
        assert!(code.as_ref().is_none_or(|code| *code == again), "{command:x} has one receipt");
    }
    assert_eq!(serving.stop(), Some(0));
    let verified = place.good(&["verify", "--rebuild"]);
    assert!(verified.ends_with("sound\n") && verified.contains(" 0 differed"), "{verified}");
    let rows = place.good(&["export"]).lines().count() - 1;
    assert_eq!(rows, told.len(), "as many matters as commands");
}
