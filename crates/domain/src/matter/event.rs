//! What happened. Past participles, appended to the journal, never edited.
//!
//! Events hold codes, dates and commitments, never words, names, photo hashes
//! or exact positions. They carry every date that was computed, so that reading
//! them back needs no calendar and no playbook.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::brief::{Alike, Brief, DocumentNumber};
use super::kind::{
    Audience, DeclineGround, EvidenceKind, Grade, Link, Rating, SlipColour, Source, Stage, Step,
    Urgency,
};
use crate::access::Role;
use crate::calendar::{CountingRule, Limit};
use crate::clock::Due;
use crate::ids::{
    ChannelCode, GridCode, ItemCode, MatterId, MatterNumber, NodeCode, PersonId, PlaceId,
    RegimeCode, UnitCode,
};
use crate::instant::Instant;
use crate::journal::Commitment;

/// Who did it, under which post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub role: Role,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person: Option<PersonId>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<UnitCode>,
    /// The grid a grid worker's or leader's post is for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub grid: Option<GridCode>,
}

impl Actor {
    pub const fn reporter() -> Self {
        Self { role: Role::Reporter, person: None, unit: None, grid: None }
    }

    pub const fn system() -> Self {
        Self { role: Role::System, person: None, unit: None, grid: None }
    }
}

/// A photo or file tied to an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub content: Commitment,
}

/// Where a matter is, in codes. The exact position and address are committed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whereabouts {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub grid: Option<GridCode>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<PlaceId>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub position: Option<Commitment>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub address: Option<Commitment>,
}

/// Dates and state another system gave for a matter, kept as they were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The other system's name for it; unique within `origin`.
    pub origin: String,
    pub origin_id: String,
    pub opened_at: Instant,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due_at: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub closed_at: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub class_as_given: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit_as_given: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub state_as_given: Option<String>,
}

impl History {
    /// Closed after its date. Matters without both dates are not late.
    pub fn is_late(&self) -> bool {
        matches!((self.closed_at, self.due_at), (Some(closed), Some(due)) if closed > due)
    }
}

