//! What became of a report: `/t/{code}`, opened by the receipt's code alone, and
//! the page that asks for the code. Holds no name, no phone number and nothing
//! colleagues write to each other.

use askama::Template;

use super::receipt::Proof;
use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::field::{Control, Field, error_lines};
use crate::view::lamp::Lamp;
use crate::view::state::{ErrorLine, Refused};
use crate::view::timeline::{Entry, Shot};
use crate::view::why::WhyView;

/// The text a resident reads, and the photos chosen for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub text: String,
    pub unit: String,
    /// Before and after, side by side.
    pub before: Option<Shot>,
    pub after: Option<Shot>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub due: Day,
    pub why: WhyView,
}

/// The form a resident can use now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingForm {
    /// The question in the words of the matter, or the general one.
    pub question: Option<String>,
    pub words: Field,
    pub error: Option<String>,
    /// Days left to say so.
    pub days_left: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub text: String,
    pub unit: String,
}

#[derive(Template)]
#[template(path = "pages/public/track.html")]
pub struct Track {
    pub shell: Shell,
    pub code: String,
    /// Made with the page: sending twice acts once.
    pub command: String,
    pub number: String,
    /// `stage-…`: chooses the headline.
    pub stage: &'static str,
    pub lamp: Option<Lamp>,
    /// When it ended.
    pub ended: Option<Day>,
    /// Against the deadline: "one day before the latest date".
    pub against: Option<String>,
    pub answer: Option<Answer>,
    pub rating: Option<RatingForm>,
    /// What was said, once said.
    pub rated: Option<&'static str>,
    pub question: Option<Question>,
    pub reply: Field,
    pub deadline: Option<Deadline>,
    pub entries: Vec<Entry>,
    /// Where to turn, when it was declined.
    pub channel: Option<Refused>,
    pub may_add: bool,
    pub add_words: Field,
    pub add_photo: Field,
    pub may_withdraw: bool,
    pub proof: Proof,
    pub notice: Option<Refused>,
}

impl Track {
    fn errors(&self) -> Vec<ErrorLine> {
        let rating = self.rating.as_ref().map(|form| &form.words);
        let mut lines: Vec<ErrorLine> = self
            .rating
            .iter()
            .filter_map(|form| form.error.clone())
            .map(|message| ErrorLine { field: "rating".to_owned(), message })
            .collect();
        let fields = rating.into_iter().chain([&self.reply, &self.add_words, &self.add_photo]);
        lines.extend(error_lines(self.shell.lang(), fields));
        lines
    }
}

/// Fields of the small forms below a track page.
pub fn add_fields(lang: Lang) -> (Field, Field) {
    let words = Field::area("add_words", lang.tr("track-add-words"), 3).max_length(2_000);
    let photo = Field::new(
        "photo",
        lang.tr("report-photo"),
        Control::Files { accept: super::report::PHOTO_TYPES, multiple: true, camera: false },
    )
    .optional();
    (words, photo)
}

pub fn reply_field(lang: Lang) -> Field {
    Field::area("reply", lang.tr("track-reply"), 3).max_length(2_000)
}

pub fn rating_words(lang: Lang) -> Field {
    Field::area("rating_words", lang.tr("track-rating-words"), 2).optional().max_length(500)
}

/// `/t`: asks for the code.
#[derive(Template)]
#[template(path = "pages/public/code.html")]
pub struct CodeEntry {
    pub shell: Shell,
    pub code: Field,
}

impl CodeEntry {
    pub fn new(shell: Shell, typed: &str, wrong: bool) -> Self {
        let lang = shell.lang();
        let error = wrong.then(|| lang.tr("fault-code").into_owned());
        let code = Field::line("code", lang.tr("code-label"))
            .hint(lang.tr("code-hint"))
            .value(typed)
            .error(error)
            .max_length(40);
        Self { shell, code }
    }

    fn errors(&self) -> Vec<ErrorLine> {
        error_lines(self.shell.lang(), [&self.code])
    }
}

/// A code as typed, with the separators and look-alikes people put into it:
/// the alphabet (RFC 4648 base 32) has neither 0, 1, 8 nor 9.
pub fn tidy_code(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| match c.to_ascii_uppercase() {
            '0' => 'O',
            '1' => 'I',
            '8' => 'B',
            other => other,
        })
        .collect()
}

#[cfg(test)]
pub(super) fn samples(lang: Lang) -> Vec<crate::golden::Sample> {
    track_samples::samples(lang)
}

#[cfg(test)]
mod track_samples;

#[cfg(test)]
mod tests {
    use super::tidy_code;

    #[test]
    fn a_code_may_be_typed_with_spaces_dashes_and_small_letters() {
        assert_eq!(tidy_code(" 7kq2-md4t xw53 hb5r"), "7KQ2MD4TXW53HB5R");
    }

    #[test]
    fn look_alikes_that_no_code_has_are_put_right() {
        assert_eq!(tidy_code("0188"), "OIBB");
    }
}
