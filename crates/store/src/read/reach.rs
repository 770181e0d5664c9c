//! What the one who asks may see; the database's side of a post's scope.

use super::select::Select;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    County,
    /// Matters in one of these units' care.
    Units(Vec<String>),
    /// Matters in this grid or below it.
    Grid(String),
    /// Either.
    Town {
        units: Vec<String>,
        grid: String,
    },
    Nothing,
}

/// What a list is found by before it is asked whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The matters themselves, or something few share: each is asked.
    AsFew,
    /// The work of units.
    ByUnits,
    /// Anything else: the units' own matters may be the fewer.
    AsMany,
}

impl Reach {
    pub(super) fn narrow(&self, select: &mut Select, county: &str, postgres: bool, found: Found) {
        match self {
            Self::County => {}
            Self::Nothing => select.filter("1 = 0"),
            Self::Units(units) => {
                let theirs = in_units(select, units, county, postgres, found);
                // SQLite would begin here.
                let is_second = found == Found::ByUnits && !postgres;
                let sign = if is_second { "+" } else { "" };
                select.filter(format!("{sign}{theirs}"));
            }
            Self::Grid(grid) => {
                let inside = in_grid(select, grid);
                select.filter(inside);
            }
            Self::Town { units, grid } => {
                let theirs = in_units(select, units, county, postgres, found);
                let inside = in_grid(select, grid);
                select.filter(format!("({theirs} OR {inside})"));
            }
        }
    }
}

fn in_units(
    select: &mut Select,
    units: &[String],
    county: &str,
    postgres: bool,
    found: Found,
) -> String {
    let listed = select.texts(units, postgres);
    if found == Found::AsFew {
        // All that the units ever had is more than these few.
        return format!(
            "EXISTS (SELECT 1 FROM matter_unit s WHERE s.county = {county} \
             AND s.matter = m.matter AND s.unit IN {listed})"
        );
    }
    format!(
        "m.matter IN (SELECT s.matter FROM matter_unit s \
         WHERE s.county = {county} AND s.unit IN {listed})"
    )
}

/// A grid's subtree is a range of codes: from the code itself to just before
/// the code followed by the character after the hyphen.
fn in_grid(select: &mut Select, grid: &str) -> String {
    let same = select.text(grid);
    let from = select.text(format!("{grid}-"));
    let to = select.text(format!("{grid}."));
    format!(
        "(m.grid = {same} OR (m.grid >= {from} AND m.grid < {to}) \
         OR m.verify_grid = {same} OR (m.verify_grid >= {from} AND m.verify_grid < {to}))"
    )
}
