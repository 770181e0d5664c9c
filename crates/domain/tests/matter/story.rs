//! A matter told act by act, on a clock the test sets.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use bihuan_domain::access::{Role, UnitTree};
use bihuan_domain::calendar::Calendar;
use bihuan_domain::clock::{Node, NodeStatus};
use bihuan_domain::ids::{
    ChannelCode, GridCode, ItemCode, MatterId, MatterNumber, NodeCode, PersonId, RegimeCode,
    UnitCode,
};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::Commitment;
use bihuan_domain::matter::{
    Actor, Choice, Command, Event, Evidence, EvidenceKind, Facts, Matter, Report, Source, Stage,
    Step, Urgency, Whereabouts, decide, evolve, options,
};
use bihuan_domain::playbook::{Checked, Playbook, check};
use bihuan_domain::refusal::{Reason, Refusal};
use jiff::civil::{Date, DateTime, date};
use uuid::Uuid;

pub(crate) const LAMP: &str = "lamp-out";
pub(crate) const LITTER: &str = "litter";
pub(crate) const LIGHTING: &str = "lighting";
pub(crate) const WORKS: &str = "municipal-works";
pub(crate) const BUREAU: &str = "urban-management";
pub(crate) const GRID: &str = "01-001";
pub(crate) const ELSEWHERE: &str = "02-001";

/// The shipped example.
pub(crate) static XINGYANG: LazyLock<Playbook> = LazyLock::new(|| {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../playbooks/xingyang"));
    let files = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let texts =
        files.filter(|path| path.extension().is_some_and(|kind| kind == "toml")).map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).unwrap())
        });
    let source = bihuan_domain::playbook::Source::new(texts);
    let checked: Checked = check(&source).unwrap();
    checked.playbook
});

/// The example with one thing changed.
pub(crate) fn changed(
    regime: &str,
    change: impl FnOnce(&mut bihuan_domain::playbook::model::Regime),
) -> Playbook {
    let mut playbook = XINGYANG.clone();
    change(playbook.regimes.get_mut(&RegimeCode::new(regime)).unwrap());
    playbook
}

pub(crate) fn units(playbook: &Playbook) -> UnitTree {
    UnitTree::new(
        playbook
            .units
            .iter()
            .map(|unit| (unit.code.clone(), unit.above.clone(), unit.grid.clone())),
    )
}

pub(crate) fn words(n: u8) -> Commitment {
    Commitment([n; 32])
}

pub(crate) fn photo(kind: EvidenceKind, n: u8) -> Evidence {
    Evidence { kind, content: words(n) }
}

pub(crate) fn matter_id(n: u128) -> MatterId {
    MatterId(Uuid::from_u128(n))
}

fn person(n: u128) -> Option<PersonId> {
    Some(PersonId(Uuid::from_u128(n)))
}

pub(crate) fn post(role: Role, who: u128, unit: Option<&str>, grid: Option<&str>) -> Actor {
    Actor {
        role,
        person: person(who),
        unit: unit.map(UnitCode::new),
        grid: grid.map(GridCode::new),
    }
}

pub(crate) fn reporter() -> Actor {
    Actor::reporter()
}
pub(crate) fn worker(who: u128) -> Actor {
    post(Role::GridWorker, who, None, Some(GRID))
}
pub(crate) fn grid_leader() -> Actor {
    post(Role::GridLeader, 20, None, Some(GRID))
}
pub(crate) fn triage() -> Actor {
    post(Role::Triage, 30, Some("grid-centre"), None)
}
pub(crate) fn dispatcher() -> Actor {
    post(Role::Dispatcher, 40, Some("grid-centre"), None)
}
pub(crate) fn handler(unit: &str) -> Actor {
    post(Role::Handler, 50, Some(unit), None)
}
pub(crate) fn head(unit: &str) -> Actor {
    post(Role::UnitHead, 60, Some(unit), None)
}
pub(crate) fn supervisor(who: u128) -> Actor {
    post(Role::Supervisor, who, Some("inspection"), None)
}
pub(crate) fn leader() -> Actor {
    post(Role::Leader, 80, Some("county"), None)
}
pub(crate) fn security_admin() -> Actor {
    post(Role::SecurityAdmin, 90, None, None)
}

