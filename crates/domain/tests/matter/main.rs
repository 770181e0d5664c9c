//! One matter under the shipped rules: journeys, refusals, properties, and the
//! files that say who may do what and how an event is written.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

mod access;
mod burden;
mod clocks;
mod golden;
mod handling;
mod properties;
mod protection;
mod reasons;
mod rectification;
mod regimes;
mod story;
mod supervision;
mod triage;
mod verdict;
mod whatif;
mod wire;
