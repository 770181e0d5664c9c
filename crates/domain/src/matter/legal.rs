//! Which steps a stage allows, before anything particular to the matter.

use super::kind::{Stage, Step};

/// Steps that may be taken whatever the stage, except on what was imported:
/// nothing that happened elsewhere may come to look as if it was acted here.
const ALWAYS: &[Step] = &[
    Step::Link,
    Step::AmendClass,
    Step::AmendPlace,
    Step::Instruct,
    Step::ReadIdentity,
    Step::Supplement,
];

/// Steps that may be taken while the matter is not over.
const WHILE_OPEN: &[Step] = &[
    Step::Ask,
    Step::Urge,
    Step::SetObjectUnit,
    Step::Answer,
    Step::ApproveAnswer,
    Step::Withdraw,
];

/// Steps about what a unit did or failed to do, once it has been given the
/// matter and for as long as the record of it stands.
const ONCE_GIVEN: &[Step] =
    &[Step::SignSlip, Step::ProposeCriticism, Step::Criticise, Step::Object, Step::Review];

const fn was_given(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::Dispatched
            | Stage::Returned
            | Stage::Handling
            | Stage::Checking
            | Stage::Checked
            | Stage::Closed
            | Stage::StruckOff
    )
}

const fn of_stage(stage: Stage) -> &'static [Step] {
    match stage {
        Stage::Drafted => &[Step::ApproveFiling, Step::PassOver, Step::Redraft],
        Stage::Filed => &[
            Step::Merge,
            Step::Decline,
            Step::Accept,
            Step::RequestVerification,
            Step::SettleOnSpot,
        ],
        Stage::Verifying => &[Step::Verify, Step::Merge, Step::Decline],
        Stage::Accepted => &[
            Step::PassOver,
            Step::Dispatch,
            Step::Merge,
            Step::Decline,
            Step::SettleOnSpot,
            Step::Escalate,
            Step::Issue,
        ],
        Stage::Dispatched => &[
            Step::PassOver,
            Step::Sign,
            Step::Return,
            Step::UndoDispatch,
            Step::CoHandle,
            Step::Slip,
        ],
        Stage::Returned => &[Step::PassOver, Step::Adjudicate, Step::Escalate],
        Stage::Handling => &[
            Step::PassOver,
            Step::Act,
            Step::Plan,
            Step::Confer,
            Step::Slip,
            Step::Submit,
            Step::RequestTransfer,
            Step::Transfer,
            Step::CoHandle,
            Step::RequestExtension,
            Step::Extend,
            Step::Suspend,
            Step::Resume,
            Step::Escalate,
        ],
        Stage::Checking => &[Step::Check, Step::Rate],
        Stage::Checked => &[Step::Close],
        Stage::Closed => &[
            Step::Rate,
            Step::Reopen,
            Step::Publicise,
            Step::StrikeOff,
            Step::LookBack,
            Step::Escalate,
        ],
        // Striking off does not cut short the reporter's seven days.
        Stage::StruckOff => &[Step::Rate, Step::LookBack, Step::Reopen],
        Stage::Declined => &[Step::Reopen],
        Stage::Merged => &[Step::Unmerge],
        Stage::Withdrawn | Stage::Imported => &[],
    }
}

/// Every step `stage` allows, in the order of [`Step::ALL`].
pub fn legal_steps(stage: Stage) -> Vec<Step> {
    Step::ALL.iter().copied().filter(|&step| is_legal(stage, step)).collect()
}

pub fn is_legal(stage: Stage, step: Step) -> bool {
    // Personal information is erasable wherever it came from.
    if step == Step::Erase {
        return true;
    }
    if stage == Stage::Imported {
        return false;
    }
    of_stage(stage).contains(&step)
        || ALWAYS.contains(&step)
        || was_given(stage) && ONCE_GIVEN.contains(&step)
        || !stage.is_over() && WHILE_OPEN.contains(&step)
}
