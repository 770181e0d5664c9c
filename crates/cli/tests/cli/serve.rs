use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::begun::Place;
use crate::serving::{Resident, Serving};

#[test]
fn it_says_where_it_listens_answers_there_and_ends_well_when_asked() {
    let place = Place::empty();
    let words = ["serve", "--playbook", "xingyang", "--listen", "127.0.0.1:0"];
    let serving = Serving::start(&place, &words);
    let all = serving.lines.join("\n");
    assert!(all.contains("  admin ") && all.contains("  security "), "{all}");
    let address = serving.url().strip_prefix("http://").unwrap().to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(stream, "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(serving.stop(), Some(0));

    let again = Serving::start(&place, &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(again.lines.len(), 1, "passwords are printed once: {:?}", again.lines);
    assert_eq!(again.stop(), Some(0));
}

#[test]
fn it_serves_over_tls_with_a_certificate_of_its_own() {
    let place = Place::begun();
    let serving = Serving::start(&place, &["serve", "--tls", "--listen", "127.0.0.1:0"]);
    let url = format!("{}/healthz", serving.url());
    assert!(url.starts_with("https://"), "{url}");
    let own = place.read("bihuan-data/tls/cert.pem");
    assert_eq!(ask(&url, Some(&own)).unwrap(), 200);
    assert!(ask(&url, None).is_err(), "nobody else vouches for it");
    assert_eq!(serving.stop(), Some(0));
}

/// The status of an answer, trusting nobody but `certificate`.
fn ask(url: &str, certificate: Option<&str>) -> Result<u16, reqwest::Error> {
    drop(rustls::crypto::ring::default_provider().install_default());
    let trusted = certificate.map(|pem| reqwest::Certificate::from_pem(pem.as_bytes()).unwrap());
    let client = reqwest::Client::builder().tls_certs_only(trusted).build()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { Ok(client.get(url).send().await?.status().as_u16()) })
}

#[test]
fn it_says_whether_it_is_ready_and_counts_routes_by_pattern_at_an_address_of_its_own() {
    let place = Place::empty();
    place.good(&["playbook", "apply", "xingyang"]);
    place.write("bihuan.toml", "trusted_proxies = \"127.0.0.1\"\nmetrics = \"127.0.0.1:0\"\n");
    let serving = Serving::start(&place, &["serve", "--listen", "127.0.0.1:0"]);
    let address = serving.address();
    assert!(get(&address, "/readyz").starts_with("HTTP/1.1 200"));
    let code = Resident::new(&address, 1).unwrap().report(1).unwrap();
    assert!(get(&address, &format!("/t/{code}")).starts_with("HTTP/1.1 200"));
    assert!(get(&address, "/metrics").starts_with("HTTP/1.1 404"), "residents do not reach them");
    let metrics = serving.lines.iter().find_map(|line| line.strip_prefix("Metrics on http://"));
    let counted = get(metrics.unwrap().strip_suffix("/metrics").unwrap(), "/metrics");
    let tracked = "bihuan_http_request_seconds_count{method=\"GET\",route=\"/t/{code}\",\
                   status=\"200\"} 1";
    assert!(counted.contains(tracked), "{counted}");
    assert!(counted.contains("bihuan_journal_entries{state=\"waiting\"}"), "{counted}");
    assert!(!counted.contains(&code), "no report's code is a label");
    assert_eq!(serving.stop(), Some(0));
}

#[test]
fn before_it_goes_it_says_so_where_a_balancer_asks_and_still_takes_what_comes() {
    let place = Place::empty();
    place.good(&["playbook", "apply", "xingyang"]);
    place.write("bihuan.toml", "trusted_proxies = \"127.0.0.1\"\nleave_seconds = \"20\"\n");
    let serving = Serving::start(&place, &["serve", "--listen", "127.0.0.1:0"]);
    let address = serving.address();
    let resident = Resident::new(&address, 1).unwrap();
    serving.ask_to_stop();
    while get(&address, "/readyz").starts_with("HTTP/1.1 200") {}
    let ready = get(&address, "/readyz");
    assert!(ready.starts_with("HTTP/1.1 503") && ready.ends_with("leaving\n"), "{ready}");
    let code = resident.report(1).unwrap();
    assert!(resident.finds(&code));
    // Asked twice it goes at once.
    assert_eq!(serving.stop(), Some(0));
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn without_a_playbook_or_with_an_address_taken_it_does_not_start() {
    let place = Place::empty();
    assert!(place.ends(3, &["serve"]).contains("bihuan playbook apply"));
    let place = Place::begun();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert!(place.ends(1, &["serve", "--listen", &address]).contains("cannot listen"));
    place.ends(2, &["serve", "--listen", "nowhere"]);
}

#[test]
fn a_county_whose_full_size_nobody_told_is_not_built_at_it() {
    let place = Place::empty();
    let said = place.ends(2, &["demo", "zaoqiang", "--full", "--check", "--data", "full"]);
    assert!(said.contains("no article tells the full size of 131121"), "{said}");
    assert!(!place.path("full").exists(), "something was begun");
}

#[test]
fn the_demo_does_not_touch_a_county_that_is_there() {
    let place = Place::begun();
    place.good(&["export", "--journal", "before.jsonl"]);
    place.ends(3, &["demo", "--data", "bihuan-data"]);
    place.good(&["export", "--journal", "after.jsonl"]);
    assert_eq!(place.read("after.jsonl"), place.read("before.jsonl"));
}
