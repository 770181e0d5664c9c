//! What administrators keep, read whole at start and after each change (units,
//! playbooks, holidays) or looked up one by one (people, sessions, places).
pub(crate) fn statements() -> &'static [(&'static str, crate::engine::Sql)] { &[] }
