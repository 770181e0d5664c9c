//! A paper that cannot be set as PDF on this machine: why, and what to do.

use askama::Template;

use crate::shell::Shell;

#[derive(Template)]
#[template(path = "pages/paper-unset.html")]
pub struct PaperUnset {
    pub shell: Shell,
    pub title: String,
    pub no_fonts: bool,
    /// Characters that no installed font has.
    pub missing: Option<String>,
    pub docx_href: Option<String>,
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    use crate::golden::Sample;
    use crate::sample;

    let page = |no_fonts, missing: Option<&str>, docx: Option<&str>| PaperUnset {
        shell: sample::public(lang, "/m/XY-220927-0007/paper.pdf"),
        title: "关于城区井盖管护问题的整改通知书".to_owned(),
        no_fonts,
        missing: missing.map(ToOwned::to_owned),
        docx_href: docx.map(ToOwned::to_owned),
    };
    let docx = Some("/m/XY-220927-0007/paper.docx");
    vec![
        Sample::of("paper-unset-no-fonts", &page(true, None, docx)),
        Sample::of("paper-unset-character", &page(false, Some("\u{20bb7}"), docx)),
        Sample::of("paper-unset-broken", &page(false, None, None)),
    ]
}
