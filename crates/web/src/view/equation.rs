//! Two figures that must add up are shown as an equation:
//! **12** 立项 = **5** 销号 + **7** 在办.

use askama::Template;

use super::lamp::{Lamp, Shape};
use super::markup;
use super::number::grouped;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub count: u64,
    pub name: String,
    pub href: Option<String>,
    /// The lamp this part of the whole carries.
    pub lamp: Option<Lamp>,
}

impl Term {
    pub fn new(count: u64, name: impl Into<String>, href: impl Into<String>) -> Self {
        let href = (count > 0).then(|| href.into());
        Self { count, name: name.into(), href, lamp: None }
    }

    /// The same, shown with its lamp where the parts are listed.
    #[must_use]
    pub fn with_lamp(mut self, shape: Shape) -> Self {
        self.lamp = Some(Lamp::new(shape, self.name.as_str()));
        self
    }

    fn figure(&self) -> String {
        grouped(i64::try_from(self.count).unwrap_or(i64::MAX))
    }
}

/// A total and the parts it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    pub total: Term,
    pub parts: Vec<Term>,
}

impl Equation {
    /// The total is what was counted by itself, never computed from the parts:
    /// a test of the query behind it compares the two.
    pub const fn new(total: Term, parts: Vec<Term>) -> Self {
        Self { total, parts }
    }

    pub fn holds(&self) -> bool {
        self.total.count == self.parts.iter().map(|part| part.count).sum::<u64>()
    }
}

/// The markup of an [`Equation`].
#[derive(Template)]
#[template(
    source = r#"{%- macro term(one) -%}<span class="nb">{% if let Some(href) = one.href %}<a class="drill" href="{{ href }}"><b>{{ one.figure() }}</b></a>{% else %}<b>{{ one.figure() }}</b>{% endif %} {{ one.name }}</span>{%- endmacro -%}
<p class="equation">{{ term(equation.total) }}<span class="sign">{% if equation.holds() %}={% else %}≠{% endif %}</span>{% for one in equation.parts %}{{ term(one) }}{% if !loop.last %}<span class="sign">+</span>{% endif %}{% endfor %}</p>"#,
    ext = "html"
)]
pub struct EquationPart<'a> {
    pub equation: &'a Equation,
}

markup!(EquationPart);

#[cfg(test)]
mod tests {
    use super::*;

    fn html(total: u64) -> String {
        let parts = vec![Term::new(5, "销号", "/a"), Term::new(7, "在办", "/b")];
        let equation = Equation::new(Term::new(total, "立项", "/c"), parts);
        EquationPart { equation: &equation }.render().unwrap_or_default()
    }

    #[test]
    fn every_term_opens_its_list() {
        let out = html(12);
        for href in ["/a", "/b", "/c"] {
            assert!(out.contains(&format!("href=\"{href}\"")), "{out}");
        }
    }

    #[test]
    fn a_sum_that_does_not_add_up_is_never_shown_as_equal() {
        assert!(html(12).contains('='));
        assert!(html(13).contains('≠'));
    }
}
