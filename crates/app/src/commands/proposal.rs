//! Putting a playbook in force takes two persons: one proposes, another
//! approves. What is proposed waits in a setting; both acts are in the journal.

use bihuan_domain::county::CountyEvent;
use bihuan_domain::ids::{CommandId, PersonId};
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::{Checked, Source, check, hash};
use bihuan_domain::refusal::{Reason, Refusal};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

const SETTING: &str = "playbook-proposal";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Names what the approver saw.
    pub id: CommandId,
    pub by: Option<PersonId>,
    pub at: Instant,
    pub what: Proposed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proposed {
    Version { version: String, files: Vec<(String, String)>, from: Date },
    Revert { version: String, to: String },
}

impl App {
    /// Keeps a sound playbook for another person to approve. It replaces what
    /// was proposed before.
    pub async fn propose_playbook(
        &self,
        caller: &Caller,
        command: CommandId,
        source: &Source,
        from: Date,
    ) -> Result<()> {
        self.require(caller, Admin::ProposePlaybook)?;
        let Ok(Checked { playbook, .. }) = check(source) else {
            return Err(Reason::PlaybookHasErrors.into());
        };
        if playbook.county != *self.county() {
            return Err(Refusal::new(Reason::PlaybookOfAnother)
                .with("county", &playbook.county)
                .into());
        }
        if self.rules().version(&playbook.version).is_ok() {
            return Err(Refusal::new(Reason::VersionExists)
                .with("version", &playbook.version)
                .into());
        }
        let version = playbook.version;
        let event = CountyEvent::PlaybookProposed {
            version: version.clone(),
            hash: format!("sha256:{}", hash(source))
                .parse()
                .map_err(|_| Error::Internal("a hash".to_owned()))?,
            from,
        };
        let what = Proposed::Version { version, files: source.files.clone(), from };
        self.keep_proposal(caller, command, Some(what), event).await
    }

    /// Proposes to take the version in force back.
    pub async fn propose_revert(&self, caller: &Caller, command: CommandId) -> Result<()> {
        self.require(caller, Admin::ProposePlaybook)?;
        let rules = self.rules();
        let now = self.now();
        let version = rules.in_force(now)?.playbook.version.clone();
        let to = rules.before(&version, now).ok_or(Reason::NoEarlierVersion)?;
        let event = CountyEvent::PlaybookRevertProposed { version: version.clone() };
        let what = Proposed::Revert { version, to };
        self.keep_proposal(caller, command, Some(what), event).await
    }

    /// Puts what was proposed in force. Whoever proposed it may not.
    pub async fn approve_playbook(
        &self,
        caller: &Caller,
        command: CommandId,
        proposal: CommandId,
    ) -> Result<()> {
        self.require(caller, Admin::ApprovePlaybook)?;
        let (Some(approver), Some(waiting)) = (caller.person(), self.proposal().await?) else {
            return Err(Reason::ProposalGone.into());
        };
        if waiting.id != proposal {
            return Err(Reason::ProposalGone.into());
        }
        if waiting.by == Some(approver) {
            return Err(Reason::OwnRequest.into());
        }
        match waiting.what {
            Proposed::Version { files, from, .. } => {
                let source = Source::new(files);
                self.put_in_force(caller, command, &source, Some(from), approver).await?;
            }
            Proposed::Revert { version, .. } => {
                if self.rules().in_force(self.now())?.playbook.version != version {
                    return Err(Reason::ProposalGone.into());
                }
                self.take_back(caller, command, approver).await?;
            }
        }
        self.forget_proposal().await
    }

    /// Drops what was proposed: its proposer thinks again, or an approver says no.
    pub async fn drop_proposal(&self, caller: &Caller, command: CommandId) -> Result<()> {
        self.require(caller, Admin::ProposePlaybook)
            .or_else(|_| self.require(caller, Admin::ApprovePlaybook))?;
        if self.proposal().await?.is_none() {
            return Err(Reason::ProposalGone.into());
        }
        self.keep_proposal(caller, command, None, CountyEvent::PlaybookProposalDropped {}).await
    }

    pub(crate) async fn proposal(&self) -> Result<Option<Proposal>> {
        match self.store().setting(self.county(), SETTING).await? {
            Some(text) if !text.is_empty() => serde_json::from_str(&text)
                .map(Some)
                .map_err(|fault| Error::Internal(format!("a proposal: {fault}"))),
            _ => Ok(None),
        }
    }

    async fn keep_proposal(
        &self,
        caller: &Caller,
        command: CommandId,
        what: Option<Proposed>,
        event: CountyEvent,
    ) -> Result<()> {
        let proposal =
            what.map(|what| Proposal { id: command, by: caller.person(), at: self.now(), what });
        let text = match &proposal {
            Some(proposal) => serde_json::to_string(proposal)
                .map_err(|fault| Error::Internal(format!("a proposal: {fault}")))?,
            None => String::new(),
        };
        let caller = caller.clone();
        self.write(move |app, tx| {
            let (text, event, caller) = (text.clone(), event.clone(), caller.clone());
            Box::pin(async move {
                tx.put_setting(app.county(), SETTING, &text).await?;
                app.record(tx, &caller, command, &[event]).await
            })
        })
        .await
    }

    async fn forget_proposal(&self) -> Result<()> {
        self.write(|app, tx| {
            Box::pin(async move {
                tx.put_setting(app.county(), SETTING, "").await?;
                Ok(())
            })
        })
        .await
    }
}
