//! Residents, grid workers and their sessions through the whole router, on a
//! county of its own for each test.

mod house;
mod journey;
mod pages;
mod report;
mod session;
mod track;
