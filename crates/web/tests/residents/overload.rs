//! More than can be done: whoever comes too much is told when to come back, the
//! others are served, and what was given up waiting for is filed once.

use std::sync::Arc;

use axum::http::StatusCode;
use bihuan_domain::access::Role;
use bihuan_store::StoreError;
use bihuan_web::Most;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, yield_now};

use super::house::{Answer, Browser, GRID, House, command};

/// A disk that has stopped answering, until it is let go.
struct Stuck {
    let_go: Arc<Notify>,
    work: JoinHandle<Result<(), StoreError>>,
}

impl Stuck {
    async fn begin(house: &House) -> Self {
        let (begun, let_go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let store = house.app.store().clone();
        let (inner_begun, inner) = (Arc::clone(&begun), Arc::clone(&let_go));
        let work = tokio::spawn(async move {
            let waits = store.write(move |_| {
                let (begun, let_go) = (Arc::clone(&inner_begun), Arc::clone(&inner));
                Box::pin(async move {
                    begun.notify_one();
                    let_go.notified().await;
                    Ok(())
                })
            });
            waits.await
        });
        begun.notified().await;
        Self { let_go, work }
    }

    async fn let_go(self) {
        self.let_go.notify_one();
        self.work.await.expect("a task").expect("work");
    }
}

/// A browser that has its form open.
async fn ready(mut browser: Browser) -> Browser {
    browser.get("/report").await;
    browser
}

async fn file(browser: &Browser, number: u8) -> Answer {
    let mut browser = browser.clone();
    let (token, command) = (browser.cookies["bihuan_form"].clone(), command(number));
    let sent =
        [("csrf", &*token), ("command", &*command), ("words", "灯不亮"), ("address", "东街")];
    browser.post_plain("/report", &sent).await
}

fn is_busy(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text());
    assert_eq!(answer.headers["retry-after"], "10");
    assert!(answer.has("系统正忙"), "{}", answer.text());
}

