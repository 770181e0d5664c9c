//! Two nodes on one PostgreSQL: what one does the other shows, no entry is
//! sealed twice, and each may restart while the other serves.

use bihuan_testkit::cluster::Cluster;

use crate::begun::Place;
use crate::load::{Load, May};
use crate::serving::{Resident, Serving};

/// A node's folder, with the keys and photos of the first.
fn second(cluster: &Cluster, first: &Place) -> Place {
    let place = Place::on(&cluster.address());
    let of = |name: &str| first.path(name).display().to_string();
    place.write(
        "bihuan.toml",
        format!(
            "trusted_proxies = \"127.0.0.1\"\nkeys = \"{}\"\nblobs = \"{}\"\n",
            of("bihuan-data.keys"),
            of("bihuan-data/blobs")
        ),
    );
    place
}

fn serve(place: &Place) -> Serving {
    Serving::start(place, &["serve", "--listen", "127.0.0.1:0"])
}

fn county(cluster: &Cluster) -> Place {
    let place = Place::on(&cluster.address());
    place.write("bihuan.toml", "trusted_proxies = \"127.0.0.1\"\n");
    place.good(&["playbook", "apply", "xingyang"]);
    place
}

#[test]
fn nodes_restart_one_after_the_other_under_load_and_nobody_is_answered_an_error() {
    let Some(cluster) = Cluster::start() else { return };
    let first = county(&cluster);
    let places = [&first, &second(&cluster, &first)];
    let mut nodes: Vec<_> = places.iter().map(|place| serve(place)).collect();
    let load = Load::on(&nodes.iter().collect::<Vec<_>>(), May::NotEvenWait);
    load.during(|| {
        for (at, place) in places.iter().enumerate() {
            load.take(20);
            assert_eq!(nodes.remove(at).stop(), Some(0));
            load.take(20);
            nodes.insert(at, serve(place));
            load.moved(at, &nodes[at]);
        }
        load.take(20);
    });
    // Both sealed all the while: `holds` verifies that there is one log.
    load.holds(&first, nodes);
    assert_eq!(cluster.sql("SELECT count(*), max(log) FROM log"), "1|1");
}

#[test]
fn a_session_begun_on_one_node_is_known_on_the_other_and_both_show_what_was_done() {
    let Some(cluster) = Cluster::start() else { return };
    let first = county(&cluster);
    let other = second(&cluster, &first);
    let (one, two) = (serve(&first), serve(&other));
    let added = first.good(&[
        "person",
        "add",
        "zhang",
        "--name",
        "张",
        "--role",
        "triage",
        "--unit",
        "grid-centre",
    ]);
    let given = added.split_whitespace().nth(1).unwrap();
    let own = "a-password-of-their-own";
    let mut officer = Resident::new(&one.address(), 1).unwrap();
    officer.signs_in("zhang", given);
    let elsewhere = officer.elsewhere(&two.address(), "203.0.113.1".to_owned());
    elsewhere.changes_password(given, own);
    assert!(officer.get("/inbox").starts_with("HTTP/1.1 200"));

    let resident = Resident::new(&one.address(), 2).unwrap();
    let code = resident.report(77).unwrap();
    assert!(resident.elsewhere(&two.address(), "203.0.113.9".to_owned()).finds(&code));
    assert!(elsewhere.get("/inbox").contains("The lamp no. 77 is out"));
    for node in [one, two] {
        assert_eq!(node.stop(), Some(0));
    }
}

#[test]
fn a_node_without_the_countys_keys_does_not_start() {
    let Some(cluster) = Cluster::start() else { return };
    let first = county(&cluster);
    let stranger = Place::on(&cluster.address());
    let said = stranger.ends(3, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(said.contains("key"), "{said}");
    assert!(!stranger.path("bihuan-data.keys/county.key").exists(), "a key was made");
    let owner = Place::begun();
    let keys = owner.path("bihuan-data.keys").display().to_string();
    let said = stranger.ends(3, &["serve", "--listen", "127.0.0.1:0", "--keys", &keys]);
    assert!(said.contains("another key"), "{said}");
    assert_eq!(serve(&first).stop(), Some(0));
}
