//! Residents, grid workers and their sessions through the whole router, on a
//! county of its own for each test.

#![expect(clippy::expect_used, reason = "a fixture that cannot be made is a failed test")]

mod house;
mod journey;
mod limits;
mod nearby;
mod pages;
mod place;
mod report;
mod session;
mod track;