/// A day of June 2026, a month without swapped days before the 19th.
pub(crate) fn june(day: i8, hour: i8, minute: i8) -> Instant {
    Instant::from_civil(date(2026, 6, day).at(hour, minute, 0, 0))
}

pub(crate) fn report(regime: &str, source: Source) -> Report {
    Report {
        number: MatterNumber::new("XY-260601-0001"),
        regime: RegimeCode::new(regime),
        source,
        item: None,
        words: words(1),
        whereabouts: Whereabouts { grid: Some(GridCode::new(GRID)), ..Whereabouts::default() },
        evidence: vec![photo(EvidenceKind::Before, 2)],
        identity: Some(words(3)),
        confidential: false,
        urgency: Urgency::Ordinary,
        claimed_at: None,
        brief: None,
    }
}

pub(crate) struct Story {
    pub(crate) playbook: Playbook,
    pub(crate) calendar: Calendar,
    pub(crate) units: UnitTree,
    pub(crate) id: MatterId,
    pub(crate) state: Option<Matter>,
    pub(crate) other: Option<Matter>,
    pub(crate) open_parts: usize,
    pub(crate) over: Vec<Refusal>,
    pub(crate) log: Vec<(Instant, Actor, Event)>,
    pub(crate) now: Instant,
}

impl Story {
    /// Monday, 1 June 2026, 09:00; nothing filed yet.
    pub(crate) fn under(playbook: Playbook) -> Self {
        Self {
            calendar: Calendar::shipped(playbook.work.clone()),
            units: units(&playbook),
            playbook,
            id: matter_id(1),
            state: None,
            other: None,
            open_parts: 0,
            over: Vec::new(),
            log: Vec::new(),
            now: june(1, 9, 0),
        }
    }

    pub(crate) fn new() -> Self {
        Self::under(XINGYANG.clone())
    }

    /// A resident's report of a broken lamp.
    pub(crate) fn filed() -> Self {
        Self::new().then(reporter(), Command::File(report("grid-case", Source::Snapshot)))
    }

    /// Accepted, and its reporter asked not to be known.
    pub(crate) fn confidential() -> Self {
        let mut report = report("grid-case", Source::Complaint);
        report.confidential = true;
        Self::new()
            .then(reporter(), Command::File(report))
            .then(triage(), accept(LAMP, Urgency::Ordinary))
    }

    pub(crate) fn accepted() -> Self {
        Self::filed().then(triage(), accept(LAMP, Urgency::Ordinary))
    }

    pub(crate) fn dispatched() -> Self {
        Self::accepted().then(triage(), dispatch(LIGHTING))
    }

    pub(crate) fn handling() -> Self {
        Self::dispatched().then(handler(LIGHTING), Command::Sign)
    }

    pub(crate) fn submitted() -> Self {
        Self::handling().then(handler(LIGHTING), submit())
    }

    pub(crate) fn checked() -> Self {
        Self::submitted().then(worker(10), found(true))
    }

    pub(crate) fn closed() -> Self {
        Self::checked().answered().then(triage(), Command::Close { note: None, grade: None })
    }

    /// The reporter is told what was done, as closing wants it.
    pub(crate) fn answered(self) -> Self {
        self.then(triage(), draft(40))
    }

    /// Litter that a worker picked up at once.
    pub(crate) fn settled() -> Self {
        Self::filed_as(LITTER).then(worker(10), settle()).then(worker(10), draft(40))
    }

    pub(crate) fn filed_as(item: &str) -> Self {
        let mut report = report("grid-case", Source::Snapshot);
        report.item = Some(ItemCode::new(item));
        Self::new().then(reporter(), Command::File(report))
    }

