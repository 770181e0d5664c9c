//! Classification markings in what was brought, as problems.

use bihuan_domain::marking::Marking;

use super::Trouble;

pub(crate) fn trouble(text: &str) -> Option<Trouble> {
    match Marking::of(text) {
        Marking::None => None,
        Marking::Bare(word) => Some(Trouble::BareWord { word }),
        Marking::Marked(found) => Some(Trouble::Classified { found }),
    }
}
