//! How many requests are worked on at once. Those beyond are told to come back
//! before they have cost anything: a queue that only grows makes everybody wait,
//! and in the end nobody is answered in time. One address has no more than a
//! share, so that whoever sends without pause is in nobody's way; and however
//! many addresses join, some places stay for the people who are signed in.
//!
//! A request counts until the last of its answer was written to the connection:
//! answers that nobody reads lie in memory.

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

use crate::csrf;
use crate::problem::Problem;
use crate::routes::address::Sender;
use crate::routes::site::Site;

/// How a form with files says what it is, in capitals or not.
const MULTIPART: &[u8] = b"multipart/";
/// Of so many places one is kept for people who are signed in; a default, not
/// official.
const ONE_KEPT_OF: usize = 4;

/// How many at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    pub together: usize,
    pub of_one_address: usize,
}

/// How many requests at once; defaults, not official.
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

    /// What there is for those who are not known to be signed in.
    const fn for_anybody(self) -> Self {
        Self { together: self.together - self.together / ONE_KEPT_OF, ..self }
    }
}

#[derive(Clone)]
pub(crate) struct Crowd {
    most: Most,
    asking: Room,
    sending: Room,
}

impl Crowd {
    pub(crate) fn new(most: Most) -> Self {
        Self { most, asking: Room::default(), sending: Room::default() }
    }

    fn room(&self, request: &Request) -> (Room, Most) {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let begins = kind.and_then(|kind| kind.as_bytes().get(..MULTIPART.len()));
        let has_files = begins.is_some_and(|begins| begins.eq_ignore_ascii_case(MULTIPART));
        if has_files {
            (self.sending.clone(), self.most.of_files())
        } else {
            (self.asking.clone(), self.most)
        }
    }
}

/// Who is present, by address.
#[derive(Clone, Debug, Default)]
pub struct Room(Arc<Mutex<Present>>);

#[derive(Debug, Default)]
struct Present {
    together: usize,
    by_address: HashMap<String, usize>,
}

impl Room {
    /// None when that many are present, or that many of this address.
    pub fn enter(&self, from: &str, most: Most) -> Option<Turn> {
        let mut present = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let theirs = present.by_address.get(from).copied().unwrap_or_default();
        if present.together >= most.together || theirs >= most.of_one_address {
            return None;
        }
        present.together += 1;
        present.by_address.insert(from.to_owned(), theirs + 1);
        Some(Turn { present: Arc::clone(&self.0), from: from.to_owned() })
    }
}

/// Ends with its value.
#[derive(Debug)]
pub struct Turn {
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
    let (room, most) = site.crowd.room(&request);
    let turn = match room.enter(&from, most.for_anybody()) {
        Some(turn) => Some(turn),
        None => {
            let session = csrf::session_of(request.headers());
            kept_place(&site, room.enter(&from, most), &session).await
        }
    };
    let Some(turn) = turn else {
        return Problem::Unavailable.into_response();
    };
    let mut response = next.run(request).await;
    response.extensions_mut().insert(Arc::new(turn));
    response
}

/// One of the places for people who are signed in. Anybody can write a cookie,
/// so whoever brings one has the place for no longer than it takes to look it
/// up, unless it holds; while there is room for all, nothing is looked up.
async fn kept_place(site: &Site, turn: Option<Turn>, session: &str) -> Option<Turn> {
    if session.is_empty() {
        return None;
    }
    let turn = turn?;
    let is_signed_in = site.app.session(session).await.is_ok_and(|session| session.is_some());
    is_signed_in.then_some(turn)
}

/// Stands outside of whatever changes the answer's body, so that the turn goes
/// with what is written at last.
pub(crate) async fn until_written(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Arc<Turn>>() {
        Some(turn) => response.map(|body| Body::new(Taken { body, turn })),
        None => response,
    }
}

/// An answer that keeps its turn until it was written or nobody wants it.
struct Taken {
    body: Body,
    turn: Arc<Turn>,
}

/// A server lets go of a body as soon as it has the last of its bytes, long
/// before they are written. So the turn goes with the bytes.
struct Unwritten {
    bytes: Bytes,
    _turn: Arc<Turn>,
}

impl AsRef<[u8]> for Unwritten {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl HttpBody for Taken {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        frame.map_ok(|frame| {
            frame.map_data(|bytes| {
                Bytes::from_owner(Unwritten { bytes, _turn: Arc::clone(&self.turn) })
            })
        })
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
        let (room, most) = (Room::default(), Most { together: 3, of_one_address: 2 });
        let enter = |from: &str| room.enter(from, most);
        let noisy = [enter("a"), enter("a")];
        assert!(noisy.iter().all(Option::is_some) && enter("a").is_none());
        let other = enter("b");
        assert!(other.is_some() && enter("c").is_none(), "three at once");
        drop(other);
        assert!(enter("a").is_none() && enter("c").is_some());
        drop(noisy);
        assert!(enter("a").is_some());
        assert_eq!(room.0.lock().map(|present| present.by_address.len()).ok(), Some(0));
    }

    #[test]
    fn of_four_places_one_is_kept() {
        let most = |together| Most { together, of_one_address: 64 };
        assert_eq!(most(512).for_anybody(), most(384));
        assert_eq!(most(512).of_files().for_anybody().together, 96);
        assert_eq!(most(1).for_anybody(), most(1), "a single place is anybody's");
    }

    #[test]
    fn forms_with_files_have_a_room_of_their_own_however_they_are_written() {
        let crowd = Crowd::new(Most { together: 8, of_one_address: 2 });
        let most = |kind: &str| {
            let request = Request::builder().header(header::CONTENT_TYPE, kind);
            crowd.room(&request.body(Body::empty()).expect("a request")).1
        };
        for kind in ["multipart/form-data; boundary=x", "Multipart/Form-Data; boundary=x"] {
            assert_eq!(most(kind), Most { together: 2, of_one_address: 1 }, "{kind}");
        }
        for kind in ["application/x-www-form-urlencoded", "multi"] {
            assert_eq!(most(kind), Most { together: 8, of_one_address: 2 }, "{kind}");
        }
    }

    #[test]
    fn the_length_of_an_answer_is_told() {
        let most = Most { together: 1, of_one_address: 1 };
        let turn = Room::default().enter("a", most).map(Arc::new).expect("a turn");
        let answer = Body::new(Taken { body: Body::from("words"), turn });
        assert_eq!(answer.size_hint().exact(), Some(5));
    }
}
