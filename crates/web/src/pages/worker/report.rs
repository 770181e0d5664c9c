//! Reporting with one thumb: photo, one line, send: `/worker/report`.

use askama::Template;

use crate::pages::public::report::ReportForm;
use crate::shell::Shell;
use crate::view::field::{Choice, Control, Field, error_lines};
use crate::view::state::ErrorLine;

#[derive(Template)]
#[template(path = "pages/worker/report.html")]
pub struct WorkerReport {
    pub shell: Shell,
    pub command: String,
    pub grid: String,
    pub photo: Field,
    pub words: Field,
    pub item: Field,
    pub address: Field,
    /// Settled on the spot: only for items that allow it, confirmed by the
    /// grid leader.
    pub settled: Field,
}

impl WorkerReport {
    pub fn empty(shell: Shell, command: String, grid: String, items: Vec<Choice>) -> Self {
        let lang = shell.lang();
        let form = ReportForm::empty(lang, String::new());
        let unsure = Choice::new("", lang.tr("report-item-unsure"));
        let items = std::iter::once(unsure).chain(items).collect();
        let mut photo = form.photo;
        photo.control = Control::Files {
            accept: crate::pages::public::report::PHOTO_TYPES,
            multiple: true,
            camera: true,
        };
        Self {
            photo,
            words: Field::area("words", lang.tr("worker-words"), 2).max_length(500),
            item: Field::new("item", lang.tr("report-item"), Control::Select(items)).optional(),
            address: form.address.optional().hint(lang.tr("worker-address-hint")),
            settled: Field::tick("settled", lang.tr("worker-settled"))
                .hint(lang.tr("worker-settled-hint")),
            command,
            grid,
            shell,
        }
    }

    fn errors(&self) -> Vec<ErrorLine> {
        let fields = [&self.photo, &self.words, &self.item, &self.address, &self.settled];
        error_lines(self.shell.lang(), fields)
    }
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    use crate::i18n::Lang;

    let say = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    let page = WorkerReport::empty(
        crate::sample::public(lang, "/worker/report"),
        "0199a1b2-0000-7000-8000-000000000004".to_owned(),
        say("安澜社区 07网格", "Anlan Community, grid 07"),
        vec![Choice::new("0102", say("井盖破损", "Broken manhole cover"))],
    );
    vec![crate::golden::Sample::of("worker-report", &page)]
}
