//! What an address answers: one folder an area, one file a page.

pub(crate) mod address;
pub(crate) mod admin;
pub(crate) mod areas;
pub(crate) mod attachment;
pub(crate) mod desk;
pub(crate) mod kept_form;
pub(crate) mod page;
pub(crate) mod papers;
pub(crate) mod public;
pub(crate) mod sent;
pub(crate) mod session;
pub(crate) mod site;
mod spool;
pub(crate) mod spot;
pub(crate) mod upload;
pub(crate) mod worker;
