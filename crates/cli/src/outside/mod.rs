//! What lies outside the process, as the application asks for it: one file a
//! thing.

pub(crate) mod archive;
mod blobs;
pub(crate) mod certificate;
mod clock;
pub(crate) mod door;
mod entropy;
pub(crate) mod fonts;
mod http_message;
pub(crate) mod keys_dir;
mod mail;
pub(crate) mod metrics;

pub(crate) use blobs::KeptBlobs;
pub(crate) use clock::SystemClock;
pub(crate) use entropy::OsEntropy;
pub(crate) use http_message::HttpMessage;
pub(crate) use mail::Mail;
