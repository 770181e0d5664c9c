//! Papers measured as files. What GB/T 9704-2012 gives in millimetres is
//! compared within 0.1 mm unless a test says why not.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

mod content;
mod docx;
mod geometry;
mod measure;
mod sample;
