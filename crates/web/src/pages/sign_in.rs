//! Signing in: `/sign-in`, for officers and grid workers.

use askama::Template;

use crate::problem::Kept;
use crate::shell::Shell;
use crate::view::field::{Control, Field, error_lines};
use crate::view::state::{ErrorLine, Refused};

#[derive(Template)]
#[template(path = "pages/sign-in.html")]
pub struct SignIn {
    pub shell: Shell,
    pub name: Field,
    pub password: Field,
    /// Path to go to afterwards.
    pub back: String,
    /// A form that was being sent when the session ended.
    pub kept: Option<Kept>,
    pub refused: Option<Refused>,
}

impl SignIn {
    pub fn new(shell: Shell, back: String, kept: Option<Kept>) -> Self {
        let lang = shell.lang();
        let name = Control::Line { kind: "text", autocomplete: "username" };
        let password = Control::Secret { autocomplete: "current-password" };
        Self {
            name: Field::new("name", lang.tr("sign-in-name"), name).max_length(100),
            password: Field::new("password", lang.tr("sign-in-password"), password),
            back,
            kept,
            refused: None,
            shell,
        }
    }

    /// Never says which of the two was wrong.
    #[must_use]
    pub fn wrong(mut self, name: &str) -> Self {
        let lang = self.shell.lang();
        self.name.value = name.to_owned();
        self.refused = Some(Refused {
            title: lang.tr("sign-in-wrong").into_owned(),
            next: lang.tr("sign-in-wrong-next").into_owned(),
            link: None,
        });
        self
    }

    fn errors(&self) -> Vec<ErrorLine> {
        error_lines(self.shell.lang(), [&self.name, &self.password])
    }
}

/// After signing in with a kept form: one press sends it.
#[derive(Template)]
#[template(path = "pages/go-on.html")]
pub struct GoOn {
    pub shell: Shell,
    pub kept: Kept,
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    use crate::golden::Sample;

    let shell = || crate::sample::public(lang, "/sign-in");
    let kept = Kept::new("/m/1/sign".to_owned(), vec![("note".to_owned(), "已到场".to_owned())]);
    vec![
        Sample::of("sign-in", &SignIn::new(shell(), "/inbox".to_owned(), None)),
        Sample::of(
            "sign-in-wrong",
            &SignIn::new(shell(), "/inbox".to_owned(), Some(kept.clone())).wrong("li.triage"),
        ),
        Sample::of("go-on", &GoOn { shell: shell(), kept }),
    ]
}
