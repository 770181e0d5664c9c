//! One file a screen: what it asks the database.

pub(crate) fn statements() -> Vec<(&'static str, crate::engine::Sql)> {
    Vec::new()
}
