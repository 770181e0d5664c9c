//! One task's way: given out, deployed on day 1, reported on day 3, then as its
//! fate is.

use bihuan_domain::calendar::Limit;
use bihuan_domain::ids::{NodeCode, RegimeCode, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Grade, SlipColour, Urgency};
use bihuan_domain::playbook::model::Trigger;
use jiff::civil::Date;

use super::{Course, Desk, TASK, at, clock, days_after, paper_proof, part, wording};
use crate::cast::Who;
use crate::plan::{Deed, Draft, Key};

/// Days a slipped task had.
const DAYS_OF_SLIPPED: i64 = 8;
/// The task that slips looks at midnight; by the second morning it is there.
const DAYS_TO_SLIP: i64 = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// In time; some are struck off.
    Done,
    /// Without a date of its own: done within the seven days.
    DoneInSeven,
    DoneExtended,
    DoneReturned,
    DoneReclassified,
    DoneConferred,
    /// Sent back by whoever checked, and handed in again.
    DoneTwice,
    /// The unit objects to its grade and is right.
    DoneObjected,
    /// Late, with slips up to this colour; whether criticism is approved.
    Slipped(SlipColour, bool),
    Open,
    OpenContinuing,
    OpenInSeven,
    OpenMajor,
    OpenExtended,
    OpenSuspended,
    OpenChecking,
}

pub(super) struct Given {
    pub(super) day: Date,
    pub(super) topic: &'static str,
    pub(super) nth: usize,
    pub(super) lead: UnitCode,
    pub(super) fate: Fate,
    pub(super) meeting: &'static str,
}

impl Fate {
    /// What needs weeks happens to what was decided weeks ago.
    pub(super) const fn done(meeting: usize, nth: usize, days_ago: i64) -> Self {
        let long_ago = days_ago >= 33;
        match (meeting, nth) {
            (0, 0) if long_ago => Self::Slipped(SlipColour::Red, true),
            (1, 0) if long_ago => Self::Slipped(SlipColour::Red, false),
            (0 | 2, 1) if long_ago => Self::Slipped(SlipColour::Orange, false),
            (_, 0) if long_ago => Self::Slipped(SlipColour::Blue, false),
            (_, 2) if days_ago >= 21 => Self::DoneObjected,
            (_, 3) => Self::DoneReturned,
            (_, 4) if days_ago >= 21 => Self::DoneExtended,
            (_, 5) if days_ago >= 21 => Self::DoneReclassified,
            (_, 6) if days_ago >= 13 => Self::DoneConferred,
            (_, 7) if days_ago >= 13 => Self::DoneTwice,
            (_, nth) if nth % 3 == 2 => Self::DoneInSeven,
            _ => Self::Done,
        }
    }

