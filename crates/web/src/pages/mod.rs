//! One folder an area, one file a page: its view model, its template's struct
//! and, for tests, its samples.

pub mod admin;
pub mod desk;
pub mod paper_unset;
pub mod public;
pub mod sign_in;
pub mod worker;

#[cfg(test)]
pub(crate) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    let mut all = public::samples(lang);
    all.extend(worker::samples(lang));
    all.extend(desk::samples(lang));
    all.extend(admin::samples(lang));
    all.extend(sign_in::samples(lang));
    all.extend(paper_unset::samples(lang));
    all.extend(crate::problem::samples(lang));
    all
}
