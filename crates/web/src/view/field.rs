//! A form field: label above, hint under the label, error above the control,
//! and whatever was typed kept. Optional is marked; required is not.

use askama::Template;

use super::markup;
use super::state::ErrorLine;
use crate::i18n::Lang;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// `kind` is the input's type: text, tel, search, date, email, number.
    Line {
        kind: &'static str,
        autocomplete: &'static str,
    },
    Secret {
        autocomplete: &'static str,
    },
    Area {
        rows: u8,
    },
    Select(Vec<Choice>),
    /// Choices under headings, after one that chooses none.
    Grouped(Vec<(String, Vec<Choice>)>),
    Radios(Vec<Choice>),
    /// `value` is `on` or empty.
    Tick,
    /// Any number of choices; `value` holds the chosen ones, a line each.
    Ticks(Vec<Choice>),
    /// The same of many: folded until it is opened, with what is chosen beside its
    /// name and, where there are scripts, a field to find one by.
    Folded(Vec<Choice>),
    Files {
        accept: &'static str,
        multiple: bool,
        camera: bool,
    },
}

/// One field with its state. `name` is also its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub label: String,
    pub hint: Option<String>,
    pub optional: bool,
    pub value: String,
    pub error: Option<String>,
    pub max_length: Option<u32>,
    pub control: Control,
}

impl Field {
    pub fn new(name: &'static str, label: impl Into<String>, control: Control) -> Self {
        Self {
            name,
            label: label.into(),
            hint: None,
            optional: false,
            value: String::new(),
            error: None,
            max_length: None,
            control,
        }
    }

    pub fn line(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(name, label, Control::Line { kind: "text", autocomplete: "off" })
    }

    pub fn area(name: &'static str, label: impl Into<String>, rows: u8) -> Self {
        Self::new(name, label, Control::Area { rows })
    }

    pub fn tick(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(name, label, Control::Tick)
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    #[must_use]
    pub const fn max_length(mut self, characters: u32) -> Self {
        self.max_length = Some(characters);
        self
    }

    fn is_required(&self) -> bool {
        !self.optional && self.control != Control::Tick
    }

    fn has(&self, choice: &Choice) -> bool {
        self.value.lines().any(|line| line == choice.value)
    }

    /// How many of the choices are chosen, and which.
    fn chosen(&self, choices: &[Choice]) -> Vec<String> {
        let chosen = choices.iter().filter(|choice| self.has(choice));
        chosen.map(|choice| choice.label.clone()).collect()
    }

    /// Ids of the hint and the error, for `aria-describedby`.
    fn described_by(&self) -> Option<String> {
        let ids: Vec<String> = [
            self.hint.as_ref().map(|_| format!("{}-hint", self.name)),
            self.error.as_ref().map(|_| format!("{}-error", self.name)),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// The errors of a form's fields, in the order of the form.
pub fn error_lines<'a>(lang: Lang, fields: impl IntoIterator<Item = &'a Field>) -> Vec<ErrorLine> {
    fields
        .into_iter()
        .filter_map(|field| {
            let error = field.error.as_ref()?;
            Some(ErrorLine {
                field: field.name.to_owned(),
                message: lang
                    .say("errors-line")
                    .with("field", &field.label)
                    .with("error", error)
                    .to_string(),
            })
        })
        .collect()
}

/// The markup of a [`Field`].
#[derive(Template)]
#[template(path = "components/field.html")]
pub struct FieldPart<'a> {
    pub lang: Lang,
    pub field: &'a Field,
}

markup!(FieldPart);

#[cfg(test)]
mod tests {
    use super::*;

    fn html(field: &Field) -> String {
        FieldPart { lang: Lang::Zh, field }.render().unwrap_or_default()
    }

    #[test]
    fn what_was_typed_is_kept_and_escaped() {
        let out = html(&Field::line("place", "地点").value("\"><b>"));
        assert!(out.contains("value=\"&#34;&#62;&#60;b&#62;\""), "{out}");
        let out = html(&Field::area("words", "说明", 4).value("a</textarea>"));
        assert!(out.contains("a&#60;/textarea&#62;</textarea>"), "{out}");
    }

    #[test]
    fn a_faulty_field_points_to_its_hint_and_error() {
        let field = Field::line("phone", "手机号")
            .hint("只用来回电")
            .error(Some("少了1位，应为11位".to_owned()));
        let out = html(&field);
        assert!(out.contains(r#"aria-describedby="phone-hint phone-error""#), "{out}");
        assert!(out.contains(r#"aria-invalid="true""#));
        assert!(out.contains(r#"id="phone-error""#));
    }

    #[test]
    fn optional_is_said_and_required_is_not() {
        assert!(html(&Field::line("a", "甲").optional()).contains("（可不填）"));
        assert!(!html(&Field::line("a", "甲")).contains("可不填"));
    }

    #[test]
    fn only_fields_with_errors_are_listed() {
        let fields =
            [Field::line("a", "甲"), Field::line("b", "乙").error(Some("写一句".to_owned()))];
        let lines = error_lines(Lang::Zh, &fields);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].field, "b");
    }

    #[test]
    fn many_choices_are_folded_say_what_is_chosen_and_open_where_something_is_wrong() {
        let choices = vec![Choice::new("x", "甲局"), Choice::new("y", "乙局")];
        let field = Field::new("u", "单位", Control::Folded(choices)).value("y");
        let out = html(&field);
        assert!(out.contains("<details class=\"ticks-fold\" data-bh-ticks"), "{out}");
        assert!(out.contains("已选1个：乙局"), "{out}");
        assert!(out.contains(r#"value="y" checked"#), "{out}");
        let wrong = html(&field.error(Some("选一个".to_owned())));
        assert!(wrong.contains("<details class=\"ticks-fold\" open "), "{wrong}");
    }

    #[test]
    fn the_chosen_radio_is_checked() {
        let choices = vec![Choice::new("x", "甲"), Choice::new("y", "乙")];
        let out = html(&Field::new("r", "选一个", Control::Radios(choices)).value("y"));
        assert!(out.contains(r#"value="y" checked"#), "{out}");
        assert!(!out.contains(r#"value="x" checked"#));
    }
}
