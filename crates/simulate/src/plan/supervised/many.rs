//! Meetings and inspections of any size and day, for a county grown in bulk. What
//! is to be over by the present lies far enough back; what is to be open is given
//! nothing that ends it.

use bihuan_domain::ids::{RegimeCode, UnitCode};
use bihuan_domain::matter::Urgency;

use super::campaign::Planned;
use super::finding::Found;
use super::task::{Fate, Given};
use super::{Desk, FINDING, INSPECTION, NOTICE, TASK, at, clock, days_after};
use crate::cast::Who;
use crate::plan::{Batch, Key, Planner};
use crate::script::{Meeting, Script};

/// A meeting, one topic and one decision.
const FEWEST: usize = 3;
const TOPICS: usize = 4;
/// Enough for the choice of what becomes of each task to vary.
const MEETINGS: i64 = 14;

const SESSION: &str = "市政府常务会议（示例）";
const ROUND: &str = "日常监督检查（示例）";
/// What a leader passes a budget over with: a grown county may ask for more than
/// its rules allow a unit in a year.
pub(crate) const PASSED_OVER: &str = "工作需要，经研究同意（示例）。";

/// Findings of one inspection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    pub(crate) over: usize,
    pub(crate) open: usize,
}

impl Planner<'_> {
    pub(crate) fn has_tasks(&self) -> bool {
        self.has(TASK)
    }

    pub(crate) fn has_inspections(&self) -> bool {
        [FINDING, INSPECTION, NOTICE].into_iter().all(|regime| self.has(regime))
    }

    fn has(&self, regime: &str) -> bool {
        self.playbook.regimes.contains_key(&RegimeCode::new(regime))
    }

    /// `count` tasks of one day: a meeting with its parts or, of fewer, single ones.
    pub(crate) fn tasks(
        &mut self,
        script: &'static Script,
        days_ago: i64,
        count: usize,
        is_open: bool,
    ) -> Vec<Batch> {
        let which = usize::try_from(self.dice.between(0, MEETINGS - 1)).unwrap_or_default();
        let mut desk = Desk::over(self, script);
        if count < FEWEST {
            (0..count).for_each(|nth| desk.single(which + nth, days_ago, is_open));
            return desk.batches;
        }
        let topics = TOPICS.min((count - 1) / 2);
        let tasks = count - 1 - topics;
        let (done, open) = if is_open { (0, tasks) } else { (tasks, 0) };
        desk.meeting(which, &Meeting { name: SESSION, days_ago, done, open }, topics);
        desk.batches
    }

    /// An inspection of one unit, its findings and the notice about them.
    pub(crate) fn inspected(
        &mut self,
        script: &'static Script,
        days_ago: i64,
        findings: Findings,
    ) -> Vec<Batch> {
        let which = self.dice.index(self.playbook.units.len());
        let mut desk = Desk::over(self, script);
        desk.inspected(which, days_ago, findings);
        desk.batches
    }
}

impl Desk<'_, '_> {
    fn single(&mut self, which: usize, days_ago: i64, is_open: bool) {
        let day = self.meeting_day(days_ago);
        let topic = self.script.topics.get(which % self.script.topics.len().max(1));
        let topic = topic.copied().unwrap_or_default();
        let fate = if is_open { Fate::Open } else { Fate::Done };
        let lead = self.unit(which);
        let given = Given { day, topic, nth: 1, lead, fate, meeting: SESSION };
        let (mut draft, ..) = self.task(given, 0);
        draft.links.clear();
        self.batches.push(Batch {
            at: at(day, clock(9, 0)),
            who: Who::Supervisor,
            approved_at: Some(at(day, clock(9, 40))),
            drafts: vec![draft],
        });
    }

    fn inspected(&mut self, which: usize, days_ago: i64, findings: Findings) {
        let day = self.meeting_day(days_ago);
        let unit = self.unit(which);
        let inspection = self.inspection(ROUND, day, [unit.clone()].into());
        let count = findings.over + findings.open;
        if count == 0 {
            return;
        }
        let filed_on = self.worked_from(days_after(day, 2));
        let noticed_on = self.worked_from(days_after(filed_on, 1));
        let kinds = [Urgency::AtOnce, Urgency::ByDate, Urgency::Staged];
        let found: Vec<Found> = (0..count)
            .map(|nth| Found {
                key: self.key(),
                inspection,
                nth: which + nth,
                of_kind: 0,
                kind: kinds
                    .get(nth % 3)
                    .copied()
                    .filter(|_| nth < findings.over)
                    .unwrap_or(Urgency::Permanent),
                unit: unit.clone(),
                filed_on,
                given_on: noticed_on,
                is_covered: true,
                again: None,
            })
            .collect();
        self.file_found(found.clone(), filed_on, ROUND);
        let covered = found.iter().map(|found| found.key).collect();
        let notice = self.notice_of(unit, covered, &found, (filed_on, noticed_on));
        self.batches.push(notice);
    }

    fn notice_of(
        &mut self,
        unit: UnitCode,
        findings: Vec<Key>,
        found: &[Found],
        (filed_on, noticed_on): (jiff::civil::Date, jiff::civil::Date),
    ) -> Batch {
        let criticised = self.planner.dice.percent(15);
        let planned = Planned { unit, findings, signed: true, criticised };
        let draft = self.notice(planned, found, noticed_on, filed_on);
        Batch {
            at: at(noticed_on, clock(9, 0)),
            who: Who::Supervisor,
            approved_at: Some(at(noticed_on, clock(9, 30))),
            drafts: vec![draft],
        }
    }
}
