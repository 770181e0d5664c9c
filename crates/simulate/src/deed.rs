//! From a deed of the plan to the command it is.

use bihuan_app::Composer;
use bihuan_domain::matter::{Audience, Command, ContentTag, Evidence, EvidenceKind};

use crate::plan::{Deed, Step};
use crate::play::{Others, Player, Track};
use crate::{Error, Result};

impl Player<'_> {
    pub(super) async fn command(
        &self,
        step: &Step,
        track: &mut Track,
        composed: &mut Composer,
        others: Others<'_>,
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
            Deed::Submit { note, proof, alike } => {
                let evidence = self.evidence(composed, proof).await?;
                track.keep(&evidence);
                Command::Submit {
                    note: composed.words(ContentTag::Note, note)?,
                    evidence,
                    alike: *alike,
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
                let into = others.root.ok_or(Error::Incomplete("a matter of the demo"))?;
                Command::Merge { into }
            }
            Deed::Link { link, to } => {
                let to = others.known.get(to).copied();
                let to = to.ok_or(Error::Incomplete("a matter of the demo"))?;
                Command::Link { link: *link, to }
            }
            other => match drafted(other, composed)? {
                Some(command) => command,
                None => written(other, composed)?,
            },
        })
    }
}

impl Track {
    fn keep(&mut self, evidence: &[Evidence]) {
        let fixed = evidence.iter().filter(|given| given.kind == EvidenceKind::After);
        self.fixed = fixed.map(|given| given.content).collect();
    }
}

/// Deeds that only what is drafted knows.
fn drafted(deed: &Deed, composed: &mut Composer) -> Result<Option<Command>> {
    let note = ContentTag::Note;
    Ok(Some(match deed {
        Deed::CloseGraded { grade } => Command::Close { note: None, grade: Some(*grade) },
        Deed::AmendClass { urgency, reason } => Command::AmendClass {
            item: None,
            urgency: *urgency,
            reason: composed.optional(note, reason)?,
        },
        Deed::Plan { plan, stages } => {
            Command::Plan { plan: composed.words(note, plan)?, stages: stages.clone() }
        }
        Deed::Confer { units, decisions } => Command::Confer {
            units: units.iter().cloned().collect(),
            decisions: composed.words(note, decisions)?,
        },
        Deed::SignSlip => Command::SignSlip,
        Deed::ProposeCriticism { reason } => {
            Command::ProposeCriticism { reason: composed.words(note, reason)? }
        }
        Deed::Criticise { approve, reason } => {
            Command::Criticise { approve: *approve, reason: composed.optional(note, reason)? }
        }
        Deed::Object { reason } => Command::Object { reason: composed.words(note, reason)? },
        Deed::Review { upheld, reason, grade } => Command::Review {
            upheld: *upheld,
            reason: composed.words(note, reason)?,
            grade: *grade,
        },
        Deed::Publicise { words } => {
            Command::Publicise { words: composed.words(ContentTag::Answer, words)? }
        }
        Deed::Issue { words } => Command::Issue {
            words: composed.optional(note, words)?,
            audiences: [Audience::Units, Audience::Leaders].into(),
        },
        _ => return Ok(None),
    }))
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
        Deed::RequestExtension { node, by, reason } => Command::RequestExtension {
            node: node.clone(),
            by: *by,
            reason: composed.words(ContentTag::Note, reason)?,
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
        Deed::LookBack { holds, note: said } => Command::LookBack {
            holds: *holds,
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
        | Deed::Merge { .. }
        | Deed::Link { .. }
        | Deed::CloseGraded { .. }
        | Deed::AmendClass { .. }
        | Deed::Plan { .. }
        | Deed::Confer { .. }
        | Deed::SignSlip
        | Deed::ProposeCriticism { .. }
        | Deed::Criticise { .. }
        | Deed::Object { .. }
        | Deed::Review { .. }
        | Deed::Publicise { .. }
        | Deed::Issue { .. } => return Err(Error::Incomplete("a deed with more than words")),
    })
}
