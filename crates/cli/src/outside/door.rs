//! Who may hold a connection, and for how long without using it. Each holds one
//! of the files that may be open, so there are fewer of them than files, one
//! address has a share, and whoever says nothing or takes nothing gives theirs
//! up.

use std::future::ready;
use std::io::{self, ErrorKind, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::Server;
use axum_server::accept::Accept;
use bihuan_web::{Most, Room, TrustedProxies, Turn};
use hyper_util::rt::TokioTimer;
use rustix::process::{Resource, getrlimit};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// Defaults, not official. Half of the files that may be open are left for the
/// database, photos on their way in and what is read.
const MOST_CONNECTIONS: usize = 4096;
const ONE_OF_FILES: u64 = 2;
/// What one address may hold of them: offices share one address.
const ONE_OF_CONNECTIONS: usize = 4;

/// The beginning of HTTP/2. The server looks for so much before it keeps time by
/// itself.
const FIRST_WORDS: usize = 24;

/// How long a connection is kept that is not used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// Until it said what it speaks, and until each request is asked.
    asking: Duration,
    /// While it takes nothing of an answer.
    taking: Duration,
    /// Between signs of life of HTTP/2, and until one must be answered.
    alive: Duration,
}

/// Defaults, not official.
impl Default for Patience {
    fn default() -> Self {
        let half_a_minute = Duration::from_secs(30);
        Self { asking: half_a_minute, taking: Duration::from_secs(60), alive: half_a_minute }
    }
}

/// How many connections, by how many files may be open.
pub(crate) fn most() -> Most {
    most_of(getrlimit(Resource::Nofile).current)
}

fn most_of(files: Option<u64>) -> Most {
    let room = files.and_then(|files| usize::try_from(files / ONE_OF_FILES).ok());
    let together = room.map_or(MOST_CONNECTIONS, |room| room.clamp(1, MOST_CONNECTIONS));
    Most { together, of_one_address: together.div_ceil(ONE_OF_CONNECTIONS) }
}

/// Puts the door before a server.
pub(crate) fn before<A>(
    mut server: Server<SocketAddr, A>,
    most: Most,
    proxies: TrustedProxies,
    patience: Patience,
) -> Server<SocketAddr, Door<A>> {
    let http = server.http_builder();
    http.http1().timer(TokioTimer::new()).header_read_timeout(patience.asking);
    http.http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(patience.alive)
        .keep_alive_timeout(patience.alive);
    server.map(|inner| Door { inner, room: Room::default(), most, proxies, patience })
}

#[derive(Clone, Debug)]
pub(crate) struct Door<A> {
    inner: A,
    room: Room,
    most: Most,
    proxies: TrustedProxies,
    patience: Patience,
}

impl<A> Door<A> {
    fn place(&self, stream: &TcpStream) -> Option<Turn> {
        let peer = stream.peer_addr().ok()?;
        match self.proxies.counted(peer.ip()) {
            Some(address) => self.room.enter(&address, self.most),
            None => {
                let all = Most { of_one_address: self.most.together, ..self.most };
                self.room.enter("proxies", all)
            }
        }
    }
}

impl<A, S> Accept<TcpStream, S> for Door<A>
where
    A: Accept<TcpStream, S>,
    A::Future: Send + 'static,
    A::Stream: Send + 'static,
    A::Service: Send + 'static,
{
    type Stream = Guest<A::Stream>;
    type Service = A::Service;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send>>;

    /// A connection there is no room for is closed: telling why would take one.
    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let Some(turn) = self.place(&stream) else {
            return Box::pin(ready(Err(ErrorKind::ConnectionRefused.into())));
        };
        let accepted = self.inner.accept(stream, service);
        let patience = self.patience;
        Box::pin(async move {
            let (stream, service) = accepted.await?;
            Ok((Guest::new(stream, patience, Some(turn)), service))
        })
    }
}

/// A connection that was let in.
#[derive(Debug)]
pub(crate) struct Guest<S> {
    stream: S,
    patience: Patience,
    _turn: Option<Turn>,
    said: usize,
    /// Until it said what it speaks.
    begins: Option<Pin<Box<Sleep>>>,
    /// While it takes nothing.
    takes: Option<Pin<Box<Sleep>>>,
}

impl<S> Guest<S> {
    fn new(stream: S, patience: Patience, turn: Option<Turn>) -> Self {
        let begins = Some(Box::pin(sleep(patience.asking)));
        Self { stream, patience, _turn: turn, said: 0, begins, takes: None }
    }

    fn wrote<T>(
        &mut self,
        context: &mut Context<'_>,
        outcome: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.takes = None;
            return outcome;
        }
        let taking = self.patience.taking;
        let takes = self.takes.get_or_insert_with(|| Box::pin(sleep(taking)));
        match takes.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(ErrorKind::TimedOut.into())),
            Poll::Pending => outcome,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Guest<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.said += buffer.filled().len() - before;
        if self.said >= FIRST_WORDS {
            self.begins = None;
        }
        let is_over =
            self.begins.as_mut().is_some_and(|begins| begins.as_mut().poll(context).is_ready());
        if outcome.is_pending() && is_over {
            return Poll::Ready(Err(ErrorKind::TimedOut.into()));
        }
        outcome
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Guest<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        // Whoever is answered has asked, however briefly.
        self.begins = None;
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.wrote(context, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.begins = None;
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.wrote(context, outcome)
    }

    /// Else the server copies every answer, and its turn ends with the original.
    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_flush(context);
        self.wrote(context, outcome)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_shutdown(context);
        self.wrote(context, outcome)
    }
}

#[cfg(test)]
mod tests;
