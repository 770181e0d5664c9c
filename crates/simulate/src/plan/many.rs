//! Reports of any day, for a county grown in bulk: in the proportions of the demo.

use bihuan_domain::instant::Instant;

use super::course::Course;
use super::fate::{Fate, QUOTAS, Quota};
use super::{Life, Planner};

/// How often another course is tried where one does not fit.
const TRIES: u32 = 12;
/// Of a hundred reports so many are reported twice.
const TWICE: u32 = 5;

impl Planner<'_> {
    /// A report of about `at` that is over by the present, and what is merged into
    /// it; at least two days must have passed.
    pub(crate) fn over_case(&mut self, at: Instant, may_be_twice: bool) -> Vec<Life> {
        let weights: Vec<u32> = QUOTAS.iter().map(|quota| weight(quota, is_over)).collect();
        let mut life = None;
        for _ in 0..TRIES {
            let fate = QUOTAS.get(self.dice.weighted(&weights)).map(|quota| quota.fate);
            life = fate.and_then(|fate| self.fitting_case(fate, at));
            if life.is_some() {
                break;
            }
        }
        // Whoever reported may take it back at any hour.
        let life = life.or_else(|| self.fitting_case(Fate::Withdrawn, at));
        let mut lives: Vec<Life> = life.into_iter().collect();
        if may_be_twice && self.dice.percent(TWICE) {
            let twice = lives.first().cloned().and_then(|first| self.duplicate(&first, 0));
            lives.extend(twice);
        }
        lives
    }

    /// A report that is open at the present.
    pub(crate) fn open_case(&mut self) -> Option<Life> {
        let weights: Vec<u32> = QUOTAS.iter().map(|quota| weight(quota, is_open)).collect();
        (0..TRIES).find_map(|_| {
            let quota = QUOTAS.get(self.dice.weighted(&weights))?;
            self.life(quota)
        })
    }

    fn fitting_case(&mut self, fate: Fate, at: Instant) -> Option<Life> {
        let course = Course::run(self, fate, at)?;
        course.fits(fate).then(|| course.life())
    }
}

fn weight(quota: &Quota, is_wanted: fn(Fate) -> bool) -> u32 {
    if is_wanted(quota.fate) { quota.count } else { 0 }
}

/// Open at the present; what leaders assign is another regime.
const fn is_open(fate: Fate) -> bool {
    matches!(
        fate,
        Fate::Inbox
            | Fate::Verifying
            | Fate::Verified
            | Fate::Accepted
            | Fate::Unsigned
            | Fate::Returned
            | Fate::Handling(_)
            | Fate::ExtensionAsked
            | Fate::Extended
            | Fate::Suspended
            | Fate::TransferAsked
            | Fate::Checking
            | Fate::SpotChecking
            | Fate::Checked
            | Fate::Reopened
    )
}

const fn is_over(fate: Fate) -> bool {
    !is_open(fate)
        && !matches!(fate, Fate::Assigned | Fate::AssignedOpen | Fate::ClosedToday | Fate::Partly)
}
