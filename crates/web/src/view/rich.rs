//! A sentence with figures in it: a message whose words carry `<b>` and named
//! links. What fills the variables is escaped; the message itself is ours.
//!
//! `在办 <open>{ $open }</open> 件` becomes a sentence whose figure opens its list.

use std::fmt;

use askama::filters::HtmlSafe;

use super::lamp::Shape;
use crate::i18n::{Key, Lang, Var};

/// A finished sentence, safe to print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich(String);

impl HtmlSafe for Rich {}

impl fmt::Display for Rich {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Rich {
    /// Words without markup.
    pub fn plain(text: &str) -> Self {
        Self(escaped(text))
    }

    pub fn of(lang: Lang, key: Key) -> Draft {
        Draft { lang, key: key.0, numbers: Vec::new(), words: Vec::new(), links: Vec::new() }
    }

    /// A sentence of several, one after the other.
    #[must_use]
    pub fn then(mut self, next: &Self) -> Self {
        self.0.push_str(&next.0);
        self
    }
}

pub struct Draft {
    lang: Lang,
    key: &'static str,
    numbers: Vec<(&'static str, i64)>,
    words: Vec<(&'static str, String)>,
    links: Vec<(&'static str, String)>,
}

impl Draft {
    #[must_use]
    pub fn number(mut self, name: &'static str, value: i64) -> Self {
        self.numbers.push((name, value));
        self
    }

    #[must_use]
    pub fn words(mut self, name: &'static str, value: &str) -> Self {
        self.words.push((name, escaped(value)));
        self
    }

    /// `<name>…</name>` in the message opens this address.
    #[must_use]
    pub fn link(mut self, name: &'static str, href: &str) -> Self {
        let open = format!("<a class=\"drill\" href=\"{}\">", escaped(href));
        self.links.push((name, open));
        self
    }

    /// The same with a lamp's shape before it, for figures that carry a lamp.
    #[must_use]
    pub fn lamp_link(mut self, name: &'static str, href: &str, shape: Shape) -> Self {
        let code = shape.code();
        let open = format!(
            "<a class=\"drill lamp-{code}\" href=\"{}\"><svg class=\"g g-{code}\" viewBox=\"0 0 12 12\" aria-hidden=\"true\"><use href=\"#g-{code}\"/></svg>",
            escaped(href)
        );
        self.links.push((name, open));
        self
    }

    pub fn done(self) -> Rich {
        let mut sentence = self.lang.say(self.key);
        for (name, value) in &self.numbers {
            sentence = sentence.with(name, *value);
        }
        for (name, value) in &self.words {
            sentence = sentence.with(name, Var::from(value.as_str()));
        }
        let mut text = sentence.to_string();
        for (name, open) in &self.links {
            text = text.replace(&format!("<{name}>"), open).replace(&format!("</{name}>"), "</a>");
        }
        Rich(text)
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fills_a_sentence_is_escaped_and_its_links_are_not() {
        let rich = Rich::of(Lang::Zh, Key("inbox-say-oldest")).words("time", "<b>&").done();
        assert_eq!(rich.to_string(), "，最早一件已等&lt;b&gt;&amp;。");
        let rich = Rich::of(Lang::Zh, Key("cockpit-not-fixed-say"))
            .number("not", 1_300)
            .link("not", "/ledger?a=1&b=2")
            .done();
        let link = "<a class=\"drill\" href=\"/ledger?a=1&amp;b=2\">1,300</a>";
        assert!(rich.to_string().contains(link), "{rich}");
    }
}
