//! My day: to verify, to check, mine: `/worker`.

use askama::Template;

use crate::shell::Shell;
use crate::view::lamp::Lamp;

/// One line: opens its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub href: String,
    pub lamp: Lamp,
    pub title: String,
    /// How far, where it came from, or what to look at.
    pub note: String,
}

#[derive(Template)]
#[template(path = "pages/worker/day.html")]
pub struct MyDay {
    pub shell: Shell,
    pub grid: String,
    pub to_verify: Vec<Job>,
    pub to_check: Vec<Job>,
    /// Closed and to be looked at again: the grid leader's.
    pub to_look_back: Vec<Job>,
    /// Reported by me and still open, or given back to me.
    pub mine: Vec<Job>,
    /// What I just sent was taken.
    pub done: Option<String>,
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    use crate::golden::Sample;
    use crate::i18n::Lang;
    use crate::sample;
    use crate::view::lamp::Shape;

    let say = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    let job = |n: u8, lamp, title, note| Job { href: format!("/worker/m/{n}"), lamp, title, note };
    let late = || Lamp::new(Shape::Overdue, lang.trn("lamp-late-minutes", "n", 40));
    let soon = |time: &str| Lamp::new(Shape::DueSoon, lang.trn("lamp-today", "time", time));
    let ok = |time: &str| Lamp::new(Shape::OnTrack, lang.trn("lamp-tomorrow", "time", time));
    let full = MyDay {
        shell: sample::public(lang, "/worker"),
        grid: say("安澜社区 07网格", "Anlan Community, grid 07"),
        to_verify: vec![
            job(
                1,
                late(),
                say("康泰街口路面积水", "Standing water at Kangtai Street"),
                say("约300米，12345转来", "about 300 m, from 12345"),
            ),
            job(
                2,
                soon("17:30"),
                say("惠民巷垃圾箱满溢", "Overflowing bin in Huimin Lane"),
                say("约450米，随手拍", "about 450 m, snapshot"),
            ),
            job(
                3,
                ok("12:00"),
                say("安澜游园座椅松动", "Loose bench in Anlan Garden"),
                say("约800米，随手拍", "about 800 m, snapshot"),
            ),
        ],
        to_check: vec![
            job(
                4,
                soon("20:00"),
                say("成皋街路灯2盏", "Two lamps in Chenggao Street"),
                say("修复后看夜间亮不亮", "look after dark whether they are lit"),
            ),
            job(
                5,
                ok("17:30"),
                say("兴华路井盖更换", "Manhole cover in Xinghua Road"),
                say("办理单位已附照片", "the unit attached photos"),
            ),
        ],
        to_look_back: Vec::new(),
        mine: vec![job(
            6,
            Lamp::new(Shape::OnTrack, lang.trn("lamp-work-days-left", "n", 3)),
            say("成皋街中段井盖破损", "Broken cover in Chenggao Street"),
            say("市政养护中心在办", "with the maintenance centre"),
        )],
        done: None,
    };
    let empty = MyDay {
        shell: sample::public(lang, "/worker"),
        grid: say("安澜社区 07网格", "Anlan Community, grid 07"),
        to_verify: Vec::new(),
        to_check: Vec::new(),
        to_look_back: Vec::new(),
        mine: Vec::new(),
        done: Some(lang.trn("worker-done", "number", "XY-220928-0301")),
    };
    vec![Sample::of("worker-day", &full), Sample::of("worker-day-empty", &empty)]
}
