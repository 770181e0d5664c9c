//! Files in and out: tables people bring, ledgers they take away, photos and
//! other evidence, QR signs, outlines.
//!
//! Everything here is a function over bytes, readers and writers. It must not
//! know where a file is kept, who may see it or how a page looks.
//!
//! Doorways: [`table_in::Rows`] (any table as rows), [`import_run::ImportRun`]
//! (rows as records, none lost), [`table_out::TableOut`] (a ledger as a file),
//! [`photo::prepare`] (what is kept of a photo), [`task_table`] and
//! [`meeting_record`] (drafts of tasks).

pub mod draft;
pub mod file;
pub mod geojson;
pub mod import_map;
pub mod import_run;
pub mod meeting_record;
pub mod outlines;
pub mod paper;
pub mod photo;
pub mod qr;
mod sentence;
pub mod table_in;
pub mod table_out;
pub mod task_table;
