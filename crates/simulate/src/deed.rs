//! From a deed of the plan to the command it is.

use bihuan_app::Composer;
use bihuan_domain::ids::{MatterId, NodeCode};
use bihuan_domain::matter::{Command, ContentTag, Evidence, EvidenceKind};

use crate::plan::{Deed, Step};
use crate::play::{Player, Track};
use crate::{Error, Result};

const HANDLE: &str = "handle";

impl Player<'_> {
    pub(super) async fn command(
        &self,
        step: &Step,
        track: &mut Track,
        composed: &mut Composer,
        root: Option<MatterId>,
    ) -> Result<Command> {
        Ok(match &step.deed {
            Deed::Act { note, proof } => Command::Act {
                evidence: self.evidence(composed, proof).await?,
                note: composed.words(ContentTag::Note, note)?,
            },
            Deed::Verify { holds, note, proof } => Command::Verify {
                holds: *holds,
                evidence: self.evidence(composed, proof).await?,
                note: composed.optional(ContentTag::Note, note)?,
            },
            Deed::Submit { note, proof } => {
                let evidence = self.evidence(composed, proof).await?;
                track.keep(&evidence);
                Command::Submit {
                    note: composed.words(ContentTag::Note, note)?,
                    evidence,
                    alike: None,
                }
            }
            Deed::SettleOnSpot { note, proof } => Command::SettleOnSpot {
                evidence: self.evidence(composed, proof).await?,
                note: composed.words(ContentTag::Note, note)?,
            },
            Deed::Answer { text } => {
                let answer = composed.words(ContentTag::Answer, text)?;
                track.draft = Some(answer);
                Command::Answer { answer, photos: track.fixed.clone() }
            }
            Deed::ApproveAnswer => Command::ApproveAnswer {
                answer: track.draft.ok_or(Error::Incomplete("an answer of the demo"))?,
            },
            Deed::Merge { .. } => {
                Command::Merge { into: root.ok_or(Error::Incomplete("a matter of the demo"))? }
            }
            other => written(other, composed)?,
        })
    }
}

impl Track {
    fn keep(&mut self, evidence: &[Evidence]) {
        let fixed = evidence.iter().filter(|given| given.kind == EvidenceKind::After);
        self.fixed = fixed.map(|given| given.content).collect();
    }
}

/// Deeds that are words at most.
fn written(deed: &Deed, composed: &mut Composer) -> Result<Command> {
    let note = ContentTag::Note;
    Ok(match deed {
        Deed::Accept { item, urgency } => Command::Accept { item: item.clone(), urgency: *urgency },
        Deed::Decline { ground, channel, reason } => Command::Decline {
            ground: *ground,
            channel: channel.clone(),
            reason: composed.words(note, reason)?,
        },
        Deed::RequestVerification { grid, note: said } => Command::RequestVerification {
            grid: Some(grid.clone()),
            note: composed.optional(note, said)?,
        },
        Deed::Dispatch { lead, co, note: said } => Command::Dispatch {
            lead: lead.clone(),
            co: co.clone(),
            note: composed.optional(note, said)?,
        },
        Deed::Sign => Command::Sign,
        Deed::Return { reason, suggested } => Command::Return {
            reason: composed.words(note, reason)?,
            suggested: Some(suggested.clone()),
        },
        Deed::Adjudicate { lead, note: said } => {
            Command::Adjudicate { lead: lead.clone(), note: composed.optional(note, said)? }
        }
        Deed::RequestTransfer { reason, suggested } => Command::RequestTransfer {
            reason: composed.words(note, reason)?,
            suggested: suggested.clone(),
        },
        Deed::Transfer { reason } => {
            Command::Transfer { approve: true, to: None, reason: composed.optional(note, reason)? }
        }
        Deed::CoHandle { unit, note: said } => {
            Command::CoHandle { unit: unit.clone(), note: composed.optional(note, said)? }
        }
        Deed::RequestExtension { by, reason } => Command::RequestExtension {
            node: NodeCode::new(HANDLE),
            by: *by,
            reason: composed.words(note, reason)?,
        },
        Deed::Extend { approve, reason } => {
            Command::Extend { approve: *approve, reason: composed.optional(note, reason)? }
        }
        Deed::Suspend { reason, review_on } => {
            Command::Suspend { reason: composed.words(note, reason)?, review_on: *review_on }
        }
        Deed::Resume { reason } => Command::Resume { reason: composed.optional(note, reason)? },
        Deed::Check { holds, note: said } => Command::Check {
            holds: *holds,
            note: composed.optional(note, said)?,
            evidence: Vec::new(),
        },
        Deed::Close => Command::Close { note: None, grade: None },
        Deed::Rate { rating, words } => {
            Command::Rate { rating: *rating, words: composed.optional(ContentTag::Words, words)? }
        }
        Deed::Reopen { reason } => Command::Reopen { reason: composed.words(note, reason)? },
        Deed::StrikeOff => Command::StrikeOff { note: None },
        Deed::LookBack { note: said } => Command::LookBack {
            holds: true,
            note: composed.words(note, said)?,
            evidence: Vec::new(),
        },
        Deed::Withdraw { reason } => {
            Command::Withdraw { reason: composed.optional(ContentTag::Words, reason)? }
        }
        Deed::Ask { question } => {
            Command::Ask { question: composed.words(ContentTag::Answer, question)? }
        }
        Deed::Supplement { words } => Command::Supplement {
            words: composed.optional(ContentTag::Words, words)?,
            evidence: Vec::new(),
        },
        Deed::Instruct { words } => Command::Instruct { words: composed.words(note, words)? },
        Deed::Urge { words } => Command::Urge { words: composed.words(note, words)? },
        Deed::Act { .. }
        | Deed::Verify { .. }
        | Deed::Submit { .. }
        | Deed::SettleOnSpot { .. }
        | Deed::Answer { .. }
        | Deed::ApproveAnswer
        | Deed::Merge { .. } => return Err(Error::Incomplete("a deed with more than words")),
    })
}
