//! What a person chose for their own eyes: language, theme, text size. Kept in
//! one cookie without identity, written by a plain form, read on every page.

use serde::{Deserialize, Serialize};

use crate::i18n::Lang;

pub const COOKIE: &str = "bihuan_view";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Whatever the system says.
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextSize {
    #[default]
    Normal,
    Large,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub lang: Lang,
    pub theme: Theme,
    pub text: TextSize,
}

/// The fields of a settings form. What is absent stays as it was.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Change {
    pub lang: Option<Lang>,
    pub theme: Option<Theme>,
    pub text: Option<TextSize>,
    /// Path to come back to.
    #[serde(default)]
    pub back: String,
}

impl Settings {
    /// From the cookie; without one, the language the browser asks for.
    pub fn read(cookie: Option<&str>, accept_language: Option<&str>) -> Self {
        let Some(cookie) = cookie else {
            let lang = accept_language.and_then(Lang::accepted).unwrap_or_default();
            return Self { lang, ..Self::default() };
        };
        let mut parts = cookie.split('.');
        let mut next = || parts.next().unwrap_or_default();
        Self {
            lang: Lang::from_code(next()).unwrap_or_default(),
            theme: match next() {
                "light" => Theme::Light,
                "dark" => Theme::Dark,
                _ => Theme::System,
            },
            text: match next() {
                "large" => TextSize::Large,
                _ => TextSize::Normal,
            },
        }
    }

    pub fn cookie_value(self) -> String {
        let theme = match self.theme {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let text = match self.text {
            TextSize::Normal => "normal",
            TextSize::Large => "large",
        };
        format!("{}.{theme}.{text}", self.lang.code())
    }

    #[must_use]
    pub fn changed(self, change: &Change) -> Self {
        Self {
            lang: change.lang.unwrap_or(self.lang),
            theme: change.theme.unwrap_or(self.theme),
            text: change.text.unwrap_or(self.text),
        }
    }
}

/// A path of our own to go back to; anything that could lead elsewhere becomes
/// the home page.
pub fn safe_path(path: &str) -> &str {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\r', '\n'])
        && !path.chars().any(char::is_control);
    if own { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_their_cookie() {
        let settings = Settings { lang: Lang::En, theme: Theme::Dark, text: TextSize::Large };
        assert_eq!(Settings::read(Some(&settings.cookie_value()), None), settings);
    }

    #[test]
    fn a_broken_cookie_gives_the_defaults() {
        assert_eq!(Settings::read(Some("x.y"), Some("en")), Settings::default());
    }

    #[test]
    fn the_browsers_language_counts_until_the_person_chooses() {
        assert_eq!(Settings::read(None, Some("fr, en-GB;q=0.8")).lang, Lang::En);
        assert_eq!(Settings::read(None, Some("fr")).lang, Lang::Zh);
        assert_eq!(Settings::read(None, None).lang, Lang::Zh);
    }

    #[test]
    fn a_change_leaves_what_it_does_not_name() {
        let before = Settings { lang: Lang::En, ..Settings::default() };
        let change = Change { text: Some(TextSize::Large), ..Change::default() };
        assert_eq!(before.changed(&change), Settings { text: TextSize::Large, ..before });
    }

    #[test]
    fn only_paths_of_our_own_are_gone_back_to() {
        assert_eq!(safe_path("/t/abc?x=1"), "/t/abc?x=1");
        for foreign in ["//evil.example", "https://evil.example", "/\\evil", "", "/a\r\nb"] {
            assert_eq!(safe_path(foreign), "/", "{foreign:?}");
        }
    }
}
