//! Names of things. Ids made by a client or by us are UUIDs (version 7, so that
//! keys rise with time); names a county gives are short codes from its playbook.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

macro_rules! code {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

uuid_id! {
    /// One unit of work.
    MatterId;
    /// Someone with an account.
    PersonId;
    /// Made by the client; the same id twice is the same command.
    CommandId;
    /// A photo or file.
    AttachmentId;
}

code! {
    /// Six digits of the deploying government, e.g. `410182`.
    CountyCode;
    /// A unit in the organisation tree.
    UnitCode;
    /// A grid of any of the three levels. A code begins with its parent's code
    /// and a hyphen, so a subtree is a prefix: `05`, `05-012`, `05-012-03`.
    GridCode;
    /// A line of the county's catalogue.
    ItemCode;
    /// A first-level class of the catalogue.
    ClassCode;
    /// A rule pack a matter is filed under, e.g. `grid-case`.
    RegimeCode;
    /// A stage of a clock, e.g. `sign`, `handle`, `d7`.
    NodeCode;
    /// A coded spot with a QR sign.
    PlaceId;
    /// The number people say to each other, e.g. `XY-220921-0316`. Opens nothing.
    MatterNumber;
    /// A template of an official paper.
    PaperCode;
    /// A channel work arrives by or is sent away to.
    ChannelCode;
}

impl GridCode {
    /// Whether this grid is `other` or lies inside it.
    pub fn within(&self, other: &Self) -> bool {
        self.0 == other.0
            || self.0.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with('-'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_lies_within_itself_and_its_parents_only() {
        let grid = GridCode::new("05-012-03");
        assert!(grid.within(&GridCode::new("05-012-03")));
        assert!(grid.within(&GridCode::new("05")));
        assert!(!grid.within(&GridCode::new("05-01")));
        assert!(!GridCode::new("05").within(&grid));
    }
}
