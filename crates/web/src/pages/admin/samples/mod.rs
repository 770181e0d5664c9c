//! Invented contents for the goldens of administration.

mod organisation;
mod record;

use super::{Frame, Section};
use crate::golden::Sample;
use crate::i18n::Lang;

pub(crate) fn samples(lang: Lang) -> Vec<Sample> {
    let mut all = organisation::samples(lang);
    all.extend(record::samples(lang));
    all
}

fn frame(current: Section) -> Frame {
    Frame::new(Section::ALL.to_vec(), current)
}
