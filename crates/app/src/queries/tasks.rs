//! Tasks, findings, inspections and papers as their desks list them: with their
//! nodes, their grade and slips, and the tree they were broken down into.

use std::collections::BTreeSet;
use std::sync::Arc;

use bihuan_domain::access::Role;
use bihuan_domain::calendar::{Calendar, end_of_day};
use bihuan_domain::clock::Due;
use bihuan_domain::ids::{MatterId, NodeCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Grade, SlipColour, Stage};
use bihuan_domain::playbook::model::Regime;
use bihuan_store::read::{Filter, MatterRow, NodeRow, OpenLamp, Order};

use super::cockpit::Lamps;
use super::line::{Line, cursor_of, cursor_text};
use super::slips::SlipAt;
use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

const PAGE: u32 = 50;
/// Parts of one tree; a page that would show more is no page.
const TREE_MOST: usize = 1_000;
const MOST: i64 = 10_000;

pub const TASKS: &str = "supervised-task";
pub const FINDINGS: &str = "rectification";
pub const INSPECTIONS: &str = "inspection";
pub const NOTICES: &str = "notice";
pub const BULLETINS: &str = "bulletin";

/// What of a regime's matters is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TaskTab {
    /// What is part of nothing, newest first.
    #[default]
    Roots,
    /// Open, soonest due first.
    Open,
    /// Late, or due today.
    Today,
    Unsigned,
    Late,
    /// Waits for a decision of the one who asks.
    Review,
    /// Closed or struck off, latest first.
    Done,
}

impl TaskTab {
    pub const ALL: [Self; 7] = [
        Self::Roots,
        Self::Open,
        Self::Today,
        Self::Unsigned,
        Self::Late,
        Self::Review,
        Self::Done,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Roots => "roots",
            Self::Open => "open",
            Self::Today => "today",
            Self::Unsigned => "unsigned",
            Self::Late => "late",
            Self::Review => "review",
            Self::Done => "done",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.code() == code)
    }

    const fn order(self) -> Order {
        match self {
            Self::Roots => Order::Filed,
            Self::Done => Order::Closed,
            _ => Order::Due,
        }
    }
}

/// A node as it stands, or stood when it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeAt {
    pub code: NodeCode,
    pub due: Due,
    pub state: NodeState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeState {
    Open,
    Paused,
    Met(Instant),
    Dropped,
}

impl NodeAt {
    /// Met after its date.
    pub fn was_late(&self) -> bool {
        matches!(self.state, NodeState::Met(at) if at > self.due.due_at)
    }

