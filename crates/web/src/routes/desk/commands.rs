//! From the fields of a step's form to the command they ask for.

mod supervision;

use bihuan_app::Composer;
use bihuan_app::error::Result;
use bihuan_domain::calendar::Limit;
use bihuan_domain::ids::{ChannelCode, GridCode, ItemCode, MatterId, NodeCode, PlaceId, UnitCode};
use bihuan_domain::journal::Commitment;
use bihuan_domain::matter::{
    Command, ContentTag, Evidence, EvidenceKind, Matter, Rating, Step, Urgency, Whereabouts,
};
use bihuan_domain::playbook::model::Playbook;
use bihuan_domain::refusal::{Reason, Refusal};

/// What a form held: fields in the order they came, files already attached.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent {
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) evidence: Vec<Evidence>,
}

impl Sent {
    pub(crate) fn one(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }

    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields
            .iter()
            .filter(move |(field, value)| field == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim())
    }

    fn some(&self, name: &str) -> Option<&str> {
        Some(self.one(name)).filter(|value| !value.is_empty())
    }

    pub(crate) fn unit(&self, name: &str) -> Result<UnitCode> {
        let unit = self.some(name).ok_or_else(|| missing("unit"))?;
        Ok(UnitCode::new(unit))
    }

    fn yes(&self, name: &str) -> Result<bool> {
        match self.one(name) {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(missing(name).into()),
        }
    }
}

fn missing(field: &str) -> Refusal {
    Refusal::new(Reason::FieldNeeded).with("field", field)
}

/// Around a form: the matter it is about and the rules it is under.
pub(crate) struct Asked<'a> {
    pub(crate) matter: &'a Matter,
    pub(crate) playbook: &'a Playbook,
    /// The matter named in `into`, already looked up among those the person
    /// may see.
    pub(crate) into: Option<MatterId>,
}

/// What a form asks for, in the order it is taken: the step itself and, where
/// the form offers it, the answer to the reporter.
pub(crate) fn commands(
    step: Step,
    sent: &Sent,
    asked: &Asked<'_>,
    composer: &mut Composer,
) -> Result<Vec<Command>> {
    let answer = match step {
        Step::Submit | Step::SettleOnSpot | Step::Close => {
            composer.optional(ContentTag::Answer, sent.one("answer"))?
        }
        _ => None,
    };
    let taken = command(step, sent, asked, composer)?;
    if let Some(sending) = supervision::sending(&taken, asked) {
        return Ok(vec![taken, sending]);
    }
    let Some(answer) = answer else { return Ok(vec![taken]) };
    if step == Step::Close {
        return Ok(vec![Command::Answer { answer, photos: Vec::new() }, taken]);
    }
    let shown = sent
        .evidence
        .iter()
        .filter(|given| sent.one("show_photos") == "on" && given.kind != EvidenceKind::Document);
    let photos = shown.map(|given| given.content).collect();
    Ok(vec![taken, Command::Answer { answer, photos }])
}

