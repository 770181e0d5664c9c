//! The desk's lists as officers use them: inbox, work list, search, register.
#![expect(clippy::expect_used, reason = "a test that cannot set itself up must stop")]

mod answering;
mod browser;
mod bulletins;
mod chased;
mod confidential;
mod desk;
mod inbox;
mod inspections;
mod ledgers;
mod look_back;
mod meeting_records;
mod office;
mod overview;
mod papers;
mod register;
mod search;
mod task_tables;
mod tasks;
mod worklist;
