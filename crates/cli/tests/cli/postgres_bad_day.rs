//! What PostgreSQL does on a bad day: it restarts, cuts connections, is gone, or
//! another server takes over. Whoever was not answered is told to try again with
//! the same id; when it is over the service goes on by itself.

use bihuan_testkit::cluster::{Cluster, Stop};

use crate::begun::Place;
use crate::load::{Load, May};
use crate::serving::{Resident, Serving};

fn county(address: &str) -> Place {
    let place = Place::on(address);
    place.good(&["playbook", "apply", "xingyang"]);
    place
}

#[test]
fn while_postgres_cuts_connections_and_restarts_nothing_acknowledged_is_lost() {
    let Some(cluster) = Cluster::start() else { return };
    let place = county(&cluster.address());
    let serving = Serving::to_residents(&place);
    let load = Load::on(&[&serving], May::Wait);
    load.during(|| {
        load.take(10);
        // Until one is cut in the middle of its transaction.
        load.until_told_to_wait(|| cluster.cut_connections());
        for how in [Stop::Fast, Stop::AtOnce] {
            load.take(10);
            cluster.stop(how);
            cluster.start_again();
        }
        load.take(20);
    });
    load.holds(&place, vec![serving]);
}

#[test]
fn with_postgres_gone_the_form_comes_back_and_the_same_id_is_taken_when_it_is_back() {
    let Some(cluster) = Cluster::start() else { return };
    let place = county(&cluster.address());
    let serving = Serving::to_residents(&place);
    let resident = Resident::new(&serving.address(), 1).unwrap();
    let before = resident.report(1).unwrap();
    cluster.stop(Stop::Fast);
    let answer = resident.sends(2).unwrap();
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    assert!(answer.to_ascii_lowercase().contains("\nretry-after: "), "{answer}");
    let id = uuid::Uuid::from_u128(2).to_string();
    assert!(answer.contains("The lamp no. 2 is out") && answer.contains(&id), "{answer}");
    let ready = resident.get("/readyz");
    assert!(ready.starts_with("HTTP/1.1 503") && ready.ends_with("unavailable\n"), "{ready}");
    assert!(resident.get("/healthz").starts_with("HTTP/1.1 200"));
    let said = place.ends(4, &["doctor"]);
    assert!(said.contains("fault  server"), "{said}");

    cluster.start_again();
    let second = resident.report(2).unwrap();
    assert_eq!(resident.report(2).unwrap(), second, "sent again, filed once");
    assert!(resident.finds(&before) && resident.finds(&second));
    assert_eq!(serving.stop(), Some(0));
    assert_eq!(place.good(&["export"]).lines().count() - 1, 2);
}

#[test]
fn when_a_synchronous_standby_takes_over_nothing_acknowledged_is_lost() {
    let Some(primary) = Cluster::start() else { return };
    let standby = primary.with_standby();
    let place = Place::empty();
    let list = format!("database = [\"{}\", \"{}\"]\n", standby.address(), primary.address());
    place.write("bihuan.toml", format!("trusted_proxies = \"127.0.0.1\"\n{list}"));
    place.good(&["playbook", "apply", "xingyang"]);
    let said = place.good(&["doctor"]);
    let of = |cluster: &Cluster| format!("server     127.0.0.1:{}/postgres ", cluster.port());
    assert!(said.contains(&format!("good   {}takes writes and is used", of(&primary))), "{said}");
    assert!(said.contains(&format!("good   {}follows", of(&standby))), "{said}");

    let serving = Serving::start(&place, &["serve", "--listen", "127.0.0.1:0"]);
    let load = Load::on(&[&serving], May::Wait);
    load.during(|| {
        load.take(20);
        primary.stop(Stop::AtOnce);
        standby.promote();
        load.take(20);
        // The old one comes back and takes writes, as nobody told it not to.
        primary.start_again();
        load.take(20);
    });
    let said = place.ends(4, &["doctor"]);
    assert!(said.contains(&format!("fault  {}takes writes too", of(&primary))), "{said}");
    assert!(said.contains(&format!("look   {}takes writes and is used, but", of(&standby))));
    load.holds(&place, vec![serving]);
}
