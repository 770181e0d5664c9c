//! What someone asks to be done. Words arrive already committed: the store
//! keeps their content, the rules only need to know they are there.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::brief::{Alike, Brief, DocumentNumber};
use super::event::{Evidence, History, Whereabouts};
use super::kind::{
    Audience, DeclineGround, ErasureGround, Grade, Link, Rating, SlipColour, Source, Step, Urgency,
};
use crate::calendar::Limit;
use crate::ids::{
    ChannelCode, GridCode, ItemCode, MatterId, MatterNumber, NodeCode, RegimeCode, UnitCode,
};
use crate::instant::Instant;
use crate::journal::Commitment;

/// What a report holds when it is filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub number: MatterNumber,
    pub regime: RegimeCode,
    pub source: Source,
    pub item: Option<ItemCode>,
    pub words: Commitment,
    pub whereabouts: Whereabouts,
    pub evidence: Vec<Evidence>,
    pub identity: Option<Commitment>,
    pub confidential: bool,
    pub urgency: Urgency,
    pub claimed_at: Option<Instant>,
    /// Of what is drafted rather than reported.
    pub brief: Option<Box<Brief>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    File(Report),
    Import {
        number: MatterNumber,
        regime: RegimeCode,
        history: History,
        item: Option<ItemCode>,
        words: Option<Commitment>,
        whereabouts: Whereabouts,
    },
    /// A paper takes its number when it is approved.
    ApproveFiling {
        approve: bool,
        document: Option<DocumentNumber>,
        reason: Option<Commitment>,
    },
    PassOver {
        units: BTreeSet<UnitCode>,
        reason: Commitment,
    },
    Redraft {
        words: Commitment,
        urgency: Urgency,
        brief: Box<Brief>,
    },
    Link {
        link: Link,
        to: MatterId,
    },
    /// The other half of a link, taken on the matter linked to.
    AttachLink {
        link: Link,
        to: MatterId,
    },
    Merge {
        into: MatterId,
    },
    /// The other half of `Merge`, taken on the matter that goes on.
    AttachDuplicate {
        from: MatterId,
    },
    Unmerge,
    DetachDuplicate {
        from: MatterId,
    },
    Decline {
        ground: DeclineGround,
        channel: ChannelCode,
        reason: Commitment,
    },
    Accept {
        item: ItemCode,
        urgency: Urgency,
    },
    RequestVerification {
        grid: Option<GridCode>,
        note: Option<Commitment>,
    },
    Verify {
        holds: bool,
        note: Option<Commitment>,
        evidence: Vec<Evidence>,
    },
    Dispatch {
        lead: UnitCode,
        co: Vec<UnitCode>,
        note: Option<Commitment>,
    },
    UndoDispatch {
        reason: Commitment,
    },
    Sign,
    Return {
        reason: Commitment,
        suggested: Option<UnitCode>,
    },
    /// Decides a return: the unit named now may not return it again.
    Adjudicate {
        lead: UnitCode,
        note: Option<Commitment>,
    },
    RequestTransfer {
        reason: Commitment,
        suggested: UnitCode,
    },
    Transfer {
        approve: bool,
        to: Option<UnitCode>,
        reason: Option<Commitment>,
    },
    CoHandle {
        unit: UnitCode,
        note: Option<Commitment>,
    },
    Act {
        note: Commitment,
        evidence: Vec<Evidence>,
    },
    Plan {
        plan: Commitment,
        /// In order; the last is the end.
        stages: Vec<Date>,
    },
    /// 会商 with units, and what was decided.
    Confer {
        units: BTreeSet<UnitCode>,
        decisions: Commitment,
    },
    RequestExtension {
        node: NodeCode,
        by: Limit,
        reason: Commitment,
    },
    Extend {
        approve: bool,
        reason: Option<Commitment>,
    },
    Suspend {
        reason: Commitment,
        review_on: Date,
    },
    Resume {
        reason: Option<Commitment>,
    },
    Submit {
        note: Commitment,
        evidence: Vec<Evidence>,
        alike: Option<Alike>,
    },
    SettleOnSpot {
        note: Commitment,
        evidence: Vec<Evidence>,
    },
    Check {
        holds: bool,
        note: Option<Commitment>,
        evidence: Vec<Evidence>,
    },
    Close {
        note: Option<Commitment>,
        grade: Option<Grade>,
    },
    Publicise {
        words: Commitment,
    },
    Issue {
        /// A conclusion, where it is not a paper that is issued.
        words: Option<Commitment>,
        audiences: BTreeSet<Audience>,
    },
    Rate {
        rating: Rating,
        words: Option<Commitment>,
    },
    Reopen {
        reason: Commitment,
    },
    Escalate {
        reason: Commitment,
    },
    StrikeOff {
        note: Option<Commitment>,
    },
    LookBack {
        holds: bool,
        note: Commitment,
        evidence: Vec<Evidence>,
    },
    Withdraw {
        reason: Option<Commitment>,
    },
    Ask {
        question: Commitment,
    },
    Supplement {
        words: Option<Commitment>,
        evidence: Vec<Evidence>,
    },
    Answer {
        answer: Commitment,
        photos: Vec<Commitment>,
    },
    /// Approves the drafted answer exactly as the approver saw it.
    ApproveAnswer {
        answer: Commitment,
    },
    AmendClass {
        /// None where the regime has no catalogue.
        item: Option<ItemCode>,
        urgency: Urgency,
        reason: Option<Commitment>,
    },
    AmendPlace {
        whereabouts: Whereabouts,
        reason: Option<Commitment>,
    },
    SetObjectUnit {
        unit: Option<UnitCode>,
    },
    Instruct {
        words: Commitment,
    },
    Urge {
        words: Commitment,
    },
    /// It takes its number, and its paper's fields are frozen, when it is issued.
    Slip {
        colour: SlipColour,
        node: NodeCode,
        document: Option<DocumentNumber>,
        fields: Option<Commitment>,
    },
    SignSlip,
    ProposeCriticism {
        reason: Commitment,
    },
    Criticise {
        approve: bool,
        reason: Option<Commitment>,
    },
    Object {
        reason: Commitment,
    },
    /// Upheld: criticism is taken back and the grade may be another.
    Review {
        upheld: bool,
        reason: Commitment,
        grade: Option<Grade>,
    },
    ReadIdentity {
        reason: Commitment,
    },
    /// Content goes, the entries that commit to it stay.
    Erase {
        content: Commitment,
        ground: ErasureGround,
    },
}

