//! What happens to personal data: `/privacy`.

use askama::Template;

use crate::shell::Shell;

#[derive(Template)]
#[template(path = "pages/public/privacy.html")]
pub struct Privacy {
    pub shell: Shell,
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    let page = Privacy { shell: crate::sample::public(lang, "/privacy") };
    vec![crate::golden::Sample::of("public-privacy", &page)]
}
