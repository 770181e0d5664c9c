//! Invented contents for tests that render pages.

use bihuan_domain::calendar::{Calendar, CountingRule, DayOne, HolidayRule, Limit, WorkHours};
use bihuan_domain::clock::{self, Node};
use bihuan_domain::ids::NodeCode;
use bihuan_domain::instant::Instant;
use jiff::civil::{date, datetime, time};

use crate::i18n::{Key, Lang};
use crate::settings::{Settings, TextSize, Theme};
use crate::shell::{Checkpoint, NavEntry, Officer, Shell};
use crate::view::day::{Day, Mark};
use crate::view::why::{MoveBy, WhyView};

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
            at: Day { time: Some(time(14, 0, 0, 0)), ..today() },
            entries: 1_284_306,
            is_ahead: false,
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
            entry(Key("nav-matters"), "/search", None),
            entry(Key("nav-ledgers"), "/ledger", None),
        ],
        officer: Some(Officer { unit: unit.to_owned(), post: post.to_owned() }),
        ..public(lang, path)
    }
}

/// The State Council's calendar with office hours of our own.
pub(crate) fn calendar() -> Calendar {
    let hours = |from, to| (time(from, 0, 0, 0), time(to, 0, 0, 0));
    Calendar::shipped(WorkHours { periods: vec![hours(8, 12), hours(14, 18)] })
}

/// A wall-clock reading in the autumn of 2022 as it stands on a page.
pub(crate) fn at(month: i8, day: i8, hour: i8, minute: i8) -> Day {
    crate::view::why::day_at(&calendar(), instant(month, day, hour, minute))
}

pub(crate) fn instant(month: i8, day: i8, hour: i8, minute: i8) -> Instant {
    Instant::from_civil(datetime(2022, month, day, hour, minute, 0, 0))
}

/// Five working days from signing, one stopped, two added.
pub(crate) fn why(lang: Lang) -> WhyView {
    let calendar = calendar();
    let counting = CountingRule {
        limit: Limit::WorkDays(5),
        day_one: DayOne::NextDay,
        holiday: HolidayRule::Keep,
    };
    let signed = instant(9, 22, 9, 20);
    let due = calendar.due(&counting, signed);
    let mut node =
        Node::started(NodeCode::new("handle"), "grid-case.handle", counting, signed, signed, due);
    node.pause(instant(9, 26, 18, 0), "grid-case.suspend", None);
    let back = instant(9, 27, 18, 0);
    let due = clock::due_after_resume(&calendar, &node, back);
    node.resume(back, "grid-case.resume", due);
    let by = Limit::WorkDays(2);
    let due = clock::due_after_extension(&calendar, &node, by);
    node.extend(instant(9, 28, 11, 5), by, "grid-case.extend", None, due);
    let why = clock::why(&node, &calendar, instant(9, 28, 14, 20));
    let (rule, who) = match lang {
        Lang::Zh => ("道路照明·一般维修", "市城市照明中心·维修一班"),
        Lang::En => ("Street lighting, ordinary repair", "Street lighting centre, repair team 1"),
    };
    let by =
        why.moves.iter().map(|_| MoveBy { rule: rule.to_owned(), who: who.to_owned() }).collect();
    WhyView::of(lang, &why, &calendar, by)
}
