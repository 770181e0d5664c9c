//! A rate is never a bare percentage: `697 / 906 = 76.9 %`. No data is "—", and
//! a rate that is not exactly 0 or 100 never prints as 0.0 or 100.0.

use askama::Template;

use super::number::grouped;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    pub part: u64,
    pub whole: u64,
    /// The list behind each number, where there is one.
    pub part_href: Option<String>,
    pub whole_href: Option<String>,
}

impl Rate {
    pub const fn new(part: u64, whole: u64) -> Self {
        Self { part, whole, part_href: None, whole_href: None }
    }

    #[must_use]
    pub fn linked(mut self, part: impl Into<String>, whole: impl Into<String>) -> Self {
        self.part_href = Some(part.into());
        self.whole_href = Some(whole.into());
        self
    }

    /// `76.9 %`, half up, one decimal; `None` without data.
    pub fn percent(&self) -> Option<String> {
        let tenths = tenths_of_percent(self.part, self.whole)?;
        let whole = i64::try_from(tenths / 10).unwrap_or(i64::MAX);
        Some(format!("{}.{} %", grouped(whole), tenths % 10))
    }

    /// The whole rate in plain text.
    pub fn plain(&self) -> String {
        match self.percent() {
            None => "—".to_owned(),
            Some(percent) => format!("{} / {} = {percent}", count(self.part), count(self.whole)),
        }
    }
}

fn count(number: u64) -> String {
    grouped(i64::try_from(number).unwrap_or(i64::MAX))
}

fn tenths_of_percent(part: u64, whole: u64) -> Option<u128> {
    if whole == 0 {
        return None;
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    let rounded = (part * 2_000 + whole) / (whole * 2);
    Some(match rounded {
        0 if part > 0 => 1,
        1_000 if part < whole => 999,
        1_000 if part > whole => 1_001,
        exact => exact,
    })
}

/// The markup of a [`Rate`].
#[derive(Template)]
#[template(path = "components/rate.html")]
pub struct RatePart {
    pub rate: Rate,
}

impl askama::filters::HtmlSafe for RatePart {}

impl RatePart {
    fn part(&self) -> String {
        count(self.rate.part)
    }

    fn whole(&self) -> String {
        count(self.rate.whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_shows_both_numbers_and_one_decimal() {
        assert_eq!(Rate::new(697, 906).plain(), "697 / 906 = 76.9 %");
        assert_eq!(Rate::new(1_284, 1_284).plain(), "1,284 / 1,284 = 100.0 %");
        assert_eq!(Rate::new(0, 12).plain(), "0 / 12 = 0.0 %");
    }

    #[test]
    fn a_half_is_rounded_up() {
        assert_eq!(Rate::new(1, 16).percent().as_deref(), Some("6.3 %"));
    }

    #[test]
    fn no_data_is_a_dash_and_not_zero() {
        assert_eq!(Rate::new(0, 0).plain(), "—");
    }

    #[test]
    fn what_is_not_quite_all_or_nothing_never_prints_so() {
        assert_eq!(Rate::new(1, 100_000).percent().as_deref(), Some("0.1 %"));
        assert_eq!(Rate::new(99_999, 100_000).percent().as_deref(), Some("99.9 %"));
        assert_eq!(Rate::new(100_001, 100_000).percent().as_deref(), Some("100.1 %"));
    }

    #[test]
    fn over_a_hundred_stays_over_a_hundred() {
        assert_eq!(Rate::new(104, 100).percent().as_deref(), Some("104.0 %"));
    }

    #[test]
    fn numbers_with_a_list_behind_them_open_it() {
        let rate = Rate::new(1, 2).linked("/a?x=1&y=2", "/b");
        let html = RatePart { rate }.render().unwrap_or_default();
        assert!(html.contains(r#"<a class="drill" href="/a?x=1&#38;y=2">1</a>"#), "{html}");
        assert!(html.contains(r#"<a class="drill" href="/b">2</a>"#));
    }
}
