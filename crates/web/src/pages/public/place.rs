//! A place's printable sign, and what is said to someone who scanned a code that
//! is not one of ours any more.

use askama::Template;

use crate::shell::Shell;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    A4,
    A5,
}

impl Paper {
    pub const fn code(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A5 => "a5",
        }
    }
}

/// `/places/{place}/sign`
#[derive(Template)]
#[template(path = "pages/public/sign.html")]
pub struct PlaceSign {
    pub shell: Shell,
    pub name: String,
    pub lines: Vec<String>,
    /// The place's own id, for saying it on the phone.
    pub id: String,
    /// The whole signed address.
    pub url: String,
    pub paper: Paper,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFault {
    /// Not signed by this county: copied, torn or forged.
    Forged,
    /// Once ours; the sign was replaced.
    Retired,
}

/// `/p/{code}` when the code does not hold.
#[derive(Template)]
#[template(path = "pages/public/place-refused.html")]
pub struct PlaceRefused {
    pub shell: Shell,
    pub fault: CodeFault,
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    use crate::golden::Sample;
    use crate::i18n::Lang;
    use crate::sample;

    let say = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    let sign = |paper| PlaceSign {
        shell: sample::public(lang, "/places/LD-0417/sign"),
        name: say("柳园路 路灯 LD-0417", "Liuyuan Road street lamp LD-0417"),
        lines: vec![say("索河街道 安澜社区 07网格", "Suohe Street, Anlan Community, grid 07")],
        id: "LD-0417".to_owned(),
        url: "https://bihuan.example/p/LD-0417.7KQ2MD4T".to_owned(),
        paper,
    };
    let refused = |fault| PlaceRefused { shell: sample::public(lang, "/p/x"), fault };
    vec![
        Sample::of("public-sign", &sign(Paper::A5)),
        Sample::of("public-sign-a4", &sign(Paper::A4)),
        Sample::of("public-place-forged", &refused(CodeFault::Forged)),
        Sample::of("public-place-retired", &refused(CodeFault::Retired)),
    ]
}
