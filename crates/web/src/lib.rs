//! HTTP: pages for people, an API for programs, and what both share.
//!
//! Owns the words people read, the markup, sessions' cookies, request limits and
//! the mapping of a refusal to a status. Must not know SQL or call the store:
//! pages are filled from `app::queries` and forms end in `app::commands`.
//!
//! Start reading at [`shell`] (what every page has), [`view`] (the parts pages
//! are made of) and [`pages`] (one folder an area, one file a page).

pub mod assets;
mod crowd;
pub mod csp;
pub mod csrf;
pub mod frame;
mod gate;
pub mod i18n;
pub mod pace;
pub mod pages;
pub mod problem;
mod ready;
pub mod router;
mod routes;
pub mod settings;
pub mod shell;
mod typed;
pub mod view;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod sample;
pub use crowd::{Most, Room, Turn};
pub use router::{Leaving, WebOptions, router};
pub use routes::address::TrustedProxies;
