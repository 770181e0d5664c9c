//! The county's rates, each with numerator and denominator: `/figures`.

use askama::Template;

use crate::i18n::Key;
use crate::shell::Shell;
use crate::view::rate::Rate;

/// One rate, what it counts, and what it leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub name: Key,
    pub counts: Key,
    pub rate: Rate,
}

/// Open and closed by town. Towns with fewer than five are put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Town {
    pub name: String,
    pub filed: u64,
    pub closed: u64,
    /// Declined, merged or withdrawn.
    pub other: u64,
    pub open: u64,
    pub in_time: Rate,
}

#[derive(Template)]
#[template(path = "pages/public/figures.html")]
pub struct Figures {
    pub shell: Shell,
    /// The period in words, from day to day.
    pub period: String,
    pub filed: u64,
    pub closed: u64,
    /// Declined, merged or withdrawn.
    pub other: u64,
    pub open: u64,
    pub lines: Vec<Line>,
    pub towns: Vec<Town>,
}

pub const IN_TIME: (Key, Key) = (Key("figures-in-time"), Key("figures-in-time-counts"));
pub const FIXED: (Key, Key) = (Key("figures-fixed"), Key("figures-fixed-counts"));

impl Figures {
    /// What was closed in time out of what was closed, all towns together.
    fn in_time(&self) -> Rate {
        let sum = |of: fn(&Rate) -> u64| self.towns.iter().map(|town| of(&town.in_time)).sum();
        Rate::new(sum(|rate| rate.part), sum(|rate| rate.whole))
    }
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    use crate::i18n::Lang;
    use crate::sample;

    let town = |zh: &str, en: &str, closed, open, in_time| Town {
        name: if lang == Lang::Zh { zh } else { en }.to_owned(),
        filed: closed + open + 4,
        closed,
        other: 4,
        open,
        in_time: Rate::new(in_time, closed),
    };
    let line = |(name, counts), rate| Line { name, counts, rate };
    let full = Figures {
        shell: sample::public(lang, "/figures"),
        period: lang
            .say("figures-period")
            .with(
                "from",
                sample::public(lang, "/").day_words(&sample::at(9, 1, 0, 0).without_time()),
            )
            .with("to", sample::public(lang, "/").day_words(&sample::today()))
            .to_string(),
        filed: 1_514,
        closed: 1_204,
        other: 12,
        open: 298,
        lines: vec![line(IN_TIME, Rate::new(1_106, 1_204)), line(FIXED, Rate::new(697, 906))],
        towns: vec![
            town("索河街道", "Suohe Street", 512, 120, 470),
            town("豫龙镇", "Yulong Town", 402, 98, 371),
            town("其他乡镇", "Other towns", 290, 80, 265),
        ],
    };
    let empty = Figures {
        shell: sample::public(lang, "/figures"),
        period: String::new(),
        filed: 0,
        closed: 0,
        other: 0,
        open: 0,
        lines: vec![line(IN_TIME, Rate::default())],
        towns: Vec::new(),
    };
    vec![
        crate::golden::Sample::of("public-figures", &full),
        crate::golden::Sample::of("public-figures-empty", &empty),
    ]
}
