//! Bulletins open to everybody.

use askama::Template;

use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::paper::PaperSheet;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulletinLine {
    pub title: String,
    pub document: String,
    pub on: Option<Day>,
    pub href: String,
}

#[derive(Template)]
#[template(path = "pages/public/bulletins.html")]
pub struct Bulletins {
    pub shell: Shell,
    pub bulletins: Vec<BulletinLine>,
}

#[derive(Template)]
#[template(path = "pages/public/bulletin.html")]
pub struct Bulletin {
    pub shell: Shell,
    pub title: String,
    pub sheet: PaperSheet,
    pub pdf_href: String,
    pub check: String,
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    use crate::golden::Sample;
    use crate::sample;

    let line = BulletinLine {
        title: "关于2022年8月督办事项办理情况的通报".to_owned(),
        document: "荥政督通〔2022〕8号".to_owned(),
        on: Some(sample::at(9, 2, 9, 0).without_time()),
        href: "/bulletins/XY-220902-0003".to_owned(),
    };
    let list = |bulletins| Bulletins { shell: sample::public(lang, "/bulletins"), bulletins };
    let page = Bulletin {
        shell: sample::public(lang, "/bulletins/XY-220902-0003"),
        title: line.title.clone(),
        sheet: PaperSheet {
            title: line.title.clone(),
            ..crate::pages::desk::samples::papers::sheet("荥政督通〔2022〕8号", None)
        },
        pdf_href: "/bulletins/XY-220902-0003/paper.pdf".to_owned(),
        check: "https://xy.example/check/XY-220902-0003-7K3M9Q2X4T8W5R6N".to_owned(),
    };
    vec![
        Sample::of("public-bulletins", &list(vec![line])),
        Sample::of("public-bulletins-empty", &list(Vec::new())),
        Sample::of("public-bulletin", &page),
    ]
}
