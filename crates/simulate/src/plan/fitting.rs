//! The search for a moment of filing with which a course ends as it should.

use super::course::Course;
use super::fate::Quota;
use super::{Life, Planner};

/// Times a course is tried from another moment before it is given up.
const TRIES: u32 = 400;

impl Planner<'_> {
    /// A report that has taken the course of this quota by the present; none if
    /// the days before the present leave no room for it.
    pub(super) fn life(&mut self, quota: &Quota) -> Option<Life> {
        let (early, late) = quota.hours;
        for _ in 0..TRIES {
            let ago = self.dice.between(late * 3600, early * 3600 - 1);
            let at = self.now.plus_micros(-ago * 1_000_000 - 1);
            let Some(course) = Course::run(self, quota.fate, at) else { continue };
            if course.fits(quota.fate) {
                return Some(course.life());
            }
        }
        None
    }
}
