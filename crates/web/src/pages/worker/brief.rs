//! The short page of a matter on a phone: `/worker/m/{matter}`. The reporter's
//! identity is never on it.

use askama::Template;

use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::lamp::Lamp;
use crate::view::timeline::{Entry, Shot};

/// What a grid worker needs to find it and look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    pub href: String,
    pub number: String,
    pub title: String,
    pub lamp: Option<Lamp>,
    pub due: Option<Day>,
    pub place: String,
    pub lines: Vec<String>,
    /// The reporter's words, already without what could tell who they are.
    pub words: Option<String>,
    pub shots: Vec<Shot>,
}

#[derive(Template)]
#[template(path = "pages/worker/brief.html")]
pub struct MatterPage {
    pub shell: Shell,
    pub brief: Brief,
    pub entries: Vec<Entry>,
    /// `verify` or `check`, when it is asked of me.
    pub asked: Option<&'static str>,
}

#[cfg(test)]
pub(super) fn sample_brief(lang: crate::i18n::Lang) -> Brief {
    use crate::i18n::Lang;
    use crate::view::lamp::Shape;

    let say = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    Brief {
        href: "/worker/m/1".to_owned(),
        number: "XY-220928-0291".to_owned(),
        title: say("康泰街口路面积水", "Standing water at Kangtai Street"),
        lamp: Some(Lamp::new(Shape::DueSoon, lang.trn("lamp-today", "time", "17:30"))),
        due: Some(crate::sample::at(9, 28, 17, 30)),
        place: say("康泰街与柳园路口", "Kangtai Street and Liuyuan Road"),
        lines: vec![say("安澜社区 07网格，约300米", "Anlan Community, grid 07, about 300 m")],
        words: Some(say(
            "路口积水快一周了，骑车过不去。",
            "Water has stood there for a week; bicycles cannot pass.",
        )),
        shots: vec![Shot {
            thumb: Some("/attachments/w/thumb".to_owned()),
            href: "/attachments/w".to_owned(),
            alt: say("积水路面照片", "Photo of the flooded road"),
            caption: say("9月28日 13:08，距点位6米", "28 Sep, 13:08, 6 m from the place"),
        }],
    }
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    use crate::i18n::Lang;
    use crate::sample;

    let say = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    let page = |asked| MatterPage {
        shell: sample::public(lang, "/worker/m/1"),
        brief: sample_brief(lang),
        entries: vec![
            Entry::new(sample::at(9, 28, 13, 11), say("收到反映", "Reported")).key(),
            Entry::new(
                sample::at(9, 28, 13, 40),
                say("请07网格核实", "Verification asked of grid 07"),
            ),
        ],
        asked,
    };
    vec![
        crate::golden::Sample::of("worker-matter", &page(Some("verify"))),
        crate::golden::Sample::of("worker-matter-read", &page(None)),
    ]
}