const fn filed() -> Stage {
    Stage::Filed
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_filed(stage: &Stage) -> bool {
    matches!(stage, Stage::Filed)
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    Filed {
        number: MatterNumber,
        regime: RegimeCode,
        /// The playbook version this matter keeps.
        playbook: String,
        source: Source,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        item: Option<ItemCode>,
        words: Commitment,
        #[serde(flatten)]
        whereabouts: Whereabouts,
        evidence: Vec<Evidence>,
        /// Whether the reporter left a way to be called. The identity itself
        /// is elsewhere, encrypted.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        identity: Option<Commitment>,
        confidential: bool,
        urgency: Urgency,
        /// The moment the sending device claims; shown as claimed.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        claimed_at: Option<Instant>,
        /// Where it stands at once: a draft waits for approval, a task is not
        /// triaged.
        #[serde(skip_serializing_if = "is_filed", default = "filed")]
        stage: Stage,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        brief: Option<Box<Brief>>,
    },
    FilingDecided {
        approved: bool,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        document: Option<DocumentNumber>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        reason: Option<Commitment>,
    },
    /// For these units a budget, an overlap or the duty list does not bind.
    PassedOver {
        units: BTreeSet<UnitCode>,
        reason: Commitment,
    },
    Redrafted {
        words: Commitment,
        urgency: Urgency,
        brief: Box<Brief>,
    },
    Linked {
        link: Link,
        to: MatterId,
    },
    Imported {
        number: MatterNumber,
        regime: RegimeCode,
        playbook: String,
        history: History,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        item: Option<ItemCode>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        words: Option<Commitment>,
        #[serde(flatten)]
        whereabouts: Whereabouts,
    },
    /// This matter is the same as `into` and goes on there.
    Merged {
        into: MatterId,
    },
    /// `from` was found to be the same and goes on here.
    DuplicateAttached {
        from: MatterId,
    },
    Unmerged {
        from: MatterId,
    },
    DuplicateDetached {
        from: MatterId,
    },
    Declined {
        ground: DeclineGround,
        channel: ChannelCode,
        reason: Commitment,
    },
    Accepted {
        item: ItemCode,
        urgency: Urgency,
    },
    VerificationRequested {
        grid: Option<GridCode>,
        note: Option<Commitment>,
    },
    Verified {
        holds: bool,
        note: Option<Commitment>,
        evidence: Vec<Evidence>,
    },
    Dispatched {
        lead: UnitCode,
        co: Vec<UnitCode>,
        /// Decided after a return: this unit may not return it.
        #[serde(rename = "final")]
        final_: bool,
        note: Option<Commitment>,
    },
    DispatchUndone {
        reason: Commitment,
    },
    Signed {
        unit: UnitCode,
        automatic: bool,
        /// The limit at which the unit was taken to have signed, where that was
        /// before it was recorded.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        effective_at: Option<Instant>,
    },
    Returned {
        unit: UnitCode,
        reason: Commitment,
        suggested: Option<UnitCode>,
    },
    TransferRequested {
        reason: Commitment,
        suggested: UnitCode,
    },
    TransferDecided {
        approved: bool,
        reason: Option<Commitment>,
    },
    CoHandlerInvited {
        unit: UnitCode,
        note: Option<Commitment>,
    },
    Acted {
        note: Commitment,
        evidence: Vec<Evidence>,
    },
    Planned {
        plan: Commitment,
        stages: Vec<jiff::civil::Date>,
    },
    Conferred {
        units: BTreeSet<UnitCode>,
        decisions: Commitment,
    },
    ExtensionRequested {
        node: NodeCode,
        by: Limit,
        reason: Commitment,
    },
    ExtensionDecided {
        approved: bool,
        reason: Option<Commitment>,
    },
    Suspended {
        reason: Commitment,
        review_on: jiff::civil::Date,
    },
    Resumed {
        reason: Option<Commitment>,
    },
    Submitted {
        note: Commitment,
        evidence: Vec<Evidence>,
        on_the_spot: bool,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        alike: Option<Alike>,
    },
    Checked {
        holds: bool,
        note: Option<Commitment>,
        evidence: Vec<Evidence>,
    },
    Closed {
        note: Option<Commitment>,
        /// A deadline of the handling had passed when it was met.
        late: bool,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        grade: Option<Grade>,
    },
    Publicised {
        words: Commitment,
        /// Until when anyone may object.
        until: Due,
    },
    Issued {
        #[serde(skip_serializing_if = "Option::is_none", default)]
        words: Option<Commitment>,
        audiences: BTreeSet<Audience>,
    },
    Rated {
        rating: Rating,
        words: Option<Commitment>,
    },
    Reopened {
        reason: Option<Commitment>,
        another_checker: bool,
    },
    Escalated {
        level: u32,
        reason: Option<Commitment>,
    },
    StruckOff {
        note: Option<Commitment>,
    },
    LookedBack {
        holds: bool,
        note: Commitment,
        evidence: Vec<Evidence>,
    },
    Withdrawn {
        reason: Option<Commitment>,
    },
    Asked {
        question: Commitment,
    },
    Supplemented {
        words: Option<Commitment>,
        evidence: Vec<Evidence>,
    },
    AnswerDrafted {
        answer: Commitment,
        photos: Vec<Commitment>,
    },
    AnswerApproved {
        answer: Commitment,
        photos: Vec<Commitment>,
    },
    ClassAmended {
        #[serde(skip_serializing_if = "Option::is_none", default)]
        item: Option<ItemCode>,
        urgency: Urgency,
        reason: Option<Commitment>,
    },
    PlaceAmended {
        #[serde(flatten)]
        whereabouts: Whereabouts,
        reason: Option<Commitment>,
    },
    ObjectUnitSet {
        unit: Option<UnitCode>,
    },
    Instructed {
        words: Commitment,
    },
    Urged {
        words: Commitment,
    },
    SlipIssued {
        colour: SlipColour,
        node: NodeCode,
        due_at: Instant,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        document: Option<DocumentNumber>,
        /// Of its paper, as they were when it was issued.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        fields: Option<Commitment>,
    },
    SlipSigned,
    CriticismProposed {
        #[serde(skip_serializing_if = "Option::is_none", default)]
        reason: Option<Commitment>,
    },
    CriticismDecided {
        approved: bool,
        reason: Option<Commitment>,
    },
    Objected {
        reason: Commitment,
    },
    Reviewed {
        upheld: bool,
        reason: Commitment,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        grade: Option<Grade>,
    },
    IdentityRead {
        reason: Commitment,
    },
    /// A unit was merged into another, which takes over its part in this matter.
    UnitReplaced {
        from: UnitCode,
        into: UnitCode,
    },
    /// Content behind a commitment was lawfully erased. The ground is one of
    /// [`super::ErasureGround`].
    Erased {
        content: Commitment,
        ground: String,
    },

    // What the clock did, each naming its rule.
    ClockStarted {
        node: NodeCode,
        counting: CountingRule,
        rule: String,
        from: Instant,
        due: Due,
    },
    ClockPaused {
        node: NodeCode,
        rule: String,
        reason: Option<Commitment>,
    },
    ClockResumed {
        node: NodeCode,
        rule: String,
        due: Due,
    },
    ClockExtended {
        node: NodeCode,
        by: Limit,
        rule: String,
        reason: Option<Commitment>,
        due: Due,
    },
    /// What had ended the node was rejected or undone: the clock had never
    /// stopped.
    ClockContinued {
        node: NodeCode,
    },
    ClockRestarted {
        node: NodeCode,
        counting: CountingRule,
        rule: String,
        from: Instant,
        due: Due,
    },
    ClockTightened {
        node: NodeCode,
        counting: CountingRule,
        rule: String,
        due: Due,
    },
    ClockRecalculated {
        node: NodeCode,
        notice: String,
        due: Due,
    },
    ClockMet {
        node: NodeCode,
        /// As in [`Event::Signed`].
        #[serde(skip_serializing_if = "Option::is_none", default)]
        effective_at: Option<Instant>,
    },
    ClockDropped {
        node: NodeCode,
    },
    /// Someone was reminded that a node falls due.
    Reminded {
        node: NodeCode,
    },
}

impl Event {
    /// The step this event is the outcome of; `None` for what the clock and the
    /// system do of themselves.
    pub const fn step(&self) -> Option<Step> {
        Some(match self {
            Self::Filed { .. } => Step::File,
            Self::Imported { .. } => Step::Import,
            Self::FilingDecided { .. } => Step::ApproveFiling,
            Self::PassedOver { .. } => Step::PassOver,
            Self::Redrafted { .. } => Step::Redraft,
            Self::Linked { .. } => Step::Link,
            Self::Merged { .. } | Self::DuplicateAttached { .. } => Step::Merge,
            Self::Unmerged { .. } | Self::DuplicateDetached { .. } => Step::Unmerge,
            Self::Declined { .. } => Step::Decline,
            Self::Accepted { .. } => Step::Accept,
            Self::VerificationRequested { .. } => Step::RequestVerification,
            Self::Verified { .. } => Step::Verify,
            Self::Dispatched { final_: true, .. } => Step::Adjudicate,
            Self::Dispatched { .. } => Step::Dispatch,
            Self::DispatchUndone { .. } => Step::UndoDispatch,
            Self::Signed { .. } => Step::Sign,
            Self::Returned { .. } => Step::Return,
            Self::TransferRequested { .. } => Step::RequestTransfer,
            Self::TransferDecided { .. } => Step::Transfer,
            Self::CoHandlerInvited { .. } => Step::CoHandle,
            Self::Acted { .. } => Step::Act,
            Self::Planned { .. } => Step::Plan,
            Self::Conferred { .. } => Step::Confer,
            Self::ExtensionRequested { .. } => Step::RequestExtension,
            Self::ExtensionDecided { .. } => Step::Extend,
            Self::Suspended { .. } => Step::Suspend,
            Self::Resumed { .. } => Step::Resume,
            Self::Submitted { on_the_spot: true, .. } => Step::SettleOnSpot,
            Self::Submitted { .. } => Step::Submit,
            Self::Checked { .. } => Step::Check,
            Self::Closed { .. } => Step::Close,
            Self::Publicised { .. } => Step::Publicise,
            Self::Issued { .. } => Step::Issue,
            Self::Rated { .. } => Step::Rate,
            Self::Reopened { .. } => Step::Reopen,
            Self::Escalated { .. } => Step::Escalate,
            Self::StruckOff { .. } => Step::StrikeOff,
            Self::LookedBack { .. } => Step::LookBack,
            Self::Withdrawn { .. } => Step::Withdraw,
            Self::Asked { .. } => Step::Ask,
            Self::Supplemented { .. } => Step::Supplement,
            Self::AnswerDrafted { .. } => Step::Answer,
            Self::AnswerApproved { .. } => Step::ApproveAnswer,
            Self::ClassAmended { .. } => Step::AmendClass,
            Self::PlaceAmended { .. } => Step::AmendPlace,
            Self::ObjectUnitSet { .. } => Step::SetObjectUnit,
            Self::Instructed { .. } => Step::Instruct,
            Self::Urged { .. } => Step::Urge,
            Self::SlipIssued { .. } => Step::Slip,
            Self::SlipSigned => Step::SignSlip,
            Self::CriticismProposed { .. } => Step::ProposeCriticism,
            Self::CriticismDecided { .. } => Step::Criticise,
            Self::Objected { .. } => Step::Object,
            Self::Reviewed { .. } => Step::Review,
            Self::IdentityRead { .. } => Step::ReadIdentity,
            Self::Erased { .. } => Step::Erase,
            Self::UnitReplaced { .. }
            | Self::ClockStarted { .. }
            | Self::ClockPaused { .. }
            | Self::ClockResumed { .. }
            | Self::ClockExtended { .. }
            | Self::ClockContinued { .. }
            | Self::ClockRestarted { .. }
            | Self::ClockTightened { .. }
            | Self::ClockRecalculated { .. }
            | Self::ClockMet { .. }
            | Self::ClockDropped { .. }
            | Self::Reminded { .. } => return None,
        })
    }
}
