//! What a unit has to do: its own matters and those of the units below it,
//! soonest due first, each with its nodes and the step that comes next.

use std::collections::BTreeMap;
use std::sync::Arc;

use bihuan_domain::access::{Role, may_take_in};
use bihuan_domain::calendar::{Calendar, end_of_day};
use bihuan_domain::clock::Lamp;
use bihuan_domain::ids::CommandId;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Command, Stage, Step};
use bihuan_domain::playbook::model::Regime;
use bihuan_store::read::{Filter, NodeRow, Order, Reach};

use super::line::{Line, cursor_of, cursor_text};
use super::stops::stops;
pub use super::stops::{Stop, StopState};
use crate::commands::{Acted, Submission};
use crate::compose::Composer;
use crate::context::{App, Caller, Sender};
use crate::error::{Error, Result};
use crate::rules::Version;

const PAGE: u32 = 50;
/// Matters signed in one go.
const SIGNED_AT_ONCE: usize = 50;
const MOST: i64 = 10_000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    All,
    Late,
    Soon,
    Sign,
    /// Late, or due today.
    Today,
}

impl Tab {
    pub const ALL: [Self; 5] = [Self::All, Self::Late, Self::Soon, Self::Sign, Self::Today];

    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Late => "late",
            Self::Soon => "soon",
            Self::Sign => "sign",
            Self::Today => "today",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.code() == code)
    }
}

/// Where a line stands in the list. Every open matter is in exactly one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Late,
    Soon,
    ToSign,
    /// In time, or stopped.
    Calm,
}

pub struct Worklist {
    pub counts: Counts,
    pub lines: Vec<WorkLine>,
    pub next: Option<String>,
    pub calendar: Arc<Calendar>,
    pub now: Instant,
}

/// The unit's open matters by group; the four add up to `open`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub open: i64,
    pub late: i64,
    pub soon: i64,
    pub to_sign: i64,
    pub calm: i64,
    pub today: i64,
}

