//! How many requests are worked on at once. Those beyond are told to come back
//! before they have cost anything: a queue that only grows makes everybody wait,
//! and in the end nobody is answered in time. One address has no more than a
//! share, so that whoever sends without pause is in nobody's way.
//!
//! A request counts until its answer was handed to the connection, which of a
//! long one is when the last of it goes: answers that nobody reads lie in memory.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::{Frame, SizeHint};

use crate::problem::Problem;
use crate::routes::address::Sender;
use crate::routes::site::Site;

/// How a form with files says what it is, in capitals or not.
const MULTIPART: &[u8] = b"multipart/";

/// How many requests at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    pub together: usize,
    pub of_one_address: usize,
}

/// Defaults, not official.
impl Default for Most {
    fn default() -> Self {
        Self { together: 512, of_one_address: 64 }
    }
}

impl Most {
    /// Forms with files are sent for minutes where the signal is weak, and lie
    /// on the disk meanwhile. They are counted apart, so that they keep nobody
    /// from a page.
    const fn of_files(self) -> Self {
        Self { together: self.together / 4, of_one_address: self.of_one_address / 2 }
    }
}

#[derive(Clone)]
pub(crate) struct Crowd {
    asking: Room,
    sending: Room,
}

impl Crowd {
    pub(crate) fn new(most: Most) -> Self {
        Self { asking: Room::new(most), sending: Room::new(most.of_files()) }
    }

    fn room(&self, request: &Request) -> &Room {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let begins = kind.and_then(|kind| kind.as_bytes().get(..MULTIPART.len()));
        let has_files = begins.is_some_and(|begins| begins.eq_ignore_ascii_case(MULTIPART));
        if has_files { &self.sending } else { &self.asking }
    }
}

#[derive(Clone)]
struct Room {
    most: Most,
    present: Arc<Mutex<Present>>,
}

#[derive(Default)]
struct Present {
    together: usize,
    by_address: HashMap<String, usize>,
}

impl Room {
    fn new(most: Most) -> Self {
        Self { most, present: Arc::default() }
    }

    /// None when there is no room, or none for this address.
    fn enter(&self, from: &str) -> Option<Turn> {
        let mut present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        let theirs = present.by_address.get(from).copied().unwrap_or_default();
        if present.together >= self.most.together || theirs >= self.most.of_one_address {
            return None;
        }
        present.together += 1;
        present.by_address.insert(from.to_owned(), theirs + 1);
        Some(Turn { present: Arc::clone(&self.present), from: from.to_owned() })
    }
}

/// Ends with its value.
struct Turn {
    present: Arc<Mutex<Present>>,
    from: String,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        present.together -= 1;
        match present.by_address.get_mut(&self.from) {
            Some(theirs) if *theirs > 1 => *theirs -= 1,
            _ => {
                present.by_address.remove(&self.from);
            }
        }
    }
}

/// Lets a request in while there is room.
pub(crate) async fn admit(
    State(site): State<Site>,
    Sender(from): Sender,
    request: Request,
    next: Next,
) -> Response {
    let Some(turn) = site.crowd.room(&request).enter(&from) else {
        return Problem::Unavailable.into_response();
    };
    next.run(request).await.map(|body| Body::new(Taken { body, _turn: turn }))
}

/// An answer that keeps its turn until it was taken or nobody wants it.
struct Taken {
    body: Body,
    _turn: Turn,
}

impl HttpBody for Taken {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_takes_its_share_and_leaves_the_rest_to_others() {
        let room = Room::new(Most { together: 3, of_one_address: 2 });
        let noisy = [room.enter("a"), room.enter("a")];
        assert!(noisy.iter().all(Option::is_some) && room.enter("a").is_none());
        let other = room.enter("b");
        assert!(other.is_some() && room.enter("c").is_none(), "three at once");
        drop(other);
        assert!(room.enter("a").is_none() && room.enter("c").is_some());
        drop(noisy);
        assert!(room.enter("a").is_some());
        assert_eq!(room.present.lock().map(|present| present.by_address.len()).ok(), Some(0));
    }

    #[test]
    fn forms_with_files_have_a_room_of_their_own_however_they_are_written() {
        let crowd = Crowd::new(Most { together: 8, of_one_address: 2 });
        let most = |kind: &str| {
            let request = Request::builder().header(header::CONTENT_TYPE, kind);
            crowd.room(&request.body(Body::empty()).expect("a request")).most
        };
        for kind in ["multipart/form-data; boundary=x", "Multipart/Form-Data; boundary=x"] {
            assert_eq!(most(kind), Most { together: 2, of_one_address: 1 }, "{kind}");
        }
        for kind in ["application/x-www-form-urlencoded", "multi"] {
            assert_eq!(most(kind), Most { together: 8, of_one_address: 2 }, "{kind}");
        }
    }

    #[test]
    fn an_answer_nobody_has_read_keeps_its_turn() {
        let room = Room::new(Most { together: 1, of_one_address: 1 });
        let turn = room.enter("a").expect("a turn");
        let answer = Body::new(Taken { body: Body::from("words"), _turn: turn });
        assert_eq!(answer.size_hint().exact(), Some(5), "its length is told");
        assert!(room.enter("b").is_none());
        drop(answer);
        assert!(room.enter("b").is_some());
    }
}
