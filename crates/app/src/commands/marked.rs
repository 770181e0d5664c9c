//! Classified matters stay out of a system that is not classified (保守国家秘密法
//! Art. 31). Asked of every text that officers bring in, whatever page it came
//! through. What residents report is triage's to judge and to decline.

use bihuan_domain::marking::Marking;
use bihuan_domain::playbook::model::Regime;
use bihuan_domain::refusal::{Reason, Refusal};

use crate::compose::Composer;
use crate::error::Result;

/// Texts and names of files alike.
pub(super) fn unmarked(regime: Option<&Regime>, composed: &Composer) -> Result<()> {
    if regime.is_none_or(|regime| regime.catalogue) {
        return Ok(());
    }
    for content in &composed.contents {
        if let Marking::Marked(found) = Marking::of(&content.body) {
            return Err(Refusal::new(Reason::Classified).with("marking", found).into());
        }
    }
    Ok(())
}
