//! How a number of matters is made up.

use std::collections::BTreeMap;

/// So many that are over, and so many open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub over: usize,
    pub open: usize,
}

impl Share {
    /// One in a hundred is open, and one where there are any.
    const fn of(all: usize) -> Self {
        let open = if all == 0 {
            0
        } else if all < 200 {
            1
        } else {
            all / 100
        };
        Self { over: all - open, open }
    }

    pub const fn all(self) -> usize {
        self.over + self.open
    }
}

/// Matters by regime: in a thousand about 967 reports, 20 tasks, 8 findings, 2
/// inspections and their notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    pub cases: Share,
    pub tasks: Share,
    pub findings: Share,
    pub inspections: Share,
    /// One for each inspection that found something; over once it is signed for.
    pub notices: Share,
}

impl Shares {
    pub(crate) fn of(matters: usize, cases: bool, tasks: bool, inspections: bool) -> Self {
        let in_thousand = |count: usize, least: usize| (matters * count / 1000).max(least);
        let of_tasks = if tasks { in_thousand(20, 2) } else { 0 };
        let (of_findings, of_inspections) =
            if inspections { (in_thousand(8, 2), in_thousand(2, 2)) } else { (0, 0) };
        let inspections = Share::of(of_inspections);
        // What is open has found nothing yet.
        let of_notices = inspections.over.min(of_findings);
        let others = of_tasks + of_findings + of_inspections + of_notices;
        let rest = matters.saturating_sub(others);
        let (of_cases, of_tasks) = if cases { (rest, of_tasks) } else { (0, of_tasks + rest) };
        Self {
            cases: Share::of(of_cases),
            tasks: Share::of(of_tasks),
            findings: Share::of(of_findings),
            inspections,
            notices: Share { over: of_notices, open: 0 },
        }
    }

    /// Reports only: so many that are over, and so many open.
    pub(crate) fn of_cases(over: usize, open: usize) -> Self {
        let none = Share::default();
        let cases = Share { over, open };
        Self { cases, tasks: none, findings: none, inspections: none, notices: none }
    }

    pub fn matters(&self) -> usize {
        self.by_regime().values().map(|share| share.all()).sum()
    }

    pub fn by_regime(&self) -> BTreeMap<&'static str, Share> {
        [
            ("grid-case", self.cases),
            ("supervised-task", self.tasks),
            ("rectification", self.findings),
            ("inspection", self.inspections),
            ("notice", self.notices),
        ]
        .into_iter()
        .filter(|(_, share)| share.all() > 0)
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_add_up_to_what_was_asked() {
        for matters in [40, 300, 10_000, 100_001] {
            assert_eq!(Shares::of(matters, true, true, true).matters(), matters);
            assert_eq!(Shares::of(matters, false, true, true).matters(), matters);
            assert_eq!(Shares::of(matters, true, false, false).matters(), matters);
        }
    }

    #[test]
    fn ninety_nine_in_a_hundred_are_over() {
        let cases = Shares::of(100_000, true, true, true).cases;
        assert_eq!(cases.open, cases.all() / 100);
    }
}
