//! A meeting's decisions: the meeting as the whole, its topics as parts, and the
//! tasks as parts of those. What the meeting decided is done when they are.

use bihuan_domain::ids::UnitCode;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::Source;
use jiff::civil::Date;

use super::task::{Fate, Given};
use super::{Course, Desk, TASK, at, clock, days_after, part, wording};
use crate::cast::Who;
use crate::plan::{Batch, Draft, Key};
use crate::script::Meeting;

/// The office that answers for a whole meeting.
const OFFICE: &str = "gov-office";

/// What the parts of a whole come to.
struct Parts {
    /// When the last of them ended; none while one is open.
    over_at: Option<Instant>,
    last_due: Date,
}

impl Parts {
    const fn none(day: Date) -> Self {
        Self { over_at: Some(Instant::from_micros(0)), last_due: day }
    }

    fn add(&mut self, over_at: Option<Instant>, due: Date) {
        self.over_at = self.over_at.zip(over_at).map(|(one, other)| one.max(other));
        self.last_due = self.last_due.max(due);
    }
}

impl Desk<'_, '_> {
    pub(super) fn meetings(&mut self) {
        for (which, meeting) in self.script.meetings.iter().enumerate() {
            self.meeting(which, meeting, self.script.topics_each.max(1));
        }
    }

    /// A meeting whose decisions fall under so many topics.
    pub(super) fn meeting(&mut self, which: usize, meeting: &Meeting, topics: usize) {
        let day = self.meeting_day(meeting.days_ago);
        let root = self.key();
        let count = meeting.done + meeting.open;
        let each = count.div_ceil(topics);
        let mut groups = Vec::new();
        let mut leaves = Vec::new();
        let mut whole = Parts::none(day);
        for topic in 0..topics {
            let name = self.topic(which * topics + topic);
            let group = self.key();
            let mut parts = Parts::none(day);
            for nth in (topic * each..count).take(each) {
                let fate = self.fate(which, nth, meeting, day);
                let lead = self.unit(which * 7 + nth);
                let given = Given { day, topic: name, nth, lead, fate, meeting: meeting.name };
                let (draft, over_at, due) = self.task(given, group);
                parts.add(over_at, due);
                leaves.push(draft);
            }
            let lead = self.unit(which * 7 + topic * each);
            let words = format!("{name}（{}分解事项）", meeting.name);
            let (draft, over_at, due) = self.whole(group, words, lead, day, &parts);
            groups.push(with_parent(draft, root));
            whole.add(over_at, due);
        }
        let lead = if self.units.iter().any(|unit| unit.as_str() == OFFICE) {
            UnitCode::new(OFFICE)
        } else {
            self.unit(0)
        };
        let words = format!("{}议定事项", meeting.name);
        let (mut first, ..) = self.whole(root, words, lead, day, &whole);
        first.basis = meeting.name.to_owned();
        let drafts = std::iter::once(first).chain(groups).chain(leaves).collect();
        self.batches.push(Batch {
            at: at(day, clock(9, 0)),
            who: Who::Supervisor,
            approved_at: Some(at(day, clock(9, 40))),
            drafts,
        });
    }

    fn topic(&self, which: usize) -> &'static str {
        self.script.topics.get(which % self.script.topics.len().max(1)).copied().unwrap_or_default()
    }

    /// What has parts is handed in the working day after the last of them ended.
    fn whole(
        &mut self,
        key: Key,
        words: String,
        lead: UnitCode,
        day: Date,
        parts: &Parts,
    ) -> (Draft, Option<Instant>, Date) {
        let mut course = self.begun(&lead, day, None);
        let ends = parts.over_at.map(|over| self.worked_from(days_after(over.date(), 1)));
        let ends = ends.map(|date| date.max(self.worked_from(days_after(day, 2))));
        let ends = ends.filter(|date| at(*date, clock(17, 30)) < self.now());
        let mut draft = Draft::new(key, TASK, words);
        let (due, over_at) = match ends {
            Some(date) => {
                let over = self.finished(&mut course, at(date, clock(9, 30)));
                (days_after(date, 3).max(parts.last_due), Some(over))
            }
            None => (days_after(self.today(), 20).max(parts.last_due), None),
        };
        draft.source = Source::Meeting;
        draft.goal = "分解事项全部办结".to_owned();
        draft.due_on = Some(due);
        self.named(&mut draft);
        draft.lead = Some(lead);
        draft.steps = course.steps;
        (draft, over_at, due)
    }

    pub(super) fn named(&mut self, draft: &mut Draft) {
        draft.official = self.planner.dice.word(wording::OFFICIALS).to_owned();
        draft.person = self.planner.dice.word(wording::PERSONS).to_owned();
    }

    fn fate(&mut self, which: usize, nth: usize, meeting: &Meeting, day: Date) -> Fate {
        if nth < meeting.done {
            Fate::done(which, nth, meeting.days_ago)
        } else {
            Fate::open(which, nth - meeting.done, day, self.today())
        }
    }

    fn begun(&mut self, lead: &UnitCode, day: Date, returned_by: Option<UnitCode>) -> Course {
        let mut course = Course::new(lead);
        self.begin(&mut course, day, returned_by);
        course
    }
}

fn with_parent(mut draft: Draft, whole: Key) -> Draft {
    part(&mut draft, whole);
    draft
}
