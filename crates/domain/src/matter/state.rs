//! A matter as its events have made it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::brief::{Alike, Brief, Criticism, DocumentNumber, Objection, PassedOver, Plan, Slip};
use super::event::{Evidence, History, Whereabouts};
use super::kind::{
    Audience, DeclineGround, Grade, Link, Rating, SlipColour, Source, Stage, Urgency,
};
use crate::calendar::Limit;
use crate::clock::{Lamp, Node};
use crate::ids::{
    ChannelCode, GridCode, ItemCode, MatterId, MatterNumber, NodeCode, PersonId, RegimeCode,
    UnitCode,
};
use crate::instant::Instant;
use crate::journal::Commitment;
use crate::playbook::model::{Regime, Trigger};

/// The unit that leads, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub unit: UnitCode,
    pub dispatched_at: Instant,
    pub signed_at: Option<Instant>,
    /// Set by adjudication: this unit may not return it.
    pub is_final: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtensionRequest {
    pub node: NodeCode,
    pub by: Limit,
    pub reason: Commitment,
    pub person: Option<PersonId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferRequest {
    pub suggested: UnitCode,
    pub reason: Commitment,
    pub person: Option<PersonId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerText {
    pub answer: Commitment,
    pub photos: Vec<Commitment>,
    pub by: Option<PersonId>,
}

/// What a merge interrupted, taken up again when it is undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeforeMerge {
    pub stage: Stage,
    pub open: Vec<NodeCode>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    pub id: MatterId,
    /// Number of entries so far; the next one takes this sequence number.
    pub entries: u64,
    pub number: MatterNumber,
    pub regime: RegimeCode,
    pub playbook: String,
    pub stage: Stage,
    pub source: Source,
    pub item: Option<ItemCode>,
    pub urgency: Urgency,
    pub whereabouts: Whereabouts,
    pub words: Option<Commitment>,
    pub confidential: bool,
    pub identity: Option<Commitment>,
    pub history: Option<History>,
    /// What it says of itself beyond its words, where it was drafted.
    pub brief: Option<Box<Brief>>,
    pub drafter: Option<PersonId>,
    /// A paper's number, taken when it was approved and kept when it is void.
    pub document: Option<DocumentNumber>,
    pub links: BTreeSet<(Link, MatterId)>,
    /// When it was filed; of a draft, when it was drafted, until it is approved.
    pub filed_at: Instant,
    /// The last recorded time; the next entry's is never earlier.
    pub last_at: Instant,
    pub accepted_at: Option<Instant>,
    pub submitted_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    /// Whether the handling node was overdue when it was last met.
    pub closed_late: bool,

    pub object_unit: Option<UnitCode>,
    pub lead: Option<Assignment>,
    pub co: Vec<UnitCode>,
    pub verify_grid: Option<GridCode>,
    pub returns: u32,
    pub suggested_unit: Option<UnitCode>,
    pub extension: Option<ExtensionRequest>,
    pub extensions: u32,
    pub transfer: Option<TransferRequest>,
    pub suspended_until: Option<Date>,
    pub reopened: u32,
    pub level: u32,
    pub settled_on_spot: bool,
    /// Came back from a rating and waits for triage to look.
    pub needs_triage: bool,

    /// Everyone who handled it: none of them may check it.
    pub handlers: BTreeSet<PersonId>,
    /// Everyone who checked it before the last reopening: another must now.
    pub past_checkers: BTreeSet<PersonId>,
    pub checkers: BTreeSet<PersonId>,
    pub reporter_person: Option<PersonId>,

    pub evidence: Vec<Evidence>,
    /// Evidence the handling gave since it was last opened or rejected.
    pub fresh_evidence: Vec<Evidence>,
    pub question: Option<Commitment>,
    pub draft: Option<AnswerText>,
    pub answer: Option<AnswerText>,
    pub rating: Option<Rating>,
    /// How often the reporter has said "not fixed".
    pub not_fixed: u32,
    /// What verification before filing found; `None` while nobody has looked.
    pub verified: Option<bool>,
    pub declined: Option<(DeclineGround, ChannelCode)>,
    pub merged_into: Option<MatterId>,
    pub duplicates: BTreeSet<MatterId>,
    pub before_merge: Option<BeforeMerge>,

    /// The latest report of progress: one text for every view of it.
    pub progress: Option<(Commitment, Instant)>,
    pub plan: Option<Plan>,
    pub alike: Option<Alike>,
    pub grade: Option<Grade>,
    pub slips: Vec<Slip>,
    pub criticism: Criticism,
    /// 会商: when, and the units that met.
    pub meetings: Vec<(Instant, BTreeSet<UnitCode>)>,
    pub passed_over: Vec<PassedOver>,
    pub objection: Option<Objection>,
    /// How often a review was asked for, and when last.
    pub objections: u32,
    pub objected_at: Option<Instant>,
    /// Until when its end is publicised.
    pub publicised_until: Option<Instant>,
    pub issued_to: BTreeSet<Audience>,
    /// Everyone who acted on it; none of them may review it.
    pub took_part: BTreeSet<PersonId>,
    /// Nodes that a report has met at least once.
    pub reported: BTreeSet<NodeCode>,

    pub nodes: BTreeMap<NodeCode, Node>,
}

impl Matter {
    /// The most urgent lamp among open, running nodes; `None` when nothing is
    /// waited for.
    pub fn lamp(&self, now: Instant) -> Option<Lamp> {
        self.running().map(|node| node.due.lamp(now)).max()
    }

    /// The open node that falls due first.
    pub fn next_node(&self) -> Option<&Node> {
        self.running().min_by_key(|node| node.due.due_at)
    }

    /// The node whose date is the promise: of those that the result meets, the
    /// one that runs and falls due first, or the one that was met last.
    pub fn promised(&self, regime: &Regime) -> Option<&Node> {
        let rules = regime.nodes.iter().filter(|rule| rule.is_met_by(Trigger::Submitted));
        let nodes: Vec<&Node> = rules.filter_map(|rule| self.nodes.get(&rule.code)).collect();
        let open = nodes.iter().filter(|node| node.is_open()).min_by_key(|node| node.due.due_at);
        open.or_else(|| nodes.iter().max_by_key(|node| node.due.due_at)).copied()
    }

    /// What the reporter may read. An answer speaks of the result: until the
    /// matter is closed it waits for the check, except where handling was
    /// parked and the reporter is owed the reason.
    pub fn shown_answer(&self) -> Option<&AnswerText> {
        let is_due = self.stage.is_over() || self.suspended_until.is_some();
        self.answer.as_ref().filter(|_| is_due)
    }

    fn running(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values().filter(|node| node.is_open() && !node.is_paused())
    }

    /// The other matters that are this to it.
    pub fn linked(&self, link: Link) -> impl Iterator<Item = MatterId> {
        self.links.iter().filter(move |(as_, _)| *as_ == link).map(|(_, other)| *other)
    }

    /// Whether a slip of this colour was issued about the date this node has now.
    pub fn was_slipped(&self, colour: SlipColour, node: &Node) -> bool {
        self.slips.iter().any(|slip| {
            slip.colour == colour && slip.node == node.code && slip.due_at == node.due.due_at
        })
    }

    /// Whether a leader let limits pass for this unit.
    pub fn is_passed_over(&self, unit: &UnitCode) -> bool {
        self.passed_over.iter().any(|over| over.units.contains(unit))
    }

    /// The lead unit and all co-handlers.
    pub fn units(&self) -> impl Iterator<Item = &UnitCode> {
        self.lead.iter().map(|lead| &lead.unit).chain(&self.co)
    }
}
