//! Our overdue rule against the other system's own flag: a free test of the
//! rule on every file that has one.

use crate::import_map::ImportedRecord;

/// Enough to go and look; the count is exact.
const SHOWN_ROWS: usize = 20;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverdueCheck {
    /// Closed records with a target.
    pub closed_with_target: u64,
    /// Of these, those without a flag.
    pub without_flag: u64,
    /// Of those with one: closed later than the target exactly when flagged.
    pub agreeing: u64,
    pub disagreeing: u64,
    /// The first rows that disagree.
    pub disagreeing_rows: Vec<u64>,
}

impl OverdueCheck {
    pub const fn compared(&self) -> u64 {
        self.agreeing + self.disagreeing
    }

    pub(super) fn note(&mut self, record: &ImportedRecord) {
        let Some(late) = record.closed_late() else { return };
        self.closed_with_target += 1;
        match record.overdue_as_given {
            None => self.without_flag += 1,
            Some(flag) if flag == late => self.agreeing += 1,
            Some(_) => {
                self.disagreeing += 1;
                if self.disagreeing_rows.len() < SHOWN_ROWS {
                    self.disagreeing_rows.push(record.row);
                }
            }
        }
    }
}
