//! From plans to the acts of one family, each composed at its own moment.

use bihuan_app::commands::{Filed, Past, PastAct};
use bihuan_domain::instant::Instant;

use crate::drafts::{Chore, Known};
use crate::plan::{Batch, Life, PASSED_OVER};
use crate::play::{Family, Member, Others, Player, Track};
use crate::{Error, Result};

/// Later than anything planned.
const NEVER: Instant = Instant::from_micros(i64::MAX);

impl Player<'_> {
    /// A report, what is merged into it, and all that is done about them.
    pub(crate) async fn lived(&self, lives: &[Life]) -> Result<Vec<Past>> {
        let mut acts = Vec::new();
        let mut members = Vec::new();
        for (place, life) in lives.iter().enumerate() {
            let at = life.filing.at;
            let filing = self.at(at).prepare_report(self.report(life).await?)?;
            let (number, code) = (String::new(), String::new());
            let filed = Some(Filed { matter: filing.matter, number, code, again: false });
            members.push(Member { place, life, track: Track { filed, ..Track::default() } });
            acts.push(Past { at, act: PastAct::Report(Box::new(filing)) });
        }
        let mut family = Family { members };
        let known = Known::new();
        while let Some((which, step)) = family.next(NEVER) {
            let root = family.members.first().and_then(|member| member.track.matter());
            let Some(member) = family.members.get_mut(which) else { break };
            member.track.next += 1;
            let others = Others { root, known: &known };
            let steps = std::slice::from_ref(step);
            let taken = self.submission(steps, &mut member.track, others).await?;
            acts.extend(taken.map(|taken| past(step.at, taken)));
        }
        acts.sort_by_key(|past| past.at);
        Ok(acts)
    }

    /// What was drafted together, its approval, and all that is done about it.
    pub(crate) async fn drafted(&self, batches: &[Batch]) -> Result<Vec<Past>> {
        let mut known = Known::new();
        let mut acts = Vec::new();
        for batch in batches {
            let asked = self.registration(batch, &mut known)?;
            acts.push(Past { at: batch.at, act: PastAct::Register(Box::new(asked)) });
        }
        for batch in batches {
            let Some(at) = batch.approved_at else { continue };
            for draft in batch.drafts.iter().filter(|draft| !draft.is_part()) {
                let id = known.get(&draft.key).copied();
                let id = id.ok_or(Error::Incomplete("a draft of the county"))?;
                acts.push(past(at, self.approval(id, at, PASSED_OVER)?));
            }
        }
        for draft in batches.iter().flat_map(|batch| &batch.drafts) {
            let id = known.get(&draft.key).copied();
            let drafted = id.map(|id| (id, String::new()));
            let track = Track { drafted, ..Track::default() };
            let mut chore = Chore { steps: &draft.steps, track };
            loop {
                let steps = chore.next(NEVER).to_vec();
                let Some(first) = steps.first() else { break };
                chore.track.next += steps.len();
                let others = Others { root: None, known: &known };
                let taken = self.submission(&steps, &mut chore.track, others).await?;
                acts.extend(taken.map(|taken| past(first.at, taken)));
            }
        }
        acts.sort_by_key(|past| past.at);
        Ok(acts)
    }
}

fn past(at: Instant, taken: bihuan_app::commands::Submission) -> Past {
    Past { at, act: PastAct::Take(Box::new(taken)) }
}
