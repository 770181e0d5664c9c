//! A county's life from a seed: reports filed, handled, returned, merged,
//! rated. Which acts follow is chance; that they may follow is decided by the
//! rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use bihuan_domain::access::Role;
use bihuan_domain::calendar::Limit;
use bihuan_domain::ids::{
    CommandId, GridCode, ItemCode, MatterId, MatterNumber, NodeCode, PersonId, RegimeCode, UnitCode,
};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::{Commitment, commit};
use bihuan_domain::matter::{
    Actor, Command, ContentTag, Evidence, EvidenceKind, History, Matter, Rating, Report, Source,
    Stage, Urgency, Whereabouts,
};
use bihuan_store::journal::Content;
use bihuan_store::{Loaded, Store};

use crate::chance::Chance;
use crate::county::{Act, County, NotDone};

const REGIME: &str = "grid-case";
const WORDS: [&str; 6] = [
    "路灯不亮，晚上一片漆黑",
    "井盖破损，有人绊倒",
    "垃圾堆放在路口 no one came",
    "人行道砖松动",
    "树枝压到电线，很危险",
    "污水外溢ＡＢ楼前",
];
const GRIDS: [&str; 5] = ["01", "05", "05-012", "05-012-03", "06-001"];
const TRIES: usize = 60;

/// An act and the content that goes with it.
#[derive(Clone, Debug)]
pub struct Told {
    pub act: Act,
    pub contents: Vec<Content>,
}

/// Makes acts, one after the other.
pub struct Story {
    pub county: Arc<County>,
    chance: Chance,
    now: Instant,
    filed: u32,
    last: Option<MatterId>,
    people: BTreeMap<(Role, u8), PersonId>,
    contents: Vec<Content>,
}

impl Story {
    pub fn new(county: Arc<County>, seed: u64, start: Instant) -> Self {
        Self {
            county,
            chance: Chance::seeded(seed),
            now: start,
            filed: 0,
            last: None,
            people: BTreeMap::new(),
            contents: Vec::new(),
        }
    }

    /// A new report, a few minutes after the last act.
    pub fn report(&mut self) -> Told {
        self.pass();
        self.filed += 1;
        let number = MatterNumber::new(format!("XY-260922-{:04}", self.filed));
        let words = *self.chance.pick(&WORDS);
        let words = self.content(ContentTag::Words, words);
        let whereabouts = self.whereabouts();
        let command = if self.chance.once_in(12) {
            self.import(number, words, whereabouts)
        } else {
            self.file(number, words, whereabouts)
        };
        let role =
            if matches!(command, Command::Import { .. }) { Role::System } else { Role::Triage };
        let actor = self.actor(role, None);
        let matter = MatterId(self.chance.id(self.now));
        self.told(matter, command, actor)
    }

    fn file(
        &mut self,
        number: MatterNumber,
        words: Commitment,
        whereabouts: Whereabouts,
    ) -> Command {
        let identity = self.chance.once_in(2).then(|| self.content(ContentTag::Identity, "sealed"));
        Command::File(Report {
            number,
            regime: RegimeCode::new(REGIME),
            source: *self.chance.pick(&[Source::Snapshot, Source::Grid, Source::Hotline]),
            item: self.chance.once_in(2).then(|| self.item()),
            words,
            whereabouts,
            evidence: self.evidence(EvidenceKind::Before),
            identity,
            confidential: self.chance.once_in(9),
            urgency: *self.chance.pick(&Urgency::OF_ITEMS),
            claimed_at: None,
            brief: None,
        })
    }

    fn import(
        &mut self,
        number: MatterNumber,
        words: Commitment,
        whereabouts: Whereabouts,
    ) -> Command {
        let opened_at = self.now.plus_days(-30);
        Command::Import {
            number,
            regime: RegimeCode::new(REGIME),
            history: History {
                origin: "elsewhere".to_owned(),
                origin_id: format!("E{}", self.filed),
                opened_at,
                due_at: Some(opened_at.plus_days(3)),
                closed_at: self.chance.once_in(2).then(|| opened_at.plus_days(4)),
                class_as_given: Some("Lamps".to_owned()),
                unit_as_given: None,
                state_as_given: None,
            },
            item: None,
            words: Some(words),
            whereabouts,
        }
    }

    /// An act the rules allow on `matter` now; `into` may receive it as a
    /// duplicate. `None` when chance finds none.
    pub fn next(&mut self, matter: &Loaded, into: Option<&Matter>) -> Option<Told> {
        self.pass();
        for _ in 0..TRIES {
            self.contents.clear();
            let (command, role) = self.command(&matter.matter, into);
            let unit = matter.matter.lead.as_ref().map(|lead| lead.unit.clone());
            let actor = self.actor(role, unit);
            let told = self.told(matter.matter.id, command, actor);
            if self.county.decide(Some(matter), &told.act, into).is_ok() {
                return Some(told);
            }
        }
        None
    }

