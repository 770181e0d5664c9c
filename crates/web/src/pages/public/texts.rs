//! Pages of text: what happens to personal data, how accessible the pages are,
//! and how to verify a receipt without trusting us.

use askama::Template;

use crate::shell::{Checkpoint, Shell};

/// `/privacy`
#[derive(Template)]
#[template(path = "pages/public/privacy.html")]
pub struct Privacy {
    pub shell: Shell,
}

/// `/accessibility`
#[derive(Template)]
#[template(path = "pages/public/accessibility.html")]
pub struct Accessibility {
    pub shell: Shell,
}

/// `/verify`
#[derive(Template)]
#[template(path = "pages/public/verify.html")]
pub struct VerifyHelp {
    pub shell: Shell,
    /// The signed note of the last checkpoint, as it is published.
    pub note: Option<String>,
    pub checkpoint: Option<Checkpoint>,
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    use crate::golden::Sample;
    use crate::sample;

    let shell = |path| sample::public(lang, path);
    let verify = shell("/verify");
    vec![
        Sample::of("public-privacy", &Privacy { shell: shell("/privacy") }),
        Sample::of("public-accessibility", &Accessibility { shell: shell("/accessibility") }),
        Sample::of(
            "public-verify",
            &VerifyHelp {
                note: Some(
                    "bihuan.example/410182/1\n1284306\nq1Jz…=\n\n— bihuan.example/410182/1 Az3…=\n"
                        .to_owned(),
                ),
                checkpoint: verify.checkpoint.clone(),
                shell: verify,
            },
        ),
        Sample::of(
            "public-verify-unsealed",
            &VerifyHelp { shell: shell("/verify"), note: None, checkpoint: None },
        ),
    ]
}
