//! One finding's way, by its type: at once, by a date, in stages, permanent. Each
//! has its own end.

use bihuan_domain::calendar::{CountingRule, DayOne, HolidayRule};
use bihuan_domain::ids::{RegimeCode, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Alike, Link, Urgency};
use jiff::civil::Date;

use super::{Course, Desk, FINDING, at, clock, days_after, paper_proof};
use crate::cast::Who;
use crate::plan::{Deed, Key, Step};

pub(super) const KINDS: [Urgency; 4] =
    [Urgency::AtOnce, Urgency::ByDate, Urgency::Staged, Urgency::Permanent];

/// Of each type, findings from this one on are still being worked on.
pub(super) const UNFINISHED: usize = 100;
/// From this one on they were only just given out.
pub(super) const UNSIGNED: usize = 200;

/// Of those by a date and in stages so many are struck off.
const STRUCK_BY_DATE: usize = 7;
const STRUCK_STAGED: usize = 4;
/// Of those in stages the result of these is being checked.
const CHECKING_STAGED: usize = 7;

/// Looked back at by a later inspection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Again {
    pub(super) inspection: Key,
    pub(super) day: Date,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) key: Key,
    pub(super) inspection: Key,
    pub(super) nth: usize,
    /// Its place among those of its type.
    pub(super) of_kind: usize,
    pub(super) kind: Urgency,
    pub(super) unit: UnitCode,
    pub(super) filed_on: Date,
    /// Given to its unit on this day.
    pub(super) given_on: Date,
    pub(super) is_covered: bool,
    pub(super) again: Option<Again>,
}

impl Found {
    pub(super) fn is_struck_off(&self) -> bool {
        match self.kind {
            Urgency::AtOnce => self.of_kind < UNFINISHED,
            Urgency::ByDate => self.of_kind < STRUCK_BY_DATE,
            Urgency::Staged => self.of_kind < STRUCK_STAGED,
            _ => false,
        }
    }

    /// Whether the look-back finds it as it was. A date that has passed does not
    /// come again, so those by a date are shown mended.
    fn rebounds(&self) -> bool {
        match self.kind {
            Urgency::AtOnce => self.of_kind.is_multiple_of(2),
            Urgency::Staged => self.of_kind < 2,
            _ => false,
        }
    }
}

impl Desk<'_, '_> {
    pub(super) fn rectified(&mut self, found: &Found) -> Vec<Step> {
        let mut course = Course::new(&found.unit);
        if found.of_kind >= UNSIGNED {
            return course.steps;
        }
        self.begin_finding(&mut course, found);
        match found.kind {
            Urgency::AtOnce => self.at_once(&mut course),
            Urgency::ByDate => self.by_date(&mut course, found),
            Urgency::Staged => self.staged(&mut course, found),
            _ => self.permanent(&mut course),
        }
        if let Some(again) = found.again {
            self.looked_back(&mut course, found, again);
        }
        course.steps
    }

    /// A notice gives out what it covers when it is approved, and is signed for
    /// it: the unit begins the day after. What no notice covers is given out.
    fn begin_finding(&mut self, course: &mut Course, found: &Found) {
        if found.is_covered {
            course.at = at(days_after(found.given_on, 1), clock(9, 30));
            return;
        }
        let dispatched = at(found.given_on, clock(15, 40) + self.between(0, 20));
        let note = "请按整改类型办理，逐项销号。".to_owned();
        let deed = Deed::Dispatch { lead: found.unit.clone(), co: Vec::new(), note };
        course.push(dispatched, Who::Supervisor, deed);
        let signed = at(found.given_on, clock(16, 5) + self.between(0, 15));
        course.handler(signed, Deed::Sign);
    }

    fn at_once(&mut self, course: &mut Course) {
        let at = course.at.plus_minutes(self.between(15, 30));
        self.mended(course, at);
        let checked = self.office(at, 20, 60);
        self.accepted(course, checked, Who::Supervisor);
    }

    fn by_date(&mut self, course: &mut Course, found: &Found) {
        self.plan(course, vec![self.due_of(found)]);
        if found.of_kind >= STRUCK_BY_DATE {
            let halfway = course.at.plus_minutes(30);
            course.note(halfway, "已完成一半，按期可以完成。");
            return;
        }
        let handed_in = at(self.worked_by(days_after(found.filed_on, 16)), clock(10, 0));
        self.mended(course, handed_in);
        let checked = self.office(course.at, 120, 300);
        self.accepted(course, checked, Who::Supervisor);
    }

    /// The date it was given, of what is by a date.
    pub(super) fn due_of(&self, found: &Found) -> Date {
        if found.of_kind < STRUCK_BY_DATE {
            return days_after(found.filed_on, 20);
        }
        days_after(self.today(), 6).max(days_after(found.filed_on, 20))
    }

