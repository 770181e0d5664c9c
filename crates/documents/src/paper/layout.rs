//! GB/T 9704-2012 in numbers, for the writers and for the tests that measure
//! what was written. Lengths in millimetres, type sizes in points.

/// A4.
pub(super) const PAGE: (f64, f64) = (210.0, 297.0);
/// 天头
pub(super) const TOP: f64 = 37.0;
/// 订口
pub(super) const LEFT: f64 = 28.0;
/// 版心
pub(super) const BLOCK: (f64, f64) = (156.0, 225.0);
pub(super) const LINES: u32 = 22;
pub(super) const CHARACTERS: u32 = 28;

/// 2号, 3号, 4号
pub(super) const TITLE: f64 = 22.0;
pub(super) const BODY: f64 = 16.0;
pub(super) const SMALL: f64 = 14.0;

/// Characters of a title's line, in halves: 156 mm hold 20 of 22 points.
pub(super) const TITLE_HALVES: usize = 40;

pub(super) const fn points(millimetres: f64) -> f64 {
    millimetres * 72.0 / 25.4
}

/// Twentieths of a point, in which DOCX measures.
pub(super) fn twips(millimetres: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "no page is that large")]
    let twips = (points(millimetres) * 20.0).round() as i32;
    twips
}
