//! What the screens ask. Lists page by cursor over an index; nothing here loads
//! a whole table or scans one that grows.

mod about;
mod admin;
mod alike;
mod burden;
mod counties;
mod counts;
mod explain;
mod ledger;
mod list;
mod messages;
mod reach;
mod related;
mod row;
mod search;
mod select;
mod stages;
mod supervised;
mod tasks;

pub use crate::project::grams;
pub use about::{About, AboutRow, NamedRow};
pub use admin::{IdentityReadRow, IdentityReadSaid};
pub use burden::{BurdenOf, BurdenRow};
pub use counts::{By, Count, Filed, FiledThere, Period, Rate, UnitOpen};
pub use explain::Question;
pub use ledger::{Histories, LedgerTexts, LinkedRow};
pub use list::{Cursor, Filter, Missing, OpenLamp, Order, Page};
pub use messages::MessageRow;
pub use reach::Reach;
pub use row::{MatterRow, NodeRow};
pub use supervised::{CriticisedUnit, Rectified, Tasks};
pub use tasks::SoonRow;

pub(crate) fn statements() -> Vec<(&'static str, crate::engine::Sql)> {
    let mut all = Vec::new();
    all.extend_from_slice(about::sql::ALL);
    all.extend_from_slice(admin::sql::ALL);
    all.extend_from_slice(alike::sql::ALL);
    all.extend_from_slice(burden::sql::ALL);
    all.extend_from_slice(counties::sql::ALL);
    all.extend_from_slice(related::sql::ALL);
    all.extend_from_slice(search::sql::ALL);
    all.extend_from_slice(tasks::sql::ALL);
    all.extend_from_slice(messages::sql::ALL);
    all.extend(crate::project::all_statements());
    all
}
