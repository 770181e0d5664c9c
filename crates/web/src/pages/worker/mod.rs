//! The phone pages of grid workers: what waits today, reporting with one thumb,
//! verifying before filing, checking after handling. No trail is recorded, no
//! attendance, no points (the law on burden reduction forbids them).

pub mod brief;
pub mod day;
pub mod grid;
pub mod job;
pub mod report;

#[cfg(test)]
pub(crate) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    [
        day::samples(lang),
        grid::samples(lang),
        report::samples(lang),
        job::samples(lang),
        brief::samples(lang),
    ]
    .into_iter()
    .flatten()
    .collect()
}
