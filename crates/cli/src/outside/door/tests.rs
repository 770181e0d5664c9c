use axum::Router;
use axum::routing::get;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};
use tokio::time::timeout;

use super::*;

const MANY: Most = Most { together: 100, of_one_address: 100 };
const LONG: Duration = Duration::from_secs(3600);
const SHORT: Duration = Duration::from_millis(20);
const PATIENT: Patience = Patience { asking: LONG, taking: LONG, alive: LONG };
const ASKED: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";

async fn serving(most: Most, proxies: &str, patience: Patience) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let server = axum_server::from_tcp(listener).unwrap();
    let server = before(server, most, proxies.parse().unwrap(), patience);
    let pages = Router::new().route("/", get(|| async { "words" }));
    tokio::spawn(server.serve(pages.into_make_service()));
    address
}

/// What comes until the server closes. The limit is for a server that never does.
async fn heard(stream: &mut TcpStream) -> Vec<u8> {
    let mut heard = Vec::new();
    let closed = timeout(Duration::from_secs(20), stream.read_to_end(&mut heard)).await;
    // Some systems say that it was closed, some that it was cut.
    closed.expect("the server keeps the connection").ok();
    heard
}

async fn is_answered(stream: &mut TcpStream) -> bool {
    let mut begins = [0; 12];
    stream.write_all(ASKED).await.ok();
    stream.read_exact(&mut begins).await.is_ok_and(|_| &begins == b"HTTP/1.1 200")
}

#[tokio::test]
async fn whoever_does_not_say_what_they_want_is_not_waited_for() {
    let patience = Patience { asking: SHORT, ..PATIENT };
    let address = serving(MANY, "", patience).await;
    let begun: [&[u8]; 4] = [b"", b"PRI * HTTP/2.0\r\n", b"GET / HTTP/1.1\r\nhost:", b"G"];
    for begun in begun {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(begun).await.unwrap();
        let heard = heard(&mut stream).await;
        assert!(!heard.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&heard));
    }
}

#[tokio::test]
async fn whoever_was_answered_and_asks_nothing_more_is_not_waited_for() {
    let patience = Patience { asking: SHORT, ..PATIENT };
    let mut stream = TcpStream::connect(serving(MANY, "", patience).await).await.unwrap();
    stream.write_all(ASKED).await.unwrap();
    assert!(heard(&mut stream).await.ends_with(b"words"));
}

#[tokio::test]
async fn whoever_speaks_http_2_must_show_that_they_are_there() {
    let patience = Patience { alive: SHORT, ..PATIENT };
    let mut stream = TcpStream::connect(serving(MANY, "", patience).await).await.unwrap();
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    assert!(!heard(&mut stream).await.is_empty(), "it was understood");
}

#[tokio::test]
async fn one_address_holds_no_more_than_its_share_and_what_it_gives_up_is_free() {
    let most = Most { together: 8, of_one_address: 2 };
    let address = serving(most, "", PATIENT).await;
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        assert!(is_answered(&mut stream).await);
        held.push(stream);
    }
    let mut third = TcpStream::connect(address).await.unwrap();
    assert_eq!(heard(&mut third).await, b"");
    held.clear();
    // The server hears of it in its own time.
    while !is_answered(&mut TcpStream::connect(address).await.unwrap()).await {}
}

#[tokio::test]
async fn a_trusted_proxy_has_many_behind_it_and_all_the_connections_there_are() {
    let most = Most { together: 3, of_one_address: 1 };
    let address = serving(most, "127.0.0.1", PATIENT).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        assert!(is_answered(&mut stream).await);
        held.push(stream);
    }
    assert_eq!(heard(&mut TcpStream::connect(address).await.unwrap()).await, b"");
}

#[tokio::test]
async fn an_answer_nobody_takes_is_given_up() {
    let (server, mut sender) = duplex(16);
    let mut guest = Guest::new(server, Patience { taking: SHORT, ..PATIENT }, None);
    let fault = guest.write_all(&[0; 64]).await.unwrap_err();
    assert_eq!(fault.kind(), ErrorKind::TimedOut);
    sender.read_exact(&mut [0; 16]).await.unwrap();
    guest.write_all(&[0; 16]).await.unwrap();
}

#[tokio::test]
async fn whoever_asks_in_few_words_is_waited_for_once_answered() {
    let (server, mut sender) = duplex(64);
    let mut guest = Guest::new(server, Patience { asking: SHORT, ..PATIENT }, None);
    guest.write_all(b"answer").await.unwrap();
    let later = async {
        timeout(SHORT * 3, std::future::pending::<()>()).await.ok();
        sender.write_all(b"more").await.unwrap();
    };
    let mut more = [0; 4];
    let (read, ()) = tokio::join!(guest.read_exact(&mut more), later);
    assert_eq!((read.unwrap(), &more), (4, b"more"));
}

#[test]
fn there_are_fewer_connections_than_files() {
    for (files, together, of_one_address) in
        [(Some(1024), 512, 128), (Some(65536), 4096, 1024), (None, 4096, 1024), (Some(1), 1, 1)]
    {
        assert_eq!(most_of(files), Most { together, of_one_address });
    }
}
