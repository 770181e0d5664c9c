//! Verifying before filing (is it true?) and checking after handling (is it
//! fixed?): two acts, one page shape: `/worker/m/{matter}/verify` and `/check`.

use askama::Template;

use super::brief::Brief;
use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::field::{Choice, Control, Field, error_lines};
use crate::view::state::{ErrorLine, Refused};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Verify,
    Check,
}

impl Act {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Check => "check",
        }
    }
}

#[derive(Template)]
#[template(path = "pages/worker/job.html")]
pub struct JobPage {
    pub shell: Shell,
    pub act: Act,
    pub command: String,
    /// The entry the page was made from: someone acting in between is noticed.
    pub seen: u64,
    pub brief: Brief,
    /// The item's filing or closing condition, to look at.
    pub condition: Option<String>,
    pub verdict: Field,
    pub note: Field,
    pub photo: Field,
    pub refused: Option<Refused>,
}

impl JobPage {
    fn errors(&self) -> Vec<ErrorLine> {
        error_lines(self.shell.lang(), [&self.verdict, &self.note, &self.photo])
    }
}

/// `yes`: it is true, it is fixed.
pub fn verdict_field(lang: Lang, act: Act) -> Field {
    let label = |answer: &str| lang.code_of(&format!("job-{}", act.code()), answer).into_owned();
    let choices = vec![Choice::new("yes", label("yes")), Choice::new("no", label("no"))];
    Field::new("verdict", label("question"), Control::Radios(choices))
}

pub fn note_field(lang: Lang) -> Field {
    Field::area("note", lang.tr("job-note"), 2).optional().max_length(500)
}

/// A photo is never demanded here: where the item's rule wants one, the rules
/// refuse and say so.
pub fn photo_field(lang: Lang) -> Field {
    Field::new(
        "photo",
        lang.tr("report-photo"),
        Control::Files {
            accept: crate::pages::public::report::PHOTO_TYPES,
            multiple: true,
            camera: true,
        },
    )
    .optional()
}

#[cfg(test)]
pub(super) fn samples(lang: Lang) -> Vec<crate::golden::Sample> {
    use crate::golden::Sample;

    let say = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    let page = |act: Act| JobPage {
        shell: crate::sample::public(lang, "/worker/m/1"),
        act,
        command: "0199a1b2-0000-7000-8000-000000000005".to_owned(),
        seen: 4,
        brief: super::brief::sample_brief(lang),
        condition: Some(say("夜间照明正常，灯杆稳固。", "Lit at night, the post stands firm.")),
        verdict: verdict_field(lang, act),
        note: note_field(lang),
        photo: photo_field(lang),
        refused: None,
    };
    let mut changed = page(Act::Verify);
    changed.refused = Some(Refused {
        title: lang.tr("problem-refused").into_owned(),
        next: lang.tr("refusal-changed-meanwhile").into_owned(),
        link: None,
    });
    changed.note.value = say("积水约5厘米", "about 5 cm deep");
    changed.verdict.error = Some(lang.tr("fault-choose").into_owned());
    vec![
        Sample::of("worker-verify", &page(Act::Verify)),
        Sample::of("worker-check", &page(Act::Check)),
        Sample::of("worker-verify-changed", &changed),
    ]
}
