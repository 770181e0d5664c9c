//! The words people read, in Chinese and English, from `i18n/<language>/*.ftl`.
//!
//! A message is named by its key alone; files only sort them by area. Tests keep
//! both languages complete, so a missing key at run time is a programming error:
//! it prints as `⟦key⟧` instead of failing the page.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use bihuan_domain::refusal::Refusal;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

use crate::view::number::grouped;

/// A language of the pages. Chinese is the county's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Lang {
    #[default]
    #[serde(rename = "zh")]
    Zh,
    #[serde(rename = "en")]
    En,
}

/// The key of a message chosen in Rust code rather than in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(pub &'static str);

impl Lang {
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The value of `<html lang>`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-Hans-CN",
            Self::En => "en",
        }
    }

    /// The name used in cookies, forms and file names.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The first language of an `Accept-Language` header that we have.
    pub fn accepted(header: &str) -> Option<Self> {
        header.split(',').find_map(|part| {
            let tag = part.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            match tag.split('-').next() {
                Some("zh") => Some(Self::Zh),
                Some("en") => Some(Self::En),
                _ => None,
            }
        })
    }

    /// A name given in both languages by a playbook.
    pub fn pick(self, text: &bihuan_domain::playbook::model::Text) -> &str {
        match self {
            Self::Zh => &text.zh,
            Self::En if text.en.is_empty() => &text.zh,
            Self::En => &text.en,
        }
    }

    /// A message without variables.
    pub fn tr(self, key: &str) -> Cow<'static, str> {
        self.format(key, None)
    }

    /// A message with one variable.
    pub fn trn<'a>(self, key: &'a str, name: &'a str, value: impl Into<Var<'a>>) -> String {
        self.say(key).with(name, value).to_string()
    }

    /// A message with several variables: `lang.say("key").with("n", 3)`.
    pub fn say(self, key: &str) -> Sentence<'_> {
        Sentence { lang: self, key: Cow::Borrowed(key), args: FluentArgs::new() }
    }

    /// The message of one member of a closed set: `lang.code_of("stage", "filed")`
    /// is the message `stage-filed`.
    pub fn code_of(self, family: &str, code: &str) -> Cow<'static, str> {
        self.tr(&format!("{family}-{code}"))
    }

    /// What a person is told about a refusal, and what to do next.
    pub fn refusal(self, refusal: &Refusal) -> String {
        let mut sentence = Sentence {
            lang: self,
            key: Cow::Owned(format!("refusal-{}", refusal.reason.code())),
            args: FluentArgs::new(),
        };
        for (name, value) in &refusal.facts {
            sentence = match value.parse::<i64>() {
                // Digits that name something are no number.
                Ok(number) if !matches!(*name, "county" | "version") => sentence.with(name, number),
                _ => sentence.with(name, self.fact_words(name, value)),
            };
        }
        sentence.to_string()
    }

    /// Facts that are codes of a closed set are said in words.
    fn fact_words(self, name: &str, value: &str) -> String {
        match name {
            "step" | "stage" | "role" => self.code_of(name, value).into_owned(),
            "burden" => self.code_of("burden", value).into_owned(),
            "missing" => self.missing(value),
            "legal" if value.is_empty() => "none".to_owned(),
            "legal" => {
                let steps: Vec<_> =
                    value.split(',').map(|step| self.code_of("step", step)).collect();
                steps.join(match self {
                    Self::Zh => "、",
                    Self::En => ", ",
                })
            }
            _ => value.to_owned(),
        }
    }

    /// A kind of evidence and, after a colon, how many more are wanted.
    fn missing(self, value: &str) -> String {
        match value.split_once(':') {
            Some((kind, count)) => format!("{} × {count}", self.code_of("evidence", kind)),
            None => self.code_of("evidence", value).into_owned(),
        }
    }

    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        let bundle = match self {
            Self::Zh => &*ZH,
            Self::En => &*EN,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, lang = self.code(), "no such message");
            return Cow::Owned(format!("⟦{key}⟧"));
        };
        let mut errors = Vec::new();
        Cow::Owned(bundle.format_pattern(pattern, args, &mut errors).into_owned())
    }
}

/// A value put into a message. Numbers are grouped and choose the plural form;
/// years and numbers people quote are given as text.
pub struct Var<'a>(FluentValue<'a>);

macro_rules! number_vars {
    ($($type:ty),*) => {$(
        impl From<$type> for Var<'_> {
            fn from(number: $type) -> Self {
                Self(FluentValue::from(number))
            }
        }
        impl From<&$type> for Var<'_> {
            fn from(number: &$type) -> Self {
                Self(FluentValue::from(*number))
            }
        }
        // Templates pass a reference to what a pattern has already borrowed.
        impl From<&&$type> for Var<'_> {
            fn from(number: &&$type) -> Self {
                Self(FluentValue::from(**number))
            }
        }
    )*};
}

number_vars!(u8, u16, u32, u64, usize, i32, i64);

impl<'a> From<&'a str> for Var<'a> {
    fn from(text: &'a str) -> Self {
        Self(FluentValue::from(text))
    }
}

impl<'a> From<&'a String> for Var<'a> {
    fn from(text: &'a String) -> Self {
        Self(FluentValue::from(text.as_str()))
    }
}

impl From<String> for Var<'_> {
    fn from(text: String) -> Self {
        Self(FluentValue::from(text))
    }
}

impl<'a> From<Cow<'a, str>> for Var<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self(FluentValue::from(text))
    }
}

/// A message with its variables; printed by `Display`, escaped by templates.
pub struct Sentence<'a> {
    lang: Lang,
    key: Cow<'a, str>,
    args: FluentArgs<'a>,
}

impl<'a> Sentence<'a> {
    #[must_use]
    pub fn with(mut self, name: &'a str, value: impl Into<Var<'a>>) -> Self {
        self.args.set(name, value.into().0);
        self
    }
}

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lang.format(&self.key, Some(&self.args)))
    }
}

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/i18n"]
struct Files;

type Bundle = FluentBundle<FluentResource>;

static ZH: LazyLock<Bundle> = LazyLock::new(|| bundle("zh-CN/"));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle("en/"));

/// Every file of a language. A file that does not parse keeps its good messages;
/// a test refuses any fault.
fn bundle(folder: &str) -> Bundle {
    let locale: LanguageIdentifier = folder.trim_end_matches('/').parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    // Isolation marks are for right-to-left scripts, and would end up in copied text.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => {
            Some(grouped(number.value as i64))
        }
        _ => None,
    }));
    for (name, text) in files(folder) {
        let resource = match FluentResource::try_new(text) {
            Ok(resource) => resource,
            Err((resource, faults)) => {
                tracing::error!(file = %name, ?faults, "faulty message file");
                resource
            }
        };
        if let Err(faults) = bundle.add_resource(resource) {
            tracing::error!(file = %name, ?faults, "message defined twice");
        }
    }
    bundle
}

fn files(folder: &str) -> Vec<(String, String)> {
    Files::iter()
        .filter(|name| name.starts_with(folder))
        .filter_map(|name| {
            let file = Files::get(&name)?;
            Some((name.to_string(), String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests;