    fn told(&mut self, matter: MatterId, command: Command, actor: Actor) -> Told {
        let id = CommandId(self.chance.id(self.now));
        let act = Act { matter, id, command, actor, at: self.now };
        Told { act, contents: std::mem::take(&mut self.contents) }
    }

    /// Mostly minutes pass, now and then days, so that clocks run out.
    fn pass(&mut self) {
        let minutes = if self.chance.once_in(20) { 3000 } else { 1 + self.chance.below(90) };
        self.now = self.now.plus_minutes(minutes as i64);
    }

    fn command(&mut self, matter: &Matter, into: Option<&Matter>) -> (Command, Role) {
        let note = self.content(ContentTag::Note, "现场看过了");
        let pick = self.chance.below(100);
        // Most acts move the matter on, so that stories reach their ends.
        if pick < 65 { self.onward(matter, note) } else { self.aside(pick, note, into) }
    }

    fn onward(&mut self, matter: &Matter, note: Commitment) -> (Command, Role) {
        match matter.stage {
            Stage::Filed if matter.source == Source::Snapshot && matter.verified.is_none() => {
                (Command::RequestVerification { grid: None, note: Some(note) }, Role::Triage)
            }
            Stage::Filed => {
                let (item, urgency) = (self.item(), *self.chance.pick(&Urgency::OF_ITEMS));
                (Command::Accept { item, urgency }, Role::Triage)
            }
            Stage::Verifying => {
                let evidence = self.evidence(EvidenceKind::Before);
                (Command::Verify { holds: true, note: Some(note), evidence }, Role::GridLeader)
            }
            Stage::Accepted => {
                let co = if self.chance.once_in(3) { vec![self.unit()] } else { Vec::new() };
                (Command::Dispatch { lead: self.unit(), co, note: Some(note) }, Role::Dispatcher)
            }
            Stage::Returned => {
                (Command::Adjudicate { lead: self.unit(), note: None }, Role::Dispatcher)
            }
            Stage::Dispatched if self.chance.once_in(4) => {
                let suggested = Some(self.unit());
                (Command::Return { reason: note, suggested }, Role::Handler)
            }
            Stage::Dispatched => (Command::Sign, Role::Handler),
            Stage::Handling => {
                let mut evidence = self.evidence(EvidenceKind::After);
                evidence.extend(self.evidence(EvidenceKind::Document));
                (Command::Submit { note, evidence, alike: None }, Role::Handler)
            }
            Stage::Checking => {
                let holds = !self.chance.once_in(4);
                let evidence = self.evidence(EvidenceKind::After);
                (Command::Check { holds, note: Some(note), evidence }, Role::Supervisor)
            }
            Stage::Checked => (Command::Close { note: Some(note), grade: None }, Role::Triage),
            Stage::Closed => {
                let rating = *self.chance.pick(Rating::ALL);
                (Command::Rate { rating, words: Some(note) }, Role::Reporter)
            }
            Stage::Merged => (Command::Unmerge, Role::Dispatcher),
            _ => (Command::Reopen { reason: note }, Role::Supervisor),
        }
    }

    fn aside(&mut self, pick: usize, note: Commitment, into: Option<&Matter>) -> (Command, Role) {
        match pick % 12 {
            0 => (Command::Act { note, evidence: Vec::new() }, Role::Handler),
            1 => (Command::CoHandle { unit: self.unit(), note: None }, Role::Handler),
            2 => (Command::RequestTransfer { reason: note, suggested: self.unit() }, Role::Handler),
            3 => {
                let approve = self.chance.once_in(2);
                (Command::Transfer { approve, to: None, reason: Some(note) }, Role::Dispatcher)
            }
            4 => {
                let by = Limit::WorkHours(1);
                let node = NodeCode::new("handle");
                (Command::RequestExtension { node, by, reason: note }, Role::Handler)
            }
            5 => (Command::Extend { approve: true, reason: Some(note) }, Role::Supervisor),
            6 => {
                let review_on = self.now.plus_days(20).date();
                (Command::Suspend { reason: note, review_on }, Role::Supervisor)
            }
            7 => (Command::Resume { reason: Some(note) }, Role::Supervisor),
            8 => (Command::Answer { answer: note, photos: Vec::new() }, Role::Triage),
            9 => {
                let whereabouts = self.whereabouts();
                (Command::AmendPlace { whereabouts, reason: Some(note) }, Role::Triage)
            }
            10 => (Command::StrikeOff { note: Some(note) }, Role::Supervisor),
            _ => match into {
                Some(into) => (Command::Merge { into: into.id }, Role::Dispatcher),
                None => (Command::Ask { question: note }, Role::Triage),
            },
        }
    }

