//! How slowly a form with files may come. A phone with a weak signal is waited
//! for as long as something arrives; a sender who has stopped gives up the place
//! to others.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::{Frame, SizeHint};
use tokio::sync::Notify;
use tokio::time::{Sleep, sleep};

use crate::problem::Problem;

/// So many bytes at least in so much time.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub bytes: usize,
    pub within: Duration,
}

/// A default, not official: a tenth of what the slowest mobile networks carry,
/// and time to walk out of a dead spot.
impl Default for Pace {
    fn default() -> Self {
        Self { bytes: 16 * 1024, within: Duration::from_secs(60) }
    }
}

/// Whoever is too slow is told to send the same form again.
pub(crate) async fn keep(State(pace): State<Pace>, request: Request, next: Next) -> Response {
    let stopped = Arc::new(Notify::new());
    let watched = Arc::clone(&stopped);
    let request = request
        .map(|body| Body::new(Coming { body, pace, bytes: 0, limit: None, stopped: watched }));
    tokio::select! {
        biased;
        response = next.run(request) => response,
        () = stopped.notified() => Problem::Unavailable.into_response(),
    }
}

struct Coming {
    body: Body,
    pace: Pace,
    /// What came since the limit was set.
    bytes: usize,
    /// Only while bytes are waited for: a form that waits for us is not slow.
    limit: Option<Pin<Box<Sleep>>>,
    stopped: Arc<Notify>,
}

impl Coming {
    fn count(&mut self, bytes: usize) {
        self.bytes += bytes;
        if self.bytes >= self.pace.bytes {
            self.bytes = 0;
            self.limit = None;
        }
    }
}

impl HttpBody for Coming {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &frame {
            self.count(frame.data_ref().map_or(0, Bytes::len));
        }
        if frame.is_pending() {
            let within = self.pace.within;
            let limit = self.limit.get_or_insert_with(|| Box::pin(sleep(within)));
            if limit.as_mut().poll(context).is_ready() {
                self.stopped.notify_one();
            }
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
