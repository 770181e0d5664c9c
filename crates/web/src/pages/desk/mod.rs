//! The desk: what triage, units, supervisors and leaders work with. Each page is
//! a plain view struct, its template of the same name, and samples for its
//! golden; handlers only fill the struct.

#[cfg(test)]
pub(crate) mod samples;

pub mod account;
pub mod batch;
pub mod burden;
pub mod cockpit;
pub mod identity;
pub mod inbox;
pub mod inspect;
pub mod inspections;
pub mod ledger;
pub mod map;
pub mod matter;
pub mod paper_form;
pub mod papers;
pub mod rates;
pub mod recount;
pub mod register;
pub mod registration;
pub mod search;
pub mod step;
pub mod tasks;
pub mod worklist;

use crate::view::lamp::Shape;

#[cfg(test)]
pub(crate) use samples::samples;

/// A tab over a list, with how many wait behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub label: String,
    pub count: Option<u64>,
    pub href: String,
    pub is_current: bool,
}

impl Tab {
    pub fn new(label: impl Into<String>, count: impl Into<Option<u64>>, href: &str) -> Self {
        Self { label: label.into(), count: count.into(), href: href.to_owned(), is_current: false }
    }

    #[must_use]
    pub const fn current(mut self) -> Self {
        self.is_current = true;
        self
    }

    pub(crate) fn counted(&self) -> Option<String> {
        let count = self.count?;
        Some(crate::view::number::grouped(i64::try_from(count).unwrap_or(i64::MAX)))
    }
}

/// One stop of a matter's way: a node as a small lamp with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    pub shape: Shape,
    pub name: String,
}

impl Stop {
    pub fn new(shape: Shape, name: impl Into<String>) -> Self {
        Self { shape, name: name.into() }
    }
}

/// A lamp on a small map without a base map: positions in a 400 × 220 box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub x: u16,
    pub y: u16,
    pub shape: Shape,
}

/// The grid's outline and what stands in it. Drawn by us: no base map is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MiniMap {
    pub label: String,
    /// Path data in the same box.
    pub outline: String,
    pub spots: Vec<Spot>,
}
