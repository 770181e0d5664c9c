//! Reports over HTTP from many residents at once, each acknowledged only once it
//! is on the disk.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant as Stopwatch;

use crate::client::Client;

/// Each report comes from an address of its own, from 10.0.0.0 on.
const FIRST_ADDRESS: u32 = 0x0a00_0000;

/// Milliseconds, and reports a second.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    pub(crate) rate: f64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

/// Files so many reports over so many connections that stay open, spread over the
/// nodes at these addresses.
pub(crate) async fn file(addresses: &[&str], reports: usize, connections: usize) -> Taken {
    file_from(addresses, 0, reports, connections).await
}

/// The same, numbering them from `first`: a number sent twice is one report.
pub(crate) async fn file_from(
    addresses: &[&str],
    first: usize,
    reports: usize,
    connections: usize,
) -> Taken {
    let mut residents = Vec::with_capacity(connections);
    for address in addresses.iter().cycle().take(connections) {
        residents.push(Client::resident(address).await);
    }
    let next = Arc::new(AtomicUsize::new(first));
    let watch = Stopwatch::now();
    let tasks: Vec<_> = residents
        .into_iter()
        .map(|resident| tokio::spawn(reports_of(resident, Arc::clone(&next), first + reports)))
        .collect();
    let mut times = Vec::with_capacity(reports);
    for task in tasks {
        times.extend(task.await.unwrap());
    }
    let rate = crate::per_second(times.len(), watch.elapsed());
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times[times.len() * percent / 100];
    Taken { rate, p50: at(50), p99: at(99) }
}

async fn reports_of(mut resident: Client, next: Arc<AtomicUsize>, end: usize) -> Vec<f64> {
    let mut times = Vec::new();
    loop {
        let at = next.fetch_add(1, Ordering::Relaxed);
        if at >= end {
            return times;
        }
        let watch = Stopwatch::now();
        report_of(&mut resident, at, "01").await.unwrap();
        times.push(watch.elapsed().as_secs_f64() * 1000.0);
    }
}

/// One report; returns its code.
pub(crate) async fn report_of(
    resident: &mut Client,
    at: usize,
    grid: &str,
) -> Result<String, String> {
    let from = Ipv4Addr::from(FIRST_ADDRESS + u32::try_from(at).unwrap()).to_string();
    let (command, words, address) = (command(at, 1), crate::words(at), crate::address(at));
    let fields = [("command", &*command), ("words", &words), ("address", &address), ("grid", grid)];
    let answer = resident.post("/report", &from, &fields).await;
    match answer.location.filter(|_| answer.status.is_redirection()) {
        Some(to) => Ok(to.trim_start_matches("/receipt/").to_owned()),
        None => Err(format!("{}: {}", answer.status, answer.body)),
    }
}

/// The id of the nth act about a report.
pub(crate) fn command(at: usize, nth: usize) -> String {
    uuid::Uuid::from_u128(((at as u128) << 64) | nth as u128).to_string()
}
