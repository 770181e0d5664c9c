//! The same on PostgreSQL, one node and two: client, nodes and database share the
//! processors, and every commit is flushed.

use std::path::Path;
use std::process::Command;

use bihuan_testkit::cluster::Cluster;

use crate::lifecycles::Cast;
use crate::server::Server;
use crate::{intake, millis_each, reports_row, row};

const REPORTS: usize = 10_000;
const CONNECTIONS: usize = 64;
const MATTERS: &str = "1000";
const LIVED_SECONDS: u64 = 10;

pub(crate) async fn on_one_node_and_two() {
    let Some(cluster) = Cluster::durable() else {
        println!("| PostgreSQL is not installed | | | | |");
        return;
    };
    let address = cluster.address();
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let keys = folder.path().join("first.keys").display().to_string();
    let blobs = first.join("blobs").display().to_string();
    let settings =
        [("BIHUAN_DATABASE", &*address), ("BIHUAN_KEYS", &*keys), ("BIHUAN_BLOBS", &*blobs)];
    bihuan(&["simulate", "--matters", MATTERS, "--data"], &first, &settings);
    let mut nodes = vec![Server::start_with(&first, &[], &settings)];
    measure("one node", &nodes).await;
    nodes.push(Server::start_with(&second, &[], &settings));
    measure("two nodes", &nodes).await;
    nodes.into_iter().for_each(Server::stop);
    bihuan(&["verify", "--data"], &first, &settings);
}

async fn measure(name: &str, nodes: &[Server]) {
    let addresses: Vec<&str> = nodes.iter().map(|node| &*node.address).collect();
    let spent = || nodes.iter().map(Server::processor_seconds).sum::<f64>();
    let before = spent();
    let taken = intake::file_from(&addresses, nodes.len() * REPORTS, REPORTS, CONNECTIONS).await;
    let each = millis_each(spent() - before, REPORTS);
    reports_row(&format!("PostgreSQL, {name}: reports, {CONNECTIONS} connections"), taken, each);
    let mut cast = Cast::assemble(&addresses).await;
    cast.number_from(nodes.len());
    let before = spent();
    let lived = cast.live(None, LIVED_SECONDS).await;
    let each = millis_each(spent() - before, lived.lives);
    row(&format!("PostgreSQL, {name}: whole lives"), lived, &format!("{each:.2}"));
}

fn bihuan(words: &[&str], data: &Path, settings: &[(&str, &str)]) {
    let mut bihuan = Command::new(env!("CARGO_BIN_EXE_bihuan"));
    bihuan.args(words).arg(data).envs(settings.iter().copied());
    let ran = bihuan.output().unwrap();
    assert!(ran.status.success(), "{words:?}: {}", String::from_utf8_lossy(&ran.stderr));
}