    pub(super) fn of(row: &NodeRow) -> Self {
        let ended = row.ended_us.map(Instant::from_micros);
        let state = match (row.status.as_str(), ended) {
            ("open", _) => NodeState::Open,
            ("paused", _) => NodeState::Paused,
            ("met", Some(at)) => NodeState::Met(at),
            _ => NodeState::Dropped,
        };
        Self {
            code: NodeCode::new(&row.node),
            due: Due {
                due_at: Instant::from_micros(row.due_us),
                soon_at: Instant::from_micros(row.soon_us),
                estimated: row.estimated != 0,
            },
            state,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct TaskLine {
    pub line: Line,
    pub parent: Option<MatterId>,
    pub parts: i64,
    pub document: Option<String>,
    pub grade: Option<Grade>,
    pub slip: Option<SlipColour>,
    pub is_criticised: bool,
    pub closed_at: Option<Instant>,
    pub extensions: i64,
    pub returns: i64,
    /// The date of the result: as it is now, and as it was first.
    pub promised: Option<(Instant, Instant)>,
    pub nodes: Vec<NodeAt>,
}

impl TaskLine {
    pub fn node(&self, code: &str) -> Option<&NodeAt> {
        self.nodes.iter().find(|node| node.code.as_str() == code)
    }

    /// Only what was broken down into nothing is counted: a total must not hold
    /// a whole and its parts.
    pub const fn is_leaf(&self) -> bool {
        self.parts == 0
    }
}

pub struct TaskList {
    pub lines: Vec<TaskLine>,
    pub next: Option<String>,
    pub counts: Vec<(TaskTab, i64)>,
    pub year: Standing,
    pub regime: Regime,
    pub calendar: Arc<Calendar>,
    pub now: Instant,
}

/// What became of what was filed; each part counted by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub filed: i64,
    pub struck_off: i64,
    pub closed: i64,
    pub open: i64,
    /// Withdrawn, declined or merged.
    pub elsewhere: i64,
    /// Of the open.
    pub lamps: Lamps,
}

/// A matter and all it was broken down into, in the order of the tree.
pub struct TaskTree {
    pub lines: Vec<(usize, TaskLine)>,
    pub slips: Vec<SlipAt>,
    pub standing: Standing,
    pub year: Standing,
    pub regime: Regime,
    pub calendar: Arc<Calendar>,
    pub now: Instant,
}

impl App {
    /// A list of one regime's matters for whoever chases them.
    pub async fn tasks(
        &self,
        caller: &Caller,
        regime: &str,
        tab: TaskTab,
        after: Option<&str>,
    ) -> Result<TaskList> {
        self.chases(caller)?;
        let now = self.now();
        let rules = self.rules();
        let version = rules.in_force(now)?;
        let known = regime_of(&version.playbook, regime)?.clone();
        let filter = self.tab_filter(caller, regime, tab, now);
        let after = after.and_then(cursor_of);
        let reach = self.reach(caller);
        let store = self.store();
        let page = store
            .matters(self.county(), &reach, &filter, tab.order(), after.as_ref(), PAGE)
            .await?;
        let mut counts = Vec::with_capacity(TaskTab::ALL.len());
        for tab in TaskTab::ALL {
            let filter = self.tab_filter(caller, regime, tab, now);
            counts.push((tab, store.count(self.county(), &reach, &filter, MOST).await?));
        }
        Ok(TaskList {
            lines: self.task_lines(page.rows).await?,
            next: page.next.as_ref().map(cursor_text),
            counts,
            year: self.standing_of_year(caller, regime, now).await?,
            regime: known,
            calendar: Arc::clone(&version.calendar),
            now,
        })
    }

    /// A matter and its parts; whoever sees the matter sees what it consists of.
    pub async fn task_tree(&self, caller: &Caller, number: &str) -> Result<TaskTree> {
        let view = self.matter(caller, number).await?;
        let regime = view.matter.regime.to_string();
        let known = view.playbook.regimes.get(&view.matter.regime).ok_or(Error::NotFound)?.clone();
        let root = view.matter.id.to_string();
        let named = Filter { matters: Some(vec![root.clone()]), ..Filter::default() };
        let mut lines = self.few(caller, &named).await?;
        let mut level = vec![root];
        while !level.is_empty() && lines.len() < TREE_MOST {
            let filter = Filter { parents: Some(level), ..Filter::default() };
            let parts = self.few(caller, &filter).await?;
            level = parts
                .iter()
                .filter(|part| part.parts > 0)
                .map(|part| part.line.matter.to_string())
                .collect();
            lines.extend(parts);
        }
        let now = self.now();
        let standing = standing(&lines, now);
        let lines = in_order(lines);
        Ok(TaskTree {
            slips: self.slips_of(&lines).await?,
            standing,
            lines,
            year: self.standing_of_year(caller, &regime, now).await?,
            regime: known,
            calendar: view.calendar,
            now,
        })
    }

    /// All of them, so that a total holds; of those the caller may not open, and
    /// of what was told in confidence, the number and no words.
    async fn few(&self, caller: &Caller, filter: &Filter) -> Result<Vec<TaskLine>> {
        let everything = bihuan_store::read::Reach::County;
        let most = u32::try_from(TREE_MOST).unwrap_or(u32::MAX);
        let store = self.store();
        let all =
            store.matters(self.county(), &everything, filter, Order::Oldest, None, most).await?;
        let reach = self.reach(caller);
        let visible = Filter { not_about: self.own_units(caller), ..filter.clone() };
        let mine =
            store.matters(self.county(), &reach, &visible, Order::Oldest, None, most).await?;
        let mine: BTreeSet<String> = mine.rows.into_iter().map(|row| row.matter).collect();
        let mut rows = all.rows;
        for row in &mut rows {
            if row.confidential != 0 || !mine.contains(&row.matter) {
                row.words = None;
            }
        }
        self.task_lines(rows).await
    }

    async fn task_lines(&self, rows: Vec<MatterRow>) -> Result<Vec<TaskLine>> {
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        let ids: Vec<String> = rows.iter().map(|row| row.matter.clone()).collect();
        let nodes = self.store().nodes(self.county(), &ids).await?;
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            let begun = nodes.iter().filter(|node| node.matter == row.matter);
            let begun: Vec<NodeAt> = begun.map(NodeAt::of).collect();
            lines.push(task_line(row, begun, &rules, version)?);
        }
        Ok(lines)
    }

    fn tab_filter(&self, caller: &Caller, regime: &str, tab: TaskTab, now: Instant) -> Filter {
        let mut filter = Filter { regime: Some(regime.to_owned()), ..self.not_own(caller) };
        match tab {
            TaskTab::Roots => filter.is_root = true,
            TaskTab::Open => {
                filter.open = Some(true);
                filter.is_leaf = true;
            }
            TaskTab::Today => {
                filter.open = Some(true);
                filter.due = Some((i64::MIN, end_of_day(now.date()).micros() + 1));
            }
            TaskTab::Unsigned => {
                filter.open = Some(true);
                filter.stages = vec![Stage::Dispatched.code().to_owned()];
            }
            TaskTab::Late => {
                filter.open = Some(true);
                filter.lamp = Some((OpenLamp::Overdue, now));
            }
            TaskTab::Review => filter.review = Some(awaited_from(caller.role())),
            TaskTab::Done => {
                filter.is_leaf = true;
                filter.open = Some(false);
                filter.stages =
                    [Stage::Closed, Stage::StruckOff].map(|stage| stage.code().to_owned()).to_vec();
            }
        }
        filter
    }

    async fn standing_of_year(
        &self,
        caller: &Caller,
        regime: &str,
        now: Instant,
    ) -> Result<Standing> {
        let year = now.date();
        let from = Instant::from_civil(year.first_of_year().at(0, 0, 0, 0));
        let to = end_of_day(year.last_of_year());
        let filter = Filter {
            regime: Some(regime.to_owned()),
            is_leaf: true,
            filed: Some((from.micros(), to.micros())),
            ..self.not_own(caller)
        };
        let reach = self.reach(caller);
        let mut standing = Standing {
            filed: self.store().count(self.county(), &reach, &filter, i64::MAX).await?,
            ..Standing::default()
        };
        for (stage, count) in self.store().stage_counts(self.county(), &reach, &filter).await? {
            standing.add(Stage::from_code(&stage), count);
        }
        for count in self.store().open_counts(self.county(), &reach, &filter, now).await? {
            standing.lamps.add(&count);
        }
        Ok(standing)
    }

    pub(crate) fn chases(&self, caller: &Caller) -> Result<()> {
        self.require(caller, Admin::SeeFigures)?;
        match caller.role() {
            Role::Supervisor | Role::Leader | Role::System => Ok(()),
            _ => Err(Error::Forbidden),
        }
    }
}

impl Standing {
    const fn add(&mut self, stage: Option<Stage>, count: i64) {
        let part = match stage {
            Some(Stage::StruckOff) => &mut self.struck_off,
            Some(Stage::Closed) => &mut self.closed,
            Some(Stage::Withdrawn | Stage::Declined | Stage::Merged) => &mut self.elsewhere,
            _ => &mut self.open,
        };
        *part += count;
    }