impl Counts {
    pub const fn of(&self, group: Group) -> i64 {
        match group {
            Group::Late => self.late,
            Group::Soon => self.soon,
            Group::ToSign => self.to_sign,
            Group::Calm => self.calm,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct WorkLine {
    pub line: Line,
    pub group: Group,
    pub nodes: Vec<Stop>,
    pub next: Next,
    pub may_sign: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The caller's to take.
    Mine(Step),
    /// Somebody else's.
    Others(Step),
    None,
}

enum Work {
    /// Of these units.
    Units(Vec<String>),
    LookBacks,
}

/// What became of one of several matters signed together.
#[derive(Debug)]
pub struct Signed {
    pub number: String,
    pub outcome: Result<Acted>,
}

fn group(line: &Line, now: Instant) -> Group {
    if line.stage == Stage::Dispatched {
        return Group::ToSign;
    }
    match line.due.map(|due| due.lamp(now)) {
        Some(Lamp::Overdue) => Group::Late,
        Some(Lamp::DueSoon) => Group::Soon,
        Some(Lamp::OnTrack) | None => Group::Calm,
    }
}

/// The step that carries a matter on from its stage.
const fn step_on(stage: Stage) -> Option<Step> {
    match stage {
        Stage::Drafted => Some(Step::ApproveFiling),
        Stage::Filed => Some(Step::Accept),
        Stage::Verifying => Some(Step::Verify),
        Stage::Accepted => Some(Step::Dispatch),
        Stage::Dispatched => Some(Step::Sign),
        Stage::Returned => Some(Step::Adjudicate),
        Stage::Handling => Some(Step::Submit),
        Stage::Checking => Some(Step::Check),
        Stage::Checked => Some(Step::Close),
        Stage::Closed
        | Stage::StruckOff
        | Stage::Declined
        | Stage::Merged
        | Stage::Withdrawn
        | Stage::Imported => None,
    }
}

/// A finished stage is late or not, but never "due soon".
const WORKED: [Stage; 8] = [
    Stage::Drafted,
    Stage::Filed,
    Stage::Verifying,
    Stage::Accepted,
    Stage::Returned,
    Stage::Handling,
    Stage::Checking,
    Stage::Checked,
];

impl App {
    /// The list of the caller's unit.
    pub async fn worklist(
        &self,
        caller: &Caller,
        tab: Tab,
        after: Option<&str>,
    ) -> Result<Worklist> {
        let work = self.work_of(caller)?;
        let now = self.now();
        let filter = self.worklist_filter(caller, &work, tab, now);
        let after = after.and_then(cursor_of);
        let reach = self.work_reach(caller, &work);
        let page = self
            .store()
            .matters(self.county(), &reach, &filter, Order::Due, after.as_ref(), PAGE)
            .await?;
        let next = page.next.as_ref().map(cursor_text);
        let lines = self.lines(caller, page.rows)?;
        Ok(Worklist {
            counts: self.worklist_counts(caller, &work, now).await?,
            lines: self.work_lines(caller, lines, now).await?,
            next,
            calendar: Arc::clone(&self.rules().in_force(now)?.calendar),
            now,
        })
    }

    /// Those of these matters the caller could sign now, in the order given.
    pub async fn signable(&self, caller: &Caller, numbers: &[String]) -> Result<Vec<WorkLine>> {
        let units = self.worked_units(caller)?;
        let now = self.now();
        let mut ids = Vec::new();
        for number in numbers.iter().take(SIGNED_AT_ONCE) {
            let id = self.store().matter_by_number(self.county(), number).await?;
            ids.extend(id.map(|id| id.to_string()));
        }
        let filter = Filter {
            units: Some(units),
            matters: Some(ids),
            ..self.worklist_filter(caller, &Work::Units(Vec::new()), Tab::Sign, now)
        };
        let most = SIGNED_AT_ONCE as u32;
        let page = self
            .store()
            .matters(self.county(), &Reach::County, &filter, Order::Due, None, most)
            .await?;
        let lines = self.lines(caller, page.rows)?;
        let mut lines = self.work_lines(caller, lines, now).await?;
        lines.retain(|line| line.may_sign);
        Ok(lines)
    }

    /// Signs each of several matters by a command of its own, so that one that
    /// cannot be signed any more holds up none of the others.
    pub async fn sign_many(
        &self,
        caller: &Caller,
        picked: Vec<(String, CommandId)>,
    ) -> Result<Vec<Signed>> {
        self.worked_units(caller)?;
        let mut all = Vec::new();
        for (number, command) in picked.into_iter().take(SIGNED_AT_ONCE) {
            let outcome = self.sign_one(caller, &number, command).await;
            all.push(Signed { number, outcome });
        }
        Ok(all)
    }

    async fn sign_one(&self, caller: &Caller, number: &str, command: CommandId) -> Result<Acted> {
        let matter = self.matter(caller, number).await?.matter.id;
        let mut composed = Composer::new(self);
        composed.push(Command::Sign);
        self.act(Submission {
            sender: Sender::new(command, ["sign", number]),
            caller: caller.clone(),
            matter,
            seen: None,
            composed,
        })
        .await
    }

    /// The caller's unit and those below it, for posts that handle.
    fn worked_units(&self, caller: &Caller) -> Result<Vec<String>> {
        let unit = match (caller.role(), &caller.actor.unit) {
            (Role::Handler | Role::UnitHead, Some(unit)) => unit,
            _ => return Err(Error::Forbidden),
        };
        let units = self.rules().unit_tree.subtree(unit);
        Ok(units.into_iter().map(|unit| unit.0).collect())
    }

    /// What a post works through: its unit's matters or, where it supervises,
    /// what it must look back at.
    fn work_of(&self, caller: &Caller) -> Result<Work> {
        match caller.role() {
            Role::Supervisor => Ok(Work::LookBacks),
            _ => Ok(Work::Units(self.worked_units(caller)?)),
        }
    }

    /// A unit's part in a matter is the list itself; no other reach is needed.
    fn work_reach(&self, caller: &Caller, work: &Work) -> Reach {
        match work {
            Work::Units(_) => Reach::County,
            Work::LookBacks => self.reach(caller),
        }
    }

    fn worklist_filter(&self, caller: &Caller, work: &Work, tab: Tab, now: Instant) -> Filter {
        let all = match work {
            Work::Units(units) => {
                Filter { units: Some(units.clone()), open: Some(true), ..self.not_own(caller) }
            }
            Work::LookBacks => Filter { look_back: true, ..self.not_own(caller) },
        };
        let worked = || match work {
            Work::Units(_) => WORKED.iter().map(|stage| stage.code().to_owned()).collect(),
            Work::LookBacks => Vec::new(),
        };
        match tab {
            Tab::All => all,
            Tab::Late => Filter { due: Some((i64::MIN, now.micros())), stages: worked(), ..all },
            Tab::Soon => Filter {
                due: Some((now.micros(), i64::MAX)),
                soon_before: Some(now.micros()),
                stages: worked(),
                ..all
            },
            Tab::Sign => Filter { stages: vec![Stage::Dispatched.code().to_owned()], ..all },
            Tab::Today => {
                let tonight = end_of_day(now.date()).micros().saturating_add(1);
                Filter { due: Some((i64::MIN, tonight)), ..all }
            }
        }
    }

    async fn worklist_counts(&self, caller: &Caller, work: &Work, now: Instant) -> Result<Counts> {
        let Work::Units(units) = work else { return self.look_back_counts(caller, now).await };
        let mut counts = Counts::default();
        let reach = Reach::Units(units.clone());
        let rows =
            self.store().open_counts(self.county(), &reach, &self.not_own(caller), now).await?;
        for row in rows {
            counts.open += row.count;
            let group = match (row.stage == Stage::Dispatched.code(), row.lamp) {
                (true, _) => &mut counts.to_sign,
                (false, 2) => &mut counts.late,
                (false, 1) => &mut counts.soon,
                (false, _) => &mut counts.calm,
            };
            *group += row.count;
        }
        let today = self.worklist_filter(caller, work, Tab::Today, now);
        counts.today = self.store().count(self.county(), &Reach::County, &today, MOST).await?;
        Ok(counts)
    }

    async fn look_back_counts(&self, caller: &Caller, now: Instant) -> Result<Counts> {
        let open = self.count_work(caller, &Work::LookBacks, Tab::All, now).await?;
        let late = self.count_work(caller, &Work::LookBacks, Tab::Late, now).await?;
        let soon = self.count_work(caller, &Work::LookBacks, Tab::Soon, now).await?;
        let today = self.count_work(caller, &Work::LookBacks, Tab::Today, now).await?;
        Ok(Counts { open, late, soon, to_sign: 0, calm: open - late - soon, today })
    }

    async fn count_work(
        &self,
        caller: &Caller,
        work: &Work,
        tab: Tab,
        now: Instant,
    ) -> Result<i64> {
        let filter = self.worklist_filter(caller, work, tab, now);
        let reach = self.work_reach(caller, work);
        Ok(self.store().count(self.county(), &reach, &filter, MOST).await?)
    }

    /// What waits for the caller on the work list: to be signed, late or, for
    /// whoever looks back, due soon.
    pub(super) async fn work_waiting(&self, caller: &Caller) -> Result<i64> {
        let (work, now) = (self.work_of(caller)?, self.now());
        let tabs = match &work {
            Work::Units(_) => [Tab::Sign, Tab::Late],
            Work::LookBacks => [Tab::Soon, Tab::Late],
        };
        let mut waiting = 0;
        for tab in tabs {
            waiting += self.count_work(caller, &work, tab, now).await?;
        }
        Ok(waiting)
    }

    async fn work_lines(
        &self,
        caller: &Caller,
        lines: Vec<Line>,
        now: Instant,
    ) -> Result<Vec<WorkLine>> {
        let ids: Vec<String> = lines.iter().map(|line| line.matter.to_string()).collect();
        let mut nodes: BTreeMap<String, Vec<NodeRow>> = BTreeMap::new();
        for row in self.store().nodes(self.county(), &ids).await? {
            nodes.entry(row.matter.clone()).or_default().push(row);
        }
        let rules = self.rules();
        let version = rules.in_force(now)?;
        Ok(lines
            .into_iter()
            .map(|line| {
                let begun = nodes.remove(&line.matter.to_string()).unwrap_or_default();
                let next = self.next_of(caller, &line, version);
                WorkLine {
                    group: group(&line, now),
                    nodes: regime_of(version, &line.regime)
                        .map(|regime| stops(regime, line.urgency, &begun, now))
                        .unwrap_or_default(),
                    may_sign: next == Next::Mine(Step::Sign),
                    next,
                    line,
                }
            })
            .collect())
    }

    fn next_of(&self, caller: &Caller, line: &Line, version: &Version) -> Next {
        let step = match step_on(line.stage) {
            Some(step) => step,
            None if line.due.is_some() => Step::LookBack,
            None => return Next::None,
        };
        let mut regimes = version.playbook.regimes.values();
        let Some(regime) = regimes.find(|regime| regime.code.as_str() == line.regime) else {
            return Next::None;
        };
        let rules = self.rules();
        let leads = match (&line.lead, &caller.actor.unit) {
            (Some(lead), Some(unit)) => rules.unit_tree.within(lead, unit),
            _ => false,
        };
        let mine = leads || step == Step::LookBack;
        if mine && may_take_in(caller.role(), step, regime).is_ok() {
            return Next::Mine(step);
        }
        Next::Others(step)
    }
}

fn regime_of<'a>(version: &'a Version, code: &str) -> Option<&'a Regime> {
    version.playbook.regimes.values().find(|regime| regime.code.as_str() == code)
}