    /// What a leader assigned, signed for.
    pub(crate) fn assigned(urgency: Urgency) -> Self {
        let mut report = report("leader-note", Source::LeaderNote);
        report.urgency = urgency;
        Self::new()
            .then(leader(), Command::File(report))
            .then(supervisor(70), accept(LAMP, urgency))
            .then(supervisor(70), dispatch(LIGHTING))
            .then(handler(LIGHTING), Command::Sign)
    }

    pub(crate) fn imported() -> Self {
        let history = bihuan_domain::matter::History {
            origin: "stlouis".to_owned(),
            origin_id: "SR-1".to_owned(),
            opened_at: june(1, 8, 0),
            due_at: Some(june(3, 8, 0)),
            closed_at: None,
            class_as_given: None,
            unit_as_given: None,
            state_as_given: Some("open".to_owned()),
        };
        Self::new().then(
            Actor::system(),
            Command::Import {
                number: MatterNumber::new("XY-260601-0002"),
                regime: RegimeCode::new("grid-case"),
                history,
                item: None,
                words: Some(words(1)),
                whereabouts: Whereabouts::default(),
            },
        )
    }

    pub(crate) fn then(mut self, actor: Actor, command: Command) -> Self {
        self.take(&actor, &command);
        self
    }

    pub(crate) fn at(mut self, now: Instant) -> Self {
        self.now = now;
        self
    }

    pub(crate) fn facts(&self) -> Facts<'_> {
        Facts {
            playbook: &self.playbook,
            calendar: &self.calendar,
            units: &self.units,
            other: self.other.as_ref(),
            open_parts: self.open_parts,
            over: &self.over,
        }
    }

    pub(crate) fn try_take(
        &mut self,
        actor: &Actor,
        command: &Command,
    ) -> Result<Vec<Event>, Refusal> {
        let events = decide(self.id, self.state.as_ref(), command, actor, &self.facts(), self.now)?;
        for event in &events {
            self.state = evolve(self.state.take(), self.id, self.now, actor, event);
            self.log.push((self.now, actor.clone(), event.clone()));
        }
        Ok(events)
    }

    pub(crate) fn take(&mut self, actor: &Actor, command: &Command) -> Vec<Event> {
        match self.try_take(actor, command) {
            Ok(events) => events,
            Err(refusal) => panic!("{:?} refused {command:?}: {refusal}", actor.role),
        }
    }

    pub(crate) fn refusal(&self, actor: &Actor, command: &Command) -> Refusal {
        match decide(self.id, self.state.as_ref(), command, actor, &self.facts(), self.now) {
            Ok(events) => panic!("{command:?} was not refused but gave {events:?}"),
            Err(refusal) => refusal,
        }
    }

    #[track_caller]
    pub(crate) fn refuses(&self, actor: Actor, command: Command, reason: Reason) {
        assert_eq!(self.refusal(&actor, &command).reason, reason, "{command:?}");
    }

    pub(crate) fn matter(&self) -> &Matter {
        self.state.as_ref().unwrap()
    }

    pub(crate) fn stage(&self) -> Stage {
        self.matter().stage
    }

    pub(crate) fn node(&self, code: &str) -> &Node {
        &self.matter().nodes[&NodeCode::new(code)]
    }

    pub(crate) fn is_open(&self, code: &str) -> bool {
        self.matter().nodes.get(&NodeCode::new(code)).is_some_and(Node::is_open)
    }

    pub(crate) fn is_met(&self, code: &str) -> bool {
        matches!(self.node(code).status, NodeStatus::Met(_))
    }

    pub(crate) fn open_nodes(&self) -> Vec<&str> {
        let open = self.matter().nodes.values().filter(|node| node.is_open());
        open.map(|node| node.code.as_str()).collect()
    }

    pub(crate) fn due(&self, code: &str) -> DateTime {
        self.node(code).due.due_at.civil()
    }

    /// Steps the post may take now.
    pub(crate) fn can(&self, actor: &Actor) -> Vec<Step> {
        let choices = options(self.matter(), actor, &self.facts(), self.now);
        choices
            .into_iter()
            .filter(|choice| choice.verdict.is_ok())
            .map(|choice| choice.step)
            .collect()
    }

    pub(crate) fn choices(&self, actor: &Actor) -> Vec<Choice> {
        options(self.matter(), actor, &self.facts(), self.now)
    }
}

