//! A business "no": a stable code, the facts of this case, and (in the message
//! files, under `refusal.<code>`) a sentence that says what to do next.

use std::collections::BTreeMap;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// Why something was refused. Codes never change once released.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason { $($(#[$doc])* $name,)* }

        impl Reason {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

reasons! {
    /// Facts: `step`, `stage`, `legal` (comma-separated codes of legal steps).
    NotNow = "not-now",
    /// The regime does not have this step. Facts: `step`, `regime`.
    NotInRegime = "not-in-regime",
    /// The post held may not take this step. Facts: `step`, `role`.
    NotYourRole = "not-your-role",
    /// Another unit's, grid's or person's matter.
    NotYours = "not-yours",
    AlreadyExists = "already-exists",
    NoSuchMatter = "no-such-matter",
    /// Facts: `item`.
    UnknownItem = "unknown-item",
    /// Facts: `unit`.
    UnknownUnit = "unknown-unit",
    UnknownRegime = "unknown-regime",
    UnknownChannel = "unknown-channel",
    /// The channel is for matters declined on another ground. Facts: `channel`.
    ChannelForOtherGround = "channel-for-other-ground",
    /// Facts: `node`.
    UnknownNode = "unknown-node",
    ReasonNeeded = "reason-needed",
    WordsNeeded = "words-needed",
    /// A field of the form was left empty or is not one of its choices. Facts:
    /// `field`.
    FieldNeeded = "field-needed",
    /// Facts: `limit`, `given` (characters).
    WordsTooLong = "words-too-long",
    /// A paper's body is longer than its kind may be. Facts: `limit`, `given`
    /// (characters).
    PaperTooLong = "paper-too-long",
    /// Facts: `missing` (what), `item`.
    EvidenceNeeded = "evidence-needed",
    ItemNeeded = "item-needed",
    /// The source says it must be verified before it is accepted.
    VerifyFirst = "verify-first",
    /// The node is not open. Facts: `node`.
    NodeNotOpen = "node-not-open",
    /// Facts: `node`.
    NotExtendable = "not-extendable",
    TransferPending = "transfer-pending",
    /// The unit that leads cannot also be invited or named again. Facts: `unit`.
    SameUnit = "same-unit",
    AlreadyReturnedOnce = "already-returned-once",
    Adjudicated = "adjudicated",
    ReturnAfterSigning = "return-after-signing",
    /// Facts: `node`, `due`.
    ExtensionAfterDue = "extension-after-due",
    /// Facts: `limit`.
    ExtensionsUsedUp = "extensions-used-up",
    /// Facts: `percent`.
    ExtensionTooLong = "extension-too-long",
    ExtensionPending = "extension-pending",
    NothingRequested = "nothing-requested",
    /// The handler may not also check.
    HandlerMayNotCheck = "handler-may-not-check",
    /// After "not fixed", someone else must check.
    AnotherCheckerNeeded = "another-checker-needed",
    /// The one who asked may not also approve.
    OwnRequest = "own-request",
    /// The unit a report is about may not be given it. Facts: `unit`.
    ObjectUnit = "object-unit",
    AlreadySuspended = "already-suspended",
    NotSuspended = "not-suspended",
    Suspended = "suspended",
    ReviewDateInPast = "review-date-in-past",
    /// Facts: `latest`.
    SuspensionTooLong = "suspension-too-long",
    /// It would move nothing.
    ExtensionEmpty = "extension-empty",
    /// On the last day, after the hour. Facts: `until`.
    ExtensionCutOff = "extension-cut-off",
    /// Matters of this kind have a date. Facts: `kind`.
    DueNeeded = "due-needed",
    /// Facts: `due`.
    DueInPast = "due-in-past",
    /// Facts: `from`, `due`.
    EndsBeforeItBegins = "ends-before-it-begins",
    /// Facts: `kind`, `kinds` (comma-separated codes).
    KindNotInRegime = "kind-not-in-regime",
    /// The text bears a classification marking. Facts: `marking`.
    Classified = "classified",
    LinkToItself = "link-to-itself",
    AlreadyLinked = "already-linked",
    AlreadyPartOfAnother = "already-part-of-another",
    /// It would be a part of its own part. Facts: `number`.
    CircularParts = "circular-parts",
    /// What it would become a part of is over. Facts: `number`.
    WholeIsOver = "whole-is-over",
    /// Facts: `parts`.
    PartsOpen = "parts-open",
    /// Facts: `node`.
    ReportNeeded = "report-needed",
    PlanNeedsDates = "plan-needs-dates",
    PlanOutOfOrder = "plan-out-of-order",
    /// Clocks run to the dates of a plan given before.
    PlannedBefore = "planned-before",
    /// What must hold for a time has not held so long. Facts: `node`, `until`.
    PeriodNotOver = "period-not-over",
    GradeNeeded = "grade-needed",
    CheckNoteNeeded = "check-note-needed",
    AlikeNeeded = "alike-needed",
    /// Facts: `node`.
    NotOverdue = "not-overdue",
    /// Facts: `colour`.
    SlippedBefore = "slipped-before",
    /// Another colour is next. Facts: `next`, none where the ladder is at its end.
    SlipOutOfTurn = "slip-out-of-turn",
    NothingToSign = "nothing-to-sign",
    CriticismPending = "criticism-pending",
    NothingToObjectTo = "nothing-to-object-to",
    ObjectionPending = "objection-pending",
    ObjectedBefore = "objected-before",
    /// Facts: `days`.
    ObjectionTooLate = "objection-too-late",
    /// Whoever took part may not review.
    TookPart = "took-part",
    AlreadyPublicised = "already-publicised",
    PublicityNeeded = "publicity-needed",
    /// Facts: `until`.
    PublicityNotOver = "publicity-not-over",
    AudienceNeeded = "audience-needed",
    /// The unit is inspected in these days already. Facts: `unit`, `number`,
    /// `days`; `role`, whose decision it is to pass it over.
    InspectionOverlap = "inspection-overlap",
    /// The year's budget is used up. Facts: `unit`, `burden`, `used`, `budget`;
    /// `role` as above.
    BudgetUsedUp = "budget-used-up",
    /// It is demanded of a village and not in the list of villages' duties.
    /// Facts: `unit`; `role` as above.
    OutsideDuties = "outside-duties",
    MergeIntoItself = "merge-into-itself",
    /// Facts: `stage`.
    MergeTargetOver = "merge-target-over",
    MergeTargetMerged = "merge-target-merged",
    AlreadyCoHandling = "already-co-handling",
    /// The rating window has passed. Facts: `days`.
    RatingClosed = "rating-closed",
    AlreadyRated = "already-rated",
    NoAnswerDrafted = "no-answer-drafted",
    /// A photo to be published was never given to this matter.
    PhotoNotGiven = "photo-not-given",
    /// The draft changed since it was read.
    AnswerChanged = "answer-changed",
    /// The regime wants an approved answer before closing.
    AnswerNeeded = "answer-needed",
    /// The unit cannot read a confidential report's words and must be told what
    /// to do.
    SummaryNeeded = "summary-needed",
    /// What is to be erased is not this matter's, or was erased before.
    NothingToErase = "nothing-to-erase",
    NoIdentity = "no-identity",
    OnSpotNotAllowed = "on-spot-not-allowed",
    PlaceOutsideCounty = "place-outside-county",
    UnknownGrid = "unknown-grid",
    /// Someone acted in between. Facts: `seen`, `now`.
    ChangedMeanwhile = "changed-meanwhile",
    /// The same command id was used with other content or by another person.
    CommandIdReused = "command-id-reused",
    /// Facts: `fault`, the code of what is wrong with the file.
    FileRefused = "file-refused",
    /// Facts: `least` (characters).
    PasswordTooShort = "password-too-short",
    /// Facts: `login`.
    LoginTaken = "login-taken",
    /// More open work than one act can hand over. Facts: `limit`.
    TooMuchOpenWork = "too-much-open-work",
    PlaybookHasErrors = "playbook-has-errors",
    /// Facts: `county`.
    PlaybookOfAnother = "playbook-of-another",
    /// Facts: `version`.
    VersionExists = "version-exists",
    NoEarlierVersion = "no-earlier-version",
    /// Facts: `unit`.
    UnitCodeTaken = "unit-code-taken",
    /// A unit would stand above itself. Facts: `unit`.
    UnitAboveItself = "unit-above-itself",
    /// Another post the person holds does not go with this one. Facts: `role`,
    /// the post held.
    PostInTheWay = "post-in-the-way",
    /// The person holds this very post. Facts: `role`.
    PostHeld = "post-held",
    /// Nobody else holds this administrator's post. Facts: `role`.
    LastOfPost = "last-of-post",
    /// The successor can take over none of the posts.
    CannotTakeOver = "cannot-take-over",
    /// Nothing is proposed, or something else since the page was made.
    ProposalGone = "proposal-gone",
    /// Facts: `fault`.
    CalendarUnreadable = "calendar-unreadable",
}

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub reason: Reason,
    pub facts: BTreeMap<&'static str, String>,
}

impl Reason {
    /// Whether a leader may let it pass for a reason.
    pub const fn may_be_passed_over(self) -> bool {
        matches!(self, Self::InspectionOverlap | Self::BudgetUsedUp | Self::OutsideDuties)
    }
}

impl Refusal {
    pub const fn new(reason: Reason) -> Self {
        Self { reason, facts: BTreeMap::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.facts.insert(name, value.to_string());
        self
    }
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self::new(reason)
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.reason.code())?;
        for (name, value) in &self.facts {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
