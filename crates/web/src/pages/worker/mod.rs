//! The phone pages of grid workers.

#[cfg(test)]
pub(crate) fn samples(_lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    Vec::new()
}
