//! Invented contents for tests that render pages.

use jiff::civil::date;

use crate::i18n::{Key, Lang};
use crate::settings::{Settings, TextSize, Theme};
use crate::shell::{Checkpoint, NavEntry, Officer, Shell};
use crate::view::day::{Day, Mark};

/// A day in September 2022, a Wednesday before the autumn holiday.
pub(crate) fn today() -> Day {
    Day::on(date(2022, 9, 28), Mark::Plain)
}

/// The shell of a page open to everybody.
pub(crate) fn public(lang: Lang, path: &str) -> Shell {
    Shell {
        settings: Settings { lang, theme: Theme::System, text: TextSize::Normal },
        county: match lang {
            Lang::Zh => "荥阳市".to_owned(),
            Lang::En => "Xingyang".to_owned(),
        },
        path: path.to_owned(),
        csrf: "sample-token".to_owned(),
        nav: Vec::new(),
        today: today(),
        officer: None,
        playbook: "2022.3".to_owned(),
        checkpoint: Some(Checkpoint {
            at: Day { time: Some(jiff::civil::time(14, 0, 0, 0)), ..today() },
            entries: 1_284_306,
        }),
        demo: true,
    }
}

/// The shell of an officer's page; `current` is the key of the open section.
pub(crate) fn desk(lang: Lang, path: &str, current: &str) -> Shell {
    let entry = |label: Key, href: &str, count| NavEntry {
        label,
        href: href.to_owned(),
        count,
        current: label.0 == current,
    };
    let (unit, post) = match lang {
        Lang::Zh => ("市网格化服务中心", "受理员"),
        Lang::En => ("Grid service centre", "triage officer"),
    };
    Shell {
        nav: vec![
            entry(Key("nav-inbox"), "/inbox", Some(144)),
            entry(Key("nav-worklist"), "/worklist", None),
            entry(Key("nav-matters"), "/matters", None),
            entry(Key("nav-ledgers"), "/ledgers", None),
        ],
        officer: Some(Officer { unit: unit.to_owned(), post: post.to_owned() }),
        ..public(lang, path)
    }
}