    fn actor(&mut self, role: Role, unit: Option<UnitCode>) -> Actor {
        let nobody = matches!(role, Role::Reporter | Role::System);
        let which = self.chance.below(3) as u8;
        let id = PersonId(self.chance.id(self.now));
        let person = (!nobody).then(|| *self.people.entry((role, which)).or_insert(id));
        let unit = match role {
            Role::Handler | Role::UnitHead => unit.or_else(|| Some(self.unit())),
            Role::Reporter | Role::System => None,
            _ => Some(UnitCode::new("grid-centre")),
        };
        let grid = matches!(role, Role::GridWorker | Role::GridLeader)
            .then(|| GridCode::new(*self.chance.pick(&GRIDS[..2])));
        Actor { role, person, unit, grid }
    }

    fn item(&mut self) -> ItemCode {
        let items: Vec<_> = self.county.playbook.items.keys().cloned().collect();
        self.chance.pick(&items).clone()
    }

    fn unit(&mut self) -> UnitCode {
        let units = ["lighting", "municipal-works", "urban-management"];
        UnitCode::new(*self.chance.pick(&units))
    }

    fn whereabouts(&mut self) -> Whereabouts {
        let position = format!("[{},{}]", 34_780_000 + self.chance.below(999), 113_380_000);
        Whereabouts {
            grid: (!self.chance.once_in(6)).then(|| GridCode::new(*self.chance.pick(&GRIDS))),
            place: None,
            position: self.chance.once_in(2).then(|| self.content(ContentTag::Position, &position)),
            address: Some(self.content(ContentTag::Address, "索河路 12 号")),
        }
    }

    fn evidence(&mut self, kind: EvidenceKind) -> Vec<Evidence> {
        vec![Evidence { kind, content: self.content(ContentTag::Attachment, "photo") }]
    }

    fn content(&mut self, tag: ContentTag, body: &str) -> Commitment {
        let salt = self.chance.salt();
        let commitment = commit(tag.code(), &salt, body.as_bytes());
        let salt = salt.iter().map(|byte| format!("{byte:02x}")).collect();
        let (tag, body) = (tag.code().to_owned(), body.to_owned());
        self.contents.push(Content { commitment, tag, salt, body });
        commitment
    }
}

/// Matters as the story left them, by id.
pub type Cast = BTreeMap<MatterId, Loaded>;

/// Lets `acts` acts happen in `store`, each in a transaction of its own with
/// the contents it commits to, and returns the matters.
pub async fn play(store: &Store, story: &mut Story, acts: usize) -> Cast {
    let mut cast = Cast::new();
    for _ in 0..acts {
        let told = story.turn(&cast);
        let Some(told) = told else { continue };
        let county = Arc::clone(&story.county);
        let after = tell(store, county, told).await;
        cast.extend(after.into_iter().map(|loaded| (loaded.matter.id, loaded)));
    }
    cast
}

impl Story {
    fn turn(&mut self, cast: &Cast) -> Option<Told> {
        if cast.is_empty() || self.chance.once_in(6) {
            return Some(self.report());
        }
        let ids: Vec<&MatterId> = cast.keys().collect();
        // Mostly the same matter goes on, or its limits would always have passed.
        let last = self.last.filter(|_| !self.chance.once_in(3));
        let id = last.unwrap_or_else(|| **self.chance.pick(&ids));
        self.last = Some(id);
        let into = **self.chance.pick(&ids);
        let into = cast.get(&into).map(|loaded| &loaded.matter).filter(|into| into.id != id);
        self.next(cast.get(&id)?, into)
    }
}

/// Records one act and its contents; a merge also on the matter it goes into.
pub async fn tell(store: &Store, county: Arc<County>, told: Told) -> Vec<Loaded> {
    let told = Arc::new(told);
    let outcome: Result<Vec<Loaded>, NotDone> = store
        .write(move |tx| {
            let (county, told) = (Arc::clone(&county), Arc::clone(&told));
            Box::pin(async move {
                for content in &told.contents {
                    tx.put_content(&county.code, &told.act.matter.to_string(), content);
                }
                let mut after = vec![county.take(tx, &told.act).await?];
                if let Some(other) = other_half(&told.act, &after[0]) {
                    after.push(county.take(tx, &other).await?);
                }
                Ok(after)
            })
        })
        .await;
    outcome.unwrap_or_else(|fault| panic!("the story does not go on: {fault:?}"))
}

fn other_half(act: &Act, after: &Loaded) -> Option<Act> {
    let from = act.matter;
    let Command::Merge { into } = act.command else { return None };
    (after.matter.merged_into == Some(into)).then(|| Act {
        matter: into,
        command: Command::AttachDuplicate { from },
        ..act.clone()
    })
}