    /// Closed or struck off.
    pub const fn done(&self) -> i64 {
        self.closed + self.struck_off
    }
}

fn regime_of<'a>(
    playbook: &'a bihuan_domain::playbook::model::Playbook,
    code: &str,
) -> Result<&'a Regime> {
    let mut regimes = playbook.regimes.values();
    regimes.find(|regime| regime.code.as_str() == code).ok_or(Error::NotFound)
}

/// Stages and decisions that wait for this post.
fn awaited_from(role: Role) -> (Vec<String>, Vec<String>) {
    let codes = |stages: &[Stage]| stages.iter().map(|stage| stage.code().to_owned()).collect();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match role {
        Role::Leader => (codes(&[Stage::Drafted]), words(&["criticism", "extension", "review"])),
        _ => (
            codes(&[Stage::Returned, Stage::Checking, Stage::Checked]),
            words(&["extension", "transfer", "review"]),
        ),
    }
}

fn task_line(
    row: MatterRow,
    nodes: Vec<NodeAt>,
    rules: &crate::rules::Rules,
    version: &crate::rules::Version,
) -> Result<TaskLine> {
    let at = |micros: Option<i64>| micros.map(Instant::from_micros);
    Ok(TaskLine {
        parent: row.parent.as_deref().and_then(|parent| parent.parse().ok()),
        parts: row.parts,
        document: row.document.clone(),
        grade: row.grade.as_deref().and_then(Grade::from_code),
        slip: row.slip.as_deref().and_then(SlipColour::from_code),
        is_criticised: row.criticised != 0,
        closed_at: at(row.closed_us),
        extensions: row.extensions,
        returns: row.returns,
        promised: at(row.handle_due_us).zip(at(row.handle_original_us)),
        nodes,
        line: Line::of(row, rules, version)?,
    })
}

/// Each before its parts, parts in the order they were filed.
fn in_order(lines: Vec<TaskLine>) -> Vec<(usize, TaskLine)> {
    let mut waiting = lines;
    waiting.reverse();
    let mut ordered: Vec<(usize, TaskLine)> = Vec::with_capacity(waiting.len());
    let mut above: Vec<MatterId> = Vec::new();
    let Some(root) = waiting.pop() else { return ordered };
    above.push(root.line.matter);
    ordered.push((0, root));
    while let Some(whole) = above.last().copied() {
        match waiting.iter().rposition(|line| line.parent == Some(whole)) {
            Some(at) => {
                let part = waiting.remove(at);
                let depth = above.len();
                above.push(part.line.matter);
                ordered.push((depth, part));
            }
            None => drop(above.pop()),
        }
    }
    ordered
}

fn standing(lines: &[TaskLine], now: Instant) -> Standing {
    let mut standing = Standing::default();
    for line in lines.iter().filter(|line| line.is_leaf()) {
        standing.filed += 1;
        standing.add(Some(line.line.stage), 1);
        if line.line.is_open {
            let lamp = line.line.due.map(|due| due.lamp(now));
            standing.lamps.count(lamp);
        }
    }
    standing
}