impl Command {
    pub const fn step(&self) -> Step {
        match self {
            Self::File(_) => Step::File,
            Self::Import { .. } => Step::Import,
            Self::ApproveFiling { .. } => Step::ApproveFiling,
            Self::PassOver { .. } => Step::PassOver,
            Self::Redraft { .. } => Step::Redraft,
            Self::Link { .. } | Self::AttachLink { .. } => Step::Link,
            Self::Merge { .. } | Self::AttachDuplicate { .. } => Step::Merge,
            Self::Unmerge | Self::DetachDuplicate { .. } => Step::Unmerge,
            Self::Decline { .. } => Step::Decline,
            Self::Accept { .. } => Step::Accept,
            Self::RequestVerification { .. } => Step::RequestVerification,
            Self::Verify { .. } => Step::Verify,
            Self::Dispatch { .. } => Step::Dispatch,
            Self::UndoDispatch { .. } => Step::UndoDispatch,
            Self::Sign => Step::Sign,
            Self::Return { .. } => Step::Return,
            Self::Adjudicate { .. } => Step::Adjudicate,
            Self::RequestTransfer { .. } => Step::RequestTransfer,
            Self::Transfer { .. } => Step::Transfer,
            Self::CoHandle { .. } => Step::CoHandle,
            Self::Act { .. } => Step::Act,
            Self::Plan { .. } => Step::Plan,
            Self::Confer { .. } => Step::Confer,
            Self::RequestExtension { .. } => Step::RequestExtension,
            Self::Extend { .. } => Step::Extend,
            Self::Suspend { .. } => Step::Suspend,
            Self::Resume { .. } => Step::Resume,
            Self::Submit { .. } => Step::Submit,
            Self::SettleOnSpot { .. } => Step::SettleOnSpot,
            Self::Check { .. } => Step::Check,
            Self::Close { .. } => Step::Close,
            Self::Publicise { .. } => Step::Publicise,
            Self::Issue { .. } => Step::Issue,
            Self::Rate { .. } => Step::Rate,
            Self::Reopen { .. } => Step::Reopen,
            Self::Escalate { .. } => Step::Escalate,
            Self::StrikeOff { .. } => Step::StrikeOff,
            Self::LookBack { .. } => Step::LookBack,
            Self::Withdraw { .. } => Step::Withdraw,
            Self::Ask { .. } => Step::Ask,
            Self::Supplement { .. } => Step::Supplement,
            Self::Answer { .. } => Step::Answer,
            Self::ApproveAnswer { .. } => Step::ApproveAnswer,
            Self::AmendClass { .. } => Step::AmendClass,
            Self::AmendPlace { .. } => Step::AmendPlace,
            Self::SetObjectUnit { .. } => Step::SetObjectUnit,
            Self::Instruct { .. } => Step::Instruct,
            Self::Urge { .. } => Step::Urge,
            Self::Slip { .. } => Step::Slip,
            Self::SignSlip => Step::SignSlip,
            Self::ProposeCriticism { .. } => Step::ProposeCriticism,
            Self::Criticise { .. } => Step::Criticise,
            Self::Object { .. } => Step::Object,
            Self::Review { .. } => Step::Review,
            Self::ReadIdentity { .. } => Step::ReadIdentity,
            Self::Erase { .. } => Step::Erase,
        }
    }
}
