//! Pages open to everybody, without an account.

pub mod privacy;

#[cfg(test)]
pub(crate) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    [privacy::samples(lang)].into_iter().flatten().collect()
}