    /// Of those that would be late by now, none is chosen.
    pub(super) fn open(meeting: usize, nth: usize, day: Date, today: Date) -> Self {
        let age = days_between(day, today);
        match (meeting + nth) % 9 {
            1 => Self::OpenContinuing,
            2 if age <= 5 => Self::OpenInSeven,
            3 if age <= 24 => Self::OpenMajor,
            4 if age >= 8 => Self::OpenExtended,
            5 if age >= 8 => Self::OpenChecking,
            6 if age >= 12 => Self::OpenSuspended,
            _ => Self::Open,
        }
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

impl Desk<'_, '_> {
    /// The task, when it ended and by when it was asked for.
    pub(super) fn task(&mut self, given: Given, whole: Key) -> (Draft, Option<Instant>, Date) {
        let Given { day, topic, nth, lead, fate, meeting } = given;
        let key = self.key();
        let action =
            wording::ACTIONS.get(nth % wording::ACTIONS.len()).copied().unwrap_or_default();
        let mut draft = Draft::new(key, TASK, wording::about(action, topic));
        part(&mut draft, whole);
        draft.goal = format!("{topic}见到实效");
        draft.basis = format!("{meeting}第{}项", nth + 1);
        self.named(&mut draft);
        draft.urgency = match fate {
            Fate::OpenContinuing => Urgency::Continuing,
            Fate::OpenMajor => Urgency::Major,
            _ => Urgency::Ordinary,
        };
        draft.due_on = self.due_on(fate, day);
        let returned_by = (fate == Fate::DoneReturned).then(|| self.unit(nth + 11));
        let returned_by = returned_by.filter(|unit| *unit != lead);
        let mut course = Course::new(&lead);
        self.begin(&mut course, day, returned_by.clone());
        let over_at = self.take(&mut course, fate, day, draft.due_on);
        draft.lead = returned_by.or(Some(lead));
        draft.steps = course.steps;
        let due = draft.due_on.unwrap_or(days_after(day, 31));
        (draft, over_at, due)
    }

    fn due_on(&mut self, fate: Fate, day: Date) -> Option<Date> {
        let days = match fate {
            Fate::DoneInSeven | Fate::DoneReclassified | Fate::OpenInSeven | Fate::OpenMajor => {
                return None;
            }
            Fate::Slipped(..) => return Some(days_after(day, DAYS_OF_SLIPPED)),
            Fate::DoneExtended => return Some(days_after(day, 10)),
            Fate::OpenExtended => return Some(days_after(self.today(), 1)),
            Fate::Done
            | Fate::DoneReturned
            | Fate::DoneConferred
            | Fate::DoneTwice
            | Fate::DoneObjected => return Some(days_after(day, self.between(9, 20))),
            Fate::OpenContinuing => self.between(30, 90),
            Fate::Open | Fate::OpenSuspended | Fate::OpenChecking => self.between(2, 40),
        };
        Some(days_after(self.today(), days).max(days_after(day, 9)))
    }

    /// Given out when it is approved; signed on the day, with what day 1 and day 3
    /// ask for.
    pub(super) fn begin(&mut self, course: &mut Course, day: Date, returned_by: Option<UnitCode>) {
        if let Some(unit) = returned_by {
            let returned = at(day, clock(10, 5) + self.between(0, 40));
            let reason = "此项不在我单位职责清单内。".to_owned();
            let suggested = course.lead.clone();
            course.push(returned, Who::Head(unit), Deed::Return { reason, suggested });
            let note = "按职责清单由你单位牵头，不再退回。".to_owned();
            let deed = Deed::Adjudicate { lead: course.lead.clone(), note };
            course.push(returned.plus_minutes(20), Who::Supervisor, deed);
        }
        let signed = at(day, clock(14, 5) + self.between(0, 70));
        course.handler(signed, Deed::Sign);
        let note = self.planner.dice.word(wording::DEPLOYED);
        course.note(signed, note);
        let fed_back = at(days_after(day, 1), clock(9, 30) + self.between(0, 120));
        let note = self.planner.dice.word(wording::MEASURES);
        course.note(fed_back, note);
        if self.wants_charter() {
            let plan = "任务书：目标、措施、责任人和岗位、每个节点的日期、验收标准。".to_owned();
            let stages = vec![days_after(day, 10), days_after(day, 20)];
            course.handler(fed_back.plus_minutes(30), Deed::Plan { plan, stages });
        }
    }

    /// Whether the regime asks for a timetable right after filing.
    fn wants_charter(&self) -> bool {
        let regime = self.planner.playbook.regimes.get(&RegimeCode::new(TASK));
        let mut nodes = regime.into_iter().flat_map(|regime| &regime.nodes);
        nodes.any(|node| {
            node.starts == Trigger::Filed && node.is_met_by(Trigger::Planned) && node.mandatory
        })
    }

    fn take(
        &mut self,
        course: &mut Course,
        fate: Fate,
        day: Date,
        due: Option<Date>,
    ) -> Option<Instant> {
        match fate {
            Fate::Done | Fate::DoneReturned => {
                let by = days_after(due.unwrap_or(day), -1);
                let handed_in = self.moment(course, days_after(day, 3), by);
                Some(self.finished(course, handed_in))
            }
            Fate::DoneInSeven => {
                let handed_in = self.moment(course, days_after(day, 2), days_after(day, 6));
                Some(self.finished(course, handed_in))
            }
            Fate::DoneConferred => {
                let at = self.moment(course, days_after(day, 3), days_after(day, 4));
                let units = vec![course.lead.clone(), self.unit(3)];
                let decisions = "会商议定：由牵头单位统一施工，协同单位三日内移交点位资料。";
                if self.planner.may_meet(&units, day) {
                    course.head(at, Deed::Confer { units, decisions: decisions.to_owned() });
                }
                let handed_in = self.moment(course, days_after(day, 6), days_after(day, 8));
                Some(self.finished(course, handed_in))
            }
            Fate::DoneTwice => {
                let first = self.moment(course, days_after(day, 3), days_after(day, 4));
                self.hand_in(course, first);
                let checked = self.office(course.at, 30, 90);
                let note = "抽查一处未完成，请补齐后重新申请。".to_owned();
                course.push(checked, Who::Supervisor, Deed::Check { holds: false, note });
                let again = self.moment(course, days_after(day, 6), days_after(day, 8));
                Some(self.finished(course, again))
            }
            Fate::DoneObjected => {
                let handed_in = self.moment(course, days_after(day, 4), days_after(day, 8));
                Some(self.objected(course, handed_in))
            }
            Fate::DoneExtended => {
                self.extend(course, days_after(day, 8));
                let handed_in = self.moment(course, days_after(day, 11), days_after(day, 14));
                Some(self.finished(course, handed_in))
            }
            Fate::DoneReclassified => {
                let at = self.moment(course, days_after(day, 2), days_after(day, 5));
                let reason = "涉及多个单位，按重大事项办理，一个月内解决。".to_owned();
                let deed = Deed::AmendClass { urgency: Urgency::Major, reason };
                course.push(at, Who::Supervisor, deed);
                let handed_in = self.moment(course, days_after(day, 9), days_after(day, 16));
                Some(self.finished(course, handed_in))
            }
            Fate::Slipped(colour, approved) => Some(self.slipped(course, day, colour, approved)),
            Fate::OpenContinuing => {
                self.monthly(course, day);
                None
            }
            Fate::OpenExtended => {
                self.extend(course, self.last_day());
                None
            }
            Fate::OpenSuspended => {
                let at = self.moment(course, days_after(day, 5), days_after(day, 9));
                let reason = "等上级专项资金下达，下达后恢复计时。".to_owned();
                let review_on = days_after(self.today(), 12);
                course.push(at, Who::Leader, Deed::Suspend { reason, review_on });
                None
            }
            Fate::OpenChecking => {
                let last = self.last_day();
                let handed_in = at(last, clock(15, 0) + self.between(0, 80));
                self.hand_in(course, handed_in);
                None
            }
            Fate::Open | Fate::OpenInSeven | Fate::OpenMajor => {
                self.half_way(course, day);
                None
            }
        }
    }

    /// On a working day between two dates, after what was done before and, with
    /// all that follows, before the present.
    fn moment(&mut self, course: &Course, from: Date, by: Date) -> Instant {
        let from = from.min(self.last_day());
        let by = by.min(self.last_day()).max(from);
        let span = days_between(from, by).max(0);
        let days = self.between(0, span);
        let date = self.worked_by(days_after(from, days));
        let minute = clock(14, 30) + self.between(0, 60);
        at(date, minute).max(self.planner.hours.office(course.at, 20))
    }

    fn hand_in(&mut self, course: &mut Course, at: Instant) {
        let note = self.planner.dice.word(wording::RESULTS).to_owned();
        let deed = Deed::Submit { note, proof: paper_proof(), alike: None };
        course.handler(at, deed);
    }

    fn close(&mut self, course: &mut Course, at: Instant, grade: Grade) {
        let note = self.planner.dice.word(wording::CHECKED).to_owned();
        course.push(at, Who::Supervisor, Deed::Check { holds: true, note });
        course.push(at, Who::Supervisor, Deed::CloseGraded { grade });
    }

    /// Handed in, checked, graded and, for most, struck off; when it was closed.
    pub(super) fn finished(&mut self, course: &mut Course, handed_in: Instant) -> Instant {
        let grades = [Grade::Excellent, Grade::Good, Grade::Pass];
        let which = self.planner.dice.weighted(&[15, 55, 30]);
        let grade = grades.get(which).copied().unwrap_or(Grade::Good);
        self.finished_as(course, handed_in, grade)
    }

    fn finished_as(&mut self, course: &mut Course, handed_in: Instant, grade: Grade) -> Instant {
        self.hand_in(course, handed_in);
        let closed = self.office(course.at, 20, 60);
        self.close(course, closed, grade);
        if self.planner.dice.percent(65) {
            self.strike_off(course);
        }
        closed
    }

    fn strike_off(&mut self, course: &mut Course) {
        let at = self.office(course.at, 300, 1200);
        if at < self.now() {
            course.push(at, Who::Supervisor, Deed::StrikeOff);
        }
    }

    fn objected(&mut self, course: &mut Course, handed_in: Instant) -> Instant {
        self.hand_in(course, handed_in);
        let closed = self.office(course.at, 20, 60);
        self.close(course, closed, Grade::Pass);
        let objected = self.office(course.at, 200, 400);
        let reason = "任务提前完成且超出目标，申请复核评价等次。".to_owned();
        course.head(objected, Deed::Object { reason });
        let reviewed = self.office(objected, 400, 800);
        let reason = "复核属实，超额完成有佐证，等次调整为良好。".to_owned();
        let grade = Some(Grade::Good);
        course.push(reviewed, Who::Reviewer, Deed::Review { upheld: true, reason, grade });
        self.strike_off(course);
        closed
    }

    fn extend(&mut self, course: &mut Course, on: Date) {
        let asked = at(self.worked_by(on), clock(9, 20) + self.between(0, 60));
        let asked = asked.max(self.planner.hours.office(course.at, 15));
        let reason = "已完成七成，一处点位需等材料到货，申请顺延6天。".to_owned();
        let node = NodeCode::new("due");
        course.head(asked, Deed::RequestExtension { node, by: Limit::Days(6), reason });
        let reason = "同意，请按新的时限完成。".to_owned();
        let granted = self.office(asked, 60, 120);
        course.push(granted, Who::Leader, Deed::Extend { approve: true, reason });
    }

    /// Slips come by themselves; the unit signs each, and hands in after the last.
    fn slipped(
        &mut self,
        course: &mut Course,
        day: Date,
        last: SlipColour,
        approved: bool,
    ) -> Instant {
        let due = days_after(day, DAYS_OF_SLIPPED);
        let regime = self.planner.playbook.regimes.get(&RegimeCode::new(TASK));
        let slips = regime.map(|regime| regime.slips.clone()).unwrap_or_default();
        let mut there = due;
        let mut proposed = false;
        for slip in slips.into_iter().filter(|slip| slip.colour <= last) {
            let after = match slip.after {
                Some(Limit::Days(days)) => i64::from(days),
                _ => 0,
            };
            there = days_after(due, after + DAYS_TO_SLIP);
            course.handler(at(there, clock(9, 30)), Deed::SignSlip);
            proposed |= slip.proposes_criticism;
        }
        if proposed {
            let reason = if approved {
                "逾期且未说明原因，同意通报批评。"
            } else {
                "已说明客观原因，不予通报批评，限期办结。"
            };
            let deed = Deed::Criticise { approve: approved, reason: reason.to_owned() };
            course.push(at(there, clock(10, 30)), Who::Leader, deed);
        }
        let grade = if last == SlipColour::Red { Grade::Fail } else { Grade::Pass };
        self.finished_as(course, at(there, clock(11, 0)), grade)
    }

    /// Reports of a continuing task, before each month is over.
    fn monthly(&mut self, course: &mut Course, day: Date) {
        for days in [26, 54] {
            let on = self.worked_by(days_after(day, days));
            if at(on, clock(17, 0)) < self.now() {
                let note = self.planner.dice.word(wording::PROGRESS);
                course.note(at(on, clock(10, 0)), note);
            }
        }
    }

    fn half_way(&mut self, course: &mut Course, day: Date) {
        let on = self.worked_by(days_after(day, 6));
        if on > days_after(day, 1) && at(on, clock(17, 0)) < self.now() {
            let note = self.planner.dice.word(wording::PROGRESS);
            course.note(at(on, clock(10, 30)), note);
        }
    }
}
