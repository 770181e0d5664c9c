//! A county's regimes, catalogue, units and clocks, written as TOML and
//! compiled into the types of [`model`].

pub mod model;