pub(crate) fn accept(item: &str, urgency: Urgency) -> Command {
    Command::Accept { item: ItemCode::new(item), urgency }
}
pub(crate) fn dispatch(unit: &str) -> Command {
    Command::Dispatch { lead: UnitCode::new(unit), co: Vec::new(), note: None }
}
pub(crate) fn adjudicate(unit: &str) -> Command {
    Command::Adjudicate { lead: UnitCode::new(unit), note: None }
}
pub(crate) fn send_back(suggested: Option<&str>) -> Command {
    Command::Return { reason: words(10), suggested: suggested.map(UnitCode::new) }
}
pub(crate) fn ask_transfer(unit: &str) -> Command {
    Command::RequestTransfer { reason: words(11), suggested: UnitCode::new(unit) }
}
pub(crate) fn transfer(approve: bool) -> Command {
    Command::Transfer { approve, to: None, reason: Some(words(12)) }
}
pub(crate) fn invite(unit: &str) -> Command {
    Command::CoHandle { unit: UnitCode::new(unit), note: None }
}
pub(crate) fn act() -> Command {
    Command::Act { note: words(13), evidence: Vec::new() }
}
pub(crate) fn ask_time(node: &str, by: bihuan_domain::calendar::Limit) -> Command {
    Command::RequestExtension { node: NodeCode::new(node), by, reason: words(14) }
}
pub(crate) fn give_time(approve: bool) -> Command {
    Command::Extend { approve, reason: Some(words(15)) }
}
pub(crate) fn suspend(until: Date) -> Command {
    Command::Suspend { reason: words(16), review_on: until }
}
pub(crate) fn submit() -> Command {
    Command::Submit { note: words(17), evidence: vec![photo(EvidenceKind::After, 18)], alike: None }
}
pub(crate) fn settle() -> Command {
    Command::SettleOnSpot { note: words(19), evidence: vec![photo(EvidenceKind::After, 20)] }
}
pub(crate) fn found(holds: bool) -> Command {
    Command::Check { holds, note: Some(words(21)), evidence: Vec::new() }
}
pub(crate) fn rate(rating: bihuan_domain::matter::Rating) -> Command {
    Command::Rate { rating, words: Some(words(22)) }
}
pub(crate) fn verified(holds: bool) -> Command {
    Command::Verify { holds, note: None, evidence: Vec::new() }
}
pub(crate) fn ask_verification() -> Command {
    Command::RequestVerification { grid: None, note: None }
}
pub(crate) fn decline(ground: bihuan_domain::matter::DeclineGround, channel: &str) -> Command {
    Command::Decline { ground, channel: ChannelCode::new(channel), reason: words(23) }
}
pub(crate) fn amend(item: &str, urgency: Urgency) -> Command {
    Command::AmendClass { item: Some(ItemCode::new(item)), urgency, reason: None }
}
pub(crate) fn about(unit: &str) -> Command {
    Command::SetObjectUnit { unit: Some(UnitCode::new(unit)) }
}
pub(crate) fn look_back(holds: bool) -> Command {
    Command::LookBack { holds, note: words(24), evidence: Vec::new() }
}
pub(crate) fn draft(n: u8) -> Command {
    Command::Answer { answer: words(n), photos: Vec::new() }
}
pub(crate) fn approve(n: u8) -> Command {
    Command::ApproveAnswer { answer: words(n) }
}
pub(crate) fn close() -> Command {
    Command::Close { note: None, grade: None }
}
