//! The way in: `/`.

use askama::Template;

use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::rate::Rate;

/// Something fixed nearby, of a class the playbook marks public: class, place,
/// state and date only, never words or photos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    pub class: String,
    pub place: String,
    pub on: Day,
}

#[derive(Template)]
#[template(path = "pages/public/home.html")]
pub struct Home {
    pub shell: Shell,
    pub fixed: Vec<Fixed>,
    /// Closed in time, this month so far.
    pub in_time: Rate,
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    use crate::golden::Sample;
    use crate::i18n::Lang;
    use crate::sample;

    let fixed = |zh: [&str; 2], en: [&str; 2], on: Day| {
        let [class, place] = if lang == Lang::Zh { zh } else { en };
        Fixed { class: class.to_owned(), place: place.to_owned(), on: on.without_time() }
    };
    let full = Home {
        shell: sample::public(lang, "/"),
        fixed: vec![
            fixed(
                ["路灯不亮", "成皋街 路灯 LD-0388"],
                ["Street lamp out", "Chenggao Street lamp LD-0388"],
                sample::at(9, 27, 20, 4),
            ),
            fixed(
                ["井盖破损", "兴华路中段"],
                ["Broken manhole cover", "Xinghua Road"],
                sample::at(9, 26, 16, 30),
            ),
            fixed(
                ["垃圾箱满溢", "惠民巷 LJ-0112"],
                ["Overflowing bin", "Huimin Lane LJ-0112"],
                sample::at(9, 26, 9, 10),
            ),
        ],
        in_time: Rate::new(1_106, 1_204).linked("/figures#closed", "/figures"),
    };
    let empty =
        Home { shell: sample::public(lang, "/"), fixed: Vec::new(), in_time: Rate::default() };
    vec![Sample::of("public-home", &full), Sample::of("public-home-empty", &empty)]
}
