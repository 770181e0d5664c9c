//! Residents, grid workers and their sessions through the whole router, on a
//! county of its own for each test.

#![expect(clippy::expect_used, reason = "a fixture that cannot be made is a failed test")]

mod clock;
mod hostile;
mod house;
mod journey;
mod limits;
mod nearby;
mod overload;
mod pages;
mod place;
mod report;
mod session;
mod track;
