//! A browser's own words about itself, as a person would say them.

use crate::i18n::Lang;

/// In this order: a browser built on another one names both.
const BROWSERS: [(&str, &str, &str); 11] = [
    ("MicroMessenger", "微信", "WeChat"),
    ("DingTalk", "钉钉", "DingTalk"),
    ("QQBrowser", "QQ浏览器", "QQ Browser"),
    ("QihooBrowser", "360浏览器", "360 Browser"),
    ("360SE", "360浏览器", "360 Browser"),
    ("HuaweiBrowser", "华为浏览器", "Huawei Browser"),
    ("MiuiBrowser", "小米浏览器", "Mi Browser"),
    ("Edg", "Edge", "Edge"),
    ("Firefox", "Firefox", "Firefox"),
    ("Chrome", "Chrome", "Chrome"),
    ("Safari", "Safari", "Safari"),
];

const SYSTEMS: [(&str, &str); 8] = [
    ("OpenHarmony", "HarmonyOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// `Chrome，Windows`; one that says neither is another device.
pub fn device(lang: Lang, agent: &str) -> String {
    let browser =
        BROWSERS.iter().find(|(sign, ..)| agent.contains(sign)).map(|(_, zh, en)| match lang {
            Lang::Zh => *zh,
            Lang::En => *en,
        });
    let system = SYSTEMS.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let known: Vec<&str> = browser.into_iter().chain(system).collect();
    if known.is_empty() {
        return lang.tr("me-device-other").into_owned();
    }
    known.join(&lang.tr("list-comma"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_built_on_another_is_called_by_its_own_name() {
        let agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like \
                     Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0";
        assert_eq!(device(Lang::Zh, agent), "Edge，Windows");
    }

    #[test]
    fn a_phone_in_a_message_app_is_called_by_the_app() {
        let agent = "Mozilla/5.0 (Linux; Android 13; V2) AppleWebKit/537.36 Chrome/111.0 Mobile \
                     Safari/537.36 MicroMessenger/8.0.40";
        assert_eq!(device(Lang::Zh, agent), "微信，Android");
    }

    #[test]
    fn one_that_says_nothing_is_another_device() {
        assert_eq!(device(Lang::En, ""), "Another device");
    }
}
