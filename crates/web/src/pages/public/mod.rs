//! Pages open to everybody, without an account.

pub mod bulletins;
pub mod check;
pub mod complaint;
pub mod figures;
pub mod home;
pub mod place;
pub mod receipt;
pub mod report;
pub mod texts;
pub mod track;

#[cfg(test)]
pub(crate) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    [
        home::samples(lang),
        report::samples(lang),
        receipt::samples(lang),
        track::samples(lang),
        figures::samples(lang),
        bulletins::samples(lang),
        check::samples(lang),
        complaint::samples(lang),
        place::samples(lang),
        texts::samples(lang),
    ]
    .into_iter()
    .flatten()
    .collect()
}