/// The command a form asks for. Texts are committed in `composer`.
pub(crate) fn command(
    step: Step,
    sent: &Sent,
    asked: &Asked<'_>,
    composer: &mut Composer,
) -> Result<Command> {
    if let Some(command) = supervision::command(step, sent, asked, composer)? {
        return Ok(command);
    }
    let evidence = sent.evidence.clone();
    let mut note = |name: &str, tag: ContentTag| composer.optional(tag, sent.one(name));
    let optional_note = note("note", ContentTag::Note)?;
    let optional_reason = note("reason", ContentTag::Note)?;
    let needed = |found: Option<Commitment>| found.ok_or(Reason::ReasonNeeded);
    Ok(match step {
        Step::File | Step::Import | Step::Erase => return Err(Reason::NotInRegime.into()),
        Step::Merge => Command::Merge { into: asked.into.ok_or(Reason::NoSuchMatter)? },
        Step::Unmerge => Command::Unmerge,
        Step::Decline => {
            let code = ChannelCode::new(sent.one("channel"));
            let channel = asked.playbook.channels.get(&code).ok_or_else(|| missing("channel"))?;
            let reason = needed(optional_reason)?;
            Command::Decline { ground: channel.ground, channel: code, reason }
        }
        Step::Accept => Command::Accept { item: item(sent)?, urgency: urgency(sent) },
        Step::RequestVerification => Command::RequestVerification {
            grid: sent.some("grid").map(GridCode::new),
            note: optional_note,
        },
        Step::Verify => {
            Command::Verify { holds: sent.yes("holds")?, note: optional_note, evidence }
        }
        Step::Dispatch => Command::Dispatch {
            lead: sent.unit("lead")?,
            co: sent.all("co").map(UnitCode::new).collect(),
            note: optional_note,
        },
        Step::UndoDispatch => Command::UndoDispatch { reason: needed(optional_reason)? },
        Step::Sign => Command::Sign,
        Step::Return => Command::Return {
            reason: needed(optional_reason)?,
            suggested: sent.some("suggested").map(UnitCode::new),
        },
        Step::Adjudicate => Command::Adjudicate { lead: sent.unit("lead")?, note: optional_note },
        Step::RequestTransfer => Command::RequestTransfer {
            reason: needed(optional_reason)?,
            suggested: sent.unit("suggested")?,
        },
        Step::Transfer => Command::Transfer {
            approve: sent.yes("approve")?,
            to: sent.some("to").map(UnitCode::new),
            reason: optional_reason,
        },
        Step::CoHandle => Command::CoHandle { unit: sent.unit("unit")?, note: optional_note },
        Step::Act => Command::Act { note: needed(optional_note)?, evidence },
        Step::RequestExtension => Command::RequestExtension {
            node: NodeCode::new(sent.some("node").ok_or_else(|| missing("node"))?),
            by: amount(sent)?,
            reason: needed(optional_reason)?,
        },
        Step::Extend => Command::Extend { approve: sent.yes("approve")?, reason: optional_reason },
        Step::Suspend => Command::Suspend {
            reason: needed(optional_reason)?,
            review_on: sent.one("review_on").parse().map_err(|_| missing("review_on"))?,
        },
        Step::Resume => Command::Resume { reason: optional_reason },
        Step::Submit => Command::Submit {
            note: needed(optional_note)?,
            evidence,
            alike: supervision::alike(sent)?,
        },
        Step::SettleOnSpot => Command::SettleOnSpot { note: needed(optional_note)?, evidence },
        Step::Check => Command::Check { holds: sent.yes("holds")?, note: optional_note, evidence },
        Step::Close => Command::Close { note: optional_note, grade: supervision::grade(sent) },
        Step::Rate => Command::Rate {
            rating: Rating::from_code(sent.one("rating")).ok_or_else(|| missing("rating"))?,
            words: composer.optional(ContentTag::Words, sent.one("words"))?,
        },
        Step::Reopen => Command::Reopen { reason: needed(optional_reason)? },
        Step::Escalate => Command::Escalate { reason: needed(optional_reason)? },
        Step::StrikeOff => Command::StrikeOff { note: optional_note },
        Step::LookBack => {
            Command::LookBack { holds: sent.yes("holds")?, note: needed(optional_note)?, evidence }
        }
        Step::Withdraw => Command::Withdraw { reason: optional_reason },
        Step::Ask => {
            Command::Ask { question: composer.words(ContentTag::Answer, sent.one("question"))? }
        }
        Step::Supplement => Command::Supplement {
            words: composer.optional(ContentTag::Words, sent.one("words"))?,
            evidence,
        },
        Step::Answer => Command::Answer {
            answer: composer.words(ContentTag::Answer, sent.one("answer"))?,
            photos: sent.all("photos").filter_map(|photo| photo.parse().ok()).collect(),
        },
        Step::ApproveAnswer => {
            let draft = asked.matter.draft.as_ref().ok_or(Reason::NoAnswerDrafted)?;
            let seen = sent.some("draft").and_then(|seen| seen.parse().ok());
            Command::ApproveAnswer { answer: seen.unwrap_or(draft.answer) }
        }
        Step::AmendClass => Command::AmendClass {
            item: sent.some("item").map(ItemCode::new),
            urgency: urgency(sent),
            reason: optional_reason,
        },
        Step::AmendPlace => Command::AmendPlace {
            whereabouts: Whereabouts {
                grid: sent
                    .some("grid")
                    .map(GridCode::new)
                    .or_else(|| asked.matter.whereabouts.grid.clone()),
                place: sent
                    .some("place")
                    .map(PlaceId::new)
                    .or_else(|| asked.matter.whereabouts.place.clone()),
                position: asked.matter.whereabouts.position,
                address: composer
                    .optional(ContentTag::Address, sent.one("address"))?
                    .or(asked.matter.whereabouts.address),
            },
            reason: optional_reason,
        },
        Step::SetObjectUnit => {
            Command::SetObjectUnit { unit: sent.some("unit").map(UnitCode::new) }
        }
        Step::Instruct => {
            Command::Instruct { words: composer.words(ContentTag::Note, sent.one("words"))? }
        }
        Step::Urge => Command::Urge { words: composer.words(ContentTag::Note, sent.one("words"))? },
        Step::ReadIdentity => Command::ReadIdentity { reason: needed(optional_reason)? },
        Step::ApproveFiling
        | Step::Redraft
        | Step::Link
        | Step::Plan
        | Step::Confer
        | Step::PassOver
        | Step::Publicise
        | Step::Issue
        | Step::Slip
        | Step::SignSlip
        | Step::ProposeCriticism
        | Step::Criticise
        | Step::Object
        | Step::Review => return Err(Reason::NotInRegime.into()),
    })
}

fn item(sent: &Sent) -> Result<ItemCode> {
    Ok(ItemCode::new(sent.some("item").ok_or(Reason::ItemNeeded)?))
}

fn urgency(sent: &Sent) -> Urgency {
    Urgency::from_code(sent.one("urgency")).unwrap_or(Urgency::Ordinary)
}

/// A new date or, failing that, how much more time.
fn amount(sent: &Sent) -> Result<Limit> {
    if let Some(until) = sent.some("until") {
        return Ok(Limit::On(until.parse().map_err(|_| missing("until"))?));
    }
    let amount: u32 = sent.one("amount").parse().map_err(|_| missing("amount"))?;
    match sent.one("amount_unit") {
        "work-hours" => Ok(Limit::WorkHours(amount)),
        "days" => Ok(Limit::Days(amount)),
        _ => Ok(Limit::WorkDays(amount)),
    }
}
