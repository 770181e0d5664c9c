//! Which day brings what.

use std::collections::BTreeMap;

use bihuan_domain::instant::Instant;
use jiff::ToSpan;

use super::rhythm;
use super::shares::Shares;
use crate::chance::Dice;
use crate::plan::{Batch, Findings, Life, Planner};
use crate::script::Script;

/// Tasks of one meeting.
const MEETING: usize = 40;
/// When what is to be over by the present was begun at the latest.
const OVER_DAYS_AGO: i64 = 75;
/// When what is to be open at the present was begun.
const OPEN_TASKS_AGO: i64 = 12;
const OPEN_FINDINGS_AGO: i64 = 45;
const OPEN_INSPECTIONS_AGO: i64 = 2;

/// One family to be.
pub(super) enum Plan {
    Cases(Vec<Life>),
    Drafts(Vec<Batch>),
}

pub(super) enum Wanted {
    Tasks { count: usize, is_open: bool },
    Inspection(Findings),
    Open(Box<Life>),
}

pub(super) struct Schedule<'a> {
    pub(super) planner: Planner<'a>,
    pub(super) dice: Dice,
    pub(super) script: &'static Script,
    pub(super) now: Instant,
    pub(super) days: i64,
    pub(super) later: BTreeMap<i64, Vec<Wanted>>,
}

impl Schedule<'_> {
    /// Puts everything but the reports that are over on its day.
    pub(super) fn set_out(&mut self, asked: &Shares) {
        self.set_out_tasks(asked.tasks.over, None);
        self.set_out_tasks(asked.tasks.open, Some(OPEN_TASKS_AGO));
        self.set_out_inspections(asked);
        let mut cases = 0;
        while cases < asked.cases.open {
            // Some present may leave no room for any: give up rather than search on.
            let Some(life) = self.planner.open_case() else { break };
            let ago = self.now.date() - life.filing.at.date();
            self.put(i64::from(ago.get_days()), Wanted::Open(Box::new(life)));
            cases += 1;
        }
    }

    fn set_out_tasks(&mut self, mut left: usize, days_ago: Option<i64>) {
        while left > 0 {
            let count = left.min(MEETING);
            let ago = days_ago.unwrap_or_else(|| self.long_ago());
            self.put(ago, Wanted::Tasks { count, is_open: days_ago.is_some() });
            left -= count;
        }
    }

    /// The first inspections have found what is still open; the findings are
    /// shared out evenly.
    fn set_out_inspections(&mut self, asked: &Shares) {
        let rounds = asked.notices.all();
        for round in 0..asked.inspections.over {
            let part = |all: usize| match rounds {
                0 => 0,
                _ if round >= rounds => 0,
                _ => all * (round + 1) / rounds - all * round / rounds,
            };
            let open = if round == 0 { asked.findings.open } else { 0 };
            let findings = Findings { over: part(asked.findings.over), open };
            let ago = if open > 0 { OPEN_FINDINGS_AGO } else { self.long_ago() };
            self.put(ago, Wanted::Inspection(findings));
        }
        for _ in 0..asked.inspections.open {
            self.put(OPEN_INSPECTIONS_AGO, Wanted::Inspection(Findings::default()));
        }
    }

    fn long_ago(&mut self) -> i64 {
        self.dice.between(OVER_DAYS_AGO, self.days)
    }

    fn put(&mut self, days_ago: i64, wanted: Wanted) {
        self.later.entry(self.days - days_ago).or_default().push(wanted);
    }

    /// Everything that begins on one day, so many reports with it, in order of time.
    pub(super) fn plans(&mut self, day: i64, cases: usize) -> Vec<Plan> {
        let mut plans = Vec::new();
        for wanted in self.later.remove(&day).unwrap_or_default() {
            let ago = self.days - day;
            match wanted {
                Wanted::Tasks { count, is_open } => {
                    let batches = self.planner.tasks(self.script, ago, count, is_open);
                    plans.push(Plan::Drafts(batches));
                }
                Wanted::Inspection(findings) => {
                    let batches = self.planner.inspected(self.script, ago, findings);
                    plans.push(Plan::Drafts(batches));
                }
                Wanted::Open(life) => plans.push(Plan::Cases(vec![*life])),
            }
        }
        let date = self.now.date().saturating_sub((self.days - day).days());
        let mut left = cases;
        while left > 0 {
            let at = rhythm::moment(date, &mut self.dice);
            let lives = self.planner.over_case(at, left > 1);
            left -= lives.len().clamp(1, left);
            plans.push(Plan::Cases(lives));
        }
        plans.sort_by_key(Plan::begins);
        plans
    }
}

impl Plan {
    fn begins(&self) -> Option<Instant> {
        match self {
            Self::Cases(lives) => lives.iter().map(|life| life.filing.at).min(),
            Self::Drafts(batches) => batches.iter().map(|batch| batch.at).min(),
        }
    }
}
