//! A whole form as data: where it goes, its fields, and its one button. A new
//! step or setting is a new list of fields, never a new template.

use askama::Template;

use super::field::{Choice, Control, Field, error_lines};
use super::markup;
use super::state::{ErrorLine, ErrorsPart};
use crate::i18n::Lang;
use crate::view::field::FieldPart;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// One field under the other, in its own sheet.
    #[default]
    Stacked,
    /// Side by side, for filters and one-line forms.
    Line,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub action: String,
    /// A filter is asked for by GET and can be bookmarked.
    pub is_filter: bool,
    pub shape: Shape,
    /// Sent in parts even without files, where one handler reads both.
    pub in_parts: bool,
    pub hidden: Vec<(String, String)>,
    pub fields: Vec<Field>,
    pub submit: String,
    /// Asks again in words above the button, where an act cannot be undone.
    pub warning: Option<String>,
    /// Another way to send the same fields: address and words.
    pub also: Option<(String, String)>,
    /// Where to go instead: address and words.
    pub back: Option<(String, String)>,
}

impl Form {
    pub fn post(action: impl Into<String>, submit: impl Into<String>, fields: Vec<Field>) -> Self {
        Self { action: action.into(), submit: submit.into(), fields, ..Self::default() }
    }

    /// A line of fields asked for by GET.
    pub fn filter(
        action: impl Into<String>,
        submit: impl Into<String>,
        fields: Vec<Field>,
    ) -> Self {
        Self { is_filter: true, shape: Shape::Line, ..Self::post(action, submit, fields) }
    }

    #[must_use]
    pub const fn in_a_line(mut self) -> Self {
        self.shape = Shape::Line;
        self
    }

    #[must_use]
    pub const fn in_parts(mut self) -> Self {
        self.in_parts = true;
        self
    }

    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }

    #[must_use]
    pub fn warn(mut self, warning: impl Into<String>) -> Self {
        self.warning = Some(warning.into());
        self
    }

    #[must_use]
    pub fn also(mut self, action: impl Into<String>, words: impl Into<String>) -> Self {
        self.also = Some((action.into(), words.into()));
        self
    }

    #[must_use]
    pub fn or_back(mut self, href: impl Into<String>, words: impl Into<String>) -> Self {
        self.back = Some((href.into(), words.into()));
        self
    }

    /// Puts back what was typed and says what is wrong with it.
    #[must_use]
    pub fn entered(mut self, entered: &Entered) -> Self {
        for field in &mut self.fields {
            if let Some(value) = entered.value(field.name) {
                value.clone_into(&mut field.value);
            }
            if let Some(error) = entered.error(field.name) {
                field.error = Some(error.to_owned());
            }
        }
        self
    }

    /// What the reader knows a field by.
    pub fn label(&self, name: &str) -> Option<String> {
        let field = self.fields.iter().find(|field| field.name == name);
        field.map(|field| field.label.clone())
    }

    pub fn errors(&self, lang: Lang) -> Vec<ErrorLine> {
        error_lines(lang, &self.fields)
    }

    fn goes_in_parts(&self) -> bool {
        self.in_parts
            || self.fields.iter().any(|field| matches!(field.control, Control::Files { .. }))
    }
}

/// What came with a submit that was not taken: the values and, by field, why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    pub values: Vec<(String, String)>,
    pub errors: Vec<(String, String)>,
}

impl Entered {
    pub fn value(&self, name: &str) -> Option<&str> {
        lookup(&self.values, name)
    }

    pub fn error(&self, name: &str) -> Option<&str> {
        lookup(&self.errors, name)
    }
}

fn lookup<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// Choices from pairs of value and label.
pub fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
    pairs.iter().map(|(value, label)| Choice::new(*value, *label)).collect()
}

/// The markup of a [`Form`].
#[derive(Template)]
#[template(path = "components/form.html")]
pub struct FormPart<'a> {
    pub lang: Lang,
    pub form: &'a Form,
    pub csrf: &'a str,
}

markup!(FormPart);

#[cfg(test)]
mod tests {
    use super::*;

    fn html(form: &Form) -> String {
        FormPart { lang: Lang::Zh, form, csrf: "tok" }.render().unwrap_or_default()
    }

    #[test]
    fn what_was_typed_comes_back_with_what_is_wrong_with_it() {
        let form = Form::post("/x", "好", vec![Field::line("reason", "理由")]);
        let entered = Entered {
            values: vec![("reason".to_owned(), "灯杆未到".to_owned())],
            errors: vec![("reason".to_owned(), "太短".to_owned())],
        };
        let out = html(&form.entered(&entered));
        assert!(out.contains("value=\"灯杆未到\""), "{out}");
        assert!(out.contains("id=\"reason-error\""), "{out}");
    }

    #[test]
    fn a_post_carries_the_token_and_a_filter_does_not() {
        assert!(html(&Form::post("/x", "好", vec![])).contains("value=\"tok\""));
        assert!(!html(&Form::filter("/x", "查", vec![])).contains("tok"));
    }

    #[test]
    fn a_form_with_a_file_is_sent_in_parts() {
        let files = Control::Files { accept: ".xlsx", multiple: false, camera: false };
        let form = Form::post("/x", "好", vec![Field::new("file", "文件", files)]);
        assert!(html(&form).contains("multipart/form-data"));
    }
}
