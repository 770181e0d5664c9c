//! How many reports take which course.

use bihuan_domain::calendar::Limit;
use bihuan_domain::clock::Lamp;
use bihuan_domain::matter::Urgency;
use bihuan_domain::playbook::model::Item;

use super::{Deed, Life, Planner, Step};
use crate::cast::Who;

/// What becomes of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Inbox,
    Verifying,
    Verified,
    Accepted,
    Unsigned,
    Returned,
    Handling(Lamp),
    ExtensionAsked,
    Extended,
    Suspended,
    TransferAsked,
    Checking,
    SpotChecking,
    Checked,
    Reopened,
    Partly,
    ClosedToday,
    Plain,
    Late,
    StruckOff,
    LookedBack,
    ClosedExtended,
    ClosedPaused,
    Bounced,
    Moved,
    Joint,
    Rejected,
    NotFixed,
    TwiceNotFixed,
    PartlyReopened,
    Spot,
    NotTrue,
    VerifiedFirst,
    Declined,
    Withdrawn,
    Watched,
    Asked,
    Assigned,
    AssignedOpen,
}

pub(crate) struct Quota {
    pub(crate) fate: Fate,
    pub(crate) count: u32,
    /// Filed between so many hours and so many hours before the present.
    pub(super) hours: (i64, i64),
}

const fn quota(fate: Fate, count: u32, days: (i64, i64)) -> Quota {
    Quota { fate, count, hours: (days.0 * 24, days.1 * 24) }
}

/// Course, how many, filed from and to days ago.
pub(crate) const QUOTAS: &[Quota] = &[
    Quota { fate: Fate::Inbox, count: 20, hours: (6, 0) },
    quota(Fate::Verifying, 7, (3, 0)),
    quota(Fate::Verified, 3, (4, 0)),
    quota(Fate::Accepted, 5, (3, 0)),
    quota(Fate::Unsigned, 12, (3, 0)),
    quota(Fate::Returned, 4, (5, 1)),
    quota(Fate::Handling(Lamp::OnTrack), 32, (20, 0)),
    quota(Fate::Handling(Lamp::DueSoon), 15, (20, 0)),
    quota(Fate::Handling(Lamp::Overdue), 12, (24, 2)),
    quota(Fate::ExtensionAsked, 4, (14, 1)),
    quota(Fate::Extended, 5, (14, 1)),
    quota(Fate::Suspended, 5, (20, 2)),
    quota(Fate::TransferAsked, 3, (8, 1)),
    quota(Fate::Checking, 14, (10, 0)),
    quota(Fate::SpotChecking, 4, (3, 0)),
    quota(Fate::Checked, 5, (10, 1)),
    quota(Fate::Reopened, 4, (14, 2)),
    quota(Fate::Partly, 3, (14, 2)),
    quota(Fate::ClosedToday, 10, (12, 0)),
    quota(Fate::Plain, 150, (60, 3)),
    quota(Fate::Late, 20, (60, 12)),
    quota(Fate::StruckOff, 34, (60, 16)),
    quota(Fate::LookedBack, 8, (60, 40)),
    quota(Fate::ClosedExtended, 10, (58, 12)),
    quota(Fate::ClosedPaused, 8, (58, 20)),
    quota(Fate::Bounced, 10, (58, 8)),
    quota(Fate::Moved, 6, (58, 10)),
    quota(Fate::Joint, 8, (58, 8)),
    quota(Fate::Rejected, 10, (58, 10)),
    quota(Fate::NotFixed, 8, (58, 16)),
    quota(Fate::TwiceNotFixed, 2, (58, 30)),
    quota(Fate::PartlyReopened, 4, (58, 16)),
    quota(Fate::Spot, 30, (60, 1)),
    quota(Fate::NotTrue, 8, (58, 4)),
    quota(Fate::VerifiedFirst, 16, (58, 8)),
    quota(Fate::Declined, 22, (60, 1)),
    quota(Fate::Withdrawn, 6, (58, 2)),
    quota(Fate::Watched, 8, (58, 8)),
    quota(Fate::Asked, 6, (58, 8)),
    quota(Fate::Assigned, 8, (58, 16)),
    quota(Fate::AssignedOpen, 7, (6, 1)),
];

const DUPLICATES: u32 = 30;

/// What an item must be like for a course.
pub(crate) enum Wish {
    Any,
    OnSpot,
    /// Enough working days to ask for more of them.
    Long,
}

impl Wish {
    pub(crate) fn takes(&self, item: &Item) -> bool {
        match self {
            Self::Any => true,
            Self::OnSpot => item.on_spot,
            Self::Long => matches!(
                item.limits.get(&Urgency::Ordinary),
                Some(Limit::WorkDays(days)) if *days >= 3
            ),
        }
    }
}

impl Fate {
    pub(crate) const fn wish(self) -> Wish {
        match self {
            Self::Spot | Self::SpotChecking => Wish::OnSpot,
            Self::ExtensionAsked
            | Self::Extended
            | Self::Suspended
            | Self::ClosedExtended
            | Self::ClosedPaused
            | Self::Assigned
            | Self::AssignedOpen => Wish::Long,
            _ => Wish::Any,
        }
    }
}

impl Planner<'_> {
    /// More people report what somebody has reported already.
    pub(super) fn add_duplicates(&mut self, lives: &mut Vec<Life>) {
        let mut added = 0;
        for _ in 0..DUPLICATES * 20 {
            let into = self.dice.index(lives.len());
            let Some(duplicate) = lives.get(into).and_then(|first| self.duplicate(first, into))
            else {
                continue;
            };
            lives.push(duplicate);
            added += 1;
            if added == DUPLICATES {
                return;
            }
        }
    }

    pub(super) fn duplicate(&mut self, first: &Life, into: usize) -> Option<Life> {
        // One that is being handled: it stays open long enough to be merged into.
        let ends = first.steps.iter().find(|step| {
            matches!(
                step.deed,
                Deed::Close
                    | Deed::Decline { .. }
                    | Deed::Withdraw { .. }
                    | Deed::Rate { .. }
                    | Deed::Merge { .. }
            )
        });
        let until = ends.map_or(self.now, |step| step.at);
        let item = first.steps.iter().find_map(|step| match &step.deed {
            Deed::Accept { item, .. } => Some(item.clone()),
            _ => None,
        })?;
        if first.filing.regime.as_str() != "grid-case" {
            return None;
        }
        let minutes = self.dice.between(30, 60 * 24);
        let at = self.hours.awake(first.filing.at, minutes);
        let wait = self.dice.between(15, 110);
        let merged_at = self.hours.office(at, wait);
        if merged_at >= until || merged_at >= self.now {
            return None;
        }
        let source = self.source();
        let mut filing = self.filing(at, &item, source);
        filing.words = self.words(&item, &first.filing.address);
        filing.grid.clone_from(&first.filing.grid);
        filing.place.clone_from(&first.filing.place);
        filing.address.clone_from(&first.filing.address);
        filing.position.clone_from(&first.filing.position);
        if let (Who::Worker(_), Some(grid)) = (&filing.who, &first.filing.grid) {
            filing.who = Who::Worker(grid.clone());
        }
        let merge = Step { at: merged_at, who: Who::Triage(0), deed: Deed::Merge { into } };
        Some(Life { filing, steps: vec![merge] })
    }
}
