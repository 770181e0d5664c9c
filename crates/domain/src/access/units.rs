use std::collections::BTreeMap;

use crate::ids::UnitCode;

/// The organisation: each unit and the unit above it. The county itself is the
/// root and has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitTree {
    above: BTreeMap<UnitCode, Option<UnitCode>>,
}

impl UnitTree {
    pub fn new(units: impl IntoIterator<Item = (UnitCode, Option<UnitCode>)>) -> Self {
        Self { above: units.into_iter().collect() }
    }

    pub fn contains(&self, unit: &UnitCode) -> bool {
        self.above.contains_key(unit)
    }

    pub fn above(&self, unit: &UnitCode) -> Option<&UnitCode> {
        self.above.get(unit).and_then(Option::as_ref)
    }

    /// Whether `unit` is `root` or stands below it. Bounded by the number of
    /// units, so that a circle in the data cannot hang us.
    pub fn within(&self, unit: &UnitCode, root: &UnitCode) -> bool {
        let mut at = Some(unit);
        for _ in 0..=self.above.len() {
            match at {
                Some(here) if here == root => return true,
                Some(here) => at = self.above(here),
                None => return false,
            }
        }
        false
    }

    /// `root` and every unit below it.
    pub fn subtree(&self, root: &UnitCode) -> Vec<UnitCode> {
        self.above.keys().filter(|unit| self.within(unit, root)).cloned().collect()
    }
}