    /// The dates of a plan are kept whatever day they fall on.
    fn staged(&mut self, course: &mut Course, found: &Found) {
        let begun = found.given_on;
        let last = self.last_day();
        let first = days_after(begun, 9);
        if found.of_kind < STRUCK_STAGED {
            let stages = vec![first, days_after(begun, 18), days_after(begun, 25)];
            self.stages(course, stages);
            let checked = self.office(course.at, 120, 300);
            return self.accepted(course, checked, Who::Supervisor);
        }
        if found.of_kind >= CHECKING_STAGED && found.of_kind < UNFINISHED {
            return self.stages(course, vec![first, days_after(begun, 18), last]);
        }
        let today = self.today();
        if found.of_kind >= UNFINISHED {
            self.plan(course, vec![days_after(today, 7), days_after(today, 21)]);
            return;
        }
        self.plan(course, vec![first, days_after(today, 7), days_after(today, 25)]);
        course.note(at(first, clock(10, 0)), "第一阶段任务已完成，佐证已上传。");
    }

    /// Every stage reported on its date, and the result on the last.
    fn stages(&mut self, course: &mut Course, stages: Vec<Date>) {
        self.plan(course, stages.clone());
        for stage in &stages {
            course.note(at(*stage, clock(10, 0)), "本阶段任务已按方案完成。");
        }
        let handed_in = course.at.plus_minutes(30);
        self.mended(course, handed_in);
    }

    fn permanent(&mut self, course: &mut Course) {
        let end = days_after(self.today(), 60);
        let begun = course.at.date();
        self.plan(course, vec![end]);
        let on = self.worked_by(days_after(begun, 20));
        if at(on, clock(17, 0)) < self.now() {
            course.note(at(on, clock(10, 0)), "制度已印发，本期自查三次，未发现反弹。");
        }
    }

    fn plan(&mut self, course: &mut Course, stages: Vec<Date>) {
        let plan = "一、核清原因；二、逐项整改；三、建立台账；四、举一反三。责任人为分管负责人。";
        let at = course.at.plus_minutes(self.between(10, 25));
        course.handler(at, Deed::Plan { plan: plan.to_owned(), stages });
    }

    fn mended(&mut self, course: &mut Course, at: Instant) {
        let found = u32::try_from(self.between(0, 2)).unwrap_or(0);
        let looked_at = u32::try_from(self.between(5, 20)).unwrap_or(5);
        let note = "已整改到位，同类问题一并排查，佐证附后，申请验收。".to_owned();
        let alike = Some(Alike { looked_at, found, mended: found });
        course.handler(at, Deed::Submit { note, proof: paper_proof(), alike });
    }

    /// Accepted on site, signed off, publicised and, when that is over, struck off.
    fn accepted(&mut self, course: &mut Course, at: Instant, who: Who) {
        let note = "现场验收：与申请一致，问题已消除。验收人签字负责。".to_owned();
        course.push(at, who.clone(), Deed::Check { holds: true, note });
        course.push(at, who.clone(), Deed::Close);
        let words = "整改情况公示，期间无异议即予销号。".to_owned();
        course.push(at, who.clone(), Deed::Publicise { words });
        let struck = self.publicity_ends(at).map(|until| self.planner.hours.office(until, 60));
        if let Some(struck) = struck.filter(|struck| *struck < self.now()) {
            course.push(struck, who, Deed::StrikeOff);
        }
    }

    fn publicity_ends(&self, from: Instant) -> Option<Instant> {
        let regime = self.planner.playbook.regimes.get(&RegimeCode::new(FINDING))?;
        let limit = regime.publicity?;
        let counting =
            CountingRule { limit, day_one: DayOne::NextDay, holiday: HolidayRule::NextWorkday };
        Some(self.planner.calendar.due(&counting, from).due_at)
    }

    fn looked_back(&mut self, course: &mut Course, found: &Found, again: Again) {
        let looked = at(again.day, clock(9, 30) + self.between(0, 60));
        if !found.rebounds() {
            let note = "回头看：整改成果保持，没有反弹。".to_owned();
            course.push(looked, Who::Supervisor, Deed::LookBack { holds: true, note });
            return;
        }
        let note = "回头看：同一问题再次出现，重新办理，并入本轮。".to_owned();
        course.push(looked, Who::Supervisor, Deed::LookBack { holds: false, note });
        let deed = Deed::Link { link: Link::FoundBy, to: again.inspection };
        course.push(looked, Who::Supervisor, deed);
        let begun = course.at;
        if found.kind == Urgency::AtOnce {
            self.mended(course, begun.plus_minutes(60));
            // Someone else than whoever let it pass the first time.
            let checked = self.office(course.at, 120, 200);
            self.accepted(course, checked, Who::SecondSupervisor);
            return;
        }
        let today = self.today();
        self.plan(course, vec![days_after(today, 8), days_after(today, 20)]);
    }
}
