use std::collections::BTreeMap;

use crate::ids::{GridCode, UnitCode};

/// The organisation: each unit and the unit above it. The county itself is the
/// root and has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitTree {
    above: BTreeMap<UnitCode, Option<UnitCode>>,
    grids: BTreeMap<UnitCode, GridCode>,
}

impl UnitTree {
    /// Each unit, the unit above it, and the grid it governs (towns).
    pub fn new(
        units: impl IntoIterator<Item = (UnitCode, Option<UnitCode>, Option<GridCode>)>,
    ) -> Self {
        let mut tree = Self::default();
        for (unit, above, grid) in units {
            if let Some(grid) = grid {
                tree.grids.insert(unit.clone(), grid);
            }
            tree.above.insert(unit, above);
        }
        tree
    }

    /// The town grid `unit` governs, or the one its nearest superior governs.
    pub fn grid_of(&self, unit: &UnitCode) -> Option<&GridCode> {
        let mut at = Some(unit);
        for _ in 0..=self.above.len() {
            let here = at?;
            if let Some(grid) = self.grids.get(here) {
                return Some(grid);
            }
            at = self.above(here);
        }
        None
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

    /// Whether a unit stands above itself, be it by way of others.
    pub fn is_above_itself(&self, unit: &UnitCode) -> bool {
        self.above(unit).is_some_and(|above| self.within(above, unit))
    }

    /// Whether `unit` itself, not a superior, governs `grid`.
    pub fn governs(&self, unit: &UnitCode, grid: &GridCode) -> bool {
        self.grids.get(unit) == Some(grid)
    }

    /// `root` and every unit below it.
    pub fn subtree(&self, root: &UnitCode) -> Vec<UnitCode> {
        self.above.keys().filter(|unit| self.within(unit, root)).cloned().collect()
    }
}
