//! Whether a paper was issued: what its QR code opens.

use askama::Template;

use crate::shell::Shell;
use crate::view::day::Day;

#[derive(Template)]
#[template(path = "pages/public/paper-check.html")]
pub struct Check {
    pub shell: Shell,
    /// 发文字号
    pub number: String,
    pub title: String,
    pub issuer: String,
    /// Whom it went to.
    pub unit: Option<String>,
    pub on: Day,
    pub hash: String,
    pub is_void: bool,
    /// Entries under the checkpoint that seals it.
    pub sealed: Option<u64>,
    /// Where it may be read, if everybody may.
    pub href: Option<String>,
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    use crate::golden::Sample;
    use crate::sample;

    let page = |is_void, sealed, href: Option<&str>| Check {
        shell: sample::public(lang, "/check/XY-220927-0007-7K3M9Q2X4T8W5R6N"),
        number: "荥政督〔2022〕12号".to_owned(),
        title: "关于城区井盖管护问题的整改通知书".to_owned(),
        issuer: "荥阳市人民政府督查室".to_owned(),
        unit: Some(crate::pages::desk::samples::w(lang, "市政养护中心", "Municipal Works Centre")),
        on: sample::at(9, 27, 9, 0).without_time(),
        hash: "5f0c".repeat(16),
        is_void,
        sealed,
        href: href.map(ToOwned::to_owned),
    };
    vec![
        Sample::of("public-paper", &page(false, Some(1_284_306), None)),
        Sample::of("public-paper-read", &page(false, None, Some("/bulletins/XY-220927-0009"))),
        Sample::of("public-paper-void", &page(true, Some(1_284_306), None)),
    ]
}
