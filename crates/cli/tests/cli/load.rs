//! Residents who report as long as trouble lasts. What is not taken they send
//! again with the same id, to the next node where there are several, as a
//! browser behind a reverse proxy does.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::begun::Place;
use crate::serving::{Resident, Serving, code_of};

const RESIDENTS: u32 = 6;
const PATIENCE: Duration = Duration::from_secs(60);
/// One address may send no more than 120 in a quarter of an hour.
const FROM_ONE_ADDRESS: u32 = 50;

/// What residents may be answered besides a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum May {
    /// 503 and when to come back, with what was typed.
    Wait,
    /// Nothing: a node that goes closes its door and answers who is in.
    NotEvenWait,
}

pub(crate) struct Load {
    /// Where each node listens now.
    nodes: Vec<Mutex<String>>,
    may: May,
    /// Receipts by the id of their report.
    told: Mutex<BTreeMap<(u32, u32), String>>,
    taken: AtomicU32,
    told_to_wait: AtomicU32,
    is_over: AtomicBool,
}

impl Load {
    pub(crate) fn on(nodes: &[&Serving], may: May) -> Self {
        Self {
            nodes: nodes.iter().map(|node| Mutex::new(node.address())).collect(),
            may,
            told: Mutex::default(),
            taken: AtomicU32::new(0),
            told_to_wait: AtomicU32::new(0),
            is_over: AtomicBool::new(false),
        }
    }

    pub(crate) fn during(&self, trouble: impl FnOnce()) {
        thread::scope(|scope| {
            let residents = (1..=RESIDENTS).map(|number| scope.spawn(move || self.report(number)));
            let residents: Vec<_> = residents.collect();
            let end = EndsAtLast(&self.is_over);
            trouble();
            drop(end);
            for resident in residents {
                resident.join().unwrap();
            }
        });
    }

    /// Waits until so many more reports are taken.
    pub(crate) fn take(&self, more: u32) {
        let enough = self.taken.load(Ordering::Relaxed) + more;
        let begun = Instant::now();
        while self.taken.load(Ordering::Relaxed) < enough {
            assert!(begun.elapsed() < PATIENCE, "no report is taken");
            thread::yield_now();
        }
    }

    /// Does this until somebody is told to wait.
    pub(crate) fn until_told_to_wait(&self, trouble: impl Fn()) {
        let begun = Instant::now();
        while self.told_to_wait.load(Ordering::Relaxed) == 0 {
            assert!(begun.elapsed() < PATIENCE, "nobody is told to wait");
            trouble();
        }
    }

    /// The node is elsewhere now.
    pub(crate) fn moved(&self, node: usize, serving: &Serving) {
        *self.nodes[node].lock().unwrap() = serving.address();
    }

    fn report(&self, number: u32) {
        let somebody = Resident::new(&self.node(0), 1).unwrap();
        for act in 1.. {
            if self.is_over.load(Ordering::Relaxed) {
                return;
            }
            let code = self.report_until_taken(&somebody, number, act);
            self.told.lock().unwrap().insert((number, act), code);
            self.taken.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn node(&self, turn: u32) -> String {
        let node = usize::try_from(turn).unwrap() % self.nodes.len();
        self.nodes[node].lock().unwrap().clone()
    }

    fn report_until_taken(&self, somebody: &Resident, number: u32, act: u32) -> String {
        let begun = Instant::now();
        for turn in number + act.. {
            let answer = sends(somebody, &self.node(turn), number, act);
            if let Some(code) = answer.as_deref().and_then(code_of) {
                return code;
            }
            if let Some(answer) = answer {
                self.told_to_wait.fetch_add(1, Ordering::Relaxed);
                assert!(self.may == May::Wait && answer.starts_with("HTTP/1.1 503"), "{answer}");
                assert!(answer.to_ascii_lowercase().contains("\nretry-after: "), "{answer}");
                let id = uuid::Uuid::from_u128(id_of(number, act)).to_string();
                assert!(answer.contains("The lamp no. ") && answer.contains(&id), "{answer}");
            }
            assert!(begun.elapsed() < PATIENCE, "a report is never taken");
        }
        unreachable!("turns do not end")
    }

    /// Looks whether every receipt is known, its report sent again has the same,
    /// and there is nothing else.
    pub(crate) fn holds(self, place: &Place, nodes: Vec<Serving>) {
        let told = self.told.into_inner().unwrap();
        let server = nodes[0].address();
        let somebody = Resident::new(&server, 1).unwrap();
        for ((number, act), code) in &told {
            assert!(somebody.finds(code), "{number}/{act} was acknowledged");
        }
        // The last of each were under way when there was trouble or its end.
        for number in 1..=RESIDENTS {
            for ((number, act), code) in told.range((number, 0)..(number + 1, 0)).rev().take(20) {
                let again = sends(&somebody, &server, *number, *act).unwrap();
                assert_eq!(code_of(&again).as_ref(), Some(code), "{number}/{act}: {again}");
            }
        }
        for node in nodes {
            assert_eq!(node.stop(), Some(0));
        }
        let verified = place.good(&["verify", "--rebuild"]);
        assert!(verified.ends_with("sound\n") && verified.contains(" 0 differed"), "{verified}");
        let rows = place.good(&["export"]).lines().count() - 1;
        assert_eq!(rows, told.len(), "as many matters as receipts");
    }
}

/// Residents go home whatever becomes of the test.
struct EndsAtLast<'a>(&'a AtomicBool);

impl Drop for EndsAtLast<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn id_of(number: u32, act: u32) -> u128 {
    u128::from(number) << 32 | u128::from(act)
}

fn sends(somebody: &Resident, server: &str, number: u32, act: u32) -> Option<String> {
    let from = format!("198.51.{}.{number}", act / FROM_ONE_ADDRESS);
    somebody.elsewhere(server, from).sends(id_of(number, act))
}
