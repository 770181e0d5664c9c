//! The versions of the playbook, and what somebody proposes to put in force.

use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::run_cases;
use bihuan_domain::playbook::{CaseResult, Change, Checked, Diagnostic, Source, check, diff};

use crate::access::{Admin, may};
use crate::commands::{Proposal, Proposed};
use crate::context::{App, Caller};
use crate::error::{Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionLine {
    pub version: String,
    pub from: Instant,
    /// When the next one took over.
    pub to: Option<Instant>,
    pub is_in_force: bool,
    pub is_reverted: bool,
    /// In force again if the one in force is taken back.
    pub may_revert: bool,
}

pub struct PlaybookState {
    /// Newest first.
    pub versions: Vec<VersionLine>,
    pub proposal: Option<Proposal>,
    /// Whether the one who asks may propose, and may approve what is proposed.
    pub may_propose: bool,
    pub may_approve: bool,
}

/// What a set of files would be as the next version.
pub struct Examined {
    pub version: String,
    pub faults: Vec<Diagnostic>,
    pub cases: Vec<CaseResult>,
    /// None while there are errors.
    pub changes: Option<Vec<Change>>,
}

impl Examined {
    pub fn is_sound(&self) -> bool {
        self.changes.is_some() && self.cases.iter().all(CaseResult::holds)
    }
}

impl App {
    pub async fn playbook_state(&self, caller: &Caller) -> Result<PlaybookState> {
        let role = caller.role();
        let may_propose = may(role, Admin::ProposePlaybook);
        if !may_propose && !may(role, Admin::ApprovePlaybook) {
            return Err(Error::Forbidden);
        }
        let proposal = self.proposal().await?;
        let is_own = proposal.as_ref().is_some_and(|proposal| proposal.by == caller.person());
        Ok(PlaybookState {
            versions: self.version_lines()?,
            may_propose,
            may_approve: may(role, Admin::ApprovePlaybook) && proposal.is_some() && !is_own,
            proposal,
        })
    }

    fn version_lines(&self) -> Result<Vec<VersionLine>> {
        let now = self.now();
        let rules = self.rules();
        let current = rules.in_force(now)?.playbook.version.clone();
        let earlier = rules.before(&current, now);
        let mut lines: Vec<VersionLine> = rules
            .versions()
            .map(|(name, version)| VersionLine {
                version: name.clone(),
                from: version.from,
                to: None,
                is_in_force: *name == current,
                is_reverted: version.reverted,
                may_revert: earlier.as_ref() == Some(name),
            })
            .collect();
        lines.sort_by_key(|line| std::cmp::Reverse((line.from, line.version.clone())));
        let mut later = None;
        for line in lines.iter_mut().filter(|line| !line.is_reverted) {
            line.to = later.replace(line.from);
        }
        Ok(lines)
    }

    /// Checks files, runs their worked cases and compares them with the version
    /// in force. Nothing is kept.
    pub fn examine_playbook(&self, caller: &Caller, source: &Source) -> Result<Examined> {
        self.require(caller, Admin::ProposePlaybook)?;
        Ok(self.examined(source))
    }

    /// The same of what is proposed, for whoever approves it; none for taking a
    /// version back.
    pub fn examine_proposal(&self, state: &PlaybookState) -> Option<Examined> {
        match &state.proposal.as_ref()?.what {
            Proposed::Version { files, .. } => Some(self.examined(&Source::new(files.clone()))),
            Proposed::Revert { .. } => None,
        }
    }

    fn examined(&self, source: &Source) -> Examined {
        let rules = self.rules();
        let checked = match check(source) {
            Ok(checked) => checked,
            Err(faults) => {
                return Examined {
                    version: String::new(),
                    faults,
                    cases: Vec::new(),
                    changes: None,
                };
            }
        };
        let changes = rules
            .in_force(self.now())
            .map(|version| diff(&version.playbook, &checked.playbook))
            .unwrap_or_default();
        let cases = run_cases(&checked, &rules.holidays);
        let Checked { playbook, warnings, .. } = checked;
        Examined { version: playbook.version, faults: warnings, cases, changes: Some(changes) }
    }
}
