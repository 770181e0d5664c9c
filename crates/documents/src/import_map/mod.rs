//! How a foreign table is read as matters: a map names the columns, the time
//! zone and the forms of its dates, and says which of its words mean which of
//! our codes. A map is data; the caller names the file it is used on.
//!
//! A record keeps what the other system said. Nothing is guessed: a date that
//! does not exist, a flag with a third value or half a position is a rejection
//! with row, column and reason.

mod diagnostic;
mod moment;
mod parse;
mod read;
mod record;
mod rejection;

use std::collections::{BTreeMap, BTreeSet};

pub use diagnostic::Diagnostic;
pub use moment::ClockChange;
pub use record::{Doubt, ImportedRecord};
pub use rejection::{Rejection, Why};

use bihuan_domain::ids::{ClassCode, ItemCode, UnitCode};
use bihuan_domain::playbook::model::Text;

use crate::table_in::{Columns, Hint};
use moment::Moments;

/// See the module.
#[derive(Clone, Debug)]
pub struct ImportMap {
    /// Names the other system; with the id it names a record for good.
    pub origin: String,
    pub name: Text,
    /// Who gave the data and on what terms, where that must be said.
    pub credit: Option<String>,
    pub table: Hint,
    moments: Moments,
    /// Cells that mean "nothing given" besides empty ones.
    nothing: BTreeSet<String>,
    fields: Fields,
    units: BTreeMap<String, UnitCode>,
    items: BTreeMap<String, ItemCode>,
    classes: BTreeMap<String, ClassCode>,
}

/// Columns by what they hold. Several columns are alternatives, of which the
/// first with content counts; for `words` and `address` all are joined.
#[derive(Clone, Debug, Default)]
struct Fields {
    id: Vec<Named>,
    opened: Vec<Named>,
    due: Vec<Named>,
    closed: Vec<Named>,
    state: Vec<Named>,
    class: Vec<Named>,
    unit: Vec<Named>,
    words: Vec<Named>,
    address: Vec<Named>,
    position: Option<PositionColumns>,
    overdue: Option<OverdueColumn>,
    extra: Vec<Named>,
}

/// A column's name and the line of the map that names it.
#[derive(Clone, Debug)]
struct Named {
    name: String,
    line: usize,
}

/// WGS 84, in degrees. Other systems of coordinates stay in `extra` as given.
#[derive(Clone, Debug)]
struct PositionColumns {
    latitude: Named,
    longitude: Named,
}

#[derive(Clone, Debug)]
struct OverdueColumn {
    column: Named,
    yes: BTreeSet<String>,
    no: BTreeSet<String>,
}

impl ImportMap {
    /// All faults of the map at once.
    pub fn parse(text: &str) -> Result<Self, Vec<Diagnostic>> {
        parse::map(text)
    }

    /// Whether a table has every column the map names, each once.
    pub fn check(&self, columns: &Columns) -> Result<(), Vec<Diagnostic>> {
        let faults: Vec<_> = self
            .fields
            .all()
            .filter_map(|named| match columns.count(&named.name) {
                0 => Some(Diagnostic::column_missing(named.line, &named.name, columns.names())),
                1 => None,
                count => Some(Diagnostic::column_repeats(named.line, &named.name, count)),
            })
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Whether the map names a column that says what was overdue.
    pub const fn has_overdue_flag(&self) -> bool {
        self.fields.overdue.is_some()
    }
}

impl Fields {
    fn all(&self) -> impl Iterator<Item = &Named> {
        let position =
            self.position.iter().flat_map(|position| [&position.latitude, &position.longitude]);
        let overdue = self.overdue.iter().map(|overdue| &overdue.column);
        [
            &self.id,
            &self.opened,
            &self.due,
            &self.closed,
            &self.state,
            &self.class,
            &self.unit,
            &self.words,
            &self.address,
            &self.extra,
        ]
        .into_iter()
        .flatten()
        .chain(position)
        .chain(overdue)
    }
}
