//! What tests share: where the databases are. Only ever a dev-dependency.

pub mod postgres;