#[tokio::test]
async fn one_noisy_address_is_told_to_wait_and_the_others_are_served() {
    let house = House::with_room_for(Most { together: 8, of_one_address: 4 }).await;
    let noisy = ready(house.browser_at("198.51.100.1")).await;
    let quiet = ready(house.browser_at("198.51.100.2")).await;
    let mut third = ready(house.browser_at("198.51.100.3")).await;
    let stuck = Stuck::begin(&house).await;
    let mut noise: FuturesUnordered<_> = (1..=7).map(|number| file(&noisy, number)).collect();
    for _ in 0..3 {
        is_busy(&noise.next().await.expect("an answer"));
    }
    assert_eq!(quiet.clone().get("/report").await.status, StatusCode::OK);
    let mut others: FuturesUnordered<_> = (11..=13).map(|number| file(&quiet, number)).collect();
    is_busy(&others.next().await.expect("an answer"));
    third.lang = "en";
    let full = third.get("/report").await;
    assert_eq!(full.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(full.has("Bihuan is busy"), "{}", full.text());
    assert_eq!(third.get("/healthz").await.status, StatusCode::OK, "the process lives");

    stuck.let_go().await;
    let mut taken = 0;
    while let Some(answer) = noise.next().await {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        taken += 1;
    }
    while let Some(answer) = others.next().await {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        taken += 1;
    }
    assert_eq!(taken, 6, "whoever was let in is answered");
    assert_eq!(third.get("/report").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_report_whose_sender_gave_up_on_a_slow_disk_is_filed_once() {
    let house = House::open().await;
    let resident = ready(house.browser()).await;
    let before = house.entries().await;
    file(&resident, 2).await.to();
    let of_one = house.entries().await - before;
    let stuck = Stuck::begin(&house).await;
    let sender = resident.clone();
    let given_up = tokio::spawn(async move { file(&sender, 1).await });
    while !house.app.store().has_waiting() {
        yield_now().await;
    }
    given_up.abort();
    assert!(given_up.await.is_err_and(|fault| fault.is_cancelled()));
    stuck.let_go().await;
    let again = file(&resident, 1).await.to();
    assert!(again.ends_with("?again=1"), "{again}");
    assert_eq!(file(&resident, 1).await.to(), again);
    assert_eq!(house.entries().await, before + 2 * of_one);
}

#[tokio::test]
async fn however_many_addresses_join_whoever_is_signed_in_is_served() {
    let house = House::with_room_for(Most { together: 8, of_one_address: 3 }).await;
    house.person("officer", Role::GridWorker, "town-01", Some(GRID)).await;
    let mut officer = house.browser_at("198.51.100.9");
    officer.sign_in("officer").await;
    let noisy = [
        ready(house.browser_at("198.51.100.1")).await,
        ready(house.browser_at("198.51.100.2")).await,
        ready(house.browser_at("198.51.100.3")).await,
    ];
    let stuck = Stuck::begin(&house).await;
    let mut noise: FuturesUnordered<_> =
        (0..9).map(|number| file(&noisy[number / 3], number as u8)).collect();
    for _ in 0..3 {
        is_busy(&noise.next().await.expect("an answer"));
    }
    assert_eq!(officer.get("/worker").await.status, StatusCode::OK);
    let mut forger = house.browser_at("198.51.100.4");
    is_busy(&forger.get("/worker").await);
    let made_up = ("bihuan_session".to_owned(), "made up".to_owned());
    forger.cookies.extend([made_up]);
    is_busy(&forger.get("/worker").await);
    is_busy(&forger.get("/worker").await);
    // A session is no way around one's own share.
    let mut noisy = noisy[0].clone();
    noisy.cookies.insert("bihuan_session".to_owned(), officer.cookies["bihuan_session"].clone());
    is_busy(&noisy.get("/worker").await);
    assert_eq!(officer.get("/worker").await.status, StatusCode::OK, "the forger left no trace");
    stuck.let_go().await;
    while let Some(answer) = noise.next().await {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    }
}

#[tokio::test]
async fn an_answer_nobody_takes_keeps_its_turn_and_an_operator_is_answered_all_the_same() {
    let house = House::with_room_for(Most { together: 1, of_one_address: 1 }).await;
    let mut other = house.browser_at("198.51.100.1");
    for encoding in ["identity", "gzip"] {
        // Takes so many bytes at a time.
        let (mut sender, door) = tokio::io::duplex(256);
        let service = TowerToHyperService::new(house.site());
        let serving = tokio::spawn(async move {
            let server = auto::Builder::new(TokioExecutor::new());
            server.serve_connection(TokioIo::new(door), service).await.expect("served");
        });
        let asked = format!(
            "GET /report HTTP/1.1\r\nhost: x\r\naccept-encoding: {encoding}\r\n\
             connection: close\r\n\r\n"
        );
        sender.write_all(asked.as_bytes()).await.expect("sent");
        assert_eq!(sender.read_u8().await.expect("an answer"), b'H');
        is_busy(&other.get("/report").await);
        for path in ["/healthz", "/readyz"] {
            assert_eq!(other.get(path).await.status, StatusCode::OK, "{path}");
        }
        let mut rest = Vec::new();
        sender.read_to_end(&mut rest).await.expect("the rest");
        assert!(rest.len() > 1024, "more than the connection holds");
        serving.await.expect("a task");
        assert_eq!(other.get("/report").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn whoever_asks_whether_it_is_ready_makes_it_write_once_a_second() {
    let house = House::open().await;
    let mut balancer = house.browser();
    let mut written = Vec::new();
    for _ in 0..4 {
        assert_eq!(balancer.get("/readyz").await.text(), "ready");
        let store = house.app.store();
        written.push(store.setting(house.app.county(), "asked-us").await.expect("a setting"));
        house.clock.step_micros(500_000);
    }
    assert_eq!((&written[0], &written[2]), (&written[1], &written[3]));
    assert!(written[0].is_some() && written[1] < written[2], "{written:?}");
}

#[tokio::test]
async fn a_flood_from_an_address_that_used_up_its_share_does_not_wait_for_the_writer() {
    let house = House::open().await;
    let resident = ready(house.browser()).await;
    for number in 1..=120 {
        file(&resident, number).await.to();
    }
    assert_eq!(file(&resident, 121).await.status, StatusCode::TOO_MANY_REQUESTS);
    let stuck = Stuck::begin(&house).await;
    assert_eq!(file(&resident, 122).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!house.app.store().has_waiting());
    stuck.let_go().await;
}
