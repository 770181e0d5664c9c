//! A reader that gives every line one ending, so that rows are numbered alike
//! whatever wrote the file, and stops at a row that does not end.
//!
//! The CSV reader only counts LF, and keeps the row it is reading in memory.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub(super) const MAX_ROW_BYTES: u64 = 8 << 20;

pub(super) struct Lines<R> {
    inner: R,
    after_cr: bool,
    last: Option<u8>,
    ended: bool,
    since_row: RowBytes,
}

/// Bytes read since the last whole row; the owner of the rows sets it back.
#[derive(Clone, Default)]
pub(super) struct RowBytes(Arc<AtomicU64>);

/// Carried inside the `io::Error`.
#[derive(Debug, thiserror::Error)]
#[error("row too long")]
pub(super) struct RowTooLong;

impl RowBytes {
    pub(super) fn reset(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    fn add(&self, count: usize) -> u64 {
        self.0.fetch_add(count as u64, Ordering::Relaxed) + count as u64
    }
}

impl<R: Read> Lines<R> {
    pub(super) fn new(inner: R, since_row: RowBytes) -> Self {
        Self { inner, after_cr: false, last: None, ended: false, since_row }
    }

    /// CR LF and CR become LF. Returns how many bytes are left.
    fn normalise(&mut self, buffer: &mut [u8]) -> usize {
        let mut kept = 0;
        for at in 0..buffer.len() {
            let byte = buffer[at];
            let second_of_pair = byte == b'\n' && self.after_cr;
            self.after_cr = byte == b'\r';
            if second_of_pair {
                continue;
            }
            buffer[kept] = if byte == b'\r' { b'\n' } else { byte };
            kept += 1;
        }
        kept
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ended || buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let count = self.inner.read(buffer)?;
            if count == 0 {
                self.ended = true;
                if self.last.is_none_or(|byte| byte == b'\n') {
                    return Ok(0);
                }
                buffer[0] = b'\n';
                return Ok(1);
            }
            let kept = self.normalise(&mut buffer[..count]);
            if kept == 0 {
                continue;
            }
            self.last = Some(buffer[kept - 1]);
            if self.since_row.add(kept) > MAX_ROW_BYTES {
                return Err(io::Error::other(RowTooLong));
            }
            return Ok(kept);
        }
    }
}
