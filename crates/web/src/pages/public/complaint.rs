//! 投诉与建议, required on every page: files a matter about an officer, a unit or
//! the way things are done: `/complaint`.

use askama::Template;

use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::field::{Choice, Control, Field, error_lines};
use crate::view::state::{ErrorLine, Refused};

#[derive(Template)]
#[template(path = "pages/public/complaint.html")]
pub struct Complaint {
    pub shell: Shell,
    /// Made with the page: sending twice files once.
    pub command: String,
    pub kind: Field,
    pub words: Field,
    /// The unit it is about: it may not be given the matter.
    pub about: Field,
    pub phone: Field,
    pub confidential: Field,
    /// Why it cannot be taken now, whatever is in the fields.
    pub notice: Option<Refused>,
}

impl Complaint {
    /// `units` the complaint may be about.
    pub fn empty(shell: Shell, command: String, units: Vec<Choice>) -> Self {
        let lang = shell.lang();
        let report = super::report::ReportForm::empty(lang, String::new());
        let nobody = Choice::new("", lang.tr("complaint-about-none"));
        let units = std::iter::once(nobody).chain(units).collect();
        Self {
            kind: kind_field(lang),
            words: Field::area("words", lang.tr("complaint-words"), 6)
                .hint(lang.tr("complaint-words-hint"))
                .max_length(super::report::WORDS_MOST),
            about: Field::new("about", lang.tr("complaint-about"), Control::Select(units))
                .hint(lang.tr("complaint-about-hint"))
                .optional(),
            phone: report.phone,
            // Who complains of a unit is kept from it unless they say otherwise.
            confidential: report.confidential.value("on"),
            notice: None,
            command,
            shell,
        }
    }

    fn errors(&self) -> Vec<ErrorLine> {
        let fields = [&self.kind, &self.words, &self.about, &self.phone];
        error_lines(self.shell.lang(), fields)
    }
}

fn kind_field(lang: Lang) -> Field {
    let kinds = vec![
        Choice::new("complaint", lang.tr("complaint-kind-complaint")),
        Choice::new("suggestion", lang.tr("complaint-kind-suggestion")),
    ];
    Field::new("kind", lang.tr("complaint-kind"), Control::Radios(kinds)).value("complaint")
}

#[cfg(test)]
pub(super) fn samples(lang: Lang) -> Vec<crate::golden::Sample> {
    let unit = if lang == Lang::Zh { "市城管局" } else { "Urban management bureau" };
    let page = || {
        Complaint::empty(
            crate::sample::public(lang, "/complaint"),
            "0199a1b2-0000-7000-8000-000000000003".to_owned(),
            vec![Choice::new("cgj", unit)],
        )
    };
    let mut faulty = page();
    faulty.words.error = Some(lang.tr("fault-words-empty").into_owned());
    vec![
        crate::golden::Sample::of("public-complaint", &page()),
        crate::golden::Sample::of("public-complaint-faulty", &faulty),
    ]
}
